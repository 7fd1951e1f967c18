"""What a person is to one paper."""

from luoshi.web.common.actor import Actor
from luoshi.web.orgs.roles import HEAD, LIAISON, SUPERVISOR
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import Addressee, OfficialPaper
from luoshi.web.papers.workflow import APPROVER, DIRECT, DRAFTER


def parties_of(actor: Actor, paper: OfficialPaper) -> frozenset[str]:
    """The parties of ``actor``: a supervisor of the unit drafts, and issues what needs no approval; the person who was asked approves."""
    if actor.user_id is None or paper.unit_id not in actor.units:
        return frozenset()
    found = {APPROVER} if actor.user_id == paper.approver_id else set()
    if actor.has(SUPERVISOR):
        found |= {DRAFTER, DIRECT} if kinds()[paper.kind].direct else {DRAFTER}
    return frozenset(found)


def drafts_papers(actor: Actor) -> bool:
    """True for supervisors: who may begin a paper of their unit."""
    return actor.unit_id is not None and actor.has(SUPERVISOR)


def may_receive(actor: Actor, row: Addressee) -> bool:
    """True for the liaison and the head of the unit that a paper was sent to."""
    return row.unit_id in actor.units and actor.has(LIAISON, HEAD)


def may_record(actor: Actor, row: Addressee) -> bool:
    """True for a supervisor of the issuer, where the unit has no accounts (代录)."""
    return row.paper.unit_id in actor.units and actor.has(SUPERVISOR) and not row.unit.accounts
