"""The first page: what is asked of me."""

from django.http import HttpResponse
from django.shortcuts import render

from luoshi.web.common.asking import Asking
from luoshi.web.ledger.selectors import visible_matters


def must_do(request: Asking) -> HttpResponse:
    """The first page."""
    return render(request, "ledger/must_do.html", {"matters": visible_matters(request.actor)[:50]})
