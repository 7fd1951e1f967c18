"""The outbox on its way out. A message is claimed, sent outside of any transaction, and marked when the other side has said that it took it.

What stops between the sending and the mark is sent again with the same number: at least once, and a repeat is known for one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from luoshi.text import DamagedFile
from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import SYSTEM, Actor
from luoshi.web.notices import pacing
from luoshi.web.notices.adapters import Deliver, Letter, NotDelivered, Way, deliver
from luoshi.web.notices.digest import message, subject, trial
from luoshi.web.notices.models import FAILED, GIVEN_UP, SENT, WAITING, Channel, Outgoing
from luoshi.web.notices.models import SMTP as MAIL
from luoshi.web.notices.selectors import mail_addresses

A_RUN = 40
"""Messages in one run of the clock: the other jobs come between."""
FAR = 2 * pacing.LONGEST
"""A next try later than this was reckoned by a clock that has been set back since: it counts as due."""


def send_waiting(at: datetime, deliver: Deliver = deliver) -> int:
    """What is due now, channel by channel; how many were taken. After a failure a channel rests, and the others go on."""
    sent = tried = 0
    for channel in _channels_with_work(at):
        for outgoing in _due(channel, at)[: max(0, min(_room(channel, at), pacing.AT_ONCE, A_RUN - tried))]:
            tried += 1
            if not claim_outgoing(outgoing_id=outgoing.pk, actor=SYSTEM, at=at):
                continue
            try:
                note = deliver(_way(channel), _letter(outgoing, at), at)
            except NotDelivered as error:
                fail_outgoing(outgoing_id=outgoing.pk, why=error.sentence, too_many=error.too_many, actor=SYSTEM, at=at)
                break
            mark_sent(outgoing_id=outgoing.pk, note=note, actor=SYSTEM, at=at)
            sent += 1
    return sent


def _channels_with_work(at: datetime) -> Iterator[Channel]:
    waiting = Outgoing.objects.filter(_is_due(at))
    yield from Channel.objects.filter(pk__in=waiting.values("channel")).order_by("pk")


def _is_due(at: datetime) -> Q:
    return Q(state__in=(WAITING, FAILED)) & (Q(next_try_at__lte=at) | Q(next_try_at__gt=at + FAR))


def _due(channel: Channel, at: datetime) -> QuerySet[Outgoing]:
    """Trials at any hour; digests while the channel is on, not resting, on working days outside its quiet hours."""
    found = Outgoing.objects.filter(_is_due(at), channel=channel).select_related("channel", "digest__unit").order_by("next_try_at", "pk")
    now = timezone.localtime(at)
    resting = channel.rests_until is not None and at < channel.rests_until <= at + FAR
    quiet = pacing.is_quiet(now.time(), channel.quiet_from, channel.quiet_until) or not working_calendar().is_working_day(now.date())
    return found if channel.on and not resting and not quiet else found.filter(digest=None)


def _room(channel: Channel, at: datetime) -> int:
    """How many more the channel takes in this minute and on this day."""
    tried = Outgoing.objects.filter(channel=channel, tried_at__lte=at)
    minute = tried.filter(tried_at__gt=at - timedelta(minutes=1)).count()
    day = tried.filter(tried_at__gte=timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)).count()
    return min(min(channel.per_minute, pacing.LIMITS[channel.kind].per_minute) - minute, channel.per_day - day)


def _way(channel: Channel) -> Way:
    """How to send by it. Raises NotDelivered where its address or secret does not open."""
    try:
        return Way(channel.kind, channel.address, channel.security, channel.login, channel.secret, channel.sender)
    except DamagedFile as error:
        raise NotDelivered(_("通道的地址或口令打不开，多半是 secret.key 换过；请修改通道，重新填写。")) from error


def _letter(outgoing: Outgoing, at: datetime) -> Letter:
    channel, digest = outgoing.channel, outgoing.digest
    receivers = tuple(channel.receivers.split())
    if digest is None:
        return Letter(outgoing.number, _("落实·试发"), trial(link=link_of(reverse("must_do")), number=outgoing.number), receivers)
    if channel.kind == MAIL and not receivers:
        receivers = tuple(mail_addresses(digest.unit, timezone.localtime(at).date()))
    unit_code = "" if channel.unit_id else digest.unit.code
    text = message(digest.content, digest.on, link=link_of(reverse("digest", args=[digest.pk])), number=outgoing.number, unit_code=unit_code)
    return Letter(outgoing.number, subject(digest.on), text, receivers)


def link_of(path: str) -> str:
    """An address as people outside click it, by the options."""
    told = settings.OPTIONS
    scheme = "https" if told["https"] else "http"
    start = told["links"] or (f"https://{told['hosts'][0]}" if told["https"] else f"{scheme}://{told['hosts'][0]}:{told['port']}")
    return str(start).rstrip("/") + path


@transaction.atomic
def claim_outgoing(*, outgoing_id: int, actor: Actor, at: datetime) -> bool:
    """Take one for this run, and set when it is tried again should this be the last that is heard of it; False where another has it."""
    found = Outgoing.objects.select_for_update().select_related("channel").filter(_is_due(at), pk=outgoing_id).first()
    if found is None:
        return False
    found.attempts += 1
    found.tried_at = at
    found.next_try_at = pacing.next_try(at, found.number, found.attempts, found.channel.kind)
    found.save(update_fields=["attempts", "tried_at", "next_try_at"])
    return True


@transaction.atomic
def mark_sent(*, outgoing_id: int, note: str, actor: Actor, at: datetime) -> None:
    """The other side has taken it."""
    Outgoing.objects.filter(pk=outgoing_id).update(state=SENT, sent_at=at, said=note[:300])
    Channel.objects.filter(outgoing=outgoing_id).update(rests_until=None)


@transaction.atomic
def fail_outgoing(*, outgoing_id: int, why: str, too_many: bool, actor: Actor, at: datetime) -> None:
    """It was not taken: later again, or given up after days; its channel rests. A trial is tried once."""
    found = Outgoing.objects.select_for_update().select_related("channel").get(pk=outgoing_id)
    later = pacing.next_try(at, found.number, found.attempts, found.channel.kind, too_many=too_many)
    ends = found.state == GIVEN_UP or found.digest_id is None or pacing.is_given_up(found.made_at, at, found.attempts)
    found.state, found.next_try_at, found.said = GIVEN_UP if ends else FAILED, later, why[:300]
    found.save(update_fields=["state", "next_try_at", "said"])
    Channel.objects.filter(pk=found.channel_id).update(rests_until=later)
