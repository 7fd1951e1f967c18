"""Forms of problems: put on the list, claim, measures, report, judge, consult, raise a matter; the filters of the list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.forms import EXPECTED, ActForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.choosing import UnitField
from luoshi.web.problems.forms.fields import UnitsField, choice, lines_sent, on_day, words
from luoshi.web.problems.forms.lines import LinedForm, Table
from luoshi.web.problems.models import Inspection, Problem
from luoshi.web.problems.names import discovery_names, severity_names, source_names, state_names
from luoshi.web.problems.services.consulting import Said
from luoshi.web.problems.services.finding import Finding
from luoshi.web.problems.services.mending import Done, File, MeasureLine, Mended

OPINIONS = 6
_YES_NO = ("yes", "no")


class ProblemForm(ActForm):
    """A problem as it is found; ``row`` is the problem that is mended, the inspection or the matter that it comes from, or None."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """All that is said of it."""
        there = row if isinstance(row, Problem) else None
        made: dict[str, forms.Field] = {
            "title": words(_("问题"), 200, rows=2, hint=_("一句话：什么地方、什么事、哪里不对。"), initial=there and there.title),
            "signs": words(_("表现"), 4000, required=False, rows=4, hint=_("具体情形、数量、点位；写事实，不写评价。"), initial=there and there.signs),
        }
        if there is None:
            made["owner"] = UnitField(label=_("责任单位"), help_text=_("由它认领和整改；本单位自查的选本单位。"), initial=_owner_of(row, self.actor))
            small = _("小问题当场就能改的勾选：不用定措施，改好一次报验，仍由另一位同志验收。")
            made["on_the_spot"] = forms.BooleanField(label=_("即知即改"), required=False, help_text=small)
        made |= {
            "helpers": UnitsField(label=_("配合单位"), required=False, help_text=_("一行一个。"), initial=list(there.helpers.all()) if there else None),
            "source": choice(_("来源"), source_names(), initial=there.source if there else "inspection" if isinstance(row, Inspection) else "check"),
            "discovery": choice(_("发现方式"), discovery_names(), initial=there.discovery if there else "above" if isinstance(row, Inspection) else "self"),
            "severity": choice(_("等级"), severity_names(), initial=there.severity if there else "light"),
            "found_on": on_day(_("发现日期"), initial=there.found_on if there else timezone.localdate()),
            "due_on": on_day(_("整改时限"), required=False, hint=_("不填的，以最后一条措施的日期为准。"), initial=there and there.due_on),
            "cited_as": words(_("出自"), 300, required=False, rows=0, hint=_("反馈意见、审计报告、督查通报的名称和文号。"), initial=there.cited_as if there else _cited(row)),
            "leader": words(_("责任领导"), 60, required=False, rows=0, initial=there and there.leader),
        }
        return made

    def clean(self) -> dict[str, Any]:
        """With ``finding`` as the service takes it."""
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        said = {name: value for name, value in told.items() if name != EXPECTED}
        owner = {"owner": self.row.owner} if isinstance(self.row, Problem) else {}
        return told | {"finding": Finding(**said | owner)}


def _owner_of(row: Any, actor: Any) -> Any:
    if isinstance(row, Inspection):
        visits = list(row.visits.select_related("unit")[:2])
        return visits[0].unit if len(visits) == 1 else None
    if isinstance(row, Matter):
        return row.lead
    return None


def _cited(row: Any) -> str:
    if isinstance(row, Inspection):
        return f"{row.title}（{row.number}）"
    return f"{row.title}（{row.number}）" if isinstance(row, Matter) else ""


class ClaimForm(ActForm):
    """Who answers for it in the unit."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Leader, office, contact."""
        return {
            "leader": words(_("责任领导"), 60, required=False, rows=0, initial=row.leader),
            "office": words(_("承办科室"), 120, required=False, rows=0, initial=row.office),
            "contact": words(_("联系人"), 120, required=False, rows=0, initial=row.contact),
        }


class ReassignForm(ActForm):
    """Which unit has it instead, and why."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Unit and reason."""
        return {"owner": UnitField(label=_("改由哪个单位整改")), "reason": words(_("理由"), hint=_("会记入经过，双方都看得到。"))}


class AdjustForm(ActForm):
    """The new limit and why."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Day and reason."""
        return {"due_on": on_day(_("新的整改时限"), initial=row.due_on), "reason": words(_("理由"), hint=_("会记入经过，双方都看得到。"))}


class PlanForm(LinedForm):
    """Causes, and measures row by row: what, which office, until when. Done ones are shown and stay."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The cause and the rows."""
        there = list(row.measures.filter(round=row.relapses.count()).order_by("order", "pk"))
        self.kept = [one for one in there if one.done_on is not None]
        self.open = [one for one in there if one.done_on is None]
        self.count = lines_sent(self.data, "text", max(len(self.open), 1))
        made: dict[str, forms.Field] = {"cause": words(_("原因"), 4000, rows=4, initial=row.cause, hint=_("写到根上：制度、责任、能力、作风，哪一条出了问题。"))}
        for n in range(self.count):
            line = self.open[n] if n < len(self.open) else None
            made[f"text_{n}"] = words(_("措施 {n}").format(n=n + 1), 500, required=False, rows=2, initial=line and line.text)
            made[f"office_{n}"] = words(_("措施 {n} 责任科室").format(n=n + 1), 120, required=False, rows=0, initial=line.office if line else row.office)
            made[f"due_{n}"] = on_day(_("措施 {n} 完成日期").format(n=n + 1), required=False, initial=line and line.due_on)
        return made

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty; with ``measures`` as the service takes them, those that are done first."""
        told = super().clean() or self.cleaned_data
        for n in range(self.count):
            text, due_on = self.typed(n, "text", "due")
            if text and due_on is None and f"due_{n}" not in self.errors:
                self.add_error(f"due_{n}", _("请填完成日期。"))
            if due_on and not text:
                self.add_error(f"text_{n}", _("请写做什么。"))
        return told | {"measures": self._measures()}

    def table(self) -> Table:
        """The rows."""
        return Table(
            _("措施"), [_("做什么"), _("责任科室"), _("完成日期")], self.fields_in_rows(("text", "office", "due"), self.count),
            _("空行不算；还不够的，保存后再改会多出两行。") + (_("已完成的 {n} 条不能改。").format(n=len(self.kept)) if self.kept else ""),
        )  # fmt: skip

    def _measures(self) -> Sequence[MeasureLine]:
        kept = [MeasureLine(one.text, one.due_on, one.office, one.pk) for one in self.kept]
        typed = ((self.typed(n, "text", "due", "office"), self.open[n].pk if n < len(self.open) else None) for n in range(self.count))
        return [*kept, *(MeasureLine(text, due_on, office or "", pk) for (text, due_on, office), pk in typed if text and due_on)]


class DoneForm(ActForm):
    """When a measure was done, what came of it."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Day and words."""
        return {"on": on_day(_("完成日期"), initial=timezone.localdate()), "words": words(_("完成情况"), 500, required=False, rows=2)}


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the clean value is a list of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_Files(attrs={"multiple": True}), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each by itself."""
        return [super(FilesField, self).clean(one, initial) for one in data] if isinstance(data, list | tuple) else []


class ReportForm(LinedForm):
    """What was done, and the measures that were still open with the day each was done."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Words, rows, files."""
        self.open = list(row.measures.filter(round=row.relapses.count(), done_on=None).order_by("order", "pk"))
        made: dict[str, forms.Field] = {}
        for one in self.open:
            made[f"done_{one.pk}"] = on_day(_("“{text}”完成日期").format(text=one.text), required=False)
            made[f"words_{one.pk}"] = words(_("“{text}”完成情况").format(text=one.text), 500, required=False, rows=0)
        elsewhere = _("改的时候顺便查了别处没有；销号时要答，可以现在写好。")
        return made | {
            "result": words(_("整改情况"), 4000, rows=5, hint=_("做了什么、改到什么程度、怎么看得出来。"), initial=row.result),
            "mechanism": words(_("长效机制"), 2000, required=False, rows=2, hint=_("定了什么制度或做法，使它不再发生。"), initial=row.mechanism),
            "elsewhere": choice(_("举一反三：别处有没有"), _elsewhere_names(), empty=_("还没有查"), hint=elsewhere, initial=_as_choice(row.elsewhere), required=False),
            "elsewhere_done": words(_("查了哪里、怎么改的"), 2000, required=False, rows=2, initial=row.elsewhere_done),
            "files": FilesField(label=_("佐证"), help_text=_("照片、验收单、文件等；按住 Ctrl 可选多份。没有的可以不附。")),
        }

    def table(self) -> Table | None:
        """The open measures."""
        if not self.open:
            return None
        rows = [(one.text, [self[f"done_{one.pk}"], self[f"words_{one.pk}"]]) for one in self.open]
        return Table(_("措施"), [_("措施"), _("完成日期"), _("完成情况")], rows, _("全部完成才能报验；不再做的，先改措施。"))

    def clean(self) -> dict[str, Any]:
        """With ``mended`` and ``done`` as the service takes them."""
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        files = [File(one.name, one.read()) for one in told["files"]]
        mended = Mended(told["result"], told["mechanism"], _as_answer(told["elsewhere"]), told["elsewhere_done"], files)
        return told | {"mended": mended, "done": self._done()}

    def _done(self) -> dict[int, Done]:
        typed = ((one.pk, self.cleaned_data.get(f"done_{one.pk}"), self.cleaned_data.get(f"words_{one.pk}")) for one in self.open)
        return {pk: Done(day, said or "") for pk, day, said in typed if day}


class AcceptForm(ReasonForm):
    """How it was verified."""

    def ask(self) -> tuple[str, str]:
        """What was looked at."""
        return _("怎么核实的"), _("看了什么、抽查了多少、结果如何；只看材料的也请写明。")


class ReturnForm(ReasonForm):
    """What is still wrong."""

    def ask(self) -> tuple[str, str]:
        """What is missing."""
        return _("退回意见"), _("哪一条没有改到位、怎么补。")


class CloseForm(ActForm):
    """举一反三, answered before a problem is struck off."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Yes or no, and what was done."""
        return {
            "elsewhere": choice(_("举一反三：别处有没有"), _elsewhere_names(), initial=_as_choice(row.elsewhere), empty=_("请选")),
            "elsewhere_done": words(_("查了哪里、怎么改的"), 2000, rows=3, initial=row.elsewhere_done, hint=_("别处没有的，写查了哪些地方；有的，写怎么改的。")),
        }


class RelapseForm(ActForm):
    """How a closed problem was found again."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """What was seen, when, by what."""
        return {
            "signs": words(_("这次的表现"), 2000, rows=4, hint=_("在哪里又出现、和上次一样不一样。")),
            "found_on": on_day(_("发现日期"), initial=timezone.localdate()),
            "source": choice(_("来源"), source_names(), initial="inspection"),
            "discovery": choice(_("发现方式"), discovery_names(), initial="above"),
            "inspection": choice(_("哪次督查发现的"), self._inspections(row), empty=_("不是督查发现的"), required=False),
            "due_on": on_day(_("新的整改时限"), required=False),
        }

    @staticmethod
    def _inspections(row: Any) -> dict[str, str]:
        visits = row.owner.visits.filter(inspection__unit=row.finder_id).select_related("inspection").order_by("-inspection__starts_on")[:20]
        return {str(one.inspection_id): f"{one.inspection.number} {one.inspection.title}" for one in visits}


class ConsultForm(LinedForm):
    """A consultation: when, who chaired, what each unit said, what was decided."""

    ahead = 2

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Day, chair, rows of opinions, the decision."""
        self.count = lines_sent(self.data, "unit", OPINIONS - 2)
        made: dict[str, forms.Field] = {"held_on": on_day(_("会商日期"), initial=timezone.localdate()), "chair": words(_("主持"), 100, required=False, rows=0)}
        for n in range(self.count):
            made[f"unit_{n}"] = UnitField(label=_("单位 {n}").format(n=n + 1), required=False)
            made[f"opinion_{n}"] = words(_("单位 {n} 的意见").format(n=n + 1), 1000, required=False, rows=2)
        return made | {"decision": words(_("会商结论"), 2000, rows=4, hint=_("定了什么、谁来办、什么时候前。"))}

    def clean(self) -> dict[str, Any]:
        """An opinion has its unit; with ``said`` as the service takes it."""
        told = super().clean() or self.cleaned_data
        for n in range(self.count):
            unit, opinion = self.typed(n, "unit", "opinion")
            if opinion and unit is None and f"unit_{n}" not in self.errors:
                self.add_error(f"unit_{n}", _("请填是哪个单位的意见。"))
        return told | {"said": self._said()}

    def table(self) -> Table:
        """The rows."""
        return Table(_("参加单位和意见"), [_("单位"), _("意见")], self.fields_in_rows(("unit", "opinion"), self.count), _("只到会没有发表意见的，写单位就行。"))

    def _said(self) -> list[Said]:
        return [Said(unit, opinion or "") for unit, opinion in (self.typed(n, "unit", "opinion") for n in range(self.count)) if unit is not None]


class RaiseForm(ActForm):
    """The title of the matter that a problem raises; the rest is completed in the draft."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The title."""
        return {"title": words(_("事项名称"), 200, rows=2, initial=_("整改：{title}").format(title=row.title)[:200])}


class ListForm(forms.Form):
    """The filters of the problem list, as the query of its address; what cannot be read is not filtered by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = _("不限")
        self.fields["q"] = forms.CharField(label=_("问题或编号"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
        self.fields["state"] = choice(_("状态"), {"open": _("未销号"), **state_names()}, empty=every)
        self.fields["source"] = choice(_("来源"), source_names(), empty=every)
        self.fields["severity"] = choice(_("等级"), severity_names(), empty=every)
        self.fields["owner"] = forms.CharField(label=_("责任单位"), required=False, max_length=60)
        self.fields["overdue"] = forms.BooleanField(label=_("只看逾期"), required=False)
        self.fields["back"] = forms.BooleanField(label=_("只看反弹"), required=False)
        for name in ("unit", "inspection"):
            self.fields[name] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        for field in self.fields.values():
            field.required = False

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}


def _elsewhere_names() -> dict[str, str]:
    return dict(zip(_YES_NO, (_("别处也有"), _("别处没有")), strict=True))


def _as_choice(answer: bool | None) -> str:
    return "" if answer is None else _YES_NO[0] if answer else _YES_NO[1]


def _as_answer(chosen: str) -> bool | None:
    return None if not chosen else chosen == _YES_NO[0]
