"""Digests: what they say, one per unit and working day whatever the clock does, and who reads them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from luoshi.web.audit.models import Record
from luoshi.web.common.actor import SYSTEM
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from luoshi.web.notices import pacing
from luoshi.web.notices.digest import message, together
from luoshi.web.notices.models import Digest
from luoshi.web.notices.services.digesting import make_digest, make_digests
from tests.web import kit
from tests.web.test_orgs_pages import signed_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
WITH_PEOPLE = 6


def at(day: str, hour: str = "08:31") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("everybody", "people", "found"),
    [
        pytest.param({"sign": 3}, [{"sign": 3}, {"sign": 3}], {"do": 3}, id="asked of both, counted once"),
        pytest.param({}, [{"proposal": 2}, {"proposal": 1}], {"decide": 3}, id="asked of one alone"),
        pytest.param({"filed": 1}, [{}], {}, id="the only one who could wrote it"),
        pytest.param({"filed": 2}, [{"filed": 1}, {"filed": 1}], {"review": 2}, id="each the other's"),
        pytest.param({"sign": 1, "plan": 2}, [{"sign": 1, "plan": 2}], {"do": 3}, id="two kinds of a group"),
        pytest.param({"sign": 1}, [], {}, id="nobody"),
    ],
)
def test_what_several_are_asked_counts_once(everybody: dict[str, int], people: list[dict[str, int]], found: dict[str, int]) -> None:
    groups = {"sign": "do", "plan": "do", "proposal": "decide", "filed": "review"}

    def told(counts: dict[str, int]) -> dict[str, tuple[str, int]]:
        return {kind: (groups[kind], count) for kind, count in counts.items()}

    assert together(told(everybody), [told(one) for one in people]) == found


def test_a_message_has_counts_and_a_link() -> None:
    told = message({"liaison": {"do": 3, "report": 1}, "leader": {"decide": 2}}, date(2026, 11, 26), link="https://l.example/digests/1/", number="ab12")
    assert told.splitlines() == [
        "落实·今日摘要 2026-11-26", "领导：要你定的 2", "联络员：要你办的 3，本期该报的 1", "请登录办理：https://l.example/digests/1/", "编号 ab12",
    ]  # fmt: skip


def test_a_digest_counts_what_the_list_asks(world: kit.World) -> None:
    kit.matter(world, state=State.ISSUED)
    proposed = kit.matter(world, state=State.PROPOSED)
    Matter.objects.filter(pk=proposed.pk).update(approver=world.people["province.leader"])
    made = {
        code: make_digest(unit_id=world.units[code].pk, on=kit.TODAY, actor=SYSTEM, at=kit.NOW).content  # type: ignore[union-attr]
        for code in ("province", "civil", "city")
    }
    assert made["civil"] == {"liaison": {"do": 1}, "head": {"do": 1}}
    assert made["province"] == {"leader": {"decide": 1}}
    assert made["city"] == {}
    assert not Record.objects.exists()  # derived


@pytest.mark.parametrize(
    ("runs", "days"),
    [
        pytest.param(["2026-11-26 08:29"], [], id="before the hour"),
        pytest.param(["2026-11-26 08:30", "2026-11-26 08:31", "2026-11-26 23:59"], ["2026-11-26"], id="once"),
        pytest.param(["2026-11-26 17:40"], ["2026-11-26"], id="later in the day after a stop"),
        pytest.param(["2026-11-27 00:10", "2026-11-28 09:00", "2026-11-29 09:00"], [], id="night and weekend: a day that is over gets none"),
        pytest.param(["2026-10-01 09:00", "2026-10-10 09:00"], ["2026-10-10"], id="a holiday, a Saturday of work"),
        pytest.param(["2026-11-25 09:00", "2026-11-26 09:00", "2026-11-25 09:00", "2026-11-26 08:00"], ["2026-11-25", "2026-11-26"], id="set back"),
        pytest.param(["2026-11-16 09:00", "2026-11-26 09:00"], ["2026-11-16", "2026-11-26"], id="jumps ahead: only today's"),
    ],
)
def test_one_for_each_unit_and_working_day(world: kit.World, runs: list[str], days: list[str]) -> None:
    for run in runs:
        make_digests(at(*run.split()))
    found = [(one.on.isoformat(), one.unit_id) for one in Digest.objects.all()]
    assert sorted(set(found)) == sorted(found)
    assert sorted({day for day, _unit in found}) == days
    assert len(found) == len(days) * WITH_PEOPLE


def test_a_run_takes_some_units_and_the_next_the_others(world: kit.World) -> None:
    now = at("2026-11-26")
    assert [make_digests(now, most=4), make_digests(now, most=4), make_digests(now)] == [4, 2, 0]
    assert make_digest(unit_id=world.units["civil"].pk, on=date(2026, 11, 26), actor=SYSTEM, at=now) is None


def test_people_read_the_digests_of_their_unit(world: kit.World) -> None:
    kit.matter(world, state=State.ISSUED)
    ours = make_digest(unit_id=world.units["civil"].pk, on=date(2026, 11, 25), actor=SYSTEM, at=kit.NOW)
    assert ours is not None
    liaison = signed_in(world, "civil.liaison")
    assert reverse("digests") in liaison.get("/").content.decode()
    assert reverse("digest", args=[ours.pk]) in liaison.get(reverse("digests")).content.decode()
    assert "要你办的" in liaison.get(reverse("digest", args=[ours.pk])).content.decode()
    for who, code in (("finance.liaison", 404), ("system", 404)):
        assert signed_in(world, who).get(reverse("digest", args=[ours.pk])).status_code == code


@pytest.mark.parametrize("hour", ["07:59", "08:00", "19:59", "20:00"])
def test_quiet_hours_go_over_midnight(hour: str) -> None:
    start, end, now = (time.fromisoformat(one) for one in ("20:00", "08:00", hour))
    assert pacing.is_quiet(now, start, end) == (hour in ("07:59", "20:00"))
    assert not pacing.is_quiet(now, None, end)
    assert pacing.is_quiet(now, end, start) != pacing.is_quiet(now, start, end)


def test_tries_come_later_and_later_and_the_same_each_time() -> None:
    now, number = kit.NOW, pacing.number_of("digest:1", 1)
    waits = [pacing.next_try(now, number, n, "wecom") - now for n in range(1, 12)]
    assert waits == [pacing.next_try(now, number, n, "wecom") - now for n in range(1, 12)]
    assert all(timedelta(minutes=1) <= wait <= timedelta(minutes=90) for wait in waits)
    assert waits[0] < waits[3] < waits[6]
    assert pacing.next_try(now, number, 1, "dingtalk", too_many=True) - now >= timedelta(minutes=10)
    assert len({pacing.first_try(now, pacing.number_of(f"digest:{n}", 1)) for n in range(50)}) == 50
