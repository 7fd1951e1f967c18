"""Who can have taken from whom, by dates and levels."""

import pytest

from luoshi.align import align
from luoshi.align.direction import direction
from luoshi.align.model import LINKING
from luoshi.decompose.model import Decomposition
from tests.align.documents import directive, made_of

UNDATED = ""


def dated(level: str, day: str) -> Decomposition:
    return made_of(directive(level, "一、主要任务", "新建城市书房25座，完善公共图书馆借阅服务。", day=day))


def report(year: int) -> Decomposition:
    """A work report: its year is its date."""
    return made_of(f"{year}年丙县人民政府工作报告\n\n各位代表：\n\n一、{year}年主要任务\n新建城市书房3座，完善公共图书馆借阅服务。\n")


def meeting() -> Decomposition:
    """Dated by month and day alone."""
    return made_of("乙市召开公共文化服务工作会议\n\n6月12日，乙市召开公共文化服务工作会议。会议强调，要新建城市书房25座。\n")


# Upper level and day, lower level and day, what is said, how the reason begins.
STATED = [
    pytest.param("省", "2026年1月10日", "市", "2026年5月20日", "derived", "下位文件（2026-05-20）晚于上位文件（2026-01-10）", id="later"),
    pytest.param("省", "2026年5月20日", "市", "2026年1月10日", "same_source", "下位文件（2026-01-10）早于上位文件（2026-05-20）", id="earlier"),
    pytest.param("省", "2026年5月20日", "市", "2026年5月19日", "same_source", "下位文件（2026-05-19）早于", id="a day earlier"),
    pytest.param("省", "2026年5月20日", "市", "2026年5月20日", "derived", "两份文件日期相同（2026-05-20）", id="same day"),
    pytest.param("省", "2025年12月31日", "市", "2026年1月1日", "derived", "下位文件（2026-01-01）晚于", id="over the year"),
    pytest.param("省", UNDATED, "市", "2026年5月20日", "same_source", "上位文件没有可以确定的日期", id="upper undated"),
    pytest.param("省", "2026年5月20日", "市", UNDATED, "same_source", "下位文件没有可以确定的日期", id="lower undated"),
    pytest.param("省", UNDATED, "市", UNDATED, "same_source", "两份文件都没有可以确定的日期", id="both undated"),
    pytest.param("市", "2026年1月10日", "省", "2026年5月20日", "same_source", "“上位文件”的层级低于“下位文件”", id="swapped levels"),
    pytest.param("镇", "2026年1月10日", "国", "2026年5月20日", "same_source", "“上位文件”的层级低于“下位文件”", id="town above state"),
    pytest.param("市", "2026年1月10日", "市", "2026年5月20日", "derived", "下位文件（2026-05-20）晚于", id="same level"),
    pytest.param("省", "2026年1月", "市", "2026年5月20日", "derived", "下位文件（2026-05-20）晚于上位文件（2026-01）", id="month and later day"),
    pytest.param("省", "2026年5月", "市", "2026年5月20日", "same_source", "日期只精确到2026-05-20和2026-05", id="month and day within it"),
    pytest.param("省", "2026年5月", "市", "2026年5月", "derived", "两份文件日期相同（2026-05）", id="same month"),
]


@pytest.mark.parametrize(("above", "upper_day", "below", "lower_day", "value", "reason"), STATED)
def test_by_what_the_documents_say(above: str, upper_day: str, below: str, lower_day: str, value: str, reason: str) -> None:
    told = direction(dated(above, upper_day), dated(below, lower_day))
    assert told.value == value
    assert told.reason.startswith(reason)


# Dates handed over (None: what the document says, which is 2026-01-10 above and 2026-05-20 below), and what comes of them.
GIVEN = [
    pytest.param("2026-06-01", None, "same_source", ("2026-06-01", "2026-05-20"), id="upper later than it says"),
    pytest.param(None, "2025-12-31", "same_source", ("2026-01-10", "2025-12-31"), id="lower earlier than it says"),
    pytest.param("2025", None, "derived", ("2025", "2026-05-20"), id="only a year, an earlier one"),
    pytest.param("2026", None, "same_source", ("2026", "2026-05-20"), id="only a year, the same"),
    pytest.param("2026", "2026", "derived", ("2026", "2026"), id="only the year of both"),
    pytest.param("2027", "2026", "same_source", ("2027", "2026"), id="only years, turned round"),
    pytest.param("2026-05", "2026-06", "derived", ("2026-05", "2026-06"), id="only months"),
    pytest.param("2026-05", None, "same_source", ("2026-05", "2026-05-20"), id="only a month, the same"),
    pytest.param(None, None, "derived", ("2026-01-10", "2026-05-20"), id="none given"),
]


@pytest.mark.parametrize(("upper_date", "lower_date", "value", "dates"), GIVEN)
def test_given_dates_come_first(upper_date: str | None, lower_date: str | None, value: str, dates: tuple[str, str]) -> None:
    told = direction(dated("省", "2026年1月10日"), dated("市", "2026年5月20日"), upper_date=upper_date, lower_date=lower_date)
    assert (told.value, told.upper_date, told.lower_date) == (value, *dates)
    assert told.reason


def test_given_dates_help_undated_documents() -> None:
    undated = dated("省", UNDATED), dated("市", UNDATED)
    assert direction(*undated).value == "same_source"
    assert direction(*undated, upper_date="2026-01").value == "same_source"
    assert direction(*undated, upper_date="2026-01", lower_date="2026-02").value == "derived"


def test_given_dates_do_not_turn_levels_round() -> None:
    assert direction(dated("县", UNDATED), dated("省", UNDATED), upper_date="2025", lower_date="2026").value == "same_source"


@pytest.mark.parametrize(
    ("day", "year", "value"),
    [("2025年11月3日", 2026, "derived"), ("2026年3月1日", 2026, "same_source"), ("2026年3月1日", 2025, "same_source"), ("2026年3月1日", 2027, "derived")],
)
def test_the_year_of_a_work_report_is_its_date(day: str, year: int, value: str) -> None:
    told = direction(dated("省", day), report(year))
    assert (told.value, told.lower_date) == (value, str(year))
    assert direction(report(year), dated("镇", day)).upper_date == str(year)


def test_a_day_without_its_year_is_no_date() -> None:
    told = direction(dated("省", "2026年1月10日"), meeting())
    assert (told.value, told.lower_date) == ("same_source", None)


# The direction against the links: same_source only and always where nothing can have been taken over.
@pytest.mark.parametrize("lower_date", ["2026-05-20", "2025-05-20"])
def test_links_follow_the_direction(lower_date: str) -> None:
    made = align(dated("省", "2026年1月10日"), dated("市", UNDATED), lower_date=lower_date)
    own = {link.relation for link in made.links if link.relation in LINKING}
    assert own
    assert own == ({"same_source"} if made.direction.value == "same_source" else own - {"same_source"})
    assert {one.origin for one in made.lower_items} == {made.direction.value}
