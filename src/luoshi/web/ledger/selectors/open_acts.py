"""Which acts are open to a reader on the page of a matter, each with its address. The tables of ``workflow`` say what may be done; what would
lead to a refusal only (a reply where nothing waits for one, a second request for a later date) is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse

from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Extension, Matter, Plan, Report, Support
from luoshi.web.ledger.parties import answers_for, parties_of
from luoshi.web.ledger.workflow import Act, ExtensionState, ReportState, State

Found = Iterator[tuple[str, str]]


class Rows(NamedTuple):
    """What belongs to the matter, read already."""

    reports: Sequence[Report]
    supports: Sequence[Support]
    extensions: Sequence[Extension]
    waiting_plan: Plan | None
    unanswered: bool  # a reminder or a comment waits for the reader's unit


def open_acts(matter: Matter, actor: Actor, rows: Rows) -> Found:
    """Every act and deed open to the reader, with its address."""
    parties = parties_of(actor, matter, supports=rows.supports)
    final = next((one for one in rows.reports if one.final), None)
    keys = {"proposed": matter.proposed_by_id, "submitted": matter.submitted_by_id, "reported": final.author_id if final else None}
    for row in workflow.available(workflow.MATTERS, matter.state, parties=parties, user_id=actor.user_id, keys=keys):
        if row.act == Act.SUBMIT and (final is None or final.state != ReportState.WITH_HEAD):
            continue
        name = "decide" if row.act in (Act.REASSIGN, Act.KEEP, Act.ADJUST) else row.act
        yield row.act, reverse(f"matter_{name}", args=[matter.pk])
    yield from _deeds(matter, actor, rows, parties)
    if workflow.SUPERVISOR in parties and matter.state == State.DRAFT:
        yield "edit", reverse("matter_edit", args=[matter.pk])
    if matter.lead_id in actor.units and actor.has("supervisor") and matter.state == State.ACTIVE:
        yield "child", reverse("matter_child", args=[matter.pk])
    yield from _reports(actor, rows.reports, parties)
    plan = rows.waiting_plan
    if plan is not None and any(workflow.available(workflow.PLANS, plan.state, parties=parties, user_id=actor.user_id, keys={"planned": plan.author_id})):
        yield "review_plan", reverse("matter_plan", args=[matter.pk])
    yield from _extensions(actor, rows.extensions, parties)


def _deeds(matter: Matter, actor: Actor, rows: Rows, parties: frozenset[str]) -> Found:
    mine = [one for one in rows.supports if one.unit_id in actor.units]
    works = matter.lead_id in actor.units or bool(mine)
    with_head = any(one.state == ReportState.WITH_HEAD and one.unit_id in actor.units for one in rows.reports)
    asked = [one for one in rows.supports if one.state == Support.OPEN and one.contribution and answers_for(actor, matter, one.unit)]
    waiting = any(one.state in (ExtensionState.ASKED, ExtensionState.WITH_HEAD) for one in rows.extensions)
    fits = {
        "plan": rows.waiting_plan is None,
        "support": bool(rows.supports) and not any(one in mine for one in asked),
        "answer_support": bool(asked),
        "report": works and not with_head,
        "record": not works and _records(matter, rows),
        "extension": not waiting and matter.due_on is not None,
        "reply": rows.unanswered,
    }
    pages = {"answer_support": "matter_support", "record": "matter_report"}
    for row in workflow.available(workflow.DEEDS, matter.state, parties=parties, user_id=actor.user_id):
        if fits.get(row.act, True):
            name = "change_plan" if row.act == "plan" and matter.plan_agreed_at else row.act
            more = "?ask=1" if asked and row.act == "support" else ""
            yield name, reverse(pages.get(row.act, f"matter_{row.act}"), args=[matter.pk]) + more


def _records(matter: Matter, rows: Rows) -> bool:
    """True where a unit at work has no accounts."""
    return (matter.lead is not None and not matter.lead.accounts) or any(not one.unit.accounts for one in rows.supports)


def _reports(actor: Actor, reports: Iterable[Report], parties: frozenset[str]) -> Found:
    for report in reports:
        turned = {"reported": report.author_id, "released": report.released_by_id}
        acts = {row.act for row in workflow.available(workflow.REPORTS, report.state, parties=parties, user_id=actor.user_id, keys=turned)}
        if "accept" in acts and not report.final:
            yield "review_report", reverse("report", args=[report.pk])
        if "release" in acts and not report.final and report.unit_id in actor.units:
            yield "release_report", reverse("report", args=[report.pk])


def _extensions(actor: Actor, extensions: Iterable[Extension], parties: frozenset[str]) -> Found:
    for one in extensions:
        turned = {"asked": one.author_id, "released": one.released_by_id}
        acts = {row.act for row in workflow.available(workflow.EXTENSIONS, one.state, parties=parties, user_id=actor.user_id, keys=turned)}
        if "grant" in acts:
            yield "grant_extension", reverse("extension_grant", args=[one.pk])
        if "release" in acts:
            yield "release_extension", reverse("extension_release", args=[one.pk])
