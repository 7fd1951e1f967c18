"""The forms of plans and checks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.common.forms import ActForm, PageForm
from luoshi.web.lookback.names import outcome_names, way_names
from luoshi.web.lookback.sampling import CONFIDENCES, MARGINS
from luoshi.web.lookback.selectors.population import Wanted, leads_of, themes_of
from luoshi.web.lookback.services.checking import Found

WEEKS = 4


class DrawForm(PageForm):
    """Which matters, how sure, until when, and a seed where one is brought."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Fields with the last three months as their first values."""
        today = timezone.localdate()
        themes = [("", _("全部专题")), *((theme, theme) for theme in themes_of(self.actor))]
        leads = [(unit.pk, unit.name) for unit in leads_of(self.actor)]
        return {
            "title": forms.CharField(label=_("名称"), max_length=120, initial=_("{year} 年 {month} 月回头看").format(year=today.year, month=today.month)),
            "since": forms.DateField(label=_("办结日期从"), initial=_months_back(today)),
            "until": forms.DateField(label=_("到"), initial=today),
            "leads": forms.TypedMultipleChoiceField(
                label=_("限定牵头单位"), required=False, choices=leads, coerce=int, widget=forms.CheckboxSelectMultiple, help_text=_("都不选就是全部单位。")
            ),
            "theme": forms.ChoiceField(label=_("专题"), required=False, choices=themes),
            "confidence": forms.TypedChoiceField(
                label=_("要多大把握"), coerce=int, initial=90, choices=[(one, f"{one}%") for one in CONFIDENCES], help_text=_("把握越大、误差越小，抽得越多。")
            ),
            "margin": forms.TypedChoiceField(label=_("误差不超过"), coerce=int, initial=15, choices=[(one, _("±{n} 个百分点").format(n=one)) for one in MARGINS]),
            "due_on": forms.DateField(label=_("查完日期"), initial=today + timedelta(weeks=WEEKS)),
            "seed": forms.RegexField(
                label=_("种子"), regex=r"^[\w.-]+$", max_length=64, required=False,
                help_text=_("一般留空，抽取时随机生成并公开。也可以填当场摇出的号码，字母、数字均可。"),
                error_messages={"invalid": _("种子只能用文字、数字、点和短横。")},
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", _("办结日期的起止颠倒了。"))
        if told.get("due_on") and told["due_on"] <= timezone.localdate():
            self.add_error("due_on", _("查完日期要在今天之后。"))
        return told

    def wanted(self) -> Wanted:
        """What was asked for."""
        told = self.cleaned_data
        return Wanted(told["since"], told["until"], tuple(told["leads"]), told["theme"], told["confidence"], told["margin"])


def _months_back(today: date) -> date:
    return (today - timedelta(days=92)).replace(day=1)


class CheckForm(ActForm):
    """What was looked at, how, what was found, and whether it holds."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """With what the last look found, where it is looked at again."""
        return {
            "way": forms.ChoiceField(label=_("检查方式"), choices=list(way_names().items()), initial=row.way or "visit"),
            "looked_on": forms.DateField(label=_("检查日期"), initial=row.looked_on or timezone.localdate()),
            "findings": forms.CharField(
                label=_("查到的情况"), max_length=4000, initial=row.findings, widget=forms.Textarea, help_text=_("看了什么、抽查多少、与办结标准相比怎样。")
            ),
            "evidence": forms.CharField(
                label=_("凭据"), max_length=2000, required=False, initial=row.evidence, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("照片、台账、谈话记录存在哪里，联系谁。"),
            ),
            "outcome": forms.ChoiceField(label=_("结论"), choices=_outcomes(), initial=row.outcome, widget=forms.RadioSelect),
        }  # fmt: skip


def found_of(told: dict[str, Any]) -> Found:
    """What was typed, as the service takes it."""
    return Found(told["way"], told["looked_on"], told["findings"].strip(), told["evidence"].strip(), told["outcome"])


class ConfirmForm(ActForm):
    """Words, where there is something to add."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """One field."""
        return {"words": forms.CharField(label=_("复核意见"), max_length=2000, required=False, widget=forms.Textarea, help_text=_("怎么复核的；没有要补充的可以不写。"))}


class DifferForm(ActForm):
    """What is seen differently."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """One field."""
        return {"reason": forms.CharField(label=_("不同意见"), max_length=2000, widget=forms.Textarea, help_text=_("哪一点不一致，依据是什么。"))}


class SettleForm(ActForm):
    """What a leader decides, and why."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The outcome is not chosen beforehand."""
        return {
            "outcome": forms.ChoiceField(label=_("结论"), choices=_outcomes(), widget=forms.RadioSelect),
            "reason": forms.CharField(label=_("裁定理由"), max_length=2000, widget=forms.Textarea),
        }


class HelpForm(ActForm):
    """What help, by whom, until when."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """With what was offered before."""
        return {
            "text": forms.CharField(label=_("帮什么"), max_length=2000, initial=row.help, widget=forms.Textarea, help_text=_("资金、人手、政策、协调，写具体。")),
            "by": forms.CharField(label=_("由谁帮"), max_length=120, initial=row.help_by, help_text=_("单位和人。")),
            "until": forms.DateField(label=_("帮到哪一天"), initial=row.help_until),
        }


class HelpDoneForm(ActForm):
    """What came of it."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """One field."""
        return {"result": forms.CharField(label=_("帮扶结果"), max_length=2000, widget=forms.Textarea)}


class ReasonForm(ActForm):
    """Why."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """One field."""
        return {"reason": forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea)}


class ReopenForm(ActForm):
    """What does not hold, as found, and the new date."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """With the findings as the reason."""
        reason = _("回头看“{plan}”：{findings}").format(plan=row.plan.title, findings=row.findings)
        return {
            "reason": forms.CharField(label=_("回头看发现了什么"), max_length=4200, initial=reason, widget=forms.Textarea, help_text=_("会记入事项的经过，双方都看得到。")),
            "due_on": forms.DateField(label=_("新的时限")),
        }


def _outcomes() -> list[tuple[str, str]]:
    words = {"holds": _("仍然达到办结标准"), "relapsed": _("已经达不到办结标准")}
    return [(key, f"{name}（{words[key]}）") for key, name in outcome_names().items()]
