"""What the audit administrator sends: which hash, and a checkpoint that comes back from outside."""

from typing import Any

from django import forms
from django.conf import settings

from luoshi.text import LuoshiError, ToolMissing
from luoshi.text.language import _
from luoshi.web.audit.tasks import given_of
from luoshi.web.audit.tree import SHA256, SM3, hasher
from luoshi.web.common.forms import PageForm


class MakeForm(PageForm):
    """The hash of a checkpoint: SM3 where this machine has it."""

    def made(self) -> dict[str, forms.Field]:
        """The choice."""
        choices = [(SHA256, _("SHA-256（通用）"))]
        try:
            hasher(SM3)
            choices.append((SM3, _("SM3（国密）")))
        except ToolMissing:
            pass
        return {"algorithm": forms.ChoiceField(label=_("杂凑算法"), choices=choices)}


class CheckForm(PageForm):
    """The lines of a checkpoint, its file, both, or neither."""

    def made(self) -> dict[str, forms.Field]:
        """Lines and file."""
        lines = forms.CharField(label=_("固证单上的文字"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))
        lines.help_text = _("从保存在外面的固证单上抄，或者扫二维码粘贴")
        file = forms.FileField(label=_("带校验值的固证文件"), required=False, widget=forms.FileInput(attrs={"accept": ".luoshi"}))
        file.help_text = _("有它才能指明第一条有问题的记录；{n} MiB 以上的请用 luoshi audit verify").format(n=settings.OPTIONS["upload_mib"])
        return {"lines": lines, "file": file}

    def clean(self) -> dict[str, Any]:
        """Both are looked at now, so that what is no checkpoint is told at once."""
        told: dict[str, Any] = super().clean() or {}
        for name in ("lines", "file"):
            try:
                self._look_at(name, told)
            except LuoshiError as error:
                self.add_error(name, str(error))
        return told

    def _look_at(self, name: str, told: dict[str, Any]) -> None:
        if name == "lines":
            given_of(told.get("lines") or "", b"")
        elif (file := told.get("file")) is not None and file.size <= settings.OPTIONS["upload_mib"] << 20:
            kept = given_of("", file.read())
            file.seek(0)
            kept[0].must_be_whole()
