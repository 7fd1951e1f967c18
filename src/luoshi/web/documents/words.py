"""What the pages of documents call things (GLOSSARY.md), beside the words of ``writers.labels``. Functions, because the language is the reader's. No Django."""

from collections.abc import Mapping
from typing import Any

from luoshi.text.language import _

LONGEST_NAME = 16
"""As long as the name of an indicator may be in a small mark."""


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


def levels() -> dict[str, str]:
    """Level → word."""
    return {"national": _("国家"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "town": _("乡镇级")}


A_UNIT = 3
"""What is longer is no unit but what others reach: 全市平均水平."""


def quantity(target: Mapping[str, Any]) -> str:
    """A target as a figure: ``≥85%``, ``增5%``; a yardstick in its own words: ``快于经济增长``."""
    told, unit = str(target.get("text", "")), str(target.get("unit") or "")
    if target.get("value") is None or (target["value"] == 1 and len(unit) > A_UNIT and unit in told and not any(map(str.isdigit, told))):
        return told
    words = {"=": "", "+": _("增"), "-": _("降"), "≈": _("约")}
    sign = str(target.get("comparator") or "")
    return f"{words.get(sign, sign)}{float(target['value']):.10g}{unit}"


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
