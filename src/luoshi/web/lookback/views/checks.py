"""The check of one matter: its page, and what two people, a leader and a supervisor do to it, one page an act."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.text import LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, View, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.ledger.selectors.history import lines_of
from luoshi.web.ledger.services import closing
from luoshi.web.lookback import forms
from luoshi.web.lookback.models import LookbackCheck
from luoshi.web.lookback.names import outcome_names, state_names, way_names
from luoshi.web.lookback.selectors import keys_of, parties_of, visible_checks
from luoshi.web.lookback.selectors.pages import final_report, is_reopened, may_reopen, records_of
from luoshi.web.lookback.services import checking
from luoshi.web.lookback.workflow import Act, State, decide

JUDGED = "lookback/act_judged.html"


@require_safe
def lookback_check(request: Asking, pk: int) -> HttpResponse:
    """What was found beside what was to be reached, and what comes next."""
    check = _check(request.actor, pk)
    told = _told(check, request.actor) | {"check": check, "state": state_names()[check.state], "outcome": outcome_names().get(check.outcome, "")}
    own = check.plan.unit_id in request.actor.units
    log = lines_of(records_of(check), request.actor) if own else []
    return render(request, "lookback/check.html", told | {"buttons": _buttons(check, request.actor), "own": own, "reopened": is_reopened(check), "log": log})


def _check(actor: Actor, pk: int | None) -> Any:
    found = visible_checks(actor).select_related("plan__unit", "matter__lead", "matter__issuer", "first", "second", "settled_by", "accepted_by", "unit")
    return get_object_or_404(found.defer("plan__strata"), pk=pk)


def _told(row: LookbackCheck, actor: Actor) -> dict[str, Any]:
    return {"check": row, "matter": row.matter, "final": final_report(row), "ways": way_names(), "outcomes": outcome_names()}


def _why_not(act: str) -> Callable[[Any, Actor], LuoshiError | None]:
    def refused(row: LookbackCheck, actor: Actor) -> LuoshiError | None:
        try:
            decide(row.state, act, parties=parties_of(actor, row.plan), user_id=actor.user_id, keys=keys_of(row), reason="—")
        except RuleBroken as error:
            return error
        return None

    return refused


def _no_help(row: LookbackCheck, actor: Actor) -> LuoshiError | None:
    if not parties_of(actor, row.plan):
        return RuleBroken(_("您的角色不能办这一步。"), hint=_("请由安排回头看的单位办理。"))
    if row.state != State.CONFIRMED:
        return RuleBroken(_("结果还没有认定。"), hint=_("请先由第二人复核。"))
    return RuleBroken(_("这项帮扶已经办完。")) if row.help_done_at else None


def _no_help_yet(row: LookbackCheck, actor: Actor) -> LuoshiError | None:
    if row.state == State.CONFIRMED and not row.help:
        return RuleBroken(_("还没有登记帮扶。"), hint=_("请先写明帮什么、由谁帮。"))
    return _no_help(row, actor)


def _no_reopening(row: LookbackCheck, actor: Actor) -> LuoshiError | None:
    if may_reopen(row, actor):
        return None
    if is_reopened(row):
        return RuleBroken(_("这件事已经重新办理。"), hint=_("请在事项页面查看办理情况。"))
    return RuleBroken(_("现在不能重新办理这件事。"), hint=_("认定为反弹后，由交办单位的督查员办理。"))


def _buttons(check: LookbackCheck, actor: Actor) -> list[tuple[str, str]]:
    """Word and address of what this person can do now, the first the one that is meant."""
    words = {Act.CHECK: _("填写检查"), Act.CONFIRM: _("复核属实"), Act.DIFFER: _("有不同意见"), Act.SETTLE: _("裁定")}
    made = [(words[act], f"lookback_{'write' if act == Act.CHECK else act}") for act in (Act.SETTLE, Act.CHECK, Act.CONFIRM, Act.DIFFER) if _why_not(act)(check, actor) is None]
    if may_reopen(check, actor):
        made.append((_("重新办理"), "lookback_reopen"))
    if _no_help(check, actor) is None:
        made += [(_("记帮扶结果"), "lookback_help_done"), (_("改帮扶"), "lookback_help")] if check.help else [(_("回头帮"), "lookback_help")]
    return [(word, reverse(name, args=[check.pk])) for word, name in made]


def _page(row: Any) -> str:
    return reverse("lookback_check", args=[row.pk])


def _act(words: Callable[[Any], Words], form: Any, call: Callable[..., Any], refused: Callable[[Any, Actor], LuoshiError | None], *, danger: bool = False) -> View:
    """An act on a check: what was typed goes to the service under the names of its fields."""

    def called(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
        return call(check_id=row.pk, **told, actor=actor, at=at)

    return act_view(
        ActPage(
            find=_check, form=form, back=_page, call=called, lock="changes", about=lambda row: str(row.matter.title), words=words, refused=refused, template=JUDGED,
            told=_told, danger=danger,
        )
    )  # fmt: skip


def _write(*, check_id: int, expected: int | None = None, actor: Actor, at: datetime, **told: Any) -> Any:
    return checking.check_matter(check_id=check_id, found=forms.found_of(told), expected=expected, actor=actor, at=at)


write = _act(
    lambda row: Words(_("回头看检查"), _("保存，送复核"), _("已保存，等另一位同志复核。"), _("对照办结标准写现在的情况；由本单位另一位同志复核后认定。")),
    forms.CheckForm,
    _write,
    _why_not(Act.CHECK),
)
confirm = _act(
    lambda row: Words(
        _("复核"),
        _("复核属实"),
        _("已认定为{outcome}。").format(outcome=outcome_names().get(row.outcome, "")),
        _("复核后认定为“{outcome}”，{unit}看得到结果。").format(outcome=outcome_names().get(row.outcome, ""), unit=row.unit_name),
    ),
    forms.ConfirmForm,
    checking.confirm_check,
    _why_not(Act.CONFIRM),
)
differ = _act(
    lambda row: Words(_("提出不同意见"), _("提出"), _("已提出，等重新检查或者领导裁定。"), _("检查人可以重新检查，也可以由没有参加检查的领导或负责人裁定。")),
    forms.DifferForm,
    checking.differ_check,
    _why_not(Act.DIFFER),
)
settle = _act(
    lambda row: Words(_("裁定"), _("裁定"), _("已裁定。"), _("裁定后即为认定的结果，{unit}看得到。").format(unit=row.unit_name)),
    forms.SettleForm,
    checking.settle_check,
    _why_not(Act.SETTLE),
)
offer_help = _act(
    lambda row: Words(_("回头帮"), _("登记帮扶"), _("已登记帮扶，到期会提示。"), _("查出困难就帮着解决，{unit}看得到。").format(unit=row.unit_name)),
    forms.HelpForm,
    checking.offer_help,
    _no_help,
)
help_done = _act(lambda row: Words(_("记帮扶结果"), _("记为办完"), _("已记下。")), forms.HelpDoneForm, checking.help_done, _no_help_yet)


def _reopened(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
    return closing.reopen_matter(matter_id=row.matter_id, reason=told["reason"], due_on=told["due_on"], actor=actor, at=at)


reopen = act_view(
    ActPage(
        find=_check,
        form=forms.ReopenForm,
        back=_page,
        call=_reopened,
        about=lambda row: str(row.matter.title),
        refused=_no_reopening,
        template=JUDGED,
        told=_told,
        danger=True,
        leads=lambda matter: reverse("matter", args=[matter.pk]),
        words=lambda row: Words(_("重新办理"), _("重新办理"), _("已重新办理，反弹次数加一。"), _("重新办理后要重新商定计划，反弹次数加一，原来的办结记录保留。")),
    )
)
