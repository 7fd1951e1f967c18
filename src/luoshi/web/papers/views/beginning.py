"""A paper is begun from chosen matters: ``/papers/new/?kind=reminder&matter=7&matter=9``, with ``title``, ``opening`` … where a page brings words along. Of kinds for one unit, one paper for each lead unit in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit
from luoshi.web.papers.facts import about
from luoshi.web.papers.forms import NewForm
from luoshi.web.papers.kinds import Kind, Scope, kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.selectors import paper_matters
from luoshi.web.papers.services.drafting import begin_paper
from luoshi.web.papers.wording import Text, begun

ANSWER_WITHIN = 10
"""Working days for an answer, where nothing else is typed."""
LONGEST = 2000
"""Characters of words that an address brings along."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paper to be: the unit that it goes to (None: several or none), and its matters."""

    unit: Unit | None
    matters: Sequence[Matter]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: Asking) -> HttpResponse:
    """Choose the kind, look at which papers it will be, change the words, begin."""
    if not drafts_papers(request.actor):
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in asked.getlist("matter") if key.isdigit() and len(key) < 12]
    rows = paper_matters(request.actor, list(dict.fromkeys(keys)))
    kind = kinds().get(asked.get("kind", ""))
    if kind is None:
        return _choose(request, rows)
    if not rows and not kind.bare:
        messages.info(request, _("{kind}要从事项生成，请先在台账里选事项。").format(kind=kind.name))
        return redirect("matters")
    parts = _parts(kind, rows)
    form = _form(request, kind, parts)
    if request.method == "POST" and form.is_valid():
        try:
            made = [_begin(request, kind, part, form.cleaned_data) for part in parts]
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            return _led(request, made)
    told = {"form": form, "kind": kind, "kinds": _offered(rows), "parts": parts, "matters": rows, "query": urlencode([("matter", row.pk) for row in rows])}
    return render(request, "papers/new.html", told, status=422 if form.is_bound else 200)


def _choose(request: Asking, rows: Sequence[Matter]) -> HttpResponse:
    query = urlencode([("matter", row.pk) for row in rows])
    return render(request, "papers/choose.html", {"kinds": _offered(rows), "matters": rows, "query": query})


def _offered(rows: Sequence[Matter]) -> list[Kind]:
    return [kind for kind in kinds().values() if rows or kind.bare]


def _parts(kind: Kind, rows: Sequence[Matter]) -> list[Part]:
    if kind.scope != Scope.UNIT or not rows:
        return [Part(None, rows)]
    leads = {row.lead_id: row.lead for row in rows}
    return [Part(unit, [row for row in rows if row.lead_id == key]) for key, unit in leads.items()]


def _form(request: Asking, kind: Kind, parts: Sequence[Part]) -> NewForm:
    on = timezone.localdate()
    told: Any = begun(kind, about([row for part in parts for row in part.matters], on)) if len(parts) == 1 else begun(kind, [])
    if request.method != "POST" and len(parts) == 1:  # words that the page brought along which led here
        told = Text(*(request.GET.get(name, getattr(told, name))[:LONGEST] for name in ("title", "opening", "requirements", "closing")))
    to = list({row.lead_id: row.lead for row in parts[0].matters if row.lead}.values()) if len(parts) == 1 else None
    form = NewForm(request.POST if request.method == "POST" else None, kind=kind, told=told, to=to)
    if len(parts) > 1:  # made for each
        form.fields.pop("title"), form.fields.pop("opening")
    if kind.answer:
        form.fields["answer_by"].initial = request.GET.get("answer_by") or working_calendar().add_working_days(on, ANSWER_WITHIN).date
    if kind.scope == Scope.PERIOD:
        form.fields["since"].initial, form.fields["until"].initial = on.fromordinal(on.toordinal() - on.weekday()), on
    return form


def _begin(request: Asking, kind: Kind, part: Part, typed: dict[str, Any]) -> OfficialPaper:
    """One paper; where several are begun at once, title and opening are made for each."""
    own = begun(kind, about(part.matters, timezone.localdate()))
    text = Text(typed.get("title", own.title), typed.get("opening", own.opening), typed["requirements"], typed.get("closing", own.closing))
    to = [unit.pk for unit in typed["to"]] if "to" in typed else None
    return begin_paper(
        kind=kind.code,
        matters=[row.pk for row in part.matters],
        text=text,
        to=to,
        answer_by=typed.get("answer_by"),
        since=typed.get("since"),
        until=typed.get("until"),
        copies=typed.get("copies", ""),
        actor=request.actor,
        at=timezone.now(),
    )


def _led(request: Asking, made: Sequence[OfficialPaper]) -> HttpResponse:
    if len(made) == 1:
        messages.success(request, _("草稿已生成，请核对后发出。"))
        return redirect("official_paper", made[0].pk)
    messages.success(request, _("已生成 {n} 件草稿，一个单位一件，请逐件核对后发出。").format(n=len(made)))
    return redirect(f"{reverse('papers')}?{urlencode({'kind': made[0].kind, 'state': 'draft'})}")
