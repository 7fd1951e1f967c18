"""Which column of a table means what: by the words of its heading, or by what was remembered of the same set of headings."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from luoshi.text.language import _, current_language, set_language
from luoshi.web.exchange.importing.plan import Line
from luoshi.web.exchange.keys import read_key
from luoshi.web.exchange.listings.matters import headings

ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("督查事项", "工作任务", "重点任务", "重点工作", "任务", "事项", "事项名称", "工作内容", "任务内容", "主要任务", "目标任务", "项目名称", "任务名称", "task", "matter"),
    "task": ("任务说明", "具体任务", "具体内容", "任务要求", "工作要求", "内容", "细化内容"),
    "measures": ("举措", "工作举措", "工作措施", "具体举措", "具体措施", "措施", "推进措施", "主要措施", "measures"),
    "lead": ("牵头单位", "牵头部门", "主办单位", "主责单位", "主责部门", "第一责任单位", "lead unit"),
    "supports": ("配合单位", "配合部门", "协办单位", "协同单位", "参与单位", "supporting units"),
    "units": ("责任单位", "责任部门", "承办单位", "落实单位", "责任分工", "单位", "部门", "units"),
    "due_on": ("时限", "完成时限", "完成时间", "办结时限", "时间要求", "时间节点", "完成日期", "截止时间", "截止日期", "推进时限", "due"),
    "criterion": ("办结标准", "完成标准", "验收标准", "预期成果", "预期目标", "工作目标", "成果形式", "目标要求", "criterion"),
    "theme": ("专题", "类别", "领域", "板块", "分类", "专项", "工作类别", "theme"),
    "leader": ("责任领导", "牵头领导", "分管领导", "包保领导", "市领导", "leader"),
    "office": ("承办科室", "责任科室", "处室", "责任处室", "科室", "office"),
    "contact": ("联系人", "联络员", "责任人", "contact"),
    "quote": ("依据", "来源", "文件依据", "任务来源", "政策依据", "source"),
}
LOOKED_AT = 15
"""Rows at the beginning of a sheet among which the headings are looked for."""


def field_names() -> dict[str, str]:
    """Field → what the wizard calls it."""
    return {
        "title": _("事项名称"),
        "task": _("任务"),
        "measures": _("举措"),
        "lead": _("牵头单位"),
        "supports": _("配合单位"),
        "units": _("责任单位（第一个牵头）"),
        "due_on": _("时限"),
        "criterion": _("办结标准"),
        "theme": _("专题"),
        "leader": _("责任领导"),
        "office": _("承办科室"),
        "contact": _("联系人"),
        "quote": _("依据"),
    }


def heading_row(lines: Sequence[Line]) -> int:
    """The number of the row that has the most known headings among the first; of two alike the lower, where the headings have two rows."""
    best = (1, lines[0].number if lines else 1)
    for line in lines[:LOOKED_AT]:
        known = len({field for text in line.cells.values() if (field := _field(text))})
        if known >= max(2, best[0]):
            best = (known, line.number)
    return best[1]


def guessed(heads: Mapping[int, str]) -> dict[int, str]:
    """Column → field, each field once."""
    found: dict[int, str] = {}
    for column, text in heads.items():
        field = _field(text)
        if field and field not in found.values():
            found[column] = field
    return found


def set_of(heads: Mapping[int, str]) -> str:
    """The digest of a set of headings, whatever their order."""
    return hashlib.sha256("\n".join(sorted({_plain(text) for text in heads.values()})).encode()).hexdigest()


def keyed_columns(lines: Sequence[Line]) -> tuple[int, dict[int, str], int] | None:
    """Of a table that was exported here: the row of its headings, column → column of the ledger, the column of the keys; None for any other table."""
    key_column = next((column for line in lines[: LOOKED_AT + 5] for column, text in line.cells.items() if read_key(text)), None)
    if key_column is None:
        return None
    names = _headings_in_every_language()
    best: tuple[int, dict[int, str]] = (0, {})
    for line in lines[:LOOKED_AT]:
        found = {column: names[text] for column, text in line.cells.items() if text in names}
        if len(found) > len(best[1]):
            best = (line.number, found)
    return best[0], best[1], key_column


def _headings_in_every_language() -> dict[str, str]:
    now, found = current_language(), dict[str, str]()
    try:
        for language in ("en", "zh"):
            set_language(language)
            found |= {heading: name for name, heading in headings().items()}
    finally:
        set_language(now)
    return found


def _field(text: str) -> str:
    plain = _plain(text)
    return next((field for field, words in ALIASES.items() if plain in {word.replace(" ", "") for word in words}), "")


def _plain(text: str) -> str:
    return re.sub(r"[\s*＊:：（）()]|必填|选填", "", text).lower()
