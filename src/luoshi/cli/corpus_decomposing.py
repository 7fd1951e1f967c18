"""``luoshi corpus decompose``: progress while it runs, then what came of it and which files could not be read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from luoshi.cli.corpus_engines import engine_of
from luoshi.corpus.building import Built, Progress, build, files_of
from luoshi.text.errors import all_errors
from luoshi.text.language import _

_INTERRUPTED = 130
_LINES = 20
_NAMED = 20


def decompose_folder(folder: Path, out: Path, *, processes: int | None, scheduler: str | None, as_of: date | None, isolated: bool) -> int:
    """Read the folder into the dataset. Returns the exit code: that of the worst file, 0 where all were read."""
    files_of(folder)  # a wrong folder is said before anything is started
    try:
        with engine_of(processes, scheduler) as engine, _progress() as progress:
            built = build(folder, out, engine, as_of=as_of, isolated=isolated, progress=progress)
    except KeyboardInterrupt:
        print(_("已停下。再运行同一条命令就接着做。"), file=sys.stderr)
        return _INTERRUPTED
    _tell(built, out)
    codes = {cls.code: cls.exit_code for cls in all_errors()}
    return max((codes.get(one.code, 1) for one in built.errors), default=0)


def _tell(built: Built, out: Path) -> None:
    for one in built.errors[:_NAMED]:
        print(f"{one.path}: {one.code}: {one.message}{one.hint}", file=sys.stderr)
    if len(built.errors) > _NAMED:
        print(_("另有 {n} 个文件没有读成，见数据集里的 manifest.json。").format(n=len(built.errors) - _NAMED), file=sys.stderr)
    said = _("{out}：{files} 个文件，读成 {good} 个；这次读了 {read} 个，沿用 {kept} 个").format(
        out=out, files=len(built.files), good=len(built.files) - len(built.errors), read=built.read, kept=built.kept
    )
    print(said + (_("，去掉已不在的 {n} 个").format(n=built.gone) if built.gone else ""), file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal; elsewhere some twenty lines in all."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(TextColumn(_("拆解")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[path]}", markup=False), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None, path="")
        yield lambda done, total, path: bar.update(task, completed=done, total=total, path=path[-40:])


def _lines(done: int, total: int, path: str) -> None:
    step = max(1, total // _LINES)
    if done % step == 0 or done == total:
        print(_("已读 {done}/{total}").format(done=done, total=total), file=sys.stderr, flush=True)
