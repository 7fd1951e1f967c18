"""Plans: the list, drawing a sample, its page, and the list that it was drawn from."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
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
from luoshi.web.common.once import once
from luoshi.web.lookback.forms import DrawForm, ReasonForm
from luoshi.web.lookback.models import LookbackPlan
from luoshi.web.lookback.names import outcome_names, state_names
from luoshi.web.lookback.selectors import may_draw, visible_plans
from luoshi.web.lookback.selectors.pages import TOLD, checks_of, is_the_sample, line_of, of_own_matters, plan_lines, progress_of, tickets
from luoshi.web.lookback.selectors.population import population
from luoshi.web.lookback.services import drawing

PER_PAGE, LOTS = 30, 200
SEED_BYTES = 8


@require_safe
def lookbacks(request: Asking) -> HttpResponse:
    """The unit's plans, and what others found in its own matters."""
    page = Paginator(plan_lines(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    own = of_own_matters(request.actor)
    told = {"page": page, "lines": [line_of(one) for one in page], "may_draw": may_draw(request.actor), "own": own[:TOLD], "own_count": own.count()}
    return render(request, "lookback/plans.html", told | {"outcomes": outcome_names()})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def lookback_new(request: Asking) -> HttpResponse:
    """Say which matters and how sure, see how many there are and how many are drawn, then draw: the last is one call."""
    form = DrawForm(request.POST if request.method == "POST" else None, actor=request.actor)
    told: dict[str, Any] = {"form": form, "may_draw": may_draw(request.actor)}
    if not form.is_bound or not form.is_valid() or not may_draw(request.actor):
        return render(request, "lookback/new.html", told, status=422 if form.is_bound else 200)
    if "draw" in request.POST:
        typed = form.cleaned_data["seed"]
        try:
            plan = drawing.draw_plan(
                title=form.cleaned_data["title"], wanted=form.wanted(), seed=typed or secrets.token_hex(SEED_BYTES), typed_seed=bool(typed),
                due_on=form.cleaned_data["due_on"], actor=request.actor, at=timezone.now(),
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, str(error))
            return render(request, "lookback/new.html", told, status=error.http_status)
        messages.success(request, _("已从 {population} 件中抽取 {n} 件。").format(population=plan.population, n=plan.size))
        return redirect("lookback", plan.pk)
    return render(request, "lookback/new.html", told | {"found": population(form.wanted(), request.actor)})


@require_safe
def lookback(request: Asking, pk: int) -> HttpResponse:
    """The sample unit by unit, how far it is, what it says, and how it was drawn."""
    plan = get_object_or_404(visible_plans(request.actor).select_related("unit", "created_by"), pk=pk)
    told = {"plan": plan, "progress": progress_of(plan, checks_of(plan)), "states": state_names(), "outcomes": outcome_names()}
    return render(request, "lookback/plan.html", told | {"may_drop": _why_not_drop(plan, request.actor) is None})


@require_safe
def lookback_population(request: Asking, pk: int) -> HttpResponse:
    """Everything that was drawn from with its lots, drawn anew and held against the sample."""
    plan = get_object_or_404(visible_plans(request.actor), pk=pk)
    rows = tickets(plan)
    same = is_the_sample(plan, rows, plan.checks.order_by("order").values_list("matter__number", flat=True))
    return render(request, "lookback/population.html", {"plan": plan, "page": Paginator(rows, LOTS).get_page(request.GET.get("page")), "same": same, "first": rows[0]})


def _plan(actor: Actor, pk: int | None) -> Any:
    return get_object_or_404(visible_plans(actor), pk=pk)


def _why_not_drop(plan: LookbackPlan, actor: Actor) -> LuoshiError | None:
    if not may_draw(actor):
        return RuleBroken(_("您的角色不能作废这个计划。"), hint=_("请由本单位督查员或负责人办理。"))
    if plan.dropped_at is not None:
        return RuleBroken(_("这个计划已经作废。"))
    if plan.checks.exclude(confirmed_at=None).exists():
        return RuleBroken(_("已有认定的结果，不能作废。"), hint=_("没有查的，请写明原因继续查完。"))
    return None


def _dropped(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
    return drawing.drop_plan(plan_id=row.pk, reason=told["reason"], expected=told.get("expected"), actor=actor, at=at)


lookback_drop = act_view(
    ActPage(
        find=_plan,
        form=ReasonForm,
        back=lambda row: reverse("lookback", args=[row.pk]),
        call=_dropped,
        lock="changes",
        danger=True,
        refused=_why_not_drop,
        words=lambda row: Words(_("作废计划"), _("作废"), _("已作废。"), _("作废后不再要求检查；抽取的结果和理由留存可查。")),
    )
)
