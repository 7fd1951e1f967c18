"""One draft: made by hand or from a source, edited in every field, merged, broken down; a source that changed is settled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import REFUSALS, Conflict, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import Words
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.forms.drafting import ChildForm, DraftForm, labels, shown, wording_of
from luoshi.web.ledger.forms.merging import SUGGESTED, MergeForm, SettleForm
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.selectors import desk, visible_matters
from luoshi.web.ledger.selectors.origins import mergeable_with, origin_asked
from luoshi.web.ledger.selectors.suspects import candidates
from luoshi.web.ledger.services import dividing, drafting, merging, suspecting
from luoshi.web.ledger.services.drafting import Wording, read_origin
from luoshi.web.ledger.views.acting import ActPage, matter_act
from luoshi.web.ledger.workflow import Act, State
from luoshi.web.orgs.roles import SUPERVISOR
from luoshi.web.orgs.selectors import open_units
from luoshi.web.programmes.selectors import visible_programmes

FORM = "ledger/draft_form.html"


def _page(request: Asking, form: DraftForm, told: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    given = {"form": form, "units": open_units(timezone.localdate()), "fields": form}
    return render(request, FORM, {**given, **told}, status=status)


def _refuse(form: DraftForm, error: LuoshiError) -> int:
    form.add_error(None, str(error))
    return error.http_status


@require_http_methods(["GET", "HEAD", "POST"])
@once
def matter_new(request: Asking) -> HttpResponse:
    """A matter typed by hand, or from ``?decision=``, ``?instruction=``, ``?study=``, ``?topic=``, ``?finding``."""
    drafting.must_supervise(request.actor)
    origin = origin_asked(request.GET, request.actor)
    source, given = read_origin(origin, request.actor)
    typed = source.kind in (Source.TYPED, Source.FINDING)
    data = request.POST if request.method == "POST" else None
    form = DraftForm(data, programmes=visible_programmes(request.actor), start=given)
    quote = source.quote if data is None else data.get("quote", source.quote)
    cited = source.cited_as if data is None else data.get("cited_as", source.cited_as)
    told = {
        "title": _("立一件") if typed else _("据此立一件"),
        "verb": _("存为草稿"),
        "back": reverse("drafts"),
        "source": source,
        "typed": typed,
        "quote": quote,
        "cited_as": cited,
    }
    if data is None or not form.is_valid():
        return _page(request, form, told, status=200 if data is None else 422)
    if typed:
        origin = Origin(finding="finding" in request.GET or data.get("kind") == Source.FINDING, quote=quote[:4000], cited_as=cited[:300])
    try:
        matter = drafting.draft_matter(words=form.words(), origin=origin, actor=request.actor, at=timezone.now())
    except REFUSALS as error:
        return _page(request, form, told, status=_refuse(form, error))
    messages.success(request, _("已存为草稿 {number}。").format(number=matter.number))
    return redirect("matter_edit", pk=matter.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def matter_edit(request: Asking, pk: int) -> HttpResponse:
    """Every field of a draft, its sources and what the checks find beside."""
    matter = get_object_or_404(visible_matters(request.actor, few=True).filter(issuer__in=request.actor.units), pk=pk)
    if matter.state != State.DRAFT or not request.actor.has(SUPERVISOR):
        refused = RuleBroken(_("现在不能改这一件。"), hint=_("只有本单位的督查员能改，而且要在报审定之前；已报审定的请审定人退回。"))
        told = {"title": _("改草稿"), "about": f"{matter.number} {matter.title}", "back": reverse("matter", args=[pk]), "refused": refused}
        return render(request, "common/not_now.html", told, status=refused.http_status)
    [matter] = desk.with_facts(Matter.objects.filter(pk=pk))
    data = request.POST if request.method == "POST" else None
    form = DraftForm(data, programmes=visible_programmes(request.actor), start=wording_of(matter), expected=matter.changes)
    told = _told_of(matter, request)
    if data is None or not form.is_valid():
        return _page(request, form, told, status=200 if data is None else 422)
    try:
        drafting.edit_draft(matter_id=pk, words=form.words(), actor=request.actor, at=timezone.now(), expected=form.expected)
    except Conflict as error:
        told["theirs"] = _theirs(matter, form.words())
        form.data = data.copy()
        form.data["expected"] = str(matter.changes)
        return _page(request, form, told, status=_refuse(form, error))
    except RuleBroken as error:
        return _page(request, form, told, status=_refuse(form, error))
    messages.success(request, _("已存。"))
    return redirect("matter_propose" if "propose" in data else "matter_edit", pk=pk)


def _told_of(matter: Matter, request: Asking) -> dict[str, Any]:
    names = desk.names_of_suggested([matter])
    [(_matter, findings)] = desk.checked([matter], timezone.localdate(), desk.others_of(request.actor), names)
    return {
        "title": _("改草稿"),
        "about": matter.number,
        "verb": _("保存"),
        "back": reverse("drafts"),
        "matter": matter,
        "findings": findings,
        "suggested": [{**one, "name": names[int(one["unit"])]} for one in matter.suggested if int(one["unit"]) in names],
    }


def _theirs(matter: Matter, mine: Wording) -> list[tuple[str, str, str]]:
    now, called = wording_of(matter), labels()
    pairs = ((name, shown(now.get(name)), shown(value)) for name, value in mine.items())
    return [(called.get(name, name), theirs, own) for name, theirs, own in pairs if theirs != own]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def matter_child(request: Asking, pk: int) -> HttpResponse:
    """Break a matter down: one part for one unit below."""
    parent = get_object_or_404(visible_matters(request.actor, few=True).select_related("lead", "issuer"), pk=pk)
    if parent.lead_id not in request.actor.units or not request.actor.has(SUPERVISOR) or parent.state not in dividing.DIVISIBLE:
        refused = RuleBroken(_("现在不能分解这一件。"), hint=_("签收以后、办结以前，由牵头单位的督查员分解。"))
        about = f"{parent.number} {parent.title}"
        told = {"title": _("分解到下级"), "about": about, "back": reverse("matter", args=[pk]), "refused": refused}
        return render(request, "common/not_now.html", told, status=refused.http_status)
    given: Wording = {"title": parent.title, "due_on": parent.due_on, "criterion": parent.criterion, "cadence": parent.cadence, "theme": parent.theme}
    given |= {"category": parent.category, "urgency": parent.urgency, "targets": wording_of(parent)["targets"]}
    data = request.POST if request.method == "POST" else None
    form = ChildForm(data, programmes=visible_programmes(request.actor), start=given)
    told = {
        "title": _("分解到下级"),
        "about": f"{parent.number} {parent.title}",
        "verb": _("存为草稿"),
        "back": reverse("matter", args=[pk]),
        "parent": parent,
    }
    if data is None or not form.is_valid():
        return _page(request, form, told, status=200 if data is None else 422)
    try:
        child = dividing.child_matter(parent_id=pk, words=form.words(), actor=request.actor, at=timezone.now())
    except REFUSALS as error:
        return _page(request, form, told, status=_refuse(form, error))
    messages.success(request, _("已拟好下级事项 {number}，请检查后报审定。").format(number=child.number))
    return redirect("matter_child" if "another" in data else "matter_edit", pk=pk if "another" in data else child.pk)


def _merge(matter: Matter, form: MergeForm, actor: Actor, at: datetime) -> Matter:
    told = form.cleaned_data
    return merging.merge_matter(matter_id=matter.pk, into_id=told["into"].pk, reason=told["reason"], actor=actor, at=at, expected=form.expected)


merge = matter_act(
    ActPage(
        acts=(Act.MERGE,),
        words=lambda matter: Words(
            _("并案"), _("并案"), _("已并案。"), _("本件的依据、时限、配合单位和指标都并到那一件名下，以后一份反馈答复两件；本件不再单独办理。")
        ),
        form=MergeForm,
        call=_merge,
        template="ledger/merge.html",
        told=lambda matter, actor: {"others": mergeable_with(matter, actor)[:SUGGESTED], "sources": matter.sources.all()},
        initial=lambda matter, actor, asked: {"into": _number_of(matter, actor, asked.get("into", ""))},
    )
)


def _number_of(matter: Matter, actor: Actor, pk: str) -> str:
    found = mergeable_with(matter, actor).filter(pk=int(pk)).first() if pk.isdigit() else None
    return found.number if found else ""


@require_http_methods(["GET", "HEAD", "POST"])
@once
def source_settle(request: Asking, pk: int) -> HttpResponse:
    """A quote that the newest version no longer holds: keep it, or quote the new wording."""
    mine = visible_matters(request.actor, few=True).filter(issuer__in=request.actor.units)
    source = get_object_or_404(Source.objects.select_related("matter", "version__document").filter(matter__in=mine, suspect=True), pk=pk)
    found = candidates(source)
    choices = [("keep", _("仍按原来的引文"))] + [(f"{one.draft.start}-{one.draft.end}", _("改引新版：{quote}").format(quote=one.draft.quote)) for one in found]
    data = request.POST if request.method == "POST" else None
    form = SettleForm(data, row=source, actor=request.actor, choices=choices)
    back = reverse("matter", args=[source.matter_id])
    told = {"title": _("核对依据"), "verb": _("定下来"), "about": f"{source.matter.number} {source.matter.title}", "back": back, "form": form, "source": source}
    told["consequence"] = _("只改这条依据的引文，新旧两种写法都留在经过里；时限、指标要跟着变的，另行修改或调整。")
    if data is None or not form.is_valid():
        return render(request, "ledger/settle.html", told, status=200 if data is None else 422)
    chosen = form.cleaned_data["choice"]
    start, end = (int(one) for one in chosen.split("-")) if chosen != "keep" else (None, None)
    try:
        suspecting.settle_suspect(source_id=pk, reason=form.cleaned_data["reason"], start=start, end=end, actor=request.actor, at=timezone.now())
    except REFUSALS as error:
        form.add_error(None, str(error))
        return render(request, "ledger/settle.html", told, status=error.http_status)
    messages.success(request, _("依据已核对。"))
    return redirect(back)
