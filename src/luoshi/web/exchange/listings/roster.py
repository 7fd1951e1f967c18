"""The roster of a target."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from django.http import Http404, QueryDict
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.listings.base import CHUNK, Found, View, iso
from luoshi.web.exchange.models import RosterRow
from luoshi.web.exchange.selectors import visible_targets
from luoshi.writers.lists import ListColumn

Shows = Mapping[str, tuple[str, float, Callable[[RosterRow], str]]]


def shows() -> Shows:
    """Column → heading, width, what it says of a row."""
    return {
        "name": (_("名称"), 40, lambda row: row.name),
        "unit": (_("单位"), 24, lambda row: row.unit),
        "due_on": (_("时限"), 12, lambda row: iso(row.due_on)),
        "done_on": (_("完成日期"), 12, lambda row: iso(row.done_on)),
        "note": (_("备注"), 40, lambda row: row.note),
    }


def find(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    """All its rows."""
    target = visible_targets(actor).filter(pk=pk or 0).first()
    if target is None:
        raise Http404
    told, rows = shows(), target.roster.all()

    def lines() -> Iterator[Sequence[str]]:
        for row in rows.iterator(CHUNK):
            yield tuple(told[name][2](row) for name in columns)

    said = (f"{target.matter.number} {target.matter.title}",)
    heads = tuple(ListColumn(told[name][0], told[name][1]) for name in columns)
    return Found(_("{name}名单").format(name=target.indicator), rows.count(), heads, lines, said)


VIEW = View(
    "roster",
    lambda: _("名单"),
    find,
    lambda: {name: heading for name, (heading, _width, _show) in shows().items()},
    lambda query: tuple(shows()),
    lambda query, pk: reverse("roster", args=[pk]),
    about=True,
)
