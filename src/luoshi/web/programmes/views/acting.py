"""One form, one act: what every page that writes does, with both texts shown where somebody else was faster."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from luoshi.text import Conflict, RuleBroken
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import EXPECTED, PageForm
from luoshi.web.common.templatetags.pages import day
from luoshi.web.orgs.choosing import UnitField, unit_names
from luoshi.web.programmes.selectors import may_keep


class Page(NamedTuple):
    """What a page says around its form: ``about`` and ``back`` lead to where the reader came from; ``done`` is said when it took effect."""

    title: str
    about: str
    back: str
    verb: str
    done: str
    consequence: str = ""
    danger: bool = False


def check_keeps(request: Asking, unit_id: int) -> None:
    """404 where the reader does not keep what the unit keeps: the page is not there for others."""
    if not may_keep(request.actor, unit_id):
        raise Http404


def act(request: Asking, page: Page, form: PageForm, do: Callable[[Any], str | None], *, row: models.Model | None = None) -> HttpResponse:
    """Show the form, or do what it asks and go to the address that ``do`` gives (``page.back`` where it gives none).

    Where ``row`` was changed meanwhile, its present words are shown above what was typed, and sending again is on top of them.
    """
    theirs: list[tuple[str, str]] = []
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            address = do(form.cleaned_data) or page.back
        except Conflict as fault:
            if row is not None:
                row.refresh_from_db()
                theirs = _differing(form, initial_of(row, list(form.fields)))
                form.data = request.POST.copy()
                form.data[EXPECTED] = str(getattr(row, "changes", ""))
            form.add_error(None, str(fault))
            status = fault.http_status
        except RuleBroken as fault:
            form.add_error(None, str(fault))
            status = fault.http_status
        else:
            messages.success(request, page.done)
            return HttpResponseRedirect(address)
    names = unit_names() if any(isinstance(field, UnitField) for field in form.fields.values()) else []
    return render(request, "programmes/act.html", {**page._asdict(), "form": form, "theirs": theirs, "unit_names": names}, status=status)


def initial_of(row: models.Model, names: list[str]) -> dict[str, Any]:
    """What a form starts with: the fields of a row that it has."""
    return {name: getattr(row, name) for name in names if hasattr(row, name)}


def _differing(form: PageForm, now: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and present words of the fields that say something else than what was typed."""
    found = []
    for name, value in now.items():
        if name in form.cleaned_data and form.cleaned_data[name] != value:
            found.append((str(form.fields[name].label), _said(value)))
    return found


def _said(value: Any) -> str:
    if value in (None, ""):
        return "—"
    if hasattr(value, "year"):
        return day(value)
    return str(getattr(value, "title", "") or value) if isinstance(value, models.Model) else str(value)
