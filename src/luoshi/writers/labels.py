"""The words for what a decomposition holds, as the office says them (GLOSSARY.md). Not the text itself: that is never translated.

Functions rather than constants, because the language is chosen at run time.
"""

from luoshi.decompose.model import DatedFact, Deadline, Target
from luoshi.text.language import _, current_language


def pair(label: str, value: str) -> str:
    """A label before its value, with the colon of the language."""
    return f"{label}：{value}" if current_language() == "zh" else f"{label}: {value}"


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


def deadline(value: Deadline) -> str:
    """A deadline for a cell: the last day and the phrase it came from, or the phrase alone."""
    return f"{value.due.isoformat()}（{value.text}）" if value.due else value.text


def quantity(value: Target) -> str:
    """A target as a figure: ``≥85%``, ``增5%``."""
    words = {"=": "", "+": _("增"), "-": _("降"), "≈": _("约")}
    number = str(int(value.value)) if value.value.is_integer() else f"{value.value:.10g}"
    return f"{words.get(value.comparator, value.comparator)}{number}{value.unit}"


def dated_fact(value: DatedFact) -> str:
    """A date of the document with how it is known: ``2026-09-28（印发，文中写明）``."""
    return f"{value.date}（{date_kinds()[value.kind]}，{hows()[value.how]}）"
