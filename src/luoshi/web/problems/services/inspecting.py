"""Inspections: arrange, change, merge two that clash, cancel, conclude. A visit over the yearly plan needs a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.problems.clashes import left_of_plan
from luoshi.web.problems.models import Count, Inspection, PlannedVisit, Visit
from luoshi.web.problems.parties import may_inspect, parties_in
from luoshi.web.problems.selectors import counted_visits
from luoshi.web.problems.services.moving import locked_inspection, move_inspection
from luoshi.web.problems.services.numbering import next_number
from luoshi.web.problems.workflow import SENDER, InspectionState, VisitState


@dataclass(frozen=True, slots=True)
class Errand:
    """What is said of an inspection; ``reason`` is why units are visited more often than the plan says."""

    title: str
    content: str
    starts_on: date
    ends_on: date
    leader: str
    units: Sequence[Unit] = field(default_factory=tuple)
    scope: str = ""
    office: str = ""
    team: str = ""
    filed_as: str = ""
    reason: str = ""


@transaction.atomic
def arrange_inspection(*, errand: Errand, actor: Actor, at: datetime) -> Inspection:
    """An inspection with its visits; the units see it at once. Raises RuleBroken where something is missing or the plan has no visit left and no reason is given."""
    if not may_inspect(actor):
        raise RuleBroken(_("督查要由本单位的督查员来安排。"))
    _check(errand)
    unit = Unit.objects.get(pk=actor.unit)
    said: dict[str, Any] = {name: getattr(errand, name) for name in _FIELDS}
    number = next_number(unit, Count.INSPECTION, at)
    inspection = Inspection.objects.create(**said, number=number, unit=unit, state=InspectionState.ARRANGED, created_by_id=actor.person, created_at=at)
    visits = [_add(inspection, visited, errand.reason) for visited in errand.units]
    record(act="inspection.arrange", subject=inspection, actor=actor, at=at, after=said | {"number": number, "visits": visits}, reason=errand.reason)
    return inspection


@transaction.atomic
def edit_inspection(*, inspection_id: int, errand: Errand, actor: Actor, at: datetime, expected: int | None = None) -> Inspection:
    """Change what is said, add units, leave out units that have not been told facts. Raises RuleBroken once it is over."""
    inspection = locked_inspection(inspection_id, expected=expected)
    _own(inspection, actor)
    _check(errand)
    there = {visit.unit_id: visit for visit in inspection.visits.select_related("unit")}
    wanted = {unit.pk: unit for unit in errand.units}
    gone = [visit for pk, visit in there.items() if pk not in wanted]
    stuck = next((visit for visit in gone if visit.state != VisitState.AHEAD), None)
    if stuck is not None:
        raise RuleBroken(_("{unit}已反馈过事实，不能移出。").format(unit=stuck.unit_name))
    said: dict[str, Any] = {name: getattr(errand, name) for name in _FIELDS}
    before = {name: getattr(inspection, name) for name, value in said.items() if getattr(inspection, name) != value}
    fresh = [unit for pk, unit in wanted.items() if pk not in there]
    if not before and not fresh and not gone:
        return inspection
    for name, value in said.items():
        setattr(inspection, name, value)
    inspection.changes += 1
    inspection.save()
    for visit in gone:
        visit.delete()
    added = [_add(inspection, unit, errand.reason) for unit in fresh]
    after = {name: said[name] for name in before} | {"visits": added, "removed": [visit.unit_id for visit in gone]}
    record(act="inspection.edit", subject=inspection, actor=actor, at=at, before=before, after=after, reason=errand.reason)
    return inspection


@transaction.atomic
def merge_inspections(*, inspection_id: int, into_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Inspection:
    """Go once instead of twice: this one is made together with the other, which takes over its units. Both stay to be read, with what each is about."""
    first, second = sorted((inspection_id, into_id))
    if first == second:
        raise RuleBroken(_("不能和自己合并。"))
    found = {pk: locked_inspection(pk, expected=expected if pk == inspection_id else None) for pk in (first, second)}
    inspection, host = found[inspection_id], found[into_id]
    if host.unit_id != inspection.unit_id or host.state != InspectionState.ARRANGED:
        raise RuleBroken(_("只能和本单位另一次还没结束的督查合并。"))
    if inspection.visits.exclude(state=VisitState.AHEAD).exists():
        raise RuleBroken(_("已经反馈过事实，不能再合并。"))
    shared = set(host.visits.values_list("unit_id", flat=True))
    moved = [visit for visit in inspection.visits.select_related("unit") if visit.unit_id not in shared]
    told = {"into": host.number, "visits": [visit.unit_id for visit in moved]}
    move_inspection(inspection, "merge", actor=actor, at=at, reason=reason, changed={"merged_into": host}, told=told)
    for visit in moved:
        Visit.objects.create(inspection=host, unit=visit.unit, unit_name=visit.unit_name, over_plan=visit.over_plan, reason=visit.reason, state=VisitState.AHEAD)
    return inspection


@transaction.atomic
def cancel_inspection(*, inspection_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Inspection:
    """It is not made. Its visits do not count."""
    return move_inspection(locked_inspection(inspection_id, expected=expected), "cancel", actor=actor, at=at, reason=reason)


@transaction.atomic
def conclude_inspection(*, inspection_id: int, conclusion: str, actor: Actor, at: datetime, expected: int | None = None) -> Inspection:
    """The inspection is over: what came of it. Raises RuleBroken while a unit has not confirmed its facts or had them settled."""
    inspection = locked_inspection(inspection_id, expected=expected)
    waiting = inspection.visits.exclude(state__in=(VisitState.CONFIRMED, VisitState.SETTLED)).first()
    if waiting is not None:
        raise RuleBroken(_("{unit}的事实还没有确认或认定。").format(unit=waiting.unit_name), hint=_("每个单位的事实都定下来，才能结束。"))
    return move_inspection(inspection, "conclude", actor=actor, at=at, reason=conclusion, changed={"conclusion": conclusion.strip(), "concluded_at": at})


def plan_left(unit_id: int, visited_id: int, year: int) -> int:
    """How many visits to a unit the yearly plan of ``unit_id`` still has."""
    lines = PlannedVisit.objects.filter(unit=unit_id, visited=visited_id, year=year)
    planned = lines.aggregate(n=Sum("visits"))["n"] or 0
    return left_of_plan(planned, counted_visits([unit_id]).filter(unit=visited_id, inspection__starts_on__year=year).count())


_FIELDS = ("title", "content", "scope", "office", "starts_on", "ends_on", "leader", "team", "filed_as")


def _check(errand: Errand) -> None:
    for text, what in ((errand.title, _("督查名称")), (errand.content, _("督查内容")), (errand.leader, _("组长"))):
        if not text.strip():
            raise RuleBroken(_("还没有填写{what}。").format(what=what))
    if errand.ends_on < errand.starts_on:
        raise RuleBroken(_("结束日期不能早于开始日期。"))
    if not errand.units:
        raise RuleBroken(_("至少写一个督查对象。"))


def _own(inspection: Inspection, actor: Actor) -> None:
    if SENDER not in parties_in(actor, inspection):
        raise RuleBroken(_("这一步由派出单位的督查员来办。"))
    if inspection.state != InspectionState.ARRANGED:
        raise RuleBroken(_("这次督查已经结束、合并或取消，不能再办。"), hint=_("请到督查的页面看看现在的情况。"))


def _add(inspection: Inspection, visited: Unit, reason: str) -> dict[str, Any]:
    over = plan_left(inspection.unit_id, visited.pk, inspection.starts_on.year) == 0
    if over and not reason.strip():
        raise RuleBroken(
            _("{unit}本年度计划内的督查已经没有了，计划外的要写明理由。").format(unit=visited.name), hint=_("能合并的请和已安排的合并；确需增加的，写明依据，一事一报。")
        )
    visit = Visit.objects.create(
        inspection=inspection, unit=visited, unit_name=visited.name, over_plan=over, reason=reason.strip() if over else "", state=VisitState.AHEAD
    )
    return {"visit": visit.pk, "unit": visited.pk, "over_plan": over}
