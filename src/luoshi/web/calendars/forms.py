"""Forms of the calendar."""

from datetime import date
from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.calendars.pasting import Pasted, days_of
from luoshi.web.common.forms import ActForm, PageForm


class AnnouncementForm(PageForm):
    """A notice and its days as pasted; ``pasted`` after it was checked."""

    pasted: Pasted

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        self.first_year = year
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Year, title, days."""
        title = _("国务院办公厅关于{year}年部分节假日安排的通知").format(year=self.first_year)
        days = forms.CharField(label=_("哪些天休、哪些天上班"), widget=forms.Textarea(attrs={"rows": 12}), max_length=20_000)
        days.help_text = _("每行一天，如“2027-01-01 休”“2027-01-03 班”；也可以把通知里的各条原样贴进来，如“1月1日（周五）至3日（周日）放假调休，共3天。1月4日上班。”。")
        return {
            "year": forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100, initial=self.first_year),
            "title": forms.CharField(label=_("依据的通知"), max_length=200, initial=title, widget=forms.TextInput(attrs={"size": 60})),
            "days": days,
        }

    def clean(self) -> dict[str, Any]:
        """The days that are meant; lines that are not understood are told one by one."""
        told = dict(super().clean() or {})
        if {"year", "days"} <= told.keys():
            self.pasted = days_of(told["days"], told["year"])
            for number, why in self.pasted.wrong[:10]:
                self.add_error("days", _("第 {n} 行：{why}").format(n=number, why=why))
            if not self.pasted.days and not self.pasted.wrong:
                self.add_error("days", _("没有认出任何日子。每行写一天，如“2027-01-01 休”。"))
        return told

    @property
    def rests(self) -> list[date]:
        """Days of rest, in order."""
        return sorted(day for day, works in self.pasted.days.items() if not works)

    @property
    def works(self) -> list[date]:
        """Days of work, in order."""
        return sorted(day for day, works in self.pasted.days.items() if works)


class WithdrawForm(ActForm):
    """Why a notice counts no more."""

    def made(self) -> dict[str, forms.Field]:
        """The reason."""
        return {"reason": forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=500)}
