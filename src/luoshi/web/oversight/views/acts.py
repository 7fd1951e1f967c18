"""What is done: a rung served, answered, judged, withdrawn, decided on; one page an act."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from luoshi.text import LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, View, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import BEFORE_ISSUE, SUPERVISOR, decide
from luoshi.web.orgs.models import User
from luoshi.web.oversight import ladder, services
from luoshi.web.oversight.forms import AcceptForm, AgreeForm, ReasonForm, ReplyForm, climb_form
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.selectors import standing_ladder, visible_rungs
from luoshi.web.oversight.workflow import NOTICES, SUGGESTIONS


def _matter(actor: Actor, pk: int | None) -> Any:
    return get_object_or_404(visible_matters(actor, few=True).exclude(state__in=BEFORE_ISSUE).select_related("issuer", "lead"), pk=pk)


def _ladder(row: Any) -> str:
    return reverse("matter_ladder", args=[row.matter_id if isinstance(row, Rung) else row.pk])


def _about(row: Any) -> str:
    matter = row.matter if isinstance(row, Rung) else row
    return f"{matter.number} {matter.title}"


def _climb(rung: str) -> View:
    def call(row: Matter, told: dict[str, Any], actor: Actor, at: datetime) -> Rung:
        given = {"matter_id": row.pk, "text": told["text"], "answer_by": told["answer_by"], "expected": told.get("expected")}
        if rung == ladder.BULLETIN:
            return services.suggest_bulletin(leader=User.objects.get(pk=int(told["leader"])), actor=actor, at=at, **given)
        return services.serve_rung(rung=rung, reason=told.get("reason", ""), actor=actor, at=at, **given)

    def refused(row: Matter, actor: Actor) -> LuoshiError | None:
        if SUPERVISOR not in parties_of(actor, row):
            return RuleBroken(_("您的角色不能办这一步。"), hint=_("请由交办单位的督查员办理。"))
        step = standing_ladder(row, timezone.localdate()).step
        if rung != step.rung and rung not in step.may:
            return RuleBroken(_("现在不能发这一级：{why}").format(why=step.why), hint=_("请回到督办页看该发哪一级。"))
        return None

    def words(row: Matter) -> Words:
        name = ladder.rung_names()[rung]
        if rung == ladder.BULLETIN:
            return Words(_("建议通报"), _("报领导决定"), _("已报领导决定，单位可以先说明情况。"), _("单位先有说明情况的机会；通报不通报由领导决定，不自动发出。"))
        return Words(_("发{rung}").format(rung=name), _("发出"), _("{rung}已发出，单位在待办里会看到。").format(rung=name))

    return act_view(
        ActPage(find=_matter, form=climb_form(rung), back=_ladder, about=_about, call=call, refused=refused, lock="changes", words=words)
    )


_CLIMBS = {rung: _climb(rung) for rung in ladder.RUNGS}


def ladder_climb(request: Asking, pk: int, rung: str) -> HttpResponse:
    """Serve one rung."""
    if rung not in _CLIMBS:
        raise Http404
    return _CLIMBS[rung](request, pk)


def _rung(actor: Actor, pk: int | None) -> Any:
    return get_object_or_404(visible_rungs(actor).select_related("matter__issuer", "matter__lead", "served_by", "replied_by"), pk=pk)


def _open_to(act: str) -> Any:
    def refused(row: Rung, actor: Actor) -> LuoshiError | None:
        table = SUGGESTIONS if row.rung == ladder.BULLETIN else NOTICES
        try:
            decide(table, row.state, act, parties=parties_of(actor, row.matter), user_id=actor.user_id, keys={"replied": row.replied_by_id}, reason="—")
        except RuleBroken as error:
            return error
        if act in ("agree", "decline") and not ladder.may_decide(row.answer_by, row.state, timezone.localdate()):
            return RuleBroken(_("单位说明情况的期限到 {day} 才满，现在还不能决定。").format(day=row.answer_by.isoformat()))
        return None

    return refused


def _page(act: str, form: Any, call: Any, words: Any, *, danger: bool = False) -> View:
    return act_view(
        ActPage(
            find=_rung, back=_ladder, about=_about, form=form, call=call, words=words, danger=danger, refused=_open_to(act), lock="changes", template="oversight/act.html"
        )
    )


def _call(service: Any, **more: Any) -> Any:
    def call(row: Rung, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
        return service(rung_id=row.pk, actor=actor, at=at, **told, **more)

    return call


reply = _page("reply", ReplyForm, _call(services.reply_to_rung), lambda row: Words(_("答复督办"), _("答复"), _("已答复，等督查员认定。")))
accept = _page(
    "accept", AcceptForm, _call(services.accept_reason), lambda row: Words(_("认可理由"), _("认可"), _("已认可。"), _("认可期内不再上一级；时限不变，要改时限请走延期。"))
)
refuse = _page(
    "refuse", ReasonForm, _call(services.refuse_reason), lambda row: Words(_("不认可理由"), _("不认可"), _("已告知单位，可以上一级。"), _("意见单位看得到。"))
)
withdraw = _page(
    "withdraw", ReasonForm, _call(services.withdraw_rung), lambda row: Words(_("撤回督办"), _("撤回"), _("已撤回。"), _("发错了才撤；撤回后不算数，记录保留。")), danger=True
)
agree = _page(
    "agree", AgreeForm, _call(services.decide_bulletin, agreed=True), lambda row: Words(_("同意通报"), _("同意通报"), _("已同意，督查员据此起草通报。"), _("通报文稿另行起草和审签，不自动发出。"))
)
decline = _page("decline", ReasonForm, _call(services.decide_bulletin, agreed=False), lambda row: Words(_("不予通报"), _("不予通报"), _("已决定不予通报。"), _("督办到这一级为止，不起草通报；理由单位和督查员都看得到。")))
