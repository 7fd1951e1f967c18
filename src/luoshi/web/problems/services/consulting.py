"""会商研判: a meeting about one problem, put down with what each unit said and what was decided. It moves nothing by itself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.problems.models import Consultation, Opinion
from luoshi.web.problems.services.moving import deed, locked_problem


class Said(NamedTuple):
    """What one unit said; empty where it only took part."""

    unit: Unit
    text: str = ""


@transaction.atomic
def record_consultation(
    *, problem_id: int, held_on: date, decision: str, opinions: Sequence[Said], actor: Actor, at: datetime, chair: str = "", expected: int | None = None
) -> Consultation:
    """Put a consultation down. Raises RuleBroken without a decision, without two units, or for a day to come."""
    problem = locked_problem(problem_id, expected=expected)
    if held_on > timezone.localdate(at):
        raise RuleBroken(_("会商日期不能晚于今天。"))
    if not decision.strip():
        raise RuleBroken(_("还没有写会商结论。"), hint=_("定了什么、谁来办、什么时候前。"))
    if len({said.unit.pk for said in opinions}) < 2:
        raise RuleBroken(_("会商至少要有两个单位参加。"), hint=_("把本单位也写上。"))
    made = Consultation.objects.create(problem=problem, held_on=held_on, chair=chair.strip(), decision=decision.strip(), by_id=actor.person, at=at)
    Opinion.objects.bulk_create(Opinion(consultation=made, unit=said.unit, unit_name=said.unit.name, text=said.text.strip()) for said in opinions)
    told = {"held_on": held_on, "decision": decision.strip(), "opinions": [{"unit": said.unit.pk, "text": said.text} for said in opinions]}
    deed(problem, "consult", actor=actor, at=at, told=told)
    return made
