"""Reading and judging reports: one page to read one, its acts, and the files that prove it."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.acting import View, Words
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.common.forms import ActForm
from luoshi.web.common.once import once
from luoshi.web.ledger import workflow
from luoshi.web.ledger.evidence import media_type
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.reporting import ReturnReportForm, SendBackForm, WordsForm
from luoshi.web.ledger.models import Report
from luoshi.web.ledger.selectors.plans import plan_of
from luoshi.web.ledger.selectors.working import report_row, same_files, visible_evidence, visible_reports, with_last_accepted
from luoshi.web.ledger.services import reporting
from luoshi.web.ledger.services.reporting import keys_of_report, parties_for
from luoshi.web.ledger.views.acting import WITH_REPORT, ActPage, Subject, answer_act
from luoshi.web.ledger.workflow import REPORTS, ReportState


@require_safe
def report(request: Asking, pk: int) -> HttpResponse:
    """One report: to read; for who releases or reviews it, with the criterion, the last one and the proof beside it."""
    found = _report(request, pk)
    matter, actor = found.matter, request.actor
    parties = parties_for(found, actor)
    acts = {row.act for row in workflow.available(REPORTS, found.state, parties=parties, user_id=actor.user_id, keys=keys_of_report(found))}
    row, previous = with_last_accepted(found, actor)
    if row is None:  # withdrawn a moment ago
        raise Http404
    submits = found.final and found.unit_id == matter.lead_id
    told: dict[str, Any] = {"matter": matter, "report": found, "row": row, "acts": acts, "submits": submits}
    told |= {"previous": previous, "plan": plan_of(matter, timezone.localdate())}
    told |= {"twins": same_files(row.evidence, actor), "writes": "file" in acts}
    told["own_key"] = workflow.SUPERVISOR in parties and found.state == ReportState.FILED and not acts
    return render(request, "ledger/report.html", told)


@require_safe
def evidence(request: Asking, pk: int) -> FileResponse:
    """A file of a visible report."""
    found = get_object_or_404(visible_evidence(request.actor), pk=pk)
    return as_download(store.open_stored(found.sha256), found.name, media_type(found.name))


def report_act(page: ActPage) -> View:
    """The view of an act on a report; its address brings ``pk``."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request: Asking, pk: int) -> HttpResponse:
        found = _report(request, pk)
        back = reverse("report", args=[pk])
        subject = Subject(row=found, matter=found.matter, table=REPORTS, keys=keys_of_report(found), changes=found.changes, back=back)
        return answer_act(request, page, subject)

    return view


def _report(request: Asking, pk: int) -> Report:
    return get_object_or_404(visible_reports(request.actor).select_related("matter__lead", "matter__issuer", "unit"), pk=pk)


def _in_view(row: Report, actor: Actor) -> dict[str, Any]:
    """The report itself: nobody signs or returns what is not before them."""
    return {"matter": row.matter, "final": report_row(row, actor)}


def _release(row: Report, form: ActForm, actor: Actor, at: datetime) -> Report:
    return reporting.release_report(report_id=row.pk, actor=actor, at=at, expected=form.expected)


def _send_back(row: Report, form: ReasonForm, actor: Actor, at: datetime) -> Report:
    return reporting.send_back_report(report_id=row.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _accept(row: Report, form: WordsForm, actor: Actor, at: datetime) -> Report:
    return reporting.accept_report(report_id=row.pk, words=form.cleaned_data["words"], actor=actor, at=at, expected=form.expected)


def _return(row: Report, form: ReasonForm, actor: Actor, at: datetime) -> Report:
    return reporting.return_report(report_id=row.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


release = report_act(
    ActPage(
        acts=("release",),
        words=lambda row: Words(_("审签反馈"), _("报出"), _("已报出，等候交办单位审核。"), _("报出后交办单位就能看到，退回前不能再改。")),
        call=_release,
        template=WITH_REPORT,
        told=_in_view,
    )
)
send_back = report_act(
    ActPage(
        acts=("send_back",),
        words=lambda row: Words(_("退回修改"), _("退回起草人"), _("已退回起草人修改。"), _("退回后仍只有本单位看得到，改好再报。")),
        form=SendBackForm,
        call=_send_back,
        template=WITH_REPORT,
        told=_in_view,
    )
)
accept = report_act(
    ActPage(
        acts=("accept",),
        words=lambda row: Words(_("通过反馈"), _("通过"), _("已通过，数值和节点已计入进展。"), _("通过后，数值和完成的节点计入进展，不能撤回。")),
        form=WordsForm,
        call=_accept,
        template=WITH_REPORT,
        told=_in_view,
    )
)
return_ = report_act(
    ActPage(
        acts=("return",),
        words=lambda row: Words(_("退回反馈"), _("退回"), _("已退回，请对方补正后再报。"), _("退回后这件事亮黄灯，直到对方重新报来。")),
        form=ReturnReportForm,
        call=_return,
        template=WITH_REPORT,
        told=_in_view,
    )
)
