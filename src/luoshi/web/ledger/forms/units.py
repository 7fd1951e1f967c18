"""The field for a unit: typed with suggestions from the list of units of the page, found by name, short name, alias or code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.ledger.selectors.naming import unit_label, units_named
from luoshi.web.orgs.models import Unit

UNIT_LIST = "unit-list"


class UnitField(forms.CharField):
    """One unit by its name. The page brings ``ledger/unit_list.html`` for the suggestions."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 160)
        super().__init__(widget=forms.TextInput(attrs={"list": UNIT_LIST, "autocomplete": "off"}), **kwargs)

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
            raise ValidationError(_("没有叫“{name}”的单位，请从下拉名单里选。").format(name=name))
        if len(found) > 1:
            names = _("、").join(unit_label(unit) for unit in found[:4])
            raise ValidationError(_("有 {n} 个单位都叫“{name}”，请选其中一个：{names}").format(n=len(found), name=name, names=names))
        return found[0]
