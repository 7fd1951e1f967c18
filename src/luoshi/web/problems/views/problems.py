"""The problem list, the page of one problem, and the files that show it mended."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.web.common import store
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.ledger.evidence import media_type
from luoshi.web.orgs.roles import SUPERVISOR
from luoshi.web.problems.forms.problems import ListForm
from luoshi.web.problems.models import Problem
from luoshi.web.problems.names import discovery_names, severity_names, source_names, state_names, steps
from luoshi.web.problems.parties import may_register
from luoshi.web.problems.selectors import visible_proofs
from luoshi.web.problems.selectors.listing import found_problems, light
from luoshi.web.problems.selectors.page import problem_page

PAGE = 50


@require_safe
def problems(request: Asking) -> HttpResponse:
    """Problems that may be seen, filtered, open ones first."""
    form, on = ListForm(request.GET), timezone.localdate()
    found = found_problems(request.actor, form.wanted, on).select_related("owner")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rest = request.GET.copy()
    rest.pop("page", None)
    told = {
        "page": page,
        "rows": [(one, light(one, on)) for one in page],
        "form": form,
        "query": rest.urlencode(),
        "filtered": bool(form.wanted),
        "may_register": may_register(request.actor),
        "sources": source_names(),
        "severities": severity_names(),
        "states": state_names(),
    }
    return render(request, "problems/problems.html", told)


@require_safe
def problem(request: Asking, pk: int) -> HttpResponse:
    """One problem: steps, facts, causes and measures, report, consultations, history, buttons."""
    try:
        page = problem_page(request.actor, pk, timezone.localdate())
    except Problem.DoesNotExist:
        raise Http404 from None
    row = page.problem
    told = {
        "page": page,
        "row": row,
        "steps": steps(row.state),
        "source": source_names().get(row.source, row.source),
        "discovery": discovery_names().get(row.discovery, row.discovery),
        "severity": severity_names().get(row.severity, row.severity),
        "sources": source_names(),
        "writes": request.actor.has(SUPERVISOR) and row.finder_id in request.actor.units,
    }
    return render(request, "problems/problem.html", told)


@require_safe
def proof(request: Asking, pk: int) -> FileResponse:
    """A file of a visible problem."""
    found = get_object_or_404(visible_proofs(request.actor), pk=pk)
    return as_download(store.open_stored(found.sha256), found.name, media_type(found.name))
