"""Lines of a page: joined where the page broke them, left alone where the author did; page numbers and running heads go."""

import pytest

from luoshi.text import Cell, Origin, SourceText, Span, Table, reading_view
from luoshi.text.view import fold

BODY = "推进渡口改造完善渡运补贴办法健全渡工培训制度压实乡镇安全责任落实停渡规定更新老旧渡船增设航标护栏清理航道障碍加固两岸护岸"


def view_of(text: str, **extra: object) -> str:
    return reading_view(SourceText.from_text(text) if not extra else SourceText(text, "x", **extra)).text  # type: ignore[arg-type]  # fields of SourceText


def page(text: str, width: int) -> str:
    """``text`` broken every ``width`` characters."""
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


PARAGRAPHS = ["　　一、总体要求。" + BODY * 2 + "。", "　　二、重点任务。" + BODY * 3 + "。", "　　三、保障措施。" + BODY * 2 + "。"]


@pytest.mark.parametrize("width", [pytest.param(w, id=f"{w} characters wide") for w in (22, 28, 32, 40)])
def test_wrapped_text_with_indents_becomes_its_paragraphs(width: int) -> None:
    text = "\n".join(page(paragraph, width) for paragraph in PARAGRAPHS)
    assert [line.strip() for line in view_of(text).split("\n")] == [paragraph.strip() for paragraph in PARAGRAPHS]


@pytest.mark.parametrize("width", [pytest.param(w, id=f"{w} characters wide") for w in (22, 28, 40)])
def test_wrapped_text_without_indents_keeps_its_headings_apart(width: int) -> None:
    paragraphs = [paragraph.strip() for paragraph in PARAGRAPHS]
    text = "\n".join(page(paragraph, width) for paragraph in paragraphs)
    lines = view_of(text).split("\n")
    assert [line[:6] for line in lines] == ["一、总体要求", "二、重点任务", "三、保障措施"]


UNBROKEN = [
    pytest.param("要加快建设。\n要完善机制。\n要压实责任。\n", id="paragraphs"),
    pytest.param("一、总体要求\n二、重点任务\n三、保障措施\n四、附则\n五、其他\n六、说明\n七、备注\n", id="headings"),
    pytest.param("修缮码头\n更新渡船\n培训渡工\n清理航障\n增设航标\n加固护岸\n公布时刻\n完善票价\n", id="a list of short lines"),
    pytest.param("县水利局\n县财政局\n县审计局\n县司法局\n县公安局\n县民政局\n县教育局\n", id="a column of units"),
    pytest.param("序号\t任务\t单位\n1\t修缮码头\t县水利局\n2\t更新渡船\t县交通局\n3\t培训渡工\t县人社局\n4\t清航\t县农业局\n5\t设标\t县航道局\n6\t护岸\t县水利局\n", id="rows of a table"),
    pytest.param("青湾县人民政府\n2026年5月8日\n", id="signature and date"),
]


@pytest.mark.parametrize("text", UNBROKEN)
def test_lines_of_the_author_stay(text: str) -> None:
    assert reading_view(SourceText.from_text(text)).text.count("\n") == text.count("\n")


PAGE_NUMBERS = [
    pytest.param("— {n} —", id="— 1 —"),
    pytest.param("- {n} -", id="- 1 -"),
    pytest.param("—{n}—", id="—1—"),
    pytest.param("第{n}页", id="第1页"),
    pytest.param("第 {n} 页 共 3 页", id="第 1 页 共 3 页"),
    pytest.param("{n}/3", id="1/3"),
    pytest.param("　　　{n}", id="a bare number"),
]


@pytest.mark.parametrize("mark", PAGE_NUMBERS)
def test_page_numbers_go(mark: str) -> None:
    lines = page("　　" + BODY * 9 + "。", 28).split("\n")
    pages = [lines[:6], lines[6:12], lines[12:]]
    text = "\n".join("\n".join([*content, mark.format(n=n)]) for n, content in enumerate(pages, 1))
    assert view_of(text).strip() == BODY * 9 + "。"


def test_running_heads_go_with_the_page_numbers() -> None:
    lines = page("　　" + BODY * 9 + "。", 28).split("\n")
    pages = [lines[:6], lines[6:12], lines[12:]]
    text = "\n".join("\n".join(["青湾县人民政府文件", *content, f"— {n} —"]) for n, content in enumerate(pages, 1))
    view = view_of(text)
    assert "文件" not in view.replace(view.split("\n")[0], "", 1)
    assert BODY * 2 in view


def test_a_dash_number_in_a_table_of_figures_stays() -> None:
    text = "项目\t数量\n渡口\t3\n码头\t5\n"
    assert "3" in view_of(text) and "5" in view_of(text)


def test_one_page_mark_alone_is_text() -> None:
    text = "要加快建设。\n— 1 —\n要完善机制。\n"
    assert "— 1 —" in view_of(text)


def test_invisible_characters_go() -> None:
    assert view_of("要加\u200b快建\ufeff设。\u2060") == "要加快建设。"


def test_a_line_of_invisible_characters_is_no_paragraph() -> None:
    text = "要加快建设。\n\u200b\u200b\n要完善机制。"
    assert [line for line in view_of(text).split("\n") if line] == ["要加快建设。", "要完善机制。"]


LONG = "推进渡口改造，完善渡运补贴办法，健全渡工培训制度，压实安全责任，落实停渡规定"

BROKEN_OFF = [
    pytest.param(LONG + "，\n更新老旧渡船。", LONG + "，更新老旧渡船。", id="after a comma"),
    pytest.param(LONG + "\n，更新老旧渡船。", LONG + "，更新老旧渡船。", id="before a comma"),
    pytest.param("一是\n更新老旧渡船。", "一是更新老旧渡船。", id="after 一是 alone"),
    pytest.param(LONG + "。\n更新老旧渡船。", LONG + "。\n更新老旧渡船。", id="a full stop ends it"),
    pytest.param("修缮码头\n更新渡船", "修缮码头\n更新渡船", id="short lines are a list"),
    pytest.param(LONG + "，\n一、更新老旧渡船。", LONG + "，\n一、更新老旧渡船。", id="a number begins a paragraph"),
    pytest.param("同志们：\n要抓紧办。", "同志们：\n要抓紧办。", id="a colon ends it"),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN_OFF)
def test_sentences_that_a_line_broke_off(text: str, expected: str) -> None:
    assert view_of(text) == fold(expected)


INLINE = [
    pytest.param("要加快第1页共9页建设，要完善第2页共9页机制。", "要加快建设,要完善机制。", id="第1页共9页"),
    pytest.param("要加快—1—建设，要完善—2—机制。", "要加快建设,要完善机制。", id="—1—"),
]


SET_LOW = [
    pytest.param("以PM\n2.5\n浓度下降为主线。", "以PM2.5浓度下降为主线。", id="PM2.5"),
    pytest.param("细颗粒物（PM\n2.5\n）和（PM\n10\n）下降。", "细颗粒物（PM2.5）和（PM10）下降。", id="in a bracket, and again"),
    pytest.param("广义货币M\n2\n增长12%左右。", "广义货币M2增长12%左右。", id="M2"),
    pytest.param("控制CO\n2\n一、大气\n", "控制CO2\n一、大气\n", id="a heading behind"),
    pytest.param("库容30万m\n3\n，坝高20m。", "库容30万m3，坝高20m。", id="m3"),
    pytest.param("培训用房A座\n2\n楼梯改造", "培训用房A座\n2\n楼梯改造", id="no symbol"),
    pytest.param("引进NGO\n2\n家", "引进NGO\n2\n家", id="a longer word"),
]


@pytest.mark.parametrize(("text", "expected"), SET_LOW)
def test_a_figure_set_low_belongs_to_its_symbol(text: str, expected: str) -> None:
    assert view_of(text) == fold(expected)


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_page_marks_inside_a_line(text: str, expected: str) -> None:
    assert view_of(text) == expected


def test_what_a_reader_saw_is_believed() -> None:
    """Where a reader gives the layout away, blocks decide: lines of one block are one paragraph, marked furniture goes."""
    text = "要加快\n建设。\n第 1 页\n要完善机制。"
    origins = (Origin(0, 3, 1, "p:1"), Origin(4, 7, 1, "p:1"), Origin(8, 13, 1, "p:2"), Origin(14, 20, 2, "p:3"))
    assert view_of(text, origins=origins, furniture=(Span(8, 13),), wrapped=True) == "要加快建设。\n要完善机制。"


def test_cells_of_a_table_are_not_joined() -> None:
    text = "推进渡口改造，完善渡运补贴办法\t县交通局\n健全渡工培训制度，压实安全责任\t县人社局"
    cells = (Cell(0, 15, 0, 0), Cell(16, 20, 0, 1), Cell(21, 36, 1, 0), Cell(37, 41, 1, 1))
    assert view_of(text, tables=(Table(0, len(text), cells),)).count("\n") == 1
