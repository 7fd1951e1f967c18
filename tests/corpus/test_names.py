"""What the names of files and folders claim, and which claim goes before which fact."""

import pytest

from luoshi.corpus.names import Claims, claims, place_in
from luoshi.corpus.standing import reviewed_year

CLAIMS = [
    pytest.param("city_gwr_2024/台州.txt", Claims(2024, "台州", "city"), id="a known city in a folder with a year"),
    pytest.param("2026_四川省.txt", Claims(2026, "四川", "province"), id="a year before a province"),
    pytest.param("2026_广西壮族自治区.txt", Claims(2026, "广西", "province"), id="a region named after its people"),
    pytest.param("报告/黔南布依族苗族自治州.docx", Claims(None, "黔南", "city"), id="a prefecture named after two peoples"),
    pytest.param("青湾县政府工作报告.txt", Claims(None, "青湾", "county"), id="a place before what the document is"),
    pytest.param("2025年云川市政府工作报告.txt", Claims(2025, "云川", "city"), id="year, place and document in one word"),
    pytest.param("city/吉林.txt", Claims(None, "吉林", "city"), id="a name of a province and of a city: the folder tells"),
    pytest.param("上海市.txt", Claims(None, "上海", "province"), id="a municipality"),
    pytest.param("省级/2025/某某意见.txt", Claims(2025, None, "province"), id="folders alone"),
    pytest.param("国办发〔2019〕6号_国务院办公厅关于某事的意见.txt", Claims(2019, None, "national"), id="a document number"),
    pytest.param("00_国发〔2018〕44号_关于2019年度奖励的决定.txt", Claims(2018, None, "national"), id="the number goes before the title"),
    pytest.param("关于2018年度国家科学技术奖励的决定.txt", Claims(None, None, None), id="a year in a title is no claim"),
    pytest.param("规划_2024-2026年.txt", Claims(None, None, None), id="nor is a period"),
    pytest.param("会议纪要.txt", Claims(None, None, None), id="nothing"),
    pytest.param("高新区.txt", Claims(None, None, None), id="a zone is no place of its own"),
    pytest.param("各市.txt", Claims(None, None, None), id="all cities are none"),
    pytest.param("2024-03-05_纪要.txt", Claims(2024, None, None), id="a date"),
    pytest.param("国函〔2018〕145号_关于同意乌鲁木齐、昌吉、石河子建设示范区的批复.txt", Claims(2018, None, "national"), id="places in a title are no claim"),
]


@pytest.mark.parametrize(("path", "expected"), CLAIMS)
def test_claims(path: str, expected: Claims) -> None:
    assert claims(path) == expected


PLACES = [
    pytest.param("四川省人民政府", "", "四川", "province", id="a province"),
    pytest.param("中共池州市委", "", "池州", "city", id="a committee"),
    pytest.param("池州市人民政府市人民政府", "", "池州", "city", id="a unit read twice"),
    pytest.param("青湾县人民政府", "青湾县" * 3, "青湾", "county", id="a place that the text names"),
    pytest.param("当好市人民政府", "当好市长。", None, None, id="words that are no place"),
    pytest.param("市人民政府", "", None, None, id="no place"),
]


@pytest.mark.parametrize(("unit", "text", "name", "level"), PLACES)
def test_the_place_of_a_unit(unit: str, text: str, name: str | None, level: str | None) -> None:
    found = place_in(unit, text)
    assert (found.name, found.level) == (name, level) if found else name is None


REVIEWED = [
    pytest.param("各位代表：\n一、2022年工作回顾\n2023年怎样", 2022, id="the usual heading"),
    pytest.param("一、１９９４年国内工作的回顾\n", 1994, id="wide digits"),
    pytest.param("2023年主要工作回顾\n", 2023, id="main work"),
    pytest.param("一、2018—2022年工作回顾\n", None, id="five years are no year"),
    pytest.param("我们对2021年工作回顾得不够。\n", None, id="in a sentence"),
    pytest.param("。" * 5000 + "\n一、2022年工作回顾\n", None, id="far down"),
]


@pytest.mark.parametrize(("text", "year"), REVIEWED)
def test_the_year_that_a_report_looks_back_on(text: str, year: int | None) -> None:
    assert reviewed_year(text) == year
