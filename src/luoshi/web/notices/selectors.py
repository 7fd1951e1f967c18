"""Reading digests and channels. A unit's people read its digests; the system administrator keeps the channels and sees what became of each message."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.selectors.must_do import asked_by_kind
from luoshi.web.notices.digest import Content, together
from luoshi.web.notices.models import FAILED, GIVEN_UP, SENT, WAITING, Channel, Digest, Outgoing
from luoshi.web.orgs.actors import merged_into
from luoshi.web.orgs.models import Post, Unit
from luoshi.web.orgs.roles import ROLES, SYSTEM
from luoshi.web.orgs.selectors import open_units

NOBODY = 0


def visible_digests(actor: Actor) -> QuerySet[Digest]:
    """Those of one's own unit."""
    return Digest.objects.filter(unit__in=actor.units).select_related("unit") if actor.roles else Digest.objects.none()


def visible_channels(actor: Actor) -> QuerySet[Channel]:
    """All, for the system administrator; none for anyone else. With how many messages stand how."""
    if actor.administers != SYSTEM:
        return Channel.objects.none()
    counts = {state: Count("outgoing", filter=Q(outgoing__state=state)) for state in (WAITING, FAILED, SENT, GIVEN_UP)}
    return Channel.objects.select_related("unit").annotate(**{f"n_{state}": count for state, count in counts.items()})


def visible_outgoing(actor: Actor) -> QuerySet[Outgoing]:
    """Every message, for the system administrator; none for anyone else."""
    found = Outgoing.objects.select_related("channel", "digest__unit")
    return found if actor.administers == SYSTEM else found.none()


def units_without_digest(on: date, most: int) -> list[int]:
    """Units with people who can sign in, that have no digest of a day yet."""
    posts = _posts(on).filter(unit=OuterRef("pk"))
    made = Digest.objects.filter(unit=OuterRef("pk"), on=on)
    return list(open_units(on).filter(Exists(posts), ~Exists(made), accounts=True).order_by("path").values_list("pk", flat=True)[:most])


def _posts(on: date) -> QuerySet[Post]:
    return Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on, user__is_active=True)


def content_of(unit: Unit, on: date) -> Content:
    """What is asked of the people of a unit on a day, role by role."""
    merged = merged_into(unit.pk)
    holders: dict[str, list[int]] = {}
    for role, user in _posts(on).filter(unit=unit).order_by("user_id").values_list("role", "user_id"):
        holders.setdefault(role, []).append(user)

    def actor(role: str, user: int) -> Actor:
        return Actor(user, "", unit_id=unit.pk, unit_name=unit.name, unit_path=unit.path, roles=frozenset([role]), merged=merged)

    def counted(role: str, users: Iterable[int]) -> dict[str, int]:
        return together(asked_by_kind(actor(role, NOBODY), on), [asked_by_kind(actor(role, user), on) for user in users])

    found = {role: counted(role, holders[role]) for role in ROLES if role in holders}
    return {role: groups for role, groups in found.items() if groups}


def channels_of(unit: Unit) -> QuerySet[Channel]:
    """Channels that carry the digests of a unit: its own, and those for all."""
    return Channel.objects.filter(Q(unit=unit) | Q(unit__isnull=True), on=True).order_by("pk")


def mail_addresses(unit: Unit, on: date) -> list[str]:
    """Of the people of a unit who have one."""
    found = _posts(on).filter(unit=unit).exclude(user__email="").order_by("user_id").values_list("user__email", flat=True)
    return list(dict.fromkeys(found))
