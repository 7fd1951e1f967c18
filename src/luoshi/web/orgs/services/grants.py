"""A leave to see: the leader or head of a unit lets an upper unit see its own affairs, for a purpose and until a day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Grant, Unit
from luoshi.web.orgs.roles import HEAD, LEADER
from luoshi.web.orgs.services.allowed import day_of

LONGEST = timedelta(days=366)


@transaction.atomic
def give_grant(*, to_unit: int, purpose: str, expires_on: date, actor: Actor, at: datetime, subtree: bool = False) -> Grant:
    """Let ``to_unit`` see the own affairs of the actor's unit. Raises RuleBroken for anyone but its leader or head, and for more than a year."""
    _of_the_unit(actor)
    today, unit, other = day_of(at), Unit.objects.get(pk=actor.unit), Unit.objects.get(pk=to_unit)
    if other.pk == unit.pk:
        raise RuleBroken(_("不用授权本单位查看自己的事项。"))
    if not purpose.strip():
        raise RuleBroken(_("请写明授权查看的用途。"))
    if not today <= expires_on <= today + LONGEST:
        raise RuleBroken(_("截止日期要在今天之后、一年以内。"), hint=_("到期后可以再次授权。"))
    grant = Grant.objects.create(
        unit=unit, to_unit=other, subtree=subtree, purpose=purpose.strip(), expires_on=expires_on, given_by_id=actor.person, created_at=at
    )
    told = {"to_unit": other.pk, "to_unit_name": other.name, "subtree": subtree, "expires_on": expires_on}
    record(act="grant.give", subject=grant, actor=actor, at=at, after=told, reason=grant.purpose, context=unit)
    return grant


@transaction.atomic
def end_grant(*, grant_id: int, actor: Actor, at: datetime) -> Grant:
    """Take the leave back before its last day; the other unit sees nothing from now on."""
    _of_the_unit(actor)
    grant = Grant.objects.select_for_update().get(pk=grant_id)
    if grant.unit_id not in actor.units:
        raise RuleBroken(_("只有授权的单位可以终止授权。"))
    if grant.ended_on is not None:
        raise RuleBroken(_("这项授权已经终止。"))
    grant.ended_on = day_of(at)
    grant.save(update_fields=["ended_on"])
    record(act="grant.end", subject=grant, actor=actor, at=at, before={"ended_on": None}, after={"ended_on": grant.ended_on}, context=f"unit:{grant.unit_id}")
    return grant


def _of_the_unit(actor: Actor) -> None:
    if not actor.has(HEAD, LEADER):
        raise RuleBroken(_("授权查看要由本单位领导或负责人办理。"))
