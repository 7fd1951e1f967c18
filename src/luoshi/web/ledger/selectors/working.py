"""What the page of a matter and the pages of its work read: reports with hints, contributions, words, questions, extensions.

The caller has found the matter among the visible ones; drafts and what has not left its unit are that unit's alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Prefetch, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.charts import rounded
from luoshi.web.ledger.hints import Told, hints_of, same_words
from luoshi.web.ledger.lights import Light, Point, planned_value
from luoshi.web.ledger.models import CurvePoint, Evidence, Extension, Matter, Message, Question, Reading, Report, Support, Target
from luoshi.web.ledger.names import extension_light, report_light, support_light
from luoshi.web.ledger.selectors import is_visible
from luoshi.web.ledger.standing import is_falling
from luoshi.web.ledger.workflow import ExtensionState, ReportState

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


AcceptedText = tuple[int, int, int, str]
"""An accepted report: its number, its matter, its unit, what it said."""


class Known(NamedTuple):
    """What reports are held against: accepted values and agreed curves by target, the texts of accepted reports, oldest first."""

    values: Mapping[int, list[Point]]
    curves: Mapping[int, tuple[Point, ...]]
    texts: Sequence[AcceptedText]


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
    return Report.objects.filter(own | Q(state__in=_LEFT), is_visible(actor, "matter__"))


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Evidence of visible reports; what was attached after the report came back is its unit's alone until it is filed anew."""
    if actor.unit_id is None:
        return Evidence.objects.none()
    own = Q(report__unit__in=actor.units) | Q(report__recorded_for=True, report__matter__issuer__in=actor.units)
    return Evidence.objects.filter(own | Q(added_at__lte=F("report__filed_at")), report__in=visible_reports(actor))


def left_its_unit(report: Report) -> bool:
    """True where others than its unit may read it."""
    return report.state in _LEFT


def own_report(report: Report, matter: Matter, actor: Actor) -> bool:
    """True where it is the actor's own to see at any time, as ``visible_reports`` says."""
    return report.unit_id in actor.units or (report.recorded_for and matter.issuer_id in actor.units)


def left_extensions(actor: Actor) -> QuerySet[Extension]:
    """Requests that have left their unit, and the actor's own. The caller narrows them to matters that may be seen."""
    inside = Q(state=ExtensionState.WITH_HEAD) | Q(state=ExtensionState.REFUSED, released_by__isnull=True)
    return Extension.objects.filter(~inside | Q(matter__lead__in=actor.units))


def visible_extensions(actor: Actor) -> QuerySet[Extension]:
    """Requests for a later date of visible matters, as far as they have left their unit."""
    return left_extensions(actor).filter(is_visible(actor, "matter__"))


def report_row(report: Report, actor: Actor) -> ReportRow:
    """One report as a page shows it."""
    return report_rows([full_reports(Report.objects.filter(pk=report.pk)).select_related("matter").get()], actor)[0]


def with_last_accepted(report: Report, actor: Actor) -> tuple[ReportRow | None, ReportRow | None]:
    """A report as a page shows it (none where it is not stored yet), and that of the same unit which was accepted last before it."""
    accepted = Report.objects.filter(matter=report.matter_id, unit=report.unit_id, state=ReportState.ACCEPTED).exclude(pk=report.pk)
    last = accepted.order_by("-filed_at", "-pk").values("pk")[:1]
    found = report_rows(list(full_reports(Report.objects.filter(Q(pk=report.pk) | Q(pk__in=last))).select_related("matter")), actor)
    own, others = [row for row in found if row.report.pk == report.pk], [row for row in found if row.report.pk != report.pk]
    return next(iter(own), None), next(iter(others), None)


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


def accepted_values(reports: Iterable[Report]) -> dict[int, list[Point]]:
    """The same out of reports that were read with their readings."""
    counting = [(one, report) for report in reports if report.state == ReportState.ACCEPTED and report.filed_at for one in report.readings.all()]
    found: dict[int, list[Point]] = {}
    for one, _report in sorted(counting, key=lambda both: (both[0].as_of, both[1].filed_at, both[0].pk)):
        found.setdefault(one.target_id, []).append(Point(one.as_of, one.value))
    return found


def curves_of(targets: Iterable[int]) -> dict[int, tuple[Point, ...]]:
    """Target → its agreed curve."""
    found: dict[int, list[Point]] = {}
    for target, on, value in CurvePoint.objects.filter(target__in=list(targets)).order_by("on").values_list("target_id", "on", "value"):
        found.setdefault(target, []).append(Point(on, value))
    return {target: tuple(curve) for target, curve in found.items()}


def extensions_of(matter: Matter, actor: Actor) -> list[ExtensionRow]:
    """Every request for a later date that the actor sees, newest first: all dates are kept."""
    found = left_extensions(actor).filter(matter=matter).select_related("author", "decided_by").order_by("-created_at", "-pk")
    return [ExtensionRow(one, extension_light(one.state)) for one in found]


def supports_of(matter: Matter) -> list[SupportRow]:
    """The supporting units with what they were asked for."""
    loaded = "supports" in getattr(matter, "_prefetched_objects_cache", {})
    found = matter.supports.all() if loaded else matter.supports.select_related("unit").order_by("unit__path")
    return [SupportRow(one, support_light(one.state, asked=bool(one.contribution))) for one in found]


def messages_of(matter: Matter, actor: Actor) -> list[MessageRow]:
    """Reminders and comments, newest first, each with its answer."""
    said = list(matter.messages.select_related("by", "by_unit", "to_unit", "instruction").order_by("-at", "-pk"))
    answers = {one.answers_id: one for one in said if one.kind == Message.REPLY}
    return [MessageRow(one, answers.get(one.pk), one.pk not in answers and one.to_unit_id in actor.units) for one in said if one.kind != Message.REPLY]


def open_messages(matter: Matter, actor: Actor) -> list[Message]:
    """What waits for an answer of the actor's unit, oldest first."""
    waiting = matter.messages.filter(answered_by__isnull=True).exclude(kind=Message.REPLY).select_related("by", "by_unit", "to_unit").order_by("at", "pk")
    return waiting_of(matter, waiting, actor)


def waiting_of(matter: Matter, unanswered: Iterable[Message], actor: Actor) -> list[Message]:
    """Those that the actor's unit has to answer; for a unit without accounts the issuer answers."""
    issues = matter.issuer_id in actor.units
    return [one for one in unanswered if one.to_unit_id in actor.units or (issues and one.to_unit is not None and not one.to_unit.accounts)]


def questions_of(matter: Matter) -> list[Question]:
    """Objections and requests for help from above, newest first."""
    return list(matter.questions.select_related("unit", "asked_by", "answered_by").order_by("-asked_at", "-pk"))


def full_reports(reports: QuerySet[Report]) -> QuerySet[Report]:
    """With all that a row shows of them."""
    readings = Prefetch("readings", Reading.objects.select_related("target").order_by("target__order", "target_id"))
    return reports.select_related("author", "released_by", "reviewed_by", "unit").prefetch_related(readings, "evidence", "milestones")


def report_rows(reports: Sequence[Report], actor: Actor, known: Known | None = None) -> list[ReportRow]:
    """Reports as a page shows them, with what a reader should look at twice; ``known`` where the caller has read what they are held against."""
    if known is None:
        targets = {one.target_id for report in reports for one in report.readings.all()}
        known = Known(last_values(targets), curves_of(targets), _accepted_texts(reports))
    values, curves = known.values, known.curves
    texts = _texts_before(reports, known.texts)
    found = []
    for report in reports:
        own = own_report(report, report.matter, actor)
        rows = tuple(_value_row(one, report, values, curves) for one in report.readings.all())
        hints = [hint for row in rows for hint in hints_of(_told(row, curves))] + same_words(report.text, texts.get(report.pk))
        files = tuple(one for one in report.evidence.all() if own or (report.filed_at and one.added_at <= report.filed_at))
        found.append(ReportRow(report, report_light(report.state), rows, tuple(hints), files))
    return found


def _value_row(one: Reading, report: Report, values: Mapping[int, list[Point]], curves: Mapping[int, tuple[Point, ...]]) -> ValueRow:
    """Compared with the value that was accepted before it: where this one counts already, with the one before."""
    before = [point for point in values.get(one.target_id, []) if point.on < one.as_of or report.state != ReportState.ACCEPTED]
    wanted = planned_value(curves.get(one.target_id, ()), one.as_of, one.target.unit)
    return ValueRow(one.target, one.value, one.as_of, before[-1] if before else None, None if wanted is None else rounded(wanted))


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


def _accepted_texts(reports: Iterable[Report]) -> list[AcceptedText]:
    units = {(report.matter_id, report.unit_id) for report in reports}
    accepted = Report.objects.filter(matter__in={one[0] for one in units}, state=ReportState.ACCEPTED).order_by("filed_at", "pk")
    return list(accepted.values_list("pk", "matter_id", "unit_id", "text"))


def _texts_before(reports: Iterable[Report], accepted: Iterable[AcceptedText]) -> dict[int, str]:
    """Report → the text of the accepted one of the same unit before it."""
    told: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for pk, matter, unit, text in accepted:
        told.setdefault((matter, unit), []).append((pk, text))
    found = {}
    for report in reports:
        before = [text for pk, text in told.get((report.matter_id, report.unit_id), []) if pk < report.pk]
        if before:
            found[report.pk] = before[-1]
    return found
