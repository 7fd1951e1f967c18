"""Forms of papers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm, PageForm
from luoshi.web.ledger.selectors import approvers
from luoshi.web.orgs.choosing import unit_label, units_named
from luoshi.web.orgs.forms.fields import day_field, reason_field, text_field
from luoshi.web.orgs.models import Unit
from luoshi.web.papers.kinds import Kind, Scope, Shape, kinds
from luoshi.web.papers.parties import may_receive

MOST_UNITS = 60


class UnitsField(forms.CharField):
    """Several units by their names, one a line or parted by 、; the clean value is the list of units."""

    def prepare_value(self, value: Any) -> Any:
        """Units as they are written."""
        return "\n".join(unit_label(one) for one in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Unit]:
        """The units. Raises ValidationError where one is not known, or more than one is called so."""
        names = [name.strip() for line in str(super().clean(value) or "").splitlines() for name in line.split("、") if name.strip()]
        if len(names) > MOST_UNITS:
            raise ValidationError(_("最多 {n} 个单位。").format(n=MOST_UNITS))
        return list(dict.fromkeys(self._one(name) for name in names))

    @staticmethod
    def _one(name: str) -> Unit:
        found = units_named(name, timezone.localdate())
        if not found:
            raise ValidationError(_("没有叫“{name}”的单位，请写全称或者已登记的简称。").format(name=name))
        if len(found) > 1:
            raise ValidationError(_("有 {n} 个单位都叫“{name}”，请写成“名称（代码）”。").format(n=len(found), name=name))
        return found[0]


def typed_fields(kind: Kind, told: Any, *, to: list[Unit] | None) -> dict[str, forms.Field]:
    """The fields that a clerk types for a kind; ``told`` has what they begin with (a paper or the words of ``wording``)."""

    def area(label: str, rows: int, help_text: str = "", **kwargs: Any) -> forms.CharField:
        return forms.CharField(label=label, required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text, **kwargs)

    fields: dict[str, forms.Field] = {"title": text_field(_("标题"), 200, initial=told.title)}
    if to is not None and kind.addressed:
        fields["to"] = UnitsField(label=_("主送"), required=False, widget=forms.Textarea(attrs={"rows": min(4, max(1, len(to)))}), initial=to, help_text=_("一行一个单位"))
    fields["opening"] = area(_("开头"), 4, _("一段一行"), initial=told.opening)
    fields["requirements"] = area(_("工作建议") if not kind.addressed and kind.by_issue else _("要求"), 5, _("一条一行，序号由系统加"), initial=told.requirements)
    if kind.shape in (Shape.LETTER, Shape.BULLETIN):
        fields["closing"] = text_field(_("结语"), 200, required=False, initial=told.closing)
    if kind.answer:
        fields["answer_by"] = day_field(_("回复期限"), required=False, initial=getattr(told, "answer_by", None))
    if kind.scope == Scope.PERIOD:
        fields["since"] = day_field(_("期间自"), required=False, initial=getattr(told, "since", None))
        fields["until"] = day_field(_("期间至"), required=False, initial=getattr(told, "until", None))
    fields["copies"] = text_field(_("抄送") if kind.addressed else _("分送"), 300, required=False, initial=getattr(told, "copies", ""))
    return fields


class EditForm(ActForm):
    """The words of a draft."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """All that is typed."""
        return typed_fields(kinds()[row.kind], row, to=[one.unit for one in row.addressees.select_related("unit")])


class NewForm(PageForm):
    """A paper to begin: ``kind``, ``told`` (the words to begin with), ``to`` (units, where the kind goes to several or none is known)."""

    def __init__(self, *args: Any, kind: Kind, told: Any, to: list[Unit] | None, **kwargs: Any) -> None:
        self.kind, self.told, self.to = kind, told, to
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """All that is typed."""
        return typed_fields(self.kind, self.told, to=self.to)


class SubmitForm(ActForm):
    """Who signs it off."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """A leader or head of the office."""
        self.people = {str(user.pk): user for user in approvers(self.actor)}
        choices = [(key, user.name) for key, user in self.people.items()]
        return {"approver": forms.ChoiceField(label=_("送谁审签"), choices=choices, help_text=_("本单位的领导或负责人；不能是送审人自己。"))}


class ReasonForm(ActForm):
    """Why."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The reason."""
        return {"reason": reason_field(_("理由"))}


class ReceiptForm(ActForm):
    """Who took it, where it is recorded for a unit."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Nothing for the unit itself."""
        return {} if may_receive(self.actor, row) else {"by": text_field(_("签收人"), 80, help_text=_("按回执或电话记录填写"))}


class AnswerForm(ActForm):
    """The answer."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Its words, and whose they are where it is recorded for a unit."""
        by: dict[str, forms.Field] = {} if may_receive(self.actor, row) else {"by": text_field(_("回复人"), 80, help_text=_("按来函或电话记录填写"))}
        return by | {"text": forms.CharField(label=_("回复内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))}


class LetterheadForm(ActForm):
    """What the papers of a unit carry."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """As it is, or as it might be."""
        unit = Unit.objects.filter(pk=self.actor.unit_id).first() if row is None or row.pk is None else None
        word = row.word if row is not None and row.pk else f"{(unit.place or unit.name)[:1]}督" if unit else ""
        return {
            "word": text_field(_("发文代字"), 20, initial=word, help_text=_("如“临督”；文号写作 临督交〔2026〕12号，“交”字随文种变")),
            "red_head": text_field(_("版头（红头）"), 60, required=False, initial=row.red_head if row else "", help_text=_("如“临江省人民政府督查室文件”；不填则不印红头")),
            "signature": text_field(_("落款"), 120, required=False, initial=row.signature if row else "", help_text=_("如“临江省人民政府督查室”；不填用单位全称")),
            "contact": text_field(_("联系人和电话"), 120, required=False, initial=row.contact if row else ""),
        }
