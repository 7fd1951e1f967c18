"""Time limits by kind of source, as offices have published them: templates to start from, not rules of the state.

Every figure is local (each office sets its own), so an administrator edits a copy; the highest number of days counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.calendar.days import add_months
from luoshi.calendar.workdays import Counted, WorkingCalendar
from luoshi.text.language import _

TimeUnit = Literal["day", "working_day", "month", "year"]


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a matter from one kind of source may take: ``least`` to ``most`` of ``unit``, where nothing else is said."""

    id: str
    name: str
    least: int
    most: int
    unit: TimeUnit

    @property
    def label(self) -> str:
        """Its name in the language of this context."""
        return _(self.name)

    def due(self, start: date, calendar: WorkingCalendar) -> Counted:
        """Last day of the limit when it runs from ``start``, which is not counted."""
        if self.unit == "working_day":
            return calendar.add_working_days(start, self.most)
        if self.unit == "day":
            return Counted(start + timedelta(days=self.most), provisional=False)
        months = self.most if self.unit == "month" else self.most * 12
        return Counted(add_months(start, months), provisional=False)


TIME_LIMITS: tuple[TimeLimit, ...] = (
    TimeLimit("document", "公文", 30, 30, "day"),
    TimeLimit("minutes", "会议纪要", 20, 20, "day"),
    TimeLimit("instruction.urgent", "领导批示（急件）", 1, 5, "day"),
    TimeLimit("instruction.plain", "领导批示（非急件）", 15, 15, "day"),
    TimeLimit("instruction.hard", "领导批示（难件）", 30, 30, "day"),
    TimeLimit("decision", "常务会议议定事项", 30, 30, "working_day"),
    TimeLimit("media", "网络媒体反映的民生事项", 5, 5, "day"),
    TimeLimit("meeting_spirit", "会议精神落实（会后）", 7, 7, "day"),
    TimeLimit("environment.short", "环保督察整改（短期）", 6, 6, "month"),
    TimeLimit("environment.middle", "环保督察整改（中期）", 1, 2, "year"),
    TimeLimit("environment.long", "环保督察整改（长期）", 3, 5, "year"),
    TimeLimit("default", "其他事项", 7, 7, "day"),
)
