"""What states of papers are called, and the light beside one. No Django."""

from luoshi.text.language import _
from luoshi.web.ledger.lights import Light
from luoshi.web.papers.workflow import State


def state_names() -> dict[str, str]:
    """State → what it is called."""
    return {
        State.DRAFT: _("草稿"),
        State.WITH_APPROVER: _("待审签"),
        State.ISSUED: _("已发出"),
        State.VOID: _("已作废"),
        State.DISCARDED: _("已放弃"),
    }


def state_light(state: str, *, sent: int, received: int, answered: int, answer: bool, late: bool) -> Light:
    """Where a paper stands: a draft, before its approver, how far it was received and answered."""
    if state != State.ISSUED:
        return Light("blue" if state == State.WITH_APPROVER else "grey", state_names()[state])
    if not sent:
        return Light("green", _("已发出"))
    if received < sent:
        return Light("yellow", _("已签收 {n}/{all}").format(n=received, all=sent))
    if answer and answered < sent:
        return Light("red" if late else "blue", _("已回复 {n}/{all}").format(n=answered, all=sent))
    return Light("green", _("已回复") if answer else _("已签收"))
