"""Other names of a unit and the lines of its duty list."""

from datetime import date, datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Alias, Duty, Unit
from luoshi.web.orgs.roles import SYSTEM
from luoshi.web.orgs.services.allowed import only


@transaction.atomic
def add_alias(*, unit_id: int, name: str, actor: Actor, at: datetime, former_until: date | None = None) -> Alias:
    """Another name by which documents call a unit. Raises RuleBroken for one that it has already."""
    only(actor, SYSTEM)
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    name = name.strip()
    if not name:
        raise RuleBroken(_("请填写别名。"))
    if name in (unit.name, unit.short_name) or Alias.objects.filter(unit=unit, name=name).exists():
        raise RuleBroken(_("“{name}”已经是它的名称或别名。").format(name=name))
    alias = Alias.objects.create(unit=unit, name=name, former_until=former_until)
    record(act="alias.add", subject=alias, actor=actor, at=at, after={"name": name, "former_until": former_until}, context=unit)
    return alias


@transaction.atomic
def remove_alias(*, alias_id: int, actor: Actor, at: datetime) -> None:
    """Take another name away; a former name stays, since old documents carry it."""
    only(actor, SYSTEM)
    alias = Alias.objects.select_for_update().get(pk=alias_id)
    if alias.former_until is not None:
        raise RuleBroken(_("“{name}”是曾用名，不能删除。").format(name=alias.name), hint=_("旧文件要靠它认出这个单位。"))
    record(act="alias.remove", subject=alias, actor=actor, at=at, before={"name": alias.name}, context=f"unit:{alias.unit_id}")
    alias.delete()


@transaction.atomic
def add_duty(*, unit_id: int, text: str, actor: Actor, at: datetime, basis: str = "") -> Duty:
    """One line of a unit's duty list. Raises RuleBroken for an empty one and one that is there."""
    only(actor, SYSTEM)
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    text = text.strip()
    if not text:
        raise RuleBroken(_("请填写权责事项。"))
    if Duty.objects.filter(unit=unit, text=text).exists():
        raise RuleBroken(_("权责清单里已有这一项：{text}。").format(text=text))
    duty = Duty.objects.create(unit=unit, text=text, basis=basis.strip())
    record(act="duty.add", subject=duty, actor=actor, at=at, after={"text": text, "basis": duty.basis}, context=unit)
    return duty


@transaction.atomic
def remove_duty(*, duty_id: int, actor: Actor, at: datetime) -> None:
    """Take a line out of the duty list."""
    only(actor, SYSTEM)
    duty = Duty.objects.select_for_update().get(pk=duty_id)
    record(act="duty.remove", subject=duty, actor=actor, at=at, before={"text": duty.text, "basis": duty.basis}, context=f"unit:{duty.unit_id}")
    duty.delete()
