"""What is in the bundle: the whole of Luoshi's wheel, all that each machine needs, sums, licences, a bill of materials, and no host."""

import hashlib
import json
import re
import subprocess
import tarfile
import zipfile
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from tools.bundle import ROOT, SUMS, archive, put_together
from tools.bundle.licences import is_allowed, licence_of
from tools.bundle.locked import Locked, locked
from tools.bundle.targets import MACHINES, PYTHONS, Target
from tools.bundle.wheels import build_own, check_complete

LOCKED = locked(ROOT / "requirements.txt")
EVERYWHERE = [Target(python, machine) for machine in MACHINES for python in PYTHONS]
NOT_ON_ARM = {"psutil", "pysqlite3", "sparse-dot-topn"}
SMALL = [Locked("plain", "1.0", "", ("--hash=sha256:0",)), Locked("quick", "2.0", "platform_machine == 'x86_64'", ("--hash=sha256:0",))]
WHEELS = {"plain": "plain-1.0-py3-none-any.whl", "quick": "quick-2.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"}
TWO = [Target("3.11", "x86_64"), Target("3.11", "aarch64")]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Luoshi's wheel, built as the bundle has it."""
    return build_own(ROOT, tmp_path_factory.mktemp("own"))


@pytest.fixture
def folder(own: Path, tmp_path: Path) -> Path:
    """A bundle of Luoshi and two invented packages, put together."""
    place = tmp_path / "luoshi-bundle"
    (place / "wheels").mkdir(parents=True)
    for name, file in WHEELS.items():
        made_up(place / "wheels" / file, name, file.split("-")[1])
    kept = place / "wheels" / own.name
    kept.write_bytes(own.read_bytes())
    put_together(place, kept, SMALL, TWO)
    return place


def made_up(path: Path, name: str, version: str, licence: str = "MIT") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: {licence}\n")


def left_out(wheel: Path) -> list[str]:
    """Files of the source that are not in the wheel; catalogues are there in their compiled form."""
    there = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    return [
        name
        for path in sorted((source / "luoshi").rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".po", ".pyc")
        if (name := path.relative_to(source).as_posix()) not in there
    ]


def test_the_wheel_has_all_that_luoshi_is_made_of_and_nothing_else(own: Path, tmp_path: Path) -> None:
    assert left_out(own) == []
    names = zipfile.ZipFile(own).namelist()
    assert {name.split("/")[0] for name in names} == {"luoshi", own.name.partition("-py3")[0] + ".dist-info"}
    assert not [name for name in names if re.search(r"(^|/)(\.git|tests?|\.env|.*\.sqlite3|secret\.key)(/|$)", name)]
    poorer = tmp_path / own.name
    with zipfile.ZipFile(own) as whole, zipfile.ZipFile(poorer, "w") as less:
        for name in names:
            if not name.endswith("theme.css"):
                less.writestr(name, whole.read(name))
    assert left_out(poorer) == ["luoshi/theme/theme.css"]


def test_every_requirement_is_locked_by_hash() -> None:
    assert len(LOCKED) > 60 and all(one.hashes for one in LOCKED)
    amd, arm = ({one.name for one in LOCKED if target.needs(one.marker)} for target in TWO)
    assert amd - arm == NOT_ON_ARM and arm <= amd
    versions = [{one.version for one in LOCKED if one.name == "numpy" and target.needs(one.marker)} for target in EVERYWHERE]
    assert all(len(found) == 1 for found in versions)


@pytest.mark.parametrize(
    ("wheel", "takes"),
    [
        pytest.param("a-1-py3-none-any.whl", True, id="anywhere"),
        pytest.param("a-1-cp311-abi3-manylinux_2_28_x86_64.whl", True, id="stable"),
        pytest.param("a-1-cp310-abi3-manylinux2014_x86_64.whl", True, id="older-stable"),
        pytest.param("a-1-cp312-cp312-manylinux_2_28_x86_64.whl", False, id="other-python"),
        pytest.param("a-1-cp311-cp311-manylinux_2_28_aarch64.whl", False, id="other-machine"),
        pytest.param("a-1-cp311-cp311-manylinux_2_34_x86_64.whl", False, id="newer-system"),
        pytest.param("a-1-cp311-cp311-musllinux_1_2_x86_64.whl", False, id="other-library"),
    ],
)
def test_which_wheels_run_on_a_machine(wheel: str, takes: bool) -> None:
    assert Target("3.11", "x86_64").takes(wheel) is takes


def test_a_wheel_that_is_missing_is_named(tmp_path: Path) -> None:
    made_up(tmp_path / WHEELS["plain"], "plain", "1.0")
    with pytest.raises(ValueError, match=re.escape("no wheel of quick 2.0 for CPython 3.11 on x86_64")):
        check_complete(tmp_path, SMALL, TWO)
    made_up(tmp_path / WHEELS["quick"], "quick", "2.0")
    check_complete(tmp_path, SMALL, TWO)


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("(MIT OR GPL-2.0-only)", False),
        ("NOASSERTION", False),
    ],
)
def test_which_licences_are_allowed(licence: str, allowed: bool, folder: Path) -> None:
    assert is_allowed(licence) is allowed
    made_up(folder / "wheels" / WHEELS["plain"], "plain", "1.0", licence)
    (own,) = (folder / "wheels").glob("luoshi-*")
    if allowed:
        put_together(folder, own, SMALL, TWO)
        assert f"plain 1.0  {licence}" in (folder / "LICENCES.txt").read_text("utf-8")
    else:
        with pytest.raises(ValueError, match=r"plain 1\.0"):
            put_together(folder, own, SMALL, TWO)


def test_what_luoshi_runs_on_is_neither_gpl_nor_agpl_nor_unknown() -> None:
    told: dict[str, str] = {}
    for one in LOCKED:
        try:
            told[one.name] = licence_of(metadata(one.name))  # type: ignore[arg-type]  # a message, as the wheel has it
        except PackageNotFoundError:  # not for this machine
            continue
    assert len(told) > 60
    assert {name: licence for name, licence in told.items() if not is_allowed(licence)} == {}


def test_the_sums_name_every_file_and_find_a_changed_one(folder: Path) -> None:
    listed = {line.split("  ")[1] for line in (folder / SUMS).read_text("utf-8").splitlines()}
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    check = ["sha256sum", "--check", "--quiet", SUMS]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    (folder / "targets").write_text("3.11 riscv64\n")
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 1


def test_the_bill_of_materials(folder: Path, own: Path) -> None:
    bill = json.loads((folder / "sbom.cdx.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    luoshi = bill["metadata"]["component"]
    assert luoshi["name"] == "luoshi" and luoshi["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(own.read_bytes()).hexdigest()}]
    parts = {one["name"]: one for one in bill["components"]}
    assert set(parts) == {"plain", "quick"}
    assert parts["quick"]["purl"] == "pkg:pypi/quick@2.0" and parts["quick"]["licenses"] == [{"expression": "MIT"}]
    assert parts["quick"]["externalReferences"][0]["url"] == f"wheels/{WHEELS['quick']}"
    assert {one["ref"] for one in bill["dependencies"]} == {luoshi["bom-ref"], *(one["bom-ref"] for one in bill["components"])}


def test_nothing_in_the_bundle_names_a_host(folder: Path) -> None:
    texts = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}
    assert [name for name, text in texts.items() if "://" in text or "index-url" in text] == []


def test_the_same_content_gives_the_same_archive(folder: Path) -> None:
    first = archive(folder).read_bytes()
    assert archive(folder).read_bytes() == first
    with tarfile.open(folder.with_name(f"{folder.name}.tar")) as tar:
        assert tar.getmember(f"{folder.name}/install.sh").mode == 0o755
        assert {one.uname for one in tar.getmembers()} == {"root"}
