"""What states, acts and kinds are called, and the light beside a state: the one place of these words. No Django."""

from luoshi.text.language import _
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.workflow import Act, ExtensionState, PlanState, ReportState, State


def state_names() -> dict[str, str]:
    """State of a matter → what it is called."""
    return {
        State.DRAFT: _("草稿"),
        State.PROPOSED: _("待审定"),
        State.DISCARDED: _("已放弃"),
        State.DECLINED: _("不予立项"),
        State.ISSUED: _("待签收"),
        State.COORDINATING: _("协调中"),
        State.ACTIVE: _("办理中"),
        State.ESCALATED: _("提级协调中"),
        State.SUSPENDED: _("已挂起"),
        State.SUBMITTED: _("待验收"),
        State.ACCEPTED: _("已办结"),
        State.STANDING: _("长期坚持"),
        State.CLOSED: _("已销号"),
        State.TERMINATED: _("已终止"),
        State.MERGED: _("已并案"),
    }


def act_verbs() -> dict[str, str]:
    """Act or deed → the word on its button."""
    return {
        Act.DISCARD: _("放弃草稿"),
        Act.PROPOSE: _("报审定"),
        Act.APPROVE: _("审定交办"),
        Act.DECLINE: _("不予立项"),
        Act.RETURN_DRAFT: _("退回修改"),
        Act.SIGN: _("签收"),
        Act.OBJECT: _("提出异议"),
        "decide": _("裁定异议"),
        Act.SUBMIT: _("提交验收"),
        Act.ACCEPT: _("验收"),
        Act.RETURN: _("退回办理"),
        Act.CLOSE: _("销号"),
        Act.ESCALATE: _("提级协调"),
        Act.RESOLVE: _("协调意见"),
        Act.SUSPEND: _("挂起"),
        Act.RESUME: _("恢复办理"),
        Act.MARK_STANDING: _("转为长期坚持"),
        Act.REOPEN: _("重新办理"),
        Act.TERMINATE: _("终止"),
        Act.MERGE: _("并入另一件"),
        "edit": _("修改"),
        "child": _("分解到下级"),
        "plan": _("定计划"),
        "change_plan": _("调整计划"),
        "support": _("请配合单位办理"),
        "answer_support": _("答复配合事项"),
        "report": _("反馈进展"),
        "record": _("代录反馈"),
        "extension": _("申请延期"),
        "remind": _("催办"),
        "comment": _("提出意见"),
        "reply": _("回复"),
        "review_report": _("审核反馈"),
        "release_report": _("审签反馈"),
        "review_plan": _("商定计划"),
        "grant_extension": _("批复延期"),
        "release_extension": _("审签延期申请"),
    }


def report_light(state: str) -> Light:
    """Where a report stands."""
    return {
        ReportState.DRAFT: Light("grey", _("草稿")),
        ReportState.WITH_HEAD: Light("blue", _("待负责人审签")),
        ReportState.FILED: Light("blue", _("待审核")),
        ReportState.ACCEPTED: Light("green", _("已通过")),
        ReportState.RETURNED: Light("yellow", _("已退回")),
    }[ReportState(state)]


def plan_light(state: str) -> Light:
    """Where a plan that was put forward stands."""
    return {
        PlanState.PROPOSED: Light("blue", _("待商定")),
        PlanState.AGREED: Light("green", _("已商定")),
        PlanState.RETURNED: Light("yellow", _("已退回")),
    }[PlanState(state)]


def extension_light(state: str) -> Light:
    """Where a request for a later date stands."""
    return {
        ExtensionState.WITH_HEAD: Light("blue", _("待负责人审签")),
        ExtensionState.ASKED: Light("blue", _("待批复")),
        ExtensionState.GRANTED: Light("green", _("已同意")),
        ExtensionState.REFUSED: Light("grey", _("未延期")),
    }[ExtensionState(state)]


def support_light(state: str, *, asked: bool) -> Light:
    """Where a contribution stands; a supporter who was asked for nothing yet shows none."""
    if state == "open":
        return Light("blue", _("待答复")) if asked else Light("", "")
    return {"agreed": Light("green", _("已答应")), "declined": Light("yellow", _("未答应")), "done": Light("green", _("已完成"))}[state]


def source_kind_names() -> dict[str, str]:
    """Kind of a source → what it is called."""
    return {
        "item": _("文件条款"),
        "decision": _("议定事项"),
        "instruction": _("批示"),
        "finding": _("督查发现"),
        "study": _("学习成果"),
        "topic": _("调研成果"),
        "typed": _("直接录入"),
    }


def message_kind_names() -> dict[str, str]:
    """Kind of a message → what it is called."""
    return {"reminder": _("催办"), "reply": _("回复"), "comment": _("领导意见")}


STEPS = ("draft", "proposed", "issued", "active", "submitted", "accepted", "closed")
_STEP_OF = {
    State.DRAFT: 0,
    State.PROPOSED: 1,
    State.DECLINED: 1,
    State.DISCARDED: 0,
    State.ISSUED: 2,
    State.COORDINATING: 2,
    State.ACTIVE: 3,
    State.ESCALATED: 3,
    State.SUSPENDED: 3,
    State.SUBMITTED: 4,
    State.ACCEPTED: 5,
    State.STANDING: 5,
    State.CLOSED: 6,
}


def steps(state: str) -> list[tuple[str, str]]:
    """The way of a matter: (word, ``done`` | ``current`` | ``ahead``); where it left the way, the last step says how."""
    words = [_("立项"), _("审定"), _("签收"), _("办理"), _("验收"), _("办结"), _("销号")]
    at = _STEP_OF.get(State(state))
    if at is None:
        return [*((word, "ahead") for word in words[:4]), (state_names()[state], "current")]
    marks = ["done"] * at + ["current"] + ["ahead"] * (len(words) - at - 1)
    words[at] = state_names()[state]
    return list(zip(words, marks, strict=True))
