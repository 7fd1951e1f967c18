"""The records, and everything about one subject. What is shown is checked as it is shown."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date

from luoshi.text.language import _
from luoshi.web.audit.acts import act_names
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import broken_chain, broken_links, found_records, visible_records
from luoshi.web.common.asking import Asking

PAGE = 100
LONGEST_CHAIN = 2000


def records(request: Asking) -> HttpResponse:
    """Records, newest first; further pages begin below a number, so that the last page is as fast as the first."""
    if request.actor.administers != "audit":
        raise Http404
    asked = {name: request.GET.get(name, "").strip() for name in ("act", "subject", "who", "unit", "first", "last")}
    found = found_records(request.actor, **{name: asked[name] for name in ("act", "subject", "who", "unit")}, first=_day(asked["first"]), last=_day(asked["last"]))
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(seq__lt=int(before))
    rows = list(found[: PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    told = {
        "rows": [(one, _changes(one)) for one in rows[:PAGE]],
        "more": rows[PAGE - 1].seq if len(rows) > PAGE else None,
        "later": before.isdecimal(),
        "broken": broken_links(rows[:PAGE]),
        "asked": asked,
        "acts": act_names(),
        "query": query.urlencode(),
    }
    return render(request, "audit/records.html", told)


def subject(request: Asking, name: str) -> HttpResponse:
    """Everything that was done to one row, oldest first, its chain checked."""
    if request.actor.administers != "audit":
        raise Http404
    own = list(visible_records(request.actor).filter(subject=name).order_by("seq")[:LONGEST_CHAIN])
    if not own:
        raise Http404
    told = {"name": name, "rows": [(one, _changes(one)) for one in own], "acts": act_names(), "broken": sorted({*broken_links(own), *broken_chain(own)})}
    return render(request, "audit/subject.html", told)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _changes(one: Record) -> list[tuple[str, Any, Any]]:
    """Field by field what was and what became."""
    before, after = json.loads(one.before), json.loads(one.after)
    return [(name, _shown(before.get(name)), _shown(after.get(name))) for name in sorted({*before, *after})]


def _shown(value: Any) -> Any:
    """A value of a record as a person reads it: yes and no in words, lists as they are kept."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
