"""Indicator tables: a bare number is a target by its column, its measure stands in another cell."""

import pytest

from luoshi.decompose import decompose
from luoshi.text import SourceText

HEAD = "青湾县2027年重点指标任务表\n\n"


def targets(table: str) -> list[tuple[str, str, float, str]]:
    made = decompose(SourceText.from_text(HEAD + table))
    return [(t.indicator, t.comparator, t.value, t.unit) for item in made.items for t in item.targets]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("1\t森林覆盖率\t%\t62.1\t≥63.5\t县林业局", ("森林覆盖率", "≥", 63.5, "%"), id="sign"),
        pytest.param("1\t新增城镇就业\t万人\t1.1\t1.2\t县人社局", ("新增城镇就业", "=", 12000.0, "人"), id="multiplied out"),
        pytest.param("1\t单位GDP能耗降低（%）\t\t\t3.5\t县发展改革局", ("单位GDP能耗降低", "=", 3.5, "%"), id="measure in the name"),
        pytest.param("1\t城镇调查失业率\t%\t5.3\t5.5左右\t县统计局", ("城镇调查失业率", "≈", 5.5, "%"), id="about"),
        pytest.param("1\t粮食总产量\t万吨\t1,020\t1,050以上\t县农业农村局", ("粮食总产量", "≥", 10500000.0, "吨"), id="thousands"),
    ],
)
def test_number_and_measure_in_different_cells(row: str, expected: tuple[str, str, float, str]) -> None:
    header = "序号\t指标名称\t单位\t2025年实际\t2027年目标\t责任单位\n"
    other = "\n2\t渡口改造\t处\t10\t16\t县水利局\n"
    assert expected in targets(header + row + other)


def test_growth_in_a_cell_is_that_of_its_row() -> None:
    assert targets("序号\t任务名称\t指标要求\t牵头部门\n1\t服务业增加值\t增长6%（市下达指标）\t县发展改革局\n2\t工业投资\t增长8%以上\t县经信局\n") == [
        ("服务业增加值", "+", 6.0, "%"), ("工业投资", "+", 8.0, "%"),
    ]  # fmt: skip


def test_a_column_of_offices_is_no_measure() -> None:
    made = decompose(SourceText.from_text(HEAD + "序号\t工作任务\t目标\t单位\n1\t改造渡口\t16处\t县水利局\n2\t更新渡船\t40艘\t县交通局\n"))
    assert [unit.name for item in made.items for unit in item.units] == ["县水利局", "县交通局"]
