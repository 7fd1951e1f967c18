"""A form with a table of rows in it: ``plain`` are its other fields, ``table`` the heads and rows as the page shows them."""

from typing import Any, NamedTuple

from django.forms.boundfield import BoundField

from luoshi.web.common.forms import ActForm


class Table(NamedTuple):
    """Heads, and rows: what stands before the fields, and the fields."""

    title: str
    heads: list[str]
    rows: list[tuple[str, list[BoundField]]]
    hint: str = ""


class LinedForm(ActForm):
    """Fields whose name ends in a number stand in the table."""

    ahead = 1
    """How many of the fields outside the table stand above it."""

    def above(self) -> list[BoundField]:
        """The fields above the table."""
        return self.plain()[: self.ahead]

    def below(self) -> list[BoundField]:
        """The fields below it."""
        return self.plain()[self.ahead :]

    def plain(self) -> list[BoundField]:
        """The fields outside the table."""
        return [field for field in self.visible_fields() if not field.name[-1].isdigit()]

    def table(self) -> Table | None:
        """The rows; None where there are none."""
        return None

    def fields_in_rows(self, names: tuple[str, ...], count: int) -> list[tuple[str, list[BoundField]]]:
        """Rows 0 to ``count`` of fields called ``name_0``, ``name_1``, …"""
        return [("", [self[f"{name}_{n}"] for name in names]) for n in range(count)]

    def typed(self, n: int, *names: str) -> list[Any]:
        """What was typed in row ``n``."""
        return [self.cleaned_data.get(f"{name}_{n}") for name in names]
