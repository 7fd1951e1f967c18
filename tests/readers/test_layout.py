"""From glyphs to lines and paragraphs: order, gaps, columns, margins, indents, running heads."""

import pytest

from luoshi.readers.glyphs import Glyph, Page, unify
from luoshi.readers.layout import Layout, lay_out
from luoshi.text import SourceText, reading_view

from .typeset import EM, LEFT, STEP, TOP, TYPE_WIDTH, Line, Paragraph, advance, typeset, width

LONG = "为贯彻落实《临江省“十五五”防汛规划》，进一步压实责任，各县（区）要在6月底前完成堤防检查，并将结果报市水利局。"


def glyphs(line: Line) -> list[Glyph]:
    """The characters of a line, one after the other."""
    found = []
    x = line.x
    for char in line.text:
        found.append(Glyph(char, x, line.y, advance(char) * line.size, line.size))
        x += advance(char) * line.size
    return found


def page(lines: list[Line], number: int = 1) -> Page:
    """A page in no order at all, as a file may draw it."""
    return Page(number, 210.0, sorted((g for line in lines for g in glyphs(line)), key=lambda g: (g.text, g.x)))


def lines_of(*texts: tuple[str, float, float]) -> list[Line]:
    """Lines at places given in characters and line steps."""
    return [Line(text, LEFT + x * EM, TOP + y * STEP) for text, x, y in texts]


def view(layout: Layout) -> list[str]:
    """The paragraphs that the reading view sees."""
    source = SourceText(layout.text, "a", origins=layout.origins, furniture=layout.furniture, wrapped=True)
    return [line.strip() for line in reading_view(source).text.split("\n") if line.strip()]


def furniture(layout: Layout) -> list[str]:
    return [span.of(layout.text) for span in layout.furniture]


def with_foot(pages: list[list[Line]], *forms: str, y: float = 270.0) -> list[Page]:
    """Pages with numbers at the foot, by turns in these forms."""
    return [page([*lines, Line(forms[i % len(forms)].format(n=i + 1, total=len(pages)), 100, y)], i + 1) for i, lines in enumerate(pages)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(lines_of(("甲“乙”丙", 0, 0), ("丁", 0, 1)), "甲“乙”丙\n丁", id="order-by-place"),
        pytest.param([Line("甲", 28, 40), Line("①", 28 + EM, 39.0, 3.0), Line("乙", 34 + EM, 40)], "甲①乙", id="raised"),
        pytest.param(lines_of(("word", 0, 0), ("next", 2.4, 0)), "word next", id="words"),
        pytest.param(lines_of(("甲", 0, 0), ("12", 1.2, 0), ("乙", 2.4, 0)), "甲12乙", id="numbers-beside-characters"),
        pytest.param(lines_of(("省长", 0, 0), ("孟某主持会议", 2.3, 0)), "省长 孟某主持会议", id="a-space-between-ideographs"),
        pytest.param(lines_of(("省长", 0, 0), ("，主持会议", 2.3, 0)), "省长，主持会议", id="none-beside-a-mark"),
        pytest.param(lines_of(("国", 0, 0), ("务", 2.5, 0), ("院", 5, 0)), "国务院", id="letters-spread-out"),
        pytest.param(lines_of(("一、总体要求", 0, 0), ("市水利局", 9, 0)), "一、总体要求\u3000市水利局", id="a-gap"),
        pytest.param(
            lines_of(*[(t, x, y) for y in range(3) for t, x in (("甲乙", 0), ("丙丁", 6))]), "甲乙\t丙丁\n" * 2 + "甲乙\t丙丁", id="tabs"
        ),
        pytest.param(lines_of(("甲乙", 0, 0), ("甲乙", 0.03, 0)), "甲乙", id="bold-by-printing-twice"),
        pytest.param(lines_of(("人人", 0, 0)), "人人", id="the-same-twice-is-no-bold"),
        pytest.param(lines_of(("  甲 乙 ", 0, 0)), "甲 乙", id="blanks-at-the-ends"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_lines(lines: list[Line], text: str) -> None:
    assert lay_out([page(lines)]).text == text


@pytest.mark.parametrize(
    ("char", "unified"),
    [("\u2f00", "一"), ("\u2fa0", "辰"), ("⻓", "长"), ("⺠", "民"), ("\uf9f7", "立"), ("㎡", "㎡"), ("１", "１"), ("ﬁ", "ﬁ")],
)
def test_radicals(char: str, unified: str) -> None:
    assert unify(char) == unified


@pytest.mark.parametrize("spread", [1, 2, 3], ids=lambda n: f"{n}-times")
def test_paragraphs_come_back(spread: int) -> None:
    wanted = [
        "关于做好防汛工作的通知",
        "各县（区）人民政府：",
        *[LONG * n for n in range(1, 6)] * spread,
        "一、总体要求",
        "云州市人民政府",
        "2025年3月18日",
    ]
    kinds = ["title", "left", *["body"] * (len(wanted) - 4), "right", "right"]
    layout = lay_out([page(lines, i) for i, lines in enumerate(typeset(map(Paragraph, wanted, kinds)), 1)])
    from luoshi.text.view import fold

    assert view(layout) == [fold(text) for text in wanted]
    assert layout.text.split("\n")[2].startswith("\u3000\u3000为贯彻")
    assert not layout.furniture


def test_a_long_title_in_two_lines() -> None:
    title = "云州市人民政府关于进一步加强主汛期堤防水库安全检查和险工险段整治工作的通知"
    layout = lay_out([page(typeset([Paragraph(title, "title"), *[LONG] * 4])[0])])
    assert view(layout)[0] == title


def test_origins_name_page_and_paragraph() -> None:
    pages = typeset([LONG * 12, LONG])
    layout = lay_out([page(lines, i) for i, lines in enumerate(pages, 1)])
    blocks = [(origin.page, origin.block) for origin in layout.origins]
    assert blocks == [(1, "p:1")] * 22 + [(2, "p:1")] * (len(blocks) - 25) + [(2, "p:2")] * 3
    assert [layout.text[o.start : o.end] for o in layout.origins] == layout.text.split("\n")


def test_without_indents_the_spaces_between_paragraphs_count() -> None:
    lines: list[Line] = []
    y = 0.0
    for n in range(5):
        # The first of them ends where its line does.
        text = (LONG * 2)[: 28 * 3 - 5 * n - 1] + "。"
        cut = [text[i : i + 28] for i in range(0, len(text), 28)]
        lines += lines_of(*((part, 0, y + i) for i, part in enumerate(cut)))
        y += len(cut) + 0.5
    assert len(view(lay_out([page(lines)]))) == 5


def test_pages_with_different_margins() -> None:
    pages = typeset([LONG * 3] * 24)
    shifted = [[Line(line.text, line.x + (10 if i % 2 else 0), line.y, line.size) for line in lines] for i, lines in enumerate(pages)]
    assert len(view(lay_out([page(lines, i) for i, lines in enumerate(shifted, 1)]))) == 24


def test_two_columns() -> None:
    text = LONG * 12
    cut = [text[i : i + 12] for i in range(0, 360, 12)]
    columns = lines_of(*((part, 16.0 * (i // 15), 2 + i % 15) for i, part in enumerate(cut)))
    title = Line("防汛工作简报", LEFT + 11 * EM, TOP)
    layout = lay_out([page([*columns, title])])
    assert layout.text.split("\n") == [title.text, *cut]
    assert len(view(layout)) == 2


def test_a_table_of_two_columns_is_read_row_by_row() -> None:
    rows = [(f"第{n}项任务", f"云州市第{n}局") for n in range(1, 13)]
    lines = lines_of(*((text, 14.0 * i, n) for n, row in enumerate(rows) for i, text in enumerate(row)))
    assert lay_out([page(lines)]).text.split("\n") == ["\t".join(row) for row in rows]


@pytest.mark.parametrize(
    "forms",
    [("— {n} —",), ("-{n}-",), ("{n}",), ("第{n}页 共{total}页",), ("{n}/{total}",), ("公报 第3期 {n}", "{n} 公报 第3期"), ("第 {n} 页",)],
    ids=lambda forms: forms[0],
)
def test_page_numbers(forms: tuple[str, ...]) -> None:
    pages = typeset([LONG * 3] * 40)
    layout = lay_out(with_foot(pages, *forms))
    assert len(furniture(layout)) == len(pages)
    assert len(view(layout)) == 40


def test_a_running_head_that_the_first_page_lacks() -> None:
    pages = typeset([LONG * 3] * 20)
    headed = [page([*([Line("临江省人民政府公报", 80, 25)] if i else []), *lines], i + 1) for i, lines in enumerate(pages)]
    layout = lay_out(headed)
    assert furniture(layout) == ["临江省人民政府公报"] * (len(pages) - 1)


def test_one_page_with_a_number() -> None:
    layout = lay_out(with_foot(typeset([LONG] * 2), "— {n} —"))
    assert furniture(layout) == ["— 1 —"]


def test_numbers_of_the_text_are_none_of_the_page() -> None:
    pages = [lines_of(("2024年", 0, 0), (LONG[:28], 0, 1)), lines_of(("2026年", 0, 0), (LONG[:28], 0, 1)), lines_of(("2021年", 0, 0))]
    layout = lay_out([page(lines, i) for i, lines in enumerate(pages, 1)])
    assert "2024年" not in furniture(layout)


def test_slanted_text_is_set_aside() -> None:
    layout = lay_out([Page(1, 210.0, glyphs(Line("正文", 30, 40)), ("内部资料",))])
    assert layout.text == "正文\n内部资料"
    assert furniture(layout) == ["内部资料"]


def test_widths_are_what_the_typesetter_says() -> None:
    assert width("甲a") == 1.5
    assert all(line.x + width(line.text) * line.size <= LEFT + TYPE_WIDTH + EM for line in typeset([LONG * 4])[0])
