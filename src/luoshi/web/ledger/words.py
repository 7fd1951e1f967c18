"""What the states of reports, plans, extensions and contributions are called, as a light: a word with a shape. No Django."""

from luoshi.text.language import _
from luoshi.web.ledger.lights import Light


def report_light(state: str) -> Light:
    """Where a report stands."""
    return {
        "draft": Light("grey", _("草稿")),
        "with_head": Light("blue", _("待负责人审签")),
        "filed": Light("blue", _("待审")),
        "accepted": Light("green", _("已通过")),
        "returned": Light("yellow", _("已退回")),
    }[state]


def plan_light(state: str) -> Light:
    """Where a plan that was put forward stands."""
    return {"proposed": Light("blue", _("待商定")), "agreed": Light("green", _("已商定")), "returned": Light("yellow", _("已退回"))}[state]


def extension_light(state: str) -> Light:
    """Where a request for a later date stands."""
    return {
        "with_head": Light("blue", _("待负责人审签")),
        "asked": Light("blue", _("待批复")),
        "granted": Light("green", _("已同意")),
        "refused": Light("grey", _("未延期")),
    }[state]


def support_light(state: str, *, asked: bool) -> Light:
    """Where a contribution stands; a supporter who was asked for nothing yet shows none."""
    if state == "open":
        return Light("blue", _("待答复")) if asked else Light("", "")
    return {"agreed": Light("green", _("已答应")), "declined": Light("yellow", _("未答应")), "done": Light("green", _("已完成"))}[state]
