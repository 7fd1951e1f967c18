"""Cues: a pattern is asked of a stretch only where one of its cues stands, so no cue may be missing."""

import re
from pathlib import Path

import pytest

from luoshi.align import cues, evidence, named, often, slots, wording
from luoshi.align.changes import force
from luoshi.align.cues import codes_of, cue, cues_of
from luoshi.align.side import side
from luoshi.text.view import fold
from tests.align.documents import made_of

SAMPLES = "\n".join(path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "samples").glob("*.txt")) if "gb18030" not in path.name)
SENTENCES = re.split(r"[,;。\n]", fold(SAMPLES))
MADE_UP = [
    "必须建成", "应当公示", "须经批准", "要按月调度", "确保完成", "刚性约束", "需按程序", "可以延期", "可先行", "原则上同意", "有条件的县", "自愿参加", "倡议全体党员",
    "不再审批", "零容忍", "坚决遏制", "每月调度", "逐季通报", "定期检查", "不间断巡查", "择机启动", "所有乡镇", "凡新建的", "普遍建立", "百分之百达标", "应保尽保", "各地",
    "大部分乡镇", "多数村", "试点先行", "主要县区", "百强县", "个别单位", "若干措施", "遴选一批", "二十个村", "三所学校", "一半以上", "压缩至五个工作日", "10个工作日内办结",
    "“雪亮工程”项目", "《条例》修订项目", "白河大桥工程", "新城二期工程", "县人民医院改扩建项目", "在禾丰镇建设", "白河、清溪等", "由市财政局负责", "财政部门",
    "扩大范围", "缩小范围", "压降", "引进", "清退", "进口", "出口", "上调", "下调", "(市教育局牵头)", "[责任单位:省财政厅]",
    "主要负责同志", "一把手", "党政正职", "分管领导", "相关负责人", "严肃问责", "给予处分", "通报批评", "提醒", "督促", "约谈", "函询", "加强教育引导", "从重处理", "从严惩处",
    "严肃查处", "视情节处罚", "酌情处理", "适当处理", "从轻处罚",
]  # fmt: skip
PATTERNS = [
    pytest.param(slots._STRONG, slots.FIRM, id="strong"),
    pytest.param(slots._SOFT, slots.SOFTENING, id="soft"),
    pytest.param(slots._PROHIBITS, slots._FORBIDDEN, id="prohibits"),
    pytest.param(often._EVERY, slots._OFTEN, id="every"),
    pytest.param(often._VAGUE_OFTEN, slots._OFTEN, id="vague-often"),
    pytest.param(slots._WHOLE, slots._ALL, id="whole"),
    pytest.param(slots._PART, slots._SOME, id="part"),
    pytest.param(slots._COUNTED, slots._NUMERALS, id="counted"),
    pytest.param(slots._LENGTH, slots._MEASURED, id="length"),
    pytest.param(slots._LIST, slots._LISTED, id="list"),
    pytest.param(named._QUOTED, named._IN_QUOTES, id="quoted"),
    pytest.param(named._WORK, named._BUILDS, id="work"),
    pytest.param(named._PLACE, named._PLACED, id="place"),
    pytest.param(named._WATERS, named._WET, id="waters"),
    pytest.param(named._UNIT, named._OFFICE, id="unit"),
    pytest.param(named._UNIT_NAMED, named._OFFICE, id="unit-named"),
    pytest.param(evidence._POLE, evidence._POLES, id="pole"),
    pytest.param(wording.ANSWER, wording.BRACKETS, id="answer"),
    *(pytest.param(pattern, force._MILD_OR_FIRM, id=f"milder-{n}") for n, pattern in enumerate(one for pair in force._MILDER for one in pair)),
]


@pytest.mark.parametrize(("pattern", "bit"), PATTERNS)
def test_nothing_is_found_without_its_cue(pattern: re.Pattern[str], bit: int) -> None:
    found = [words for words in (*MADE_UP, *SENTENCES) if pattern.search(words)]
    assert found
    assert not [words for words in found if not any(int(held) & bit for held in cues_of(codes_of(words)))]


def test_the_cues_of_a_stretch() -> None:
    one = side(made_of(SAMPLES), searched=True)
    for start, end in (*one.acts, (0, len(one.text)), (3, 3)):
        held = 0
        for character in cues_of(codes_of(one.text[start:end])).tolist():
            held |= character
        assert one.cues_of(start, end) == held


def test_characters_that_no_cue_has() -> None:
    assert cues_of(codes_of("𠀀\uffff\ud800")).tolist() == [0, 0, 0]


def test_there_are_as_many_cues_as_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cues, "_CHARACTERS", [])
    assert [cue("一") for _ in range(32)] == [1 << n for n in range(32)]
    with pytest.raises(ValueError, match="no bit"):
        cue("一")
