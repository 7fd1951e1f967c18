"""Boards of what is to be reached: indicators, and the four systems of a document."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.web.boards.selectors.indicators import followed, themes_followed
from luoshi.web.boards.selectors.systems import systems_of
from luoshi.web.boards.views import reader, shown
from luoshi.web.common.asking import Asking
from luoshi.web.documents.selectors import visible_documents


@require_safe
def board_indicators(request: Asking) -> HttpResponse:
    """Curves against plan and stage targets, all or of one theme."""
    actor, theme = reader(request), request.GET.get("theme", "")
    page = followed(actor, theme, timezone.localdate(), request.GET.get("page"))
    told = {"page": page, "theme": theme, "themes": themes_followed(actor), "query": urlencode({"theme": theme}) if theme else ""}
    return shown(request, "indicators.html", told)


@require_safe
def board_document(request: Asking, pk: int) -> HttpResponse:
    """目标, 工作, 政策 and 评价 of one document of the unit."""
    actor = reader(request)
    document = get_object_or_404(visible_documents(actor), pk=pk)
    return shown(request, "document.html", {"document": document, "systems": systems_of(document, actor, timezone.localdate())})
