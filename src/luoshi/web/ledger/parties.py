"""What a person is to one matter."""

from collections.abc import Iterable, Set

from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Matter, Support
from luoshi.web.orgs.models import Post, Unit
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR

_SUPPORT = frozenset({workflow.SUPPORT_LIAISON, workflow.SUPPORT_HEAD})


def parties_of(actor: Actor, matter: Matter, among: Set[str] = frozenset(workflow.PARTIES), *, supports: Iterable[Support] | None = None) -> frozenset[str]:
    """The parties of ``actor`` to ``matter``. Where a unit has no head with an account, its liaison releases for it.

    For a unit without accounts the issuer's supervisor does what it told on paper or by telephone (代录); the other key stays another person's.
    Others than those ``among`` which one is looked for are named where that costs no question to the database. ``supports``: with their units,
    where they were read already.
    """
    found: set[str] = set()
    if actor.user_id is None or actor.unit_id is None:
        return frozenset()
    if matter.issuer_id in actor.units:
        found |= {workflow.SUPERVISOR} if actor.has(SUPERVISOR) else set()
        found |= {workflow.ISSUER_LEADER} if actor.has(LEADER) else set()
        if actor.user_id == matter.approver_id:
            found.add(workflow.APPROVER)
    if matter.lead_id in actor.units:
        found |= _working(actor, workflow.LIAISON, workflow.HEAD, among)
    if workflow.SUPERVISOR in found and among & {workflow.LIAISON, workflow.HEAD} and matter.lead is not None and not matter.lead.accounts:
        found |= {workflow.LIAISON, workflow.HEAD}
    if among & _SUPPORT:
        told = matter.supports.values_list("unit_id", "unit__accounts") if supports is None else ((one.unit_id, one.unit.accounts) for one in supports)
        accounts = dict(told)
        if not actor.units.isdisjoint(accounts):
            found |= _working(actor, workflow.SUPPORT_LIAISON, workflow.SUPPORT_HEAD, among)
        if workflow.SUPERVISOR in found and not all(accounts.values()):
            found |= _SUPPORT
    return frozenset(found)


def answers_for(actor: Actor, matter: Matter, unit: Unit) -> bool:
    """True where ``actor`` speaks for a unit at work on ``matter``: one of its own, or one without accounts for the issuer's supervisor."""
    return unit.pk in actor.units or (not unit.accounts and matter.issuer_id in actor.units and actor.has(SUPERVISOR))


def _working(actor: Actor, liaison: str, head: str, among: Set[str]) -> set[str]:
    found = {liaison} if actor.has(LIAISON) else set()
    if actor.has(HEAD) or (head in among and actor.has(LIAISON) and not has_head(actor.unit)):
        found.add(head)
    return found


def has_head(unit_id: int) -> bool:
    """True where somebody holds the post of head in a unit and can sign in."""
    return Post.objects.filter(unit_id=unit_id, role=HEAD, until__isnull=True, user__is_active=True).exists()
