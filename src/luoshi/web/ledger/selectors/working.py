"""What the page of a matter and the pages of its work read: reports with hints, contributions, words, questions, extensions.

The caller has found the matter among the visible ones; drafts and what has not left its unit are that unit's alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Prefetch, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.hints import Told, hints_of, same_words
from luoshi.web.ledger.lights import Light, Point, planned_value
from luoshi.web.ledger.models import CurvePoint, Evidence, Extension, Matter, Message, Question, Reading, Report, Support, Target
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.standing import is_falling
from luoshi.web.ledger.words import extension_light, report_light, support_light
from luoshi.web.ledger.workflow import ReportState

SHOWN = 12
"""Reports on the page of a matter; the history has all."""
_LEFT = (ReportState.FILED, ReportState.ACCEPTED, ReportState.RETURNED)


class ValueRow(NamedTuple):
    """One value of a report beside what it is compared with."""

    target: Target
    value: float
    as_of: date
    last: Point | None
    wanted: float | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report as a page shows it."""

    report: Report
    light: Light
    values: tuple[ValueRow, ...]
    hints: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class ExtensionRow(NamedTuple):
    """A request for a later date and where it stands."""

    extension: Extension
    light: Light


class SupportRow(NamedTuple):
    """A supporting unit, what it was asked for, and where that stands."""

    support: Support
    light: Light


class MessageRow(NamedTuple):
    """A reminder or a comment with its answer, and whether the reader is the one to answer it."""

    message: Message
    answer: Message | None
    mine: bool


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Reports of visible matters that have left their unit, and all of the actor's own units and of those it records for."""
    if actor.unit_id is None:
        return Report.objects.none()
    own = Q(unit__in=actor.units) | Q(recorded_for=True, matter__issuer__in=actor.units)
    return Report.objects.filter(own | Q(state__in=_LEFT), matter__in=visible_matters(actor))


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Evidence of visible reports; what was attached after the report came back is its unit's alone until it is filed anew."""
    if actor.unit_id is None:
        return Evidence.objects.none()
    own = Q(report__unit__in=actor.units) | Q(report__recorded_for=True, report__matter__issuer__in=actor.units)
    return Evidence.objects.filter(own | Q(added_at__lte=F("report__filed_at")), report__in=visible_reports(actor))


def reports_of(matter: Matter, actor: Actor) -> list[ReportRow]:
    """The last reports of a matter, newest first, as far as the actor sees them."""
    reports = list(_full(visible_reports(actor).filter(matter=matter)).order_by("-created_at", "-pk")[:SHOWN])
    return _rows(reports, actor)


def report_row(report: Report, actor: Actor) -> ReportRow:
    """One report as a page shows it."""
    return _rows([_full(Report.objects.filter(pk=report.pk)).get()], actor)[0]


def last_accepted(report: Report) -> Report | None:
    """The report of the same unit that was accepted last before this one."""
    found = Report.objects.filter(matter=report.matter_id, unit=report.unit_id, state=ReportState.ACCEPTED).exclude(pk=report.pk)
    return _full(found).order_by("-filed_at", "-pk").first()


def same_files(evidence: Iterable[Evidence], actor: Actor) -> dict[str, list[Evidence]]:
    """SHA-256 → where the same file was used before, as far as the actor sees it."""
    rows = list(evidence)
    others = visible_evidence(actor).filter(sha256__in=[one.sha256 for one in rows]).exclude(report__in=[one.report_id for one in rows])
    found: dict[str, list[Evidence]] = {}
    for one in others.select_related("report__matter").order_by("added_at")[:50]:
        found.setdefault(one.sha256, []).append(one)
    return found


def last_values(targets: Iterable[int]) -> dict[int, list[Point]]:
    """Target → its accepted values, oldest first."""
    found: dict[int, list[Point]] = {}
    readings = Reading.objects.filter(target__in=list(targets), report__state=ReportState.ACCEPTED).order_by("as_of", "report__filed_at", "pk")
    for target, as_of, value in readings.values_list("target_id", "as_of", "value"):
        found.setdefault(target, []).append(Point(as_of, value))
    return found


def curves_of(targets: Iterable[int]) -> dict[int, tuple[Point, ...]]:
    """Target → its agreed curve."""
    found: dict[int, list[Point]] = {}
    for target, on, value in CurvePoint.objects.filter(target__in=list(targets)).order_by("on").values_list("target_id", "on", "value"):
        found.setdefault(target, []).append(Point(on, value))
    return {target: tuple(curve) for target, curve in found.items()}


def extensions_of(matter: Matter) -> list[ExtensionRow]:
    """Every request for a later date, newest first: all dates are kept."""
    found = matter.extensions.select_related("author", "decided_by").order_by("-created_at", "-pk")
    return [ExtensionRow(one, extension_light(one.state)) for one in found]


def supports_of(matter: Matter) -> list[SupportRow]:
    """The supporting units with what they were asked for."""
    found = matter.supports.select_related("unit").order_by("unit__path")
    return [SupportRow(one, support_light(one.state, asked=bool(one.contribution))) for one in found]


def messages_of(matter: Matter, actor: Actor) -> list[MessageRow]:
    """Reminders and comments, newest first, each with its answer."""
    said = list(matter.messages.select_related("by", "by_unit", "to_unit", "instruction").order_by("-at", "-pk"))
    answers = {one.answers_id: one for one in said if one.kind == Message.REPLY}
    return [MessageRow(one, answers.get(one.pk), one.pk not in answers and one.to_unit_id in actor.units) for one in said if one.kind != Message.REPLY]


def open_messages(matter: Matter, actor: Actor) -> list[Message]:
    """What waits for an answer of the actor's unit, oldest first; for a lead without accounts the issuer answers."""
    waiting = matter.messages.filter(answered_by__isnull=True).exclude(kind=Message.REPLY).select_related("by", "by_unit").order_by("at", "pk")
    addressed = set(actor.units)
    if matter.lead is not None and not matter.lead.accounts and matter.issuer_id in actor.units:
        addressed.add(matter.lead.pk)
    return [one for one in waiting if one.to_unit_id in addressed]


def questions_of(matter: Matter) -> list[Question]:
    """Objections and requests for help from above, newest first."""
    return list(matter.questions.select_related("unit", "asked_by", "answered_by").order_by("-asked_at", "-pk"))


def _full(reports: QuerySet[Report]) -> QuerySet[Report]:
    readings = Prefetch("readings", Reading.objects.select_related("target").order_by("target__order", "target_id"))
    return reports.select_related("author", "released_by", "reviewed_by", "unit", "matter").prefetch_related(readings, "evidence", "milestones")


def _rows(reports: list[Report], actor: Actor) -> list[ReportRow]:
    targets = {one.target_id for report in reports for one in report.readings.all()}
    values, curves = last_values(targets), curves_of(targets)
    texts = _texts_before(reports)
    found = []
    for report in reports:
        own = report.unit_id in actor.units or report.recorded_for
        rows = tuple(_value_row(one, report, values, curves) for one in report.readings.all())
        hints = [hint for row in rows for hint in hints_of(_told(row, curves))] + same_words(report.text, texts.get(report.pk))
        files = tuple(one for one in report.evidence.all() if own or (report.filed_at and one.added_at <= report.filed_at))
        found.append(ReportRow(report, report_light(report.state), rows, tuple(hints), files))
    return found


def _value_row(one: Reading, report: Report, values: Mapping[int, list[Point]], curves: Mapping[int, tuple[Point, ...]]) -> ValueRow:
    """Compared with the value that was accepted before it: where this one counts already, with the one before."""
    before = [point for point in values.get(one.target_id, []) if point.on < one.as_of or report.state != ReportState.ACCEPTED]
    wanted = planned_value(curves.get(one.target_id, ()), one.as_of)
    return ValueRow(one.target, one.value, one.as_of, before[-1] if before else None, None if wanted is None else round(wanted, 2))


def _told(row: ValueRow, curves: Mapping[int, tuple[Point, ...]]) -> Told:
    return Told(
        indicator=row.target.indicator,
        unit=row.target.unit,
        value=row.value,
        as_of=row.as_of,
        last=row.last.value if row.last else None,
        last_as_of=row.last.on if row.last else None,
        curve=curves.get(row.target.pk, ()),
        falling=is_falling(row.target.comparator),
    )


def _texts_before(reports: list[Report]) -> dict[int, str]:
    """Report → the text of the accepted one of the same unit before it."""
    units = {(report.matter_id, report.unit_id) for report in reports}
    told: dict[tuple[int, int], list[tuple[int, str]]] = {}
    accepted = Report.objects.filter(matter__in={one[0] for one in units}, state=ReportState.ACCEPTED).order_by("filed_at", "pk")
    for pk, matter, unit, text in accepted.values_list("pk", "matter_id", "unit_id", "text"):
        told.setdefault((matter, unit), []).append((pk, text))
    found = {}
    for report in reports:
        before = [text for pk, text in told.get((report.matter_id, report.unit_id), []) if pk < report.pk]
        if before:
            found[report.pk] = before[-1]
    return found
