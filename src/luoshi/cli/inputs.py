"""What the command line is given to read: files, folders, standard input."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luoshi.text import SourceText, UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and its place under the folder that was named, for the place of its output."""

    path: Path
    relative: Path


def inputs_of(paths: Sequence[Path]) -> list[Input]:
    """Every file meant by ``paths``, in order, each once. Raises ``UsageError`` for a path that is not there."""
    found: dict[Path, Input] = {}
    for path in paths:
        for one in _inputs_at(path):
            found.setdefault(one.path, one)
    if not found:
        raise UsageError(_("没有可读的文件。"), hint=_("请给出文件，或装有文件的文件夹。"))
    return list(found.values())


def _inputs_at(path: Path) -> Iterator[Input]:
    if path == STANDARD_INPUT:
        yield Input(path, Path("stdin"))
    elif path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)):
            yield Input(file, file.relative_to(path))
    elif path.exists():
        yield Input(path, Path(path.name))
    else:
        raise UsageError(_("找不到文件：{name}。").format(name=path), hint=_("请检查路径。"))


def read_input(path: Path, *, encoding: str | None = None, isolated: bool = False) -> SourceText:
    """Read one file, or standard input for ``-``."""
    from luoshi.readers import read_bytes

    if path == STANDARD_INPUT:
        data, name = sys.stdin.buffer.read(), "stdin"
    else:
        try:
            data, name = path.read_bytes(), path.name
        except OSError as error:
            raise UsageError(_("打不开文件：{name}（{why}）。").format(name=path, why=reason(error)), hint=_("请检查路径和权限。")) from error
    if isolated:
        from luoshi.readers.isolated import read_isolated

        return read_isolated(data, name=name, encoding=encoding)
    return read_bytes(data, name=name, encoding=encoding)


def day(words: str) -> date:
    """A day as it was typed. Raises ``UsageError`` where it is none."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(_("不是日期：{words}。").format(words=words), hint=_("请写成 2026-11-22 这样的形式。")) from error
