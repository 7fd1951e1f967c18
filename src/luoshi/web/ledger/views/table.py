"""The ledger table, the same table under a theme, and the piece of it for the page of a document."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luoshi.web.common.asking import Asking
from luoshi.web.ledger.forms.table import TableForm
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors.table import found_matters, lights

PAGE = 50


def matters(request: Asking) -> HttpResponse:
    """The ledger, narrowed by the query of the address."""
    form = TableForm(request.GET)
    return render(request, "ledger/matters.html", _told(request, form, form.wanted))


def matters_of_document(request: Asking, pk: int) -> HttpResponse:
    """The matters that quote a document: a piece of the document's page."""
    return render(request, "ledger/parts/table.html", _told(request, TableForm({}), {"document": pk}) | {"piece": True})


def theme(request: Asking, name: str) -> HttpResponse:
    """One theme: figures with their base, and its matters with lights."""
    on = timezone.localdate()
    rows = list(found_matters(request.actor, {"theme": name}, on, blue_days=settings.OPTIONS["blue_days"]).rows.select_related("lead"))
    if not rows:
        raise Http404
    shown = lights(rows, on)
    colours = [light.colour for light in shown.values()]
    states = [row.state for row in rows]
    figures = {
        "all": len(rows),
        "open": sum(bool(colour) for colour in colours),
        "green": colours.count("green"),
        "yellow": colours.count("yellow"),
        "red": colours.count("red"),
        "closed": states.count("closed"),
        "decide": sum(state in ("coordinating", "escalated", "submitted") for state in states),
    }
    _dress(rows, shown)
    return render(request, "ledger/theme.html", {"name": name, "figures": figures, "page": rows[:200], "rest": max(0, len(rows) - 200)})


def _told(request: Asking, form: TableForm, wanted: dict[str, Any]) -> dict[str, Any]:
    on = timezone.localdate()
    found = found_matters(request.actor, wanted, on, blue_days=settings.OPTIONS["blue_days"])
    page = Paginator(found.rows.select_related("lead"), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    page.object_list = rows
    _dress(rows, lights(rows, on))
    query = request.GET.copy()
    query.pop("page", None)
    narrowed = bool(set(wanted) - {"sort", "q"})
    return {"page": page, "form": form, "query": query.urlencode(), "cut": found.cut, "narrowed": narrowed, "wanted": wanted}


def _dress(rows: list[Matter], shown: dict[int, Any]) -> None:
    """Each row with its light and the word of its state."""
    words = state_names()
    for row in rows:
        row.light, row.state_word = shown[row.pk], words[row.state]  # type: ignore[attr-defined]
