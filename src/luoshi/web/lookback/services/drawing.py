"""Drawing a sample, and dropping a plan that was made by mistake: it stays to be seen, with the reason."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.selectors import may_draw
from luoshi.web.lookback.selectors.population import Population, Wanted, accepted_by, by_number, population
from luoshi.web.lookback.services.moving import locked_plan


@transaction.atomic
def draw_plan(*, title: str, wanted: Wanted, seed: str, typed_seed: bool, due_on: date, actor: Actor, at: datetime) -> LookbackPlan:
    """Draw the sample once, with the seed that was drawn or brought. Raises RuleBroken where nothing was accepted in the period."""
    if not may_draw(actor):
        raise RuleBroken(_("您的角色不能安排回头看。"), hint=_("请由本单位督查员或负责人办理。"))
    if due_on <= timezone.localtime(at).date():
        raise RuleBroken(_("查完日期要在今天之后。"), hint=_("请另选一天。"))
    found = population(wanted, actor)
    if found.count == 0:
        raise RuleBroken(_("这个范围内没有办结的事项。"), hint=_("请放宽办结日期、单位或专题。"))
    plan = LookbackPlan.objects.create(
        unit_id=actor.unit, title=title, due_on=due_on, created_by_id=actor.person, created_at=at, **_asked(wanted), **_drawn(found, seed), typed_seed=typed_seed
    )
    _put_down(plan, found, actor)
    after = _asked(wanted) | {key: value for key, value in _drawn(found, seed).items() if key != "strata"}
    record(act="lookback.draw", subject=plan, actor=actor, at=at, after=after | {"title": title, "due_on": due_on, "sample": found.sample(seed)})
    return plan


@transaction.atomic
def drop_plan(*, plan_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> LookbackPlan:
    """作废: nothing more is asked for it; what was drawn and found stays. Raises RuleBroken once a relapse is confirmed: that is not undone."""
    plan = locked_plan(plan_id, expected=expected)
    if plan.unit_id not in actor.units or not may_draw(actor):
        raise RuleBroken(_("您的角色不能作废这个计划。"), hint=_("请由本单位督查员或负责人办理。"))
    if plan.dropped_at is not None:
        raise RuleBroken(_("这个计划已经作废。"))
    if plan.checks.exclude(confirmed_at=None).exists():
        raise RuleBroken(_("已有认定的结果，不能作废。"), hint=_("没有查的，请写明原因继续查完。"))
    if not reason.strip():
        raise RuleBroken(_("请写明理由。"))
    plan.dropped_at, plan.drop_reason = at, reason.strip()
    plan.changes += 1
    plan.save(update_fields=["dropped_at", "drop_reason", "changes"])
    record(act="lookback.drop", subject=plan, actor=actor, at=at, reason=reason)
    return plan


def _asked(wanted: Wanted) -> dict[str, Any]:
    told = {"closed_from": wanted.since, "closed_to": wanted.until, "leads": list(wanted.leads)}
    return told | {"theme": wanted.theme, "confidence": wanted.confidence, "margin": wanted.margin}


def _drawn(found: Population, seed: str) -> dict[str, Any]:
    strata = [{"unit": one.unit, "name": one.name, "numbers": list(one.numbers), "drawn": one.drawn} for one in found.strata]
    return {"seed": seed, "population": found.count, "size": found.size, "list_hash": found.list_hash, "strata": strata}


def _put_down(plan: LookbackPlan, found: Population, actor: Actor) -> None:
    matters = by_number(found.sample(plan.seed), actor)
    accepted = accepted_by(matters)
    LookbackCheck.objects.bulk_create(_check(plan, one, order, accepted.get(one.pk)) for order, one in enumerate(matters, start=1))


def _check(plan: LookbackPlan, matter: Matter, order: int, accepted: int | None) -> LookbackCheck:
    lead = matter.lead
    if lead is None:
        raise ValueError(matter.number)  # ``done_matters`` has only matters that a unit led
    return LookbackCheck(plan=plan, matter=matter, order=order, unit=lead, unit_name=lead.name, relapses=matter.relapses, accepted_by_id=accepted)
