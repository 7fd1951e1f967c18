"""Headings of any depth: what is one, where it stands, what stands under it."""

import pytest

from luoshi.decompose.outline import is_title
from tests.decompose.reading import dispositions, read, tree

TITLE = "临江省渡口改造工作方案\n\n为改造渡口，制定本方案。\n\n"

OUTLINES = [
    pytest.param(
        "一、总体要求\n（一）指导思想\n坚持安全第一。\n（二）工作目标\n完成改造。\n二、重点任务\n（一）修缮码头\n1.加固护岸\n要加固护岸。\n2.更换趸船\n要更换趸船。\n",
        ["一、|总体要求", "  （一）|指导思想", "  （二）|工作目标", "二、|重点任务", "  （一）|修缮码头", "    1.|加固护岸", "    2.|更换趸船"],
        id="一（一）1.",
    ),
    pytest.param(
        "一、重点任务\n第一，要修缮码头，加固护岸。\n第二，要更换趸船，增设护栏。\n二、保障措施\n要落实资金。\n",
        ["一、|重点任务", "  第一，|要修缮码头", "  第二，|要更换趸船", "二、|保障措施"],
        id="第一，under 一、",
    ),
    pytest.param(
        "（一）修缮码头\n1.加固护岸\n（1）清理淤泥\n要清理淤泥。\n（2）砌筑石墙\n要砌筑石墙。\n（二）更换趸船\n要更换趸船。\n",
        ["（一）|修缮码头", "  1.|加固护岸", "    （1）|清理淤泥", "    （2）|砌筑石墙", "（二）|更换趸船"],
        id="（一）1.（1） without 一、",
    ),
    pytest.param(
        "一、重点任务\n1.修缮码头\n（一）加固护岸\n要加固护岸。\n（二）清理淤泥\n要清理淤泥。\n2.更换趸船\n要更换趸船。\n",
        ["一、|重点任务", "  1.|修缮码头", "    （一）|加固护岸", "    （二）|清理淤泥", "  2.|更换趸船"],
        id="an author's own order of styles",
    ),
    pytest.param(
        "第一章 总则\n第一条 为保护渡口，制定本办法。\n第二条 本办法适用于全省渡口。\n第二章 管理\n第三条 渡口应当设置标志。\n",
        ["第一章|总则", "  第一条|", "  第二条|", "第二章|管理", "  第三条|"],
        id="chapters and articles",
    ),
    pytest.param(
        "第一部分 渡口现状\n渡口陈旧。\n一、码头\n码头老化。\n第二部分 主要任务\n一、修缮码头\n要修缮码头。\n",
        ["第一部分|渡口现状", "  一、|码头", "第二部分|主要任务", "  一、|修缮码头"],
        id="parts",
    ),
    pytest.param(
        "一、修缮码头。加固护岸，清理淤泥。\n二、更换趸船。增设护栏，配备救生设备。\n",
        ["一、|修缮码头", "二、|更换趸船"],
        id="run-in headings",
    ),
    pytest.param(
        "一、修缮码头\n要修缮码头。\n二、更换趸船\n要更换趸船。\n附件1\n渡口改造项目清单\n一、东渡\n要先改东渡。\n",
        ["一、|修缮码头", "二、|更换趸船", "附件1", "  渡口改造项目清单", "    一、|东渡"],
        id="an attachment begins anew",
    ),
    pytest.param(
        "2026年工作回顾\n一、修缮码头\n全年修缮码头9座。\n二、更换趸船\n全年更换趸船4艘。\n2027年工作安排\n一、增设航标\n要增设航标。\n二、疏浚航道\n要疏浚航道。\n",
        ["2026年工作回顾", "  一、|修缮码头", "  二、|更换趸船", "2027年工作安排", "  一、|增设航标", "  二、|疏浚航道"],
        id="numbers begin again under headings without one",
    ),
    pytest.param(
        "①加固护岸\n要加固护岸。\n②清理淤泥\n要清理淤泥。\n",
        ["①|加固护岸", "②|清理淤泥"],
        id="numbers in circles",
    ),
    pytest.param(
        "一、码头\n1.1 加固护岸\n要加固护岸。\n1.2 清理淤泥\n要清理淤泥。\n二、趸船\n2.1 更换趸船\n要更换趸船。\n",
        ["一、|码头", "  1.1|加固护岸", "  1.2|清理淤泥", "二、|趸船", "  2.1|更换趸船"],
        id="dotted numbers",
    ),
]


@pytest.mark.parametrize(("text", "expected"), OUTLINES)
def test_outline(text: str, expected: list[str]) -> None:
    assert tree(read(TITLE + text)) == expected


HEADINGS = [
    pytest.param("一、总体要求", "heading", id="a line of its own"),
    pytest.param("（一）健全机制", "heading", id="begins with a verb and is short"),
    pytest.param("一要加强领导，落实责任。", "requirement", id="一要 is a demand"),
    pytest.param("（三）各地要加强领导，落实责任。", "requirement", id="a numbered sentence with 要"),
    pytest.param("1.5亿元资金要拨付到位。", "requirement", id="a number of the text"),
    pytest.param("（二）严禁乱收费。", "requirement", id="a prohibition"),
    pytest.param("3.到2027年，改造渡口60座以上，覆盖率达到90%。", "requirement", id="a goal with a number"),
]


@pytest.mark.parametrize(("line", "expected"), HEADINGS)
def test_what_is_a_heading(line: str, expected: str) -> None:
    made = read(f"{TITLE}{line}\n各地要按照职责分工抓好各项工作的落实，确保取得实效。\n")
    (found,) = [kind for kind, quote in dispositions(made) if quote == line]
    assert found == expected


def test_run_in_heading_is_a_sentence_of_its_own() -> None:
    made = read(TITLE + "一、修缮码头。加固护岸，清理淤泥。\n二、更换趸船。增设护栏，配备救生设备。\n")
    assert [quote for kind, quote in dispositions(made) if kind == "heading"][1:] == ["一、修缮码头。", "二、更换趸船。"]


def test_numbered_list_items_are_no_headings() -> None:
    made = read(TITLE + "一、重点任务\n1.加固护岸，清理淤泥，6月底前完工。\n2.更换趸船，增设护栏，9月底前完工。\n")
    assert [kind for kind, quote in dispositions(made) if quote[0] in "12"] == ["requirement", "requirement"]


def test_plain_headings_of_a_speech() -> None:
    made = read("在全省渡口工作会议上的讲话\n\n同志们：\n\n认清形势\n渡口安全关系千家万户，面临不少困难。\n\n抓好落实\n各地要加强领导，落实责任，确保渡口安全。\n")
    assert tree(made)[-2:] == ["认清形势", "抓好落实"]


def test_every_sentence_stands_in_its_section() -> None:
    made = read(TITLE + "一、修缮码头\n要修缮码头。\n（一）加固护岸\n要加固护岸。\n二、更换趸船\n要更换趸船。\n")
    titles = {section.id: section.title for section in made.sections}
    placed = {made.source.text[s.start : s.end]: titles.get(s.section or "") for s in made.sentences}
    assert placed["要修缮码头。"] == "修缮码头"
    assert placed["要加固护岸。"] == "加固护岸"
    assert placed["要更换趸船。"] == "更换趸船"


def test_paths_of_items_are_the_headings_as_written() -> None:
    made = read(TITLE + "二、重点任务\n（一）修缮码头\n1.加固护岸\n要在汛期前加固护岸。\n")
    assert made.items[-1].path == ("二、重点任务", "（一）修缮码头", "1.加固护岸")


def test_closing_words_of_a_plenary_stand_under_no_heading() -> None:
    made = read(TITLE + "一、修缮码头\n要修缮码头。\n全会号召，全省上下团结一心，把渡口建设好。\n")
    assert made.sentences[-1].section is None


TITLES = [
    pytest.param("关于加强渡口管理的通知", True, id="notice"),
    pytest.param("渡口改造实施方案(试行)", True, id="plan on trial"),
    pytest.param("渡口管理办法(2026年修订)", True, id="measures as revised"),
    pytest.param("加强渡口管理", False, id="no kind of document"),
    pytest.param("要印发通知,", False, id="goes on"),
]


@pytest.mark.parametrize(("line", "expected"), TITLES)
def test_is_title(line: str, expected: bool) -> None:
    assert is_title(line) is expected
