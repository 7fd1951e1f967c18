"""Do what a plan says: the services, one call a subject, all in one transaction: everything or nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.text import REFUSALS, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.importing.plan import Plan, Step
from luoshi.web.orgs.models import Unit, User
from luoshi.web.orgs.services import naming, people, posts, units


@transaction.atomic
def apply(plan: Plan, *, actor: Actor, at: datetime) -> int:
    """Every call of every step that is not wrong; how many there were. Raises RuleBroken with the row, and then nothing was done."""
    done = 0
    for step in plan.steps:
        if step.wrong:
            continue
        for name, given in step.calls:
            try:
                _call(name, dict(given), actor, at)
            except REFUSALS as error:
                raise RuleBroken(_row(step) + error.message, hint=_("没有导入任何内容；请改正这一行后重新上传。")) from error
            done += 1
    return done


def _row(step: Step) -> str:
    return _("“{sheet}”第 {n} 行（{about}）：").format(sheet=step.line.sheet, n=step.line.row, about=step.about)


def _call(name: str, given: dict[str, Any], actor: Actor, at: datetime) -> None:
    """One service; units by their code, people by their user name."""
    if name == "create_unit":
        under = given.pop("under")
        units.create_unit(**given, under=_unit(under) if under else None, actor=actor, at=at)
    elif name == "edit_unit":
        units.edit_unit(unit_id=_unit(given["unit"]), changed=given["changed"], actor=actor, at=at)
    elif name == "add_alias":
        naming.add_alias(unit_id=_unit(given["unit"]), name=given["name"], actor=actor, at=at)
    elif name == "add_duty":
        naming.add_duty(unit_id=_unit(given["unit"]), text=given["text"], actor=actor, at=at)
    elif name == "create_person":
        people.create_person(**given, actor=actor, at=at)
    else:
        user = User.objects.get(username__iexact=given.pop("username"))
        posts.give_post(user_id=user.pk, unit_id=_unit(given.pop("unit")), **given, actor=actor, at=at)


def _unit(code: str) -> int:
    return int(Unit.objects.values_list("pk", flat=True).get(code=code))
