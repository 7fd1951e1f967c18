"""Choosing a unit by typing its name: a field for forms, with the names of all open units to pick from.

The page that shows the field brings the list: ``{% include "orgs/unit_names.html" %}`` with ``unit_names``.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.selectors import open_units

LIST = "unit-names"


def unit_names() -> list[str]:
    """Names of the units that exist today, in the order of the tree."""
    return list(open_units(timezone.localdate()).values_list("name", flat=True))


class UnitField(forms.CharField):
    """A unit that exists today, by its name, its short name or another name; the clean value is the unit, None where left empty."""

    widget = forms.TextInput(attrs={"list": LIST, "autocomplete": "off", "maxlength": 120})

    def clean(self, value: Any) -> Unit | None:
        """The unit. Raises ValidationError where there is none of that name, or more than one."""
        name = str(super().clean(value) or "").strip()
        if not name:
            return None
        units = open_units(timezone.localdate())
        found = list(units.filter(name=name)[:4]) or list(units.filter(Q(short_name=name) | Q(aliases__name=name)).distinct()[:4])
        if not found:
            raise ValidationError(_("没有叫“{name}”的单位，请从列出的名称中选。").format(name=name))
        if len(found) > 1:
            raise ValidationError(_("叫这个名字的单位不止一个：{names}。请写全称。").format(names=_("、").join(unit.name for unit in found)))
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """The name, where a unit is given."""
        return value.name if isinstance(value, Unit) else value
