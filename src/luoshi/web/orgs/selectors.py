"""Reading units and people. Units and their directory are open to everyone with a post; accounts to the system and security administrators."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.module_loading import import_string

from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Alias, Grant, Invitation, Post, Unit, User
from luoshi.web.orgs.roles import SECURITY, SYSTEM

LOCKS_MOST = 200
SHOWN_LEVELS = 2


def open_units(on: date) -> QuerySet[Unit]:
    """Units that exist on a day, in the order of the tree."""
    found: QuerySet[Unit] = Unit.objects.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=on), Q(ended_on__isnull=True) | Q(ended_on__gte=on))
    return found


def first_name() -> str:
    """The name of the first unit, by which an installation is known; empty where there is none yet."""
    return str(Unit.objects.order_by("path").values_list("name", flat=True).first() or "")


def units_granted_to(units: Collection[int], *, on: date) -> list[int]:
    """Units whose own affairs ``units`` (an actor's) may see on a day; with those of the same level below them where the grant says so.

    Never those of a lower level: a government has no say over what a lower one shows of its own affairs, and does not see them itself.
    """
    grants = Grant.objects.filter(to_unit__in=units, expires_on__gte=on, ended_on__isnull=True).select_related("unit")
    found: set[int] = set()
    for grant in grants:
        found.add(grant.unit_id)
        if grant.subtree:
            found.update(Unit.objects.filter(path__startswith=grant.unit.path, level=grant.unit.level).values_list("pk", flat=True))
    return sorted(found)


def own_sessions(user: User) -> list[UserSession]:
    """The sessions of an account that are open, latest first; those that have ended are forgotten on the way."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """All units, for whoever holds a post and for those who administer units and accounts; none for anyone else."""
    found: QuerySet[Unit] = Unit.objects.all() if actor.roles or actor.administers in (SYSTEM, SECURITY) else Unit.objects.none()
    return found


def sees_phones(actor: Actor, unit: Unit) -> bool:
    """True for the unit's own people, for those who have work with it, and for those who administer accounts."""
    if unit.pk in actor.units or actor.administers in (SYSTEM, SECURITY):
        return True
    return bool(actor.roles) and any(import_string(path)(actor, unit) for path in settings.WORK_TOGETHER)


def visible_people(actor: Actor) -> QuerySet[User]:
    """All accounts, for the system and the security administrator; none for anyone else."""
    return User.objects.all() if actor.administers in (SYSTEM, SECURITY) else User.objects.none()


@dataclass(slots=True)
class Branch:
    """A unit in the tree as a page shows it, how many stand right below it, and those of them that are shown."""

    unit: Any
    count: int
    below: list["Branch"]


def unit_tree(units: QuerySet[Unit], on: date) -> list[Branch]:
    """The two highest levels of the open units as a tree. Two queries, whatever their number."""
    roots: list[Branch] = []
    for branch in _branches(units.filter(depth__lte=SHOWN_LEVELS), on):
        above = next((root for root in roots if branch.unit.path.startswith(root.unit.path)), None)
        (roots if above is None else above.below).append(branch)
    return roots


def branches_below(units: QuerySet[Unit], unit: Unit, on: date) -> list[Branch]:
    """The open units right below one. Two queries."""
    return _branches(units.filter(path__startswith=unit.path, depth=unit.depth + 1), on)


def _branches(units: QuerySet[Unit], on: date) -> list[Branch]:
    found = list(_counted(units.exclude(ended_on__lt=on), on).order_by("path"))
    depths = {unit.depth + 1 for unit in found}
    lower = Unit.objects.filter(depth__in=depths).exclude(ended_on__lt=on).annotate(above=Substr("path", 1, Length("path") - Unit.steplen))
    counts = dict(lower.order_by().values("above").annotate(n=Count("pk")).values_list("above", "n"))
    return [Branch(unit, counts.get(unit.path, 0), []) for unit in found]


def units_found(units: QuerySet[Unit], on: date, *, text: str = "", level: str = "", kind: str = "", ended: bool = False) -> QuerySet[Unit]:
    """Units by a part of any of their names or of their code, by level and by kind."""
    found = units if ended else units.exclude(ended_on__lt=on)
    if text:
        named = Exists(Alias.objects.filter(unit=OuterRef("pk"), name__icontains=text))
        found = found.filter(Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__icontains=text) | Q(named))
    if level:
        found = found.filter(level=level)
    if kind:
        found = found.filter(kind=kind)
    return _counted(found, on).order_by("path")


def above(units: Collection[Unit]) -> dict[int, str]:
    """Unit → the names of those above it, from the top, one query for all."""
    steps = Unit.steplen
    paths = {unit.path[:n] for unit in units for n in range(steps, len(unit.path), steps)}
    names = dict(Unit.objects.filter(path__in=paths).values_list("path", "name"))
    return {unit.pk: " › ".join(names[unit.path[:n]] for n in range(steps, len(unit.path), steps)) for unit in units}


def _counted(units: QuerySet[Unit], on: date) -> QuerySet[Unit]:
    running = Q(posts__since__lte=on) & (Q(posts__until__isnull=True) | Q(posts__until__gte=on)) & Q(posts__user__is_active=True)
    counted: QuerySet[Unit] = units.annotate(people=Count("posts__user", filter=running, distinct=True))
    return counted


def posts_in(unit: Unit, on: date) -> QuerySet[Post]:
    """The posts held in a unit on a day, by role and name; people whose account is switched off are not among them."""
    running = Q(until__isnull=True) | Q(until__gte=on)
    return Post.objects.filter(running, unit=unit, since__lte=on, user__is_active=True).select_related("user").order_by("role", "user__name", "pk")


def people_found(people: QuerySet[User], on: date, *, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts by a part of name, user name or unit, by role, and by state: ``waiting`` (no password yet), ``off``, ``pending``, ``admin``, ``idle`` (no post)."""
    running = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on)).select_related("unit").order_by("unit__path", "role")
    mine = running.filter(user=OuterRef("pk"))
    if text:
        named = Exists(mine.filter(Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text)))
        people = people.filter(Q(name__icontains=text) | Q(username__icontains=text) | Q(named))
    if role:
        people = people.filter(Exists(mine.filter(role=role)))
    states = {
        "waiting": Q(password__startswith="!", is_active=True),
        "off": Q(is_active=False, pending=False),
        "pending": Q(pending=True),
        "admin": ~Q(administers=""),
        "idle": Q(administers="", is_active=True) & ~Exists(mine),
    }
    if state in states:
        people = people.filter(states[state])
    return people.prefetch_related(Prefetch("posts", queryset=running, to_attr="open_posts")).order_by("name", "pk")


def open_invitations(actor: Actor, at: datetime) -> QuerySet[Invitation]:
    """Links that still open, latest first."""
    found = Invitation.objects.filter(user__in=visible_people(actor), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    return found.select_related("user", "issued_by").order_by("-created_at", "-pk")


def to_invite(actor: Actor, at: datetime) -> QuerySet[User]:
    """Accounts that have no password and no open link; administrators only for the security administrator."""
    people = visible_people(actor).filter(is_active=True, password__startswith="!")
    if actor.administers == SYSTEM:
        people = people.filter(administers="")
    waiting = Invitation.objects.filter(user=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    return people.exclude(Exists(waiting)).prefetch_related(Prefetch("posts", queryset=Post.objects.filter(until__isnull=True).select_related("unit"), to_attr="open_posts")).order_by("name", "pk")


class Lock(NamedTuple):
    """A user name that is locked: how many wrong passwords, from how many addresses (one of them), the last one when."""

    username: str
    failures: int
    places: int
    place: str
    last: datetime


def locks(actor: Actor) -> list[Lock]:
    """User names that are locked now, latest first, for the security administrator; none for anyone else."""
    if actor.administers != SECURITY:
        return []
    since = timezone.now() - timedelta(minutes=settings.OPTIONS["lock_minutes"])
    tried = AccessAttempt.objects.filter(attempt_time__gte=since).values("username")
    counted = tried.annotate(failures=Sum("failures_since_start"), places=Count("ip_address", distinct=True), place=Max("ip_address"), last=Max("attempt_time"))
    found = counted.filter(failures__gte=settings.OPTIONS["login_failures"]).order_by("-last")
    return [Lock(**row) for row in found[:LOCKS_MOST]]


def visible_grants(actor: Actor) -> QuerySet[Grant]:
    """Leaves to see that the actor's unit gave or holds, latest first."""
    if not actor.roles:
        return Grant.objects.none()
    found = Grant.objects.filter(Q(unit__in=actor.units) | Q(to_unit__in=actor.units))
    return found.select_related("unit", "to_unit", "given_by").order_by("-created_at", "-pk")
