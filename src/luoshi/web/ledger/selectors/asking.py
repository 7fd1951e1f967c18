"""Which rows ask something of a person, kind by kind, and the rows themselves, with all that the must-do list tells of them.

A unit's own matters are a part of ``visible_matters``: those that it issued, and those that it leads or supports once they are issued.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import must_do
from luoshi.web.ledger.models import Evidence, Extension, Instruction, Matter, Message, Plan, Report, Source, Support
from luoshi.web.ledger.parties import has_head
from luoshi.web.ledger.periods import CADENCES, last_asked
from luoshi.web.ledger.selectors.kinds import Kinds, Picks, Table, picked_rows, within
from luoshi.web.ledger.selectors.reported import with_last_report
from luoshi.web.ledger.workflow import DONE, ENDED, OPEN, ExtensionState, PlanState, ReportState, State
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR

SINCE = date(2000, 1, 1)


@dataclass(frozen=True)
class Asking:
    """Who is asked, on which day; ``group`` narrows to the kinds of one group, ``most`` limits the rows of a kind."""

    actor: Actor
    on: date
    group: str = ""
    most: int = must_do.SHOWN
    releasing: bool | None = None  # where it is known already

    @cached_property
    def releases(self) -> bool:
        """True where this person releases what leaves the unit: its head, or its liaison where no head can sign in."""
        return self.releasing if self.releasing is not None else self.actor.has(HEAD) or (self.actor.has(LIAISON) and not has_head(self.actor.unit))

    @property
    def works(self) -> bool:
        """True for those who work on a unit's matters."""
        return self.actor.has(LIAISON, HEAD)

    def wants(self, kind: str) -> bool:
        """True where rows of ``kind`` are looked at."""
        return not self.group or must_do.KINDS[kind].group == self.group

    def workday(self, n: int) -> date:
        """The day ``n`` working days from now; before now where ``n`` is negative."""
        return working_calendar().add_working_days(self.on, n).date


def matters(picks: Picks) -> list[Any]:
    """Matters that ask by their own state and dates."""
    return picked_rows(with_last_report(Matter.objects.select_related("lead", "issuer")), picks)


def reports(picks: Picks) -> list[Any]:
    """Reports to review, to release, to mend, to finish."""
    return picked_rows(with_proofs(Report.objects.select_related("matter__lead", "matter__issuer")), picks)


def with_proofs(reports: QuerySet[Any]) -> QuerySet[Any]:
    """Reports with the number of files in evidence (``proofs``), None where there are none."""
    files = Evidence.objects.filter(report=OuterRef("pk")).order_by().values("report").annotate(n=Count("pk")).values("n")
    counted: QuerySet[Any] = reports.annotate(proofs=Subquery(files))
    return counted


def extensions(picks: Picks) -> list[Any]:
    """Requests for a later date, to release and to answer."""
    return picked_rows(Extension.objects.select_related("matter__lead", "matter__issuer"), picks)


def messages(picks: Picks) -> list[Any]:
    """Reminders and comments to answer, and answers to a leader."""
    return picked_rows(Message.objects.select_related("matter__lead", "matter__issuer", "by", "by_unit"), picks)


def supports(picks: Picks) -> list[Any]:
    """Contributions asked of a supporting unit."""
    return picked_rows(Support.objects.select_related("unit", "matter__lead", "matter__issuer"), picks)


def sources(picks: Picks) -> list[Any]:
    """Quotes that a newer version of their document words differently."""
    return picked_rows(Source.objects.select_related("matter__lead", "matter__issuer", "version__document"), picks)


def instructions(picks: Picks) -> list[Any]:
    """Instructions whose reply is due: what came of them is done, or their day has come."""
    return picked_rows(Instruction.objects.all(), picks)


def matter_kinds(asking: Asking) -> Kinds:
    """Kind → which matters, the more pressing first: a matter stands in one only."""
    actor, on = asking.actor, asking.on
    issued, led = Q(issuer__in=actor.units), Q(lead__in=actor.units)
    made: Kinds = [("proposal", issued & Q(state=State.PROPOSED, approver=actor.user_id))]
    if actor.has(SUPERVISOR, LEADER):
        made.append(("escalation", issued & Q(state=State.ESCALATED)))
    if actor.has(SUPERVISOR):
        overdue = Q(state__in=OPEN - {State.SUBMITTED, State.SUSPENDED}, due_on__lt=on)
        late = _start(asking.workday(-must_do.SIGN_WITHIN))
        offered = Plan.objects.filter(matter=OuterRef("pk"), state=PlanState.PROPOSED).exclude(author=within(actor.user_id))
        made += [
            ("objection", issued & Q(state=State.COORDINATING)),
            ("submission", issued & Q(state=State.SUBMITTED) & ~Q(submitted_by=actor.user_id)),
            ("plan_offered", issued & Q(state__in=OPEN) & Q(Exists(offered))),
            ("resume", issued & Q(state=State.SUSPENDED, resume_on__lte=on)),
            ("periodic", issued & Q(state=State.STANDING, review_on__lte=on)),
            ("close", issued & Q(state=State.ACCEPTED)),
            ("overdue", issued & overdue),
            ("unsigned", issued & Q(state=State.ISSUED, issued_at__lt=late)),
            ("unreported", issued & Q(state=State.ACTIVE) & unreported(on)),
            ("draft", issued & Q(state=State.DRAFT)),
        ]
    if asking.works:
        made += _kinds_of_the_lead(asking, led)
    return made


def _kinds_of_the_lead(asking: Asking, led: Q) -> Kinds:
    on = asking.on
    plans = Plan.objects.filter(matter=OuterRef("pk"), state=PlanState.PROPOSED)
    made: Kinds = [("sign", led & Q(state=State.ISSUED))]
    made += [
        ("plan", led & Q(state=State.ACTIVE, plan_agreed_at=None) & ~Q(Exists(plans))),
        ("report_due", led & Q(state=State.ACTIVE) & unreported(on)),
        ("due_over", led & Q(state__in=(State.ACTIVE, State.ESCALATED), due_on__lt=on)),
        ("due_soon", led & Q(state=State.ACTIVE, due_on__gte=on, due_on__lte=asking.workday(must_do.SOON_DAYS))),
    ]
    return made


def report_kinds(asking: Asking) -> Kinds:
    """Kind → which reports."""
    actor = asking.actor
    made: Kinds = []
    if actor.has(SUPERVISOR):
        others = ~Q(author=actor.user_id) & ~(Q(released_by__isnull=False) & Q(released_by=actor.user_id))
        made.append(("filed", Q(state=ReportState.FILED, matter__issuer__in=actor.units, matter__state=State.ACTIVE) & others))
    if asking.works:
        own = Q(unit__in=actor.units, matter__state=State.ACTIVE)
        if asking.releases:
            leaves_by_submission = Q(final=True, unit=F("matter__lead"))
            made.append(("submit", own & Q(state=ReportState.WITH_HEAD) & leaves_by_submission))
            made.append(("report_to_release", own & Q(state=ReportState.WITH_HEAD) & ~leaves_by_submission))
        later = Report.objects.filter(matter=OuterRef("matter"), unit=OuterRef("unit"), created_at__gt=OuterRef("created_at"))
        made.append(("returned", own & Q(state=ReportState.RETURNED) & ~Q(Exists(later))))
        made.append(("report_draft", own & Q(state=ReportState.DRAFT)))
    return made


def extension_kinds(asking: Asking) -> Kinds:
    """Kind → which requests."""
    actor = asking.actor
    made: Kinds = []
    if actor.has(SUPERVISOR):
        made.append(("extension", Q(state=ExtensionState.ASKED, matter__issuer__in=actor.units) & ~Q(author=actor.user_id)))
    if asking.works and asking.releases:
        made.append(("extension_to_release", Q(state=ExtensionState.WITH_HEAD, matter__lead__in=actor.units)))
    return made


def message_kinds(asking: Asking) -> Kinds:
    """Kind → which messages."""
    actor = asking.actor
    made: Kinds = []
    if asking.works:
        waits = Q(matter__state__in=OPEN) & ~Q(Exists(Message.objects.filter(answers=OuterRef("pk"))))
        to_us = (Q(to_unit__in=actor.units), Q(to_unit=None, matter__lead__in=actor.units))
        made += [(kind, waits & ours & Q(kind=kind)) for kind in (Message.COMMENT, Message.REMINDER) for ours in to_us]
    if actor.has(LEADER):
        since = _start(asking.workday(-must_do.TOLD_DAYS))
        made.append(("answered", Q(kind=Message.REPLY, answers__kind=Message.COMMENT, answers__by=actor.user_id, at__gte=since)))
    return made


def support_kinds(asking: Asking) -> Kinds:
    """Kind → which contributions."""
    actor, waits = asking.actor, Q(state=Support.OPEN, matter__state=State.ACTIVE)
    made: Kinds = []
    if asking.works:
        made.append(("contribution", waits & Q(unit__in=actor.units)))
    if actor.has(SUPERVISOR):
        made.append(("contribution", waits & Q(unit__accounts=False, matter__issuer__in=actor.units) & ~Q(contribution="")))
    return made


def source_kinds(asking: Asking) -> Kinds:
    """Kind → which sources."""
    if not asking.actor.has(SUPERVISOR):
        return []
    return [("suspect", Q(suspect=True, matter__issuer__in=asking.actor.units) & ~Q(matter__state__in=ENDED))]


def instruction_kinds(asking: Asking) -> Kinds:
    """Kind → which instructions."""
    if not asking.actor.has(SUPERVISOR):
        return []
    mine = Q(unit__in=asking.actor.units, replied_at=None)
    matters = Source.objects.filter(instruction=OuterRef("pk"))
    done = Q(Exists(matters)) & ~Q(Exists(matters.exclude(matter__state__in=DONE | ENDED)))
    return [("instruction", mine & (done | Q(due_on__lte=asking.workday(must_do.SIGN_WITHIN))))]


def unreported(on: date) -> Q:
    """Matters whose last reporting day has passed without a report of the lead unit: what ``standing`` says, as a question to the database."""
    made = Q(pk__in=())
    for cadence in CADENCES:
        period = last_asked(cadence, SINCE, on, working_calendar())
        if period is not None:
            asked = Q(cadence=cadence, plan_agreed_at__lt=first_moment_after(period.end))
            made |= asked & (Q(reported_until=None) | Q(reported_until__lt=period.end))
    return made


def tables(asking: Asking) -> list[Table]:
    """All kinds of asking, table by table, in the order of ``READERS``."""
    return [
        Table(Matter, matter_kinds(asking), "due_on"),
        Table(Report, report_kinds(asking), "filed_at"),
        Table(Extension, extension_kinds(asking), "created_at"),
        Table(Message, message_kinds(asking), "at"),
        Table(Support, support_kinds(asking), "due_on"),
        Table(Source, source_kinds(asking)),
        Table(Instruction, instruction_kinds(asking), "due_on"),
    ]


READERS: tuple[Callable[[Picks], list[Any]], ...] = (matters, reports, extensions, messages, supports, sources, instructions)
"""What reads the rows that are picked of each of the ``tables``, with all that is told of them."""


def _start(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def first_moment_after(day: date) -> datetime:
    """The first moment of the next day."""
    return _start(date.fromordinal(day.toordinal() + 1))
