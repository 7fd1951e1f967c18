"""How an act on a unit, a person or a post becomes a page: the row, who may, the form, its words, the one service that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import View, Words
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import EXPECTED
from luoshi.web.common.once import once
from luoshi.web.orgs.forms.fields import ActForm


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
    locked: bool = False  # the row has a version, and the page was made from one
    leads: Callable[[Any], str] | None = None  # address of what the service made, where it is not ``back``


def act_view(page: ActPage) -> View:
    """The view of an act."""

    @require_http_methods(["GET", "POST"])
    @once
    def view(request: Asking, pk: int | None = None) -> HttpResponse:
        row = page.find(request.actor, pk)
        expected = row.version if page.locked else None
        form = page.form(request.POST or None, row=row, actor=request.actor, expected=expected)
        theirs: list[tuple[str, Any]] = []
        status = 200
        if request.method == "POST":
            if not form.is_valid():
                status = 422
            else:
                try:
                    made = page.call(row, form.cleaned_data, request.actor, timezone.now())
                except Conflict as error:
                    form, theirs, status = _after_conflict(page, form, row, error), _now(form), error.http_status
                except RuleBroken as error:
                    form.add_error(None, str(error))
                    status = error.http_status
                else:
                    messages.success(request, page.words(row).done)
                    return redirect(page.leads(made) if page.leads else page.back(row))
        return render(request, "orgs/act.html", _told(page, row, form) | {"theirs": theirs}, status=status)

    return view


def _told(page: ActPage, row: Any, form: ActForm) -> dict[str, Any]:
    words = page.words(row)
    return {
        "title": words.title,
        "verb": words.verb,
        "consequence": words.consequence,
        "about": page.about(row) if row is not None else _("返回"),
        "back": page.back(row),
        "form": form,
        "danger": page.danger,
    }


def _after_conflict(page: ActPage, form: ActForm, row: Any, error: Conflict) -> ActForm:
    """The form with what was typed, made from the row as it is now: sent again, it takes effect."""
    row.refresh_from_db()
    again = page.form({**dict(form.data.items()), EXPECTED: row.version}, row=row, actor=form.actor, expected=row.version)
    again.is_valid()
    again.add_error(None, str(error))
    return again


def _now(form: ActForm) -> list[tuple[str, Any]]:
    """What the row says now, field by field."""
    now = type(form)(row=form.row, actor=form.actor)
    return [(str(field.label), field.initial if field.initial not in (None, "") else "—") for field in now.fields.values()]


def only_for(actor: Actor, *duties: str) -> None:
    """Raises Http404 for anyone but these administrators: for others there is no such page."""
    if not actor.administers or actor.administers not in duties:
        raise Http404
