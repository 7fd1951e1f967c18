"""Forms of people: accounts, posts, administrators."""

from typing import Any

from django import forms
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.orgs.forms.fields import UnitField, day_field, reason_field, role_field, text_field
from luoshi.web.orgs.models import Post, Unit, User
from luoshi.web.orgs.roles import administrator_names, role_names
from luoshi.web.orgs.selectors import open_units


def _with_accounts(label: str, **kwargs: Any) -> UnitField:
    return UnitField(label, units=open_units(timezone.localdate()).filter(accounts=True), **kwargs)


class NewPersonForm(ActForm):
    """A new account and its first post; ``row`` is the unit from whose page it was opened."""

    def fields_for(self, row: Unit | None) -> dict[str, forms.Field]:
        """Who, and where as what."""
        roles = [("", _("（暂不任职）")), *role_names().items()]
        return {
            "name": text_field(_("姓名"), 60),
            "username": text_field(_("用户名"), 60, help_text=_("登录时用，定下后不再改；可用汉字、字母、数字、点和横线")),
            "phone": text_field(_("电话"), 30, required=False),
            "email": forms.EmailField(label=_("邮箱"), required=False),
            "unit": _with_accounts(_("单位"), required=False, initial=row.pk if row else None, empty_label=_("（暂不任职）")),
            "role": forms.ChoiceField(label=_("角色"), choices=roles, required=False),
            "title": text_field(_("职务"), 60, required=False),
        }

    def clean(self) -> dict[str, Any]:
        """A unit and a role go together."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(told.get("unit")) != bool(told.get("role")):
            self.add_error("role" if told.get("unit") else "unit", _("单位和角色要一起填写，或者都不填。"))
        return told


class EditPersonForm(ActForm):
    """Name, telephone, mail."""

    def fields_for(self, row: User) -> dict[str, forms.Field]:
        """What may be corrected."""
        return {
            "name": text_field(_("姓名"), 60, initial=row.name),
            "phone": text_field(_("电话"), 30, required=False, initial=row.phone),
            "email": forms.EmailField(label=_("邮箱"), required=False, initial=row.email),
        }


class PostForm(ActForm):
    """A post for a person."""

    def fields_for(self, row: User) -> dict[str, forms.Field]:
        """Where, as what, from when."""
        return {
            "unit": _with_accounts(_("单位"), empty_label=_("请选择")),
            "role": role_field(),
            "title": text_field(_("职务"), 60, required=False),
            "since": day_field(_("自哪天起"), initial=timezone.localdate()),
            "until": day_field(_("到哪天止"), required=False, help_text=_("长期任职不填；临时机构可以预先填写")),
        }


class EndPostForm(ActForm):
    """The last day of a post."""

    def fields_for(self, row: Post) -> dict[str, forms.Field]:
        """The day and the reason."""
        return {"until": day_field(_("最后一天"), initial=timezone.localdate()), "reason": reason_field(_("原因"), required=False)}


class MovePostForm(ActForm):
    """Another unit for the holder of a post."""

    def fields_for(self, row: Post) -> dict[str, forms.Field]:
        """Where to, as what, from when."""
        return {
            "to_unit": _with_accounts(_("调到哪个单位"), empty_label=_("请选择")),
            "role": role_field(initial=row.role),
            "title": text_field(_("职务"), 60, required=False, initial=row.title),
            "on": day_field(_("自哪天起"), initial=timezone.localdate()),
            "reason": reason_field(_("原因"), required=False),
        }


class AdministratorForm(ActForm):
    """A new administrator, to be confirmed."""

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """Who, and for which of the three duties."""
        return {
            "name": text_field(_("姓名"), 60),
            "username": text_field(_("用户名"), 60),
            "phone": text_field(_("电话"), 30, required=False),
            "duty": forms.ChoiceField(label=_("管理员类别"), choices=list(administrator_names().items())),
        }
