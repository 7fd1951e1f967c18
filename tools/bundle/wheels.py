"""Wheels: those of others by pip, Luoshi's own by setuptools; and whether all are there."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from packaging.utils import parse_wheel_filename

from tools.bundle.locked import Locked
from tools.bundle.targets import Target

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def download(requirements: Sequence[Locked], target: Target, folder: Path) -> None:
    """Wheels of all that ``target`` needs, into ``folder``; pip checks their hashes. Raises ValueError where pip cannot."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "requirements.txt")
        file.write_text("\n".join(one.plain for one in requirements if target.needs(one.marker)), encoding="utf-8")
        how = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--implementation=cp", f"--python-version={target.python}"]
        abis = [f"--abi={abi}" for abi in (f"cp{target.python.replace('.', '')}", "abi3", "none")]
        _run([*PIP, "download", *how, *abis, *(f"--platform={one}" for one in target.platforms), f"--requirement={file}", f"--dest={folder}"])


def build_own(root: Path, folder: Path) -> Path:
    """Luoshi's wheel, from a copy of the source, so that nothing of an earlier build gets in: the same bytes from the same commit."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "luoshi")
        source.mkdir()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(root / name, source)
        shutil.copytree(root / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", ".*"))
        for path in source.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        made = Path(place, "made")
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(moment_of(root))}
        _run([*PIP, "wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={made}", str(source)], environment)
        (wheel,) = made.glob("*.whl")
        return Path(shutil.copy(wheel, folder))


def moment_of(root: Path) -> int:
    """When what is built was written: the time of the commit, in seconds; outside a repository a day that every archive can hold."""
    asked = subprocess.run(["git", "-C", str(root), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)
    return int(asked.stdout) if asked.returncode == 0 else 315_576_000  # 1 January 1980


def metadata_of(wheel: Path) -> Message:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA") and one.count("/") == 1)
        return BytesParser().parsebytes(archive.read(name))


def check_complete(folder: Path, requirements: Sequence[Locked], targets: Sequence[Target]) -> None:
    """Raises ValueError with every requirement of every target for which no wheel is in ``folder``."""
    there = [(path.name, *parse_wheel_filename(path.name)[:2]) for path in folder.glob("*.whl")]
    missing = [
        f"{one.name} {one.version} for {target}"
        for target in targets
        for one in requirements
        if target.needs(one.marker)
        if not any(name == one.name and str(version) == one.version and target.takes(file) for file, name, version in there)
    ]
    if missing:
        raise ValueError("no wheel of " + ", ".join(missing))


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if ended.returncode:
        raise ValueError(f"{' '.join(command[2:5])} failed:\n{ended.stderr.strip()[-2000:]}")
