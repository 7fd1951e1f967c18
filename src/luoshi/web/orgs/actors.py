"""From an account to the ``Actor`` that services and selectors are given."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Post, Unit, User


def open_posts(user: User, on: date) -> QuerySet[Post]:
    """The posts that ``user`` holds on a day, the unit with them."""
    running = Q(until__isnull=True) | Q(until__gte=on)
    return Post.objects.filter(running, user=user, since__lte=on).select_related("unit").order_by("unit__path", "role")


def actor_of(user: User, on: date, *, unit_id: int | None = None) -> Actor:
    """The actor for ``unit_id``, else for the unit chosen last, else for the first; without roles where no post is held."""
    return actor_with(user, [] if user.administers else list(open_posts(user, on)), unit_id=unit_id)


def actor_with(user: User, posts: Sequence[Post], *, unit_id: int | None = None) -> Actor:
    """As ``actor_of``, with the posts that the account holds."""
    if user.administers:
        return Actor(user_id=user.pk, name=user.name, administers=user.administers)
    wanted = unit_id or next((post.unit_id for post in posts if post.pk == user.current_post_id), None)
    held = [post for post in posts if post.unit_id == wanted] or [post for post in posts if posts and post.unit_id == posts[0].unit_id]
    if not held:
        return Actor(user_id=user.pk, name=user.name)
    unit = held[0].unit
    return Actor(
        user_id=user.pk,
        name=user.name,
        unit_id=unit.pk,
        unit_name=unit.name,
        unit_path=unit.path,
        roles=frozenset(post.role for post in held),
        merged=merged_into(unit.pk),
    )


def merged_into(unit_id: int) -> frozenset[int]:
    """Units that were merged into ``unit_id``, directly or by way of another."""
    found: set[int] = set()
    latest = {unit_id}
    while latest:
        latest = set(Unit.objects.filter(successor__in=latest).values_list("pk", flat=True)) - found - {unit_id}
        found |= latest
    return frozenset(found)
