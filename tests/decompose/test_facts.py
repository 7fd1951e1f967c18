"""What a document says of itself: level, whose will, who passed it on, its dates and how each is known."""

import pytest

from luoshi.decompose.facts import level_of
from tests.decompose.reading import read

LEVELS = [
    pytest.param("国务院", "national", id="国务院"),
    pytest.param("国务院办公厅", "national", id="国务院办公厅"),
    pytest.param("中共中央", "national", id="中共中央"),
    pytest.param("临江省人民政府", "province", id="province"),
    pytest.param("临江省民政厅", "province", id="a department stands at its government's level"),
    pytest.param("省委", "province", id="省委"),
    pytest.param("上海市人民政府", "province", id="a 直辖市 is a province"),
    pytest.param("中共重庆市委", "province", id="a 直辖市's committee"),
    pytest.param("云州市人民政府", "city", id="city"),
    pytest.param("云州市财政局", "city", id="a city's bureau"),
    pytest.param("市委", "city", id="市委"),
    pytest.param("青湾县人民政府办公室", "county", id="county"),
    pytest.param("石桥区人民政府", "county", id="district"),
    pytest.param("青湾县民政局", "county", id="a county's bureau"),
    pytest.param("青渡镇人民政府", "town", id="town"),
    pytest.param("荷汊乡人民政府", "town", id="township"),
    pytest.param("柳汀街道办事处", "town", id="subdistrict"),
    pytest.param(None, None, id="nobody"),
]


@pytest.mark.parametrize(("name", "expected"), LEVELS)
def test_levels(name: str | None, expected: str | None) -> None:
    assert level_of(name) == expected


def test_a_city_without_a_name_is_a_province_where_the_text_speaks_of_a_municipality() -> None:
    assert level_of("市委", "重庆要加快建设。" * 10) == "province"
    assert level_of("市委", "云州要加快建设。" * 10) == "city"


BODY = "\n\n一、增设航标\n要增设航标。\n二、清理航障\n要清理航障。\n"

AUTHORITIES = [
    pytest.param("临江省人民政府关于加强渡口管理的意见" + BODY, "临江省人民政府", "province", id="title"),
    pytest.param("云州市水务局关于加强渡口管理的通知" + BODY, "云州市水务局", "city", id="a bureau"),
    pytest.param("中共青湾县委关于加强渡口管理的意见" + BODY, "中共青湾县委", "county", id="a committee"),
    pytest.param("关于加强渡口管理的通知" + BODY + "\n青湾县人民政府办公室\n2026年5月8日\n", "青湾县人民政府办公室", "county", id="signature"),
    pytest.param("政府工作报告\n\n——2027年1月8日在青湾县第十八届人民代表大会第二次会议上" + BODY, "青湾县人民政府", "county", id="a work report"),
    pytest.param("云州市人民政府常务会议纪要" + BODY, "云州市人民政府", "city", id="minutes"),
    pytest.param("青湾县2027年度渡口工作考核指标表" + BODY, None, "county", id="a place in the title gives the level alone"),
    pytest.param("2026年云州市政府工作报告" + BODY, None, "city", id="behind a year, too"),
    pytest.param("白鹭镇渡口工作责任分解表" + BODY, None, "town", id="a town in the title"),
    pytest.param("全市渡口工作会议召开\n\n5月8日，全市渡口工作会议召开。会议指出，要抓安全。会议要求，要抓落实。\n", None, "city", id="全市 gives the level alone"),
    pytest.param("关于加强渡口管理的意见" + BODY, None, None, id="nobody says"),
]


@pytest.mark.parametrize(("text", "authority", "level"), AUTHORITIES)
def test_authority_and_level(text: str, authority: str | None, level: str | None) -> None:
    facts = read(text).facts
    assert (facts.authority, facts.level) == (authority, level)


def test_who_passes_on_is_not_whose_will_it_is() -> None:
    facts = read("临江省人民政府办公厅关于转发省水利厅关于渡口防汛意见的通知" + BODY).facts
    assert (facts.authority, facts.transmitter) == ("省水利厅", "临江省人民政府办公厅")


def test_the_transmitter_of_an_outline() -> None:
    facts = read("市委七届二次全会精神传达提纲\n\n(12月22日市六届人大常委会第四十次会议上)\n\n一、全会概况\n市委七届二次全会于2026年12月18日举行。\n二、主要精神\n要抓落实。\n").facts
    assert facts.transmitter == "市六届人大常委会"
    assert facts.authority is not None and facts.authority.endswith("市委")
    assert next((d.kind, d.date) for d in facts.dates) == ("meeting", "2026-12-18")


def test_publisher() -> None:
    assert read("渡口新貌\n\n2026-07-16 07:42  来源：青湾日报\n\n7月15日，东渡开渡。\n").facts.publisher == "青湾日报"


Row = tuple[str, str, str, str]

DATES = [
    pytest.param("关于加强渡口管理的通知" + BODY + "\n县政府办公室\n2026年5月8日\n", [("issued", "2026-05-08", "day", "stated")], id="signed"),
    pytest.param("关于加强渡口管理的通知" + BODY + "\n县政府办公室\n二〇二六年五月八日\n", [("issued", "2026-05-08", "day", "stated")], id="in characters"),
    pytest.param("关于加强渡口管理的通知" + BODY + "\n县政府办公室\n二○二六年十二月三十一日\n", [("issued", "2026-12-31", "day", "stated")], id="in characters, with a circle"),
    pytest.param("关于加强渡口管理的通知\n发布日期：2026-05-08 10:00\n" + BODY, [("posted", "2026-05-08", "day", "stated")], id="posted"),
    pytest.param("关于加强渡口管理的通知\n发布日期\n2026年06月07日 17:35:09\n" + BODY + "\n2026年5月30日\n", [("issued", "2026-05-30", "day", "stated"), ("posted", "2026-06-07", "day", "stated")], id="posted, by a label on its own line"),
    pytest.param("渡口安全工作方案\n\n为做好全县2027年汛期渡口安全工作，制定本方案。\n一、工作任务\n要改造渡口。\n", [("issued", "2027", "year", "inferred")], id="the year that the purpose names"),
    pytest.param("县政府常务会议纪要\n\n2026年6月3日，县长主持召开常务会议。" + BODY, [("meeting", "2026-06-03", "day", "stated")], id="a meeting"),
    pytest.param("渡口新貌\n\n2026-07-16 07:42  来源：青湾日报\n\n7月15日，渡口研讨会召开。\n", [("meeting", "2026-07-15", "day", "inferred"), ("posted", "2026-07-16", "day", "stated")], id="year from the posting"),
    pytest.param("渡口新貌\n\n2027-01-04 07:42  来源：青湾日报\n\n12月30日，渡口研讨会召开。\n", [("meeting", "2026-12-30", "day", "inferred"), ("posted", "2027-01-04", "day", "stated")], id="posted in the new year"),
    pytest.param("县委常委会召开会议\n\n5月8日，县委常委会召开会议。会议指出，今年是“十五五”开局之年。会议要求，抓好落实。\n", [("meeting", "2026-05-08", "day", "inferred")], id="year from a plan's first year"),
    pytest.param("县委全会召开\n\n12月18日，县委全会召开。会议指出，明年是实施“十五五”规划的第二年。会议要求，抓好落实。\n", [("meeting", "2026-12-18", "day", "inferred")], id="year from next year's place in a plan"),
    pytest.param("县委常委会召开会议\n\n5月8日，县委常委会召开会议。会议指出，要抓安全。会议要求，抓好落实。\n", [("meeting", "--05-08", "day", "inferred")], id="no year and nothing to infer it from"),
    pytest.param("政府工作报告\n\n一、2026年工作回顾\n做了工作。\n二、2027年工作安排\n要改造渡口。\n", [("issued", "2027", "year", "inferred")], id="a report's year"),
    pytest.param("渡口任务分工表\n\n序号\t任务\t时限\n1\t修缮码头\t2027年9月\n", [], id="a cell of a table is no date of issue"),
    pytest.param("渡口任务分工表\n\n序号\n任务\n时限\n1\n修缮码头\n2027年9月底\n", [("issued", "2027", "year", "inferred")], id="a time limit on its own line tells the year of issue, not the day"),
    pytest.param("关于加强渡口管理的通知\n云政发〔2027〕5号" + BODY, [("issued", "2027", "year", "inferred")], id="the year of its own number"),
    pytest.param("关于加强渡口管理的通知" + BODY + "依据《规划》（国发〔2019〕4号，以下简称《规划》）检查。\n", [], id="the number of another document"),
    pytest.param("关于加强渡口管理的通知" + BODY + "2025年3月至5月检查，2026年9月底前整改。\n", [], id="months of two years"),
    pytest.param("关于加强渡口管理的意见" + BODY, [], id="no date"),
    pytest.param("关于加强渡口管理的通知" + BODY + "\n县政府办公室\n2026年13月45日\n", [], id="digits that make no date"),
    pytest.param("渡口新貌\n\n2027-00-16 07:42  来源：青湾日报\n\n1月15日，渡口研讨会召开。\n", [("meeting", "--01-15", "day", "inferred")], id="a posting that is no date dates nothing"),
    pytest.param("渡口新貌\n\n13月45日，渡口研讨会召开。\n县水利局局长白某说，好。\n", [], id="a day that is none"),
    pytest.param("渡口新貌\n\n2027-03-16 07:42  来源：青湾日报\n\n2月29日，渡口研讨会召开。\n", [("meeting", "--02-29", "day", "inferred"), ("posted", "2027-03-16", "day", "stated")], id="29 February of a year without one"),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: list[Row]) -> None:
    assert [(d.kind, d.date, d.precision, d.how) for d in read(text).facts.dates] == expected


def test_stated_dates_show_where_they_stand() -> None:
    made = read("关于加强渡口管理的通知" + BODY + "\n县政府办公室\n2026年5月8日\n")
    evidence = made.facts.dates[0].evidence
    assert evidence is not None and evidence.of(made.source.text) == "2026年5月8日"


def test_an_inferred_year_shows_its_evidence_and_is_a_doubt() -> None:
    made = read("县委全会召开\n\n12月18日，县委全会召开。会议指出，明年是实施“十五五”规划的第二年。会议要求，抓好落实。\n")
    (dated,) = made.facts.dates
    assert dated.evidence is not None and "十五五" in dated.evidence.of(made.source.text)
    assert dated.reason
    assert [doubt.code for doubt in made.doubts] == ["date.inferred"]


def test_a_date_without_a_year_is_never_guessed() -> None:
    made = read("县委常委会召开会议\n\n5月8日，县委常委会召开会议。会议指出，要抓安全。会议要求，抓好落实。\n")
    assert [doubt.code for doubt in made.doubts] == ["date.no_year"]


TITLES = [
    pytest.param("关于加强渡口管理的通知" + BODY, "关于加强渡口管理的通知", id="one line"),
    pytest.param("临江省人民政府文件\n\n临政发〔2026〕7号\n\n关于加强渡口管理的通知" + BODY, "关于加强渡口管理的通知", id="under a red head"),
    pytest.param("临江省人民政府关于渡口改造\n 几 个 问 题 的 通 知\n临政发〔2026〕8号\n\n各市人民政府：\n要加快改造。\n", "临江省人民政府关于渡口改造几个问题的通知", id="spread over its width"),
    pytest.param("市长\u00a0 白\u00a0 江\n\n各位代表：\n现在，我代表市人民政府，向大会报告工作。\n一、过去一年\n做了不少工作。\n", None, id="a name is no title"),
    pytest.param("渡口新貌\n——东渡改造侧记\n\n7月15日，东渡开渡。\n", "渡口新貌", id="a newspaper's title"),
    pytest.param("要增设航标，要清理航障，要抓好渡口安全工作，确保群众平安过渡。\n", None, id="none"),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles(text: str, expected: str | None) -> None:
    title = read(text).facts.title
    assert title == expected or (expected is not None and title is not None and title.startswith(expected))
