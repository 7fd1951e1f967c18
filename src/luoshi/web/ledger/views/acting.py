"""How an act becomes a page, once for all acts.

A page is a row: which acts it offers, its form, its words, and the one service that it calls. ``matter_act(page)`` is the view. It finds the
matter among the visible ones (else 404), asks the table whether this person may act now (else a page with the sentence), shows the form,
calls the service and leads back to the matter. Whatever goes wrong, what was typed stays.

    sign = matter_act(ActPage(acts=(Act.SIGN,), words=lambda matter: Words(_("签收"), …), call=_sign))

Reports and extensions have tables of their own: make a ``Subject`` and hand it to ``answer_act``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import REFUSALS, Conflict, LuoshiError, RuleBroken
from luoshi.web.audit.selectors import history
from luoshi.web.audit.services import name_of
from luoshi.web.common.acting import View, Words, filled_in
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import ActForm
from luoshi.web.common.once import once
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.history import Line, lines_of
from luoshi.web.ledger.services.moving import keys_of

MEANWHILE = 5
WITH_REPORT = "ledger/act_with_report.html"
"""The template of an act on what a report says: the report beside the criterion."""


@dataclass(frozen=True, slots=True)
class ActPage:
    """One page: any of ``acts`` must be open to the reader; ``call(row, form, actor, at)`` is the one service call."""

    acts: tuple[str, ...]
    words: Callable[[Any], Words]
    call: Callable[[Any, Any, Actor, datetime], object]
    form: type[ActForm] = ActForm
    danger: bool = False
    template: str = "common/act.html"
    told: Callable[[Any, Actor], Mapping[str, Any]] = field(default=lambda row, actor: {})  # what the template is given besides
    initial: Callable[[Any, Actor, Mapping[str, str]], Mapping[str, Any]] = field(default=lambda row, actor, asked: {})  # from the row and ?…


@dataclass(frozen=True, slots=True)
class Subject:
    """The row that is acted on: its table of acts, where it stands, who turned which key. ``changes`` is its optimistic lock, None without one."""

    row: Any
    matter: Matter
    table: tuple[workflow.Transition, ...]
    keys: Mapping[str, int | None]
    changes: int | None
    back: str = ""  # address that the page leads back to; the matter where empty

    @property
    def address(self) -> str:
        """Where the page leads back to."""
        return self.back or reverse("matter", args=[self.matter.pk])


def subject_of(matter: Matter) -> Subject:
    """A matter as what is acted on."""
    return Subject(row=matter, matter=matter, table=workflow.MATTERS, keys=keys_of(matter), changes=matter.changes)


def matter_act(page: ActPage) -> View:
    """The view of an act on a matter; its address brings ``pk``."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request: Asking, pk: int) -> HttpResponse:
        matter = get_object_or_404(visible_matters(request.actor, few=True).select_related("issuer", "lead"), pk=pk)
        return answer_act(request, page, subject_of(matter))

    return view


def answer_act(request: Asking, page: ActPage, subject: Subject) -> HttpResponse:
    """Show the form of an act, or take it."""
    refused = why_not(page, subject, request.actor)
    data = request.POST if request.method == "POST" else None
    initial = dict(page.initial(subject.row, request.actor, request.GET.dict()))
    form = page.form(data, request.FILES or None, row=subject.row, actor=request.actor, expected=subject.changes, initial=initial)
    if refused is not None:
        return _not_now(request, page, subject, form, refused)
    if data is None or not form.is_valid():
        return _show(request, page, subject, form, status=200 if data is None else 422)
    try:
        page.call(subject.row, form, request.actor, timezone.now())
    except Conflict as error:
        return _conflict(request, page, subject, form, error)
    except RuleBroken as error:
        form.add_error(None, str(error))
        return _show(request, page, subject, form, status=error.http_status)
    messages.success(request, page.words(subject.row).done)
    return redirect(subject.address)


def why_not(page: ActPage, subject: Subject, actor: Actor) -> LuoshiError | None:
    """None where one of the page's acts is open to ``actor`` now; else the refusal of the table, in its own words."""
    state, parties = subject.row.state, parties_of(actor, subject.matter)
    found: LuoshiError | None = None
    for act in page.acts:
        try:
            workflow.decide(subject.table, state, act, parties=parties, user_id=actor.user_id, keys=subject.keys, reason="—")
        except REFUSALS as error:
            found = found or error
        else:
            return None
    return found


def meanwhile(matter: Matter, actor: Actor, *, since: int) -> list[Line]:
    """The last ``since`` changes of a matter (a few at most) as sentences, newest first: what happened while a page was filled in."""
    count = min(max(1, since), MEANWHILE)
    return lines_of(history(name_of(matter)).order_by("-seq")[:count], actor)


def not_now(request: Asking, matter: Matter, title: str, refused: LuoshiError, typed: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """The sentence of the table, with what was typed so that it can be copied."""
    told = {"title": title, "about": f"{matter.number} {matter.title}", "back": reverse("matter", args=[matter.pk]), "refused": refused, "typed": typed}
    return render(request, "common/not_now.html", told, status=refused.http_status)


def _told(page: ActPage, subject: Subject, form: ActForm, actor: Actor) -> dict[str, Any]:
    words = page.words(subject.row)
    told: dict[str, Any] = {"title": words.title, "verb": words.verb, "consequence": words.consequence, "danger": page.danger, "form": form, "back": subject.address}
    told |= {"about": f"{subject.matter.number} {subject.matter.title}", "matter": subject.matter, "row": subject.row}
    return told | dict(page.told(subject.row, actor))


def _show(request: Asking, page: ActPage, subject: Subject, form: ActForm, *, status: int) -> HttpResponse:
    return render(request, page.template, _told(page, subject, form, request.actor), status=status)


def _not_now(request: Asking, page: ActPage, subject: Subject, form: ActForm, refused: LuoshiError) -> HttpResponse:
    """The sentence of the table, with what was typed so that it can be copied."""
    told = _told(page, subject, form, request.actor) | {"refused": refused, "typed": filled_in(form)}
    return render(request, "common/not_now.html", told, status=refused.http_status)


def _conflict(request: Asking, page: ActPage, subject: Subject, form: ActForm, error: Conflict) -> HttpResponse:
    """Theirs above, mine still in the form, which now stands on the newest row."""
    form.data = request.POST.copy()
    form.data["expected"] = str(subject.changes)
    form.add_error(None, str(error))
    since = (subject.changes or 0) - (form.expected or 0)
    told = _told(page, subject, form, request.actor) | {"meanwhile": meanwhile(subject.matter, request.actor, since=since)}
    return render(request, page.template, told, status=error.http_status)
