"""Every rule explains itself: its examples run, its id is its own, its reason is written."""

import re

import pytest

from luoshi.decompose.rules import Rule, all_rules, moods
from luoshi.text.view import fold

RULES = all_rules()
EXAMPLES = [pytest.param(rule, text, value, id=f"{rule.id}-{n}") for rule in RULES for n, (text, value) in enumerate(rule.examples, 1)]


@pytest.mark.parametrize(("rule", "text", "expected"), EXAMPLES)
def test_examples(rule: Rule, text: str, expected: str | None) -> None:
    assert rule.capture(fold(text)) == (None if expected is None else fold(expected))


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_rules_explain_themselves(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z0-9_]+", rule.id)
    assert rule.field in ("disposition", "deadline", "target")
    assert re.search(r"[\u4e00-\u9fff]", rule.why)
    assert any(value is not None for _, value in rule.examples), "an example where it speaks"


def test_most_rules_show_where_they_stay_silent() -> None:
    assert sum(any(value is None for _, value in rule.examples) for rule in RULES) >= 0.7 * len(RULES)


MODAL = [
    pytest.param("各县要抓紧。", True, id="要"),
    pytest.param("必须落实。", True, id="必须"),
    pytest.param("不得拖延。", True, id="不得"),
    pytest.param("应当公示。", True, id="应当"),
    pytest.param("由县水利局负责修复。", True, id="由…负责"),
    pytest.param("这是重要工作。", False, id="重要"),
    pytest.param("主要做法如下。", False, id="主要"),
    pytest.param("群众需要渡口。", False, id="需要"),
    pytest.param("必要时停渡。", False, id="必要"),
    pytest.param("反应较好。", False, id="反应"),
    pytest.param("省委要求很明确。", False, id="要求"),
]


@pytest.mark.parametrize(("text", "expected"), MODAL)
def test_modal(text: str, expected: bool) -> None:
    assert (moods.MODAL.pattern.search(fold(text)) is not None) is expected


ACTS = [
    pytest.param("加快推进渡口改造", True, id="adverb and verb"),
    pytest.param("进一步健全机制", True, id="an adverb of three"),
    pytest.param("修建码头", True, id="a verb"),
    pytest.param("坚决地纠正问题", True, id="地 between"),
    pytest.param("大力抓安全", True, id="a verb of one character behind an adverb"),
    pytest.param("渡口老旧", False, id="a noun"),
    pytest.param("发展不平衡", False, id="发展 as a noun"),
    pytest.param("建设取得成效", False, id="建设 as a noun"),
    pytest.param("发展特色产业", True, id="发展 as a verb"),
    pytest.param("", False, id="nothing"),
]


@pytest.mark.parametrize(("clause", "expected"), ACTS)
def test_opens_with_act(clause: str, expected: bool) -> None:
    assert moods.opens_with_act(clause) is expected


LEAD_INS = [
    pytest.param("一是加固护岸。", "加固护岸。", id="一是"),
    pytest.param("——加固护岸。", "加固护岸。", id="dash"),
    pytest.param("会议指出，要加固护岸。", "要加固护岸。", id="会议指出"),
    pytest.param("会议要求，一要加固护岸。", "加固护岸。", id="会议要求，一要"),
    pytest.param("同时，加固护岸。", "加固护岸。", id="同时"),
    pytest.param("3.加固护岸。", "加固护岸。", id="3."),
    pytest.param("（三）加固护岸。", "加固护岸。", id="（三）"),
    pytest.param("第三条 渡口应当设置标志。", "渡口应当设置标志。", id="an article"),
    pytest.param("第三条【标志】渡口应当设置标志。", "渡口应当设置标志。", id="an article with its theme"),
    pytest.param("工作任务：加固护岸。", "加固护岸。", id="a label"),
    pytest.param("加固护岸。", "加固护岸。", id="nothing to strip"),
]


@pytest.mark.parametrize(("sentence", "expected"), LEAD_INS)
def test_strip_lead_in(sentence: str, expected: str) -> None:
    folded = fold(sentence)
    assert moods.strip_lead_in(folded) == fold(expected)
    assert folded[moods.lead_in_length(folded) :] == fold(expected)
