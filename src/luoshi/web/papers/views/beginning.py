"""A paper is begun from what was chosen: ``/papers/new/?kind=reminder&matter=7&matter=9``, ``?kind=rectification&problem=3``, ``?kind=report&inspection=2`` (with its problems).

``title``, ``opening`` … may come along where a page brings words. Of kinds for one unit, one paper for each unit in one go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit
from luoshi.web.papers.facts import about, found, inspected, reckoned
from luoshi.web.papers.forms import NewForm
from luoshi.web.papers.kinds import Kind, Scope, has_subject, kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.selectors import MOST, paper_inspection, paper_matters, paper_problems
from luoshi.web.papers.services.drafting import begin_paper, nothing_chosen
from luoshi.web.papers.wording import Text, begun
from luoshi.web.problems.models import Inspection, Problem
from luoshi.web.problems.workflow import OPEN, State

Days = tuple[date | None, date | None]
"""The first and the last day of a period."""
ANSWER_WITHIN = 10
"""Working days for an answer, where nothing else is typed."""
LONGEST = 2000
"""Characters of words that an address brings along."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paper to be: the unit that it goes to (None: several or none), its matters and problems."""

    unit: Unit | None
    matters: Sequence[Matter]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What papers are made from."""

    matters: Sequence[Matter]
    problems: Sequence[Problem]
    inspection: Inspection | None

    @property
    def query(self) -> str:
        """The same, in an address."""
        told = [("matter", row.pk) for row in self.matters] + [("problem", row.pk) for row in self.problems]
        return urlencode([*told, *([("inspection", self.inspection.pk)] if self.inspection else [])])

    @property
    def wrong(self) -> bool:
        """True where it is about problems or an inspection."""
        return bool(self.problems or self.inspection)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: Asking) -> HttpResponse:
    """Choose the kind, look at which papers it will be, change the words, begin."""
    if not drafts_papers(request.actor):
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request.actor, asked, again=request.method == "POST")
    kind = kinds().get(asked.get("kind", ""))
    if kind is None or (chosen.wrong and not kind.problems):
        return _choose(request, chosen)
    if not has_subject(kind, matters=bool(chosen.matters), problems=bool(chosen.problems), inspection=chosen.inspection is not None):
        return _choose(request, chosen, kind)
    parts = _parts(kind, chosen)
    form = _form(request, kind, parts, chosen.inspection)
    if request.method == "POST" and form.is_valid():
        try:
            made = [_begin(request, kind, part, chosen.inspection, form.cleaned_data) for part in parts]
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            return _led(request, made)
    told = {"form": form, "kind": kind, "parts": parts, "chosen": chosen, "matters": chosen.matters, "query": chosen.query}
    return render(request, "papers/new.html", told, status=422 if form.is_bound else 200)


def _chosen(actor: Actor, asked: QueryDict, *, again: bool) -> Chosen:
    """What the address names; of an inspection the problems that it found: those that are open where they are to be mended. ``again``: a form names them itself."""

    def keys(name: str) -> list[int]:
        return list(dict.fromkeys(int(key) for key in asked.getlist(name) if key.isdigit() and len(key) < 12))

    inspection = paper_inspection(actor, keys("inspection")[0]) if keys("inspection") else None
    problems = keys("problem")
    if inspection and not problems and not again:
        told = inspection.problems.filter(state__in=OPEN) if asked.get("kind") == "rectification" else inspection.problems.exclude(state=State.DROPPED)
        problems = list(told.order_by("pk").values_list("pk", flat=True)[:MOST])
    return Chosen(paper_matters(actor, keys("matter")), paper_problems(actor, problems), inspection)


def _choose(request: Asking, chosen: Chosen, kind: Kind | None = None) -> HttpResponse:
    """The kinds that can be made of what was chosen; ``kind`` was wanted, and there is nothing to write it about."""
    told: dict[str, Any] = {"kinds": _offered(chosen), "chosen": chosen, "matters": chosen.matters, "query": chosen.query, "wanted": kind}
    if kind is not None:
        told["refused"] = nothing_chosen(kind)
    return render(request, "papers/choose.html", told, status=422 if kind is not None and request.method == "POST" else 200)


def _offered(chosen: Chosen) -> list[Kind]:
    if not chosen.matters and not chosen.wrong:
        return list(kinds().values())
    of = {"matters": bool(chosen.matters), "problems": bool(chosen.problems), "inspection": chosen.inspection is not None}
    return [kind for kind in kinds().values() if (kind.problems or not chosen.wrong) and has_subject(kind, **of)]


def _parts(kind: Kind, chosen: Chosen) -> list[Part]:
    if kind.scope != Scope.UNIT or not (chosen.matters or chosen.problems):
        return [Part(None, chosen.matters, chosen.problems)]
    units = {row.lead_id: row.lead for row in chosen.matters} | {row.owner_id: row.owner for row in chosen.problems}
    return [Part(unit, [row for row in chosen.matters if row.lead_id == key], [row for row in chosen.problems if row.owner_id == key]) for key, unit in units.items()]


def _words(actor: Actor, kind: Kind, part: Part, inspection: Inspection | None, period: Days = (None, None)) -> Text:
    on = timezone.localdate()
    since, until = period if kind.scope == Scope.PERIOD else (None, None)
    of_period = reckoned(actor, since, until, on) if since and until and not part.matters else None
    return begun(
        kind, about(part.matters, on), problems=found(part.problems), inspection=inspected(inspection) if inspection else None, period=(since, until), reckoned=of_period
    )


def _this_week() -> tuple[date, date]:
    on = timezone.localdate()
    return on - timedelta(days=on.weekday()), on


def _form(request: Asking, kind: Kind, parts: Sequence[Part], inspection: Inspection | None) -> NewForm:
    on = timezone.localdate()
    told: Any = _words(request.actor, kind, parts[0], inspection, _this_week()) if len(parts) == 1 else begun(kind, [])
    if request.method != "POST" and len(parts) == 1:  # words that the page brought along which led here
        told = Text(*(request.GET.get(name, getattr(told, name))[:LONGEST] for name in ("title", "opening", "requirements", "closing")))
    only = parts[0]
    to = [only.unit] if only.unit else list({row.lead_id: row.lead for row in only.matters if row.lead}.values())
    form = NewForm(request.POST if request.method == "POST" else None, kind=kind, told=told, to=to if len(parts) == 1 else None)
    if len(parts) > 1:  # made for each
        form.fields.pop("title"), form.fields.pop("opening")
    if kind.answer:
        form.fields["answer_by"].initial = _ahead(request.GET.get("answer_by", ""), on) or working_calendar().add_working_days(on, ANSWER_WITHIN).date
    if kind.scope == Scope.PERIOD:
        form.fields["since"].initial, form.fields["until"].initial = _this_week()
    return form


def _ahead(typed: str, on: date) -> date | None:
    """A day of an address, where it is one that is still to come."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if found > on else None


def _begin(request: Asking, kind: Kind, part: Part, inspection: Inspection | None, typed: dict[str, Any]) -> OfficialPaper:
    """One paper; where several are begun at once, title and opening are made for each."""
    own = _words(request.actor, kind, part, inspection, (typed.get("since"), typed.get("until")))
    if kind.scope == Scope.PERIOD:  # what nobody changed goes with the period that was typed
        first = _words(request.actor, kind, part, inspection, _this_week())
        typed = typed | {name: getattr(own, name) for name in ("title", "opening") if _same(typed.get(name, ""), getattr(first, name))}
    text = Text(typed.get("title", own.title), typed.get("opening", own.opening), typed["requirements"], typed.get("closing", own.closing))
    to = [unit.pk for unit in typed["to"]] if "to" in typed else None
    return begin_paper(
        kind=kind.code,
        matters=[row.pk for row in part.matters],
        problems=[row.pk for row in part.problems],
        inspection=inspection.pk if inspection else None,
        text=text,
        to=to,
        answer_by=typed.get("answer_by"),
        since=typed.get("since"),
        until=typed.get("until"),
        copies=typed.get("copies", ""),
        actor=request.actor,
        at=timezone.now(),
    )


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _led(request: Asking, made: Sequence[OfficialPaper]) -> HttpResponse:
    if len(made) == 1:
        messages.success(request, _("草稿已生成，请核对后发出。"))
        return redirect("official_paper", made[0].pk)
    messages.success(request, _("已生成 {n} 件草稿，一个单位一件，请逐件核对后发出。").format(n=len(made)))
    return redirect(f"{reverse('papers')}?{urlencode({'kind': made[0].kind, 'state': 'draft'})}")
