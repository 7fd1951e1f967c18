"""Towards the end of a matter, and what interrupts it: one page an act, each a row for ``acting``."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import Words
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import ActForm
from luoshi.web.common.once import once
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.closing import (
    AcceptForm,
    BasisForm,
    EscalateForm,
    ReopenForm,
    ResolveForm,
    ResumeForm,
    ReturnMatterForm,
    StandingForm,
    SuspendForm,
)
from luoshi.web.ledger.models import Matter, Question, Report
from luoshi.web.ledger.selectors.plans import plan_of
from luoshi.web.ledger.selectors.working import report_row, same_files
from luoshi.web.ledger.services import closing, holding
from luoshi.web.ledger.views.acting import WITH_REPORT, ActPage, answer_act, matter_act, subject_of
from luoshi.web.ledger.views.deeds import visible_matter
from luoshi.web.ledger.workflow import Act, ReportState


def waiting_final(matter: Matter) -> Report | None:
    """The final report that waits for the head of the lead."""
    waiting = matter.reports.filter(final=True, state=ReportState.WITH_HEAD).order_by("-pk")
    return next((report for report in waiting if report.unit_id == matter.lead_id), None)


def _final(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    found = matter.reports.filter(final=True, state__in=(ReportState.FILED, ReportState.WITH_HEAD)).order_by("-pk")
    report = next((one for one in found if one.unit_id == matter.lead_id), None)
    if report is None:
        return {"children": closing.live_children(matter)}
    row = report_row(report, actor)
    told: dict[str, Any] = {"final": row, "twins": same_files(row.evidence, actor)}
    return told | {"plan": plan_of(matter, timezone.localdate()), "children": closing.live_children(matter)}


def _to_accept(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    other = {"other": reverse("matter_return", args=[matter.pk]), "other_words": _("没有达到办结标准，退回办理")}
    return {**_final(matter, actor), **other}


def _end(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    return {"children": closing.live_children(matter), "unanswered": closing.unanswered(matter)}


def _escalations(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    return {"questions": matter.questions.filter(kind=Question.ESCALATION, answered_at=None).select_related("unit", "asked_by")}


def _submit(matter: Matter, form: ActForm, actor: Actor, at: datetime) -> Matter:
    report = waiting_final(matter)
    if report is None:
        raise RuleBroken(_("没有等您审签的办结反馈。"), hint=_("可能刚被退回，请刷新后再看。"))
    return closing.submit_matter(report_id=report.pk, actor=actor, at=at, expected=form.expected)


def _accept(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return closing.accept_matter(matter_id=matter.pk, words=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _return(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return closing.return_matter(matter_id=matter.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _close(matter: Matter, form: ActForm, actor: Actor, at: datetime) -> Matter:
    return closing.close_matter(matter_id=matter.pk, actor=actor, at=at, expected=form.expected)


def _mark_standing(matter: Matter, form: StandingForm, actor: Actor, at: datetime) -> Matter:
    told = form.cleaned_data
    return closing.mark_standing(matter_id=matter.pk, reason=told["reason"], review_on=told["review_on"], actor=actor, at=at, expected=form.expected)


def _reopen(matter: Matter, form: ReopenForm, actor: Actor, at: datetime) -> Matter:
    told = form.cleaned_data
    return closing.reopen_matter(matter_id=matter.pk, reason=told["reason"], due_on=told["due_on"], actor=actor, at=at, expected=form.expected)


def _suspend(matter: Matter, form: SuspendForm, actor: Actor, at: datetime) -> Matter:
    told = form.cleaned_data
    return holding.suspend_matter(matter_id=matter.pk, basis=told["reason"], resume_on=told["resume_on"], actor=actor, at=at, expected=form.expected)


def _resume(matter: Matter, form: ResumeForm, actor: Actor, at: datetime) -> Matter:
    return holding.resume_matter(matter_id=matter.pk, words=form.cleaned_data["words"], actor=actor, at=at, expected=form.expected)


def _escalate(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return holding.escalate_matter(matter_id=matter.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _resolve(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return holding.resolve_escalation(matter_id=matter.pk, words=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _terminate(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return holding.terminate_matter(matter_id=matter.pk, basis=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


_SUBMIT = ActPage(
    acts=(Act.SUBMIT,),
    words=lambda matter: Words(_("提交验收"), _("提交验收"), _("已提交验收，等候交办单位核验。"), _("提交后由交办单位对照办结标准核验，退回前不能再改。")),
    call=_submit,
    template=WITH_REPORT,
    told=_final,
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def submit(request: Asking, pk: int) -> HttpResponse:
    """Submit with the final report that waits for the head, as it was read; where none waits, it is written first."""
    matter = visible_matter(request, pk)
    waiting = waiting_final(matter)
    if waiting is None and request.method != "POST":
        return redirect(reverse("matter_report", args=[pk]) + "?final=1")
    return answer_act(request, _SUBMIT, replace(subject_of(matter), changes=waiting.changes if waiting else matter.changes))


accept = matter_act(
    ActPage(
        acts=(Act.ACCEPT,),
        words=lambda matter: Words(_("验收"), _("验收通过"), _("已验收办结。"), _("通过后这件事定为已办结，办结反馈里的数值计入进展。")),
        form=AcceptForm,
        call=_accept,
        template=WITH_REPORT,
        told=_to_accept,
    )
)
return_ = matter_act(
    ActPage(
        acts=(Act.RETURN,),
        words=lambda matter: Words(_("退回办理"), _("退回"), _("已退回，牵头单位继续办理。"), _("退回后回到办理中，亮黄灯，直到重新报来。")),
        form=ReturnMatterForm,
        call=_return,
        template=WITH_REPORT,
        told=_final,
    )
)
close = matter_act(
    ActPage(
        acts=(Act.CLOSE,),
        words=lambda matter: Words(_("销号"), _("销号"), _("已销号。"), _("销号后不再要求反馈；回头看发现反弹的，可以重新办理。")),
        call=_close,
        template="ledger/act_at_the_end.html",
        told=_end,
    )
)
mark_standing = matter_act(
    ActPage(
        acts=(Act.MARK_STANDING,),
        words=lambda matter: Words(_("转为长期坚持"), _("转为长期坚持"), _("已转为长期坚持。"), _("不再亮灯，到检视日期会提示复查。")),
        form=StandingForm,
        call=_mark_standing,
        template="ledger/act_at_the_end.html",
        told=_end,
    )
)
reopen = matter_act(
    ActPage(
        acts=(Act.REOPEN,),
        words=lambda matter: Words(_("重新办理"), _("重新办理"), _("已重新办理，反弹次数加一。"), _("重新办理后要重新商定计划，反弹次数加一，原来的办结记录保留。")),
        form=ReopenForm,
        call=_reopen,
        danger=True,
    )
)
suspend = matter_act(
    ActPage(
        acts=(Act.SUSPEND,),
        words=lambda matter: Words(_("挂起"), _("挂起"), _("已挂起。"), _("挂起期间亮灰灯，不要求反馈；时限不变，需要顺延的另行批复延期。")),
        form=SuspendForm,
        call=_suspend,
    )
)
resume = matter_act(
    ActPage(
        acts=(Act.RESUME,),
        words=lambda matter: Words(_("恢复办理"), _("恢复办理"), _("已恢复办理。"), _("恢复后按原时限和计划亮灯。")),
        form=ResumeForm,
        call=_resume,
    )
)
escalate = matter_act(
    ActPage(
        acts=(Act.ESCALATE,),
        words=lambda matter: Words(_("提级协调"), _("提请协调"), _("已提请交办单位协调。"), _("协调期间时限照常计算。")),
        form=EscalateForm,
        call=_escalate,
    )
)
resolve = matter_act(
    ActPage(
        acts=(Act.RESOLVE,),
        words=lambda matter: Words(_("协调"), _("答复协调结果"), _("已答复，牵头单位继续办理。"), _("答复后回到办理中，时限不变；需要顺延的另行批复延期。")),
        form=ResolveForm,
        call=_resolve,
        template="ledger/act_with_units.html",
        told=_escalations,
    )
)
terminate = matter_act(
    ActPage(
        acts=(Act.TERMINATE,),
        words=lambda matter: Words(_("终止"), _("终止这件事"), _("已终止。"), _("终止后不能恢复，不算办结；依据会留在经过里。")),
        form=BasisForm,
        call=_terminate,
        template="ledger/act_at_the_end.html",
        told=_end,
        danger=True,
    )
)
