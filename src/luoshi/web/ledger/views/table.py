"""The ledger table, the same table under a theme, and pieces of it for the pages of what matters come from."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.paging import page_of_numbers
from luoshi.web.ledger.cells import cells
from luoshi.web.ledger.columns import column_names
from luoshi.web.ledger.forms.table import HIDDEN, TableForm
from luoshi.web.ledger.models import Matter, SavedView
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors.reported import with_last_report
from luoshi.web.ledger.selectors.table import figures_of, found_matters, heading_of
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.workflow import DONE, OPEN
from luoshi.web.orgs.roles import LEADER, SUPERVISOR

PAGE = 50
SOURCES = ("decision", "study", "topic", "instruction")
WITHOUT_THEME = ("number", "lead", "due", "state", "light")


@require_safe
def matters(request: Asking) -> HttpResponse:
    """The ledger, narrowed by the query of the address."""
    form, on = TableForm(request.GET), timezone.localdate()
    wanted, columns = form.wanted, form.columns
    found = found_matters(request.actor, wanted, on)
    page = _page(request, found, columns)
    query = request.GET.copy()
    query.pop("page", None)
    told: dict[str, Any] = {"page": page, "form": form, "query": query.urlencode(), "columns": columns, "names": column_names()}
    told |= {"narrowed": bool(set(wanted) - {"sort", "q", "state", "light", "lead", *HIDDEN}), "wanted": wanted}
    told |= {"heading": heading_of(request.actor, wanted), "views": SavedView.objects.filter(user=request.actor.user_id).order_by("name")}
    return render(request, "ledger/matters.html", told | {"bulk": request.actor.has(SUPERVISOR), "chosen_columns": set(columns)})


@require_safe
def matters_of_document(request: Asking, pk: int) -> HttpResponse:
    """The matters that quote a document: a piece of the document's page."""
    return _piece(request, "ledger/parts/table.html", {"document": pk}, f"document={pk}")


@require_safe
def matters_of_source(request: Asking) -> HttpResponse:
    """The matters that came of a decision, a study session, a topic or an instruction (``?decision=7``): a piece of its page."""
    asked = {name: int(request.GET[name]) for name in SOURCES if request.GET.get(name, "").isdigit() and len(request.GET[name]) < 12}
    if len(asked) != 1:
        raise RuleBroken(_("请指明一项来源。"))
    return _piece(request, "ledger/parts/matters_short.html", asked, "")


@require_safe
def theme(request: Asking, name: str) -> HttpResponse:
    """One theme: figures with their base, and its matters with lights; a leader comments from here."""
    on = timezone.localdate()
    rows = found_matters(request.actor, {"theme": name}, on)
    figures = figures_of(rows, on)
    if not figures.all:
        raise Http404
    page = _page(request, rows, WITHOUT_THEME)
    leads = request.actor.has(LEADER)
    for row in page.object_list:
        row.comments = leads and row.issuer_id in request.actor.units and row.state in OPEN | DONE
    told = {"name": name, "figures": figures, "page": page, "query": "", "columns": WITHOUT_THEME, "names": column_names(), "comments": leads}
    told["lights"] = [("red", _("逾期")), ("yellow", _("滞后")), ("blue", _("临近")), ("green", _("按序时"))]
    return render(request, "ledger/theme.html", told)


def _piece(request: Asking, template: str, wanted: dict[str, Any], query: str) -> HttpResponse:
    rows = found_matters(request.actor, wanted, timezone.localdate())
    shown = list(_rows(rows, WITHOUT_THEME)[: PAGE + 1])
    _dress(shown[:PAGE], WITHOUT_THEME)
    more = f"?{query}" if len(shown) > PAGE and query else ""
    return render(request, template, {"page": shown[:PAGE], "piece": True, "more": more, "columns": WITHOUT_THEME, "names": column_names()})


def _page(request: Asking, found: QuerySet[Matter], columns: Sequence[str]) -> Page[Any]:
    """One page of a table: the numbers are sorted, and only the rows that are shown are read whole."""
    page: Page[Any] = page_of_numbers(found, PAGE, request.GET.get("page"))
    rows = _rows(Matter.objects.all(), columns).in_bulk(list(page.object_list))
    page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
    _dress(page.object_list, columns)
    return page


def _rows(rows: Any, columns: Sequence[str]) -> Any:
    rows = rows.select_related("lead", "issuer")
    return with_last_report(rows) if "reported" in columns else rows


def _dress(rows: list[Matter], columns: Sequence[str]) -> None:
    """Each row with its light, its marks, the word of its state, and the cells that show them."""
    words, shown = state_names(), lights_of(rows, timezone.localdate())
    for row in rows:
        (row.light, row.marks), row.state_word = shown[row.pk], words[row.state]  # type: ignore[attr-defined]
        row.cells = cells(row, columns)  # type: ignore[attr-defined]
