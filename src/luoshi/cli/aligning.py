"""``luoshi align``: one upper document beside one or several lower ones, into one report; a lower file that fails does not stop the others."""

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from luoshi.cli.inputs import STANDARD_INPUT, Input, inputs_of, read_input
from luoshi.text import LuoshiError, UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

if TYPE_CHECKING:
    from luoshi.align import Alignment, Embedder
    from luoshi.decompose import Decomposition

FORMATS = ("html", "xlsx", "json", "md")
_SUFFIXES = {"htm": "html", "markdown": "md"}
_AS_STATED = "-"  # in place of a date: take it from the document


class Reading(NamedTuple):
    """How every input is read."""

    as_of: date
    encoding: str | None
    isolated: bool


class Dates(NamedTuple):
    """Dates given on the command line: ISO text to the day, month or year, None where the document is to say."""

    upper: str | None
    lower: tuple[str | None, ...]


def align_all(
    upper: Path, lower: Sequence[Path], *, out: Path | None, format_: str | None, upper_date: str | None, lower_dates: Sequence[str], embedder: Path | None,
    reading: Reading,
) -> int:  # fmt: skip
    """Read, decompose, align and write. Returns the exit code: the highest of the files that could not be read, 0 where all could."""
    kind = _format(out, format_)
    below = _lower_inputs(upper, lower)
    dates = Dates(_date(upper_date), tuple(_date(words) for words in lower_dates))
    if len(dates.lower) > len(below):
        raise UsageError(
            _("给了{dates}个下位文件日期，下位文件只有{files}个。").format(dates=len(dates.lower), files=len(below)),
            hint=_("--lower-date按下位文件的次序一一对应；不想给的写 -。"),
        )
    target = _target(out, kind, upper, below)
    model = _model(embedder)
    above = _decomposed(upper, reading)
    found, code = _aligned(above, below, dates, model, reading)
    if found:
        _write(found, target, kind)
        print(summary(found, target), file=sys.stderr)
    return code


def _format(out: Path | None, format_: str | None) -> str:
    if format_ is not None:
        return format_
    suffix = out.suffix.lstrip(".").lower() if out is not None and not out.is_dir() else ""
    kind = _SUFFIXES.get(suffix, suffix)
    if kind and kind not in FORMATS:
        raise UsageError(_("不认得输出后缀 .{suffix}。").format(suffix=suffix), hint=_("可选：") + "、".join(FORMATS) + "。")
    return kind or ("json" if out is None else "html")


def _lower_inputs(upper: Path, lower: Sequence[Path]) -> list[Input]:
    """The lower documents in order. A folder may hold the upper one, which is then left out; a file named twice is a mistake."""
    if not lower:
        raise UsageError(_("没有说下位文件是哪份。"), hint=_("请写成：luoshi align 上位文件 下位文件… -o 报告.html。"))
    if upper.is_dir():
        raise UsageError(_("{name} 是文件夹。").format(name=upper), hint=_("上位文件只能是一份文件；下位文件可以是文件夹。"))
    seen = {upper.resolve()}
    for path in lower:
        if not path.is_dir() and path.resolve() in seen:
            raise UsageError(_("同一份文件出现了两次：{name}。").format(name=path), hint=_("上位文件和每份下位文件须各不相同。"))
        seen.add(path.resolve())
    below = [one for one in inputs_of(lower) if one.path.resolve() != upper.resolve()]
    distinct: dict[Path, Input] = {}
    for one in below:
        distinct.setdefault(one.path.resolve(), one)
    if not distinct:
        raise UsageError(_("文件夹里除上位文件外没有别的文件。"), hint=_("请给出下位文件，或装有下位文件的文件夹。"))
    return list(distinct.values())


def _date(words: str | None) -> str | None:
    """A date to the day, month or year, as ISO text. Raises ``UsageError`` for anything else."""
    if words is None or words == _AS_STATED:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", words.strip())
    try:
        if match is None:
            raise ValueError(words)
        year, month, day = (int(part) if part else None for part in match.groups())
        date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise UsageError(_("不是日期：{words}。").format(words=words), hint=_("请写成 2026-11-20、2026-11 或 2026。")) from error
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def _target(out: Path | None, kind: str, upper: Path, below: list[Input]) -> Path | None:
    """Where the report goes; never over an input."""
    if out is None:
        if kind == "xlsx":
            raise UsageError(_("{kind} 不能输出到屏幕。").format(kind=kind), hint=_("请用 -o 指定输出文件。"))
        return None
    target = out / f"{upper.stem}-{_('对标对表')}.{kind}" if out.is_dir() else out
    if target.resolve() in {path.resolve() for path in (upper, *(one.path for one in below)) if path != STANDARD_INPUT}:
        raise UsageError(_("输出会盖掉输入文件：{name}。").format(name=target), hint=_("请换一个输出位置。"))
    return target


def _model(path: Path | None) -> "Embedder | None":
    if path is None:
        return None
    from luoshi.align import load_embedder

    return load_embedder(path)


def _decomposed(path: Path, reading: Reading) -> "Decomposition":
    from luoshi.decompose import decompose

    return decompose(read_input(path, encoding=reading.encoding, isolated=reading.isolated), as_of=reading.as_of)


def _aligned(
    above: "Decomposition", below: list[Input], dates: Dates, model: "Embedder | None", reading: Reading
) -> tuple[list["Alignment"], int]:
    """An alignment for every lower document that can be read, and the highest exit code of the others."""
    from luoshi.align import align

    found, code = [], 0
    for n, one in enumerate(below):
        told = dates.lower[n] if n < len(dates.lower) else None
        try:
            made = _decomposed(one.path, reading)
        except LuoshiError as error:
            print(f"{one.path}: {error.code}: {error}", file=sys.stderr)
            code = max(code, error.exit_code)
            continue
        if made.source.text_sha256 == above.source.text_sha256:
            print(_("{name}：与上位文件内容相同，没有比对。").format(name=one.path), file=sys.stderr)
            code = max(code, UsageError.exit_code)
            continue
        found.append(align(above, made, upper_date=dates.upper, lower_date=told, embedder=model))
    return found, code


def summary(alignments: Sequence["Alignment"], target: Path | None) -> str:
    """One line for each lower document on what was found, the first with where it is."""
    lines = []
    for alignment in alignments:
        bands = [item.band for item in alignment.upper_items]
        lines.append(
            _("{lower}：上位事项 {base} 条，已见对应 {found}，待核 {check}，未见对应表述 {unseen}；{direction}").format(
                lower=alignment.lower.source.name, base=sum(band is not None for band in bands), found=bands.count("found"),
                check=bands.count("to_check"), unseen=bands.count("not_seen"), direction=alignment.direction.reason,
            )
        )  # fmt: skip
    return "\n".join([f"{target}", *(f"  {line}" for line in lines)] if target else lines)


def _write(alignments: Sequence["Alignment"], target: Path | None, kind: str) -> None:
    """Write the report; without a target to standard output."""
    from luoshi import writers

    if target is None:
        print(_text(alignments, kind), end="")
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == "xlsx":
            writers.write_alignment_xlsx(alignments, target)
        else:
            target.write_text(_text(alignments, kind), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(_("写不了文件：{name}（{why}）。").format(name=target, why=reason(error)), hint=_("请检查路径、权限和磁盘空间。")) from error


def _text(alignments: Sequence["Alignment"], kind: str) -> str:
    from luoshi import writers

    return {"html": writers.alignment_to_html, "md": writers.alignment_to_markdown, "json": writers.alignment_dumps}[kind](alignments)
