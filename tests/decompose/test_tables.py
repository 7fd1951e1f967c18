"""Tables: which column is what, which line is a row, what becomes an item."""

import pytest

from luoshi.decompose.paragraphs import paragraphs
from luoshi.decompose.tables import column_of, tables
from tests.decompose.reading import read, view_of

COLUMNS = [
    pytest.param("序号", "number", id="序号"),
    pytest.param("工作任务", "task", id="工作任务"),
    pytest.param("重点事项", "task", id="事项"),
    pytest.param("年度目标", "target", id="年度目标"),
    pytest.param("牵头单位", "lead", id="牵头单位"),
    pytest.param("总牵头单位", "lead", id="总牵头单位"),
    pytest.param("主办部门", "lead", id="主办部门"),
    pytest.param("配合单位", "support", id="配合单位"),
    pytest.param("责任单位", "responsible", id="责任单位"),
    pytest.param("责任领导", "leader", id="责任领导"),
    pytest.param("牵头领导", "leader", id="牵头领导"),
    pytest.param("责任人", "leader", id="责任人"),
    pytest.param("完成时限", "deadline", id="完成时限"),
    pytest.param("完成时间", "deadline", id="完成时间"),
    pytest.param("分值", "score", id="分值"),
    pytest.param("权重（%）", "score", id="权重"),
    pytest.param("评分标准", "criteria", id="评分标准"),
    pytest.param("考核单位", "assessor", id="考核单位"),
    pytest.param("数据来源", "assessor", id="数据来源"),
    pytest.param("备注", "remark", id="备注"),
    pytest.param("渡口", None, id="a thing"),
    pytest.param("加固东渡护岸三百米并更换趸船两艘", None, id="a task is no header"),
    pytest.param("", None, id="nothing"),
]


@pytest.mark.parametrize(("name", "expected"), COLUMNS)
def test_columns(name: str, expected: str | None) -> None:
    assert column_of(view_of(name)) == expected


def rows_of(text: str) -> list[dict[str, str]]:
    """Every row below its header, by column."""
    view = view_of(text)
    return [
        {column: view[a:b] for column, a, b in row.cells}
        for grid in tables(view, paragraphs(view))
        for row in grid.rows
        if not row.header
    ]


TASKS = [{"number": "1", "task": "修缮码头", "lead": "县水利局", "deadline": "6月底"}, {"number": "2", "task": "清理航障", "lead": "县农业局", "deadline": "9月底"}]

LAYOUTS = [
    pytest.param("序号\t任务\t牵头单位\t时限\n1\t修缮码头\t县水利局\t6月底\n2\t清理航障\t县农业局\t9月底\n", id="tabs"),
    pytest.param("| 序号 | 任务 | 牵头单位 | 时限 |\n|---|---|---|---|\n| 1 | 修缮码头 | 县水利局 | 6月底 |\n| 2 | 清理航障 | 县农业局 | 9月底 |\n", id="bars"),
    pytest.param("序号\n任务\n牵头单位\n时限\n1\n修缮码头\n县水利局\n6月底\n2\n清理航障\n县农业局\n9月底\n", id="one cell a line"),
    pytest.param("\n以下为任务表。\n\n序号\t任务\t牵头单位\t时限\n1\t修缮码头\t县水利局\t6月底\n2\t清理航障\t县农业局\t9月底\n\n以上由县水利局解释。\n", id="between paragraphs"),
]


@pytest.mark.parametrize("text", LAYOUTS)
def test_layouts(text: str) -> None:
    assert rows_of(text) == TASKS


def test_a_row_that_lost_its_first_cells_to_a_merge() -> None:
    rows = rows_of("序号\t任务\t牵头单位\t时限\n1\t修缮码头\t县水利局\t6月底\n县财政局\t9月底\n")
    assert rows[1] == {"lead": "县财政局", "deadline": "9月底"}


def test_an_empty_cell_is_no_cell() -> None:
    rows = rows_of("序号\t任务\t牵头单位\t时限\n1\t修缮码头\t\t6月底\n")
    assert rows == [{"number": "1", "task": "修缮码头", "deadline": "6月底"}]


def test_no_table_in_running_text() -> None:
    assert rows_of("要修缮码头。\n要清理航障。\n") == []
    assert rows_of("甲\t乙\n丙\t丁\n") == []


HEAD = "青湾县渡口改造任务分工表\n\n"


def test_one_row_is_one_item() -> None:
    made = read(HEAD + "序号\t任务\t牵头单位\t配合单位\t时限\n1\t修缮码头。加固护岸300米\t县水利局\t县财政局\t2027年6月底前\n2\t清理航障\t县农业局\t\t2027年9月底前\n")
    assert [item.quote for item in made.items] == ["修缮码头。", "清理航障"]
    first, second = made.items
    assert [(u.name, u.role) for u in first.units] == [("县水利局", "lead"), ("县财政局", "support")]
    assert [d.text for d in first.deadlines] == ["2027年6月底前"]
    assert [t.text for t in first.targets] == ["300米"]
    assert [(u.name, u.role) for u in second.units] == [("县农业局", "lead")]
    assert all(one.form == "table" for one in made.responsibilities)


def test_every_cell_of_a_row_belongs_to_its_item() -> None:
    made = read(HEAD + "序号\t任务\t牵头单位\t时限\n1\t修缮码头\t县水利局\t2027年6月底前\n2\t清理航障\t县农业局\t2027年9月底前\n")
    cells = [made.source.text[s.start : s.end] for s in made.sentences if s.item == "i0001"]
    assert cells == ["1", "修缮码头", "县水利局", "2027年6月底前"]


def test_headers_are_headings_and_other_cells_records() -> None:
    made = read(HEAD + "序号\t任务\t牵头单位\n1\t修缮码头\t县水利局\n")
    assert [s.disposition for s in made.sentences][1:] == ["heading", "heading", "heading", "record", "requirement", "record"]


def test_who_assesses_answers_for_nothing() -> None:
    made = read("青湾县渡口工作考核指标表\n\n序号\t考核内容\t分值\t评分标准\t考核单位\n1\t渡口改造\t20\t9月底前改造6处得20分，每少1处扣4分\t县审计局\n")
    assert not made.responsibilities
    assert not any(item.units for item in made.items)


def test_a_leader_is_no_unit() -> None:
    made = read(HEAD + "序号\t任务\t责任领导\t责任单位\n1\t修缮码头\t副县长白某\t县水利局\n")
    assert [unit.name for unit in made.items[0].units] == ["县水利局"]


def test_bars_are_no_text() -> None:
    made = read(HEAD + "| 序号 | 任务 | 牵头单位 |\n| 1 | 修缮码头 | 县水利局 |\n")
    assert [item.quote for item in made.items] == ["修缮码头"]
    assert not any("|" in made.source.text[s.start : s.end] for s in made.sentences)
