"""The directory of units: the tree, a list of what was looked for, one unit."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from luoshi.web.audit.acts import act_names
from luoshi.web.audit.selectors import history
from luoshi.web.common.asking import Asking
from luoshi.web.orgs.models import Grant, Unit
from luoshi.web.orgs.roles import SYSTEM, kind_names, level_names
from luoshi.web.orgs.selectors import above, branches_below, posts_in, sees_phones, unit_tree, units_found, visible_units

PAGE = 100
HISTORY = 50


def units(request: Asking) -> HttpResponse:
    """The tree; with anything looked for, a list."""
    found = visible_units(request.actor)
    if found.query.is_empty():
        raise Http404
    asked = {name: request.GET.get(name, "").strip() for name in ("text", "level", "kind")}
    ended = request.GET.get("ended") == "1"
    today = timezone.localdate()
    told: dict[str, Any] = {"asked": asked, "ended": ended, "levels": level_names(), "kinds": kind_names(), "manages": request.actor.administers == SYSTEM}
    if any(asked.values()) or ended:
        page = Paginator(units_found(found, today, ended=ended, **asked), PAGE).get_page(request.GET.get("page"))
        ways = above(list(page))
        told |= {"page": page, "count": page.paginator.count, "rows": [(unit, ways[unit.pk]) for unit in page], "query": _query(request)}
    else:
        told |= {"tree": unit_tree(found, today), "count": found.exclude(ended_on__lt=today).count()}
    return render(request, "orgs/units.html", told)


def units_below(request: Asking, pk: int) -> HttpResponse:
    """The piece of the tree right below one unit, for the page that opens it there."""
    found = get_object_or_404(visible_units(request.actor), pk=pk)
    return render(request, "orgs/branches.html", {"branches": branches_below(visible_units(request.actor), found, timezone.localdate())})


def unit(request: Asking, pk: int) -> HttpResponse:
    """One unit: names, people, duties, where it stands; its history for the system administrator."""
    found: Unit = get_object_or_404(visible_units(request.actor), pk=pk)
    today = timezone.localdate()
    manages = request.actor.administers == SYSTEM
    below = units_found(visible_units(request.actor).filter(path__startswith=found.path, depth=found.depth + 1), today)
    told = {
        "unit": found,
        "way": list(Unit.objects.get_ancestors(found)),
        "below": list(below),
        "posts": list(posts_in(found, today)),
        "phones": sees_phones(request.actor, found),
        "aliases": list(found.aliases.order_by("former_until", "name")),
        "duties": list(found.duties.order_by("pk")),
        "predecessors": list(found.predecessors.order_by("ended_on")),
        "manages": manages,
        "history": list(history(f"unit:{found.pk}").order_by("-seq")[:HISTORY]) if manages else [],
        "acts": act_names() if manages else {},
        "grants": _grants(request, found),
    }
    return render(request, "orgs/unit.html", told)


def _grants(request: Asking, found: Unit) -> list[Grant]:
    """Leaves that this unit gave, for those who belong to it and for the system administrator."""
    if found.pk not in request.actor.units and request.actor.administers != SYSTEM:
        return []
    running = Grant.objects.filter(unit=found, ended_on__isnull=True, expires_on__gte=timezone.localdate())
    return list(running.select_related("to_unit").order_by("expires_on"))


def _query(request: Asking) -> str:
    told = request.GET.copy()
    told.pop("page", None)
    return told.urlencode()
