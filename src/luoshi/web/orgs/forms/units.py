"""Forms of units: made, edited, renamed, moved, merged, ended; aliases, duty lines, grants."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.orgs.forms.fields import UnitField, day_field, reason_field, text_field
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import kind_names, level_names
from luoshi.web.orgs.selectors import open_units


def _levels(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("层级"), choices=list(level_names().items()), **kwargs)


def _kinds(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("类型"), choices=list(kind_names().items()), **kwargs)


def _short(**kwargs: Any) -> forms.CharField:
    return text_field(_("简称"), 60, required=False, help_text=_("文件里常用的短名，如“省民政厅”"), **kwargs)


class NewUnitForm(ActForm):
    """A new unit; ``row`` is the unit above it, where the page was opened from one."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """All of it."""
        above = row.pk if row else None
        level = row.level if row else "province"
        return {
            "name": text_field(_("单位名称"), 120),
            "short_name": _short(),
            "code": text_field(_("代码"), 30, help_text=_("全系统唯一，导入和排序时用")),
            "under": UnitField(_("上级单位"), required=False, initial=above, empty_label=_("（没有，放在最上层）")),
            "level": _levels(initial=level),
            "kind": _kinds(initial="department"),
            "place": text_field(_("地名"), 40, required=False, help_text=_("文件用它称呼这个地方，如“云岭市”")),
            "accounts": forms.BooleanField(label=_("开设账号"), required=False, initial=True, help_text=_("不开设的单位由上级代录")),
            "ended_on": day_field(_("预定撤销日期"), required=False, help_text=_("只有临时机构需要填写")),
        }


class EditUnitForm(ActForm):
    """What a unit is."""

    def fields_for(self, row: Unit) -> dict[str, forms.Field]:
        """All but the name and the place in the tree."""
        return {
            "short_name": _short(initial=row.short_name),
            "code": text_field(_("代码"), 30, initial=row.code),
            "level": _levels(initial=row.level),
            "kind": _kinds(initial=row.kind),
            "place": text_field(_("地名"), 40, required=False, initial=row.place),
            "order": forms.IntegerField(label=_("排序号"), min_value=0, max_value=9999, initial=row.order, help_text=_("同一上级之下，小的在前；相同的按代码")),
            "accounts": forms.BooleanField(label=_("开设账号"), required=False, initial=row.accounts, help_text=_("不开设的单位由上级代录")),
            "opened_on": day_field(_("成立日期"), required=False, initial=row.opened_on),
        }


class RenameForm(ActForm):
    """A new name; the old one stays as a former name."""

    def fields_for(self, row: Unit) -> dict[str, forms.Field]:
        """Names, the day, the basis."""
        return {
            "name": text_field(_("新名称"), 120, initial=row.name),
            "short_name": _short(initial=row.short_name),
            "on": day_field(_("自哪天起"), initial=timezone.localdate()),
            "reason": reason_field(_("依据"), required=False, help_text=_("如机构改革方案的文号")),
        }


class MoveUnitForm(ActForm):
    """Another unit above."""

    def fields_for(self, row: Unit) -> dict[str, forms.Field]:
        """Where to, and why."""
        parent = Unit.objects.get_parent(row)
        units = open_units(timezone.localdate()).exclude(path__startswith=row.path)
        return {
            "under": UnitField(
                _("新的上级单位"), units=units, required=False, initial=parent.pk if parent else None, empty_label=_("（没有，放在最上层）")
            ),
            "reason": reason_field(_("依据"), required=False),
        }


class MergeForm(ActForm):
    """Which unit takes its place."""

    def fields_for(self, row: Unit) -> dict[str, forms.Field]:
        """The successor, the day, the basis, and whether people and units below go along."""
        return {
            "into": UnitField(_("并入哪个单位"), units=open_units(timezone.localdate()).exclude(path__startswith=row.path), empty_label=_("请选择")),
            "on": day_field(_("自哪天起"), initial=timezone.localdate()),
            "reason": reason_field(_("依据"), help_text=_("如机构改革方案的文号")),
            "bring": forms.BooleanField(label=_("人员和下级单位一并转入"), required=False, initial=True),
        }


class EndUnitForm(ActForm):
    """The last day."""

    def fields_for(self, row: Unit) -> dict[str, forms.Field]:
        """The day and the basis."""
        return {"on": day_field(_("最后一天"), initial=timezone.localdate()), "reason": reason_field(_("依据"))}


class AliasForm(ActForm):
    """Another name."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The name, and until when it was the name where it is a former one."""
        return {"name": text_field(_("别名"), 120), "former_until": day_field(_("曾用至"), required=False, help_text=_("只有曾用名需要填写"))}


class DutyForm(ActForm):
    """One line of the duty list."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """The line and its basis."""
        return {"text": text_field(_("权责事项"), 300), "basis": text_field(_("依据"), 200, required=False)}


class GrantForm(ActForm):
    """Who may see the own affairs of the actor's unit."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """To whom, what for, until when, and whether the units below are meant too."""
        today = timezone.localdate()
        return {
            "to_unit": UnitField(_("授权给哪个单位"), units=open_units(today).exclude(pk=self.actor.unit_id), empty_label=_("请选择")),
            "purpose": reason_field(_("用途"), help_text=_("如“配合省级年度督查”")),
            "expires_on": day_field(_("截止日期"), initial=today + timedelta(days=30), help_text=_("最长一年，到期自动失效")),
            "subtree": forms.BooleanField(label=_("包括本级下属单位"), required=False, help_text=_("下一级政府和它的部门不在内，由它们自己授权")),
        }
