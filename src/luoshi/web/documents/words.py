"""What the pages call things (GLOSSARY.md). Functions, because the language is the reader's. No Django.

The writers have the same words; they are not used here because they load the reader's rules, which a process that serves pages has no use for.
"""

from collections.abc import Mapping
from typing import Any

from luoshi.text.language import _

LONGEST_NAME = 16
"""As long as the name of an indicator may be in a small mark."""


def dispositions() -> dict[str, str]:
    """Disposition of a sentence → word."""
    return {
        "requirement": _("要求"),
        "pledge": _("承诺"),
        "context": _("背景"),
        "record": _("会务"),
        "heading": _("标题"),
        "unread": _("未读"),
    }


def grades() -> dict[str, str]:
    """Grade of an item → word."""
    return {"deliverable": _("可立项"), "standing": _("长期坚持"), "study": _("学习类"), "principle": _("原则要求")}


def kinds() -> dict[str, str]:
    """Kind of an item → word."""
    return {"requirement": _("要求"), "pledge": _("承诺")}


def draft_states() -> dict[str, str]:
    """State of a draft → word."""
    return {"pending": _("待处理"), "accepted": _("已采纳"), "rejected": _("不采"), "basis": _("作依据")}


def unit_roles() -> dict[str, str]:
    """Role of a unit in an item → word."""
    return {"lead": _("牵头"), "support": _("配合"), "responsible": _("责任"), "speaker": _("表态单位")}


def reading_states() -> dict[str, tuple[str, str]]:
    """State of a version → colour and word."""
    return {"queued": ("grey", _("排队中")), "reading": ("blue", _("读取中")), "read": ("green", _("已读")), "failed": ("red", _("读取失败"))}


def framework_statuses() -> dict[str, str]:
    """Status of a framework → mark and word."""
    return {"complete": _("✓ 齐全"), "open": _("列举未尽"), "mention": _("仅提及"), "mismatch": _("✗ 数目不符")}


def relations() -> dict[str, str]:
    """Relation of a link → word."""
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
    return {"not_seen": ("○", _("未见对应表述")), "to_check": ("◐", _("待核")), "found": ("●", _("已见对应"))}


def comparisons() -> dict[str, str]:
    """How a lower target stands to the upper one → mark and word."""
    return {
        "stricter": _("▲ 更严"),
        "looser": _("▽ 更宽"),
        "in_words": _("≈ 改为文字表述"),
        "apportioned": _("÷ 分解"),
        "equal": _("＝ 一致"),
        "not_seen": _("○ 未见"),
    }


def levels() -> dict[str, str]:
    """Level → word."""
    return {"national": _("国家"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "town": _("乡镇级")}


def quantity(target: Mapping[str, Any]) -> str:
    """A target as a figure: ``≥85%``, ``增5%``."""
    if target.get("value") is None:
        return str(target.get("text", ""))
    words = {"=": "", "+": _("增"), "-": _("降"), "≈": _("约")}
    sign = str(target.get("comparator") or "")
    return f"{words.get(sign, sign)}{float(target['value']):.10g}{target.get('unit') or ''}"


def aim(target: Mapping[str, Any]) -> str:
    """A target with what it measures: ``普及率 ≥96%``; of a long name the end, which says what is counted."""
    name = str(target.get("indicator") or "")
    short = name if len(name) <= LONGEST_NAME else f"…{name[1 - LONGEST_NAME :]}"
    return f"{short} {quantity(target)}".strip()


def comparators() -> dict[str, str]:
    """Sign of a target → what it means."""
    return {
        "≥": _("不低于"),
        "=": _("达到"),
        "≤": _("不高于"),
        ">": _("高于"),
        "<": _("低于"),
        "≈": _("约"),
        "+": _("增长"),
        "-": _("下降"),
    }


def deadline(told: dict[str, Any]) -> str:
    """A deadline as people say it: the day, else the phrase."""
    return str(told.get("due") or told.get("text") or "")
