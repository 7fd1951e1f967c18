"""Forms of extensions, acceptance, and what interrupts or follows the work."""

from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.ledger.forms.acting import ReasonForm


class AskExtensionForm(ReasonForm):
    """A later date and why."""

    new_due_on = forms.DateField()

    field_order = ("new_due_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_due_on"].label = _("延至哪一天")

    def ask(self) -> tuple[str, str]:
        """Why the date cannot be kept."""
        return _("延期理由"), _("请写明遇到什么、已经采取什么措施、为什么是这一天。")


class GrantForm(ReasonForm):
    """The date that the issuer sets, and words."""

    granted_on = forms.DateField()

    field_order = ("granted_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["granted_on"]
        field.label, field.help_text, field.initial = _("批准延至"), _("可以早于对方申请的日期。"), self.row.asked_on

    def ask(self) -> tuple[str, str]:
        """What the unit is told."""
        return _("批复意见"), _("会记入经过，双方都看得到。")


class AcceptForm(ReasonForm):
    """How it was verified."""

    def ask(self) -> tuple[str, str]:
        """What was looked at."""
        return _("怎么核实的"), _("请写明看了什么、抽查了多少、结果如何；只看材料的也请写明。")


class ReturnMatterForm(ReasonForm):
    """What does not reach the criterion."""

    def ask(self) -> tuple[str, str]:
        """What is missing."""
        return _("退回意见"), _("请对照办结标准，写明哪一条没有达到、怎么补。")


class BasisForm(ReasonForm):
    """On what basis."""

    def ask(self) -> tuple[str, str]:
        """The basis of the act."""
        return _("依据"), _("请写明依据的文件、会议或批示。")


class SuspendForm(BasisForm):
    """On what basis until when."""

    resume_on = forms.DateField()

    field_order = ("reason", "resume_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resume_on"].label, self.fields["resume_on"].help_text = _("恢复日期"), _("到这一天会提示恢复办理。")


class StandingForm(ReasonForm):
    """Why it is kept up, and when it is looked at next."""

    review_on = forms.DateField()

    field_order = ("reason", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].label = _("下次检视日期")

    def ask(self) -> tuple[str, str]:
        """Why it goes on."""
        return _("为什么要长期坚持"), _("请写明坚持什么、多久检视一次。")


class ReopenForm(ReasonForm):
    """What the look-back found, and the new date."""

    due_on = forms.DateField()

    field_order = ("reason", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = _("新的时限")

    def ask(self) -> tuple[str, str]:
        """What does not hold."""
        return _("回头看发现了什么"), _("请写明抽查了什么、哪里反弹。")


class EscalateForm(ReasonForm):
    """What the unit cannot settle alone."""

    def ask(self) -> tuple[str, str]:
        """What is needed from above."""
        return _("需要协调什么"), _("请写明卡在哪里、试过什么、请哪一级定什么。")


class ResolveForm(ReasonForm):
    """What was coordinated."""

    def ask(self) -> tuple[str, str]:
        """The result."""
        return _("协调结果"), _("请写明定了什么、由谁落实；办理单位据此继续。")


class ResumeForm(ActForm):
    """Words that go with it, if any."""

    words = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("说明")
