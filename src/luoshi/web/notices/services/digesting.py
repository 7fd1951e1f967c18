"""The digest of a unit and day, made with its messages in one transaction."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.notices.digest import Content, total
from luoshi.web.notices.gathering import contents_of
from luoshi.web.notices.models import Digest, Outgoing
from luoshi.web.notices.pacing import first_try, number_of
from luoshi.web.notices.selectors import channels_of, units_without_digest
from luoshi.web.orgs.models import Unit

AT_ONCE = 1000
"""Units in one run of the clock: what is asked of them is counted for all at once; the next run goes on, other jobs come between."""


def make_digests(at: datetime, most: int = AT_ONCE) -> int:
    """The digests of today that are not made yet, once the hour has come; how many were made.

    Only ever those of the day that the clock shows: a day that is over gets none, whatever kept the clock. A clock that is set back finds them made.
    """
    now = timezone.localtime(at)
    if now.time() < settings.OPTIONS["digest_at"] or not working_calendar().is_working_day(now.date()):
        return 0
    return make_digests_of(units_without_digest(now.date(), most), now.date(), at)


def make_digests_of(unit_ids: Iterable[int], on: date, at: datetime) -> int:
    """The digests of some units, none of which is made yet: what is asked is counted for all of them at once."""
    units = Unit.objects.in_bulk(unit_ids)
    made = 0
    for unit, content in contents_of(units, on).items():
        try:
            made += _keep_digest(units[unit], on, content, at) is not None
        except IntegrityError:  # another clock made it in this moment
            continue
    return made


def make_digest(*, unit_id: int, on: date, actor: Actor, at: datetime) -> Digest | None:
    """One digest, and a message for each channel where anything is asked; None where it is made already.

    What is asked is gathered before the transaction: that takes long, and SQLite would let nobody else write meanwhile.
    """
    if Digest.objects.filter(unit=unit_id, on=on).exists():
        return None
    unit = Unit.objects.get(pk=unit_id)
    return _keep_digest(unit, on, contents_of([unit.pk], on)[unit.pk], at)


@transaction.atomic
def _keep_digest(unit: Unit, on: date, content: Content, at: datetime) -> Digest:
    digest = Digest.objects.create(unit=unit, on=on, content=content, made_at=at)
    if total(content):
        numbers = [(channel, number_of(f"digest:{digest.pk}", channel.pk)) for channel in channels_of(unit)]
        Outgoing.objects.bulk_create(
            Outgoing(number=number, channel=channel, digest=digest, made_at=at, next_try_at=first_try(at, number)) for channel, number in numbers
        )
    return digest
