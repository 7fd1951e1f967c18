"""Full-text search: any run of characters, from one on, in matters and documents that may be seen."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.web.common.asking import Asking
from luoshi.web.common.paging import page_of_numbers
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
        size, number = (PAGE, request.GET.get("page")) if kind else (FEW, None)
        matters = page_of_numbers(finding.found_matters(request.actor, asked), size, number if kind == "matter" else None)
        documents = page_of_numbers(finding.found_documents(request.actor, asked), size, number if kind == "document" else None)
        told |= {"matters": matters.paginator.count, "documents": documents.paginator.count}
        if kind != "document":
            told["found_matters"] = finding.hits_in_matters(matters, words)
        if kind != "matter":
            told["found_documents"] = finding.hits_in_documents(documents, words)
        told["page"] = {"matter": matters, "document": documents}.get(kind)
    return render(request, "ledger/search.html", told)
