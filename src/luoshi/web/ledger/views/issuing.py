"""From the draft to the signature: one page an act, each a row for ``acting``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.acting import Words
from luoshi.web.common.actor import Actor
from luoshi.web.common.forms import ActForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.issuing import DecideForm, ObjectForm, ProposeForm, ReturnDraftForm
from luoshi.web.ledger.models import Matter, Question
from luoshi.web.ledger.selectors import desk
from luoshi.web.ledger.services import drafting, issuing
from luoshi.web.ledger.views.acting import ActPage, matter_act
from luoshi.web.ledger.workflow import Act
from luoshi.web.orgs.selectors import open_units


def _propose(matter: Matter, form: ProposeForm, actor: Actor, at: datetime) -> Matter:
    approver = form.people[form.cleaned_data["approver"]]
    return issuing.propose_matter(matter_id=matter.pk, approver=approver, actor=actor, at=at, expected=form.expected)


def _approve(matter: Matter, form: ActForm, actor: Actor, at: datetime) -> Matter:
    return issuing.approve_matter(matter_id=matter.pk, actor=actor, at=at, expected=form.expected)


def _decline(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return issuing.decline_matter(matter_id=matter.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _return_draft(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return issuing.return_draft(matter_id=matter.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _discard(matter: Matter, form: ActForm, actor: Actor, at: datetime) -> Matter:
    return drafting.discard_matter(matter_id=matter.pk, actor=actor, at=at, expected=form.expected)


def _sign(matter: Matter, form: ActForm, actor: Actor, at: datetime) -> Matter:
    return issuing.sign_matter(matter_id=matter.pk, actor=actor, at=at, expected=form.expected)


def _object(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Matter:
    return issuing.object_to_matter(matter_id=matter.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _decide(matter: Matter, form: DecideForm, actor: Actor, at: datetime) -> Matter:
    told = form.cleaned_data
    outcome = Act(told["outcome"])
    return issuing.decide_objection(
        matter_id=matter.pk, outcome=outcome, reason=told["reason"], lead=told["lead"], due_on=told["due_on"], actor=actor, at=at, expected=form.expected
    )


def _as_drafted(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    return {"findings": desk.found_in(matter, timezone.localdate())}


def _objections(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    asked = matter.questions.filter(kind=Question.OBJECTION, answered_at=None).select_related("unit", "asked_by")
    return {"questions": asked, "units": open_units(timezone.localdate())}


propose = matter_act(
    ActPage(
        acts=(Act.PROPOSE,),
        words=lambda matter: Words(_("报审定"), _("报审定"), _("已报审定。"), _("报出后不能再改，审定人可以同意、退回或不予立项。")),
        form=ProposeForm,
        call=_propose,
        template="ledger/act_on_draft.html",
        told=_as_drafted,
    )
)
approve = matter_act(
    ActPage(
        acts=(Act.APPROVE,),
        words=lambda matter: Words(_("同意立项"), _("同意并交办"), _("已审定并交办。"), _("同意后立即交办，牵头单位会收到签收提示；办结标准从此不再改。")),
        call=_approve,
        template="ledger/act_on_draft.html",
        told=_as_drafted,
    )
)
decline = matter_act(
    ActPage(
        acts=(Act.DECLINE,),
        words=lambda matter: Words(_("不予立项"), _("不予立项"), _("已定为不予立项。"), _("这件事不再办理，理由留在经过里。")),
        form=ReasonForm,
        call=_decline,
        template="ledger/act_on_draft.html",
        danger=True,
    )
)
return_draft = matter_act(
    ActPage(
        acts=(Act.RETURN_DRAFT,),
        words=lambda matter: Words(_("退回修改"), _("退回拟办人"), _("已退回拟办人修改。"), _("退回后变回草稿，拟办人改好再报；编号不变。")),
        form=ReturnDraftForm,
        call=_return_draft,
        template="ledger/act_on_draft.html",
    )
)
discard = matter_act(
    ActPage(
        acts=(Act.DISCARD,),
        words=lambda matter: Words(
            _("放弃草稿"), _("放弃这份草稿"), _("草稿已放弃。"), _("放弃后不能恢复，编号不再使用；来自文件的条目可以重新生成草稿。")
        ),
        call=_discard,
        template="ledger/act_on_draft.html",
        danger=True,
    )
)
sign = matter_act(
    ActPage(
        acts=(Act.SIGN,),
        words=lambda matter: Words(_("签收"), _("签收"), _("已签收，请尽快商定计划。"), _("签收后由本单位牵头办理，接着与交办单位商定计划；按办结标准验收。")),
        call=_sign,
        template="ledger/act_on_draft.html",
    )
)
object_to = matter_act(
    ActPage(
        acts=(Act.OBJECT,),
        words=lambda matter: Words(
            _("提出异议"), _("提出异议"), _("异议已提交，等候交办单位裁定。"), _("提出后由交办单位的督查员裁定：维持原交办、改派别的单位，或者调整时限。裁定之前不能签收。")
        ),
        form=ObjectForm,
        call=_object,
        template="ledger/act_on_draft.html",
    )
)
decide = matter_act(
    ActPage(
        acts=(Act.REASSIGN, Act.KEEP, Act.ADJUST),
        words=lambda matter: Words(
            _("裁定异议"), _("作出裁定"), _("已裁定，重新交办。"), _("裁定后重新待签收：维持和调整时限的，由原牵头单位签收；改派的，由新的牵头单位签收。")
        ),
        form=DecideForm,
        call=_decide,
        template="ledger/act_with_units.html",
        told=_objections,
    )
)
