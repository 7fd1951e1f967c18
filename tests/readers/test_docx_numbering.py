"""Automatic numbering equals what a clerk would have typed."""

import pytest

from luoshi.readers.docx import read_docx
from luoshi.readers.docx.numerals import FORMATS, numeral
from luoshi.text import SourceText

from .build_docx import abstract, deleted, docx, lvl, num, numpr, override, p, r, style, tbl, tc, tr

OFFICIAL = abstract(
    0,
    lvl(0, "chineseCounting", "%1、"),
    lvl(1, "chineseCounting", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "（%4）"),
    lvl(4, "decimalEnclosedCircle", "%5"),
)
ARTICLES = abstract(
    1,
    lvl(0, "chineseCountingThousand", "第%1章"),
    lvl(1, "chineseCountingThousand", "第%2条", extra='<w:lvlRestart w:val="0"/>'),
    lvl(2, "decimal", "%1.%2.%3", extra="<w:isLgl/>"),
)
LISTS = OFFICIAL + ARTICLES + num(1, 0) + num(2, 1) + num(3, 0, override(0, 1)) + num(4, 0)


def lines(*body: str, numbering: str = LISTS, styles: str = "") -> list[str]:
    return read_docx(docx(*body, numbering=numbering, styles=styles), name="a.docx").text.split("\n")


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        pytest.param(form, expected, id=form)
        for form, expected in {
            "decimal": {1: "1", 12: "12"},
            "decimalFullWidth": {12: "１２"},
            "decimalZero": {3: "03", 12: "12"},
            "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○", 105: "一○五"},
            "chineseCountingThousand": {10: "十", 12: "十二", 100: "一百", 101: "一百零一", 110: "一百一十", 1020: "一千零二十"},
            "taiwaneseCounting": {10: "十", 21: "二十一"},
            "taiwaneseCountingThousand": {15: "十五", 105: "一百零五", 2000: "二千", 3003: "三千零三"},
            "taiwaneseDigital": {10: "一○"},
            "ideographDigital": {1: "一", 10: "一〇", 25: "二五"},
            "japaneseCounting": {10: "十", 11: "十一", 100: "百", 101: "百一", 1111: "千百十一", 210: "二百十"},
            "chineseLegalSimplified": {12: "壹拾贰", 105: "壹佰零伍"},
            "ideographEnclosedCircle": {1: "㈠", 10: "㈩", 11: "11"},
            "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
            "decimalEnclosedCircleChinese": {3: "③"},
            "decimalEnclosedParen": {2: "⑵"},
            "decimalEnclosedFullstop": {1: "⒈"},
            "ideographTraditional": {1: "甲", 10: "癸"},
            "ideographZodiac": {12: "亥"},
            "lowerLetter": {1: "a", 26: "z", 27: "aa", 28: "bb"},
            "upperLetter": {3: "C"},
            "lowerRoman": {4: "iv", 1994: "mcmxciv"},
            "upperRoman": {9: "IX"},
            "none": {1: ""},
            "hebrew1": {7: "7"},
        }.items()
    ],
)
def test_numerals(number_format: str, expected: dict[int, str]) -> None:
    assert {value: numeral(value, number_format) for value in expected} == expected


@pytest.mark.parametrize("number_format", FORMATS)
@pytest.mark.parametrize("value", [-1, 0, 99_999, 999_999_999])
def test_no_value_breaks_a_format(number_format: str, value: int) -> None:
    assert len(numeral(value, number_format)) <= 30


def test_the_official_scheme() -> None:
    body = [
        p("总体要求", num=1),
        p("指导思想", num=1, level=1),
        p("基本原则", num=1, level=1),
        p("政府引导。", num=1, level=2),
        p("市场主导。", num=1, level=2),
        p("细则。", num=1, level=3),
        p("细目。", num=1, level=4),
        p("不编号的段落。"),
        p("主要目标", num=1, level=1),
        p("总量目标。", num=1, level=2),
        p("重点任务", num=1),
        p("产业", num=1, level=1),
    ]
    assert lines(*body) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "1.政府引导。",
        "2.市场主导。",
        "（1）细则。",
        "①细目。",
        "不编号的段落。",
        "（三）主要目标",
        "1.总量目标。",
        "二、重点任务",
        "（一）产业",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            [p("总则", num=2), p("甲", num=2, level=1), p("乙", num=2, level=1), p("分则", num=2), p("丙", num=2, level=1)],
            ["第一章总则", "第一条甲", "第二条乙", "第二章分则", "第三条丙"],
            id="articles never restart",
        ),
        pytest.param(
            [p("甲", num=2), p("乙", num=2, level=1), p("丙", num=2, level=2)],
            ["第一章甲", "第一条乙", "1.1.1丙"],
            id="plain digits where isLgl asks for them",
        ),
        pytest.param(
            [p("甲", num=1), p("乙", num=4), p("丙", num=3), p("丁", num=3), p("戊", num=1)],
            ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"],
            id="lists of one scheme go on, startOverride begins anew once",
        ),
        pytest.param([p("乙", num=1, level=1), p("甲", num=1)], ["（一）乙", "二、甲"], id="a skipped level counts as begun"),
        pytest.param([p("甲", num=0), p("乙", num=99), p("丙", num=1)], ["甲", "乙", "一、丙"], id="no list, unknown list"),
        pytest.param(
            [p("甲", num=1), p(deleted("删"), num=1, mark="<w:del/>"), p("乙", num=1)], ["一、甲", "二、乙"], id="deleted ones do not count"
        ),
        pytest.param(
            [p("甲", num=1), p(r("藏", rpr="<w:vanish/>"), num=1, mark="<w:vanish/>"), p("乙", num=1)],
            ["一、甲", "二、乙"],
            id="hidden ones do not count",
        ),
        pytest.param(
            [tbl(tr(tc(p("甲", num=1)), "子"), tr(tc(p("乙", num=1)), "丑"))], ["一、甲\t子", "二、乙\t丑"], id="serial numbers in a table"
        ),
    ],
)
def test_counting(body: list[str], expected: list[str]) -> None:
    assert lines(*body) == expected


@pytest.mark.parametrize(
    ("numbering", "level", "expected"),
    [
        pytest.param(abstract(0, lvl(0, "decimal", "%1.", start=3)) + num(1, 0), 0, "3.甲", id="start"),
        pytest.param(abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0, override(0, 5)), 0, "5.甲", id="start override"),
        pytest.param(abstract(0) + num(1, 0, override(0, None, lvl(0, "upperRoman", "%1-"))), 0, "I-甲", id="level override"),
        pytest.param(abstract(0, lvl(0, "bullet", "\uf06c", font="Wingdings")) + num(1, 0), 0, "●甲", id="bullet of a symbol font"),
        pytest.param(abstract(0, lvl(0, "bullet", "\ue123", font="某字体")) + num(1, 0), 0, "•甲", id="bullet that nobody knows"),
        pytest.param(abstract(0, lvl(0, "bullet", "—")) + num(1, 0), 0, "—甲", id="dash"),
        pytest.param(abstract(0, lvl(0, "none", "附件：")) + num(1, 0), 0, "附件：甲", id="text without a number"),
        pytest.param(abstract(0, lvl(0, "decimal", "")) + num(1, 0), 0, "甲", id="number without a text"),
        pytest.param(abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%1.%2")) + num(1, 0), 1, "1.1甲", id="two levels"),
        pytest.param(abstract(0, lvl(0, "decimal", "%1.%2")) + num(1, 0), 0, "1.甲", id="a level below is nothing"),
        pytest.param(abstract(0, link="链") + abstract(1, lvl(0, "decimal", "%1)")) + num(1, 0) + num(2, 1), 0, "1)甲", id="linked style"),
        pytest.param(abstract(0, link="环") + num(1, 0), 0, "甲", id="link that bites its tail"),
        pytest.param(abstract(0) + num(1, 0), 8, "甲", id="no levels"),
        pytest.param("", 0, "甲", id="no numbering part"),
    ],
)
def test_definitions(numbering: str, level: int, expected: str) -> None:
    styles = style("链", kind="numbering", ppr=numpr(2)) + style("环", kind="numbering", ppr=numpr(1))
    assert lines(p("甲", num=1, level=level), numbering=numbering, styles=styles) == [expected]


def test_custom_format_with_leading_zeros() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl>'
    )
    assert lines(p("甲", num=1), numbering=abstract(0, level) + num(1, 0)) == ["001号甲"]


def test_numbers_that_come_from_styles() -> None:
    numbering = (
        abstract(
            0,
            lvl(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="t1"/>'),
            lvl(1, "decimal", "%2.", extra='<w:pStyle w:val="t2"/>'),
        )
        + abstract(1, lvl(0, "upperLetter", "%1."))
        + num(1, 0)
        + num(2, 1)
    )
    styles = (
        style("t1", name="heading 1", ppr=numpr(1))
        + style("t2", name="heading 2", based_on="t1", ppr=numpr(1))
        + style("t3", based_on="t1")
        + style("t4", based_on="t1", ppr=numpr(0))
    )
    body = [
        p("甲", style="t1"),
        p("乙", style="t2"),
        p("丙", style="t2"),
        p("丁", style="t3"),
        p("戊", style="t4"),
        p("己", style="t1", num=0),
        p("庚", style="t1", num=2),
    ]
    assert lines(*body, numbering=numbering, styles=styles) == ["一、甲", "1.乙", "2.丙", "二、丁", "戊", "己", "A.庚"]


def test_generated_marks_exactly_the_numbers() -> None:
    source: SourceText = read_docx(docx(p("甲", num=1), p("2025年底前完成。", num=5), numbering=_bare()), name="a.docx")
    assert source.text == "一、甲\n1 2025年底前完成。"
    assert [span.of(source.text) for span in source.generated] == ["一、", "1 "]
    assert [source.text[o.start : o.end] for o in source.origins] == source.text.split("\n")


def _bare() -> str:
    """A number without anything after it would run into a year: 12025年."""
    return OFFICIAL + abstract(2, lvl(0, "decimal", "%1")) + num(1, 0) + num(5, 2)
