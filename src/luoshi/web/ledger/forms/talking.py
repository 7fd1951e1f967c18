"""Forms of words: a reminder begun from a template, a comment, a reply."""

from collections.abc import Sequence
from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm, PageForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.services.talking import LONGEST
from luoshi.web.ledger.workflow import State


class RemindForm(PageForm):
    """To whom, and what: the text is a person's own in the end."""

    to_unit = forms.ChoiceField()
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to_unit = self.fields["to_unit"]
        assert isinstance(to_unit, forms.ChoiceField)
        to_unit.label, to_unit.choices = _("催办谁"), [(str(pk), name) for pk, name in units]
        self.fields["text"].label, self.fields["text"].initial = _("内容"), text
        self.fields["text"].help_text = _("可以改。发出的原文会留在经过里。")


class CommentForm(ReasonForm):
    """What a leader wants said or done."""

    def ask(self) -> tuple[str, str]:
        """The comment; of a matter that is closed already no more is promised than that it is asked."""
        if self.row is not None and self.row.state == State.CLOSED:
            return _("意见"), _("会作为批示交牵头单位，要求回复；这件事已经销号，状态不变。")
        return _("意见"), _("会作为批示交牵头单位，回复之前这件事不能销号。")


class ReplyForm(ActForm):
    """An answer to one of what waits for it."""

    message = forms.ChoiceField(widget=forms.RadioSelect)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("回复")
        message = self.fields["message"]
        assert isinstance(message, forms.ChoiceField)
        message.label = _("回复哪一条")

    def offer(self, waiting: Sequence[tuple[int, str]]) -> None:
        """What waits for an answer; with one there is nothing to choose."""
        message = self.fields["message"]
        assert isinstance(message, forms.ChoiceField)
        message.choices = [(str(pk), said) for pk, said in waiting]
        if len(waiting) == 1:
            message.initial, message.widget = str(waiting[0][0]), forms.HiddenInput()
