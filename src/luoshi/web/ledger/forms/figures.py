"""A field for a figure as offices type it: 4,000 · 66.5% · ６６．５ · 120亿元."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from luoshi.text.language import _


class FigureField(forms.CharField):
    """A number; separators, full-width digits and the unit behind it are taken off. None where nothing was typed."""

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "figure"}), **kwargs)
        self.unit = unit

    def clean(self, value: Any) -> float | None:
        """The figure. Raises ValidationError where it is none."""
        typed = super().clean(value)
        text = unicodedata.normalize("NFKC", str(typed or "")).strip().replace(",", "")
        unit = unicodedata.normalize("NFKC", self.unit)
        text = text.removesuffix(unit).strip() if unit else text
        if not text:
            return None
        try:
            figure = float(text)
        except ValueError:
            figure = float("nan")
        if not abs(figure) < 1e15:
            raise ValidationError(_("“{text}”不是数字，请只填数，例如 66.5。").format(text=typed))
        return figure
