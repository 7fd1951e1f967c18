"""Time limits: what is found, the last day it means, and where the answer is a doubt and not a date."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.decompose.rules.deadlines import ANCHOR, DEADLINE_RULES, FoundDeadline, find_deadlines
from luoshi.decompose.rules.due import Known, meaning
from luoshi.decompose.rules.rule import Rule
from luoshi.text.view import fold

ISSUED = date(2026, 9, 25)


def find(text: str, base: date | None = ISSUED, year: int | None = 2026) -> list[FoundDeadline]:
    return find_deadlines(fold(text), base=base, year=year)


def case(text: str, phrase: str, due: str | None, period: str | None = None, doubt: str | None = None) -> object:
    return pytest.param(text, fold(phrase), due and date.fromisoformat(due), period, doubt, id=phrase)


@pytest.mark.parametrize(
    ("text", "phrase", "due", "period", "doubt"),
    [
        case("2027年底前建成投用。", "2027年底前", "2027-12-31"),
        case("2027年年底前建成投用。", "2027年年底前", "2027-12-31"),
        case("二〇二七年底前建成。", "二〇二七年底前", "2027-12-31"),
        case("2026年12月31日前报市民政局。", "2026年12月31日前", "2026-12-31"),
        case("于12月20日18：00前反馈。", "12月20日18：00前", "2026-12-20"),
        case("2028年2月底前完成入库。", "2028年2月底前", "2028-02-29"),
        case("于11月底前完成。", "11月底前", "2026-11-30"),
        case("2027年3月中旬前完成。", "2027年3月中旬前", "2027-03-20"),
        case("2027年3月下旬前完成。", "2027年3月下旬前", "2027-03-31"),
        case("2027年前建成。", "2027年前", "2026-12-31"),
        case("2028年1月1日以前建成。", "2028年1月1日以前", "2028-01-01"),
        case("2027年三季度末前完成。", "2027年三季度末前", "2027-09-30"),
        case("2027年三季度前完成。", "2027年三季度前", "2027-09-30", None, "deadline.before_stretch"),
        case("2027年6月前建成。", "2027年6月前", "2027-05-31", None, "deadline.before_month"),
        case("本月底前报送。", "本月底前", "2026-09-30"),
        case("年底前完成。", "年底前", "2026-12-31"),
        case("明年6月底前完成。", "明年6月底前", "2027-06-30"),
        case("到2027年，建成三级服务网络。", "到2027年", "2027-12-31"),
        case("力争到2030年底基本建成。", "到2030年底", "2030-12-31"),
        case("至2028年末，覆盖率明显提高。", "至2028年末", "2028-12-31"),
        case("到明年底建成。", "到明年底", "2027-12-31"),
        case("到“十五五”末，床位达到2000张。", "到“十五五”末", "2030-12-31"),
        case("“十五五”期间，新建服务站。", "“十五五”期间", "2030-12-31"),
        case("“十五五”时期力争翻番。", "“十五五”时期", "2030-12-31"),
        case("到规划期末，基本建成。", "到规划期末", None, None, "deadline.plan_horizon"),
        case("不迟于2026年12月15日开工。", "不迟于2026年12月15日", "2026-12-15"),
        case("2027年上半年完成验收。", "2027年上半年", "2027-06-30"),
        case("2027年一季度完成整改。", "2027年一季度", "2027-03-31"),
        case("2027年第三季度在全市推广。", "2027年第三季度", "2027-09-30"),
        case("四季度全部开工。", "四季度", "2026-12-31"),
        case("项目2028年建成。", "2028年", "2028-12-31"),
        case("今年要完成改造任务。", "今年", "2026-12-31"),
        case("年内开工建设。", "年内", "2026-12-31"),
        case("2027年内开工建设。", "2027年内", "2027-12-31"),
        case("2026—2028年，每年新建20所。", "2026—2028年", "2028-12-31"),
        case("2026年至2027年，财政安排资金。", "2026年至2027年", "2027-12-31"),
        case("即日起至12月31日开展排查。", "即日起至12月31日", "2026-12-31"),
        case("从即日起开展排查。", "即日起", None, "immediate"),
        case("自本通知印发之日起30日内报送。", "自本通知印发之日起30日内", "2026-10-25"),
        case("自印发之日起2个月内制定方案。", "自印发之日起2个月内", "2026-11-25"),
        case("自本方案印发之日起10个工作日内报送。", "自本方案印发之日起10个工作日内", "2026-10-15"),
        case("通知印发后十个工作日内报送。", "十个工作日内", "2026-10-15"),
        case("自发布之日起一年内完成。", "自发布之日起一年内", "2027-09-25"),
        case("自收到之日起10个工作日内办结。", "自收到之日起10个工作日内", None, None, "deadline.needs_event"),
        case("接到通知后3日内报到。", "3日内", None, None, "deadline.needs_event"),
        case("接到报告后24小时内处置。", "24小时内", None, None, "deadline.needs_event"),
        case("5个工作日内反馈。", "5个工作日内", None, None, "deadline.no_start"),
        case("争取三年内取得突破。", "三年内", None, None, "deadline.no_start"),
        case("2026年起5年内，每年选派100人。", "2026年起5年内", "2030-12-31"),
        case("汛期前完成清淤。", "汛期前", None, None, "deadline.season"),
        case("每月5日前报送进展。", "每月5日前", None, "month-day:5"),
        case("每月底前报送进展。", "每月底前", None, "month-end"),
        case("每季度末报送进展。", "每季度末", None, "quarter-end"),
        case("每季度首月10日前报送。", "每季度首月10日前", None, "quarter-month-day:1-10"),
        case("每年12月底前报告。", "每年12月底前", None, "year-month-end:12"),
        case("每年1月31日前公开。", "每年1月31日前", None, "year-day:01-31"),
        case("每年年底前考核。", "每年年底前", None, "year-end"),
        case("每周五前更新台账。", "每周五前", None, "week-day:5"),
        case("每半年开展一次评估。", "每半年", None, "half-year"),
        case("每季度至少巡诊1次。", "每季度", None, "quarterly"),
        case("每月通报进度。", "每月", None, "monthly"),
        case("按月调度、按季通报。", "按月", None, "monthly"),
        case("每两年开展一次审核。", "每两年", None, "two-yearly"),
        case("健全机制，长期坚持。", "长期坚持", None, "standing"),
        case("（市民政局牵头；持续推进）", "持续推进", None, "standing"),
        case("（市商务局，常态化推进）", "常态化推进", None, "standing"),
        case("对隐患立即停用。", "立即", None, "immediate"),
        case("坚持边查边改、立行立改。", "立行立改", None, "immediate"),
        case("完成时限：2027年10月底", "2027年10月底", "2027-10-31"),
        case("时限：2027年", "2027年", "2027-12-31"),
        case("期限：2026年1月1日至2026年12月31日", "2026年1月1日至2026年12月31日", "2026-12-31"),
        case("1\t修缮屋面\t2027年6月底\t县民政局", "2027年6月底", "2027-06-30"),
        case("11月31日前完成。", "11月31日前", None, None, "deadline.impossible_date"),
        case("2026年6月底前完成。", "2026年6月底前", "2026-06-30", None, "deadline.before_issue"),
        case("6月底前完成。", "6月底前", None, None, "deadline.which_year"),
    ],
)  # fmt: skip
def test_found(text: str, phrase: str, due: date | None, period: str | None, doubt: str | None) -> None:
    found = find(text)[0]
    assert (found.text, found.due, found.period, found.doubt and found.doubt[0]) == (phrase, due, period, doubt)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=text)
        for text in (
            "2023年12月召开会议。", "云政发〔2018〕5号", "2024年度工作", "到目前为止", "前三季度增长5%。", "2020年以来，持续改善。", "2025年底，全市床位达到800张。",
            "依照第十二条办理。", "近三年内的数据", "年满60周岁", "2030年前后", "《空间规划（2021—2035年）》", "由2020年的3%提高到2025年的5%。", "到2024年，已建成20所。",
            "“十三五”期间，建成50所。", "较“十四五”末翻了一番。", "3月5日在礼堂召开。", "持续推进改革。", "完善机制，持续推进。", "要长期坚持下去。", "每人每月300元。",
            "每周开放不少于6天。", "5月3日内蒙古来访。", "2026年内蒙古考察。", "审批压缩到3个工作日内。", "去年底的存量", "一季度主要指标", "“十五五”时期是关键时期。",
            "2000年底前建成的老旧渡口", "2026年6月底前立项、备案的项目", "3月1日前出生的儿童", "停航天数控制在6天以内。", "春节前夕慰问。", "2026年9月25日", "落款\n2026年9月25日\n",
        )
    ],
)  # fmt: skip
def test_silent(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        pytest.param("2026年底前开工、2028年建成。", ["2026-12-31", "2028-12-31"], id="start-and-end"),
        pytest.param("2027年1月15日前批复，3月底前开工，8月底前完成。", ["2027-01-15", "2027-03-31", "2027-08-31"], id="year-said-once"),
        pytest.param("2027年2月底前完成整改，其中2020年以后交付的须于1月底前移交。", ["2027-02-28", "2027-01-31"], id="an-old-year-between"),
        pytest.param("2027年3月底前开工。12月底前报告。", ["2027-03-31", "2026-12-31"], id="a-new-sentence-forgets-the-year"),
        pytest.param("2026年12月底前开工，次年3月底前完工。", ["2026-12-31", "2027-03-31"], id="the-year-after"),
        pytest.param("2027年6月底、9月底、11月底前分别完成。", ["2027-06-30", "2027-09-30", "2027-11-30"], id="one-before-for-three"),
        pytest.param("12月15日前开工，并于明年6月底前建成。", ["2026-12-15", "2027-06-30"], id="next-year"),
    ],
)
def test_several(text: str, dues: list[str]) -> None:
    assert [str(found.due) for found in find(text)] == dues


def test_the_year_after_a_yearly_limit_is_yearly() -> None:
    assert [found.period for found in find("每年12月底前自评，次年1月15日前上报。")] == ["year-month-end:12", "year-day:01-15"]


@pytest.mark.parametrize(
    ("text", "base", "year", "due", "doubt"),
    [
        pytest.param("6月底前完成。", None, 2026, date(2026, 6, 30), None, id="year-of-the-document"),
        pytest.param("6月底前完成。", None, None, None, "deadline.no_year", id="no-year-at-all"),
        pytest.param("6月底前完成。", date(2026, 3, 1), None, date(2026, 6, 30), None, id="year-of-the-day-of-issue"),
        pytest.param("自印发之日起30日内报送。", None, 2026, None, "deadline.no_base", id="day-of-issue-not-known"),
        pytest.param("本月底前报送。", None, 2026, None, "deadline.no_base", id="month-not-known"),
        pytest.param("印发后20个工作日内报送。", date(2041, 3, 1), 2041, date(2041, 3, 29), "deadline.provisional", id="holidays-not-announced"),
        pytest.param("自印发之日起半年内报送。", date(2026, 8, 31), 2026, date(2027, 2, 28), None, id="half-a-year"),
        pytest.param("自印发之日起60日内报送。", date(9999, 12, 1), None, None, "deadline.impossible_date", id="past-the-calendar"),
    ],
)
def test_what_is_known(text: str, base: date | None, year: int | None, due: date | None, doubt: str | None) -> None:
    found = find(text, base, year)[0]
    assert (found.due, found.doubt and found.doubt[0]) == (due, doubt)


def test_without_a_date_of_the_document_a_bare_time_needs_a_modal() -> None:
    assert find("2027年上半年完成验收。", None, None) == []
    assert [found.text for found in find("力争2027年上半年完成验收。", None, None)] == ["2027年上半年"]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        pytest.param("自印发之日起30日内报送。", "2026-09-25", id="day-of-issue"),
        pytest.param("12月底前完成。", "2026", id="year-of-the-document"),
        pytest.param("2027年底前完成。", None, id="all-written"),
        pytest.param("“十五五”末建成。", "2026-01-01", id="plan"),
        pytest.param("2026—2028年，新建20所。", "2026-01-01", id="range"),
    ],
)
def test_basis(text: str, basis: str | None) -> None:
    assert find(text)[0].basis == basis


@pytest.mark.parametrize(
    ("rule", "text", "value"),
    [pytest.param(rule, text, value, id=f"{rule.id}-{n}") for rule in DEADLINE_RULES for n, (text, value) in enumerate(rule.examples, 1) if value],
)
def test_the_anchor_finds_every_example(rule: Rule, text: str, value: str) -> None:
    match = rule.pattern.search(fold(text))
    assert ANCHOR.match(fold(text), match.start())


PIECES = (
    "2027年", "今年", "次年", "明年", "12月", "2月", "31日", "30日", "底", "末", "前", "以前", "之前", "上半年", "三季度", "到", "至", "每", "每年", "每月", "每季度", "10个", "工作日", "内",
    "自", "印发", "之日", "起", "后", "一年", "三", "十", "“", "”", "十五五", "期间", "完成", "建成", "，", "。", "\n", "\t", "（", "）", "时限：", "—", "9999", "长期", "坚持", "立即", "即日起", "0", "年",
)  # fmt: skip


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=60),
    st.none() | st.dates(),
    st.none() | st.integers(min_value=1, max_value=9999),
)
def test_spans_are_slices_in_order_and_no_date_raises(text: str, base: date | None, year: int | None) -> None:
    view = fold(text)
    end = 0
    for found in find_deadlines(view, base=base, year=year):
        assert end <= found.start < found.end <= len(view)
        assert view[found.start : found.end] == found.text
        assert found.due or found.period or found.doubt
        end = found.end


@given(
    st.sampled_from([rule.id for rule in DEADLINE_RULES]),
    st.fixed_dictionaries(
        {},
        optional={
            "y": st.sampled_from(["2027", "二〇二七", "0000"]), "rel": st.sampled_from(["今年", "次年", "同年"]), "m": st.sampled_from(["2", "12"]),
            "d": st.sampled_from(["30", "31"]), "ten": st.sampled_from("上中下"), "half": st.sampled_from("上下"), "q": st.sampled_from("一4"),
            "n": st.sampled_from(["十", "9999", "半", "十二五"]), "unit": st.sampled_from(["个工作日", "年", "日", "个月"]), "event": st.just("印发"), "plan": st.just("十九五"),
            "value": st.just("三季度前"), "from": st.just("2026"), "day": st.just("天"), "nth": st.just("末月"), "many": st.just("两"),
        },
    ),
    st.none() | st.dates(),
)  # fmt: skip
def test_a_meaning_is_never_an_error(rule: str, parts: dict[str, str], base: date | None) -> None:
    due = meaning(rule, parts, Known(base, base.year if base else None))
    assert due.due or due.period or due.doubt
