"""What every form of the ledger has: fields that say what is wrong beside them, the number of changes that the page was made from, words in both languages."""

from collections.abc import Iterable
from typing import Any

from django import forms

EXPECTED = "expected"


def dress(fields: Iterable[forms.Field]) -> None:
    """Text areas of four lines, days as the browser's own calendar."""
    for field in fields:
        if isinstance(field.widget, forms.Textarea):
            if field.widget.attrs.get("rows") in (None, "10"):  # Django's own, too tall for a page of short texts
                field.widget.attrs["rows"] = 4
        elif isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PageForm(forms.Form):
    """A form as pages show it: ``{% include "common/form.html" %}``. ``expected`` carries the optimistic lock of the row it is about."""

    required_css_class = "required"
    error_css_class = "wrong"

    def __init__(self, *args: Any, expected: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(self.made())
        self.label_suffix = ""
        if expected is not None:
            self.fields[EXPECTED] = forms.IntegerField(widget=forms.HiddenInput, initial=expected)
        dress(self.fields.values())

    def made(self) -> dict[str, forms.Field]:
        """Fields that are made with the form, so that their words are in the reader's language."""
        return {}

    @property
    def expected(self) -> int | None:
        """How many changes the row had when the page was made."""
        value = self.cleaned_data.get(EXPECTED)
        return int(value) if value is not None else None


class ActForm(PageForm):
    """The form of an act of ``actor`` on ``row``; without further fields it only asks for the click."""

    def __init__(self, *args: Any, row: Any = None, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.actor = row, actor
        fields = self.fields_for(row)
        dress(fields.values())
        self.fields.update(fields)

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Fields with what the row says now as their first values."""
        return {}
