"""Forms of merging, of settling a source, and of the batch before an approver."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from luoshi.text.language import _
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.selectors.origins import mergeable_with

SUGGESTED = 200


class MergeForm(ReasonForm):
    """Into which matter, by its number, and why."""

    into = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"list": "matter-list", "autocomplete": "off"}))

    field_order = ("into", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].label, self.fields["into"].help_text = _("并入哪一件"), _("输入编号，从下拉名单里选。")

    def ask(self) -> tuple[str, str]:
        """Why the two are one."""
        return _("为什么是同一件事"), _("两件的依据、时限、配合单位和指标都会保留。")

    def clean_into(self) -> Matter:
        """The matter of that number among those that this one could be merged into."""
        number = self.cleaned_data["into"].split(" ")[0].strip()
        found = mergeable_with(self.row, self.actor).filter(number=number).first()
        if found is None:
            raise ValidationError(_("没有可以并入的 {number}，请从下拉名单里选。").format(number=number))
        return found


class SettleForm(ReasonForm):
    """Keep the old quote, or take one of the newest version; ``choices`` are (value, words)."""

    choice = forms.ChoiceField(widget=forms.RadioSelect)

    field_order = ("choice", "reason")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = _("依据怎么办"), choices
