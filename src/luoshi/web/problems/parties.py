"""What a person is to one problem and to one visit."""

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.parties import has_head
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR
from luoshi.web.problems import workflow
from luoshi.web.problems.models import Inspection, Problem, Visit


def parties_of(actor: Actor, problem: Problem) -> frozenset[str]:
    """The parties of ``actor`` to ``problem``. A problem that a unit found at itself is judged by its head or leader where it has no supervisor's eye.

    For a unit without accounts the supervisor of the finder does what it told on paper or by telephone; the other key stays another person's.
    """
    if actor.user_id is None or actor.unit_id is None:
        return frozenset()
    found: set[str] = set()
    own = problem.finder_id == problem.owner_id
    if problem.finder_id in actor.units and (actor.has(SUPERVISOR) or (own and actor.has(HEAD, LEADER))):
        found.add(workflow.FINDER)
    if problem.owner_id in actor.units:
        found |= _working(actor, workflow.LIAISON, workflow.HEAD)
    if workflow.FINDER in found and not own and not problem.owner.accounts:
        found |= {workflow.LIAISON, workflow.HEAD}
    return frozenset(found)


def parties_to(actor: Actor, visit: Visit) -> frozenset[str]:
    """The parties of ``actor`` to a visit."""
    found = parties_in(actor, visit.inspection)
    if actor.user_id is None or actor.unit_id is None:
        return frozenset()
    if visit.unit_id in actor.units:
        found |= _working(actor, workflow.OBJECT_LIAISON, workflow.OBJECT_HEAD)
    if workflow.SENDER in found and not visit.unit.accounts:
        found |= {workflow.OBJECT_LIAISON, workflow.OBJECT_HEAD}
    return found


def parties_in(actor: Actor, inspection: Inspection) -> frozenset[str]:
    """``sender.supervisor`` for the supervisors of the unit that inspects."""
    sends = inspection.unit_id in actor.units and actor.has(SUPERVISOR)
    return frozenset({workflow.SENDER} if sends else ())


def may_register(actor: Actor, owner: Unit | None = None) -> bool:
    """True where the actor may put a problem on the list: supervisors for any unit, others who work there for their own."""
    if actor.unit_id is None:
        return False
    return actor.has(SUPERVISOR) or (actor.has(LIAISON, HEAD, LEADER) and (owner is None or owner.pk in actor.units))


def may_inspect(actor: Actor) -> bool:
    """True where the actor arranges inspections for a unit: its supervisors do."""
    return actor.unit_id is not None and actor.has(SUPERVISOR)


def _working(actor: Actor, liaison: str, head: str) -> frozenset[str]:
    found = {liaison} if actor.has(LIAISON) else set()
    if actor.has(HEAD) or (actor.has(LIAISON) and not has_head(actor.unit)):
        found.add(head)
    return frozenset(found)
