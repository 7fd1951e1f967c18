"""Fields that several forms share: a unit out of the tree, a day, a reason."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import role_names
from luoshi.web.orgs.selectors import open_units

_SELECTED = SafeString(" selected")


class LongSelect(forms.Select):
    """A list of a thousand choices, written in one go: Django renders a template for each."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The element with all its choices."""
        chosen = set(self.format_value(value))
        options = format_html_join("", '<option value="{}"{}>{}</option>', ((key, _SELECTED if str(key) in chosen else "", label) for key, label in self.choices))
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), options)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """A unit out of the tree, each under the one above it."""

    def __init__(self, label: str, *, units: QuerySet[Unit] | None = None, **kwargs: Any) -> None:
        found = open_units(timezone.localdate()) if units is None else units
        kwargs.setdefault("widget", LongSelect)
        super().__init__(queryset=found.order_by("path"), label=label, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Its name, further in the deeper it stands."""
        return f"{chr(0x3000) * (obj.depth - 1)}{obj.name}"


def day_field(label: str, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    """A day, with the date picker of the browser."""
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def text_field(label: str, length: int, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=length, required=required, **kwargs)


def reason_field(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    """Why, in a few lines."""
    return forms.CharField(label=label, required=required, max_length=500, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}))


def role_field(**kwargs: Any) -> forms.ChoiceField:
    """One of the four roles."""
    return forms.ChoiceField(label=_("角色"), choices=list(role_names().items()), **kwargs)


class ReasonForm(ActForm):
    """Why, and nothing else."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The reason."""
        return {"reason": reason_field(_("原因"))}
