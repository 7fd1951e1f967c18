"""The form of the time limits of an office."""

from collections.abc import Iterator
from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.ledger.limits import EDITABLE, LONGEST, limit_of, unit_names


class LimitsForm(ActForm):
    """A number and a unit for each limit."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """As they are now."""
        made: dict[str, forms.Field] = {}
        for code in EDITABLE:
            limit = limit_of(code, row.days)
            made[f"{code}-n"] = forms.IntegerField(label=limit.label, min_value=1, max_value=LONGEST, initial=limit.most)
            made[f"{code}-by"] = forms.ChoiceField(label=_("{name}按什么算").format(name=limit.label), choices=list(unit_names().items()), initial=limit.unit)
        return made

    def rows(self) -> Iterator[tuple[str, Any, Any]]:
        """Name, field of the number, field of the unit."""
        for code in EDITABLE:
            yield limit_of(code, {}).label, self[f"{code}-n"], self[f"{code}-by"]
