"""A whole merger out of the services: people, units below, then the unit itself; one call, and one record, for each of them."""

from datetime import date, datetime

from django.db import transaction

from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Post, Unit
from luoshi.web.orgs.roles import SYSTEM
from luoshi.web.orgs.services.allowed import locked_unit, only
from luoshi.web.orgs.services.merging import check_successor, merge_unit
from luoshi.web.orgs.services.posts import move_post
from luoshi.web.orgs.services.units import move_unit


@transaction.atomic
def merge_with_all(*, unit_id: int, into: int, on: date, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Unit:
    """A whole merger: each person's post moves, each unit below moves, then the unit itself; one call, and one record, for each of them."""
    only(actor, SYSTEM)
    unit = locked_unit(unit_id, expected)
    check_successor(unit, Unit.objects.get(pk=into), on)
    for post in Post.objects.filter(unit=unit, until__isnull=True).order_by("pk"):
        move_post(post_id=post.pk, to_unit=into, on=on, reason=reason, actor=actor, at=at)
    for below in list(Unit.objects.get_children(unit).filter(ended_on__isnull=True).values_list("pk", flat=True)):
        move_unit(unit_id=below, under=into, reason=reason, actor=actor, at=at)
    return merge_unit(unit_id=unit_id, into=into, on=on, reason=reason, actor=actor, at=at)
