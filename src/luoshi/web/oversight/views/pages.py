"""What is read: the ladder of a matter, all matters that are climbed, the card on the page of a matter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.ledger.additions import Panel
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import BEFORE_ISSUE, SUPERVISOR, available
from luoshi.web.orgs.models import Unit
from luoshi.web.oversight import ladder
from luoshi.web.oversight.ladder import BULLETIN, Period, rung_names
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.selectors import Ladder, climbed_matters, ladders, rungs_of, standing_ladder
from luoshi.web.oversight.workflow import NOTICES, SUGGESTIONS, RungState, state_names

PAGE = 50


@dataclass(frozen=True, slots=True)
class RungRow:
    """A rung as a page shows it, with the acts that are open to the reader."""

    rung: Rung
    light: Light
    state: str
    acts: tuple[str, ...]
    late: bool  # its day passed without an answer
    fresh: bool  # served today: what it says of the days is still so


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period with its rungs, the latest first; ``called``: the day of the 催办 that began it."""

    period: Period
    rows: list[RungRow]
    called: date | None = None


@require_safe
def matter_ladder(request: Asking, pk: int) -> HttpResponse:
    """The ladder of a matter: what is due and why, and everything before."""
    matter = get_object_or_404(visible_matters(request.actor, few=True).exclude(state__in=BEFORE_ISSUE).select_related("issuer", "lead"), pk=pk)
    return render(request, "oversight/ladder.html", told_of(matter, request.actor, timezone.localdate()))


def told_of(matter: Matter, actor: Actor, on: date) -> dict[str, Any]:
    """The ladder of a matter for a reader."""
    found = standing_ladder(matter, on)
    rows, parties = rungs_of(matter, actor), parties_of(actor, matter)
    names = rung_names()
    last = found.open.standing[-1].id if found.open and found.open.standing else None
    shown = [PeriodRow(period, [_row(rows[one.id], actor, parties, on, one.id == last) for one in reversed(period.rungs) if one.id in rows], _called(period)) for period in reversed(found.periods)]
    climbs = SUPERVISOR in parties
    served = {one.rung for one in found.open.standing} if found.open else set()
    return {
        "matter": matter,
        "ladder": found,
        "periods": [one for one in shown if one.rows or one.called],
        "climbs": climbs,
        "due": (found.step.rung, names[found.step.rung]) if found.step.rung else None,
        "may": [(rung, names[rung]) for rung in found.step.may],
        "rungs": [(rung, names[rung], rung in served) for rung in ladder.RUNGS],
    }


def _called(period: Period) -> date | None:
    return next((one.on for one in period.rungs if one.by_hand), None)


def _row(rung: Rung, actor: Actor, parties: frozenset[str], on: date, last: bool) -> RungRow:
    table = SUGGESTIONS if rung.rung == BULLETIN else NOTICES
    found = available(table, rung.state, parties=parties, user_id=actor.user_id, keys={"replied": rung.replied_by_id}) if last else ()
    acts = tuple(one.act for one in found if one.act not in ("agree", "decline") or (rung.leader_id == actor.user_id and ladder.may_decide(rung.answer_by, rung.state, on)))
    late = rung.state == RungState.SERVED and on > rung.answer_by
    return RungRow(rung, Light(ladder.COLOURS[rung.rung], rung_names()[rung.rung]), _("过期未答复") if late else state_names()[rung.state], acts, late, timezone.localtime(rung.served_at).date() == on)


def panel(matter: Matter, actor: Actor, on: date) -> Panel | None:
    """The card on the page of a matter: nothing where nothing was ever served and nothing is due."""
    if matter.state in BEFORE_ISSUE:
        return None
    told = told_of(matter, actor, on)
    if not told["periods"] and not (told["climbs"] and told["due"]):
        return None
    return Panel("oversight/parts/panel.html", told)


@require_safe
def oversight(request: Asking) -> HttpResponse:
    """Matters that are overdue or on which a rung stands, by their due date: never by unit, and no unit is counted."""
    today = timezone.localdate()
    rung = request.GET.get("rung", "")
    rung = rung if rung in (*ladder.RUNGS, "none") else ""
    wanted = request.GET.get("unit", "")
    unit = Unit.objects.filter(pk=int(wanted)).first() if wanted.isdigit() else None
    page = Paginator(climbed_matters(request.actor, today, rung=rung, unit=unit.pk if unit else None), PAGE).get_page(request.GET.get("page"))
    matters = list(page)
    found = ladders(matters, today)
    told = {
        "page": page,
        "rows": [_listed(found[matter.pk]) for matter in matters],
        "rung": rung,
        "rungs": [*rung_names().items()],
        "unit": unit,
        "query": urlencode({name: value for name, value in (("rung", rung), ("unit", wanted if unit else "")) if value}),
    }
    return render(request, "oversight/list.html", told)


def _listed(one: Ladder) -> dict[str, Any]:
    return {"matter": one.matter, "light": one.light, "period": one.open.light if one.open and one.open.highest else None, "due": rung_names().get(one.step.rung, ""), "why": one.step.why, "until": one.step.until}
