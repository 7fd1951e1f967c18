"""What a section is about decides what the same words mean in it."""

import pytest

from luoshi.decompose.regimes import regimes, root_regime
from tests.decompose.reading import disposition_of, head_of, read, structure_of

SENTENCE = "推进渡口改造，完善渡运补贴办法。"

SECTIONS = [
    pytest.param("政府工作报告", "一、2026年工作回顾", "context", id="review of a report"),
    pytest.param("政府工作报告", "一、2027年工作安排", "requirement", id="plan of a report"),
    pytest.param("政府工作报告", "一、2027年重点任务", "requirement", id="tasks of a report"),
    pytest.param("政府工作报告", "一、过去五年工作", "context", id="the past five years"),
    pytest.param("渡口改造实施方案", "一、重点任务", "requirement", id="tasks of a plan"),
    pytest.param("渡口改造实施方案", "一、保障措施", "requirement", id="safeguards of a plan"),
    pytest.param("关于对渡口改造成效明显地方给予表扬的通报", "一、典型经验做法", "context", id="a list of praise"),
    pytest.param("关于对渡口改造成效明显地方给予表扬的通报", "一、工作要求", "requirement", id="what follows the praise"),
    pytest.param("渡口管理办法", "第一章 监督管理", "requirement", id="rules"),
    pytest.param("市委全会精神传达提纲", "一、贯彻落实要求", "requirement", id="demands of an outline"),
]


@pytest.mark.parametrize(("title", "heading", "expected"), SECTIONS)
def test_the_same_sentence_under_another_heading(title: str, heading: str, expected: str) -> None:
    made = read(f"{title}\n\n{heading}\n{SENTENCE}\n二、结语\n渡口虽小，关系民生。\n")
    assert disposition_of(made, SENTENCE) == expected


def test_a_subsection_inherits() -> None:
    made = read(f"政府工作报告\n\n一、2026年工作回顾\n（一）改善出行条件。{SENTENCE}\n二、2027年工作安排\n（一）改善出行环境。{SENTENCE}\n")
    kinds = [s.disposition for s in made.sentences if made.source.text[s.start : s.end] == SENTENCE]
    assert kinds == ["context", "requirement"]


def test_a_numbered_review_of_the_year_before_the_planned_one() -> None:
    made = read(f"政府工作报告\n\n一、2026年工作情况\n{SENTENCE}\n二、2027年主要任务\n要增设航标。\n")
    assert disposition_of(made, SENTENCE) == "context"


REGIMES = [
    pytest.param("政府工作报告", "2026年工作回顾", "review", id="review"),
    pytest.param("政府工作报告", "2027年工作总体要求和主要目标", "plan", id="plan"),
    pytest.param("渡口改造实施方案", "面临的形势", "analysis", id="analysis"),
    pytest.param("渡口改造实施方案", "发展基础", "analysis", id="basis"),
    pytest.param("渡口改造实施方案", "总结推广经验", "plan", id="总结 as a task"),
    pytest.param("渡口改造实施方案", "主要任务", "plan", id="tasks"),
]


@pytest.mark.parametrize(("title", "heading", "expected"), REGIMES)
def test_regimes(title: str, heading: str, expected: str) -> None:
    kind = head_of(f"{title}\n\n一、{heading}\n要抓紧。\n")[1].kind
    view, structure = structure_of(f"一、{heading}\n要抓紧。\n二、附则\n本方案自印发之日起施行。\n")
    assert regimes(view, structure, kind)[0] == expected


def test_what_stands_under_no_heading() -> None:
    assert root_regime("directive") == "plan"
    assert root_regime("report") == "mixed"
    assert root_regime("news") == "neutral"


ANALYSIS = [
    pytest.param("渡口改造面临不少困难。", "context", id="a problem"),
    pytest.param("推进渡口改造具有坚实基础。", "context", id="a statement"),
    pytest.param("必须把渡口改造摆上重要位置。", "requirement", id="a demand stays one"),
]


@pytest.mark.parametrize(("sentence", "expected"), ANALYSIS)
def test_in_an_analysis_only_a_demand_is_a_task(sentence: str, expected: str) -> None:
    made = read(f"渡口改造实施方案\n\n一、面临形势\n{sentence}\n二、主要任务\n要增设航标。\n")
    assert disposition_of(made, sentence) == expected
