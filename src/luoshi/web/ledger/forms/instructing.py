"""Forms of instructions."""

from datetime import date
from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.common.forms import PageForm
from luoshi.web.orgs.models import Post, User
from luoshi.web.orgs.roles import LEADER


class InstructionForm(PageForm):
    """Who, when, what on; the text where it may be copied."""

    leader = forms.CharField(max_length=60)
    leader_user = forms.ModelChoiceField(User.objects.none(), required=False)
    on = forms.DateField()
    text = forms.CharField(required=False, max_length=4000, widget=forms.Textarea)
    on_paper = forms.CharField(required=False, max_length=200)
    urgent = forms.BooleanField(required=False)
    due_on = forms.DateField(required=False)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        for name, (label, helps) in {
            "leader": (_("批示领导"), ""),
            "leader_user": (_("领导的账号"), _("选了以后，领导本人能看到办理情况和回复；没有账号的不选。")),
            "on": (_("批示日期"), ""),
            "text": (_("批示内容"), _("不便录入的可以不填。")),
            "on_paper": (_("批在什么材料上"), _("如：第12期《督查专报》。")),
            "urgent": (_("急件"), ""),
            "due_on": (_("办理时限"), _("没有明确的不填。")),
        }.items():
            self.fields[name].label, self.fields[name].help_text = label, helps
        chosen = self.fields["leader_user"]
        assert isinstance(chosen, forms.ModelChoiceField)
        held = Post.objects.filter(role=LEADER, unit__in=actor.units, until__isnull=True)
        chosen.empty_label = _("没有账号")
        chosen.queryset = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name")

    def clean_on(self) -> date:
        """Not a day to come."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise forms.ValidationError(_("批示日期还没有到，请核对。"))
        return on


class ReplyForm(PageForm):
    """What went back to the leader."""

    reply = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].label, self.fields["reply"].help_text = _("回复内容"), _("办理结果、存在的问题、下一步。回复后不能再改。")
