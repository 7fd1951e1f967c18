"""The leader's page."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.web.boards.selectors.leader import DECIDED, leader_page
from luoshi.web.boards.views import reader, shown
from luoshi.web.common.asking import Asking


@require_safe
def board(request: Asking) -> HttpResponse:
    """One screen: figures with their base, what is late, what is to be decided today."""
    page = leader_page(reader(request), timezone.localdate())
    decisions = page.decisions.rows[:DECIDED] if page.decisions else ()
    rest = page.decisions.total - len(decisions) if page.decisions else 0
    return shown(request, "leader.html", {"page": page, "decisions": decisions, "rest": rest})
