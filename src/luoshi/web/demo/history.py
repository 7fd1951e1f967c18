"""A year in the order of time: what is to happen waits in a heap, each deed says when the next one follows, and today nothing more happens.

The audit's numbers and its times run alike because deeds are done in the order of their moments.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVarTuple
from zoneinfo import ZoneInfo

from luoshi.calendar import WorkingCalendar
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.demo.settling import Cast

ZONE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = 8 * 60 + 40, 17 * 60 + 40  # minutes of the day
Told = TypeVarTuple("Told")


@dataclass
class History:
    """The heap with the world that its deeds are done in. ``now`` is the moment of loading."""

    cast: Cast
    rng: Random
    now: datetime
    calendar: WorkingCalendar = field(default_factory=working_calendar)
    _heap: list[tuple[datetime, int, Callable[[datetime], object]]] = field(default_factory=list)
    _pushed: int = 0
    _reached: datetime | None = None

    @property
    def today(self) -> date:
        """The day of loading."""
        return self.now.astimezone(ZONE).date()

    def moment(self, day: date) -> datetime:
        """Some time within office hours of ``day``, or of the next working day."""
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        minute = self.rng.randrange(OPENS, CLOSES)
        return datetime.combine(day, time(minute // 60, minute % 60, self.rng.randrange(60)), ZONE)

    def days_ago(self, days: float) -> datetime:
        """Some moment that many days ago; never later than now."""
        return min(self.moment(self.today - timedelta(days=round(days))), self.now - timedelta(minutes=self.rng.randrange(1, 90)))

    def after(self, moment: datetime, days: float) -> datetime:
        """Some moment ``days`` later; the same day where less than one, and never earlier than ``moment``."""
        if days < 1:
            return moment + timedelta(minutes=self.rng.randrange(6, 70))
        return max(self.moment((moment + timedelta(days=days)).astimezone(ZONE).date()), moment + timedelta(minutes=5))

    def plan(self, moment: datetime, deed: Callable[[*Told, datetime], object], *told: *Told) -> None:
        """Let ``deed`` be done at ``moment``: it is called with what it is told and the moment."""
        self._pushed += 1
        heapq.heappush(self._heap, (moment, self._pushed, lambda then: deed(*told, then)))

    def reach(self, moment: datetime) -> None:
        """A deed of many acts took until ``moment``: the next ones are not done earlier."""
        self._reached = max(moment, self._reached or moment)

    def run(self, reached: Callable[[date], object]) -> None:
        """Do everything up to now; ``reached`` is told the first day of each month on the way."""
        month = None
        while self._heap and self._heap[0][0] <= self.now:
            moment, _number, deed = heapq.heappop(self._heap)
            if day_of(moment).replace(day=1) != month:
                month = day_of(moment).replace(day=1)
                reached(month)
            deed(max(moment, self._reached or moment))


def day_of(moment: datetime) -> date:
    """The day of a moment where the office is."""
    return moment.astimezone(ZONE).date()
