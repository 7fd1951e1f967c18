"""The ledger table and the page of one matter."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from luoshi.web.common.asking import Asking
from luoshi.web.ledger.selectors import visible_matters

PAGE = 50


def matters(request: Asking) -> HttpResponse:
    """The ledger."""
    page = Paginator(visible_matters(request.actor).select_related("lead"), PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/matters.html", {"page": page})


def matter(request: Asking, pk: int) -> HttpResponse:
    """One matter."""
    return render(request, "ledger/matter.html", {"matter": get_object_or_404(visible_matters(request.actor), pk=pk)})
