"""The pure decisions of drafting as tables: likeness, wording, suggestions with their reasons, checks before issue."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from luoshi.web.ledger import checks
from luoshi.web.ledger.checks import Aim, Draft, Other, Others, Owner, Suggested, Upper
from luoshi.web.ledger.likeness import Index, likeness, pairs
from luoshi.web.ledger.must_do import sentences
from luoshi.web.ledger.suggesting import Knowledge, KnownUnit, Named, PastMatter, suggest
from luoshi.web.ledger.wording import cadence_of, cited_as, limit_of, title_of

TODAY = date(2026, 11, 26)
PROVINCE, CITY, COUNTY = "0001", "00010003", "000100030001"
UNITS = (
    KnownUnit(1, "临江省人民政府", ("临江省人民政府",), "临江省", PROVINCE),
    KnownUnit(2, "临江省民政厅", ("临江省民政厅", "省民政厅"), "临江省", PROVINCE + "0001", ("统筹推进养老服务体系建设",)),
    KnownUnit(3, "临江省发展和改革委员会", ("临江省发展和改革委员会",), "临江省", PROVINCE + "0002"),
    KnownUnit(4, "云岭市人民政府", ("云岭市人民政府",), "云岭市", CITY),
    KnownUnit(5, "云岭市发展和改革委员会", ("云岭市发展和改革委员会",), "云岭市", CITY + "0002"),
    KnownUnit(6, "滨江市人民政府", ("滨江市人民政府",), "滨江市", PROVINCE + "0004"),
    KnownUnit(7, "滨江市发展和改革委员会", ("滨江市发展和改革委员会",), "滨江市", PROVINCE + "00040002"),
    KnownUnit(8, "东湖县人民政府", ("东湖县人民政府",), "东湖县", COUNTY),
    KnownUnit(9, "养老服务专班", ("养老服务专班", "专班"), "", PROVINCE + "0009"),
)


@pytest.mark.parametrize(
    ("home", "name", "unit"),
    [
        pytest.param(CITY, "市发展改革委", 5, id="the city's own"),
        pytest.param(PROVINCE + "0004", "市发展改革委", 7, id="the other city's own"),
        pytest.param(CITY, "云岭市发展改革委", 5, id="with its place"),
        pytest.param(CITY, "滨江市发展改革委", 7, id="another place, said in full"),
        pytest.param(CITY, "省发展改革委", 3, id="the province above"),
        pytest.param(COUNTY, "市发展改革委", 5, id="the city above the county"),
        pytest.param(CITY, "发展和改革委员会", 5, id="without a place: the nearest"),
        pytest.param(PROVINCE, "市发展改革委", None, id="two cities are equally near"),
        pytest.param(PROVINCE, "省民政厅", 2, id="short name"),
        pytest.param(PROVINCE, "专班", 9, id="alias"),
        pytest.param(PROVINCE, "省外事办", None, id="nobody"),
    ],
)
def test_a_place_relative_name_means_the_nearest_unit(home: str, name: str, unit: int | None) -> None:
    found = Knowledge(UNITS, home=home).unit_called(name)
    assert (found.id if found else None) == unit


def test_a_duty_is_more_than_a_pair_of_characters() -> None:
    knowledge = Knowledge([KnownUnit(1, "临江省自然资源厅", ("临江省自然资源厅",), "临江省", PROVINCE + "0005", ("标准地",))], home=PROVINCE)
    assert knowledge.by_duty("明确责任人与工作标准") == []
    assert [unit.id for unit, _duty in knowledge.by_duty("推行工业用地标准地出让")] == [1]


SUGGESTIONS: list[tuple[str, str, list[Named], list[tuple[int, str, str]]]] = [
    ("lead and support", "任意", [Named("省民政厅", "lead"), Named("省发展改革委", "support")], [(2, "lead", "named"), (3, "support", "named")]),
    ("first of the responsible leads", "任意", [Named("省发展改革委", "responsible"), Named("省民政厅", "responsible")], [(3, "lead", "named"), (2, "support", "named")]),
    ("a pledge", "任意", [Named("省民政厅", "speaker")], [(2, "lead", "named")]),
    ("two leads: the first leads", "任意", [Named("省民政厅", "lead"), Named("省发展改革委", "lead")], [(2, "lead", "named"), (3, "support", "named")]),
    ("duty", "统筹推进全省养老服务体系建设", [], [(2, "lead", "duty")]),
    ("duty beside a named lead", "统筹推进全省养老服务体系建设", [Named("省发展改革委", "lead")], [(3, "lead", "named"), (2, "support", "duty")]),
    ("past", "新增普惠托位5000个", [], [(9, "lead", "past")]),
    ("nothing", "召开会议", [Named("省外事办", "lead")], []),
]


@pytest.mark.parametrize(("text", "named", "expected"), [pytest.param(*row[1:], id=row[0]) for row in SUGGESTIONS])
def test_units_are_suggested_with_their_ground(text: str, named: list[Named], expected: list[tuple[int, str, str]]) -> None:
    known = Knowledge(UNITS, [PastMatter(9, "LJ-2025-0007", "新增普惠托位4000个")], home=PROVINCE)
    found = suggest(text, named, known)
    assert [(one.unit, one.role, one.basis) for one in found] == expected
    assert all(one.reason for one in found)


GOOD = Draft(
    id=1,
    title="乡镇区域养老服务中心覆盖率达到85%以上",
    owner=Owner(2, "临江省民政厅", True),
    due_on=date(2026, 12, 31),
    criterion="抽查合格",
    aims=(Aim("覆盖率", "≥", 85.0, "%", "覆盖率达到85%"),),
)
PARENT = Upper("LJ-2026-0001", date(2026, 12, 31), date(2026, 9, 1), (Aim("覆盖率", "≥", 60.0, "%", ""), Aim("床位空置率", "≤", 20.0, "%", "")))
TWIN = Others.of([(Other(7, "LJ-2026-0007", "同题"), "乡镇区域养老服务中心覆盖率达到85%以上"), (Other(1, "自己", "自己"), GOOD.title)])
NEAR = Others.of([(Other(7, "LJ-2026-0007", "近题"), "乡镇区域养老服务中心覆盖率达到80%以上")])
CHECKS: list[tuple[str, dict[str, Any], Others, list[str]]] = [
    ("clean", {}, Others(), []),
    ("no owner", {"owner": None}, Others(), ["owner.missing!"]),
    ("no date", {"due_on": None}, Others(), ["date.missing!"]),
    ("no date but a cadence", {"due_on": None, "cadence": "quarterly"}, Others(), ["date.missing"]),
    ("past", {"due_on": date(2026, 11, 25)}, Others(), ["date.past!"]),
    ("today is not past", {"due_on": TODAY}, Others(), []),
    ("no criterion", {"criterion": " "}, Others(), ["criterion.missing!"]),
    ("a criterion nobody worded", {"criterion": "（拟）达到：覆盖率"}, Others(), ["criterion.proposed"]),
    ("a target without a number", {"aims": (Aim("覆盖率", "≥", None, "", "明显提高"),)}, Others(), ["target.number"]),
    ("the same as another", {}, TWIN, ["duplicate.same"]),
    ("nearly the same", {}, NEAR, ["duplicate.near"]),
    ("outside the duty list", {"owner": Owner(2, "民政厅", True, ("管理婚姻登记",))}, Others(), ["duty.outside"]),
    ("within the duty list", {"owner": Owner(2, "民政厅", True, ("养老服务",))}, Others(), []),
    ("a unit without accounts", {"supports": (Owner(9, "柳溪镇", False),)}, Others(), ["unit.recorded_for"]),
    ("a suspect source", {"suspects": 1}, Others(), ["source.suspect"]),
    ("a stricter target", {"uppers": (PARENT,)}, Others(), ["stricter!"]),
    ("a stricter target with its reason", {"uppers": (PARENT,), "stricter_reason": "底子好"}, Others(), []),
    ("a stricter date", {"uppers": (PARENT,), "aims": (), "due_on": date(2026, 12, 1)}, Others(), ["stricter!"]),
    ("a slightly earlier date", {"uppers": (PARENT,), "aims": (), "due_on": date(2026, 12, 20)}, Others(), []),
    ("stricter where less is wanted", {"uppers": (PARENT,), "aims": (Aim("床位空置率", "≤", 10.0, "%", ""),)}, Others(), ["stricter!"]),
    ("another unit is not compared", {"uppers": (PARENT,), "aims": (Aim("覆盖率", "≥", 900.0, "个", ""),)}, Others(), []),
]


@pytest.mark.parametrize(("changes", "others", "codes"), [pytest.param(*row[1:], id=row[0]) for row in CHECKS])
def test_what_the_checks_find(changes: dict[str, Any], others: Others, codes: list[str]) -> None:
    found = checks.check(replace(GOOD, **changes), TODAY, others)
    assert [one.code + ("!" if one.severity == "stops" else "") for one in found] == codes
    assert all(one.sentence and (one.fix or one.field) for one in found)


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        pytest.param(Aim("产业总规模", "≥", 20000.0, "亿元", "达到2万亿元"), "（拟）达到：产业总规模2万亿元", id="reached is said once"),
        pytest.param(Aim("精品赛事", "=", 100.0, "项", "100项"), "（拟）达到：精品赛事100项", id="what is measured is said"),
        pytest.param(Aim("覆盖率", "≥", 85.0, "%", "覆盖率达到85%以上"), "（拟）达到：覆盖率达到85%以上", id="said by the source"),
        pytest.param(Aim("乡镇中心覆盖率", "≥", 85.0, "%", "覆盖率达到85%"), "（拟）达到：覆盖率达到85%", id="said shorter by the source"),
        pytest.param(Aim("覆盖率", "≥", 85.0, "%", ""), "（拟）达到：覆盖率≥85.0%", id="no words of the source"),
    ],
)
def test_a_proposed_criterion_says_what_is_to_be_reached(aim: Aim, words: str) -> None:
    assert checks.proposed_criterion(replace(GOOD, aims=(aim,))) == words


def test_reasons_on_the_first_page_have_no_stop_before_the_next_clause() -> None:
    assert sentences(["雨季停工。", "", "请延至 2027年1月31日"]) == "雨季停工；请延至 2027年1月31日"
    assert sentences(["已完成。"]) == "已完成。"
    assert sentences([]) == ""


def test_fixes_come_from_what_is_there() -> None:
    draft = replace(GOOD, owner=None, criterion="", suggested=(Suggested(2, "临江省民政厅", "原文写明"),))
    fixes = {one.code: one.fix for one in checks.check(draft, TODAY, TWIN)}
    assert fixes["owner.missing"] and fixes["owner.missing"].values == {"lead": "2"}
    assert fixes["criterion.missing"] and fixes["criterion.missing"].values == {"criterion": "（拟）达到：覆盖率达到85%"}
    assert fixes["duplicate.same"] and (fixes["duplicate.same"].act, fixes["duplicate.same"].values) == ("merge", {"into": "7"})
    assert checks.check(replace(draft, aims=(), suggested=()), TODAY, Others())[0].fix is None


@pytest.mark.parametrize(
    ("quote", "title"),
    [
        ("到2026年底前，覆盖率达到85%以上（省民政厅牵头，省财政厅配合）。", "到2026年底前，覆盖率达到85%以上"),
        ("3.推进老旧小区改造；", "推进老旧小区改造"),
        ("（二）新增托位4000个。", "新增托位4000个"),
        ("2026年建成10所。", "2026年建成10所"),
        ("一网通办全面推行。", "一网通办全面推行"),
        ("一体推进教育科技人才事业发展", "一体推进教育科技人才事业发展"),
        ("十四五期间完成改造", "十四五期间完成改造"),
        ("第一，抓好就业。", "抓好就业"),
        ("甲" * 30 + "，" + "乙" * 40, "甲" * 30),
        ("甲" * 90, "甲" * 59 + "…"),
    ],
)
def test_a_quote_becomes_a_title(quote: str, title: str) -> None:
    assert title_of(quote) == title


def test_limits_and_citations() -> None:
    found = limit_of([{"text": "6月底前", "due": "2026-06-30"}, {"text": "年底前", "due": "2026-12-31"}, {"text": "每月底", "due": None, "period": "month-end"}])
    assert found == (date(2026, 12, 31), "6月底前；年底前；每月底", "monthly")
    assert limit_of([]) == (None, "", "")
    assert [cadence_of(one) for one in ("quarter-end", "week-day:5", "half-year", "yearly", "standing", None)] == ["quarterly", "weekly", "half-yearly", "", "", ""]
    assert [cadence_of(one) for one in ("daily", "every-10-days", "every-2-months", "every-2-hours")] == ["weekly", "weekly", "monthly", ""]
    assert cited_as("", "实施意见", ["一、总体", "（一）目标"]) == "《实施意见》 一、总体 › （一）目标"


def test_likeness_is_symmetric_and_an_index_finds_the_same() -> None:
    one, other = "新增普惠托位4000个", "新增普惠托位5000个"
    assert likeness(pairs(one), pairs(other)) == likeness(pairs(other), pairs(one))
    assert likeness(pairs(one), pairs(one)) == 1 and likeness(pairs(""), pairs("")) == 0
    near = Index([("a", one), ("b", "完全无关")]).near(other, 0.1)
    assert [(key, round(score, 3)) for key, score in near] == [("a", round(likeness(pairs(one), pairs(other)), 3))]


@pytest.mark.parametrize("least", [0.0, 0.35, 0.8, 1.0])
@pytest.mark.parametrize("most", [None, 1, 4])
def test_an_index_leaves_out_nothing_that_is_like_enough(least: float, most: int | None) -> None:
    chance = random.Random(11)
    texts = ["".join(chance.choices("新增普惠托位千个", k=chance.randint(0, 9))) for _ in range(300)]
    index = Index(enumerate(texts))
    for text in texts[:60]:
        scored = [(likeness(pairs(text), pairs(other)), place) for place, other in enumerate(texts)]
        wanted = sorted((-score, place) for score, place in scored if score >= least and pairs(text) & pairs(texts[place]))
        assert [(-near.score, near.key) for near in index.near(text, least, most)] == wanted[:most]
