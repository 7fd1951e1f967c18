"""What the system administrator does with a unit, one page an act."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.forms.fields import ReasonForm
from luoshi.web.orgs.forms.units import AliasForm, DutyForm, EditUnitForm, EndUnitForm, MergeForm, MoveUnitForm, NewUnitForm, RenameForm
from luoshi.web.orgs.models import Alias, Duty, Unit
from luoshi.web.orgs.reorganising import merge_with_all
from luoshi.web.orgs.roles import SYSTEM
from luoshi.web.orgs.services import merging, naming
from luoshi.web.orgs.services import units as services
from luoshi.web.orgs.views.administering import only_for


def _unit(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM)
    return get_object_or_404(Unit, pk=pk)


def _unit_above(actor: Actor, pk: int | None) -> Any:
    """The unit from whose page a new one is made; None from the tree."""
    only_for(actor, SYSTEM)
    return get_object_or_404(Unit, pk=pk) if pk is not None else None


def _alias(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM)
    return get_object_or_404(Alias.objects.select_related("unit"), pk=pk)


def _duty(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM)
    return get_object_or_404(Duty.objects.select_related("unit"), pk=pk)


def _page(row: Any) -> str:
    return reverse("unit", args=[row.pk]) if row is not None else reverse("units")


def _page_of_its_unit(row: Any) -> str:
    return reverse("unit", args=[row.unit_id])


def _made(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Unit:
    above = told.pop("under")
    return services.create_unit(**told, under=above.pk if above else None, actor=actor, at=at)


def _edited(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Unit:
    expected = told.pop("expected", None)
    return services.edit_unit(unit_id=row.pk, changed=told, expected=expected, actor=actor, at=at)


def _moved(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Unit:
    above = told.pop("under")
    return services.move_unit(unit_id=row.pk, under=above.pk if above else None, **told, actor=actor, at=at)


def _merged(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Unit:
    service = merge_with_all if told.pop("bring") else merging.merge_unit
    into = told.pop("into")
    return service(unit_id=row.pk, into=into.pk, **told, actor=actor, at=at)


create = act_view(
    ActPage(find=_unit_above, form=NewUnitForm, back=_page, leads=_page, call=_made, words=lambda row: Words(_("新建单位"), _("新建", "button"), _("单位已建好。")))
)
edit = act_view(
    ActPage(find=_unit, form=EditUnitForm, back=_page, call=_edited, lock="version", words=lambda row: Words(_("修改单位"), _("保存"), _("已保存。")))
)
rename = act_view(
    ActPage(
        find=_unit,
        form=RenameForm,
        back=_page,
        lock="version",
        call=lambda row, told, actor, at: services.rename_unit(unit_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("单位更名"), _("更名"), _("已更名。"), _("原名称留作曾用名，旧文件仍能认出这个单位；已交办事项上写的仍是当时的名称。")),
    )
)
move = act_view(
    ActPage(
        find=_unit,
        form=MoveUnitForm,
        back=_page,
        lock="version",
        call=_moved,
        words=lambda row: Words(_("调整隶属"), _("调整"), _("隶属已调整。"), _("连同所有下级单位一起调整；各单位经办的事项不变。")),
    )
)
merge = act_view(
    ActPage(
        find=_unit,
        form=MergeForm,
        back=_page,
        lock="version",
        danger=True,
        call=_merged,
        words=lambda row: Words(
            _("合并单位"), _("合并"), _("已合并。"), _("“{name}”从此不再办理事项；它经办过的事项由承接单位查看和继续办理，事项上写的仍是当时的名称。").format(name=row.name)
        ),
    )
)
end = act_view(
    ActPage(
        find=_unit,
        form=EndUnitForm,
        back=_page,
        lock="version",
        danger=True,
        call=lambda row, told, actor, at: services.end_unit(unit_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("撤销单位"), _("撤销单位"), _("已撤销。"), _("撤销后不能再任职，也不再接受交办；没有单位承接它的事项。有承接单位的，请改用“合并”。")),
    )
)
reopen = act_view(
    ActPage(
        find=_unit,
        form=ReasonForm,
        back=_page,
        lock="version",
        call=lambda row, told, actor, at: services.reopen_unit(unit_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("恢复单位"), _("恢复单位"), _("已恢复。"), _("取消撤销或合并；已调走的人员和下级单位不会自动回来。")),
    )
)
add_alias = act_view(
    ActPage(
        find=_unit,
        form=AliasForm,
        back=_page,
        call=lambda row, told, actor, at: naming.add_alias(unit_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("添加别名"), _("添加"), _("别名已添加。"), _("文件里出现这个名字时，就认作这个单位。")),
    )
)
remove_alias = act_view(
    ActPage(
        find=_alias,
        back=_page_of_its_unit,
        about=lambda row: f"{row.unit.name} · {row.name}",
        call=lambda row, told, actor, at: naming.remove_alias(alias_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("删除别名"), _("删除"), _("别名已删除。"), _("文件里再出现“{name}”时，不再认作这个单位。").format(name=row.name)),
    )
)
add_duty = act_view(
    ActPage(
        find=_unit,
        form=DutyForm,
        back=_page,
        call=lambda row, told, actor, at: naming.add_duty(unit_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("添加权责事项"), _("添加"), _("权责事项已添加。"), _("交办前的检查会对照权责清单；清单之外的任务会提示。")),
    )
)
remove_duty = act_view(
    ActPage(
        find=_duty,
        back=_page_of_its_unit,
        about=lambda row: f"{row.unit.name} · {row.text}",
        call=lambda row, told, actor, at: naming.remove_duty(duty_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("删除权责事项"), _("删除"), _("权责事项已删除。"), _("以后交办前的检查不再拿它对照；已经交办的事项不变。")),
    )
)
