"""Thirty days of digests with holidays, a jumping clock and crashes: no message is lost, none goes twice under another number."""

import email
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from luoshi.calendar import WorkingCalendar
from luoshi.web.ledger.workflow import State
from luoshi.web.notices import adapters
from luoshi.web.notices.adapters import Letter, Way
from luoshi.web.notices.models import Digest, Outgoing
from luoshi.web.notices.services.digesting import make_digests
from luoshi.web.notices.services.sending import send_waiting
from tests.proving import FULL, share
from tests.web import kit
from tests.web.sinks import Mailbox, Robot
from tests.web.test_outbox import SHANGHAI, add


class Crash(Exception):
    """The process is gone."""


class Crashing:
    """Ends what runs at a place that is drawn: before the n-th write, or right before or after the other side took a message."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.armed, self.steps, self.wanted, self.happened = chance, "", 0, 0, Counter[str]()

    def arm(self) -> None:
        """One more crash; the next is drawn when the last has happened."""
        self.wanted += 1
        self._draw()

    def _draw(self) -> None:
        if self.armed or sum(self.happened.values()) >= self.wanted:
            return
        self.armed, self.steps = self.chance.choice(("write", "before", "after", "after")), self.chance.randrange(4)

    def at_step(self, where: str) -> None:
        if self.armed != where:
            return
        if self.steps:
            self.steps -= 1
            return
        self.armed = ""
        self.happened[where] += 1
        self._draw()
        raise Crash(where)

    def writing(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE")):
            self.at_step("write")
        return execute(sql, params, many, context)

    def deliver(self, way: Way, letter: Letter, at: datetime) -> str:
        self.at_step("before")
        note = adapters.deliver(way, letter, at)
        self.at_step("after")
        return note


DAYS, CRASHES = (30, 10) if FULL else (share(30), share(10))
FIRST = date(2026, 9, 21)  # the thirty days hold 国庆 with its two working Saturdays or Sundays


def moments(day: date) -> list[datetime]:
    """When the clock looks, on one day of the simulation."""
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return [start + timedelta(minutes=m) for m in (5, 480, 509, *range(511, 560, 4), *range(600, 1400, 60))]


def times(chance: random.Random) -> list[datetime]:
    """All of them: on one day the clock jumps ahead by two days and is set back, on another it is set back by one."""
    found: list[datetime] = []
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        found += moments(day)
        if n == DAYS // 4:
            found += [one + timedelta(days=2) for one in moments(day)[-3:]]
        if n == DAYS - 1:
            found += [one - timedelta(days=1) for one in moments(day)[8:12]]
    return found


@pytest.mark.prove
def test_thirty_days_with_holidays_a_jumping_clock_and_crashes(world: kit.World, mailbox: Mailbox, robot: Robot) -> None:
    chance = random.Random(20261126)
    for code in ("civil", "county"):
        kit.matter(world, state=State.ISSUED, lead=code)
        add(world, "smtp", mailbox.address, unit=code)
    for kind in ("dingtalk", "feishu", "wecom"):
        add(world, kind, f"{robot.address}/{kind}", unit="civil")
    crashing = Crashing(chance)
    clock = times(chance)
    crash_at = set(chance.sample([n for n, one in enumerate(clock) if one.date() in sorted(working_days())[:-2] and one.hour == 8], CRASHES))
    upset = set(chance.sample(range(len(clock)), len(clock) // 10))
    with connection.execute_wrapper(crashing.writing):
        for n, now in enumerate(clock):
            if n in crash_at:
                crashing.arm()
            if n in upset:
                mailbox.refuses += 1
                robot.answers += [(200, b'{"errcode": 130101, "code": 11232}'), (500, b"")]
            for job in (make_digests, lambda at: send_waiting(at, crashing.deliver)):
                try:
                    job(now)
                except Crash:
                    break  # the process is gone: the next moment finds a new one
    _settle(clock[-1])
    assert sum(crashing.happened.values()) == CRASHES
    assert_once_in_the_app(clock)
    assert_none_is_missing(mailbox, robot, crashes=crashing.happened["after"] + crashing.happened["write"])


def _settle(end: datetime) -> None:
    """A quiet last stretch of working hours, in which what was refused is sent."""
    for n in range(1, 200):
        send_waiting(end.replace(hour=10) + timedelta(days=n // 20, minutes=20 * (n % 20)))


def working_days() -> set[date]:
    calendar = WorkingCalendar()
    return {day for n in range(DAYS) if calendar.is_working_day(day := FIRST + timedelta(days=n))}


def assert_once_in_the_app(clock: list[datetime]) -> None:
    """One digest for each of six units and each working day; none for another day, but those that the clock showed."""
    made = Counter(Digest.objects.values_list("unit", "on"))
    shown = {one.date() for one in clock if WorkingCalendar().is_working_day(one.date())}
    assert set(made.values()) == {1}
    assert {on for _unit, on in made} == shown >= working_days()
    assert len(made) == 6 * len(shown)


def assert_none_is_missing(mailbox: Mailbox, robot: Robot, *, crashes: int) -> None:
    """What was to leave arrived; what arrived twice has the same number and is no more than there were crashes."""
    mails = Counter(email.message_from_bytes(one)["Message-ID"].strip("<>").partition("@")[0] for one in mailbox.taken)
    posts = Counter(number for _path, number, _body in robot.taken)
    due = {kind: set(Outgoing.objects.filter(channel__kind__in=kinds).values_list("number", flat=True)) for kind, kinds in KINDS.items()}
    assert not Outgoing.objects.exclude(state="sent")
    assert (set(mails), set(posts)) == (due["mail"], due["robots"])
    days = Digest.objects.filter(unit__code="LJ-MZ").count()
    assert (len(mails), len(posts)) == (2 * days, 3 * days)
    assert sum((mails + posts).values()) - len(mails + posts) <= crashes
    for _path, number, body in robot.taken:
        text = body["text"]["content"] if "text" in body else body["content"]["text"]
        assert number in text
        assert "养老" not in text


KINDS = {"mail": ("smtp",), "robots": ("dingtalk", "feishu", "wecom")}
