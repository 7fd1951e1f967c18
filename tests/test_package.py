"""What is installed from a wheel: every file of the package that is no Python is named in ``pyproject.toml``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "luoshi"
LEFT_OUT = {".py", ".pyc", ".po"}  # a catalogue is read from the compiled file beside it

ASK = """
import json, sys
from setuptools import Distribution
distribution = Distribution({"script_name": "setup.py"})
distribution.parse_config_files()
distribution.get_command_obj("egg_info").egg_base = sys.argv[1]
build = distribution.get_command_obj("build_py")
build.ensure_finalized()
data = [f"{folder}/{name}" for _package, folder, _built, names in build.data_files for name in names]
with open(sys.argv[2], "w") as out:
    json.dump([data, [path for _package, _module, path in build.find_all_modules()]], out)
"""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[Path]:
    """What setuptools would put into a wheel."""
    folder = tmp_path_factory.mktemp("packed")
    out = folder / "packed.json"
    subprocess.run([sys.executable, "-c", ASK, str(folder), str(out)], cwd=ROOT, check=True, capture_output=True)
    data, modules = json.loads(out.read_text("utf-8"))
    names = [Path(name.partition(f"{folder.as_posix()}/")[2] or name) for name in data]
    return {(ROOT / name).resolve() for name in [*names, *map(Path, modules)]}


def test_every_file_of_the_package_is_packed(packed: set[Path]) -> None:
    there = {path.resolve() for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in LEFT_OUT}
    assert sorted(str(path.relative_to(SOURCE)) for path in there - packed) == []


def test_every_module_is_packed(packed: set[Path]) -> None:
    there = {path.resolve() for path in SOURCE.rglob("*.py")}
    assert sorted(str(path.relative_to(SOURCE)) for path in there - packed) == []
