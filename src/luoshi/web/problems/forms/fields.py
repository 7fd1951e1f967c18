"""Fields that several forms share: several units by name, words, days, and rows that are typed line by line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.orgs.choosing import unit_label, units_named
from luoshi.web.orgs.models import Unit

_BETWEEN = re.compile(r"[、，,;；\n]+")
MOST_LINES = 40
BLANK = 2


class UnitsField(forms.CharField):
    """Several units by their names, one a line or with 、 between; the clean value is a list of units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Units as they are written, one a line."""
        return "\n".join(unit_label(unit) for unit in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[Unit]:
        """The units, each once. Raises ValidationError where nobody or more than one is called so."""
        found: dict[int, Unit] = {}
        for name in filter(None, (part.strip() for part in _BETWEEN.split(super().clean(value) or ""))):
            called = units_named(name, timezone.localdate())
            if not called:
                raise ValidationError(_("没有叫“{name}”的单位，请从列出的名称中选。").format(name=name))
            if len(called) > 1:
                names = _("、").join(unit_label(unit) for unit in called[:4])
                raise ValidationError(_("有 {n} 个单位都叫“{name}”，请选其中一个：{names}").format(n=len(called), name=name, names=names))
            found[called[0].pk] = called[0]
        return list(found.values())


def words(label: str, most: int = 2000, *, required: bool = True, rows: int = 3, hint: str = "", initial: Any = None) -> forms.CharField:
    """A few lines; one line where ``rows`` is 0."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, help_text=hint, initial=initial)


def on_day(label: str, *, required: bool = True, hint: str = "", initial: Any = None) -> forms.DateField:
    """A day, with the date picker of the browser."""
    return forms.DateField(label=label, required=required, help_text=hint, initial=initial, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def choice(label: str, named: dict[str, str], *, initial: Any = None, hint: str = "", empty: str = "", required: bool = True) -> forms.ChoiceField:
    """One of some words; ``empty`` is what the first, empty choice says."""
    options = [("", empty), *named.items()] if empty else list(named.items())
    return forms.ChoiceField(label=label, choices=options, initial=initial, help_text=hint, required=required)


def lines_sent(data: Any, name: str, there: int) -> int:
    """How many rows a form has: as many as were sent, else those that are there and a few empty ones."""
    sent = [int(found[1]) + 1 for key in data or () if (found := re.fullmatch(rf"{name}_(\d+)", key))]
    return min(MOST_LINES, max(sent)) if sent else min(MOST_LINES, there + BLANK)
