"""Forms of the ladder."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.forms import ActForm
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger.models import Matter
from luoshi.web.oversight import ladder
from luoshi.web.oversight.selectors import Ladder, leaders_of, standing_ladder
from luoshi.web.oversight.services import LONGEST


class ClimbForm(ActForm):
    """Words, day for the answer; a reason where it is not the rung that is due; for a suggestion the leader who decides."""

    rung = ""

    def fields_for(self, row: Matter) -> dict[str, forms.Field]:
        """Begun with the words that fit."""
        today = timezone.localdate()
        found = standing_ladder(row, today)
        answer_by = working_calendar().add_working_days(today, ladder.ANSWER_DAYS[self.rung]).date
        text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST, initial=_begun(row, self.rung, found, answer_by))
        text.help_text = _("可以改。发出的原文会留在经过里。")
        made: dict[str, forms.Field] = {"text": text, "answer_by": forms.DateField(label=_("答复期限"), initial=answer_by)}
        if self.rung == ladder.BULLETIN:
            choices = [(str(one.pk), one.name) for one in leaders_of(row.issuer_id)]
            made["leader"] = forms.ChoiceField(label=_("请哪位领导决定"), choices=choices)
            made["answer_by"].help_text = _("这一天之前单位可以说明情况；之后或者说明之后，领导再决定。")
        elif self.rung in found.step.may:
            made["reason"] = forms.CharField(label=_("为什么从这一级开始"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
        return made


def _begun(matter: Matter, rung: str, found: Ladder, answer_by: date) -> str:
    told: dict[str, Any] = {"number": matter.number, "title": matter.title, "due_on": day(matter.due_on), "answer_by": day(answer_by), "days_late": found.days_late}
    return ladder.start_text(rung, found.ground, **told)


def climb_form(of: str) -> type[ClimbForm]:
    """The form of one rung."""
    return type(f"{of.title()}Form", (ClimbForm,), {"rung": of})


class ReplyForm(ActForm):
    """What the unit answers."""

    def made(self) -> dict[str, forms.Field]:
        """The words."""
        text = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST)
        text.help_text = _("写明未完成的原因、补救措施和完成日期。补报进展请用“反馈”，反馈通过就算补齐。")
        return {"text": text}


class ReasonForm(ActForm):
    """Why."""

    def made(self) -> dict[str, forms.Field]:
        """The words."""
        return {"reason": forms.CharField(label=_("意见"), widget=forms.Textarea, max_length=LONGEST)}


class AcceptForm(ReasonForm):
    """Why a reason is accepted, and until when it holds."""

    def made(self) -> dict[str, forms.Field]:
        """The words and the day."""
        holds = forms.DateField(label=_("认可到哪一天"), initial=working_calendar().add_working_days(timezone.localdate(), 10).date)
        holds.help_text = _("这一天之前不再上一级；过了还没有赶上，再上一级。")
        return super().made() | {"holds_until": holds}


class AgreeForm(ActForm):
    """A leader's consent, with words if there are any."""

    def made(self) -> dict[str, forms.Field]:
        """The words."""
        return {"reason": forms.CharField(label=_("意见"), widget=forms.Textarea, max_length=LONGEST, required=False)}
