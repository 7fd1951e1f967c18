"""What was asked of one's unit this morning, and on the days before."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.asking import Asking
from luoshi.web.notices.digest import rows, total
from luoshi.web.notices.models import Digest
from luoshi.web.notices.selectors import visible_digests

SHOWN = 30


@require_safe
def digests(request: Asking) -> HttpResponse:
    """Today's as it stood in the morning, those of the last days beside it."""
    if not request.actor.roles:
        raise Http404
    today = timezone.localdate()
    found = list(visible_digests(request.actor)[: SHOWN + 1])
    now = next((one for one in found if one.on == today), None)
    return render(request, "notices/digests.html", _told(now, found, today) | {"works": working_calendar().is_working_day(today)})


@require_safe
def digest(request: Asking, pk: int) -> HttpResponse:
    """One of them: where the link of a message leads."""
    found = get_object_or_404(visible_digests(request.actor), pk=pk)
    return render(request, "notices/digests.html", _told(found, list(visible_digests(request.actor)[: SHOWN + 1]), timezone.localdate()))


def _told(one: Digest | None, others: list[Digest], today: object) -> dict[str, object]:
    earlier = [(other, total(other.content), rows(other.content)) for other in others if other != one]
    return {"digest": one, "rows": rows(one.content) if one else [], "earlier": earlier[:SHOWN], "is_today": one is None or one.on == today}
