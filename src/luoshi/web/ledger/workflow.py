"""States, acts and who may: one table each for matters, reports and extensions. No Django, no clock.

The tables drive the checks in ``services``, the buttons on the pages, the diagram in the docs and the tests. A *party* is what a person
is to one matter: ``issuer.supervisor``, ``lead.liaison``, ``support.head``, ``approver``; see ``parties.parties_of``.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from luoshi.text import RuleBroken
from luoshi.text.language import _

SUPERVISOR, ISSUER_LEADER, APPROVER = "issuer.supervisor", "issuer.leader", "approver"
LIAISON, HEAD = "lead.liaison", "lead.head"
SUPPORT_LIAISON, SUPPORT_HEAD = "support.liaison", "support.head"
PARTIES = (SUPERVISOR, ISSUER_LEADER, APPROVER, LIAISON, HEAD, SUPPORT_LIAISON, SUPPORT_HEAD)


class State(StrEnum):
    """Where a matter stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    DISCARDED = "discarded"
    DECLINED = "declined"
    ISSUED = "issued"
    COORDINATING = "coordinating"
    ACTIVE = "active"
    ESCALATED = "escalated"
    SUSPENDED = "suspended"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    STANDING = "standing"
    CLOSED = "closed"
    TERMINATED = "terminated"
    MERGED = "merged"


class Act(StrEnum):
    """What can be done to a matter that moves it to another state."""

    DISCARD = "discard"
    PROPOSE = "propose"
    APPROVE = "approve"
    DECLINE = "decline"
    RETURN_DRAFT = "return_draft"
    SIGN = "sign"
    OBJECT = "object"
    REASSIGN = "reassign"
    KEEP = "keep"
    ADJUST = "adjust"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    CLOSE = "close"
    ESCALATE = "escalate"
    RESOLVE = "resolve"
    SUSPEND = "suspend"
    RESUME = "resume"
    MARK_STANDING = "mark_standing"
    REOPEN = "reopen"
    TERMINATE = "terminate"
    MERGE = "merge"


BEFORE_ISSUE = frozenset({State.DRAFT, State.PROPOSED, State.DISCARDED, State.DECLINED})
OPEN = frozenset({State.ISSUED, State.COORDINATING, State.ACTIVE, State.ESCALATED, State.SUSPENDED, State.SUBMITTED})
ENDED = frozenset({State.CLOSED, State.TERMINATED, State.MERGED, State.DISCARDED, State.DECLINED})
MERGEABLE = frozenset({State.DRAFT, State.ISSUED, State.ACTIVE})
DONE = frozenset({State.ACCEPTED, State.STANDING, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a table: ``act`` leads from any of ``sources`` to ``target``, done by one of ``by``.

    ``reason`` where words must be given; ``keys`` names what the same person must not have done before (two keys).
    """

    act: str
    sources: frozenset[str]
    target: str
    by: frozenset[str]
    reason: bool = False
    keys: tuple[str, ...] = ()


def transition(act: str, sources: Set[str] | str, target: str, *by: str, reason: bool = False, keys: tuple[str, ...] = ()) -> Transition:
    """A row as tables write it: ``transition("grant", asked, granted, SUPERVISOR)``; ``sources`` is one state or several."""
    return Transition(act, frozenset({sources} if isinstance(sources, str) else sources), target, frozenset(by), reason, keys)


MATTERS: tuple[Transition, ...] = (
    transition(Act.DISCARD, State.DRAFT, State.DISCARDED, SUPERVISOR),
    transition(Act.PROPOSE, State.DRAFT, State.PROPOSED, SUPERVISOR),
    transition(Act.APPROVE, State.PROPOSED, State.ISSUED, APPROVER, keys=("proposed",)),
    transition(Act.DECLINE, State.PROPOSED, State.DECLINED, APPROVER, reason=True),
    transition(Act.RETURN_DRAFT, State.PROPOSED, State.DRAFT, APPROVER, reason=True),
    transition(Act.SIGN, State.ISSUED, State.ACTIVE, LIAISON, HEAD),
    transition(Act.OBJECT, State.ISSUED, State.COORDINATING, LIAISON, HEAD, reason=True),
    transition(Act.REASSIGN, State.COORDINATING, State.ISSUED, SUPERVISOR, reason=True),
    transition(Act.KEEP, State.COORDINATING, State.ISSUED, SUPERVISOR, reason=True),
    transition(Act.ADJUST, State.COORDINATING, State.ISSUED, SUPERVISOR, reason=True),
    transition(Act.SUBMIT, State.ACTIVE, State.SUBMITTED, HEAD),
    transition(Act.ACCEPT, State.SUBMITTED, State.ACCEPTED, SUPERVISOR, reason=True, keys=("submitted", "reported")),
    transition(Act.RETURN, State.SUBMITTED, State.ACTIVE, SUPERVISOR, reason=True, keys=("submitted", "reported")),
    transition(Act.CLOSE, State.ACCEPTED, State.CLOSED, SUPERVISOR),
    transition(Act.ESCALATE, State.ACTIVE, State.ESCALATED, LIAISON, HEAD, reason=True),
    transition(Act.RESOLVE, State.ESCALATED, State.ACTIVE, SUPERVISOR, ISSUER_LEADER, reason=True),
    transition(Act.SUSPEND, State.ACTIVE, State.SUSPENDED, SUPERVISOR, reason=True),
    transition(Act.RESUME, State.SUSPENDED, State.ACTIVE, SUPERVISOR),
    transition(Act.MARK_STANDING, State.ACCEPTED, State.STANDING, SUPERVISOR, reason=True),
    transition(Act.REOPEN, {State.ACCEPTED, State.CLOSED, State.STANDING}, State.ACTIVE, SUPERVISOR, reason=True),
    transition(Act.TERMINATE, OPEN, State.TERMINATED, SUPERVISOR, reason=True),
    transition(Act.MERGE, MERGEABLE, State.MERGED, SUPERVISOR, reason=True),
)


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    WITH_HEAD = "with_head"
    FILED = "filed"
    ACCEPTED = "accepted"
    RETURNED = "returned"


_AUTHORS, _HEADS = (LIAISON, HEAD, SUPPORT_LIAISON, SUPPORT_HEAD), (HEAD, SUPPORT_HEAD)

REPORTS: tuple[Transition, ...] = (
    transition("file", {ReportState.DRAFT, ReportState.RETURNED}, ReportState.WITH_HEAD, *_AUTHORS),
    transition("release", ReportState.WITH_HEAD, ReportState.FILED, *_HEADS),
    transition("send_back", ReportState.WITH_HEAD, ReportState.DRAFT, *_HEADS, reason=True),
    transition("accept", ReportState.FILED, ReportState.ACCEPTED, SUPERVISOR, keys=("reported", "released")),
    transition("return", ReportState.FILED, ReportState.RETURNED, SUPERVISOR, reason=True, keys=("reported", "released")),
)


class PlanState(StrEnum):
    """Where a plan that was put forward stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RETURNED = "returned"


PLANS: tuple[Transition, ...] = (
    transition("agree", PlanState.PROPOSED, PlanState.AGREED, SUPERVISOR, keys=("planned",)),
    transition("return", PlanState.PROPOSED, PlanState.RETURNED, SUPERVISOR, reason=True, keys=("planned",)),
)


class ExtensionState(StrEnum):
    """Where a request for a later date stands."""

    WITH_HEAD = "with_head"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


EXTENSIONS: tuple[Transition, ...] = (
    transition("release", ExtensionState.WITH_HEAD, ExtensionState.ASKED, HEAD),
    transition("withdraw", {ExtensionState.WITH_HEAD, ExtensionState.ASKED}, ExtensionState.REFUSED, LIAISON, HEAD, reason=True),
    transition("grant", ExtensionState.ASKED, ExtensionState.GRANTED, SUPERVISOR, reason=True, keys=("asked", "released")),
    transition("refuse", ExtensionState.ASKED, ExtensionState.REFUSED, SUPERVISOR, reason=True, keys=("asked", "released")),
)


DEEDS: tuple[Transition, ...] = (
    transition("plan", State.ACTIVE, "", LIAISON, HEAD),
    transition("support", State.ACTIVE, "", LIAISON, HEAD),
    transition("answer_support", State.ACTIVE, "", SUPPORT_LIAISON, SUPPORT_HEAD, reason=True),
    transition("report", State.ACTIVE, "", *_AUTHORS),
    transition("record", State.ACTIVE, "", SUPERVISOR),
    transition("extension", State.ACTIVE, "", LIAISON, HEAD, reason=True),
    transition("remind", OPEN, "", SUPERVISOR, reason=True),
    transition("comment", OPEN | DONE, "", ISSUER_LEADER, reason=True),
    transition("reply", OPEN | DONE, "", *_AUTHORS, reason=True),
)
"""What is done to a matter without moving it: the state stays, so the target is empty."""


def decide(
    table: tuple[Transition, ...],
    state: str,
    act: str,
    *,
    parties: Set[str],
    user_id: int | None,
    keys: Mapping[str, int | None] | None = None,
    reason: str = "",
    same_person: Mapping[str, tuple[str, str]] | None = None,
) -> str:
    """The state that ``act`` leads to. ``keys`` says who turned the other key: ``{"submitted": 7}``; ``same_person`` the sentence and hint of a key
    where the usual one does not fit.

    Raises RuleBroken where the state does not allow the act, the person may not do it, the same person would turn both keys, or the
    reason is missing.
    """
    row = next((row for row in table if row.act == act and state in row.sources), None)
    if row is None:
        raise RuleBroken(_("现在的状态不能这样办。"), hint=_("别人可能刚刚办过，请刷新后再看。"))
    if not row.by & parties:
        raise RuleBroken(_("您的角色不能办这一步。"), hint=_("请由有权的人办理。"))
    turned = [key for key in row.keys if user_id is not None and (keys or {}).get(key) == user_id]
    if turned:
        message, hint = (same_person or {}).get(turned[0], (_("报送和审核不能是同一个人。"), _("请由本单位另一位同志办理。")))
        raise RuleBroken(message, hint=hint)
    if row.reason and not reason.strip():
        raise RuleBroken(_("请写明理由。"), hint=_("理由会记入经过，双方都看得到。"))
    return row.target


def takers(table: tuple[Transition, ...], act: str) -> frozenset[str]:
    """Who may ``act`` in one state or another; not a unit's head where its liaison may, too: who stands in for the head need not be found out then."""
    by = frozenset[str]().union(*(row.by for row in table if row.act == act))
    return by - {head for liaison, head in ((LIAISON, HEAD), (SUPPORT_LIAISON, SUPPORT_HEAD)) if liaison in by}


def available(
    table: tuple[Transition, ...], state: str, *, parties: Set[str], user_id: int | None, keys: Mapping[str, int | None] | None = None
) -> Iterator[Transition]:
    """The rows that this person could take now, in the order of the table."""
    for row in table:
        if state in row.sources and row.by & parties and not (user_id is not None and any((keys or {}).get(key) == user_id for key in row.keys)):
            yield row
