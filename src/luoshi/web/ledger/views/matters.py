"""The page of one matter, its history, and the fragment of its children."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.ledger.additions import panels_of
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.names import source_kind_names, steps
from luoshi.web.ledger.periods import cadence_names
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.history import history_of, lines_of
from luoshi.web.ledger.selectors.page import children_of, matter_page
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.telling import STAGES, stage_names
from luoshi.web.ledger.workflow import BEFORE_ISSUE


def matter(request: Asking, pk: int) -> HttpResponse:
    """One matter."""
    try:
        page = matter_page(request.actor, pk, timezone.localdate())
    except Matter.DoesNotExist as error:
        raise Http404 from error
    kinds = source_kind_names()
    for source in page.sources:
        source.kind_name = kinds.get(source.kind, source.kind)
    told = {"page": page, "matter": page.matter, "steps": steps(page.matter.state), "lines": lines_of(page.log, request.actor)}
    told["issued"] = page.matter.state not in BEFORE_ISSUE
    told["marks"] = list(zip((_("报了吗"), _("赶上了吗"), _("核实了吗")), page.marks, strict=True))
    return render(request, "ledger/matter.html", told | {"cadence": cadence_names().get(page.matter.cadence, "")})


def matter_children(request: Asking, pk: int) -> HttpResponse:
    """The children of a matter with their lights: a piece of its page."""
    try:
        row, children = children_of(request.actor, pk)
    except Matter.DoesNotExist as error:
        raise Http404 from error
    lights = lights_of(children, timezone.localdate())
    for child in children:
        child.light = lights[child.pk][0]  # type: ignore[attr-defined]
    return render(request, "ledger/parts/children.html", {"matter": row, "children": children, "lights": True})


def matter_panels(request: Asking, pk: int) -> HttpResponse:
    """What apps above the ledger know of a matter: cards of its page, which asks for them when it is there."""
    row = get_object_or_404(visible_matters(request.actor, few=True).select_related("issuer", "lead"), pk=pk)
    told = {"matter": row, "panels": panels_of(row, request.actor, timezone.localdate())}
    return render(request, "ledger/parts/panels.html" if request.htmx else "ledger/panels.html", told)


def matter_history(request: Asking, pk: int) -> HttpResponse:
    """The history of a matter, narrowed by ``?stage=``."""
    row = get_object_or_404(visible_matters(request.actor, few=True), pk=pk)
    stage = request.GET.get("stage", "")
    if stage and stage not in STAGES:
        raise Http404
    return render(request, "ledger/history.html", {"matter": row, "history": history_of(pk, request.actor, stage=stage), "stage": stage, "stages": stage_names()})
