"""Pages of the boards: they read and draw; nothing is written from here."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.boards.figures import FEWEST, colour_words
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.orgs.roles import HEAD, LEADER, SUPERVISOR


def reader(request: Asking) -> Actor:
    """Who reads. Boards are there for leaders, supervisors and heads; for anyone else they are not there."""
    if request.actor.unit_id is None or not request.actor.has(LEADER, SUPERVISOR, HEAD):
        raise Http404
    return request.actor


def shown(request: Asking, template: str, told: dict[str, Any]) -> HttpResponse:
    """A board with the ways to the others."""
    boards = {reverse(name): word for name, word in board_names().items()}
    return render(request, f"boards/{template}", told | {"boards": boards, "colours": colour_words(), "few": FEWEST})


def board_names() -> dict[str, str]:
    """Name of the address → what the board is called, in the order of the tabs."""
    return {"board": _("一屏"), "board_units": _("单位与专题"), "board_map": _("作战图"), "board_indicators": _("指标"), "board_levels": _("分级")}
