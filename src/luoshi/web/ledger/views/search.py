"""Full-text search: any run of characters, from one on, in matters and documents that may be seen."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.web.common.asking import Asking
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors import finding
from luoshi.web.search.marking import wanted

KINDS = ("matter", "document")
FEW, PAGE, LONGEST = 8, 20, 100


@require_safe
def search(request: Asking) -> HttpResponse:
    """Both kinds with their counts and the first few of each; ``kind`` shows all of one, page by page."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    words = wanted(asked)
    told: dict[str, Any] = {"asked": asked, "kind": kind, "words": words, "states": state_names(), "query": urlencode({"q": asked, "kind": kind})}
    if words:
        matters = Paginator(finding.found_matters(request.actor, asked), PAGE if kind else FEW)
        documents = Paginator(finding.found_documents(request.actor, asked), PAGE if kind else FEW)
        told |= {"matters": matters.count, "documents": documents.count}
        number = request.GET.get("page") if kind else 1
        if kind != "document":
            told["page"] = matters.get_page(number)
            told["found_matters"] = finding.hits_in_matters(told["page"].object_list, words)
        if kind != "matter":
            page = documents.get_page(number)
            told["found_documents"] = finding.hits_in_documents(page.object_list, words)
            told["page"] = page if kind else None
    return render(request, "ledger/search.html", told)
