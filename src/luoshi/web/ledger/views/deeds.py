"""Pages of deeds: what is done to a matter without moving it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from luoshi.web.common.acting import View
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.views.acting import ActPage, Subject, answer_act
from luoshi.web.ledger.workflow import DEEDS


def deed_on(matter: Matter) -> Subject:
    """A matter as what a deed is done to."""
    return Subject(row=matter, matter=matter, table=DEEDS, keys={}, changes=matter.changes)


def visible_matter(request: Asking, pk: int) -> Matter:
    """The matter with its units, where the reader sees it; else 404."""
    return get_object_or_404(visible_matters(request.actor, few=True).select_related("issuer", "lead"), pk=pk)


def matter_deed(page: ActPage) -> View:
    """The view of a deed; its address brings the ``pk`` of the matter."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request: Asking, pk: int) -> HttpResponse:
        return answer_act(request, page, deed_on(visible_matter(request, pk)))

    return view
