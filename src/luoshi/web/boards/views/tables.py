"""Boards that are tables: units and themes, and the three levels."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.web.boards.selectors.levels import levels_of
from luoshi.web.boards.selectors.units import SCOPES, grid_of
from luoshi.web.boards.views import reader, shown
from luoshi.web.common.asking import Asking


@require_safe
def board_units(request: Asking) -> HttpResponse:
    """Unit × theme, in the fixed order of units."""
    actor = reader(request)
    scope = request.GET.get("scope", "")
    scope = scope if scope in SCOPES else SCOPES[0]
    return shown(request, "units.html", {"grid": grid_of(actor, scope, timezone.localdate()), "scope": scope})


@require_safe
def board_levels(request: Asking) -> HttpResponse:
    """A level sees its own, and what it passed down rolled up."""
    return shown(request, "levels.html", {"levels": levels_of(reader(request), timezone.localdate(), request.GET.get("page"))})
