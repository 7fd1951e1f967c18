"""Days that count: working days incl. 调休, month ends, time limits of kinds of papers, five-year plans.

No clock: every date is passed in. Not for reading dates out of text; that is ``decompose.rules.deadlines``.
"""

from luoshi.calendar.days import add_months, last_day, month_end
from luoshi.calendar.limits import TIME_LIMITS, TimeLimit
from luoshi.calendar.plans import FIVE_YEAR_PLANS, Plan, find_plan
from luoshi.calendar.workdays import Counted, WorkingCalendar, add_working_days, count_with, current_calendar, is_working_day

__all__ = [
    "FIVE_YEAR_PLANS",
    "TIME_LIMITS",
    "Counted",
    "Plan",
    "TimeLimit",
    "WorkingCalendar",
    "add_months",
    "add_working_days",
    "count_with",
    "current_calendar",
    "find_plan",
    "is_working_day",
    "last_day",
    "month_end",
]
