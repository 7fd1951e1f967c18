"""Forms between the draft and the signature."""

from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.selectors import approvers
from luoshi.web.ledger.workflow import Act
from luoshi.web.orgs.choosing import UnitField


class ProposeForm(ActForm):
    """Who approves."""

    approver = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["approver"]
        field.label, field.help_text = _("报谁审定"), _("本单位的领导或负责人；不能是拟办人自己。")
        people = approvers(self.actor)
        self.people = {str(user.pk): user for user in people}
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(user.pk), user.name) for user in people]


class ObjectForm(ReasonForm):
    """Why the lead unit does not take it."""

    def ask(self) -> tuple[str, str]:
        """What an objection must say."""
        return _("异议理由"), _("请写明不属于本单位职责、应由谁牵头，或者时限、指标为什么做不到。")


class ReturnDraftForm(ReasonForm):
    """What is to be changed before it comes back."""

    def ask(self) -> tuple[str, str]:
        """What the drafter is told."""
        return _("退回意见"), _("请写明要改什么，拟办人改好后再报。")


class DecideForm(ReasonForm):
    """An objection is decided: another lead, the same, or another date."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    lead = UnitField(required=False)
    due_on = forms.DateField(required=False)

    field_order = ("outcome", "lead", "due_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.label = _("怎么定")
        outcome.choices = [(str(Act.KEEP), _("维持原交办")), (str(Act.REASSIGN), _("改派别的单位")), (str(Act.ADJUST), _("调整时限"))]
        self.fields["lead"].label, self.fields["lead"].help_text = _("改派给"), _("只在改派时填。")
        self.fields["due_on"].label, self.fields["due_on"].help_text = _("调整后的时限"), _("只在调整时限时填。")

    def ask(self) -> tuple[str, str]:
        """What the unit is told."""
        return _("裁定理由"), _("会告知提出异议的单位。")
