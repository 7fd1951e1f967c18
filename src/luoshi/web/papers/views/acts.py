"""What is done with a paper, one page an act."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from luoshi.text import LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, View, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.workflow import decide
from luoshi.web.papers.forms import AnswerForm, EditForm, LetterheadForm, ReasonForm, ReceiptForm, SubmitForm
from luoshi.web.papers.models import Addressee, Letterhead, OfficialPaper
from luoshi.web.papers.parties import drafts_papers, may_receive, may_record, parties_of
from luoshi.web.papers.selectors import letterhead_of, visible_papers
from luoshi.web.papers.services import drafting, heading, issuing, keeping, receiving
from luoshi.web.papers.workflow import PAPERS, State


def _paper(actor: Actor, pk: int | None) -> Any:
    return get_object_or_404(visible_papers(actor).select_related("unit"), pk=pk)


def _page(row: OfficialPaper) -> str:
    return reverse("official_paper", args=[row.pk])


def _about(row: OfficialPaper) -> str:
    return f"{row.number} {row.title}".strip()


def _refused(act: str) -> Any:
    def refused(row: OfficialPaper, actor: Actor) -> LuoshiError | None:
        try:
            decide(PAPERS, row.state, act, parties=parties_of(actor, row), user_id=actor.user_id, keys={"submitted": row.submitted_by_id}, reason="—")
        except RuleBroken as error:
            return error
        return None

    return refused


def _act(act: str, words: Any, call: Any, **more: Any) -> View:
    """The page of an act on a paper: refused where the table does not have it for this person now."""

    def called(row: OfficialPaper, told: dict[str, Any], actor: Actor, at: datetime) -> OfficialPaper:
        made: OfficialPaper = call(row, told, actor, at)
        return made

    return act_view(ActPage(find=_paper, words=words, call=called, back=_page, about=_about, lock="changes", refused=_refused(act), **more))


def _plain(service: Any) -> Any:
    """A service that takes nothing but the paper and what the form tells."""
    return lambda row, told, actor, at: service(paper_id=row.pk, actor=actor, at=at, **told)


def _edited(row: OfficialPaper, told: dict[str, Any], actor: Actor, at: datetime) -> OfficialPaper:
    expected, to = told.pop("expected", None), told.pop("to", None)
    keys = [unit.pk for unit in to] if to is not None else None
    return drafting.edit_paper(paper_id=row.pk, changed=told, to=keys, expected=expected, actor=actor, at=at)


edit = _act("edit", lambda row: Words(_("修改公文"), _("保存"), _("已保存。")), _edited, form=EditForm, template="papers/edit.html")
submit = _act(
    "submit",
    lambda row: Words(_("送审"), _("送审"), _("已送审。"), _("审签后自动编号、发出。")),
    lambda row, told, actor, at: issuing.submit_paper(
        paper_id=row.pk, approver=next(user for user in SubmitForm(row=row, actor=actor).people.values() if str(user.pk) == told["approver"]), expected=told.get("expected"), actor=actor, at=at
    ),
    form=SubmitForm,
)
recall = _act("recall", lambda row: Words(_("撤回"), _("撤回"), _("已撤回，可以继续修改。"), _("撤回以后变回草稿，审签人不再看到；改好可以再送审。")), _plain(issuing.recall_paper))
approve = _act(
    "approve",
    lambda row: Words(_("签发"), _("签发"), _("已签发。"), _("签发后编号并发给主送单位；内容不能再改，只能作废。")),
    _plain(issuing.approve_paper),
)
send_back = _act("send_back", lambda row: Words(_("退回修改"), _("退回修改"), _("已退回。"), _("退回以后变回草稿，起草人看得到意见，改好再送审。")), _plain(issuing.send_back_paper), form=ReasonForm)
issue = _act(
    "issue",
    lambda row: Words(_("发出"), _("发出"), _("已发出。"), _("发出后编号并发给主送单位；内容不能再改，只能作废。")),
    _plain(issuing.issue_paper),
)
void = _act(
    "void",
    lambda row: Words(_("作废"), _("作废"), _("已作废。"), _("文号保留，不再使用；收文单位会看到已作废。")),
    _plain(issuing.void_paper),
    form=ReasonForm,
    danger=True,
)
discard = _act(
    "discard",
    lambda row: Words(_("放弃草稿"), _("放弃草稿"), _("已放弃。")),
    _plain(drafting.discard_paper),
    danger=True,
    leads=lambda row: reverse("papers"),
)
again = act_view(
    ActPage(
        find=_paper,
        about=_about,
        back=_page,
        words=lambda row: Words(_("重新生成文件"), _("重新生成"), _("正在重新生成。")),
        call=lambda row, told, actor, at: keeping.make_again(paper_id=row.pk, actor=actor, at=at),
    )
)


def _addressee(actor: Actor, pk: int | None) -> Any:
    """Its own row for the unit, any row for the issuer."""
    row = get_object_or_404(Addressee.objects.select_related("paper__unit", "unit"), pk=pk, paper__in=visible_papers(actor).filter(state=State.ISSUED))
    if row.unit_id not in actor.units and row.paper.unit_id not in actor.units:
        raise Http404
    return row


def _not_yours(row: Addressee, actor: Actor) -> LuoshiError | None:
    if may_receive(actor, row) or may_record(actor, row):
        return None
    return RuleBroken(_("您的角色不能办这一步。"), hint=_("由收文单位的联络员或负责人办理；不开账号的单位由发文单位代录。"))


receive = act_view(
    ActPage(
        find=_addressee,
        about=lambda row: _about(row.paper),
        back=lambda row: _page(row.paper),
        words=lambda row: Words(_("签收"), _("签收"), _("已签收。"), _("签收表示{unit}已收到这件公文。").format(unit=row.unit_name)),
        call=lambda row, told, actor, at: receiving.acknowledge_paper(addressee_id=row.pk, actor=actor, at=at, **told),
        form=ReceiptForm,
        refused=_not_yours,
    )
)
answer = act_view(
    ActPage(
        find=_addressee,
        about=lambda row: _about(row.paper),
        back=lambda row: _page(row.paper),
        words=lambda row: Words(_("回复公文"), _("回复"), _("已回复。"), _("回复只能报一次，发文单位看得到。")),
        call=lambda row, told, actor, at: receiving.answer_paper(addressee_id=row.pk, actor=actor, at=at, **told),
        form=AnswerForm,
        refused=_not_yours,
    )
)


def _letterhead(actor: Actor, pk: int | None) -> Any:
    if not drafts_papers(actor):
        raise Http404
    return letterhead_of(actor.unit) or Letterhead(unit_id=actor.unit, word="")


def _set(row: Letterhead, told: dict[str, Any], actor: Actor, at: datetime) -> Letterhead:
    return heading.set_letterhead(actor=actor, at=at, **told)


letterhead = act_view(
    ActPage(
        find=_letterhead,
        about=lambda row: _("公文"),
        back=lambda row: reverse("papers"),
        words=lambda row: Words(_("发文设定"), _("保存"), _("已保存。"), _("以后发出的公文按此印制；已发出的不变。")),
        call=_set,
        form=LetterheadForm,
        lock="changes",
    )
)
