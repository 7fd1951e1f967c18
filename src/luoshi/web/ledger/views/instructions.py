"""Instructions of leaders (批示): the list, one with what came of it, registering, replying."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import REFUSALS
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.forms.instructing import InstructionForm, ReplyForm
from luoshi.web.ledger.models import Instruction
from luoshi.web.ledger.selectors.origins import matters_from, visible_instructions
from luoshi.web.ledger.services import instructing
from luoshi.web.ledger.services.drafting import must_supervise
from luoshi.web.orgs.roles import SUPERVISOR

PAGE = 50


@require_safe
def instructions(request: Asking) -> HttpResponse:
    """The list, what waits for its reply first."""
    rows = visible_instructions(request.actor).annotate(matters=Count("sources__matter", distinct=True))
    shown = request.GET.get("show", "")
    if shown == "open":
        rows = rows.filter(replied_at=None)
    elif shown == "replied":
        rows = rows.exclude(replied_at=None)
    page = Paginator(rows.order_by(F("replied_at").asc(nulls_first=True), "-on", "-pk"), PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "shown": shown, "query": f"show={shown}" if shown else "", "drafts": request.actor.has(SUPERVISOR)}
    return render(request, "ledger/instructions.html", told)


@require_safe
def instruction(request: Asking, pk: int) -> HttpResponse:
    """One instruction: its words, its matters, its reply, what followed."""
    row = get_object_or_404(visible_instructions(request.actor).select_related("leader_user", "follows", "created_by"), pk=pk)
    told = {
        "row": row,
        "matters": matters_from(row, request.actor),
        "followed": row.followed_by.order_by("pk"),
        "writes": request.actor.has(SUPERVISOR) and row.unit_id in request.actor.units,
    }
    return render(request, "ledger/instruction.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def instruction_new(request: Asking) -> HttpResponse:
    """Register one; with ``?follows=`` the one that a reply brought."""
    must_supervise(request.actor)
    follows = _followed(request)
    data = request.POST if request.method == "POST" else None
    initial = {"leader": follows.leader, "leader_user": follows.leader_user_id} if follows else {}
    form = InstructionForm(data, actor=request.actor, today=timezone.localdate(), initial={"on": timezone.localdate(), **initial})
    told = {
        "title": _("登记新的批示") if follows else _("登记批示"),
        "verb": _("登记"),
        "about": _("{leader}上一件批示").format(leader=follows.leader) if follows else _("批示", "columns"),
        "back": reverse("instruction", args=[follows.pk]) if follows else reverse("instructions"),
        "consequence": _("登记后据此另立一件，与上一件相连。") if follows else _("登记后据此立一件；给领导的回复没有报出，这一件就不能销号。"),
        "form": form,
    }
    if data is None or not form.is_valid():
        return render(request, "common/act.html", told, status=200 if data is None else 422)
    try:
        made = instructing.register_instruction(
            **form.cleaned_data, follows_id=follows.pk if follows else None, actor=request.actor, at=timezone.now()
        )
    except REFUSALS as error:
        form.add_error(None, str(error))
        return render(request, "common/act.html", told, status=error.http_status)
    messages.success(request, _("批示已登记。需要督办的，请据此立一件。"))
    return redirect("instruction", pk=made.pk)


def _followed(request: Asking) -> Instruction | None:
    asked = request.GET.get("follows", "")
    if not asked:
        return None
    rows = visible_instructions(request.actor).filter(unit__in=request.actor.units)
    return get_object_or_404(rows, pk=int(asked) if asked.isdigit() else 0)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def instruction_reply(request: Asking, pk: int) -> HttpResponse:
    """The reply that goes back to the leader."""
    row = get_object_or_404(visible_instructions(request.actor).filter(unit__in=request.actor.units), pk=pk)
    must_supervise(request.actor)
    data = request.POST if request.method == "POST" else None
    form = ReplyForm(data, expected=row.changes)
    told = {
        "title": _("回复批示"),
        "verb": _("回复领导"),
        "about": _("{leader} {day}批示").format(leader=row.leader, day=row.on.isoformat()),
        "back": reverse("instruction", args=[pk]),
        "consequence": _("回复以后，据此立的事项才能销号；领导看后又有批示的，再登记一件。"),
        "form": form,
        "row": row,
        "matters": matters_from(row, request.actor),
    }
    if data is None or not form.is_valid():
        return render(request, "ledger/instruction_reply.html", told, status=200 if data is None else 422)
    try:
        instructing.reply_to_instruction(
            instruction_id=pk, reply=form.cleaned_data["reply"], actor=request.actor, at=timezone.now(), expected=form.expected
        )
    except REFUSALS as error:
        form.add_error(None, str(error))
        return render(request, "ledger/instruction_reply.html", told, status=error.http_status)
    messages.success(request, _("已回复。"))
    return redirect("instruction", pk=pk)
