"""Lights as a table: one row a case, the highest colour wins, the day decides."""

from datetime import date

import pytest

from luoshi.calendar import WorkingCalendar
from luoshi.web.ledger.lights import Course, Point, Standing, is_behind, light_of, marks, planned_value, working_days_left
from luoshi.web.ledger.workflow import DONE, ENDED, State

CALENDAR = WorkingCalendar()
CURVE = (Point(date(2026, 1, 1), 60), Point(date(2026, 7, 1), 70), Point(date(2026, 12, 31), 85))
LOW = Course(CURVE, 66, date(2026, 9, 30))
HIGH = Course(CURVE, 80, date(2026, 9, 30))


def _standing(state: str = State.ACTIVE, due: date | None = date(2026, 12, 31), **more: object) -> Standing:
    return Standing(**({"state": state, "due_on": due, "signed": True, "planned": True} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "on", "colour", "word"),
    [
        pytest.param(_standing(), date(2026, 11, 26), "green", "按序时", id="planned and nothing due"),
        pytest.param(_standing(), date(2027, 1, 1), "red", "逾期 1 天", id="the day after"),
        pytest.param(_standing(), date(2026, 12, 31), "blue", "今天到期", id="the day itself"),
        pytest.param(_standing(due=date(2026, 11, 29)), date(2026, 11, 27), "blue", "下个工作日前到期", id="a Sunday, seen on Friday"),
        pytest.param(_standing(), date(2026, 12, 28), "blue", "3 个工作日内到期", id="three working days"),
        pytest.param(_standing(), date(2026, 12, 25), "green", "按序时", id="four working days"),
        pytest.param(_standing(due=date(2026, 10, 9)), date(2026, 9, 30), "blue", "2 个工作日内到期", id="the holidays of October do not count"),
        pytest.param(_standing(due=date(2026, 2, 24)), date(2026, 2, 13), "blue", "2 个工作日内到期", id="a Saturday of work counts"),
        pytest.param(_standing(planned=False), date(2026, 11, 26), "grey", "未定计划", id="signed without a plan is never green"),
        pytest.param(_standing(State.ISSUED, signed=False, planned=False), date(2026, 11, 26), "grey", "未到节点", id="not signed"),
        pytest.param(_standing(planned=False), date(2027, 1, 5), "red", "逾期 5 天", id="overdue without a plan"),
        pytest.param(_standing(missed_milestones=1), date(2026, 11, 26), "yellow", "节点未完成", id="a milestone missed"),
        pytest.param(_standing(returned=True), date(2026, 11, 26), "yellow", "已退回", id="returned"),
        pytest.param(_standing(returned=True), date(2026, 12, 30), "yellow", "已退回", id="yellow before blue"),
        pytest.param(_standing(under_curve=is_behind(LOW)), date(2026, 11, 26), "yellow", "滞后", id="below the curve"),
        pytest.param(_standing(under_curve=is_behind(HIGH)), date(2026, 11, 26), "green", "按序时", id="above the curve"),
        pytest.param(_standing(report_due_on=date(2026, 9, 30)), date(2026, 11, 26), "yellow", "未报", id="report missing"),
        pytest.param(_standing(report_due_on=date(2026, 9, 30), reported=True), date(2026, 11, 26), "grey", "待审", id="report waiting"),
        pytest.param(_standing(report_due_on=date(2026, 9, 30), reported=True, accepted=True), date(2026, 11, 26), "green", "按序时", id="report accepted"),
        pytest.param(_standing(State.SUSPENDED), date(2027, 3, 1), "grey", "已挂起", id="suspended, even late"),
        pytest.param(_standing(State.SUBMITTED), date(2027, 3, 1), "green", "按序时", id="submitted in time waits for the reviewer"),
        pytest.param(_standing(due=None), date(2027, 3, 1), "green", "按序时", id="no date"),
        *(pytest.param(_standing(state), date(2027, 3, 1), "", "", id=str(state)) for state in sorted(DONE | ENDED)),
        *(pytest.param(_standing(state), date(2027, 3, 1), "", "", id=str(state)) for state in (State.DRAFT, State.PROPOSED)),
    ],
)
def test_light(standing: Standing, on: date, colour: str, word: str) -> None:
    assert light_of(standing, on, CALENDAR) == (colour, word)


@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), 60), (date(2026, 7, 1), 70), (date(2026, 12, 31), 85), (date(2027, 5, 1), 85)],
)
def test_planned_value(on: date, value: float | None) -> None:
    assert planned_value(CURVE, on) == value


def test_planned_value_is_straight_between_two_points() -> None:
    between = planned_value(CURVE, date(2026, 4, 1))
    assert between is not None and abs(between - (60 + 10 * 90 / 181)) < 1e-9


def test_falling_indicators_are_behind_above_the_curve() -> None:
    falling = (Point(date(2026, 1, 1), 30), Point(date(2026, 12, 31), 20))
    assert is_behind(Course(falling, 29, date(2026, 12, 1), falling=True))
    assert not is_behind(Course(falling, 20, date(2026, 12, 1), falling=True))
    assert not is_behind(Course(falling, None, None, falling=True))


def test_working_days_left_stop_at_the_day() -> None:
    assert working_days_left(date(2026, 11, 26), date(2026, 11, 26), CALENDAR) == 0
    assert working_days_left(date(2026, 11, 27), date(2026, 11, 26), CALENDAR) == 1
    assert working_days_left(date(2026, 11, 30), date(2026, 11, 27), CALENDAR) == 1


def test_three_questions_have_three_marks() -> None:
    reported, on_plan, verified = marks(_standing(report_due_on=date(2026, 9, 30), reported=True, waiting=True, under_curve=True))
    assert (reported.word, on_plan.word, verified.word) == ("本期已报", "滞后", "待审")
    reported, on_plan, verified = marks(_standing(planned=False))
    assert (reported.word, on_plan.word, verified.word) == ("未到报送期", "未定计划", "未核实")


def test_of_what_is_counted_nobody_owes_a_part() -> None:
    curve = (Point(date(2026, 1, 1), 0), Point(date(2026, 12, 31), 3))
    day = date(2026, 4, 1)
    assert planned_value(curve, day, "所") == 0 and planned_value(curve, date(2026, 5, 5), "所") == 1
    assert planned_value(curve, day, "%") == pytest.approx(3 * 90 / 364)
    assert planned_value((Point(date(2026, 1, 1), 9), Point(date(2026, 12, 31), 6)), day, "起") == 9
    assert not is_behind(Course(curve, 0, day, unit="所")) and is_behind(Course(curve, 0, day, unit="%"))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        pytest.param(State.CLOSED, ("不再报送", "已销号", "已核实"), id="closed"),
        pytest.param(State.ACCEPTED, ("不再报送", "已办结", "已核实"), id="accepted"),
        pytest.param(State.TERMINATED, ("不再报送", "已终止", "未核实"), id="terminated"),
    ],
)
@pytest.mark.parametrize("planned", [True, False])
def test_what_is_over_says_so_in_place_of_its_plan(state: str, words: tuple[str, ...], planned: bool) -> None:
    assert tuple(mark.word for mark in marks(_standing(state, planned=planned))) == words


@pytest.mark.parametrize("state", sorted(DONE | ENDED))
def test_every_end_has_its_marks(state: str) -> None:
    assert all(mark.word for mark in marks(_standing(state)))
