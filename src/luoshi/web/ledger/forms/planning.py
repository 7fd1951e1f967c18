"""The form of a plan: rows of milestones, points of a curve per indicator, the cadence. As many rows as were sent, and some empty ones."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm, PageForm
from luoshi.web.ledger.forms.figures import FigureField
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.models import Matter, Support, Target
from luoshi.web.ledger.parties import answers_for
from luoshi.web.ledger.periods import cadence_names
from luoshi.web.ledger.plans import MOST_MILESTONES, MOST_POINTS, PlanContent, Step, straight_line

BLANK = 2


class Row(NamedTuple):
    """Two fields that belong together: title and day, or day and value."""

    first: BoundField
    second: BoundField


class CurveRows(NamedTuple):
    """The rows of one indicator."""

    target: Target
    rows: list[Row]


class PlanForm(PageForm):
    """A plan for ``matter``, begun with what ``content`` says."""

    cadence = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, matter: Matter, targets: Sequence[Target], content: PlanContent, more: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.targets, self.content = matter, targets, content
        cadence = self.fields["cadence"]
        assert isinstance(cadence, forms.ChoiceField)
        cadence.choices = list(cadence_names().items())
        cadence.label, cadence.initial = _("多久反馈一次"), content.cadence
        self.fields["note"].label = _("说明")
        self.steps = self._count(r"step_title_(\d+)$", len(content.steps), max(BLANK, 4 - len(content.steps)), more, MOST_MILESTONES)
        self.points = {target.pk: self._count(rf"curve_{target.pk}_on_(\d+)$", len(content.curves.get(target.pk, ())), BLANK, more, MOST_POINTS) for target in targets}
        self._add_fields()

    def step_rows(self) -> list[Row]:
        """Milestones."""
        return [Row(self[f"step_title_{n}"], self[f"step_due_{n}"]) for n in range(self.steps)]

    def curve_rows(self) -> Iterator[CurveRows]:
        """Points, indicator by indicator."""
        for target in self.targets:
            rows = [Row(self[f"curve_{target.pk}_on_{n}"], self[f"curve_{target.pk}_value_{n}"]) for n in range(self.points[target.pk])]
            yield CurveRows(target, rows)

    def plan(self) -> PlanContent:
        """What was typed, empty rows left out; of a form with errors as far as it can be read."""
        told = self.cleaned_data
        steps = [(str(told.get(f"step_title_{n}") or "").strip(), told.get(f"step_due_{n}")) for n in range(self.steps)]
        curves = {}
        for target in self.targets:
            points = [(told.get(f"curve_{target.pk}_on_{n}"), told.get(f"curve_{target.pk}_value_{n}")) for n in range(self.points[target.pk])]
            curves[target.pk] = tuple(sorted(Point(on, value) for on, value in points if on is not None and value is not None))
        kept = {target: curve for target, curve in curves.items() if curve}
        return PlanContent(told.get("cadence", ""), tuple(Step(title, due) for title, due in steps if title and due), kept)

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        told = super().clean() or self.cleaned_data
        for n in range(self.steps):
            self._whole(f"step_title_{n}", f"step_due_{n}", _("请填节点名称。"), _("请填完成日期。"))
        for target in self.targets:
            for n in range(self.points[target.pk]):
                self._whole(f"curve_{target.pk}_on_{n}", f"curve_{target.pk}_value_{n}", _("请填日期。"), _("请填数值。"))
        return told

    def with_line(self, target: Target, on: date) -> PlanContent:
        """The plan with a straight line for ``target``: from its first point (else its baseline today) to its last (else its goal at the due date)."""
        plan = self.plan()
        typed = plan.curves.get(target.pk, ())
        start = typed[0] if typed else Point(on, target.baseline or 0.0)
        end = typed[-1] if len(typed) > 1 else Point(self.matter.due_on or on, target.value if target.value is not None else start.value)
        return PlanContent(plan.cadence, plan.steps, {**plan.curves, target.pk: straight_line(start, end, plan.cadence)})

    def _count(self, pattern: str, given: int, blank: int, more: int, most: int) -> int:
        sent = [int(found[1]) + 1 for key in self.data if (found := re.match(pattern, key))]
        return min(most, (max(sent, default=0) if self.is_bound else given + blank) + more)

    def _add_fields(self) -> None:
        for n in range(self.steps):
            step = self.content.steps[n] if n < len(self.content.steps) else None
            self.fields[f"step_title_{n}"] = forms.CharField(required=False, max_length=200, label=_("节点 {n}").format(n=n + 1), initial=step and step.title)
            self.fields[f"step_due_{n}"] = _day(_("节点 {n} 完成日期").format(n=n + 1), step and step.due_on)
        for target in self.targets:
            curve = self.content.curves.get(target.pk, ())
            for n in range(self.points[target.pk]):
                point = curve[n] if n < len(curve) else None
                self.fields[f"curve_{target.pk}_on_{n}"] = _day(_("{name} 第 {n} 点日期").format(name=target.indicator, n=n + 1), point and point.on)
                self.fields[f"curve_{target.pk}_value_{n}"] = FigureField(
                    unit=target.unit, label=_("{name} 第 {n} 点数值").format(name=target.indicator, n=n + 1), initial=f"{point.value:g}" if point else ""
                )

    def _whole(self, first: str, second: str, no_first: str, no_second: str) -> None:
        told = self.cleaned_data
        if first in self.errors or second in self.errors:
            return
        one, two = told.get(first), told.get(second)
        if one in (None, "") and two not in (None, ""):
            self.add_error(first, no_first)
        elif two in (None, "") and one not in (None, ""):
            self.add_error(second, no_second)


def _day(label: str, initial: date | None) -> forms.DateField:
    return forms.DateField(required=False, label=label, initial=initial, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AgreeForm(ActForm):
    """Words that go with the agreement, if any."""

    words = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("意见")


class AskSupportForm(ActForm):
    """Which supporter does what until when."""

    support = forms.ChoiceField()
    contribution = forms.CharField(widget=forms.Textarea, max_length=1000)
    due_on = forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        support = self.fields["support"]
        assert isinstance(support, forms.ChoiceField)
        support.choices = [(str(one.pk), one.unit_name or one.unit.name) for one in self.row.supports.select_related("unit").order_by("unit__path")]
        support.label = _("请哪个单位")
        self.fields["contribution"].label, self.fields["contribution"].help_text = _("做什么"), _("一件具体的事，对方看了就知道交什么。")
        self.fields["due_on"].label, self.fields["due_on"].help_text = _("什么时候要"), _("不填就是整件事的时限。")


class AnswerSupportForm(ActForm):
    """Agreed, or declined with words. Who records for units without accounts says which unit, and who told it when."""

    support = forms.ChoiceField()
    agreed = forms.ChoiceField(widget=forms.RadioSelect)
    words = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    recorded_note = forms.CharField(max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = self.fields["agreed"]
        assert isinstance(agreed, forms.ChoiceField)
        agreed.label, agreed.choices = _("答复"), [("yes", _("答应，按时完成")), ("no", _("不能答应"))]
        self.fields["words"].label, self.fields["words"].help_text = _("说明"), _("不能答应的，请写明原因和建议。")
        self.fields["recorded_note"].label = _("代录依据")
        self.fields["recorded_note"].help_text = _("谁在什么时候以什么方式报来，例如：11月20日电话，党政办王某。")
        asked = [one for one in self.row.supports.select_related("unit").order_by("unit__path") if one.contribution and answers_for(self.actor, self.row, one.unit)]
        self._choose(asked)
        own = [one for one in asked if one.unit_id in self.actor.units]
        if len(own) == len(asked):
            del self.fields["recorded_note"]
        elif own:
            self.fields["recorded_note"].required = False

    def _choose(self, asked: Sequence[Support]) -> None:
        """Any that this person answers for can be sent, so that the service says what is wrong; those that wait are offered."""
        support, waiting = self.fields["support"], [one for one in asked if one.state == Support.OPEN]
        assert isinstance(support, forms.ChoiceField)
        support.choices, support.label = [(str(one.pk), one.unit_name or one.unit.name) for one in asked], _("哪个单位的答复")
        offered = [(value, name) for value, name in support.choices if any(value == str(one.pk) for one in waiting)]
        if len(waiting) > 1:
            support.widget = forms.Select(choices=offered)
        else:
            support.widget, support.initial = forms.HiddenInput(), next((value for value, _name in offered), None)
