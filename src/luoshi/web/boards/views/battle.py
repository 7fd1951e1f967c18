"""The battle map."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.web.boards.selectors.battle import battle_of, programmes_of, themes_of
from luoshi.web.boards.timeline import Year
from luoshi.web.boards.views import reader, shown
from luoshi.web.common.asking import Asking

FIRST, LAST = 2000, 2100


@require_safe
def board_map(request: Asking) -> HttpResponse:
    """Goal, matters and their parts over a year, of a theme (``?theme=``) or a programme (``?programme=``); the first theme where none is named."""
    actor, on = reader(request), timezone.localdate()
    themes, programmes = themes_of(actor), programmes_of(actor)
    told: dict[str, Any] = {"themes": themes, "programmes": programmes}
    wanted = _wanted(request, themes, {one.pk for one in programmes})
    if not wanted:
        return shown(request, "map.html", told)
    asked = request.GET.get("year", "")
    year = Year(int(asked) if asked.isdigit() and FIRST <= int(asked) <= LAST else on.year)
    name = wanted.get("theme") or next(one.name for one in programmes if one.pk == wanted["programme"])
    return shown(request, "map.html", told | {"battle": battle_of(actor, wanted, year, on), "wanted": wanted, "name": name})


def _wanted(request: Asking, themes: list[str], programmes: set[int]) -> dict[str, Any]:
    """What the map is about. 404 where the reader sees nothing of that name."""
    if theme := request.GET.get("theme"):
        if theme not in themes:
            raise Http404
        return {"theme": theme}
    if programme := request.GET.get("programme", ""):
        if not programme.isdigit() or int(programme) not in programmes:
            raise Http404
        return {"programme": int(programme)}
    return {"theme": themes[0]} if themes else {"programme": min(programmes)} if programmes else {}
