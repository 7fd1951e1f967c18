"""The yearly plan of visits: one line per unit and month."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.problems.models import PlannedVisit
from luoshi.web.problems.parties import may_inspect

MOST = 12


@transaction.atomic
def plan_visits(*, visited: Unit, year: int, month: int, visits: int, content: str, actor: Actor, at: datetime) -> PlannedVisit | None:
    """How often a unit is visited in a month; none takes the line out of the plan."""
    if not may_inspect(actor):
        raise RuleBroken(_("年度计划要由本单位的督查员来编。"))
    if not 1 <= month <= 12 or not 0 <= visits <= MOST:
        raise RuleBroken(_("月份要在1到12之间，次数要在0到{n}之间。").format(n=MOST))
    place = {"unit_id": actor.unit, "visited": visited, "year": year, "month": month}
    line = PlannedVisit.objects.select_for_update().filter(**place).first()
    before = {"visits": line.visits, "content": line.content} if line else {"visits": 0, "content": ""}
    if before == {"visits": visits, "content": content.strip() if visits else ""}:
        return line
    if line is None:
        line = PlannedVisit.objects.create(**place, visits=visits, content=content.strip(), created_by_id=actor.person, created_at=at)
    else:
        line.visits, line.content, line.changes = visits, content.strip(), line.changes + 1
        line.save(update_fields=["visits", "content", "changes"])
    after = {"visited": visited.pk, "year": year, "month": month, "visits": visits, "content": content.strip()}
    record(act="visits.plan", subject=line, actor=actor, at=at, before=before, after=after)
    if visits == 0:
        line.delete()
        return None
    return line
