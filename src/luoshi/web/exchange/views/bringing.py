"""Bringing tables in: upload, say what the columns mean, see row by row what would be done, confirm. Nothing is done before that, and then all or nothing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import REFUSALS, Conflict, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.exchange import bringing
from luoshi.web.exchange.files import form_called, list_answer
from luoshi.web.exchange.importing.apply import apply
from luoshi.web.exchange.importing.heads import field_names, set_of
from luoshi.web.exchange.importing.plan import Line, Plan, lines_of
from luoshi.web.exchange.importing.values import Wrong
from luoshi.web.exchange.models import IncomingTable
from luoshi.web.exchange.selectors import open_tables, visible_tables
from luoshi.web.exchange.services import keeping
from luoshi.web.exchange.tasks import apply_table
from luoshi.web.ledger.services.drafting import must_supervise
from luoshi.web.orgs.choosing import unit_names
from luoshi.writers.lists import ListColumn, Listing

AT_ONCE = 100
"""Rows that are done while the person waits; more go on in the background."""
MOST = 1000
"""Rows in one transaction: a larger one would keep others from writing for too long."""
SHOWN, SAMPLES, LISTED = 300, 3, 20


class UploadForm(PageForm):
    """A spreadsheet."""

    def made(self) -> dict[str, forms.Field]:
        """The file."""
        return {"file": forms.FileField(label=_("xlsx 表格"), widget=forms.FileInput(attrs={"accept": ".xlsx"}), help_text=_("从这里导出后改好的台账，或者别处来的任务分解表"))}


@require_http_methods(["GET", "POST"])
@once
def tables(request: Asking) -> HttpResponse:
    """Bring one in; those that are not finished."""
    must_supervise(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = store.save(file.chunks())
            sheets = bringing.sheets_of(store.read_stored(kept.sha256), file.name)
            kind, chosen = bringing.first_choice(sheets, request.actor, timezone.localdate())
        except LuoshiError as error:
            form.add_error("file", str(error))
        else:
            told = {"kind": kind, "name": file.name, "sha256": kept.sha256, "sheets": sheets, "chosen": chosen}
            table = keeping.bring_table(**told, actor=request.actor, at=timezone.now())
            return redirect("table_preview" if kind == IncomingTable.ROUND else "table", table.pk)
    told = {"form": form, "rows": open_tables(request.actor)[:LISTED]}
    return render(request, "exchange/tables.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@once
def table(request: Asking, pk: int) -> HttpResponse:
    """What the columns of a foreign table mean: sheet and row of headings first, then column by column."""
    row = get_object_or_404(visible_tables(request.actor), pk=pk)
    if row.kind != IncomingTable.FOREIGN or not row.sheets:
        return redirect("table_preview", pk)
    chosen, error = dict(row.chosen), None
    if request.method == "POST":
        try:
            chosen = _chosen(request, row)
            keeping.map_table(table_id=pk, chosen=chosen, actor=request.actor, at=timezone.now())
            return redirect("table" if "again" in request.POST else "table_preview", pk)
        except REFUSALS as refused:
            error = refused
    lines = lines_of(row.sheets[chosen["sheet"]])
    heads = bringing.heads_of(lines, chosen["head"])
    below = [line for line in lines if line.number > chosen["head"]]
    columns = [(column, text, chosen["columns"].get(str(column), ""), _samples(below, column)) for column, text in heads.items()]
    told: dict[str, Any] = {"row": row, "chosen": chosen, "columns": columns, "fields": field_names(), "error": error, "count": len(below)}
    told["sheets"] = [(at, sheet["name"] or _("第 {n} 张").format(n=at + 1)) for at, sheet in enumerate(row.sheets)]
    told["lines"] = [(line.number, " | ".join(dict.fromkeys(line.cells.values()))[:90]) for line in lines[:20]]
    return render(request, "exchange/table.html", told, status=error.http_status if error else 200)


def _samples(lines: list[Line], column: int) -> list[str]:
    """What stands first in a column; lines that say one thing all over are headings of sections."""
    texts = dict.fromkeys(line.cells[column] for line in lines if line.cells.get(column) and len(set(line.cells.values())) > 1)
    return list(texts)[:SAMPLES]


def _chosen(request: Asking, row: IncomingTable) -> dict[str, Any]:
    """What the form says; another sheet or row of headings is mapped anew. Raises RuleBroken where no column names the matter."""
    sheet, head = _number(request, "sheet", len(row.sheets) - 1), _number(request, "head", 1 << 21)
    if (sheet, head) != (row.chosen["sheet"], row.chosen["head"]) or "again" in request.POST:
        return bringing.mapped(row.sheets, sheet, head, request.actor)
    columns = {name.removeprefix("column-"): value for name, value in request.POST.items() if name.startswith("column-") and value in field_names()}
    if not {"title", "task"} & set(columns.values()):
        raise RuleBroken(_("还没有一列对应“事项名称”。"), hint=_("请选出写着事项的那一列。"))
    twice = [field_names()[field] for field in field_names() if list(columns.values()).count(field) > 1]
    if twice:
        raise RuleBroken(_("有两列都对应“{field}”，请改一列。").format(field=twice[0]))
    chosen = {**row.chosen, "columns": columns}
    heads = bringing.heads_of(lines_of(row.sheets[sheet]), head)
    meant = {text: columns[str(column)] for column, text in heads.items() if str(column) in columns}
    keeping.remember_headings(digest=set_of(heads), columns=meant, names=chosen.get("names", {}), actor=request.actor, at=timezone.now())
    return bringing.with_days(row.sheets, chosen, timezone.localdate())


def _number(request: Asking, name: str, most: int) -> int:
    text = request.POST.get(name, "")
    return min(int(text), most) if text.isdecimal() and len(text) < 9 else 0


@require_http_methods(["GET", "POST"])
@once
def table_preview(request: Asking, pk: int) -> HttpResponse:
    """What would be done, row by row; confirmed, it is done as shown or not at all."""
    row = get_object_or_404(visible_tables(request.actor), pk=pk)
    if row.state not in (IncomingTable.OPEN, IncomingTable.FAILED):
        return render(request, "exchange/table_done.html", {"row": row})
    try:
        plan = bringing.plan_of(row, request.actor, timezone.localdate())
    except Wrong as error:
        raise RuleBroken(str(error)) from error
    wrong: LuoshiError | None = None
    if request.method == "POST":
        try:
            if "names" in request.POST:
                return _names(request, row, plan)
            return _confirmed(request, row, plan)
        except REFUSALS as error:
            wrong = error
    told: dict[str, Any] = {"row": row, "plan": plan, "steps": [*plan.wrong, *plan.doing][:SHOWN], "hidden": max(0, len(plan.steps) - SHOWN), "wrong": wrong}
    told |= {"doing": len(plan.doing), "refused": len(plan.wrong), "drafts": row.kind == IncomingTable.FOREIGN, "names": row.chosen.get("names", {}), "most": MOST, "too_many": -(-len(plan.doing) // MOST) if len(plan.doing) > MOST else 0}
    told["unit_names"] = unit_names() if plan.unknown else []
    return render(request, "exchange/table_preview.html", told, status=wrong.http_status if wrong else 200)


def _names(request: Asking, row: IncomingTable, plan: Plan) -> HttpResponse:
    """What a person said that unknown names mean; kept for the next table with these headings."""
    said = {name: request.POST.get(f"name-{at}", "").strip()[:160] for at, name in enumerate(plan.unknown)}
    names = {**row.chosen.get("names", {}), **{name: text for name, text in said.items() if text}}
    keeping.map_table(table_id=row.pk, chosen={**row.chosen, "names": names}, actor=request.actor, at=timezone.now())
    heads = bringing.heads_of(lines_of(row.sheets[row.chosen["sheet"]]), row.chosen["head"])
    meant = {text: row.chosen["columns"][str(column)] for column, text in heads.items() if str(column) in row.chosen["columns"]}
    keeping.remember_headings(digest=set_of(heads), columns=meant, names=names, actor=request.actor, at=timezone.now())
    return redirect("table_preview", row.pk)


def _confirmed(request: Asking, row: IncomingTable, plan: Plan) -> HttpResponse:
    must_supervise(request.actor)
    if request.POST.get("plan") != plan.digest:
        raise Conflict(_("预览之后数据有了变化，还没有导入。"), hint=_("请看过新的预览再确认。"))
    if not plan.doing:
        raise RuleBroken(_("没有可以导入的内容。"))
    if len(plan.doing) > MOST:
        raise RuleBroken(_("一次最多导入 {n} 行。").format(n=MOST), hint=_("请分成几个文件导入。"))
    actor, now = request.actor, timezone.now()
    if len(plan.doing) > AT_ONCE:
        keeping.queue_table(table_id=row.pk, digest=plan.digest, actor=actor, at=now)
        transaction.on_commit(lambda: apply_table.enqueue(row.pk))
        return redirect("table_preview", row.pk)
    with transaction.atomic():
        done = apply(plan, name=row.name, actor=actor, at=now, on=timezone.localdate())
        keeping.finish_table(table_id=row.pk, done=done, skipped=len(plan.wrong), actor=actor, at=now)
    messages.success(request, _("导入完成：{n} 行生效。").format(n=done))
    return redirect("table_preview", row.pk)


@require_safe
def table_wait(request: Asking, pk: int) -> HttpResponse:
    """The state of a table that is being imported: a piece of its page that renews itself."""
    return render(request, "exchange/table_state.html", {"row": get_object_or_404(visible_tables(request.actor).defer("sheets"), pk=pk)})


@require_safe
def table_problems(request: Asking, pk: int) -> Any:
    """The rows that cannot be imported, with why, as a workbook."""
    row = get_object_or_404(visible_tables(request.actor), pk=pk)
    form = form_called("xlsx")
    if not row.sheets or form is None:
        raise Http404
    plan = bringing.plan_of(row, request.actor, timezone.localdate())
    lines = [(str(step.row), step.about, "".join(step.wrong)) for step in plan.wrong] + [(str(step.row), step.about, "".join(step.notes)) for step in plan.doing if step.notes]
    lines += [(str(number), "", why) for number, why in plan.skipped]
    title = _("{name} 的问题清单").format(name=row.name)
    columns = (ListColumn(_("行"), 8, True), ListColumn(_("事项"), 40), ListColumn(_("问题"), 80))
    return list_answer(Listing(title, "", columns, lines, lambda n: [_("共 {n} 行").format(n=n)]), form, title)


@require_http_methods(["GET", "POST"])
@once
def table_drop(request: Asking, pk: int) -> HttpResponse:
    """Put a table away that is not needed."""
    row = get_object_or_404(visible_tables(request.actor).defer("sheets"), pk=pk)
    if request.method == "POST":
        keeping.drop_table(table_id=row.pk, actor=request.actor, at=timezone.now())
        messages.success(request, _("已丢弃 {name}，台账没有改动。").format(name=row.name))
    return redirect("tables")
