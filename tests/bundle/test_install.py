"""The install script on machines that it does not fit: one clear sentence, the next step, and nothing is left behind."""

import os
import subprocess
from pathlib import Path

import pytest
from tools.bundle import SHIPPED, SUMS, digest
from tools.bundle.targets import here

THIS = here()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """The script with what it looks at."""
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    (folder / "install.sh").write_bytes((SHIPPED / "install.sh").read_bytes())
    (folder / "wheels" / "a.whl").write_bytes(b"a")
    (folder / "targets").write_text(f"{THIS.python} {THIS.machine}\n")
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs that is looked at first."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def says(programs: Path, name: str, script: str) -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}\n")
    (programs / name).chmod(0o755)


def refused(bundle: Path, place: str | Path, programs: Path, **environment: str) -> str:
    """What the script says when it refuses; nothing was made."""
    there = sorted(bundle.parent.rglob("*"))
    files = [path for path in sorted(bundle.rglob("*")) if path.is_file() and path.name != SUMS]
    if not (bundle / SUMS).exists():
        (bundle / SUMS).write_text("".join(f"{digest(path)}  {path.relative_to(bundle)}\n" for path in files))
        there = sorted([*there, bundle / SUMS])
    told = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"} | environment
    ended = subprocess.run(["sh", str(bundle / "install.sh"), str(place)], capture_output=True, text=True, env=told, check=False)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert sorted(bundle.parent.rglob("*")) == there
    return ended.stderr


def test_another_machine(bundle: Path, programs: Path, tmp_path: Path) -> None:
    says(programs, "uname", 'test "$1" = -m && echo riscv64 || echo Linux')
    said = refused(bundle, tmp_path / "luoshi", programs)
    assert f"没有 riscv64 架构的软件，只有：{THIS.machine}" in said and "下一步：" in said


def test_another_system(bundle: Path, programs: Path, tmp_path: Path) -> None:
    says(programs, "uname", f'test "$1" = -m && echo {THIS.machine} || echo Darwin')
    assert "只用于 Linux，这台机器是 Darwin" in refused(bundle, tmp_path / "luoshi", programs)


@pytest.mark.parametrize(("answer", "said"), [("glibc 2.17", "glibc 2.17 太旧，至少要 2.28"), ("", "没有 glibc 2.28 以上")])
def test_an_old_system(bundle: Path, programs: Path, tmp_path: Path, answer: str, said: str) -> None:
    says(programs, "getconf", f"echo {answer}")
    assert said in refused(bundle, tmp_path / "luoshi", programs)


def test_another_python(bundle: Path, programs: Path, tmp_path: Path) -> None:
    says(programs, "old", "echo 3.7")
    said = refused(bundle, tmp_path / "luoshi", programs, PYTHON=str(programs / "old"))
    assert f"没有找到可用的 Python。本安装包要用的版本：{THIS.python}" in said and "PYTHON=" in said


def test_a_python_without_venv(bundle: Path, programs: Path, tmp_path: Path) -> None:
    says(programs, "bare", f'case "$2" in *version_info*) echo {THIS.python} ;; *) exit 1 ;; esac')
    assert "缺少 venv 或 ensurepip" in refused(bundle, tmp_path / "luoshi", programs, PYTHON=str(programs / "bare"))


def test_a_damaged_file_is_named(bundle: Path, programs: Path, tmp_path: Path) -> None:
    (bundle / SUMS).write_text(f"{digest(bundle / 'wheels' / 'a.whl')}  wheels/a.whl\n")
    (bundle / "wheels" / "a.whl").write_bytes(b"b")
    said = refused(bundle, tmp_path / "luoshi", programs)
    assert "不完整或已损坏（wheels/a.whl）" in said and "请重新复制安装包" in said
    (bundle / "wheels" / "a.whl").unlink()
    assert "不完整或已损坏（wheels/a.whl" in refused(bundle, tmp_path / "luoshi", programs)


def test_a_place_that_is_taken(bundle: Path, programs: Path, tmp_path: Path) -> None:
    place = tmp_path / "luoshi"
    place.mkdir()
    (place / "something").touch()
    assert f"{place} 不是空文件夹" in refused(bundle, place, programs)
    assert "不是完整路径" in refused(bundle, "luoshi", programs)


def test_what_fails_in_the_middle_leaves_nothing(bundle: Path, programs: Path, tmp_path: Path) -> None:
    says(programs, "half", f'case "$2" in *version_info*) echo {THIS.python} ;; venv) mkdir -p "$3/bin"; exit 1 ;; esac')
    said = refused(bundle, tmp_path / "luoshi", programs, PYTHON=str(programs / "half"))
    assert "安装没有完成" in said and "已清除" in said
