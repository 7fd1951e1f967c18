"""The form of a report: few fields, the indicators of the matter among them; what was typed is kept as typed until it is filed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm, PageForm
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger.evidence import ENDINGS
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.figures import FigureField
from luoshi.web.ledger.models import Milestone, Target
from luoshi.web.ledger.services.reporting import LONGEST, ReportContent, Value


class ValueFields(NamedTuple):
    """An indicator with the fields for its value and the day of it."""

    target: Target
    value: BoundField
    as_of: BoundField


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ReportForm(PageForm):
    """What a unit tells. ``targets`` and ``milestones`` are those of the matter for its lead, none for a supporter."""

    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))
    problems = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    milestones = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    recorded_note = forms.CharField(max_length=200)
    final = forms.BooleanField(required=False)
    dated_on = forms.DateField(required=False)

    def __init__(
        self,
        *args: Any,
        targets: Sequence[Target],
        milestones: Sequence[Milestone],
        leads: bool,
        recorded: bool,
        today: date,
        typed: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = dict(typed or {})
        super().__init__(*args, **kwargs)
        self.targets = targets
        for target in targets:
            label = f"{target.indicator}（{target.unit}）" if target.unit else target.indicator
            self.fields[f"value_{target.pk}"] = FigureField(unit=target.unit, label=label)
            as_of = forms.DateField(required=False, label=_("{name} 截至").format(name=target.indicator), initial=today)
            as_of.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[f"as_of_{target.pk}"] = as_of
        self._name(milestones, leads)
        if not recorded:
            del self.fields["recorded_note"]

    def value_fields(self) -> list[ValueFields]:
        """The rows of the table of indicators."""
        return [ValueFields(target, self[f"value_{target.pk}"], self[f"as_of_{target.pk}"]) for target in self.targets]

    def typed(self) -> dict[str, Any]:
        """What was typed, as it was typed, whether it can be read or not."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name not in ("expected", "dated_on"):
                found[name] = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return found

    def content(self) -> ReportContent:
        """What is filed."""
        told = self.cleaned_data
        values = [(target.pk, told.get(f"value_{target.pk}"), told.get(f"as_of_{target.pk}")) for target in self.targets]
        return ReportContent(
            text=told["text"],
            problems=told["problems"],
            final=told["final"],
            values=tuple(Value(target, value, as_of) for target, value, as_of in values if value is not None and as_of is not None),
            milestones=frozenset(int(pk) for pk in told.get("milestones", ())),
            recorded_note=told.get("recorded_note", ""),
        )

    def clean(self) -> dict[str, Any]:
        """A value has its day."""
        told = super().clean() or self.cleaned_data
        for target in self.targets:
            if told.get(f"value_{target.pk}") is not None and told.get(f"as_of_{target.pk}") is None and f"as_of_{target.pk}" not in self.errors:
                self.add_error(f"as_of_{target.pk}", _("请填数据截至哪一天。"))
        return told

    def _name(self, milestones: Sequence[Milestone], leads: bool) -> None:
        self.fields["text"].label, self.fields["text"].help_text = _("进展"), _("做了什么、到了哪一步；写事实和数字，不写过程套话。")
        self.fields["problems"].label = _("困难和需要协调的事")
        self.fields["recorded_note"].label = _("代录依据")
        self.fields["recorded_note"].help_text = _("谁在什么时候以什么方式报来，例如：11月20日电话，党政办王某。")
        self.fields["dated_on"].label = _("材料日期")
        final = self.fields["final"]
        final.label = _("已达到办结标准，申请验收") if leads else _("配合事项已经完成")
        reached = self.fields["milestones"]
        assert isinstance(reached, forms.MultipleChoiceField)
        reached.label = _("这次完成的节点")
        reached.choices = [(str(one.pk), f"{one.title}（{day(one.due_on)}）") for one in milestones]
        if not milestones:
            del self.fields["milestones"]


class SendBackForm(ReasonForm):
    """What the author is to mend."""

    def ask(self) -> tuple[str, str]:
        """What is to be written better."""
        return _("退回意见"), _("请写明要改什么，起草人改好后再报。")


class ReturnReportForm(ReasonForm):
    """What the unit is to mend."""

    def ask(self) -> tuple[str, str]:
        """What is missing."""
        return _("退回意见"), _("请写明缺什么、怎么补，一次说清。")


class WordsForm(ActForm):
    """Words that may go with an act."""

    words = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("审核意见")


def accepted_endings() -> str:
    """For the ``accept`` of the file field."""
    return ",".join(f".{ending}" for ending in ENDINGS)

