"""Reading the ladder: of one matter, of many in a number of questions that does not grow, and what it asks of people."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.common.addresses import row_address
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger import must_do
from luoshi.web.ledger.additions import Asker, Chase
from luoshi.web.ledger.lights import Light, Standing
from luoshi.web.ledger.models import Extension, Matter, Message, Report
from luoshi.web.ledger.must_do import Asked, who_says
from luoshi.web.ledger.selectors import is_visible, visible_matters
from luoshi.web.ledger.selectors.kinds import Kinds, Picks, Table, picked_rows
from luoshi.web.ledger.standing import shown, standings
from luoshi.web.ledger.workflow import OPEN, ExtensionState, ReportState, State
from luoshi.web.orgs.models import Post, User
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR
from luoshi.web.oversight import ladder
from luoshi.web.oversight.ladder import CaughtUp, Ground, Period, Served, Step
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.workflow import RungState


def visible_rungs(actor: Actor) -> QuerySet[Rung]:
    """Rungs of the matters that the actor sees; a suggestion to criticise by name is seen by the issuer and the lead alone."""
    party = Q(matter__issuer__in=actor.units) | Q(to_unit__in=actor.units)
    return Rung.objects.filter(is_visible(actor, "matter__")).filter(~Q(rung=ladder.BULLETIN) | party)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where one matter stands on the ladder on a day."""

    matter: Matter
    light: Light
    ground: Ground
    days_late: int
    periods: list[Period]
    step: Step

    @property
    def open(self) -> Period | None:
        """The period that has not ended."""
        return ladder.open_period(self.periods)


def ladders(matters: Sequence[Matter], on: date, known: Mapping[int, Standing] | None = None) -> dict[int, Ladder]:
    """The ladder of each matter; the number of questions does not grow with them. ``known`` are their standings where the caller has them."""
    found = standings(matters, on) if known is None else known
    served, caught = _gathered(matters)
    late = working_calendar().add_working_days(on, -must_do.SIGN_WITHIN).date
    made = {}
    for matter in matters:
        light = shown(found[matter.pk], on)[0]
        unsigned = matter.issued_at is not None and timezone.localtime(matter.issued_at).date() < late
        ground = ladder.ground_of(found[matter.pk], light.colour, on, unsigned=unsigned)
        days_late = (on - matter.due_on).days if matter.due_on and ground == "overdue" else 0
        periods = ladder.periods_of(served.get(matter.pk, []), caught.get(matter.pk, []))
        step = ladder.next_step(ladder.open_period(periods), ground, on, urgency=matter.urgency, days_late=days_late)
        made[matter.pk] = Ladder(matter, light, ground, days_late, periods, step)
    return made


def standing_ladder(matter: Matter, on: date) -> Ladder:
    """The ladder of one matter on a day."""
    return ladders([matter], on)[matter.pk]


def _gathered(matters: Collection[Matter]) -> tuple[dict[int, list[Served]], dict[int, list[CaughtUp]]]:
    """Rungs, 催办 of the lead after the due date, accepted reports of the lead (the final one is the acceptance of the matter, also after it was reopened), later dates.

    One question for all.
    """
    served: dict[int, list[Served]] = defaultdict(list)
    caught: dict[int, list[CaughtUp]] = defaultdict(list)
    for one in matters:
        if one.accepted_at is not None:
            caught[one.pk].append(CaughtUp(one.accepted_at, _day(one.accepted_at), "accepted"))
    of = {"matter__in": [one.pk for one in matters]}
    due = {one.pk: one.due_on for one in matters}
    climbed = Exists(Rung.objects.filter(matter=OuterRef("matter"))) | Exists(_calls().filter(matter=OuterRef("matter")))
    rungs = Rung.objects.filter(**of).order_by().annotate(event=Value("")).values_list("event", "matter_id", "served_at", "pk", "rung", "ground", "answer_by", "state", "holds_until")
    reports = Report.objects.filter(climbed, **of, unit=F("matter__lead"), state=ReportState.ACCEPTED, reviewed_at__isnull=False)
    told = reports.annotate(event=Case(When(final=True, then=Value("accepted")), default=Value("report")))
    granted = Extension.objects.filter(climbed, **of, state=ExtensionState.GRANTED, decided_at__isnull=False).annotate(event=Value("extended"))
    calls = _calls().filter(**of).annotate(event=Case(When(Exists(Message.objects.filter(answers=OuterRef("pk"))), then=Value("replied")), default=Value("sent")))
    rows: Any = rungs.union(_padded(told, "reviewed_at"), _padded(granted, "decided_at"), _padded(calls, "at"), all=True) if matters else ()
    for by, matter, at, *more in rows:
        if by in ("sent", "replied"):
            on, limit = _day(at), due[matter]
            if limit is not None and on > limit:
                answer_by = working_calendar().add_working_days(on, ladder.ANSWER_DAYS[ladder.REMIND]).date
                served[matter].append(Served(-more[0], ladder.REMIND, "overdue", at, on, answer_by, RungState.SERVED, by_hand=by))
        elif by:
            caught[matter].append(CaughtUp(at, _day(at), by))
        else:
            pk, rung, ground, answer_by, state, holds = more
            served[matter].append(Served(pk, rung, ground, at, _day(at), answer_by, state, holds))
    for each in served.values():
        each.sort(key=lambda one: one.id)
    return served, caught


def _calls() -> QuerySet[Any]:
    """催办 of the lead unit."""
    return Message.objects.filter(kind=Message.REMINDER, to_unit=F("matter__lead"))


def _padded(rows: QuerySet[Any], at: str) -> Any:
    """Rows of a catch-up with as many columns as those of a rung."""
    nothing = {"rung_": Value(""), "ground_": Value(""), "answer_": Value(None, DateField()), "state_": Value(""), "holds_": Value(None, DateField())}
    return rows.order_by().annotate(**nothing).values_list("event", "matter_id", at, "pk", "rung_", "ground_", "answer_", "state_", "holds_")


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def rungs_of(matter: Matter, actor: Actor) -> dict[int, Rung]:
    """The rows of a matter with their people, as far as the actor sees them."""
    return {one.pk: one for one in visible_rungs(actor).filter(matter=matter).select_related("served_by", "replied_by", "judged_by", "leader")}


def leaders_of(unit_id: int) -> list[User]:
    """Leaders of a unit who can sign in."""
    held = Post.objects.filter(unit_id=unit_id, role=LEADER, until__isnull=True, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))


def climbed_matters(actor: Actor, on: date, *, rung: str = "", unit: int | None = None) -> QuerySet[Matter]:
    """Open matters that are overdue, or on which a rung stands that nothing has ended yet; by due date. ``rung``: the last one, ``none`` for overdue without any."""
    since = Report.objects.filter(matter=OuterRef("matter"), unit=OuterRef("matter__lead"), state=ReportState.ACCEPTED, reviewed_at__gt=OuterRef("served_at"))
    last = Rung.objects.exclude(state=RungState.WITHDRAWN).filter(~_later()).filter(Q(ground="overdue") | ~Q(Exists(since)))
    overdue = Q(due_on__lt=on) & ~Q(state__in=(State.SUBMITTED, State.SUSPENDED))
    found = visible_matters(actor).filter(state__in=OPEN).filter(overdue | Q(pk__in=last.values("matter")))
    if rung == "none":
        called = _calls().filter(matter=OuterRef("pk"), at__date__gt=OuterRef("due_on"))
        found = found.exclude(pk__in=Rung.objects.exclude(state=RungState.WITHDRAWN).values("matter")).exclude(Exists(called))
    elif rung:
        found = found.filter(pk__in=last.filter(rung=rung).values("matter"))
    if unit is not None:
        found = found.filter(lead=unit)
    return found.select_related("lead", "issuer").order_by("due_on", "pk")


def _later() -> Exists:
    return Exists(Rung.objects.filter(matter=OuterRef("matter"), pk__gt=OuterRef("pk")).exclude(state=RungState.WITHDRAWN))


# -- what is asked of people

GROUPS = {"rung_judge": must_do.DECIDE, "rung_decide": must_do.DECIDE, "rung_answer": must_do.DO}
"""Kind → its group."""


def _tables(actor: Actor, on: date) -> list[Table]:
    """By which kinds rungs ask: the last one that stands on a matter."""
    made: Kinds = []
    running = Q(matter__state__in=OPEN) & ~Q(_later())
    if actor.has(SUPERVISOR):
        overdue = Q(matter__due_on__lt=on) & ~Q(matter__state__in=(State.SUBMITTED, State.SUSPENDED))  # those stand among what is chased
        made.append(("rung_judge", running & ~overdue & Q(matter__issuer__in=actor.units, state=RungState.ANSWERED) & ~Q(rung=ladder.BULLETIN) & ~Q(replied_by=actor.user_id)))
    if actor.has(LEADER):
        ripe = Q(state=RungState.ANSWERED) | Q(state=RungState.SERVED, answer_by__lt=on)
        made.append(("rung_decide", running & Q(rung=ladder.BULLETIN, leader=actor.user_id) & ripe))
    if actor.has(LIAISON, HEAD):
        made.append(("rung_answer", running & Q(to_unit__in=actor.units, state=RungState.SERVED)))
    return [Table(Rung, made, "answer_by")]


def _rows(actor: Actor, on: date, picks: Sequence[Picks]) -> list[Asked]:
    return [_row(one.asked, GROUPS[one.asked], one) for one in picked_rows(Rung.objects.select_related("matter", "replied_by"), picks[0])]


def _row(kind: str, group: str, one: Rung) -> Asked:
    name = ladder.rung_names()[one.rung]
    verbs = {"rung_judge": _("认定"), "rung_decide": _("决定"), "rung_answer": _("答复")}
    if kind == "rung_answer":
        why, address = _("请于 {day} 前答复：{text}").format(day=day(one.answer_by), text=one.text), row_address("rung_reply", one.pk)
    elif kind == "rung_judge":
        why, address = who_says(one.to_name, one.reply), row_address("matter_ladder", one.matter_id)
    else:
        why = who_says(one.to_name, one.reply) if one.reply else _("{unit}到期没有说明情况").format(unit=one.to_name)
        address = row_address("matter_ladder", one.matter_id)
    why = " ".join(why.split())
    colour = ladder.COLOURS[one.rung]
    return Asked(kind, group, name, verbs[kind], one.matter_id, one.matter.title, why[:120], one.answer_by, address, Light(colour, name))


def _chased(chased: Sequence[tuple[Matter, Standing]], on: date) -> dict[int, Chase]:
    """What is due on matters that the ledger chases, in place of one more reminder."""
    names = ladder.rung_names()
    found = {}
    for pk, one in ladders([matter for matter, _standing in chased], on, {matter.pk: standing for matter, standing in chased}).items():
        if one.step.rung:
            found[pk] = Chase(_("发{rung}").format(rung=names[one.step.rung]) if one.step.rung != ladder.REMIND else _("提醒"), one.step.why if one.open else "", row_address("matter_ladder", pk))
        elif one.open is not None:
            found[pk] = Chase(_("认定") if one.step.waits_for == "supervisor" else _("查看"), one.step.why, row_address("matter_ladder", pk))
    return found


ASKER = Asker(_tables, GROUPS, _rows, _chased)
"""For ``settings.ASKERS``."""

