"""The review page: the source on the left, its items on the right; one act at a time, by mouse or by key.

Every act is a plain form. With htmx the answer (a redirect, as for everyone) leads to the piece that changed: the card with the
counters, or the whole review where rows were merged or split.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.documents import words
from luoshi.web.documents.models import DraftItem, ReviewNote, Version
from luoshi.web.documents.review import Review
from luoshi.web.documents.rights import may_edit
from luoshi.web.documents.selectors import visible_drafts, visible_versions
from luoshi.web.documents.services import noting, reviewing, shaping
from luoshi.writers import labels

ACTS: dict[str, Callable[..., Any]] = {
    "accept": reviewing.accept_draft,
    "reject": reviewing.reject_draft,
    "basis": reviewing.keep_as_basis,
    "undo": reviewing.undo_draft,
    "merge": shaping.merge_drafts,
}


def version_of(request: Asking, pk: int, number: int) -> Version:
    """A version of a visible document that was read, or 404."""
    return get_object_or_404(visible_versions(request.actor), document=pk, number=number, state=Version.READ)


@require_safe
def review(request: Asking, pk: int, number: int) -> HttpResponse:
    """One part of the review (``part``, or the one with ``at``, a draft); ``spot``, an offset, leads to its sentence."""
    version = version_of(request, pk, number)
    made = Review(version)
    spot = _number(request, "spot")
    if spot is not None:
        start = max((one["start"] for one in made.sentences if one["start"] <= spot), default=0)
        return redirect(f"{reverse('review', args=[pk, number])}?part={made.part_of(start)}#s{start}")
    at = next((one for one in made.drafts if str(one.pk) == request.GET.get("at")), None)
    asked = request.GET.get("part", "")
    which = made.part_of(at.start) if at else int(asked) if asked.isdigit() and int(asked) < len(made.parts) else _first_open(made)
    part = made.parts[which]
    told = _about(request, made) | {
        "part": part,
        "which": which,
        "parts": [(n, one, made.waiting_in(one)) for n, one in enumerate(made.parts)],
        "cards": made.cards(part),
        "source": made.source(part, reverse("review_sentence", args=[pk, number])),
        "current": at,
        "next_part": which + 1 if which + 1 < len(made.parts) else None,
    }
    told["selected"] = sum(card.preselected for card in told["cards"])
    return render(request, "documents/review.html", told)


def _first_open(made: Review) -> int:
    return next((n for n, part in enumerate(made.parts) if made.waiting_in(part)), 0)


def _about(request: Asking, made: Review) -> dict[str, Any]:
    """What the page and its pieces need of the whole version."""
    version = made.version
    newer = Version.objects.filter(document=version.document_id, number__gt=version.number, state=Version.READ).order_by("-number").values_list("number", flat=True).first()
    return {
        "version": version,
        "document": version.document,
        "review": made,
        "newer": newer,
        "may_edit": may_edit(request.actor) and newer is None,
        "grades": labels.grades(),
        "kinds": words.kinds(),
        "states": words.draft_states(),
        "level": words.levels().get(version.document.level, ""),
        "adopt_address": reverse("adopt"),
    }


@require_safe
def draft(request: Asking, pk: int) -> HttpResponse:
    """One card with the counters, for htmx; the review page at that card for everyone else."""
    found = get_object_or_404(visible_drafts(request.actor), pk=pk)
    version = found.version
    address = f"{reverse('review', args=[version.document_id, version.number])}?at={pk}#d{pk}"
    if not request.htmx or found.state not in DraftItem.SHOWN:
        return redirect(address)
    made = Review(version)
    shown = next(one for one in made.drafts if one.pk == pk)
    return render(request, "documents/card_answer.html", _about(request, made) | {"card": made.card(shown), "fresh": True})


@require_POST
@once
def act(request: Asking, pk: int) -> HttpResponse:
    """One decision on one item."""
    found = get_object_or_404(visible_drafts(request.actor), pk=pk)
    wanted = request.POST.get("act", "")
    told: dict[str, Any] = {"draft_id": pk, "actor": request.actor, "at": timezone.now(), "expected": _number(request, "expected")}
    if wanted in ACTS:
        done = ACTS[wanted](**told)
    elif wanted in reviewing.GRADES:
        done = reviewing.reclass_draft(**told, grade=wanted)
    elif wanted == "confirm":
        done = reviewing.confirm_pledge(**told, word=request.POST.get("word", ""))
    else:
        raise RuleBroken(_("没有这个操作。"))
    if wanted == "merge" or done.pk != found.pk or done.state not in DraftItem.SHOWN:
        return redirect(f"{reverse('review', args=[found.version.document_id, found.version.number])}?at={done.pk}#d{done.pk}")
    return redirect("draft", pk=done.pk)


@require_POST
@once
def bulk(request: Asking, pk: int, number: int) -> HttpResponse:
    """采纳所选, 所选不采, 本部分没处理的全部不采 (``rest``): the same act on each of them, one call for each."""
    version = version_of(request, pk, number)
    wanted = request.POST.get("act", "")
    chosen = [one.split(":") for one in request.POST.getlist("drafts")]
    known = {str(one.pk): one for one in version.drafts.filter(state__in=DraftItem.SHOWN)}
    if wanted == "rest":
        wanted, chosen = "reject", _open_in_part(Review(version), request.POST.get("part", ""))
    done = skipped = 0
    for number_of_draft, expected in (one for one in chosen if len(one) == 2):
        found = known.get(number_of_draft)
        if found is None or found.state != DraftItem.PENDING or wanted not in ("accept", "reject"):
            continue
        if wanted == "accept" and found.grade == "principle":
            skipped += 1
            continue
        ACTS[wanted](draft_id=found.pk, actor=request.actor, at=timezone.now(), expected=int(expected) if expected.isdigit() else None)
        done += 1
    verb = {"accept": _("采纳"), "reject": _("不采")}.get(wanted, "")
    messages.success(request, _("已{verb} {n} 条。").format(verb=verb, n=done)) if done else messages.info(request, _("没有选中待处理的条目。"))
    if skipped:
        messages.info(request, _("{n} 条是原则要求，不立项，只作依据。").format(n=skipped))
    part = request.POST.get("part", "")
    return redirect(f"{reverse('review', args=[pk, number])}{f'?part={part}' if part.isdigit() else ''}")


def _open_in_part(made: Review, part: str) -> list[list[str]]:
    """Number and changes of the drafts of a part that nobody has decided on."""
    which = int(part) if part.isdigit() and int(part) < len(made.parts) else 0
    return [[str(one.pk), str(one.changes)] for one in made.drafts if one.state == DraftItem.PENDING and made.part_of(one.start) == which]


@once
def sentence(request: Asking, pk: int, number: int) -> HttpResponse:
    """Any sentence can be put in its place: made an item, or marked as background or record."""
    version = version_of(request, pk, number)
    start = _number(request, "start")
    found = next((one for one in version.decomposition["sentences"] if one["start"] == start), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        place = request.POST.get("place", "")
        told: dict[str, Any] = {"version_id": version.pk, "start": found["start"], "end": found["end"], "actor": request.actor, "at": timezone.now()}
        if place in ("requirement", "pledge"):
            made = shaping.make_draft(**told, kind=place)
            return redirect(f"{reverse('review', args=[pk, number])}?at={made.pk}#d{made.pk}")
        noting.place_sentence(**told, place=place)
        part = request.POST.get("part", "")
        return redirect(f"{reverse('review', args=[pk, number])}{f'?part={part}' if part.isdigit() else ''}#s{start}")
    note = version.notes.filter(kind=ReviewNote.SENTENCE, start=found["start"], end=found["end"]).select_related("by").first()
    told = {
        "document": version.document,
        "version": version,
        "sentence": found,
        "quote": version.text[found["start"] : found["end"]],
        "said": labels.dispositions()[note.code if note else found["disposition"]],
        "note": note,
        "may_edit": may_edit(request.actor),
        "part": request.GET.get("part", ""),
    }
    return render(request, "documents/sentence_piece.html" if request.htmx else "documents/sentence.html", told)


@require_POST
@once
def doubt(request: Asking, pk: int, number: int) -> HttpResponse:
    """A doubt is settled with a word."""
    version = version_of(request, pk, number)
    noting.settle_doubt(
        version_id=version.pk,
        start=_number(request, "start") or 0,
        end=_number(request, "end") or 0,
        code=request.POST.get("code", "")[:60],
        text=request.POST.get("text", ""),
        actor=request.actor,
        at=timezone.now(),
    )
    return redirect(_back(request, version, "doubts"))


@require_POST
@once
def lift(request: Asking, pk: int) -> HttpResponse:
    """Take a note back."""
    note = get_object_or_404(ReviewNote.objects.filter(version__in=visible_versions(request.actor)).select_related("version"), pk=pk)
    place = "doubts" if note.kind == ReviewNote.DOUBT else f"s{note.start}"
    address = _back(request, note.version, place)
    noting.lift_note(note_id=pk, actor=request.actor, at=timezone.now())
    return redirect(address)


def _back(request: Asking, version: Version, place: str) -> str:
    part = request.POST.get("part", "")
    return f"{reverse('review', args=[version.document_id, version.number])}?part={part if part.isdigit() else 0}#{place}"


def _number(request: Asking, name: str) -> int | None:
    told = request.POST.get(name) or request.GET.get(name) or ""
    return int(told) if told.isdigit() and len(told) < 10 else None
