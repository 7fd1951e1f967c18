"""Climbing: a rung served, answered, judged, withdrawn; a suggestion to criticise by name and the leader's decision. One record each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow as matters
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.services.moving import locked, locked_with_matter, plain_value
from luoshi.web.orgs.models import User
from luoshi.web.oversight import ladder
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.selectors import leaders_of, standing_ladder
from luoshi.web.oversight.workflow import NOTICES, SUGGESTIONS, RungState

LONGEST = 2000


@transaction.atomic
def serve_rung(
    *, matter_id: int, rung: str, text: str, answer_by: date, actor: Actor, at: datetime, reason: str = "", expected: int | None = None
) -> Rung:
    """提醒, 蓝, 黄 or 红 on the lead unit. Raises RuleBroken where another rung is due, or none; a first one above 提醒 wants a reason."""
    if rung == ladder.BULLETIN:
        raise RuleBroken(_("通报要先建议，由领导决定。"))
    return _serve(matter_id, rung, text, answer_by, reason, None, actor, at, expected)


@transaction.atomic
def suggest_bulletin(
    *, matter_id: int, leader: User, text: str, answer_by: date, actor: Actor, at: datetime, expected: int | None = None
) -> Rung:
    """通报建议 to a leader of the issuing unit; the lead unit may reply until ``answer_by``. Raises RuleBroken before 红 has lapsed."""
    if leader.pk not in {one.pk for one in leaders_of(actor.unit)}:
        raise RuleBroken(_("请选本单位的一位领导来定。"))
    return _serve(matter_id, ladder.BULLETIN, text, answer_by, "", leader, actor, at, expected)


@transaction.atomic
def reply_to_rung(*, rung_id: int, text: str, actor: Actor, at: datetime, expected: int | None = None) -> Rung:
    """The unit says why, and what it does about it. Raises RuleBroken where a higher rung stands already."""
    rung, matter = _locked(rung_id, expected)
    if Rung.objects.filter(matter=matter, pk__gt=rung.pk).exclude(state=RungState.WITHDRAWN).exists():
        raise RuleBroken(_("后面已有新的督办，请答复最近的一次。"))
    if len(text) > LONGEST:
        raise RuleBroken(_("内容太长，已超过 {n} 字。").format(n=LONGEST), hint=_("请精简后再发。"))
    changed = {"reply": text.strip(), "replied_by_id": actor.person, "replied_at": at}
    return _advance(rung, matter, "reply", actor=actor, at=at, reason=text, changed=changed, told={"text": text.strip()})


@transaction.atomic
def accept_reason(*, rung_id: int, reason: str, holds_until: date, actor: Actor, at: datetime, expected: int | None = None) -> Rung:
    """The reason given is accepted until a day: up to it nothing higher is served."""
    rung, matter = _locked(rung_id, expected)
    if holds_until <= _day(at):
        raise RuleBroken(_("认可到哪一天，要在今天以后。"))
    changed = _judged(reason, actor, at) | {"holds_until": holds_until}
    return _advance(rung, matter, "accept", actor=actor, at=at, reason=reason, changed=changed, told={"holds_until": holds_until.isoformat()})


@transaction.atomic
def refuse_reason(*, rung_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Rung:
    """The reason given is not accepted: the next rung may follow."""
    rung, matter = _locked(rung_id, expected)
    return _advance(rung, matter, "refuse", actor=actor, at=at, reason=reason, changed=_judged(reason, actor, at))


@transaction.atomic
def withdraw_rung(*, rung_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Rung:
    """A rung that should not have been served counts no more; it stays in the history. Raises RuleBroken where a higher one stands on it."""
    rung, matter = _locked(rung_id, expected)
    if Rung.objects.filter(matter=matter, pk__gt=rung.pk).exclude(state=RungState.WITHDRAWN).exists():
        raise RuleBroken(_("后面已有新的督办，请先撤回后面的。"))
    return _advance(rung, matter, "withdraw", actor=actor, at=at, reason=reason, changed=_judged(reason, actor, at))


@transaction.atomic
def decide_bulletin(*, rung_id: int, agreed: bool, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Rung:
    """The leader decides whether to criticise by name. Raises RuleBroken for another person, or while the unit may still reply."""
    rung, matter = _locked(rung_id, expected)
    if rung.rung != ladder.BULLETIN or rung.leader_id != actor.user_id:
        raise RuleBroken(_("这件事不是请您决定的。"))
    if not ladder.may_decide(rung.answer_by, rung.state, _day(at)):
        raise RuleBroken(_("单位说明情况的期限到 {day} 才满，现在还不能决定。").format(day=rung.answer_by.isoformat()))
    act = "agree" if agreed else "decline"
    return _advance(rung, matter, act, actor=actor, at=at, reason=reason, changed=_judged(reason, actor, at))


def _serve(
    matter_id: int, rung: str, text: str, answer_by: date, reason: str, leader: User | None, actor: Actor, at: datetime, expected: int | None
) -> Rung:
    matter = locked(matter_id, expected=expected)
    if matters.SUPERVISOR not in parties_of(actor, matter, {matters.SUPERVISOR}):
        raise RuleBroken(_("您的角色不能办这一步。"), hint=_("请由交办单位的督查员办理。"))
    on = _day(at)
    found = standing_ladder(matter, on)
    step = found.step
    if rung != step.rung and rung not in step.may:
        raise RuleBroken(_("现在不能发这一级：{why}").format(why=step.why), hint=_("请刷新后再看该发哪一级。"))
    if rung != step.rung and not reason.strip():
        raise RuleBroken(_("不从提醒开始的，请写明理由。"), hint=_("如：重大事项、领导要求提级督办。"))
    if answer_by <= on or not text.strip() or len(text) > LONGEST:
        raise RuleBroken(_("请写好内容（不超过 {n} 字），答复期限要在今天以后。").format(n=LONGEST))
    if matter.lead is None:
        raise RuleBroken(_("还没有牵头单位。"))
    words = {"rung": rung, "ground": found.ground, "text": text.strip(), "reason": reason.strip(), "answer_by": answer_by}
    made = Rung.objects.create(
        **words, matter=matter, due_on=matter.due_on, to_unit=matter.lead, to_name=matter.lead_name or matter.lead.name, state=RungState.SERVED, served_by_id=actor.person, served_at=at, leader=leader
    )
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in words.items() if name != "reason"}
    after = told | {"to": made.to_unit_id, "leader": leader.pk if leader else None}
    record(act=f"rung.{rung}", subject=made, actor=actor, at=at, after=after, reason=reason, context=matter)
    return made


def _locked(rung_id: int, expected: int | None) -> tuple[Rung, Matter]:
    """The rung and its matter under their locks, the matter first as everywhere."""
    rung = locked_with_matter(Rung, rung_id)
    if expected is not None and rung.changes != expected:
        raise Conflict(_("这一次督办刚刚被别人办过，您这次没有生效。"), hint=_("请刷新后看看现在的情况，再决定怎么办。"))
    return rung, rung.matter


def _judged(reason: str, actor: Actor, at: datetime) -> dict[str, Any]:
    return {"verdict": reason.strip(), "judged_by_id": actor.person, "judged_at": at}


def _advance(
    rung: Rung, matter: Matter, act: str, *, actor: Actor, at: datetime, reason: str, changed: Mapping[str, Any], told: Mapping[str, Any] | None = None
) -> Rung:
    table = SUGGESTIONS if rung.rung == ladder.BULLETIN else NOTICES
    before = rung.state
    keys = {"replied": rung.replied_by_id}
    rung.state = matters.decide(table, rung.state, act, parties=parties_of(actor, matter, matters.takers(table, act)), user_id=actor.user_id, keys=keys, reason=reason)
    for name, value in changed.items():
        setattr(rung, name, plain_value(value))
    rung.changes += 1
    rung.save()
    after = {"state": rung.state, "rung": rung.rung, **(told or {})}
    record(act=f"rung.{act}", subject=rung, actor=actor, at=at, before={"state": before}, after=after, reason="" if act == "reply" else reason, context=matter)
    return rung


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
