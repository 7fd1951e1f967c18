"""The import of units and people: upload, see what would be done, confirm. The child process reads; the file waits in the store."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import REFUSALS, Conflict, LuoshiError
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.intake.tables import read_tables
from luoshi.web.orgs.importing.apply import apply
from luoshi.web.orgs.importing.lines import lines_of
from luoshi.web.orgs.importing.plan import Plan, plan_of
from luoshi.web.orgs.importing.template import template_table
from luoshi.web.orgs.roles import SYSTEM
from luoshi.web.orgs.views.administering import only_for

SALT = "luoshi.import"
HOURS = 4
SHOWN = 500


class UploadForm(PageForm):
    """A spreadsheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.FileInput(attrs={"accept": ".xlsx"})
        self.fields["file"] = forms.FileField(label=_("xlsx 表格"), widget=widget, help_text=_("单位和人员可以在同一个文件的两张工作表里"))


@require_http_methods(["GET", "POST"])
def upload(request: Asking) -> HttpResponse:
    """Take a spreadsheet into the store and lead to its preview."""
    only_for(request.actor, SYSTEM)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = store.save(file.chunks())
            read_tables(store.read_stored(kept.sha256), name=file.name)
        except LuoshiError as error:
            form.add_error("file", str(error))
        else:
            ticket = signing.dumps({"file": kept.sha256, "name": file.name[:100], "user": request.actor.user_id}, salt=SALT)
            return redirect("import_preview", ticket)
    if form.errors:
        status = 422
    return render(request, "orgs/import.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@once
def preview(request: Asking, ticket: str) -> HttpResponse:
    """What the import would do, row by row; confirmed, it is done as shown or not at all."""
    only_for(request.actor, SYSTEM)
    name, plan = _plan(request, ticket)
    wrong, status = "", 200
    if request.method == "POST":
        try:
            if request.POST.get("plan") != plan.digest:
                raise Conflict(_("预览之后数据有了变化，还没有导入。"), hint=_("请看过新的预览再确认。"))
            done = apply(plan, actor=request.actor, at=timezone.now())
        except REFUSALS as error:
            wrong, status = str(error), error.http_status
        else:
            messages.success(request, _message(plan, done))
            return redirect(reverse("people") if not any(step.line.get("unit") and not step.line.get("person") for step in plan.steps) else reverse("units"))
    told = {
        "name": name,
        "plan": plan,
        "rows": plan.steps[:SHOWN],
        "hidden": max(0, len(plan.steps) - SHOWN),
        "wrong": wrong,
        "counts": {outcome: plan.count(outcome) for outcome in ("create", "change", "same", "wrong")},
        "todo": plan.count("create") + plan.count("change"),
    }
    return render(request, "orgs/import_preview.html", told, status=status)


@require_safe
def template(request: Asking) -> HttpResponse:
    """The empty table."""
    only_for(request.actor, SYSTEM)
    answer = HttpResponse(template_table(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = 'attachment; filename="luoshi-units-people.xlsx"'
    return answer


def _plan(request: Asking, ticket: str) -> tuple[str, Plan]:
    """The plan of the file that a ticket names; only its own uploader has a ticket for it."""
    try:
        told = signing.loads(ticket, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature as error:
        raise Http404 from error
    if told["user"] != request.actor.user_id:
        raise Http404
    sheets = read_tables(store.read_stored(told["file"]), name=told["name"])
    return told["name"], plan_of(lines_of(sheets), timezone.localdate())


def _message(plan: Plan, done: int) -> str:
    said = _("导入完成：新建 {new} 行，修改 {changed} 行，共 {n} 项。").format(new=plan.count("create"), changed=plan.count("change"), n=done)
    skipped = plan.count("wrong")
    return said + (_("有问题的 {n} 行没有导入。").format(n=skipped) if skipped else "")
