"""Forms of documents."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import PageForm
from luoshi.web.documents import words
from luoshi.web.documents.models import Document, DraftItem
from luoshi.web.documents.services.reviewing import GRADES, KINDS
from luoshi.writers import labels

COMPARATORS = ("≥", "=", "≤", ">", "<", "≈", "+", "-")
_BETWEEN = re.compile(r"[、,，;；\n]+")


class FactsForm(PageForm):
    """What is known of a document."""

    def __init__(self, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        if document is not None:
            kwargs["initial"] = {name: getattr(document, name) for name in ("title", "number", "authority", "level", "dated_on", "internal")}
        super().__init__(*args, **kwargs)
        self.fields["title"] = forms.CharField(label=_("文件标题"), max_length=300)
        self.fields["number"] = forms.CharField(label=_("文号"), max_length=80, required=False)
        self.fields["authority"] = forms.CharField(label=_("主体"), max_length=200, required=False, help_text=_("谁的要求：发文机关或会议。"))
        self.fields["level"] = forms.ChoiceField(label=_("层级"), required=False, choices=[("", _("不详")), *words.levels().items()])
        self.fields["dated_on"] = forms.DateField(
            label=_("日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=_("成文、会议或印发日期；对标时用它判断先后。")
        )
        self.fields["internal"] = forms.BooleanField(label=_("内部文件，不得导出"), required=False)


class TargetForm(PageForm):
    """One target: indicator, sign, value, unit. A line without indicator and value is none."""

    def made(self) -> dict[str, forms.Field]:
        """The four fields of a line."""
        return {
            "indicator": forms.CharField(label=_("指标"), max_length=120, required=False),
            "comparator": forms.ChoiceField(label=_("比较"), choices=[(one, words.comparators()[one]) for one in COMPARATORS], required=False),
            "value": forms.FloatField(label=_("数值"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})),
            "unit": forms.CharField(label=_("单位"), max_length=20, required=False),
        }

    def clean(self) -> dict[str, Any]:
        """A named indicator has its value, a value its indicator."""
        told = super().clean() or {}
        if "value" not in self.errors and bool(told.get("indicator")) is not (told.get("value") is not None):
            raise forms.ValidationError(_("指标和数值要一起填；不要这个目标的，两格都清空。"))
        return told


class DraftForm(PageForm):
    """What a person knows better about an item; the quote itself never changes."""

    def __init__(self, *args: Any, draft: DraftItem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(draft))
        super().__init__(*args, expected=draft.changes, **kwargs)
        self.fields["title"] = forms.CharField(label=_("事项名称"), max_length=200, required=False, help_text=_("不填则用原文。"))
        self.fields["grade"] = forms.ChoiceField(label=_("类别"), choices=[(one, labels.grades()[one]) for one in GRADES])
        self.fields["kind"] = forms.ChoiceField(label=_("性质"), choices=[(one, words.kinds()[one]) for one in KINDS])
        self.fields["lead"] = forms.CharField(label=_("牵头单位"), max_length=120, required=False)
        self.fields["support"] = forms.CharField(label=_("配合单位"), max_length=500, required=False, help_text=_("用顿号隔开。"))
        self.fields["due"] = forms.DateField(
            label=_("时限"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=_deadline_words(draft)
        )
        self.fields["measures"] = forms.CharField(
            label=_("举措"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("一行一条。")
        )
        data = self.data if "targets-TOTAL_FORMS" in self.data else None
        self.targets = _Targets(data, prefix="targets", initial=[_line(one) for one in draft.details.get("targets", [])])

    def is_valid(self) -> bool:
        """The item's own fields and every line of the targets."""
        own = super().is_valid()
        return (not self.targets.is_bound or self.targets.is_valid()) and own

    @property
    def aims(self) -> str:
        """The targets in words."""
        return "；".join(words.quantity(one.initial) for one in self.targets if one.initial)

    def details(self, draft: DraftItem) -> dict[str, Any]:
        """Of the details those that a person changed; what was read stays as it was read, with its span."""
        told, was = self.cleaned_data, _initial(draft)
        changed: dict[str, Any] = {}
        if (told["lead"], told["support"]) != (was["lead"], was["support"]):
            kept = [one for one in draft.details.get("units", []) if one["role"] == "speaker"]
            lead = [_entered(name, "lead") for name in _names(told["lead"])]
            changed["units"] = [*lead, *(_entered(name, "support") for name in _names(told["support"])), *kept]
        if (told["due"].isoformat() if told["due"] else "") != was["due"]:
            due = told["due"]
            changed["deadlines"] = [{"text": due.isoformat(), "due": due.isoformat(), "entered": True}] if due else []
        if told["measures"].replace("\r\n", "\n") != was["measures"]:
            lines = [line.strip() for line in told["measures"].splitlines() if line.strip()]
            read = {one["text"]: one for one in draft.details.get("measures", [])}
            changed["measures"] = [read.get(line, {"text": line, "entered": True}) for line in lines]
        if self.targets.is_bound:
            read = draft.details.get("targets", [])
            aims = [aim for n, form in enumerate(self.targets) if (aim := _aim(form.cleaned_data, read[n] if n < len(read) else None))]
            if aims != read:
                changed["targets"] = aims
        return changed


_Targets = forms.formset_factory(TargetForm, extra=1)


def _line(target: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a target as a line shows them: 85, not 85.0."""
    value = target.get("value")
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    return {"indicator": target.get("indicator") or "", "comparator": target.get("comparator", "≥"), "value": number, "unit": target.get("unit") or ""}


def _aim(told: Mapping[str, Any], read: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A line as a target: the one that was read where nothing differs, else one that says it was entered; None for an empty line."""
    if not told or (not told["indicator"] and told["value"] is None):
        return None
    fields = {name: told[name] for name in ("indicator", "comparator", "value", "unit")}
    if read is not None and all(_line(read)[name] == value for name, value in fields.items()):
        return read
    return {**fields, "text": f"{told['indicator']}{words.quantity(fields)}"[:200], "entered": True}


def _initial(draft: DraftItem) -> dict[str, Any]:
    details = draft.details
    units = details.get("units", [])
    due = next((one["due"] for one in details.get("deadlines", []) if one.get("due")), None)
    return {
        "title": draft.title,
        "grade": draft.grade,
        "kind": draft.kind,
        "lead": "、".join(dict.fromkeys(one["name"] for one in units if one["role"] in ("lead", "responsible"))),
        "support": "、".join(dict.fromkeys(one["name"] for one in units if one["role"] == "support")),
        "due": due or "",
        "measures": "\n".join(one["text"] for one in details.get("measures", [])),
    }


def _deadline_words(draft: DraftItem) -> str:
    phrases = "、".join(dict.fromkeys(one["text"] for one in draft.details.get("deadlines", []) if one.get("text") and not one.get("entered")))
    return _("原文：{text}").format(text=phrases) if phrases else _("原文没有写时限。")


def _names(text: str) -> list[str]:
    return [name.strip() for name in _BETWEEN.split(text) if name.strip()]


def _entered(name: str, role: str) -> dict[str, Any]:
    return {"name": name, "role": role, "entered": True}
