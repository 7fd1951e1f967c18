"""Reading tables that were brought in, and rosters. Every read starts at what may be seen."""

from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.exchange.models import Headings, IncomingTable, RosterRow
from luoshi.web.ledger.models import Matter, Reading, Target
from luoshi.web.ledger.selectors import is_visible
from luoshi.web.ledger.workflow import ReportState


def visible_tables(actor: Actor) -> QuerySet[IncomingTable]:
    """One's own, brought in for the unit that one acts for: nobody else has seen the file."""
    if actor.unit_id is None or not actor.roles or actor.user_id is None:
        return IncomingTable.objects.none()
    return IncomingTable.objects.filter(user=actor.user_id, unit=actor.unit_id)


def open_tables(actor: Actor) -> QuerySet[IncomingTable]:
    """Those that wait for something, the newest first; without their rows."""
    return visible_tables(actor).exclude(state=IncomingTable.DROPPED).defer("sheets").order_by("-at", "-pk")


def remembered(unit_id: int, digest: str) -> Headings | None:
    """What a set of headings meant to a unit."""
    return Headings.objects.filter(unit=unit_id, digest=digest).first()


def visible_targets(actor: Actor) -> QuerySet[Target]:
    """Targets of visible matters."""
    return Target.objects.filter(is_visible(actor, "matter__")).select_related("matter", "matter__lead", "matter__issuer")


def visible_roster(actor: Actor) -> QuerySet[RosterRow]:
    """Rows of the rosters of visible targets."""
    return RosterRow.objects.filter(is_visible(actor, "target__matter__")).select_related("target__matter__lead", "target__matter__issuer")


class Tally(NamedTuple):
    """A target beside its roster: how many it wants, how many are named, how many of these are done, and the last accepted value."""

    target: Target
    wanted: float | None
    named: int
    done: int
    reported: float | None

    @property
    def missing(self) -> int:
        """How many names are missing; below nought: how many there are too many. Nought where the target counts no things."""
        return 0 if self.wanted is None or self.wanted != int(self.wanted) else int(self.wanted) - self.named


def tallies(matter: Matter) -> list[Tally]:
    """Of every target of a matter. Two queries, one where there is none."""
    counted = matter.targets.annotate(named=Count("roster"), done=Count("roster", filter=Q(roster__done_on__isnull=False)))
    rows = list(counted.order_by("order", "pk"))
    if not rows:
        return []
    told = Reading.objects.filter(target__matter=matter, report__state=ReportState.ACCEPTED).order_by("as_of", "report__filed_at", "pk")
    last = dict(told.values_list("target_id", F("value")))
    return [Tally(one, one.value, one.named, one.done, last.get(one.pk)) for one in rows]
