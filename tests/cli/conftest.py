"""The command line, run in this process: arguments in; exit code, standard output and standard error out."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from luoshi.cli import main
from luoshi.text.language import set_language


class Ran(NamedTuple):
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


Luoshi = Callable[..., Ran]

TEXT = "青湾县渡口工作方案\n\n一、重点任务\n2026年6月底前改造渡口16处。（县水利局牵头，县财政局配合）\n要更新渡船。\n"


@pytest.fixture
def luoshi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Luoshi]:
    """Run ``luoshi`` with arguments; nothing but ``SystemExit`` may come out of it."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["luoshi", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Ran(code, printed.out, printed.err)

    yield run
    set_language("zh")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small invented plan."""
    path = tmp_path / "方案.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
