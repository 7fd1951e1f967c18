"""The forms of acts: what is asked before a matter, a report or an extension moves on."""

from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm


class ReasonForm(ActForm):
    """One field: why. ``ask`` may be overridden to say what is wanted."""

    reason = forms.CharField(widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = self.ask()

    def ask(self) -> tuple[str, str]:
        """The label of the field and the line under it."""
        return _("理由"), _("会记入经过，双方都看得到。")
