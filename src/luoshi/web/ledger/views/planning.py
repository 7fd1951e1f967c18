"""The plan: the lead writes it, the issuer agrees to it or sends it back; what supporters are asked for and answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import REFUSALS, Conflict, LuoshiError
from luoshi.text.language import _
from luoshi.web.common.acting import View, Words, filled_in
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger import workflow
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.planning import AgreeForm, AnswerSupportForm, AskSupportForm, PlanForm
from luoshi.web.ledger.models import Matter, Plan, Support
from luoshi.web.ledger.parties import answers_for, parties_of
from luoshi.web.ledger.plans import PlanContent
from luoshi.web.ledger.selectors import is_visible
from luoshi.web.ledger.selectors.history import Line
from luoshi.web.ledger.selectors.plans import changes_between, indicators_of, plan_of
from luoshi.web.ledger.selectors.working import supports_of
from luoshi.web.ledger.services import planning
from luoshi.web.ledger.services.advancing import may_do
from luoshi.web.ledger.views.acting import ActPage, Subject, answer_act, meanwhile, not_now
from luoshi.web.ledger.views.deeds import deed_on, visible_matter
from luoshi.web.ledger.workflow import DEEDS, PLANS

MORE = 5


@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan(request: Asking, pk: int) -> HttpResponse:
    """The plan to write for the lead, to judge for the issuer, to read for others."""
    matter = visible_matter(request, pk)
    parties = parties_of(request.actor, matter)
    writes = any(row.act == "plan" for row in workflow.available(DEEDS, matter.state, parties=parties, user_id=request.actor.user_id))
    waiting = matter.plans.filter(state="proposed").first()
    judges = waiting is not None and bool(list(_judging(waiting, parties, request.actor)))
    if request.method == "POST" and not writes:
        return _cannot_write(request, matter)
    if writes and (request.method == "POST" or not judges):
        return _write(request, matter)
    return _read(request, matter, waiting, judges)


def _judging(waiting: Plan, parties: frozenset[str], actor: Actor) -> Any:
    return workflow.available(PLANS, waiting.state, parties=parties, user_id=actor.user_id, keys={"planned": waiting.author_id})


def _read(request: Asking, matter: Matter, waiting: Plan | None, judges: bool) -> HttpResponse:
    today = timezone.localdate()
    told: dict[str, Any] = {"matter": matter, "plan": plan_of(matter, today), "waiting": waiting, "judges": judges}
    if waiting is not None:
        content = PlanContent.read(waiting.content)
        names = {target.pk: target.indicator for target in matter.targets.all()}
        told["changes"] = changes_between(planning.agreed_plan(matter), content, names) if matter.plan_agreed_at else []
        told["proposed"] = content
        told["drawn"] = [one for one in indicators_of(matter, today, dict(content.curves)) if one.curve]
    return render(request, "ledger/plan.html", told)


def _cannot_write(request: Asking, matter: Matter) -> HttpResponse:
    """A plan that was sent when it could not be put forward any more: it can be copied."""
    form = PlanForm(request.POST, matter=matter, targets=list(matter.targets.order_by("order", "pk")), content=PlanContent(), expected=matter.changes)
    try:
        may_do(matter, "plan", actor=request.actor)
    except REFUSALS as refused:
        return not_now(request, matter, _("办理计划"), refused, filled_in(form))
    raise AssertionError("the table allows what the page refuses")


def _write(request: Asking, matter: Matter) -> HttpResponse:
    targets = list(matter.targets.order_by("order", "pk"))
    last = matter.plans.order_by("-proposed_at", "-pk").first()
    begun = PlanContent.read(last.content) if last is not None and last.state != "agreed" else planning.agreed_plan(matter)
    act, _dash, number = request.POST.get("do", "propose").partition("-")
    told: dict[str, Any] = {"matter": matter, "targets": targets, "expected": matter.changes}
    if request.method != "POST":
        return _show(request, PlanForm(**told, content=begun), last)
    form = PlanForm(request.POST, **told, content=begun, more=MORE if act == "add" else 0)
    valid = form.is_valid()
    if act == "line":
        target = next((one for one in targets if str(one.pk) == number), None)
        line = form.with_line(target, timezone.localdate()) if target else form.plan()
        return _show(request, PlanForm(**told, content=line, initial={"note": request.POST.get("note", ""), "cadence": line.cadence}), last)
    if act != "propose" or not valid:
        if act == "add":
            form.errors.clear()
        return _show(request, form, last, status=200 if act != "propose" else 422)
    try:
        planning.propose_plan(
            matter_id=matter.pk, content=form.plan(), note=form.cleaned_data["note"], actor=request.actor, at=timezone.now(), expected=form.expected
        )
    except LuoshiError as error:
        if isinstance(error, Conflict):
            form.data = request.POST.copy()
            form.data["expected"] = str(matter.changes)
        form.add_error(None, str(error))
        since = matter.changes - (form.expected or 0) if isinstance(error, Conflict) else 0
        return _show(request, form, last, status=error.http_status, meanwhile=meanwhile(matter, request.actor, since=since) if since else [])
    messages.success(request, _("计划已报交办单位商定。"))
    return redirect("matter", matter.pk)


def _show(request: Asking, form: PlanForm, last: Plan | None, *, status: int = 200, meanwhile: Sequence[Line] = ()) -> HttpResponse:
    matter, today = form.matter, timezone.localdate()
    content = form.plan() if form.is_bound and hasattr(form, "cleaned_data") else form.content
    drawn = {one.target.pk: one for one in indicators_of(matter, today, dict(content.curves))}
    curves = [(rows, drawn[rows.target.pk]) for rows in form.curve_rows()]
    told = {"matter": matter, "form": form, "curves": curves, "last": last, "plan": plan_of(matter, today), "meanwhile": meanwhile}
    return render(request, "ledger/plan_write.html", told, status=status)


def plan_act(page: ActPage) -> View:
    """The view of an act on a plan that was put forward; its address brings ``pk``."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request: Asking, pk: int) -> HttpResponse:
        rows = Plan.objects.filter(is_visible(request.actor, "matter__")).select_related("matter__lead", "matter__issuer")
        row = get_object_or_404(rows, pk=pk)
        keys = {"planned": row.author_id}
        subject = Subject(row=row, matter=row.matter, table=PLANS, keys=keys, changes=row.matter.changes, back=reverse("matter", args=[row.matter_id]))
        return answer_act(request, page, subject)

    return view


def _agree(row: Plan, form: AgreeForm, actor: Actor, at: datetime) -> Plan:
    return planning.agree_plan(plan_id=row.pk, words=form.cleaned_data["words"], actor=actor, at=at, expected=form.expected)


def _return(row: Plan, form: ReasonForm, actor: Actor, at: datetime) -> Plan:
    return planning.return_plan(plan_id=row.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


agree = plan_act(
    ActPage(
        acts=("agree",),
        words=lambda row: Words(_("商定计划"), _("同意这份计划"), _("计划已商定，从现在起按它亮灯。"), _("同意后按这份计划亮灯；改计划要再商定一次。")),
        form=AgreeForm,
        call=_agree,
    )
)
return_ = plan_act(
    ActPage(
        acts=("return",),
        words=lambda row: Words(_("退回计划"), _("退回"), _("计划已退回。"), _("退回后仍按原来商定的计划；还没有计划的，继续显示未定计划。")),
        form=ReasonForm,
        call=_return,
    )
)


def _ask_support(matter: Matter, form: AskSupportForm, actor: Actor, at: datetime) -> Support:
    told = form.cleaned_data
    return planning.ask_support(
        matter_id=matter.pk,
        support_id=int(told["support"]),
        contribution=told["contribution"],
        due_on=told["due_on"],
        actor=actor,
        at=at,
        expected=form.expected,
    )


def _answer_support(matter: Matter, form: AnswerSupportForm, actor: Actor, at: datetime) -> Support:
    told = form.cleaned_data
    return planning.answer_support(
        support_id=int(told["support"]),
        agreed=told["agreed"] == "yes",
        words=told["words"],
        recorded_note=told.get("recorded_note", ""),
        actor=actor,
        at=at,
        expected=form.expected,
    )


def _asked_of(matter: Matter, actor: Actor) -> list[Support]:
    """What waits for an answer of this person."""
    waiting = matter.supports.filter(state=Support.OPEN).exclude(contribution="").select_related("unit").order_by("unit__path")
    return [one for one in waiting if answers_for(actor, matter, one.unit)]


def _supports(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    return {"supports": supports_of(matter)}


def _asked(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    asked = _asked_of(matter, actor)
    return {"asked": asked, "recorded": any(one.unit_id not in actor.units for one in asked)}


_ASK = ActPage(
    acts=("support",),
    words=lambda matter: Words(_("请配合单位办理"), _("发给配合单位"), _("已发给配合单位。"), _("对方会在待办里看到，答应后按这个日期完成。")),
    form=AskSupportForm,
    call=_ask_support,
    template="ledger/act_on_support.html",
    told=_supports,
)
_ANSWER = ActPage(
    acts=("answer_support",),
    words=lambda matter: Words(_("答复配合事项"), _("答复"), _("已答复牵头单位。"), _("答应的，按这个日期完成并反馈；不能答应的，牵头单位会看到理由，另作安排。")),
    form=AnswerSupportForm,
    call=_answer_support,
    template="ledger/act_on_support.html",
    told=_asked,
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def support(request: Asking, pk: int) -> HttpResponse:
    """For the lead to ask a supporter; for a supporter that was asked, to answer. Who does both, recording for units, asks under ``?ask=1``."""
    matter = visible_matter(request, pk)
    page = _ANSWER if "ask" not in request.GET and _asked_of(matter, request.actor) else _ASK
    return answer_act(request, page, deed_on(matter))
