"""The ledger table as it is filtered, with the columns chosen; in a workbook each row carries the key by which its changes can be brought back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.keys import key_of
from luoshi.web.exchange.listings.base import CHUNK, Found, View, batches, iso
from luoshi.web.ledger.columns import column_names
from luoshi.web.ledger.forms.drafting import labels
from luoshi.web.ledger.forms.table import HIDDEN, TableForm
from luoshi.web.ledger.models import Matter, Source, Support, Target
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors.reported import with_last_report
from luoshi.web.ledger.selectors.table import found_matters, heading_of
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.wording import cadence_names, category_names, urgency_names
from luoshi.writers.lists import ListColumn

FIELDS: Mapping[str, str] = {
    "title": "title",
    "task": "task",
    "measures": "measures",
    "lead": "lead",
    "supports": "supports",
    "due": "due_on",
    "criterion": "criterion",
    "cadence": "cadence",
    "category": "category",
    "urgency": "urgency",
    "theme": "theme",
    "leader": "leader",
    "office": "office",
    "contact": "contact",
}
"""Column → the field of a draft that it shows: what can be changed in the workbook and brought back."""
ORDER = (
    *("number", "title", "task", "measures", "issuer", "lead", "supports", "due", "first_due", "criterion", "targets", "cadence", "category", "urgency"),
    *("theme", "leader", "office", "contact", "reported", "state", "light", "marks", "quote"),
)
MORE = ("task", "measures", "criterion", "supports", "targets", "cadence", "urgency")
OF_TEXT = frozenset({"task", "measures", "quote"})
"""Columns with words of the source: left out where its document is internal."""
_WIDTHS = {"title": 38, "task": 38, "measures": 38, "criterion": 30, "supports": 24, "quote": 44, "issuer": 20, "lead": 20, "targets": 26, "marks": 20}
_CENTRED = frozenset({"due", "first_due", "reported", "state", "light", "category", "cadence", "urgency"})


def headings() -> dict[str, str]:
    """Column → its heading, in the order of the file."""
    own, drafted = column_names(), labels()
    named = {"title": _("督查事项"), "quote": _("依据（原文）"), **{name: drafted[name] for name in MORE}, **own}
    return {name: named[name] for name in ORDER}


def find(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    """Every matter that the table shows under these filters, on however many pages."""
    form = TableForm(query)
    wanted = form.wanted
    rows = found_matters(actor, wanted, on)
    internal = rows.filter(pk__in=Source.objects.filter(version__document__internal=True).values("matter")).order_by().values_list("pk", flat=True)
    held = set(internal) if OF_TEXT & set(columns) else set()
    heading = heading_of(actor, wanted)
    return Found(
        title=heading.title if heading else _("督查事项台账"),
        total=rows.count(),
        columns=(*map(_column, columns), ListColumn(_("核对码（勿改）"), 8, hidden=True)),
        rows=partial(_rows, rows, held, columns, on),
        filters=_filters(form, wanted),
        withheld=len(held),
        why=_("出自内部文件的事项，不导出原文、任务和举措"),
    )


def _column(name: str) -> ListColumn:
    return ListColumn(headings()[name], _WIDTHS.get(name, 15), name in _CENTRED, open=name in FIELDS)


def _filters(form: TableForm, wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """The filters in words."""
    said = []
    for name, value in wanted.items():
        field: Any = form.fields[name]
        if name in HIDDEN:
            continue
        word = dict(getattr(field, "choices", ())).get(value, value)
        said.append(_("{field}：{value}").format(field=field.label, value=iso(word) if isinstance(word, date) else word))
    return tuple(said)


def _rows(rows: "QuerySet[Matter]", held: set[int], columns: Sequence[str], on: date) -> Iterator[Sequence[str]]:
    words = Words()
    for batch in batches(_whole(rows, columns).iterator(CHUNK)):
        lights = lights_of(batch, on) if {"light", "marks"} & set(columns) else {}
        for row in batch:
            cells = [words.withheld if row.pk in held and name in OF_TEXT else words.cell(row, name, lights) for name in columns]
            told = {name: cell for name, cell in zip(columns, cells, strict=True) if not (row.pk in held and name in OF_TEXT)}
            yield (*cells, key_of(matter=row.pk, changes=row.changes, number=row.number, cells=told))


def _whole(rows: "QuerySet[Matter]", columns: Sequence[str]) -> "QuerySet[Matter]":
    found = rows.select_related("lead", "issuer")
    if "reported" in columns:
        found = with_last_report(found)
    asked = (
        ("supports", Prefetch("supports", Support.objects.select_related("unit").order_by("pk"))),
        ("targets", Prefetch("targets", Target.objects.order_by("order", "pk"))),
        ("quote", Prefetch("sources", Source.objects.filter(~Q(quote="")).order_by("pk").only("matter", "quote", "cited_as"))),
    )
    return found.prefetch_related(*(one for name, one in asked if name in columns))


class Words:
    """What cells say, with the words that every row needs looked up once."""

    def __init__(self) -> None:
        self.withheld = _("（内部文件，不导出）")
        self._names = {"state": state_names(), "category": category_names(), "cadence": cadence_names(), "urgency": urgency_names()}

    def cell(self, row: Any, name: str, lights: Mapping[int, Any]) -> str:
        """The text of a cell."""
        if name in self._names:
            return str(self._names[name].get(getattr(row, name), getattr(row, name)))
        if name in ("lead", "issuer"):
            unit = getattr(row, name)
            return str(getattr(row, f"{name}_name") or (unit.name if unit else ""))
        if name in ("due", "first_due"):
            return iso(getattr(row, f"{name}_on"))
        if name == "reported":
            return iso(timezone.localtime(row.reported_at).date() if row.reported_at else None)
        return self._joined(row, name, lights)

    def _joined(self, row: Any, name: str, lights: Mapping[int, Any]) -> str:
        if name == "light":
            return str(lights[row.pk][0].word)
        if name == "marks":
            return "；".join(mark.word for mark in lights[row.pk][1])
        if name == "measures":
            return "\n".join(map(str, row.measures))
        if name == "supports":
            return "、".join(one.unit_name or one.unit.name for one in row.supports.all())
        if name == "targets":
            return "\n".join(f"{one.indicator}{one.comparator}{figure(one.value)}{one.unit}" for one in row.targets.all())
        if name == "quote":
            return "\n".join(f"{one.quote}（{one.cited_as}）" if one.cited_as else one.quote for one in row.sources.all())
        return str(getattr(row, name))


def figure(value: float | None) -> str:
    """A value as people write it."""
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _chosen(query: QueryDict) -> tuple[str, ...]:
    shown = set(TableForm(query).columns) | {"number", "title"}
    return tuple(name for name in headings() if name in shown)


def _back(query: QueryDict, pk: int | None) -> str:
    return f"{reverse('matters')}?{query.urlencode()}" if query else reverse("matters")


VIEW = View("matters", lambda: _("台账"), find, headings, _chosen, _back, keyed=True)
