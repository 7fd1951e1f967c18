"""Programmes and their parts: start, edit, close, reopen; add, edit, remove a part."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.programmes.models import Part, Programme
from luoshi.web.programmes.services.keeping import check_keeper, check_unchanged, filled, own_programme, remove, rewrite, told

_FIELDS = ("name", "aim", "leading_group", "starts_on", "ends_on")
_PART_FIELDS = ("title", "lead_id", "order")


@transaction.atomic
def start_programme(
    *, name: str, aim: str = "", leading_group: str = "", starts_on: date | None = None, ends_on: date | None = None, actor: Actor, at: datetime
) -> Programme:
    """A new programme of the actor's unit."""
    check_keeper(actor, actor.unit)
    programme = Programme.objects.create(
        **_checked(name, aim, leading_group, starts_on, ends_on), unit_id=actor.unit, created_by_id=actor.person, created_at=at
    )
    record(act="programme.start", subject=programme, actor=actor, at=at, after=told(programme, _FIELDS))
    return programme


@transaction.atomic
def edit_programme(
    *,
    programme_id: int,
    name: str,
    aim: str = "",
    leading_group: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> Programme:
    """Change what a programme says of itself."""
    programme = own_programme(programme_id, actor, expected=expected)
    rewrite(programme, _checked(name, aim, leading_group, starts_on, ends_on), act="programme.edit", actor=actor, at=at, context=programme)
    return programme


@transaction.atomic
def close_programme(*, programme_id: int, note: str = "", actor: Actor, at: datetime, expected: int | None = None) -> Programme:
    """The programme is over: nothing is added to it any more; its matters go on."""
    programme = own_programme(programme_id, actor, expected=expected)
    rewrite(programme, {"closed_at": at}, act="programme.close", actor=actor, at=at, context=programme, reason=note)
    return programme


@transaction.atomic
def reopen_programme(*, programme_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Programme:
    """Undo the closing."""
    programme = Programme.objects.select_for_update().get(pk=programme_id)
    check_keeper(actor, programme.unit_id)
    check_unchanged(programme, expected)
    if programme.closed_at is None:
        raise RuleBroken(_("这个专项没有结束，不用重新打开。"))
    rewrite(programme, {"closed_at": None}, act="programme.reopen", actor=actor, at=at, context=programme)
    return programme


def _checked(name: str, aim: str, leading_group: str, starts_on: date | None, ends_on: date | None) -> dict[str, Any]:
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(_("结束日期早于开始日期。"), hint=_("请改正其中一个日期。"))
    return {
        "name": filled(name, _("专项名称")),
        "aim": aim.strip(),
        "leading_group": leading_group.strip(),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


@transaction.atomic
def add_part(*, programme_id: int, title: str, lead: Unit, actor: Actor, at: datetime) -> Part:
    """A part with its lead unit, which sees the programme from now on."""
    programme = own_programme(programme_id, actor)
    last = programme.parts.aggregate(last=Max("order"))["last"]
    part = Part.objects.create(programme=programme, order=int(last or 0) + 1, title=filled(title, _("工作板块")), lead=lead)
    record(act="part.add", subject=part, actor=actor, at=at, context=programme, after=told(part, _PART_FIELDS))
    return part


@transaction.atomic
def edit_part(*, part_id: int, title: str, lead: Unit, actor: Actor, at: datetime, expected: int | None = None) -> Part:
    """Change the words or the lead unit of a part; the former lead unit no longer sees the programme by it."""
    part = Part.objects.select_for_update().get(pk=part_id)
    programme = own_programme(part.programme_id, actor)
    check_unchanged(part, expected)
    rewrite(part, {"title": filled(title, _("工作板块")), "lead": lead}, act="part.edit", actor=actor, at=at, context=programme)
    return part


@transaction.atomic
def remove_part(*, part_id: int, actor: Actor, at: datetime) -> None:
    """Take a part out."""
    part = Part.objects.select_for_update().get(pk=part_id)
    remove(part, _PART_FIELDS, act="part.remove", actor=actor, at=at, context=own_programme(part.programme_id, actor))
