"""Forms of inspections: arrange, plan the year, tell facts, answer, settle, merge."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.forms import EXPECTED, ActForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.orgs.choosing import UnitField
from luoshi.web.problems.forms.fields import UnitsField, choice, on_day, words
from luoshi.web.problems.models import Inspection, PlannedVisit
from luoshi.web.problems.selectors.inspections import clashing
from luoshi.web.problems.services.inspecting import Errand
from luoshi.web.problems.services.yearly import MOST

ANSWER_DAYS = 5
"""Working days that a unit has to answer what was found at it."""


class InspectionForm(ActForm):
    """An inspection; ``row`` is the one that is changed, or None."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """All that is said of it."""
        there = row if isinstance(row, Inspection) else None
        units = [visit.unit for visit in there.visits.select_related("unit")] if there else None
        over = _("超出年度计划的必填：依据什么、为什么不能和已安排的合并。计划内的不填。")
        return {
            "title": words(_("督查名称"), 200, rows=0, initial=there and there.title),
            "content": words(_("督查内容"), 4000, rows=4, initial=there and there.content),
            "units": UnitsField(label=_("督查对象"), help_text=_("一行一个单位。"), initial=units),
            "scope": words(_("范围"), 2000, required=False, rows=2, hint=_("查哪些方面、哪个时段、抽查多少。"), initial=there and there.scope),
            "starts_on": on_day(_("开始日期"), initial=there and there.starts_on),
            "ends_on": on_day(_("结束日期"), initial=there and there.ends_on),
            "leader": words(_("组长"), 60, rows=0, initial=there and there.leader),
            "team": words(_("组员"), 2000, required=False, rows=2, hint=_("一行一个。"), initial=there and there.team),
            "office": words(_("派出处室"), 120, required=False, rows=0, initial=there and there.office),
            "filed_as": words(_("备案号"), 80, required=False, rows=0, hint=_("计划报上级备案的，填备案号。"), initial=there and there.filed_as),
            "reason": words(_("计划外的理由"), 1000, required=False, rows=2, hint=over),
        }

    def clean(self) -> dict[str, Any]:
        """With ``errand`` as the service takes it."""
        told = super().clean() or self.cleaned_data
        return told if self.errors else told | {"errand": Errand(**{name: value for name, value in told.items() if name != EXPECTED})}


class YearForm(ActForm):
    """One line of the yearly plan; none takes it out."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Unit, month, visits, what about."""
        there = row if isinstance(row, PlannedVisit) else None
        year = timezone.localdate().year
        return {
            "visited": UnitField(label=_("督查对象"), initial=there and there.visited),
            "year": choice(_("年度"), {str(n): str(n) for n in (year, year + 1)}, initial=there.year if there else year),
            "month": choice(_("月份"), {str(n): _("{n} 月").format(n=n) for n in range(1, 13)}, initial=there and there.month),
            "visits": forms.IntegerField(label=_("计划次数"), min_value=0, max_value=MOST, initial=there.visits if there else 1, help_text=_("填 0 就是从计划中去掉。")),
            "content": words(_("内容"), 200, required=False, rows=0, initial=there and there.content),
        }


class FactsForm(ActForm):
    """What was found, and by when the unit answers."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Facts and day."""
        return {
            "facts": words(_("查到的事实"), 8000, rows=8, hint=_("时间、地点、数量、看到什么；不写评价。对方确认以后才作为认定依据。")),
            "answer_by": on_day(_("回复期限"), initial=working_calendar().add_working_days(timezone.localdate(), ANSWER_DAYS).date),
        }


class ConfirmForm(ActForm):
    """Words that go with it, if any."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The words."""
        return {"words": words(_("说明"), 1000, required=False, rows=2)}


class ReplyForm(ReasonForm):
    """What is not so."""

    def ask(self) -> tuple[str, str]:
        """The words of the unit."""
        return _("哪里与事实不符"), _("逐条写明，附上依据的文件名称；派出单位据此认定。")


class SettleForm(ActForm):
    """How the facts stand after the unit's words."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Facts and reason."""
        return {
            "facts": words(_("认定的事实"), 8000, rows=8, initial=row.facts, hint=_("采纳了对方意见的，在这里改好。")),
            "reason": words(_("认定理由"), 2000, rows=3, hint=_("采纳或不采纳的理由；逾期没有回复的写明。")),
        }


class MergeForm(ActForm):
    """With which other inspection."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Those that clash, and why."""
        found = clashing(self.actor, row)
        named = {str(one.pk): f"{one.number} {one.title}（{_days(one.starts_on, one.ends_on)}）" for one in found}
        return {"into": choice(_("和哪一次合并"), named, empty=_("请选")), "reason": words(_("理由"), 1000, rows=2)}


class ConcludeForm(ReasonForm):
    """What came of it."""

    def ask(self) -> tuple[str, str]:
        """The conclusion."""
        return _("督查结论"), _("总的情况、主要问题、下一步要求；被督查单位看得到。")


def _days(first: date, last: date) -> str:
    return f"{first.isoformat()}—{last.isoformat()}"
