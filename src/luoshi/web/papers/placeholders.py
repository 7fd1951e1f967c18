"""What a template may say: every place with what stands there. The page of templates and the docs print this table; the child checks against it.

Facts have English keys (``facts.py``); templates have Chinese ones, since clerks write them. No Django.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Place(NamedTuple):
    """A place: its name in a template, the key of the fact, what stands there. ``entries``: of a list, the places of each entry; empty where they are texts."""

    name: str
    key: str
    what: str
    entries: "tuple[Place, ...] | None" = None


MATTER: tuple[Place, ...] = (
    Place("序号", "n", "1、2、3……"),
    Place("大写序号", "numeral", "一、二、三……"),
    Place("编号", "number", "事项编号"),
    Place("名称", "title", "事项名称"),
    Place("内容", "task", "工作内容，没有另写的为空"),
    Place("依据", "basis", "引用的原文和出处"),
    Place("出处", "cited", "文号或会议、批示"),
    Place("牵头", "lead", "牵头单位"),
    Place("配合", "support", "配合单位，以顿号分开"),
    Place("责任领导", "leader", "交办时定的责任领导"),
    Place("承办科室", "office", "承办科室"),
    Place("联系人", "contact", "联系人"),
    Place("时限", "due", "现在的时限"),
    Place("办结标准", "criterion", "办结标准"),
    Place("目标", "targets", "指标和目标值"),
    Place("措施", "measures", "具体举措"),
    Place("状态", "state", "办理中、待验收……"),
    Place("亮灯", "light", "逾期、滞后、临近、按序时……"),
    Place("进展", "progress", "最近一次已审核的反馈"),
)

PROBLEM: tuple[Place, ...] = (
    Place("序号", "n", "1、2、3……"),
    Place("大写序号", "numeral", "一、二、三……"),
    Place("编号", "number", "问题编号"),
    Place("名称", "title", "问题"),
    Place("表现", "signs", "具体表现"),
    Place("来源", "source", "督查、审计……和依据的文书"),
    Place("等级", "severity", "一般、较重、重大"),
    Place("责任单位", "owner", "整改的责任单位"),
    Place("时限", "due", "整改时限，没有定的为空"),
    Place("状态", "state", "待认领、整改中、已销号……"),
)

PLACES: tuple[Place, ...] = (
    Place("标题", "title", "公文标题"),
    Place("文种", "kind", "交办单、提醒函……"),
    Place("文号", "number", "发文时给的文号或期号"),
    Place("日期", "date", "发文日期"),
    Place("版头", "red_head", "红头，单位设定里没有填的为空"),
    Place("发文单位", "issuer", "发文单位全称"),
    Place("落款", "signature", "落款，没有另设的是单位全称"),
    Place("主送", "to_line", "主送单位，以顿号分开"),
    Place("主送单位", "to", "主送单位，一个一条", ()),
    Place("开头", "opening", "开头部分，一段一条", ()),
    Place("要求", "requirements", "工作要求，一段一条", ()),
    Place("结语", "closing", "特此通知、专此函告……"),
    Place("回复期限", "answer_by", "要求回复的日期，没有的为空"),
    Place("期间", "period", "周报、专报所报的期间"),
    Place("联系人", "contact", "联系人和电话"),
    Place("分送", "copies", "抄送、分送单位"),
    Place("件数", "count", "事项件数"),
    Place("事项", "matters", "事项清单，一件一条", MATTER),
    Place("问题", "problems", "问题清单，一个一条；整改通知、督查专报用", PROBLEM),
)


def known() -> dict[str, list[str] | None]:
    """Place → None, or the places of its entries: as the child is told."""
    return {place.name: None if place.entries is None else [one.name for one in place.entries] for place in PLACES}


def in_places(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts under the names that templates use."""
    return {place.name: _value(place, facts[place.key]) for place in PLACES}


def _value(place: Place, value: Any) -> Any:
    if not place.entries:
        return value
    return [{one.name: entry[one.key] for one in place.entries} for entry in value]
