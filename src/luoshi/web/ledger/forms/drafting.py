"""The forms of a draft: all its fields, its supporting units and targets line by line, the few of a row on the desk."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from luoshi.text.language import _
from luoshi.web.common.forms import PageForm
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.services.drafting import SupportLine, TargetLine, Wording
from luoshi.web.ledger.wording import cadence_names, category_names, urgency_names
from luoshi.web.orgs.choosing import UnitField, unit_label
from luoshi.web.programmes.models import Programme

COMPARATORS = ("≥", "≤", "=", ">", "<", "≈", "+", "-")
WIDE = ("title", "task", "measures", "criterion", "stricter_reason")
EMPTY_LINES = 2


class SupportForm(forms.Form):
    """One supporting unit; a line without a unit is no line."""

    unit = UnitField(required=False)
    contribution = forms.CharField(required=False, max_length=500)
    due_on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("unit", _("配合单位")), ("contribution", _("要它做什么")), ("due_on", _("自己的时限"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs["aria-label"] = label


class TargetForm(forms.Form):
    """One target; a line without an indicator is no line."""

    indicator = forms.CharField(required=False, max_length=120)
    comparator = forms.ChoiceField(required=False, choices=[(one, one) for one in COMPARATORS])
    value = forms.FloatField(required=False)
    unit = forms.CharField(required=False, max_length=20)
    baseline = forms.FloatField(required=False)
    text = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = (("indicator", _("指标")), ("comparator", _("比较")), ("value", _("目标值")), ("unit", _("单位")), ("baseline", _("现值")))
        for name, label in named:
            self.fields[name].label = label
            self.fields[name].widget.attrs["aria-label"] = label
        for name in ("value", "baseline"):
            self.fields[name].widget.attrs["step"] = "any"


class ProgrammeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A programme by its name."""

    def label_from_instance(self, obj: Programme) -> str:
        """Its name."""
        return obj.name


class DraftForm(PageForm):
    """Every field of a draft. ``supports`` and ``targets`` are line by line; ``words`` gives what the service takes."""

    title = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    task = forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    measures = forms.CharField(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
    lead = UnitField(required=False)
    due_on = forms.DateField(required=False)
    criterion = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    cadence = forms.ChoiceField(required=False)
    category = forms.ChoiceField(required=False)
    urgency = forms.ChoiceField()
    theme = forms.CharField(required=False, max_length=60)
    leader = forms.CharField(required=False, max_length=60)
    office = forms.CharField(required=False, max_length=120)
    contact = forms.CharField(required=False, max_length=120)
    programme = ProgrammeField(Programme.objects.none(), required=False)
    stricter_reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, programmes: Any = None, start: Wording | None = None, **kwargs: Any) -> None:
        start = start or {}
        initial = {"urgency": "normal", **_initial(start), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        for name, (label, helps) in _labels().items():
            self.fields[name].label, self.fields[name].help_text = label, helps
        for name, names in (("cadence", cadence_names()), ("category", {"": _("未分"), **category_names()}), ("urgency", urgency_names())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(names.items())
        chosen = self.fields["programme"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Programme.objects.none() if programmes is None else programmes
        data = args[0] if args else None
        self.supports = _lines(SupportForm, "supports", data, [one._asdict() for one in start.get("supports", ())])
        self.targets = _lines(TargetForm, "targets", data, [one._asdict() for one in start.get("targets", ())])

    def is_valid(self) -> bool:
        """True where every field and every line is."""
        own, supports, targets = super().is_valid(), self.supports.is_valid(), self.targets.is_valid()
        return own and supports and targets

    def words(self) -> Wording:
        """What was typed, as the service takes it."""
        told = self.cleaned_data
        words: Wording = {
            "title": told["title"],
            "task": told["task"],
            "measures": [line.strip() for line in told["measures"].splitlines() if line.strip()],
            "lead": told["lead"],
            "due_on": told["due_on"],
            "criterion": told["criterion"],
            "cadence": told["cadence"],
            "category": told["category"],
            "urgency": told["urgency"],
            "theme": told["theme"],
            "leader": told["leader"],
            "office": told["office"],
            "contact": told["contact"],
            "programme": told["programme"],
            "stricter_reason": told["stricter_reason"],
            "supports": _support_lines(self.supports),
            "targets": _target_lines(self.targets),
        }
        return words


class ChildForm(DraftForm):
    """A part of a matter for a unit below: whether the whole waits for it besides."""

    required = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["required"].label = _("上级事项等它办结才能验收")

    def words(self) -> Wording:
        """What was typed, as the service takes it."""
        return {**super().words(), "required": self.cleaned_data["required"]}


class RowForm(PageForm):
    """One row of the desk. Each field is taken by itself: what is wrong in one does not hold the others up."""

    title = forms.CharField(max_length=200)
    lead = UnitField(required=False)
    due_on = forms.DateField(required=False)
    criterion = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        initial = {"title": matter.title, "lead": matter.lead, "due_on": matter.due_on, "criterion": matter.criterion}
        super().__init__(*args, initial=initial, auto_id=f"row-{matter.pk}-%s", **kwargs)
        named = {"title": _("事项名称"), "lead": _("牵头单位"), "due_on": _("时限"), "criterion": _("办结标准")}
        for name, label in named.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs |= {"aria-label": f"{matter.number} {label}", "data-column": name}
        self.fields["title"].widget = forms.Textarea(attrs={**self.fields["title"].widget.attrs, "rows": 2})

    def words(self) -> Wording:
        """What is right of what was typed. Call after ``is_valid``."""
        told: Mapping[str, Any] = self.cleaned_data
        words: Wording = {}
        if "title" in told:
            words["title"] = told["title"]
        if "lead" in told:
            words["lead"] = told["lead"]
        if "due_on" in told:
            words["due_on"] = told["due_on"]
        if "criterion" in told:
            words["criterion"] = told["criterion"]
        return words


def wording_of(matter: Matter) -> Wording:
    """The fields of a matter as the form starts from them."""
    return {
        "title": matter.title,
        "task": matter.task,
        "measures": [str(one) for one in matter.measures],
        "lead": matter.lead,
        "due_on": matter.due_on,
        "criterion": matter.criterion,
        "cadence": matter.cadence,
        "category": matter.category,
        "urgency": matter.urgency,
        "theme": matter.theme,
        "leader": matter.leader,
        "office": matter.office,
        "contact": matter.contact,
        "programme": matter.programme,
        "stricter_reason": matter.stricter_reason,
        "supports": [SupportLine(one.unit, one.contribution, one.due_on) for one in matter.supports.all()],
        "targets": [TargetLine(one.indicator, one.comparator, one.value, one.unit, one.text, one.baseline) for one in matter.targets.all()],
    }


def shown(value: Any) -> str:
    """A value of a field as words, for two wordings side by side."""
    if value is None or value == "":
        return "—"
    if isinstance(value, list):
        return "；".join(shown(one) for one in value) or "—"
    if isinstance(value, SupportLine):
        return " ".join(filter(None, (value.unit.name, value.contribution, shown(value.due_on) if value.due_on else "")))
    if isinstance(value, TargetLine):
        return f"{value.indicator} {value.comparator} {value.value if value.value is not None else '—'}{value.unit}"
    if isinstance(value, date):
        return value.isoformat()
    return unit_label(value) if hasattr(value, "steplen") else str(getattr(value, "name", value))


def labels() -> dict[str, str]:
    """Field of a draft → what it is called."""
    return {name: label for name, (label, _helps) in _labels().items()} | {"supports": _("配合单位"), "targets": _("指标")}


def _labels() -> dict[str, tuple[str, str]]:
    return {
        "title": (_("事项名称"), _("一句话说清要办成什么。")),
        "task": (_("任务"), _("题目说不完的写在这里。")),
        "measures": (_("举措"), _("一行一条。")),
        "lead": (_("牵头单位"), _("只有一个；输入名称、简称或代码。")),
        "due_on": (_("时限"), ""),
        "criterion": (_("办结标准"), _("凭什么认定办成；交办后不再改。")),
        "cadence": (_("多久报一次"), ""),
        "category": (_("类别"), ""),
        "urgency": (_("缓急"), ""),
        "theme": (_("专题"), _("看板按它归类。")),
        "leader": (_("责任领导"), ""),
        "office": (_("承办科室"), ""),
        "contact": (_("联系人"), ""),
        "programme": (_("专项"), ""),
        "stricter_reason": (_("加码理由"), _("时限或指标比上级严两成以上时填写。")),
    }


def _initial(start: Wording) -> dict[str, Any]:
    plain: dict[str, Any] = {name: value for name, value in start.items() if name not in ("supports", "targets", "measures")}
    return plain | {"measures": "\n".join(start.get("measures", []))}


def _lines(form: type[forms.Form], prefix: str, data: Any, initial: list[dict[str, Any]]) -> BaseFormSet[Any]:
    made = formset_factory(form, extra=EMPTY_LINES, max_num=100, absolute_max=200)
    return made(data, initial=initial, prefix=prefix)


def _support_lines(lines: BaseFormSet[Any]) -> list[SupportLine]:
    found: dict[int, SupportLine] = {}
    for told in (form.cleaned_data for form in lines.forms):
        if told.get("unit"):
            found.setdefault(told["unit"].pk, SupportLine(told["unit"], told.get("contribution", ""), told.get("due_on")))
    return list(found.values())


def _target_lines(lines: BaseFormSet[Any]) -> list[TargetLine]:
    told = [form.cleaned_data for form in lines.forms if form.cleaned_data.get("indicator")]
    return [TargetLine(one["indicator"], one.get("comparator") or "≥", one.get("value"), one.get("unit", ""), one.get("text", ""), one.get("baseline")) for one in told]
