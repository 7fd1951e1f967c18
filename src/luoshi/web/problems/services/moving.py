"""What every service does: take the row under its lock, check that nobody was faster, decide, write, record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.services.moving import plain_value
from luoshi.web.ledger.workflow import decide
from luoshi.web.problems import workflow
from luoshi.web.problems.models import Inspection, Problem, Visit
from luoshi.web.problems.parties import parties_in, parties_of, parties_to

R = TypeVar("R", Problem, Visit, Inspection)


def locked_problem(problem_id: int, *, expected: int | None = None) -> Problem:
    """The problem under its lock. Raises Conflict where it was changed since the page with ``expected`` changes was made."""
    problem = Problem.objects.select_for_update(of=("self",)).select_related("owner", "finder").get(pk=problem_id)
    check_unchanged(problem, expected)
    return problem


def locked_visit(visit_id: int, *, expected: int | None = None) -> Visit:
    """The visit under its lock, with its inspection."""
    visit = Visit.objects.select_for_update(of=("self",)).select_related("inspection", "unit").get(pk=visit_id)
    check_unchanged(visit, expected)
    return visit


def locked_inspection(inspection_id: int, *, expected: int | None = None) -> Inspection:
    """The inspection under its lock."""
    inspection = Inspection.objects.select_for_update(of=("self",)).select_related("unit").get(pk=inspection_id)
    check_unchanged(inspection, expected)
    return inspection


def check_unchanged(row: Any, expected: int | None) -> None:
    """Raises Conflict where ``row`` was changed since the page with ``expected`` changes was made."""
    if expected is not None and row.changes != expected:
        raise Conflict(_("这一件刚刚被别人改过，您这次没有生效。"), hint=_("请刷新后看看现在的情况，再决定怎么办。"))


def keys_of(problem: Problem, actor: Actor) -> dict[str, int | None]:
    """Who turned the other key: who reported it mended, and the actor where a measure of this round was done by the same person."""
    reached = problem.relapses.count()
    mine = problem.measures.filter(round=reached, done_by=actor.user_id).exists() if actor.user_id is not None else False
    return {"reported": problem.reported_by_id, "mended": actor.user_id if mine else None}


def move_problem(problem: Problem, act: workflow.Act, *, actor: Actor, at: datetime, reason: str = "", **told: Any) -> Problem:
    """Take ``act``: the one place that writes the state of a problem. ``changed`` and ``told`` as in ``_moved``."""
    keys = keys_of(problem, actor)
    after = decide(workflow.PROBLEMS, problem.state, act, parties=parties_of(actor, problem), user_id=actor.user_id, keys=keys, reason=reason)
    return _moved(problem, f"problem.{act}", after, actor=actor, at=at, reason=reason, **told)


def deed(problem: Problem, name: str, *, actor: Actor, at: datetime, reason: str = "", **told: Any) -> Problem:
    """What is done to a problem without moving it."""
    decide(workflow.DEEDS, problem.state, name, parties=parties_of(actor, problem), user_id=actor.user_id, reason=reason)
    return _moved(problem, f"problem.{name}", problem.state, actor=actor, at=at, reason=reason, **told)


def move_visit(visit: Visit, act: str, *, actor: Actor, at: datetime, reason: str = "", **told: Any) -> Visit:
    """Take ``act`` on a visit."""
    if visit.inspection.state != workflow.InspectionState.ARRANGED:
        raise RuleBroken(_("这次督查已经结束、合并或取消，不能再办。"), hint=_("请到督查的页面看看现在的情况。"))
    keys = {"told": visit.told_by_id}
    after = decide(workflow.VISITS, visit.state, act, parties=parties_to(actor, visit), user_id=actor.user_id, keys=keys, reason=reason)
    return _moved(visit, f"visit.{act}", after, actor=actor, at=at, reason=reason, context=visit.inspection, **told)


def move_inspection(inspection: Inspection, act: str, *, actor: Actor, at: datetime, reason: str = "", **told: Any) -> Inspection:
    """Take ``act`` on an inspection."""
    after = decide(workflow.INSPECTIONS, inspection.state, act, parties=parties_in(actor, inspection), user_id=actor.user_id, reason=reason)
    return _moved(inspection, f"inspection.{act}", after, actor=actor, at=at, reason=reason, **told)


def _moved(
    row: R,
    name: str,
    after: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    changed: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
    context: Inspection | None = None,
) -> R:
    """Write the state and the fields ``changed``, record them; ``told`` is said in the audit besides. The caller holds the lock."""
    fields: dict[str, Any] = dict(changed or {})
    old: dict[str, Any] = {"state": row.state} | {key: plain_value(getattr(row, key)) for key in fields}
    new: dict[str, Any] = {"state": after} | {key: plain_value(value) for key, value in fields.items()}
    row.state = after
    for key, value in fields.items():
        setattr(row, key, value)
    row.changes += 1
    row.save(update_fields=["state", "changes", *fields])
    record(act=name, subject=row, actor=actor, at=at, before=old, after=new | dict(told or {}), reason=reason, context=context)
    return row

