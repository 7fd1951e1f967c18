"""After the signature: the plan that the lead unit puts forward and the issuer agrees to; what supporting units contribute until when."""

from datetime import date, datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import plans
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.models import CurvePoint, Matter, Milestone, Plan, Support, Target
from luoshi.web.ledger.parties import answers_for, parties_of
from luoshi.web.ledger.plans import Goal, PlanContent, Step
from luoshi.web.ledger.services.advancing import advance, may_do
from luoshi.web.ledger.services.moving import locked, locked_with_matter, touch
from luoshi.web.ledger.services.reckoning import reckon
from luoshi.web.ledger.standing import is_falling
from luoshi.web.ledger.workflow import PLANS, PlanState, takers


@transaction.atomic
def propose_plan(*, matter_id: int, content: PlanContent, note: str = "", actor: Actor, at: datetime, expected: int | None = None) -> Plan:
    """Put a plan, or a change of it, before the issuer. One that still waits is replaced. Raises RuleBroken where it cannot hold."""
    matter = locked(matter_id, expected=expected)
    may_do(matter, "plan", actor=actor)
    content = plans.settled(content)
    plans.check(content, goals_of(matter), matter.due_on)
    if matter.plan_agreed_at is not None and content == agreed_plan(matter):
        raise RuleBroken(_("这份计划和已商定的一样。"), hint=_("没有改动就不用再报。"))
    waiting = matter.plans.select_for_update().filter(state=PlanState.PROPOSED).first()
    before = {"plan": waiting.content, "note": waiting.note} if waiting else {}
    plan = waiting or Plan(matter=matter, state=PlanState.PROPOSED)
    plan.content, plan.note, plan.author_id, plan.proposed_at = content.plain(), note.strip(), actor.person, at
    plan.save()
    touch(matter)
    record(act="plan.propose", subject=plan, actor=actor, at=at, before=before, after={"plan": plan.content, "note": plan.note}, context=matter)
    return plan


@transaction.atomic
def agree_plan(*, plan_id: int, words: str = "", actor: Actor, at: datetime, expected: int | None = None) -> Plan:
    """Agree: milestones and curves are those of the plan from now on; what was reached stays reached; the old plan is in the record."""
    plan, matter = _open_plan(plan_id, expected)
    content = PlanContent.read(plan.content)
    plans.check(content, goals_of(matter), matter.due_on)
    old = agreed_plan(matter)
    changed = {"decided_by_id": actor.user_id, "decided_at": at, "decision": words.strip()}
    keys = {"planned": plan.author_id}
    before = {"plan": old.plain()} if matter.plan_agreed_at else {"plan": None}
    told = {"plan": plan.content}
    parties = parties_of(actor, matter, takers(PLANS, "agree"))
    advance(plan, PLANS, "agree", actor=actor, at=at, parties=parties, keys=keys, changed=changed, before=before, told=told)
    _write_plan(matter, content)
    matter.plan_agreed_at = matter.plan_agreed_at or at  # a change of the plan does not wipe out the reports that were due before
    matter.changes += 1
    matter.save(update_fields=["cadence", "plan_kind", "plan_agreed_at", "changes"])
    reckon(matter, curves=True)
    return plan


@transaction.atomic
def return_plan(*, plan_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Plan:
    """Send a plan back with what it lacks. What was agreed before holds on."""
    plan, matter = _open_plan(plan_id, expected)
    changed = {"decided_by_id": actor.user_id, "decided_at": at, "decision": reason.strip()}
    parties = parties_of(actor, matter, takers(PLANS, "return"))
    advance(plan, PLANS, "return", actor=actor, at=at, parties=parties, keys={"planned": plan.author_id}, reason=reason, changed=changed)
    touch(matter)
    return plan


@transaction.atomic
def ask_support(
    *, matter_id: int, support_id: int, contribution: str, due_on: date | None, actor: Actor, at: datetime, expected: int | None = None
) -> Support:
    """Ask a supporting unit for a contribution with its own date. Raises RuleBroken without words, or for a date past the deadline."""
    matter = locked(matter_id, expected=expected)
    may_do(matter, "support", actor=actor)
    support = matter.supports.select_for_update().select_related("unit").get(pk=support_id)
    if not contribution.strip():
        raise RuleBroken(_("还没有写请对方做什么。"), hint=_("请写明具体事项，一句话即可。"))
    if due_on is not None and matter.due_on is not None and due_on > matter.due_on:
        raise RuleBroken(_("配合时限晚于办理时限。"), hint=_("请定在 {day} 之前。").format(day=matter.due_on.isoformat()))
    before = _told_of(support)
    support.contribution, support.due_on, support.state, support.answer = contribution.strip(), due_on, Support.OPEN, ""
    support.recorded_for, support.recorded_note = False, ""
    support.save(update_fields=["contribution", "due_on", "state", "answer", "recorded_for", "recorded_note"])
    touch(matter)
    record(act="support.ask", subject=support, actor=actor, at=at, before=before, after=_told_of(support), context=matter)
    return support


@transaction.atomic
def answer_support(
    *, support_id: int, agreed: bool, words: str, recorded_note: str = "", actor: Actor, at: datetime, expected: int | None = None
) -> Support:
    """The supporting unit agrees, or declines with words; for one without accounts the issuer's supervisor records what it told, with ``recorded_note``.

    Raises RuleBroken where nothing was asked, or the note of who told it is missing.
    """
    support = locked_with_matter(Support, support_id, expected=expected)
    matter = support.matter
    may_do(matter, "answer_support", actor=actor, reason=words if not agreed else "—")
    if not answers_for(actor, matter, support.unit):
        raise RuleBroken(_("这是请别的单位做的。"), hint=_("请由被请的单位答复；没有账号的单位由交办单位代录。"))
    if support.state != Support.OPEN or not support.contribution:
        raise RuleBroken(_("现在没有等您答复的配合事项。"), hint=_("请刷新后再看。"))
    recorded = support.unit_id not in actor.units
    if recorded and not recorded_note.strip():
        raise RuleBroken(_("代录要写明依据。"), hint=_("请写明谁在什么时候以什么方式报来，例如：11月20日电话，镇党政办王某。"))
    before = _told_of(support)
    support.state, support.answer = Support.AGREED if agreed else Support.DECLINED, words.strip()
    support.recorded_for, support.recorded_note = recorded, recorded_note.strip() if recorded else ""
    support.save(update_fields=["state", "answer", "recorded_for", "recorded_note"])
    touch(matter)
    record(act="support.answer", subject=support, actor=actor, at=at, before=before, after=_told_of(support), reason=words, context=matter)
    return support


def goals_of(matter: Matter) -> dict[int, Goal]:
    """The targets that a curve can be planned for."""
    return {one.pk: Goal(one.indicator, one.value, is_falling(one.comparator)) for one in matter.targets.all()}


def agreed_plan(matter: Matter) -> PlanContent:
    """The plan as it holds now."""
    steps = tuple(Step(title, due_on) for title, due_on in matter.milestones.order_by("due_on", "title").values_list("title", "due_on"))
    curves: dict[int, list[Point]] = {}
    for target, on, value in CurvePoint.objects.filter(target__matter=matter).order_by("target", "on").values_list("target_id", "on", "value"):
        curves.setdefault(target, []).append(Point(on, value))
    return plans.settled(PlanContent(matter.cadence, steps, {target: tuple(curve) for target, curve in curves.items()}))


def _open_plan(plan_id: int, expected: int | None) -> tuple[Plan, Matter]:
    plan = locked_with_matter(Plan, plan_id, expected=expected)
    return plan, plan.matter


def _write_plan(matter: Matter, content: PlanContent) -> None:
    planned = {step.title: step.due_on for step in content.steps}
    for milestone in matter.milestones.all():
        due_on = planned.pop(milestone.title, None)
        if due_on is None and milestone.done_on is None:
            milestone.delete()
        elif due_on is not None and due_on != milestone.due_on:
            milestone.due_on = due_on
            milestone.save(update_fields=["due_on"])
    Milestone.objects.bulk_create(Milestone(matter=matter, title=title, due_on=due_on) for title, due_on in planned.items())
    CurvePoint.objects.filter(target__in=Target.objects.filter(matter=matter)).delete()
    CurvePoint.objects.bulk_create(
        CurvePoint(target_id=target, on=point.on, value=point.value) for target, curve in content.curves.items() for point in curve
    )
    matter.cadence, matter.plan_kind = content.cadence, content.kind


def _told_of(support: Support) -> dict[str, object]:
    return {
        "unit": support.unit_name or support.unit.name,
        "contribution": support.contribution,
        "due_on": support.due_on,
        "state": support.state,
        "answer": support.answer,
        **({"recorded_note": support.recorded_note} if support.recorded_for else {}),
    }
