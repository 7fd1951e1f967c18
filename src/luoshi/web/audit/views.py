"""The page of the audit administrator."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from luoshi.web.audit.selectors import broken_links, visible_records
from luoshi.web.common.asking import Asking

PAGE = 100


def records(request: Asking) -> HttpResponse:
    """Records, newest first, each checked against its hash as it is shown."""
    actor = request.actor
    if actor.administers != "audit":
        raise Http404
    found = visible_records(actor)
    for name in ("act", "subject", "actor"):
        if request.GET.get(name):
            found = found.filter(**{f"{name}__startswith": request.GET[name]})
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/records.html", {"page": page, "broken": broken_links(list(page))})
