"""The desk of a supervisor: what was adopted, completed in a table row by row, checked together, put before an approver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST, require_safe

from luoshi.text import REFUSALS, Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.common.paging import page_of_numbers
from luoshi.web.documents.models import DraftItem
from luoshi.web.ledger import checks
from luoshi.web.ledger.forms.drafting import RowForm, labels, shown, wording_of
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.selectors import approvers, desk
from luoshi.web.ledger.services import adopting, drafting, issuing
from luoshi.web.ledger.services.drafting import SupportLine, Wording
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import HEAD, LEADER, SUPERVISOR
from luoshi.web.orgs.selectors import open_units

PAGE = 100
_SAID = 5  # refusals that are told one by one


@require_POST
@once
def adopt(request: Asking) -> HttpResponse:
    """Items of a document, by number in ``ids``, become drafts: one service call each. Leads to the desk with these drafts."""
    wanted = [int(one) for name in ("ids", "ids[]", "draft") for one in request.POST.getlist(name) if one.isdigit()]
    items = list(DraftItem.objects.filter(pk__in=wanted, version__document__unit__in=request.actor.units).order_by("start", "order").values_list("pk", flat=True))
    if len(items) != len(set(wanted)):
        raise Http404
    if not items:
        messages.warning(request, _("没有选中任何一条，没有生成草稿。"))
        return redirect("drafts")
    at = timezone.now()
    knowledge = desk.knowledge_of(request.actor, timezone.localdate())
    made, refused = 0, []
    for pk in items:
        try:
            adopting.adopt_item(draft_id=pk, actor=request.actor, at=at, knowledge=knowledge)
            made += 1
        except REFUSALS as error:
            refused.append(error.message)
    _tell(request, _("已生成 {n} 件草稿，请逐件补齐牵头、时限和办结标准，再报审定。").format(n=made) if made else "", refused)
    return redirect(f"{reverse('drafts')}?{urlencode({'batch': at.isoformat()})}" if made else reverse("drafts"))


def _tell(request: Asking, done: str, refused: Sequence[str]) -> None:
    if done:
        messages.success(request, done)
    for message in refused[:_SAID]:
        messages.warning(request, message)
    if len(refused) > _SAID:
        messages.warning(request, _("另有 {n} 件没有办成。").format(n=len(refused) - _SAID))


@dataclass(frozen=True, slots=True)
class Row:
    """A draft on the desk: its fields, what the checks find, what is suggested and not taken yet."""

    matter: Matter
    form: RowForm
    findings: list[checks.Finding]
    suggested: list[dict[str, Any]]

    @property
    def stops(self) -> int:
        """How many findings stop it."""
        return sum(one.severity == "stops" for one in self.findings)


@require_safe
def drafts(request: Asking) -> HttpResponse:
    """The drafts of the office, a hundred on a page, each a row that saves itself."""
    found = desk.drafts_of(request.actor)
    batch = parse_datetime(request.GET.get("batch", "").replace(" ", "+"))
    shown_rows = found.filter(created_at=batch) if batch else found
    page = page_of_numbers(shown_rows, PAGE, request.GET.get("page"))
    rows = rows_of(request, desk.with_facts(Matter.objects.filter(pk__in=[*page]).order_by("pk")))
    told = {
        "page": page,
        "rows": rows,
        "ready": sum(not row.stops for row in rows),
        "batch": request.GET.get("batch", "") if batch else "",
        "total": found.count() if batch else page.paginator.count,
        "query": urlencode({"batch": request.GET["batch"]}) if batch else "",
        "units": open_units(timezone.localdate()),
        "limits": request.actor.has(HEAD, SUPERVISOR, LEADER),
    }
    return render(request, "ledger/drafts.html", told)


def rows_of(request: Asking, matters: Sequence[Matter]) -> list[Row]:
    """Rows for matters of ``with_facts``."""
    names = desk.names_of_suggested(matters)
    checked = desk.checked(matters, timezone.localdate(), desk.others_of(request.actor), names)
    return [Row(matter, RowForm(matter=matter, expected=matter.changes), found, _open_suggestions(matter, names)) for matter, found in checked]


def _open_suggestions(matter: Matter, names: dict[int, str]) -> list[dict[str, Any]]:
    taken = {matter.lead_id, *(support.unit_id for support in matter.supports.all())}
    return [{**one, "name": names[int(one["unit"])]} for one in matter.suggested if int(one["unit"]) in names and int(one["unit"]) not in taken]


@require_POST
def draft_row(request: Asking, pk: int) -> HttpResponse:
    """A row of the desk saves itself; answers with the cell that says how it stands, and with the fields that the server changed.

    Not a form that is sent once: saving the same again changes nothing, and ``expected`` guards against somebody else's words.
    """
    matter = get_object_or_404(desk.drafts_of(request.actor), pk=pk)
    form = RowForm(request.POST, matter=matter, expected=matter.changes)
    form.is_valid()
    at, told = timezone.now(), _Told()
    try:
        words = form.words() | _taken(request, matter)
        saved = drafting.edit_draft(matter_id=pk, words=words, actor=request.actor, at=at, expected=form.expected)
        told.saved = saved.changes != matter.changes
    except Conflict as error:
        matter.refresh_from_db()
        told.message, told.theirs = error.message, _theirs(matter, form.words())
    except RuleBroken as error:
        told.message = str(error)
    [fresh] = desk.with_facts(Matter.objects.filter(pk=pk))
    [row] = rows_of(request, [fresh])
    changed = [row.form[name].as_widget(attrs={"hx-swap-oob": "true"}) for name in ("lead", "criterion") if f"take_{name}" in request.POST and not told.message]
    answer = {"row": row, "told": told, "errors": form.errors, "changed": changed, "answer": True}
    return render(request, "ledger/parts/draft_state.html", answer)


@dataclass(slots=True)
class _Told:
    saved: bool = False
    message: str = ""
    theirs: Sequence[tuple[str, str, str]] = ()


def _taken(request: Asking, matter: Matter) -> Wording:
    """What a click takes: a suggested lead or supporter by number, a proposed criterion."""
    words: Wording = {}
    if lead := request.POST.get("take_lead"):
        words["lead"] = get_object_or_404(Unit, pk=int(lead) if lead.isdigit() else 0)
    if support := request.POST.get("take_support"):
        unit = get_object_or_404(Unit, pk=int(support) if support.isdigit() else 0)
        there = [SupportLine(one.unit, one.contribution, one.due_on) for one in matter.supports.select_related("unit").order_by("pk")]
        words["supports"] = [*there, *([] if unit.pk in {line.unit.pk for line in there} else [SupportLine(unit)])]
    if "take_criterion" in request.POST:
        words["criterion"] = request.POST["take_criterion"][:2000]
    return words


def _theirs(matter: Matter, mine: Wording) -> list[tuple[str, str, str]]:
    """Field, what somebody else wrote, what was typed here: where they differ."""
    now, called = wording_of(matter), labels()
    pairs = ((name, shown(now.get(name)), shown(value)) for name, value in mine.items())
    return [(called[name], theirs, own) for name, theirs, own in pairs if theirs != own]


@require_GET
def propose_many(request: Asking) -> HttpResponse:
    """The chosen drafts with all that the checks find, and who is to approve them."""
    return _show_chosen(request, _chosen(request, request.GET.getlist("ids")))


@require_POST
@once
def propose_chosen(request: Asking) -> HttpResponse:
    """Put the chosen drafts before an approver: one service call each; what a check stops stays a draft and is told."""
    people = {str(user.pk): user for user in approvers(request.actor)}
    approver = people.get(request.POST.get("approver", ""))
    matters = _chosen(request, request.POST.getlist("ids"))
    if approver is None:
        messages.error(request, _("请选一位审定人。"))
        return _show_chosen(request, matters, status=422)
    at, done, refused = timezone.now(), 0, []
    for matter in matters:
        expected = request.POST.get(f"expected-{matter.pk}", "")
        try:
            issuing.propose_matter(
                matter_id=matter.pk, approver=approver, actor=request.actor, at=at, expected=int(expected) if expected.isdigit() else None
            )
            done += 1
        except REFUSALS as error:
            refused.append(matter.number + _("：") + error.message)
    _tell(request, _("已把 {n} 件报{name}审定。").format(n=done, name=approver.name) if done else "", refused)
    return redirect("drafts")


def _chosen(request: Asking, ids: Sequence[str]) -> list[Matter]:
    """The chosen drafts. 404 where one is not among them: nothing is passed over in silence."""
    wanted = {int(one) for one in ids if one.isdigit()}
    found = desk.with_facts(desk.drafts_of(request.actor).filter(pk__in=wanted))
    if not wanted or len(found) != len(wanted):
        raise Http404
    return found


def _show_chosen(request: Asking, matters: Sequence[Matter], *, status: int = 200) -> HttpResponse:
    rows = rows_of(request, matters)
    told = {
        "rows": rows,
        "ready": sum(not row.stops for row in rows),
        "stopped": sum(bool(row.stops) for row in rows),
        "warned": sum(bool(row.findings) and not row.stops for row in rows),
        "approvers": approvers(request.actor),
        "here": f"{reverse('propose_many')}?{urlencode({'ids': [matter.pk for matter in matters]}, doseq=True)}",
    }
    return render(request, "ledger/propose.html", told, status=status)


@require_POST
@once
def draft_fix(request: Asking, pk: int) -> HttpResponse:
    """Take the fix of a finding by one click: the fields come from the finding that the checks make now, not from the page."""
    matter = get_object_or_404(desk.drafts_of(request.actor), pk=pk)
    [row] = rows_of(request, desk.with_facts(Matter.objects.filter(pk=matter.pk)))
    fixes = {one.code: one.fix for one in row.findings if one.fix is not None and one.fix.act == "edit"}
    fix = fixes.get(request.POST.get("code", ""))
    if fix is None:
        raise RuleBroken(_("这一项已经改好了。"), hint=_("请刷新后再看。"))
    words = _words_of_fix(fix)
    drafting.edit_draft(matter_id=pk, words=words, actor=request.actor, at=timezone.now())
    messages.success(request, _("{number} 已改好一项。").format(number=matter.number))
    ids = [one for one in request.POST.getlist("ids") if one.isdigit()]
    return redirect(f"{reverse('propose_many')}?{urlencode({'ids': ids or [str(pk)]}, doseq=True)}")


def _words_of_fix(fix: checks.Fix) -> Wording:
    words: Wording = {}
    if "lead" in fix.values:
        words["lead"] = Unit.objects.get(pk=int(fix.values["lead"]))
    if "due_on" in fix.values:
        words["due_on"] = date.fromisoformat(fix.values["due_on"])
    if "criterion" in fix.values:
        words["criterion"] = fix.values["criterion"]
    return words
