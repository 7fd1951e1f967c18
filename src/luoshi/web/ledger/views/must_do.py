"""The first page: what is asked of me."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luoshi.web.common.asking import Asking
from luoshi.web.ledger.must_do import GROUPS
from luoshi.web.ledger.selectors.must_do import must_do_list


def must_do(request: Asking) -> HttpResponse:
    """One list, grouped by what is asked; with ``?group=`` one group and more of its rows."""
    group = request.GET.get("group", "")
    if group and group not in GROUPS:
        raise Http404
    found = must_do_list(request.actor, timezone.localdate(), group=group)
    if not group:
        request.asked = found.asked  # the column beside the page shows the same number
    return render(request, "ledger/must_do.html", {"list": found, "group": group})
