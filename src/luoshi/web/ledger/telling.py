"""The history of a matter as a person reads it: one sentence for each record of the audit. No Django.

A record keeps the act with what was before and after as canonical JSON; ``sentence`` says it in words. Who and when stand beside it. An
act that has no teller of its own is told by its name and by the fields that it changed.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from luoshi.text.language import _, current_language
from luoshi.web.ledger.charts import figure
from luoshi.web.ledger.names import state_names

Facts = Mapping[str, Any]
Teller = Callable[[Facts, Facts], str]

STAGES = ("draft", "issue", "work", "report", "extension", "close", "talk")
"""Groups of acts by which a history is narrowed."""


def sentence(act: str, before: str, after: str, reason: str, *, name: str = "") -> str:
    """What a record says; ``name`` is what the act is called, for acts without a teller."""
    old, new = _read(before), _read(after)
    teller = _tellers().get(act)
    changed = "" if teller else _changes(old, new)
    told = teller(old, new) if teller else _joined((name or act, changed), _("："))
    return _joined((told, _short(reason, 300)), _("；") if changed else _("：")) + _("。")


def is_inside(act: str, before: str, after: str) -> bool:
    """True for what stays in a unit: put before its head, sent back by the head, withdrawn before the head let it go."""
    if act in ("report.file", "extension.ask"):
        return _read(after).get("state") == "with_head"
    return act == "report.send_back" or (act == "extension.withdraw" and _read(before).get("state") == "with_head")


def stage_of(act: str) -> str:
    """The group in which an act is filtered."""
    kind, _dot, deed = act.partition(".")
    if kind in ("report", "extension"):
        return kind
    if kind == "rung":
        return "talk"
    if kind in ("plan", "support", "roster"):
        return "work"
    if kind == "lookback":
        return "close"
    if kind == "instruction" or deed in ("remind", "comment", "reply"):
        return "talk"
    return _STAGE_OF_DEED.get(deed, "draft")


_STAGE_OF_DEED = {
    **dict.fromkeys(("approve", "decline", "sign", "object", "reassign", "keep", "adjust"), "issue"),
    **dict.fromkeys(("escalate", "resolve", "suspend", "resume", "edit_plan"), "work"),
    **dict.fromkeys(("submit", "accept", "return", "close", "mark_standing", "reopen", "terminate"), "close"),
}


def stage_names() -> dict[str, str]:
    """Group of acts → what it is called."""
    return {
        "draft": _("立项"),
        "issue": _("交办签收"),
        "work": _("办理"),
        "report": _("反馈"),
        "extension": _("延期"),
        "close": _("验收销号"),
        "talk": _("催办答复"),
    }


def field_names() -> dict[str, str]:
    """Field of a matter → what it is called in a history."""
    return {
        "title": _("事项名称"),
        "task": _("工作内容"),
        "criterion": _("办结标准"),
        "lead_name": _("牵头单位"),
        "due_on": _("时限"),
        "theme": _("专题"),
        "category": _("类别"),
        "urgency": _("缓急"),
        "leader": _("责任领导"),
        "office": _("承办科室"),
        "contact": _("联系人"),
        "cadence": _("报送"),
        "measures": _("举措"),
        "resume_on": _("恢复日期"),
        "review_on": _("复查日期"),
        "number": _("编号"),
        "contribution": _("配合内容"),
        "text": _("内容"),
        "answer": _("答复"),
    }


def _tellers() -> dict[str, Teller]:
    return {
        "matter.draft": lambda old, new: _("起草：{title}").format(title=new.get("title", "")),
        "matter.create": lambda old, new: _("起草：{title}").format(title=new.get("title", "")),
        "matter.adopt": lambda old, new: _("采纳为草稿：{title}").format(title=new.get("title", "")),
        "matter.child": lambda old, new: _("分解到下级：{number} {title}").format(number=new.get("number", ""), title=new.get("title", "")),
        "matter.propose": lambda old, new: _("报审定"),
        "matter.approve": lambda old, new: _("审定，交办给{unit}").format(unit=new.get("lead_name") or _("牵头单位")),
        "matter.decline": lambda old, new: _("不予立项"),
        "matter.return_draft": lambda old, new: _("退回修改"),
        "matter.discard": lambda old, new: _("放弃草稿"),
        "matter.sign": lambda old, new: _("签收"),
        "matter.object": lambda old, new: _("提出异议"),
        "matter.reassign": lambda old, new: _("裁定：改由{unit}牵头").format(unit=new.get("lead_name") or _("另一单位")),
        "matter.keep": lambda old, new: _("裁定：维持原交办"),
        "matter.adjust": lambda old, new: _("裁定：时限由 {old} 调整为 {new}").format(old=day(old.get("due_on")), new=day(new.get("due_on"))),
        "matter.submit": lambda old, new: _("提交验收") + _reported(new),
        "matter.accept": lambda old, new: _("验收通过，认定办结"),
        "matter.return": lambda old, new: _("验收未通过，退回继续办理"),
        "matter.close": lambda old, new: _("销号"),
        "matter.escalate": lambda old, new: _("请求提级协调"),
        "matter.resolve": lambda old, new: _("协调意见"),
        "matter.suspend": lambda old, new: _("挂起，{day} 恢复").format(day=day(new.get("resume_on"))) if new.get("resume_on") else _("挂起"),
        "matter.resume": lambda old, new: _("恢复办理"),
        "matter.mark_standing": lambda old, new: _("转为长期坚持，{day} 复查").format(day=day(new.get("review_on"))) if new.get("review_on") else _("转为长期坚持"),
        "matter.reopen": lambda old, new: _("重新办理（反弹一次）"),
        "matter.terminate": lambda old, new: _("终止"),
        "matter.merge": lambda old, new: _("并入另一件一起办理"),
        **_of_work(),
    }


def _of_work() -> dict[str, Teller]:
    return {
        "plan.propose": lambda old, new: _("报送计划") + _planned(new),
        "plan.agree": lambda old, new: _("商定计划") + _planned(new),
        "plan.return": lambda old, new: _("退回计划"),
        "support.ask": lambda old, new: _("请{unit}配合").format(unit=new.get("unit_name") or new.get("unit") or _("有关单位")) + _colon(new.get("contribution")),
        "support.answer": lambda old, new: (_("不能配合") if new.get("state") == "declined" else _("答应配合")) + _colon(new.get("answer")) + _recorded(new),
        "matter.remind": lambda old, new: _("催办") + _colon(new.get("text")),
        "matter.comment": lambda old, new: _("领导意见") + _colon(new.get("text")),
        "matter.reply": lambda old, new: _("回复") + _colon(new.get("text")),
        "source.suspect": lambda old, new: _("依据的文件有了新版本，引用的原文有变化"),
        "source.settle": lambda old, new: _("核对了有变化的原文"),
        "report.file": lambda old, new: _("写好反馈，送负责人审签") if new.get("state") == "with_head" else _("报送进展") + _reported(new),
        "report.release": lambda old, new: _("报送进展") + _reported(new),
        "report.send_back": lambda old, new: _("退回重写，没有报出"),
        "report.accept": lambda old, new: _("通过反馈"),
        "report.return": lambda old, new: _("退回反馈"),
        "extension.ask": lambda old, new: _("申请延期至 {day}").format(day=day(new.get("asked_on"))),
        "extension.release": lambda old, new: _("审签延期申请，申请延期至 {day}").format(day=day(new["asked_on"])) if new.get("asked_on") else _("审签延期申请"),
        "extension.withdraw": lambda old, new: _("撤回延期申请"),
        "extension.grant": lambda old, new: _("同意延期至 {day}").format(day=day(new.get("granted_on") or new.get("due_on"))),
        "extension.refuse": lambda old, new: _("不同意延期"),
    }


def day(value: Any) -> str:
    """A day of a record (``2026-11-20``, or a moment) as people write it; as it is where it is none."""
    text = str(value or "")[:10]
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return text
    return text if current_language() == "en" else f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日"


def _reported(new: Facts) -> str:
    values = _("，").join(f"{one.get('indicator', '')} {_value(one.get('value'))}{one.get('unit', '')}" for one in new.get("values") or ())
    proofs = len(new.get("evidence") or ())
    parts = [values, _short(str(new.get("text") or ""), 160), _("佐证 {n} 份").format(n=proofs) if proofs else ""]
    return _colon(_joined(parts, _("；")))


def _recorded(new: Facts) -> str:
    note = new.get("recorded_note")
    return _("（代录：{text}）").format(text=note) if note else ""


def _planned(new: Facts) -> str:
    plan = new.get("plan") or {}
    steps, curves = len(plan.get("milestones") or ()), len(plan.get("curves") or ())
    parts = [_("节点 {n} 个").format(n=steps) if steps else "", _("指标曲线 {n} 条").format(n=curves) if curves else ""]
    told = _("、").join(part for part in parts if part)
    return _("（{text}）").format(text=told) if told else ""


def _changes(old: Facts, new: Facts) -> str:
    """标题、时限 2026年11月30日 → 2026年12月20日: what of the named fields changed."""
    told = []
    for field, name in field_names().items():
        if field in new and old.get(field) != new[field]:
            was, now = _plain(field, old.get(field)), _plain(field, new[field])
            told.append(_("{name}由“{was}”改为“{now}”").format(name=name, was=was, now=now) if was and now else f"{name} {now}" if now else _("{name}清空").format(name=name))
    if not told and old.get("state") != new.get("state") and new.get("state") in state_names():
        told.append(state_names()[new["state"]])
    return _("；").join(told)


def _plain(field: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if field.endswith("_on"):
        return day(value)
    if isinstance(value, list):
        return _("{n} 项").format(n=len(value))
    return _short(str(value), 60)


def _value(value: Any) -> str:
    """A figure: records keep numbers with a point as text."""
    try:
        return figure(float(value))
    except (TypeError, ValueError):
        return str(value or "")


def _colon(text: Any) -> str:
    return _("：") + str(text) if text else ""


def _joined(parts: Iterable[str], mark: str) -> str:
    """What there is of ``parts``, with one mark between them, whatever each ended in."""
    return mark.join(part.strip().rstrip("。；.") for part in parts if part.strip())


def _short(text: str, most: int) -> str:
    told = " ".join(text.split())
    return told if len(told) <= most else told[: most - 1] + "…"


def _read(text: str) -> dict[str, Any]:
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}
