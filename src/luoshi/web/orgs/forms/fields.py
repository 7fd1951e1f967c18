"""Fields that several forms share: a unit out of the tree, a day, a reason."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.forms import PageForm
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import role_names
from luoshi.web.orgs.selectors import open_units


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """A unit out of the tree, each under the one above it."""

    def __init__(self, label: str, *, units: QuerySet[Unit] | None = None, **kwargs: Any) -> None:
        found = open_units(timezone.localdate()) if units is None else units
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


class ActForm(PageForm):
    """The form of an act on ``row``; nothing to fill in where a subclass adds no fields."""

    def __init__(self, *args: Any, row: Any = None, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.actor = row, actor
        self.fields.update(self.fields_for(row))

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The fields, with labels in the reader's language and what the row says now as their first values."""
        return {}


class ReasonForm(ActForm):
    """Why, and nothing else."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The reason."""
        return {"reason": reason_field(_("原因"))}
