"""A merger of units: one ends and another takes its place. Matters stay where they were; the successor sees and answers for them."""

from datetime import date, datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import SYSTEM
from luoshi.web.orgs.services.allowed import locked_unit, only
from luoshi.web.orgs.services.units import nobody_left


@transaction.atomic
def merge_unit(*, unit_id: int, into: int, on: date, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Unit:
    """End a unit with the day ``on`` and make ``into`` its successor. Raises RuleBroken while people or units are left in it."""
    only(actor, SYSTEM)
    unit = locked_unit(unit_id, expected)
    successor = locked_unit(into, None)
    check_successor(unit, successor, on)
    nobody_left(unit, on)
    if not reason.strip():
        raise RuleBroken(_("请写明合并的依据。"), hint=_("例如机构改革方案的文号。"))
    before = {"ended_on": unit.ended_on, "successor": unit.successor_id}
    unit.ended_on, unit.successor = on, successor
    unit.version += 1
    unit.save(update_fields=["ended_on", "successor", "version"])
    after = {"ended_on": on, "successor": successor.pk, "successor_name": successor.name}
    record(act="unit.merge", subject=unit, actor=actor, at=at, before=before, after=after, reason=reason)
    return unit


def check_successor(unit: Unit, successor: Unit, on: date) -> None:
    """Raises RuleBroken where ``successor`` cannot take the place of ``unit``."""
    if successor.pk == unit.pk or successor.path.startswith(unit.path):
        raise RuleBroken(_("不能并入自己或自己的下级单位。"), hint=_("请另选承接单位。"))
    if successor.ended_on is not None and successor.ended_on <= on:
        raise RuleBroken(_("承接单位“{name}”已经撤销。").format(name=successor.name), hint=_("请另选承接单位。"))
