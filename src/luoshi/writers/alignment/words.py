"""What an alignment says, in sentences: direction, caveat, and what changed between two passages."""

from collections.abc import Sequence

from luoshi.align.model import Added, Alignment, Change, Link, Ratio, TargetRow
from luoshi.decompose.model import Decomposition
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.plain import one_line
from luoshi.writers.rows import target_text


def notes(link: Link, alignment: Alignment) -> tuple[str, ...]:
    """What changed and what was added, one a line: 数字改为文字表述：100% → 稳步提高."""
    upper, lower = alignment.upper.source.text, alignment.lower.source.text
    told = [change_text(change, upper, lower) for change in link.changed] + added_texts(link.added, lower)
    return tuple(dict.fromkeys(told))


def change_text(change: Change, upper: str, lower: str) -> str:
    """One change in words, with both wordings."""
    before = one_line(change.upper.of(upper)) or _("（没有）")
    return labels.changed(change.slot, change.how, before, one_line(change.lower.of(lower)) if change.lower else None)


def added_texts(added: Sequence[Added], lower: str) -> list[str]:
    """What was added, one line a slot."""
    found: dict[str, list[str]] = {}
    for one in added:
        found.setdefault(one.slot, []).append(one_line(one.lower.of(lower)))
    return [labels.added(slot, quotes) for slot, quotes in found.items()]


def direction_text(alignment: Alignment) -> str:
    """In one sentence whether the lower document can have taken from the upper one, and why that is said."""
    direction = alignment.direction
    reason = direction.reason.rstrip("。")
    if direction.value == "derived":
        return _("可按“下位落实上位”来看：{reason}。").format(reason=reason)
    return _("按“同源”来看，不说谁出自谁：{reason}。").format(reason=reason)


def caveat() -> str:
    """What the comparison is not."""
    return _("只比对文字，供起草单位先看，须经人确认；“未见对应表述”不等于“未落实”。")


def no_league() -> str:
    """Why shares stand beside no rank."""
    return _("占比只说明本文件的写法，不用于文件或地方之间排名。")


def ratio_text(ratio: Ratio) -> str:
    """A share with its base: 37%（21/57）."""
    return f"{ratio.value:.0%}（{ratio.part}/{ratio.whole}）" if ratio.value is not None else _("无可计算（0/0）")


def document_line(decomposition: Decomposition, date: str | None) -> str:
    """Authority, number, level and date of a document on one line."""
    facts = decomposition.facts
    level = labels.levels().get(facts.level or "")
    return " · ".join(one_line(fact) for fact in (facts.authority, facts.number, level, date or _("日期不详")) if fact)


def lower_target_text(row: TargetRow | None, lower: Decomposition) -> str:
    """What the lower document has beside an upper target: the figure as worded, or the words without a figure."""
    if row is None:
        return ""
    if row.lower is not None:
        return target_text(row.lower)
    return one_line(row.words.of(lower.source.text)) if row.words else ""
