"""The cells of the ledger table: what each of the ``columns`` shows of a row. A page of them is a list of fifty rows, so they are not put together in a template."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from luoshi.web.common.addresses import row_address
from luoshi.web.common.templatetags.pages import day, light
from luoshi.web.ledger.wording import category_names

NONE = "—"
FIRST = "number"
"""What stands before the title; all others stand behind it."""


def cells(row: Any, columns: Sequence[str]) -> SafeString:
    """The cells of a dressed row, its title among them."""
    own = [_cell(row, column) for column in columns if column == FIRST]
    title = format_html('<td class="title whole"><a href="{}">{}</a></td>', row_address("matter", row.pk), row.title)
    return SafeString("".join([*own, title, *(_cell(row, column) for column in columns if column != FIRST)]))


def _cell(row: Any, column: str) -> SafeString:
    style, told = _CELLS[column]
    return format_html('<td class="{}">{}</td>', style, told(row)) if style else format_html("<td>{}</td>", told(row))


def _theme(row: Any) -> object:
    return format_html('<a class="plain" href="{}">{}</a>', reverse("theme", args=[row.theme]), row.theme) if row.theme else NONE


def _lead(row: Any) -> object:
    return row.lead_name or (row.lead.name if row.lead else NONE)


_CELLS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "number": ("quiet nowrap", lambda row: row.number),
    "issuer": ("unit", lambda row: row.issuer_name or row.issuer.name),
    "lead": ("unit", _lead),
    "theme": ("nowrap", _theme),
    "category": ("", lambda row: category_names().get(row.category, NONE)),
    "leader": ("nowrap", lambda row: row.leader or NONE),
    "office": ("", lambda row: row.office or NONE),
    "contact": ("", lambda row: row.contact or NONE),
    "due": ("nowrap", lambda row: day(row.due_on)),
    "first_due": ("nowrap", lambda row: day(row.first_due_on)),
    "reported": ("nowrap", lambda row: day(row.reported_at)),
    "state": ("nowrap", lambda row: row.state_word),
    "light": ("", lambda row: light(*row.light)),
    "marks": ("nowrap", lambda row: format_html_join(" ", "{}", ((light(*mark),) for mark in row.marks))),
}
