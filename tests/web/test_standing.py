"""Standing of matters: periods and their reporting days as tables, and what the rows of reports and plans make of a light."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.calendar import WorkingCalendar
from luoshi.web.ledger import periods
from luoshi.web.ledger.models import CurvePoint, Matter, Milestone, Reading, Report
from luoshi.web.ledger.selectors.plans import plan_of
from luoshi.web.ledger.services.reckoning import reckon
from luoshi.web.ledger.standing import lights_of, standings
from luoshi.web.ledger.workflow import State
from tests.web import kit

CALENDAR = WorkingCalendar()
AGREED = datetime(2026, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cadence", "day", "before", "after"),
    [
        ("weekly", date(2026, 11, 26), date(2026, 11, 22), date(2026, 11, 29)),
        ("weekly", date(2026, 11, 29), date(2026, 11, 22), date(2026, 11, 29)),
        ("monthly", date(2026, 11, 26), date(2026, 10, 31), date(2026, 11, 30)),
        ("monthly", date(2028, 2, 29), date(2028, 1, 31), date(2028, 2, 29)),
        ("quarterly", date(2026, 11, 26), date(2026, 9, 30), date(2026, 12, 31)),
        ("half-yearly", date(2026, 3, 1), date(2025, 12, 31), date(2026, 6, 30)),
    ],
)
def test_ends_of_periods(cadence: str, day: date, before: date, after: date) -> None:
    assert periods.end_before(cadence, day) == before
    assert periods.end_on_or_after(cadence, day) == after


@pytest.mark.parametrize(
    ("cadence", "since", "on", "end"),
    [
        pytest.param("", date(2026, 1, 1), date(2026, 11, 26), None, id="by milestones alone"),
        pytest.param("monthly", date(2026, 11, 2), date(2026, 11, 26), None, id="nothing asked yet"),
        pytest.param("monthly", date(2026, 8, 10), date(2026, 11, 26), date(2026, 10, 31), id="October was due"),
        pytest.param("monthly", date(2026, 8, 10), date(2026, 11, 6), date(2026, 9, 30), id="five working days are still running"),
        pytest.param("quarterly", date(2026, 8, 10), date(2026, 10, 13), None, id="the holidays of October do not count, a worked Saturday does"),
        pytest.param("quarterly", date(2026, 8, 10), date(2026, 10, 14), date(2026, 9, 30), id="13 October was the fifth working day"),
        pytest.param("half-yearly", date(2026, 8, 10), date(2026, 11, 26), None, id="half a year has not ended"),
    ],
)
def test_the_last_period_whose_day_has_passed(cadence: str, since: date, on: date, end: date | None) -> None:
    asked = periods.last_asked(cadence, since, on, CALENDAR)
    assert (asked.end if asked else None) == end


@pytest.mark.parametrize(
    ("answered", "on", "end"),
    [
        pytest.param(None, date(2026, 11, 26), date(2026, 10, 31), id="the one that ended first"),
        pytest.param(date(2026, 10, 31), date(2026, 11, 26), date(2026, 11, 30), id="then the running one"),
        pytest.param(date(2026, 11, 30), date(2026, 11, 26), date(2026, 12, 31), id="then the next"),
    ],
)
def test_the_period_that_a_report_answers(answered: date | None, on: date, end: date) -> None:
    assert periods.period_to_answer("monthly", date(2026, 8, 10), on, answered) == end


def _planned(world: kit.World, **fields: object) -> Matter:
    matter = kit.matter(world, state=State.ACTIVE)
    for name, value in ({"signed_at": AGREED, "plan_agreed_at": AGREED, "plan_kind": "milestones", "cadence": "monthly"} | fields).items():
        setattr(matter, name, value)
    matter.save()
    return matter


def _report(world: kit.World, matter: Matter, state: str, period: date | None, *, reviewed: bool = False, unit: str = "civil", at: datetime = kit.NOW) -> Report:
    return Report.objects.create(
        matter=matter,
        unit=world.units[unit],
        unit_name=world.units[unit].name,
        author=world.people[f"{unit}.liaison"],
        state=state,
        period_end=period,
        created_at=at,
        saved_at=at,
        filed_at=at,
        reviewed_at=at if reviewed else None,
    )


OCTOBER = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("told", "word"),
    [
        pytest.param([], "未报", id="nothing reported"),
        pytest.param([("filed", OCTOBER, False)], "待审", id="reported, not reviewed"),
        pytest.param([("accepted", OCTOBER, True)], "按序时", id="accepted"),
        pytest.param([("accepted", date(2026, 9, 30), True)], "未报", id="the month before does not answer"),
        pytest.param([("returned", OCTOBER, True)], "已退回", id="returned"),
        pytest.param([("returned", OCTOBER, True), ("filed", OCTOBER, False)], "待审", id="returned, then answered"),
        pytest.param([("draft", OCTOBER, True)], "已退回", id="sent back by the head after the return"),
    ],
)
def test_reports_and_the_light(world: kit.World, told: list[tuple[str, date, bool]], word: str) -> None:
    matter = _planned(world)
    for number, (state, period, reviewed) in enumerate(told):
        _report(world, matter, state, period, reviewed=reviewed, at=kit.NOW + timedelta(minutes=number))
    assert lights_of([matter], kit.TODAY)[matter.pk][0].word == word


def test_a_supporter_does_not_report_for_the_lead(world: kit.World) -> None:
    matter = _planned(world)
    _report(world, matter, "accepted", OCTOBER, unit="finance")
    assert not standings([matter], kit.TODAY)[matter.pk].reported


@pytest.mark.parametrize(
    ("due", "done", "claimed", "missed"),
    [
        pytest.param(date(2026, 11, 25), None, None, 1, id="yesterday"),
        pytest.param(date(2026, 11, 26), None, None, 0, id="today is not over"),
        pytest.param(date(2026, 11, 25), date(2026, 11, 25), None, 0, id="done"),
        pytest.param(date(2026, 11, 25), None, datetime(2026, 11, 25, 8, tzinfo=UTC), 0, id="claimed in time, waiting for review"),
        pytest.param(date(2026, 11, 20), None, datetime(2026, 11, 25, 8, tzinfo=UTC), 1, id="claimed late"),
        pytest.param(date(2026, 11, 25), None, datetime(2026, 11, 25, 17, tzinfo=UTC), 1, id="the day is that of China"),
    ],
)
def test_missed_milestones(world: kit.World, due: date, done: date | None, claimed: datetime | None, missed: int) -> None:
    matter = _planned(world, cadence="")
    milestone = Milestone.objects.create(matter=matter, title="方案印发", due_on=due, done_on=done)
    if claimed:
        _report(world, matter, "filed", None, at=claimed).milestones.add(milestone)
    assert standings([matter], kit.TODAY)[matter.pk].missed_milestones == missed


@pytest.mark.parametrize(
    ("state", "value", "comparator", "word"),
    [
        pytest.param("accepted", 66, "≥", "滞后", id="below the curve"),
        pytest.param("accepted", 80, "≥", "按序时", id="on the curve"),
        pytest.param("filed", 66, "≥", "按序时", id="a value that nobody accepted does not count"),
        pytest.param("accepted", 80, "≤", "滞后", id="lower is better"),
    ],
)
def test_curves_and_the_light(world: kit.World, state: str, value: float, comparator: str, word: str) -> None:
    matter = _planned(world, cadence="", plan_kind="curve")
    target = matter.targets.create(indicator="覆盖率", value=85, unit="%", comparator=comparator)
    for on, wanted in ((date(2026, 1, 1), 60), (date(2026, 7, 1), 70), (date(2026, 12, 31), 85)):
        CurvePoint.objects.create(target=target, on=on, value=wanted)
    Reading.objects.create(report=_report(world, matter, state, None), target=target, value=value, as_of=date(2026, 9, 30))
    reckon(matter, curves=True)
    matter.refresh_from_db()
    assert lights_of([matter], kit.TODAY)[matter.pk][0].word == word


def test_the_number_of_queries_does_not_grow(world: kit.World) -> None:
    def count(matters: list[Matter]) -> int:
        with CaptureQueriesContext(connection) as queries:
            standings(matters, kit.TODAY)
        return len(queries)

    matters = [_planned(world) for _ in range(12)]
    for matter in matters:
        _report(world, matter, "filed", OCTOBER)
        Milestone.objects.create(matter=matter, title="方案印发", due_on=date(2026, 9, 1))
    assert count(matters[:1]) == count(matters) <= 6


@pytest.mark.parametrize(
    ("due", "state", "coming"),
    [
        pytest.param(date(2027, 3, 31), State.ACTIVE, True, id="before it is due"),
        pytest.param(None, State.ACTIVE, True, id="without a date"),
        pytest.param(date(2026, 11, 30), State.ACTIVE, False, id="due before the report would be"),
        pytest.param(date(2026, 10, 17), State.ACTIVE, False, id="overdue"),
        pytest.param(date(2027, 3, 31), State.SUBMITTED, False, id="submitted"),
    ],
)
def test_no_report_is_announced_that_nobody_will_ask_for(world: kit.World, due: date | None, state: State, coming: bool) -> None:
    matter = _planned(world, due_on=due, state=state)
    _report(world, matter, "accepted", date(2026, 10, 31), reviewed=True)
    assert (plan_of(matter, kit.TODAY).next_report is not None) == coming
