"""The words for what a decomposition holds, as the office says them (GLOSSARY.md). Not the text itself: that is never translated.

Functions rather than constants, because the language is chosen at run time. Pages use them, too: the reader is not loaded for words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from luoshi.text.language import _, current_language

if TYPE_CHECKING:
    from luoshi.decompose.model import DatedFact, Deadline, Target


def pair(label: str, value: str) -> str:
    """A label before its value, with the colon of the language."""
    return f"{label}：{value}" if current_language() == "zh" else f"{label}: {value}"


def listed(told: Iterable[str]) -> str:
    """Several short statements in one line, with the comma of the language."""
    return ("，" if current_language() == "zh" else ", ").join(told)


def dispositions() -> dict[str, str]:
    """Disposition → word."""
    return {
        "requirement": _("要求"),
        "pledge": _("承诺"),
        "context": _("背景"),
        "record": _("会务"),
        "heading": _("标题"),
        "unread": _("未读"),
    }


def grades() -> dict[str, str]:
    """Grade → word."""
    return {"deliverable": _("可立项"), "standing": _("长期坚持"), "study": _("学习类"), "principle": _("原则要求")}


def modalities() -> dict[str, str]:
    """Modality → word."""
    return {"must": _("必须"), "should": _("推动"), "explore": _("探索")}


def roles() -> dict[str, str]:
    """Role of a unit → word."""
    return {"lead": _("牵头"), "support": _("配合"), "responsible": _("责任"), "speaker": _("表态单位")}


def forms() -> dict[str, str]:
    """Form of a responsibility clause → word."""
    return {
        "sole": _("独自负责"),
        "joint": _("共同负责"),
        "lead_support": _("牵头、配合"),
        "lead_with_others": _("牵头会同"),
        "first_listed_lead": _("列首位者牵头"),
        "lead_only": _("只写牵头"),
        "responsible_units": _("责任单位"),
        "table": _("表格"),
        "line": _("单列一行"),
    }


def framework_statuses() -> dict[str, tuple[str, str]]:
    """Status of a framework → mark and word: the word alone suffices, the mark is for scanning."""
    return {
        "complete": ("✓", _("齐全")),
        "open": ("○", _("列举未尽")),
        "mention": ("–", _("仅提及")),
        "mismatch": ("✗", _("数目不符")),
    }


def levels() -> dict[str, str]:
    """Level → word."""
    return {"national": _("国家"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "town": _("乡级")}


def date_kinds() -> dict[str, str]:
    """Kind of a date of the document → word."""
    return {"meeting": _("会议"), "issued": _("印发"), "posted": _("发布")}


def hows() -> dict[str, str]:
    """How a fact is known → word."""
    return {"stated": _("文中写明"), "inferred": _("推定"), "entered": _("录入")}


def relations() -> dict[str, str]:
    """Relation of a link → word, in the order in which lists stand."""
    return {
        "copied": _("表述相同"),
        "same_target": _("目标一致"),
        "carried": _("承接"),
        "concretised": _("细化"),
        "tightened": _("目标或时限更严"),
        "weakened": _("力度或定量有变化"),
        "narrowed": _("范围缩小"),
        "same_source": _("同源"),
        "related": _("主题相近"),
    }


def bands() -> dict[str, tuple[str, str]]:
    """Band of an upper item → mark and word."""
    return {"found": ("●", _("已见对应")), "to_check": ("◐", _("待核")), "not_seen": ("○", _("未见对应表述"))}


def origins() -> dict[str, tuple[str, str]]:
    """Origin of a lower item → mark and word."""
    return {
        "derived": ("●", _("承接上位")),
        "same_source": ("◎", _("同源")),
        "to_check": ("◐", _("待核")),
        "local": ("□", _("本地新增")),
    }


def comparisons() -> dict[str, tuple[str, str]]:
    """How a lower target stands to the upper one → mark and word."""
    return {
        "stricter": ("▲", _("更严")),
        "looser": ("▽", _("更宽")),
        "in_words": ("≈", _("改为文字表述")),
        "apportioned": ("÷", _("分解")),
        "equal": ("＝", _("一致")),
        "not_seen": ("○", _("未见")),
    }


def slots() -> dict[str, str]:
    """What of a passage changed or was added → word."""
    return {
        "number": _("数字"),
        "deadline": _("时限"),
        "unit": _("单位"),
        "place": _("地名"),
        "project": _("项目"),
        "list": _("列举"),
        "modality": _("力度用语"),
        "frequency": _("频次"),
        "scope": _("范围"),
    }


def changes() -> dict[str, str]:
    """How it changed → word, which follows that of the slot: 数字改为文字表述, 时限提前."""
    return {
        "raised": _("提高"),
        "lowered": _("降低"),
        "apportioned": _("分解"),
        "to_words": _("改为文字表述"),
        "to_number": _("由文字改为数字"),
        "earlier": _("提前"),
        "later": _("推后"),
        "softened": _("放宽"),
        "hardened": _("加重"),
        "shortened": _("减少"),
        "dropped": _("未保留"),
        "replaced": _("不同"),
    }


def changed(slot: str, how: str, before: str, after: str | None) -> str:
    """One change with both wordings: 时限提前：2026年底前 → 2026年9月底前. ``after`` is None where nothing stands in its place."""
    what = _("{slot}{how}").format(slot=slots()[slot], how=changes()[how])
    return pair(what, before if after is None else f"{before} → {after}")


def added(slot: str, quotes: Iterable[str]) -> str:
    """What of one slot was added: 增加时限：2026年9月底前."""
    return pair(_("增加{slot}").format(slot=slots()[slot]), "、".join(dict.fromkeys(quotes)))


def ratios() -> dict[str, str]:
    """Name of a share → word."""
    return {
        "copied": _("表述相同占比"),
        "concretised": _("细化占比"),
        "found": _("已见对应占比"),
        "to_check": _("待核占比"),
        "not_seen": _("未见对应表述占比"),
        "local": _("本地新增占比"),
    }


def deadline(value: Deadline) -> str:
    """A deadline for a cell: the last day and the phrase it came from, or the phrase alone."""
    return f"{value.due.isoformat()}（{value.text}）" if value.due else value.text


_A_UNIT = 3
"""What is longer is no unit but what others reach: 全市平均水平."""


def quantity(value: Target) -> str:
    """A target as a figure: ``≥85%``, ``增5%``; a yardstick in its own words: ``快于经济增长``."""
    if value.value == 1 and len(value.unit) > _A_UNIT and value.unit in value.text and not any(map(str.isdigit, value.text)):
        return value.text
    words = {"=": "", "+": _("增"), "-": _("降"), "≈": _("约")}
    number = str(int(value.value)) if value.value.is_integer() else f"{value.value:.10g}"
    return f"{words.get(value.comparator, value.comparator)}{number}{value.unit}"


def dated_fact(value: DatedFact) -> str:
    """A date of the document with how it is known: ``2026-09-28（印发，文中写明）``."""
    return f"{value.date}（{date_kinds()[value.kind]}，{hows()[value.how]}）"
