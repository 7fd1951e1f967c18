"""What states, acts, sources and grades of problems and inspections are called. No Django."""

from luoshi.text.language import _
from luoshi.web.problems.workflow import Act, InspectionState, State, VisitState

SOURCES = ("tour", "audit", "oversight", "inspection", "check", "safety", "environment", "self", "public", "opinion", "petition", "meeting")
DISCOVERIES = ("self", "above", "public")
SEVERITIES = ("light", "serious", "grave")
STEPS = (State.FOUND, State.CLAIMED, State.MENDING, State.REPORTED, State.ACCEPTED, State.CLOSED)


def state_names() -> dict[str, str]:
    """State of a problem → what it is called."""
    return {
        State.FOUND: _("待认领"),
        State.ON_THE_SPOT: _("即知即改"),
        State.OBJECTED: _("有异议"),
        State.CLAIMED: _("已认领"),
        State.MENDING: _("整改中"),
        State.REPORTED: _("待验收"),
        State.ACCEPTED: _("已验收"),
        State.CLOSED: _("已销号"),
        State.DROPPED: _("已撤销"),
    }


def act_verbs() -> dict[str, str]:
    """Act or deed → the word on its button."""
    return {
        Act.CLAIM: _("认领"),
        Act.OBJECT: _("提出异议"),
        Act.KEEP: _("维持"),
        Act.REASSIGN: _("改派"),
        Act.DROP: _("撤销问题"),
        Act.MEND: _("已改好，报验收"),
        Act.PLAN: _("定措施"),
        Act.REPORT: _("报整改情况"),
        Act.RETURN: _("退回整改"),
        Act.ACCEPT: _("验收"),
        Act.CLOSE: _("销号"),
        Act.RELAPSE: _("又出现了"),
        "edit": _("修改"),
        "adjust": _("改时限"),
        "step": _("记措施完成"),
        "consult": _("记会商研判"),
        "raise": _("据此立一件"),
    }


def source_names() -> dict[str, str]:
    """Source of a problem → what it is called."""
    return {
        "tour": _("巡视巡察"),
        "audit": _("审计"),
        "oversight": _("督察"),
        "inspection": _("督查"),
        "check": _("检查"),
        "safety": _("安全生产"),
        "environment": _("生态环保"),
        "self": _("自查"),
        "public": _("群众反映"),
        "opinion": _("舆论"),
        "petition": _("信访"),
        "meeting": _("民主生活会"),
    }


def discovery_names() -> dict[str, str]:
    """Kind of discovery → what it is called."""
    return {"self": _("主动发现"), "above": _("上级指出"), "public": _("群众反映", "discovery")}


def severity_names() -> dict[str, str]:
    """Grade → what it is called."""
    return {"light": _("一般"), "serious": _("较重"), "grave": _("重大")}


def inspection_state_names() -> dict[str, str]:
    """State of an inspection → what it is called."""
    return {
        InspectionState.ARRANGED: _("已安排"),
        InspectionState.CONCLUDED: _("已结束"),
        InspectionState.MERGED: _("已合并"),
        InspectionState.CANCELLED: _("已取消"),
    }


def visit_state_names() -> dict[str, str]:
    """State of a visit → what it is called."""
    return {
        VisitState.AHEAD: _("未反馈事实"),
        VisitState.TOLD: _("待确认"),
        VisitState.CONFIRMED: _("已确认"),
        VisitState.REPLIED: _("有不同意见"),
        VisitState.SETTLED: _("已认定"),
    }


def steps(state: str) -> list[tuple[str, str]]:
    """The way of a problem: (word, ``done`` | ``current`` | ``ahead``); where it left the way, the last step says how."""
    words = [_("发现"), _("认领"), _("整改"), _("报验"), _("验收"), _("销号")]
    if state in (State.OBJECTED, State.DROPPED):
        return [(words[0], "done"), (state_names()[state], "current")]
    at = 0 if state == State.ON_THE_SPOT else STEPS.index(State(state))
    words[at] = state_names()[state]
    marks = ["done"] * at + ["current"] + ["ahead"] * (len(words) - at - 1)
    return list(zip(words, marks, strict=True))
