"""``luoshi decompose``: each input to one output; one file that fails does not stop the others."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luoshi.cli.inputs import STANDARD_INPUT, Input, inputs_of, read_input
from luoshi.text import LuoshiError, UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

if TYPE_CHECKING:
    from luoshi.decompose import Decomposition

FORMATS = ("json", "xlsx", "docx", "md", "html")
_BINARY = ("xlsx", "docx")


def decompose_all(paths: Sequence[Path], *, out: Path | None, format_: str | None, as_of: date, encoding: str | None, isolated: bool) -> int:
    """Read, decompose and write every input. Returns the exit code; says on standard error what went wrong with which file."""
    inputs = inputs_of(paths)
    several = len(inputs) > 1 or any(path.is_dir() for path in paths)
    kind = _format(out, format_, several)
    if several and out is None:
        raise UsageError(_("输入不止一个，没有说输出到哪里。"), hint=_("请用 -o 指定一个文件夹。"))
    if several and out is not None and out.exists() and not out.is_dir():
        raise UsageError(_("{name} 是文件，不是文件夹。").format(name=out), hint=_("输入不止一个时，-o 须是文件夹。"))
    targets = _targets(inputs, out, kind, several)
    return max((_one(source, target, kind, as_of, encoding, isolated) for source, target in _with_progress(targets)), default=0)


def _format(out: Path | None, format_: str | None, several: bool) -> str:
    if format_ is not None:
        return format_
    suffix = out.suffix.lstrip(".").lower() if out is not None and not several else ""
    if suffix == "markdown":
        return "md"
    if suffix == "htm":
        return "html"
    if suffix and suffix not in FORMATS:
        raise UsageError(_("不认得输出后缀 .{suffix}。").format(suffix=suffix), hint=_("可选：") + "、".join(FORMATS) + "。")
    return suffix or "json"


def _targets(inputs: list[Input], out: Path | None, kind: str, several: bool) -> list[tuple[Input, Path | None]]:
    """Where each output goes: same stem; where two inputs share one, the whole name is kept. An input is never overwritten."""
    if not several:
        if out is not None and out.is_dir():
            out = out / f"{inputs[0].relative.stem}.{kind}"
        pairs = [(inputs[0], out)]
    else:
        assert out is not None
        names = Counter(one.relative for one in inputs)
        stems = Counter(path.with_suffix("") for path in names)
        pairs = _each_its_own([(one, out / (f"{one.relative}.{kind}" if stems[one.relative.with_suffix("")] > 1 else one.relative.with_suffix(f".{kind}"))) for one in inputs])
    read = {one.path.resolve() for one in inputs if one.path != STANDARD_INPUT}
    for one, target in pairs:
        if target is not None and target.resolve() in read:
            raise UsageError(_("输出会盖掉输入文件：{name}。").format(name=one.path), hint=_("请换一个输出位置。"))
    return list(pairs)


def _each_its_own(pairs: list[tuple[Input, Path]]) -> list[tuple[Input, Path | None]]:
    """The same pairs; files of one name from two folders are numbered: 方案.json, 方案-2.json."""
    taken: set[Path] = set()
    made: list[tuple[Input, Path | None]] = []
    for one, wanted in pairs:
        target, n = wanted, 1
        while target in taken:
            n += 1
            target = wanted.with_name(f"{wanted.stem}-{n}{wanted.suffix}")
        taken.add(target)
        made.append((one, target))
    return made


def _with_progress(targets: list[tuple[Input, Path | None]]) -> "list[tuple[Input, Path | None]]":
    """The same list; on a terminal and with many files, a bar on standard error."""
    if len(targets) < 4 or not sys.stderr.isatty():
        return targets
    from rich.console import Console
    from rich.progress import track

    return track(targets, description=_("拆解"), console=Console(stderr=True))  # type: ignore[return-value]  # an iterable is enough


def _one(source: Input, target: Path | None, kind: str, as_of: date, encoding: str | None, isolated: bool) -> int:
    from luoshi.decompose import decompose

    try:
        made = decompose(read_input(source.path, encoding=encoding, isolated=isolated), as_of=as_of)
        _write(made, target, kind)
    except LuoshiError as error:
        print(f"{source.path}: {error.code}: {error}", file=sys.stderr)
        return error.exit_code
    if target is not None:
        print(summary(made, target), file=sys.stderr)
    return 0


def summary(made: "Decomposition", target: Path) -> str:
    """One line on what was found and where it is."""
    residue = made.residue
    return _("{target}：{items} 条事项，其中可立项 {deliverable} 条；{sentences} 句，未读 {unread} 句；存疑 {doubts} 处").format(
        target=target, items=len(made.items), deliverable=sum(1 for item in made.items if item.grade == "deliverable"), sentences=residue["sentences"],
        unread=residue["unread"], doubts=len(made.doubts) + sum(len(item.doubts) for item in made.items),
    )


def _write(made: "Decomposition", target: Path | None, kind: str) -> None:
    """Write ``made`` as ``kind``; without a target to standard output, which only takes text."""
    if target is None:
        if kind in _BINARY:
            raise UsageError(_("{kind} 不能输出到屏幕。").format(kind=kind), hint=_("请用 -o 指定输出文件。"))
        print(_text_writer(kind)(made), end="")
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == "xlsx":
            from luoshi.writers.xlsx import write_xlsx

            write_xlsx(made, target)
        elif kind == "docx":
            from luoshi.writers.docx import write_docx

            write_docx(made, target)
        else:
            target.write_text(_text_writer(kind)(made), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(_("写不了文件：{name}（{why}）。").format(name=target, why=reason(error)), hint=_("请检查路径、权限和磁盘空间。")) from error


def _text_writer(kind: str) -> "Callable[[Decomposition], str]":
    if kind == "md":
        from luoshi.writers.markdown import to_markdown

        return to_markdown
    if kind == "html":
        from luoshi.writers.html import to_html

        return to_html
    from luoshi.writers.decomposition_json import dumps

    return dumps
