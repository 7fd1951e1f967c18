"""Taking a view out: choose form and columns, get the file. Nothing is made before it is asked for by POST, since taking out is an act."""

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.exchange.files import FORMS, ON_PAPER, check_size, file_of, form_called
from luoshi.web.exchange.listings import Found, View, view_called
from luoshi.web.exchange.services.taking import take_export

DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,}\b")
"""A check value: its beginning is enough on a page, the file has the whole."""


@require_http_methods(["GET", "POST"])
def export(request: Asking, name: str) -> HttpResponseBase:
    """A view as its page shows it, by the query of its address."""
    view = view_called(name)
    if view is None or view.about:
        raise Http404
    return _answer(request, view, None)


@require_http_methods(["GET", "POST"])
def export_dossier(request: Asking, pk: int) -> HttpResponseBase:
    """The file of one matter."""
    return _answer(request, _view("dossier"), pk)


@require_http_methods(["GET", "POST"])
def export_decisions(request: Asking, pk: int) -> HttpResponseBase:
    """What the meetings of a programme decided."""
    return _answer(request, _view("decisions"), pk)


@require_http_methods(["GET", "POST"])
def export_roster(request: Asking, pk: int) -> HttpResponseBase:
    """The roster of a target."""
    return _answer(request, _view("roster"), pk)


def _view(name: str) -> View:
    view = view_called(name)
    assert view is not None
    return view


def _answer(request: Asking, view: View, pk: int | None) -> HttpResponseBase:
    if request.actor.unit_id is None or not request.actor.roles:
        raise Http404
    now, names = timezone.now(), view.columns()
    posted = request.method == "POST"
    columns = tuple(name for name in names if name in set(request.POST.getlist("col"))) if posted else view.chosen(request.GET)
    none = bool(names) and not columns
    found = view.find(request.actor, request.GET, timezone.localdate(), columns or view.chosen(request.GET), pk)
    form = form_called(request.POST.get("form", "xlsx"))
    if not posted:
        return _page(request, view, pk, found, columns)
    if none or form is None:
        return _page(request, view, pk, found, columns, RuleBroken(_("请至少选一列。") if none else _("请选一种格式。")))
    try:
        check_size(found, form)
        answer = file_of(found, form, request.actor, now)
    except LuoshiError as error:
        return _page(request, view, pk, found, columns, error)
    take_export(
        view=view.name if pk is None else f"{view.name}:{pk}", form=form.name, title=found.title, columns=columns, filters=found.filters, count=found.total,
        withheld=found.withheld, actor=request.actor, at=now,
    )  # fmt: skip
    return answer


def _page(request: Asking, view: View, pk: int | None, found: Found, columns: tuple[str, ...], error: LuoshiError | None = None) -> HttpResponse:
    forms = [(form, form.word(), form.about(), form.on_paper and found.total > ON_PAPER) for form in FORMS]
    told: dict[str, Any] = {"view": view, "found": found, "forms": forms, "names": list(view.columns().items()), "chosen": set(columns), "error": error}
    told["said"] = [DIGEST.sub(r"\1…", str(part)) for part in found.filters]
    told |= {"back": view.back(request.GET, pk), "word": view.word(), "asked": request.POST.get("form", "xlsx"), "most": ON_PAPER}
    return render(request, "exchange/export.html", told, status=error.http_status if error else 200)
