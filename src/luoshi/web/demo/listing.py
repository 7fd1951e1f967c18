"""Some of what a target counts, named one by one: an open matter of the province with a number to reach carries a roster, not quite complete."""

from datetime import datetime, timedelta

from django.db.models import Q

from luoshi.web.demo.settling import Cast
from luoshi.web.exchange.services.rosters import RosterLine, fill_roster
from luoshi.web.ledger.models import Target
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.roles import SUPERVISOR

PLACES = ("柳溪镇", "平湖镇", "石门镇", "云岭街道", "东湖街道", "白沙镇", "龙泉镇", "清河乡", "大桥镇", "南山镇")


def name_rosters(cast: Cast, at: datetime) -> None:
    """The first target that counts things; nothing where the demo has none."""
    open_ones = Target.objects.filter(matter__issuer=cast.units["LJ"], matter__state=State.ACTIVE, value__gte=8, value__lte=400).filter(~Q(unit__in=("%", "％", "")))
    target = open_ones.order_by("pk").first()
    if target is None or target.value is None:
        return
    today = at.date()
    lines = [
        RosterLine(f"{PLACES[n % len(PLACES)]}第{n // len(PLACES) + 1}处", PLACES[n % len(PLACES)], target.matter.due_on, today - timedelta(days=n) if n % 3 == 0 else None)
        for n in range(int(target.value) - 4)
    ]
    fill_roster(target_id=target.pk, lines=lines, actor=cast.of("LJ", SUPERVISOR), at=at)
