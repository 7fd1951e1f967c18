"""Digests of the last working days for those who try the demo out, and a channel that nothing leaves by: it is off, and its address is of nobody."""

from datetime import datetime, time, timedelta

from luoshi.web.demo.history import ZONE, History, day_of
from luoshi.web.demo.settling import Cast
from luoshi.web.notices.models import WECOM
from luoshi.web.notices.services.channels import add_channel
from luoshi.web.notices.services.digesting import make_digests_of
from luoshi.web.orgs.actors import actor_of
from luoshi.web.orgs.models import User

UNITS = ("LJ", "LJ-MZ", "YL")
DAYS = 4
NOWHERE = "https://robot.example.invalid/cgi-bin/webhook/send?key=demo"


def tell(history: History) -> None:
    """Plan the digests, each in the morning of its day; none draws from the history's chance."""
    for days in range(DAYS, 0, -1):
        day = history.today - timedelta(days=days)
        if history.calendar.is_working_day(day):
            history.plan(datetime.combine(day, time(8, 30), ZONE), _make, history)


def _make(history: History, at: datetime) -> None:
    make_digests_of([history.cast.units[code].pk for code in UNITS], day_of(at), at)


def add_robot(cast: Cast, at: datetime) -> None:
    """A robot of a group for one department."""
    told = {"name": "民政厅督办群（示例）", "address": NOWHERE, "security": "", "login": "", "sender": "", "receivers": "", "secret": ""}
    pace = {"per_minute": 20, "per_day": 200, "quiet_from": time(20), "quiet_until": time(8)}
    administrator = actor_of(User.objects.get(administers="system"), day_of(at))
    add_channel(kind=WECOM, unit_id=cast.units["LJ-MZ"].pk, told=told | pace, actor=administrator, at=at)
