"""Inspections: the year, the page of one, and what is done to it and to its visits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.text import REFUSALS, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, View, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import ActForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.workflow import decide
from luoshi.web.orgs.choosing import unit_names
from luoshi.web.problems import workflow
from luoshi.web.problems.forms import inspections as forms
from luoshi.web.problems.models import Inspection, PlannedVisit, Visit
from luoshi.web.problems.names import inspection_state_names
from luoshi.web.problems.parties import may_inspect, parties_in, parties_to
from luoshi.web.problems.selectors import visible_inspections, visible_plan, visible_visits
from luoshi.web.problems.selectors.inspections import inspection_page, inspections_listed, year_table
from luoshi.web.problems.services import inspecting, visiting, yearly
from luoshi.web.problems.workflow import SENDER, InspectionState

PAGE = 50
UNITS = "problems/act_units.html"


@require_safe
def inspections(request: Asking) -> HttpResponse:
    """A year: the plan as a table of units and months, and the inspections."""
    this_year = timezone.localdate().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= 2100 else this_year
    page = Paginator(inspections_listed(request.actor, year), PAGE).get_page(request.GET.get("page"))
    told = {
        "year": year,
        "years": (this_year - 1, this_year, this_year + 1),
        "table": year_table(request.actor, year),
        "page": page,
        "query": f"year={year}",
        "may": may_inspect(request.actor),
        "states": inspection_state_names(),
        "months": range(1, 13),
    }
    return render(request, "problems/inspections.html", told)


@require_safe
def inspection(request: Asking, pk: int) -> HttpResponse:
    """One inspection: what, whom, who goes, the visits with their facts, clashes, problems, history."""
    try:
        page = inspection_page(request.actor, pk, timezone.localdate())
    except Inspection.DoesNotExist:
        raise Http404 from None
    sends = SENDER in parties_in(request.actor, page.inspection)
    return render(request, "problems/inspection.html", {"page": page, "row": page.inspection, "state": inspection_state_names()[page.inspection.state], "sends": sends})


def _find(actor: Actor, pk: int | None) -> Inspection:
    return get_object_or_404(visible_inspections(actor).select_related("unit"), pk=pk)


def _visit(actor: Actor, pk: int | None) -> Visit:
    return get_object_or_404(visible_visits(actor).select_related("inspection__unit", "unit"), pk=pk)


def _line(actor: Actor, pk: int | None) -> PlannedVisit | None:
    """A line of the plan, None for a new one. 404 for those who plan nothing."""
    if not may_inspect(actor):
        raise Http404
    return get_object_or_404(visible_plan(actor).select_related("visited"), pk=pk) if pk is not None else None


def _page(row: Any) -> str:
    return reverse("inspection", args=[row.pk]) if row is not None else reverse("inspections")


def _about(row: Any) -> str:
    return f"{row.number} {row.title}"


def _units(row: Any, actor: Actor) -> Mapping[str, Any]:
    return {"unit_names": unit_names()}


def _not_open(act: str) -> Callable[[Any, Actor], LuoshiError | None]:
    def refused(row: Inspection, actor: Actor) -> LuoshiError | None:
        try:
            decide(workflow.INSPECTIONS, row.state, act, parties=parties_in(actor, row), user_id=actor.user_id, reason="—")
        except REFUSALS as error:
            return error
        return None

    return refused


def _not_open_visit(act: str) -> Callable[[Any, Actor], LuoshiError | None]:
    def refused(row: Visit, actor: Actor) -> LuoshiError | None:
        if row.inspection.state != InspectionState.ARRANGED:
            return RuleBroken(_("这次督查已经结束、合并或取消，不能再办。"), hint=_("请到督查的页面看看现在的情况。"))
        try:
            decide(workflow.VISITS, row.state, act, parties=parties_to(actor, row), user_id=actor.user_id, keys={"told": row.told_by_id}, reason="—")
        except REFUSALS as error:
            return error
        return None

    return refused


def _act(act: str, words: Callable[[], Words], call: Callable[..., Any], form: type[ActForm], **more: Any) -> View:
    page = ActPage(find=_find, words=lambda row: words(), call=call, back=_page, about=_about, form=form, lock="changes", refused=_not_open(act), **more)
    return act_view(page)


def _visit_act(act: str, words: Callable[[], Words], call: Callable[..., Any], form: type[ActForm], **more: Any) -> View:
    return act_view(
        ActPage(
            find=_visit, words=lambda row: words(), call=call, back=lambda row: _page(row.inspection), about=lambda row: f"{row.unit_name} · {row.inspection.title}",
            form=form, lock="changes", refused=_not_open_visit(act), template="problems/act_visit.html", **more,
        )
    )  # fmt: skip


def _merged(row: Inspection, told: dict[str, Any], actor: Actor, at: datetime) -> Inspection:
    into = get_object_or_404(visible_inspections(actor), pk=int(told["into"]))
    return inspecting.merge_inspections(inspection_id=row.pk, into_id=into.pk, reason=told["reason"], actor=actor, at=at, expected=told.get("expected"))


def _yearly(row: PlannedVisit | None, told: dict[str, Any], actor: Actor, at: datetime) -> PlannedVisit | None:
    said = {"visited": told["visited"], "year": int(told["year"]), "month": int(told["month"]), "visits": told["visits"], "content": told["content"]}
    return yearly.plan_visits(**said, actor=actor, at=at)


new = act_view(
    ActPage(
        find=_line,
        words=lambda row: Words(_("安排督查"), _("安排"), _("已安排，督查对象看得到了。"), _("同一单位十个工作日内有别的督查的，安排后会提示，可以合并。")),
        call=lambda row, told, actor, at: inspecting.arrange_inspection(errand=told["errand"], actor=actor, at=at),
        back=_page,
        leads=_page,
        form=forms.InspectionForm,
        template=UNITS,
        told=_units,
    )
)
plan_line = act_view(
    ActPage(
        find=_line,
        words=lambda row: Words(_("编年度计划"), _("记入计划"), _("计划已记。"), _("一个单位一个月一行；再编同一单位同一月，以后一次为准。")),
        call=_yearly,
        back=lambda row: reverse("inspections"),
        leads=lambda row: reverse("inspections"),
        about=lambda row: _("督查"),
        form=forms.YearForm,
        template=UNITS,
        told=_units,
    )
)
edit = _act(
    "cancel",
    lambda: Words(_("修改督查"), _("保存"), _("已保存。")),
    lambda row, told, actor, at: inspecting.edit_inspection(inspection_id=row.pk, errand=told["errand"], actor=actor, at=at, expected=told.get("expected")),
    forms.InspectionForm,
    template=UNITS,
    told=_units,
)
merge = _act(
    "merge",
    lambda: Words(_("合并督查"), _("合并"), _("已合并。"), _("两次并作一次去：对象并到那一次，两次的内容都保留，本次不再单独去。")),
    _merged,
    forms.MergeForm,
)
cancel = _act(
    "cancel",
    lambda: Words(_("取消督查"), _("取消督查"), _("已取消。"), _("取消以后不再计入次数，已登记的问题不受影响。")),
    lambda row, told, actor, at: inspecting.cancel_inspection(inspection_id=row.pk, reason=told["reason"], actor=actor, at=at, expected=told.get("expected")),
    ReasonForm,
    danger=True,
)
conclude = _act(
    "conclude",
    lambda: Words(_("结束督查"), _("结束"), _("督查已结束，结论已告知督查对象。"), _("结束以后督查对象看得到结论，不能再改、再合并；查出的问题照常整改。")),
    lambda row, told, actor, at: inspecting.conclude_inspection(inspection_id=row.pk, conclusion=told["reason"], actor=actor, at=at, expected=told.get("expected")),
    forms.ConcludeForm,
)
tell = _visit_act(
    "tell",
    lambda: Words(_("反馈事实"), _("反馈给对方"), _("已反馈，等对方确认。")),
    lambda row, told, actor, at: visiting.tell_facts(visit_id=row.pk, **told, actor=actor, at=at),
    forms.FactsForm,
)
confirm = _visit_act(
    "confirm",
    lambda: Words(_("确认事实"), _("确认"), _("已确认。"), _("确认的是事实；发现的问题另行认领、整改。")),
    lambda row, told, actor, at: visiting.confirm_facts(visit_id=row.pk, **told, actor=actor, at=at),
    forms.ConfirmForm,
)
reply = _visit_act(
    "reply",
    lambda: Words(_("提出不同意见"), _("报送意见"), _("意见已报，等派出单位认定。")),
    lambda row, told, actor, at: visiting.reply_to_facts(visit_id=row.pk, **told, actor=actor, at=at),
    forms.ReplyForm,
)
settle = _visit_act(
    "settle",
    lambda: Words(_("认定事实"), _("认定"), _("事实已认定。")),
    lambda row, told, actor, at: visiting.settle_facts(visit_id=row.pk, **told, actor=actor, at=at),
    forms.SettleForm,
)
