"""Forms of the channels."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from luoshi.text.language import _
from luoshi.web.common.forms import ActForm
from luoshi.web.notices.models import SMTP, WECOM
from luoshi.web.notices.names import security_names
from luoshi.web.notices.pacing import LIMITS
from luoshi.web.notices.services.channels import shown_address
from luoshi.web.orgs.choosing import UnitField


class ChannelForm(ActForm):
    """Fields of a channel of ``kind``; with ``row`` what it says now, without its secrets."""

    def __init__(self, *args: Any, kind: str = "", row: Any = None, **kwargs: Any) -> None:
        self.kind = row.kind if row is not None else kind
        super().__init__(*args, row=row, **kwargs)

    def fields_for(self, row: Any) -> dict[str, forms.Field]:
        """By kind: mail has a server, a robot an address with its token."""
        made: dict[str, forms.Field] = {}
        if row is None:
            unit = UnitField(label=_("单位"), required=False)
            unit.help_text = _("只发这个单位的摘要；不填则发所有单位的，一单位一条。")
            made["unit"] = unit
        made["name"] = forms.CharField(label=_("名称"), max_length=60, help_text=_("如“民政厅督办群”。"))
        made |= self._of_mail() if self.kind == SMTP else self._of_robot(row)
        made |= self._of_pace()
        for name, field in made.items():
            if row is not None and name not in ("secret", "address" if self.kind != SMTP else "secret"):
                field.initial = getattr(row, name) if name != "address" else shown_address(row)
        return made

    def _of_mail(self) -> dict[str, forms.Field]:
        receivers = forms.CharField(label=_("收件地址"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
        receivers.help_text = _("多个用空格或换行分开；不填则发给单位各人在账号里填的邮箱。")
        return {
            "address": forms.CharField(label=_("邮件服务器"), max_length=200, help_text=_("主机:端口，如 mail.example.gov.cn:465。")),
            "security": forms.ChoiceField(label=_("加密"), choices=list(security_names().items())),
            "sender": forms.EmailField(label=_("发件地址"), max_length=120),
            "login": forms.CharField(label=_("用户名"), required=False, max_length=120),
            "secret": _secret(_("口令")),
            "receivers": receivers,
        }

    def _of_robot(self, row: Any) -> dict[str, forms.Field]:
        address = forms.CharField(label=_("机器人地址"), required=row is None, max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off", "size": 60}))
        address.help_text = _("从群机器人的设置里整段复制；保存后不再显示。") if row is None else _("保存后不再显示；不改就留空。")
        told: dict[str, forms.Field] = {"address": address}
        if self.kind != WECOM:
            told["secret"] = _secret(_("签名密钥"))
        return told

    def _of_pace(self) -> dict[str, forms.Field]:
        most = LIMITS[self.kind].per_minute
        start, end = ({"type": "time"} for _n in range(2))
        return {
            "per_minute": forms.IntegerField(label=_("每分钟最多几条"), min_value=1, max_value=most, initial=most),
            "per_day": forms.IntegerField(label=_("每天最多几条"), min_value=1, max_value=100_000, initial=1_000),
            "quiet_from": forms.TimeField(label=_("免打扰自"), required=False, initial="20:00", widget=forms.TimeInput(attrs=start, format="%H:%M")),
            "quiet_until": forms.TimeField(label=_("免打扰至"), required=False, initial="08:00", widget=forms.TimeInput(attrs=end, format="%H:%M")),
        }


def told_by(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The checked fields as the services take them: all of them, whatever the kind; addresses parted by spaces."""
    told: dict[str, Any] = {**dict.fromkeys(("address", "security", "login", "sender", "receivers", "secret"), ""), **typed}
    return told | {"receivers": " ".join(re.split(r"[\s,，;；]+", told["receivers"])).strip()}


def _secret(label: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, required=False, max_length=200, widget=widget, help_text=_("保存后不再显示；不改就留空。"))
