"""The roster of a target: the list with its figures, rows typed, pasted or taken from a file, one row changed or taken out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import REFUSALS, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import ActForm, PageForm
from luoshi.web.common.once import once
from luoshi.web.exchange.bringing import sheets_of
from luoshi.web.exchange.models import RosterRow
from luoshi.web.exchange.rosters import ORDER, read_lines, sentence, text_of
from luoshi.web.exchange.selectors import tallies, visible_roster, visible_targets
from luoshi.web.exchange.services.rosters import RosterLine, change_row, fill_roster, may_keep, remove_row

PAGE = 100


@require_safe
def roster(request: Asking, pk: int) -> HttpResponse:
    """The list, those that are not done first where ``?show=open``."""
    target = get_object_or_404(visible_targets(request.actor), pk=pk)
    tally = next(one for one in tallies(target.matter) if one.target.pk == pk)
    show = request.GET.get("show", "")
    rows = target.roster.all()
    if show in ("open", "done"):
        rows = rows.filter(Q(done_on__isnull=show == "open"))
    told: dict[str, Any] = {"target": target, "tally": tally, "said": sentence(tally), "show": show, "query": f"show={show}" if show else ""}
    told |= {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "keeps": may_keep(target.matter, request.actor)}
    return render(request, "exchange/roster.html", told)


class FillForm(PageForm):
    """Lines, and a file that becomes lines."""

    def made(self) -> dict[str, forms.Field]:
        """The two."""
        about = _("一行一项：名称 | 单位 | 时限 | 完成日期 | 备注；后面的可以不写。从 Excel 里选中几列直接粘贴也行。")
        area = forms.Textarea(attrs={"rows": 14})
        return {
            "lines": forms.CharField(label=_("名单"), required=False, max_length=1_000_000, widget=area, help_text=about),
            "file": forms.FileField(label=_("或者从 xlsx 读入"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx"}), help_text=_("读入后先填在上面，看过再保存。")),
        }


@require_http_methods(["GET", "POST"])
@once
def roster_fill(request: Asking, pk: int) -> HttpResponse:
    """Add rows. A file first becomes lines in the form, to be looked at; saved are the lines."""
    target = get_object_or_404(visible_targets(request.actor), pk=pk)
    if not may_keep(target.matter, request.actor):
        raise RuleBroken(_("名单由交办单位的督查员和牵头单位维护，事项办结后不再改。"))
    form, status = FillForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["file"]:
                form = _with_file(form)
            else:
                added = fill_roster(target_id=pk, lines=read_lines(form.cleaned_data["lines"]), actor=request.actor, at=timezone.now())
                messages.success(request, _("已加入 {n} 项。").format(n=added))
                return redirect("roster", pk)
        except (*REFUSALS, LuoshiError) as error:
            form.add_error(None, str(error))
            status = error.http_status
    told = {"title": _("加入名单"), "about": target.indicator, "back": reverse("roster", args=[pk]), "form": form, "verb": _("保存")}
    return render(request, "common/act.html", told, status=422 if form.errors and status == 200 else status)


def _with_file(form: FillForm) -> FillForm:
    """The form with the lines of its file after those that were typed."""
    file = form.cleaned_data["file"]
    read = text_of(sheets_of(file.read(), file.name))
    lines = "\n".join(filter(None, (form.cleaned_data["lines"].strip(), read)))
    return FillForm(initial={"lines": lines})


class RowForm(ActForm):
    """One row."""

    def fields_for(self, row: RosterRow) -> dict[str, forms.Field]:
        """As it is now."""
        return {
            "name": forms.CharField(label=_("名称"), max_length=200, initial=row.name),
            "unit": forms.CharField(label=_("单位"), max_length=120, required=False, initial=row.unit),
            "due_on": _day(_("时限"), row.due_on),
            "done_on": _day(_("完成日期"), row.done_on),
            "note": forms.CharField(label=_("备注"), max_length=300, required=False, initial=row.note),
        }


class ReasonForm(ActForm):
    """Why."""

    def fields_for(self, row: RosterRow) -> dict[str, forms.Field]:
        """The reason."""
        return {"reason": forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))}


def _day(label: str, value: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, initial=value, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _row(actor: Actor, pk: int | None) -> RosterRow:
    return get_object_or_404(visible_roster(actor), pk=pk)


def _refused(row: RosterRow, actor: Actor) -> LuoshiError | None:
    return None if may_keep(row.target.matter, actor) else RuleBroken(_("名单由交办单位的督查员和牵头单位维护，事项办结后不再改。"))


def _back(row: RosterRow) -> str:
    return reverse("roster", args=[row.target_id])


roster_row_edit = act_view(
    ActPage(
        find=_row,
        words=lambda row: Words(_("修改名单"), _("保存"), _("已保存。")),
        call=lambda row, told, actor, at: change_row(row_id=row.pk, line=RosterLine(**{name: told[name] for name in ORDER}), actor=actor, at=at),
        back=_back,
        about=lambda row: row.name,
        form=RowForm,
        refused=_refused,
    )
)
roster_row_remove = act_view(
    ActPage(
        find=_row,
        words=lambda row: Words(_("移出名单"), _("移出"), _("已移出名单。")),
        call=lambda row, told, actor, at: remove_row(row_id=row.pk, reason=told["reason"], actor=actor, at=at),
        back=_back,
        about=lambda row: row.name,
        form=ReasonForm,
        danger=True,
        refused=_refused,
    )
)
