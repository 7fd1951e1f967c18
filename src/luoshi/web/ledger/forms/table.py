"""The filters of the ledger table, as the query of its address."""

from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.ledger.columns import DEFAULT, column_names
from luoshi.web.ledger.names import source_kind_names, state_names
from luoshi.web.ledger.wording import category_names
from luoshi.web.orgs.roles import level_names

FORM = "filter"
HIDDEN = ("unit", "led", "issuer", "above", "ancestor", "document", "programme", "unthemed")
"""Filters by which other pages lead here; the table shows no field for them."""


class TableForm(forms.Form):
    """Every filter is optional; what cannot be read is not filtered by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        every = ("", _("不限"))
        lights = [("red", _("■ 逾期")), ("yellow", _("▲ 滞后")), ("blue", _("◆ 临近")), ("green", _("● 按序时")), ("grey", _("○ 未到节点"))]
        orders = [("", _("在办的在前")), ("due", _("时限从近到远")), ("-due", _("时限从远到近")), ("number", _("编号")), ("lead", _("牵头单位")), ("new", _("新立的在前"))]
        self.fields["q"] = forms.CharField(label=_("标题或编号"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
        self.fields["state"] = forms.ChoiceField(label=_("状态"), required=False, choices=[every, ("open", _("在办")), ("done", _("验收过的")), ("live", _("在办和验收过的")), *state_names().items()])
        self.fields["light"] = forms.ChoiceField(label=_("亮灯"), required=False, choices=[every, *lights])
        self.fields["lead"] = forms.CharField(label=_("牵头单位"), required=False, max_length=60)
        self.fields["support"] = forms.CharField(label=_("配合单位"), required=False, max_length=60)
        self.fields["theme"] = forms.CharField(label=_("专题"), required=False, max_length=60)
        self.fields["category"] = forms.ChoiceField(label=_("类别"), required=False, choices=[every, *category_names().items()])
        self.fields["source"] = forms.ChoiceField(label=_("来源"), required=False, choices=[every, *source_kind_names().items()])
        self.fields["due_from"] = forms.DateField(label=_("时限自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
        self.fields["due_to"] = forms.DateField(label=_("时限至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
        self.fields["sort"] = forms.ChoiceField(label=_("排列"), required=False, choices=orders)
        self.fields["col"] = forms.MultipleChoiceField(
            label=_("显示的列"), required=False, choices=list(column_names().items()), initial=list(DEFAULT), widget=forms.CheckboxSelectMultiple
        )
        self.fields["level"] = forms.ChoiceField(label=_("牵头单位层级"), required=False, choices=[every, *level_names().items()])
        for name in HIDDEN:
            self.fields[name] = forms.IntegerField(required=False, widget=forms.HiddenInput)

        for field in self.fields.values():
            field.widget.attrs["form"] = FORM  # the fields stand beside the form element, which is short

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name != "col" and value not in (None, "")}

    @property
    def columns(self) -> tuple[str, ...]:
        """The chosen columns in the order of the table; those of the beginning where none is chosen."""
        self.is_valid()
        chosen = self.cleaned_data.get("col") or DEFAULT
        return tuple(name for name in column_names() if name in chosen)
