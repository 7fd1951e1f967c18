"""Words tied to a matter: remind, comment, reply."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import REFUSALS, Conflict, LuoshiError
from luoshi.text.language import _
from luoshi.web.common.acting import Words, filled_in
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.common.templatetags.pages import brief
from luoshi.web.ledger import reminders
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.talking import CommentForm, RemindForm, ReplyForm
from luoshi.web.ledger.models import Matter, Message
from luoshi.web.ledger.selectors.reminding import begun_text
from luoshi.web.ledger.selectors.working import messages_of, open_messages
from luoshi.web.ledger.services import talking
from luoshi.web.ledger.services.advancing import may_do
from luoshi.web.ledger.standing import shown, standings
from luoshi.web.ledger.views.acting import ActPage, answer_act, not_now
from luoshi.web.ledger.views.deeds import deed_on, matter_deed, visible_matter


@require_http_methods(["GET", "HEAD", "POST"])
@once
def remind(request: Asking, pk: int) -> HttpResponse:
    """催办: to the lead or a supporter, in words that begin with what fits the situation."""
    matter = visible_matter(request, pk)
    units = [(one.pk, name) for one, name in _units(matter)]
    situation, text, offered = _begun(matter, request.GET.get("situation", ""))
    form = RemindForm(request.POST or None, units=units, text=text, expected=matter.changes)
    try:
        may_do(matter, "remind", actor=request.actor)
    except REFUSALS as refused:
        return not_now(request, matter, _("提醒"), refused, filled_in(form))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            talking.remind(
                matter_id=pk, to_unit_id=int(told["to_unit"]), text=told["text"], actor=request.actor, at=timezone.now(), expected=form.expected
            )
        except LuoshiError as error:
            if isinstance(error, Conflict):
                form.data = request.POST.copy()
                form.data["expected"] = str(matter.changes)
            form.add_error(None, str(error))
            return _show_remind(request, matter, form, (situation, offered), status=error.http_status)
        messages.success(request, _("催办已发出，并记入经过。"))
        return redirect("matter", pk)
    return _show_remind(request, matter, form, (situation, offered), status=422 if form.is_bound else 200)


def _show_remind(request: Asking, matter: Matter, form: RemindForm, begun: tuple[str, dict[str, str]], *, status: int) -> HttpResponse:
    today = timezone.localdate()
    said = messages_of(matter, request.actor)
    again = [one for one in said if one.message.kind == Message.REMINDER and timezone.localtime(one.message.at).date() == today]
    told: dict[str, Any] = {"matter": matter, "form": form, "situation": begun[0], "situations": begun[1], "again": again, "said": said}
    return render(request, "ledger/remind.html", told, status=status)


def _units(matter: Matter) -> list[tuple[Any, str]]:
    supports = matter.supports.select_related("unit").order_by("unit__path")
    lead = [(matter.lead, matter.lead_name or matter.lead.name)] if matter.lead else []
    return [*lead, *((one.unit, one.unit_name or one.unit.name) for one in supports)]


def _begun(matter: Matter, wanted: str) -> tuple[str, str, dict[str, str]]:
    """The situation, the words that fit it, and the situations that are so today."""
    today = timezone.localdate()
    standing = standings([matter], today)[matter.pk]
    colour, names = shown(standing, today)[0].colour, reminders.situation_names()
    situation, text = begun_text(matter, standing, colour, today, wanted)
    return situation, text, {one: names[one] for one in reminders.situations_of(standing, colour, today)}


def _comment(matter: Matter, form: ReasonForm, actor: Actor, at: datetime) -> Message:
    return talking.comment(matter_id=matter.pk, text=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


comment = matter_deed(
    ActPage(
        acts=("comment",),
        words=lambda matter: Words(_("提出意见"), _("作为批示交办"), _("意见已交牵头单位。"), _("牵头单位会在待办里看到，直到回复。")),
        form=CommentForm,
        call=_comment,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def reply(request: Asking, pk: int) -> HttpResponse:
    """Answer a reminder or a comment that waits for this unit."""
    matter = visible_matter(request, pk)
    waiting = open_messages(matter, request.actor)
    if not waiting and request.method != "POST":
        messages.info(request, _("没有等您单位回复的催办或意见。"))
        return redirect("matter", pk)

    class Form(ReplyForm):
        """Offers what waits now."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.offer([(one.pk, f"{one.by_unit.name} {one.by.name}" + _("：") + brief(one.text, 120)) for one in waiting])

    def call(row: Matter, form: ReplyForm, actor: Actor, at: datetime) -> Message:
        told = form.cleaned_data
        return talking.reply(message_id=int(told["message"]), text=told["text"], actor=actor, at=at, expected=form.expected)

    page = ActPage(
        acts=("reply",),
        words=lambda row: Words(_("回复"), _("回复"), _("已回复。"), _("回复领导意见的，即视为向该领导报告。") if any(one.instruction_id for one in waiting) else ""),
        form=Form,
        call=call,
        template="ledger/act_reply.html",
        told=lambda row, actor: {"waiting": waiting},
    )
    return answer_act(request, page, deed_on(matter))
