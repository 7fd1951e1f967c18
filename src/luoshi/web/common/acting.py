"""How an act on a row becomes a page, whichever app the row belongs to: the row, who may, the form, its words, the one service that it calls.

    rename = act_view(ActPage(find=_unit, words=lambda unit: Words(_("更名"), …), call=_rename, back=_address, form=RenameForm, lock="version"))

Acts on matters, reports and extensions follow tables of their own: ``ledger.views.acting``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import Conflict, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import EXPECTED, ActForm
from luoshi.web.common.once import once

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Words:
    """What an act is called: title of the page, word on the button, message when it is done, what follows from it."""

    title: str
    verb: str
    done: str
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class ActPage:
    """``find(actor, pk)`` gives the row or raises Http404; ``call(row, told, actor, at)`` is the service, ``told`` the checked form."""

    find: Callable[[Actor, int | None], Any]
    words: Callable[[Any], Words]
    call: Callable[[Any, dict[str, Any], Actor, datetime], Any]
    back: Callable[[Any], str]  # address that the page leads back to
    about: Callable[[Any], str] = str
    form: type[ActForm] = ActForm
    danger: bool = False
    lock: str = ""  # the row's count of changes, where the page was made from one: "changes", "version"
    leads: Callable[[Any], str] | None = None  # address of what the service made, where it is not ``back``
    template: str = "common/act.html"
    told: Callable[[Any, Actor], Mapping[str, Any]] | None = None  # what the template is given besides
    refused: Callable[[Any, Actor], LuoshiError | None] | None = None  # why the act is not open now: the sentence is shown in place of the form


def act_view(page: ActPage) -> View:
    """The view of an act; its address brings ``pk``, or nothing where the act makes a row."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request: Asking, pk: int | None = None) -> HttpResponse:
        row = page.find(request.actor, pk)
        form = _form(page, row, request, request.POST if request.method == "POST" else None)
        refused = page.refused(row, request.actor) if page.refused else None
        if refused is not None:
            told = _told(page, row, form, request.actor) | {"refused": refused, "typed": filled_in(form)}
            return render(request, "common/not_now.html", told, status=refused.http_status)
        theirs: list[tuple[str, Any]] = []
        status = 422 if form.is_bound else 200
        if form.is_bound and form.is_valid():
            try:
                made = page.call(row, form.cleaned_data, request.actor, timezone.now())
            except Conflict as error:
                form, theirs, status = _after_conflict(page, form, row, request, error), _now(form), error.http_status
            except RuleBroken as error:
                form.add_error(None, str(error))
                status = error.http_status
            else:
                messages.success(request, page.words(row).done)
                return redirect(page.leads(made) if page.leads else page.back(row))
        return render(request, page.template, _told(page, row, form, request.actor) | {"theirs": theirs}, status=status)

    return view


def filled_in(form: Any) -> list[tuple[str, str]]:
    """Label and text of every visible field of a sent form that was filled in, so that it can be copied."""
    shown = ((field.label, field.value()) for field in form.visible_fields()) if form.is_bound else ()
    return [(str(label), str(value)) for label, value in shown if value not in (None, "", [], False)]


def _form(page: ActPage, row: Any, request: Asking, data: Any) -> ActForm:
    expected = getattr(row, page.lock) if page.lock and row is not None else None
    return page.form(data, request.FILES or None if data is not None else None, row=row, actor=request.actor, expected=expected)


def _told(page: ActPage, row: Any, form: ActForm, actor: Actor) -> dict[str, Any]:
    words = page.words(row)
    about = page.about(row) if row is not None else _("返回")
    told: dict[str, Any] = {"title": words.title, "verb": words.verb, "consequence": words.consequence, "about": about, "back": page.back(row)}
    told |= {"form": form, "danger": page.danger, "row": row}
    return told | dict(page.told(row, actor)) if page.told else told


def _after_conflict(page: ActPage, form: ActForm, row: Any, request: Asking, error: Conflict) -> ActForm:
    """The form with what was typed, made from the row as it is now: sent again, it takes effect."""
    row.refresh_from_db()
    data = request.POST.copy()
    if page.lock:
        data[EXPECTED] = str(getattr(row, page.lock))
    again = _form(page, row, request, data)
    again.is_valid()
    again.add_error(None, str(error))
    return again


def _now(form: ActForm) -> list[tuple[str, Any]]:
    """What the row says now, field by field."""
    now = type(form)(row=form.row, actor=form.actor)
    return [(str(field.label), field.initial if field.initial not in (None, "") else "—") for field in now.fields.values()]
