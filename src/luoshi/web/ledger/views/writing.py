"""Writing a report: one page that saves as one types, takes evidence, and files. The row is made by the first thing that is saved."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.text import REFUSALS, Conflict, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import filled_in
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.common.templatetags.pages import moment
from luoshi.web.ledger import workflow
from luoshi.web.ledger.forms.reporting import ReportForm, accepted_endings
from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.plans import indicators_of, next_report
from luoshi.web.ledger.selectors.working import with_last_accepted
from luoshi.web.ledger.services import closing, evidencing, reporting
from luoshi.web.ledger.services.advancing import may_do
from luoshi.web.ledger.views.acting import not_now
from luoshi.web.ledger.workflow import ReportState


@require_http_methods(["GET", "HEAD", "POST"])
@once
def write(request: Asking, pk: int) -> HttpResponse:
    """The page on which a unit writes its report on a matter."""
    matter = _matter(request, pk)
    try:
        unit_id = reporting.reporting_unit(matter, request.actor, _wanted(request))
        deed = "report" if unit_id in request.actor.units else "record"
        may_do(matter, deed, actor=request.actor, parties=_parties(request, matter, unit_id, workflow.takers(workflow.DEEDS, deed)))
        report = reporting.written_report(matter, unit_id)
        if request.method == "POST":
            _not_with_head(report)
    except REFUSALS as refused:
        return not_now(request, matter, _("写反馈"), refused, _typed(request, matter))
    if report is not None and report.state == ReportState.WITH_HEAD:
        messages.info(request, _("这份反馈在负责人处，退回后才能再改。"))
        return redirect("report", report.pk)
    form = _form(request, matter, unit_id, report)
    if request.method != "POST":
        return _show(request, matter, unit_id, report, form)
    try:
        with transaction.atomic():  # what is refused leaves the draft as it was before
            return _take(request, matter, unit_id, form)
    except LuoshiError as error:
        return _failed(request, matter, unit_id, form, error)


@require_POST
def save(request: Asking, pk: int) -> JsonResponse:
    """Keep what was typed: called while one types. Answers with the number of changes that the page goes on with."""
    matter = _matter(request, pk)
    try:
        unit_id = reporting.reporting_unit(matter, request.actor, _wanted(request))
        form = _form(request, matter, unit_id, reporting.written_report(matter, unit_id))
        report = _saved(request, matter, unit_id, form)
    except LuoshiError as error:
        return JsonResponse({"error": str(error)}, status=error.http_status)
    return JsonResponse({"expected": report.changes, "saved": _("已保存 {at}").format(at=moment(report.saved_at))})


def _matter(request: Asking, pk: int) -> Matter:
    return get_object_or_404(visible_matters(request.actor, few=True).select_related("issuer", "lead"), pk=pk)


def _not_with_head(report: Report | None) -> None:
    if report is not None and report.state == ReportState.WITH_HEAD:
        raise RuleBroken(_("这份反馈在负责人处，退回后才能再改。"), hint=_("您这次写的没有存，请先复制下来。"))


def _typed(request: Asking, matter: Matter) -> list[tuple[str, str]]:
    """What was sent, where it cannot be kept."""
    if request.method != "POST":
        return []
    told: dict[str, Any] = {"targets": list(matter.targets.order_by("order", "pk")), "milestones": (), "leads": True, "recorded": True}
    return filled_in(ReportForm(request.POST, today=timezone.localdate(), **told))


def _form(request: Asking, matter: Matter, unit_id: int, report: Report | None) -> ReportForm:
    leads = unit_id == matter.lead_id
    data = request.POST if request.method == "POST" else None
    typed: Mapping[str, Any] = report.typed if report is not None else {"final": bool(request.GET.get("final"))}
    return ReportForm(
        data,
        request.FILES or None,
        targets=list(matter.targets.order_by("order", "pk")) if leads else [],
        milestones=list(matter.milestones.filter(done_on__isnull=True).order_by("due_on", "pk")) if leads else [],
        leads=leads,
        recorded=unit_id not in request.actor.units,
        today=timezone.localdate(),
        typed=typed,
        expected=report.changes if report is not None else 0,
    )


def _wanted(request: Asking) -> int | None:
    """The unit that is recorded for, where the address names one."""
    unit = request.GET.get("unit", "")
    return int(unit) if unit.isdecimal() and len(unit) < 12 else None


def _saved(request: Asking, matter: Matter, unit_id: int, form: ReportForm) -> Report:
    """The draft with what the page says. The page of a report that is not there yet expects 0 changes of it."""
    now = timezone.now()
    report = reporting.begin_report(matter_id=matter.pk, unit_id=unit_id, actor=request.actor, at=now)
    sent = request.POST.get("expected", "")
    expected = int(sent) if sent.isdecimal() and len(sent) < 10 else None
    fresh = not report.typed and report.changes == 1
    return reporting.save_draft(report_id=report.pk, typed=form.typed(), actor=request.actor, at=now, expected=None if fresh else expected)


def _take(request: Asking, matter: Matter, unit_id: int, form: ReportForm) -> HttpResponse:
    """What the button says: keep, attach, remove, throw away, file."""
    act, number = _pressed(request)
    if act == "file" and not form.is_valid():
        return _show(request, matter, unit_id, reporting.written_report(matter, unit_id), form, status=422)
    report = _saved(request, matter, unit_id, form)
    if act == "attach":
        return _attach(request, matter, form, report)
    if act == "remove":
        evidencing.remove_evidence(evidence_id=get_object_or_404(report.evidence, pk=number).pk, actor=request.actor, at=timezone.now())
        return redirect(request.get_full_path())
    if act == "discard":
        reporting.discard_draft(report_id=report.pk, actor=request.actor, at=timezone.now())
        messages.success(request, _("草稿已删除。"))
        return redirect("matter", matter.pk)
    if act == "file":
        return _file(request, matter, form, report)
    messages.success(request, _("草稿已保存，只有本单位看得到。"))
    return redirect(request.get_full_path())


def _attach(request: Asking, matter: Matter, form: ReportForm, report: Report) -> HttpResponse:
    files = request.FILES.getlist("files")
    if not files:
        raise RuleBroken(_("还没有选文件。"), hint=_("请先选文件再附上。"))
    form.is_valid()
    dated_on = form.cleaned_data.get("dated_on")
    for file in files:
        name, content = str(file.name), _content(file)
        evidencing.attach_evidence(report_id=report.pk, name=name, content=content, dated_on=dated_on, actor=request.actor, at=timezone.now())
    messages.success(request, _("已附上 {n} 份佐证。").format(n=len(files)))
    return redirect(request.get_full_path())


def _content(file: Any) -> bytes:
    """The bytes of a file, not more than one over what is allowed: the service tells the limit."""
    most = settings.OPTIONS["upload_mib"] << 20
    content: bytes = file.read(most + 1)
    return content


def _file(request: Asking, matter: Matter, form: ReportForm, report: Report) -> HttpResponse:
    content, actor, now = form.content(), request.actor, timezone.now()
    if content.final and report.unit_id == matter.lead_id and workflow.HEAD in reporting.parties_for(report, actor):
        closing.submit_matter(report_id=report.pk, content=content, actor=actor, at=now)
        messages.success(request, _("已提交验收，等候交办单位核验。"))
        return redirect("matter", matter.pk)
    filed = reporting.file_report(report_id=report.pk, content=content, actor=actor, at=now)
    with_head = filed.state == ReportState.WITH_HEAD
    messages.success(request, _("已送本单位负责人审签。") if with_head else _("已报出，等候交办单位审核。"))
    return redirect("report", filed.pk)


def _failed(request: Asking, matter: Matter, unit_id: int, form: ReportForm, error: LuoshiError) -> HttpResponse:
    """The page again with everything typed; on a conflict the colleague's text stands beside it."""
    report = reporting.written_report(matter, unit_id)
    theirs = None
    form.is_valid()
    if isinstance(error, Conflict) and report is not None:
        theirs = report
        form.data = request.POST.copy()
        form.data["expected"] = str(report.changes)
    if _pressed(request)[0] != "file":
        form.errors.clear()  # only filing asks for whole fields
    form.add_error(None, str(error))
    return _show(request, matter, unit_id, report, form, status=error.http_status, theirs=theirs)


def _show(
    request: Asking, matter: Matter, unit_id: int, report: Report | None, form: ReportForm, *, status: int = 200, theirs: Report | None = None
) -> HttpResponse:
    today = timezone.localdate()
    leads = unit_id == matter.lead_id
    _own, previous = with_last_accepted(report or Report(matter=matter, unit_id=unit_id), request.actor)
    told: dict[str, Any] = {"matter": matter, "report": report, "form": form, "theirs": theirs, "today": today}
    told |= {"evidence": list(report.evidence.order_by("pk")) if report else [], "most": settings.OPTIONS["evidence_files"], "accept": accepted_endings()}
    told |= {"previous": previous, "unit_name": _unit_name(matter, unit_id, report)}
    told |= {"indicators": indicators_of(matter, today) if leads else [], "period": next_report(matter, today) if leads else None, "leads": leads}
    told |= {"releases": bool(_parties(request, matter, unit_id) & {workflow.HEAD, workflow.SUPPORT_HEAD}), "upload_mib": settings.OPTIONS["upload_mib"]}
    recorded = unit_id not in request.actor.units
    told |= {"recorded": recorded, "unit_id": unit_id, "records": reporting.recorded_units(matter, request.actor) if recorded else []}
    told["support"] = matter.supports.filter(unit_id=unit_id).first() if not leads else None
    return render(request, "ledger/report_write.html", told, status=status)


def _parties(request: Asking, matter: Matter, unit_id: int, among: frozenset[str] = frozenset(workflow.PARTIES)) -> frozenset[str]:
    """The parties of the reader for a report of this unit."""
    return reporting.parties_for(Report(matter=matter, unit_id=unit_id, recorded_for=unit_id not in request.actor.units), request.actor, among)


def _unit_name(matter: Matter, unit_id: int, report: Report | None) -> str:
    return report.unit_name if report is not None else reporting.unit_name(matter, unit_id)


def _pressed(request: Asking) -> tuple[str, int]:
    act, _dash, number = request.POST.get("do", "save").partition("-")
    return act, int(number) if number.isdecimal() and len(number) < 12 else 0

