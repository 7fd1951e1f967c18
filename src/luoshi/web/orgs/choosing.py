"""Choosing a unit by typing its name: the one field for it in forms, and finding what was typed.

The page that shows the field brings the suggestions: ``{% include "orgs/unit_names.html" %}`` with ``unit_names``.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.selectors import open_units

LIST = "unit-names"
_CODE = re.compile(r"^(?P<name>.*?)\s*[（(](?P<code>[^（）()]+)[)）]$")


def unit_names() -> list[Unit]:
    """The units that exist today, in the order of the tree: for the suggestions."""
    return list(open_units(timezone.localdate()).only("name", "short_name", "code", "path"))


def units_named(text: str, on: date) -> list[Unit]:
    """Units open on a day that are called ``text``; with ``名称（代码）`` the one of that code."""
    name = text.strip()
    coded = _CODE.match(name)
    if coded and (found := list(open_units(on).filter(code=coded["code"]))):
        return found
    by_name = list(open_units(on).filter(name=name)[:9])
    if by_name:
        return by_name
    return list(open_units(on).filter(Q(short_name=name) | Q(aliases__name=name)).distinct()[:9])


def unit_label(unit: Unit) -> str:
    """How a unit is written in a field, so that it is found again."""
    return f"{unit.name}（{unit.code}）"


class UnitField(forms.CharField):
    """A unit that exists today, by its name, short name, another name or code; the clean value is the unit, None where left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 160)
        super().__init__(widget=forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A unit as it is written."""
        return unit_label(value) if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Unit | None:
        """The unit, None where nothing was typed. Raises ValidationError where nobody or more than one is called so."""
        name = super().clean(value)
        if not name:
            return None
        found = units_named(name, timezone.localdate())
        if not found:
            raise ValidationError(_("没有叫“{name}”的单位，请从列出的名称中选。").format(name=name))
        if len(found) > 1:
            names = "、".join(unit_label(unit) for unit in found[:4])
            raise ValidationError(_("有 {n} 个单位都叫“{name}”，请选其中一个：{names}").format(n=len(found), name=name, names=names))
        return found[0]
