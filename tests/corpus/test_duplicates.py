"""Documents that are one text, and files whose names their texts do not bear out."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.corpus import sketch
from luoshi.corpus.building import build
from luoshi.corpus.duplicates import duplicates
from luoshi.corpus.engines import LocalEngine
from luoshi.corpus.faults import faults, repeated
from luoshi.corpus.opening import opened
from tests.corpus.material import report


def made(folder: Path, files: dict[str, str], engine: LocalEngine) -> Path:
    """A dataset of these files."""
    for name, text in files.items():
        (folder / "原件" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "原件" / name).write_text(text, encoding="utf-8")
    build(folder / "原件", folder / "d", engine)
    return folder / "d"


def test_page_chrome_makes_no_other_document(dataset: Path) -> None:
    groups = duplicates(opened(dataset))
    assert [group.documents for group in groups] == [("city_2026/远浦市.txt", "province_2025/临海省.txt")]
    assert groups[0].similarity[1] > 0.9 and groups[0].held[1] > 0.95 and groups[0].identical == (True, False)


def test_reports_after_one_pattern_are_no_duplicates(dataset: Path) -> None:
    assert not [name for group in duplicates(opened(dataset)) for name in group.documents if "青湾" in name or "云川" in name]


def test_punctuation_blanks_and_width_make_no_difference(tmp_path: Path, engine: LocalEngine) -> None:
    text = report("青湾市", 2026, 1)
    files = {"甲.txt": text, "乙.txt": text.replace("，", ","), "丙.txt": text.replace("\n", "\n\n　　").translate(str.maketrans("0123456789", "０１２３４５６７８９"))}
    [group] = duplicates(opened(made(tmp_path, files, engine)))
    assert set(group.documents) == set(files) and group.identical == (True, True, True)


def test_a_document_that_holds_another_and_more_is_near_only_up_to_a_point(tmp_path: Path, engine: LocalEngine) -> None:
    first, second, third = report("青湾市", 2026, 1), report("云川市", 2026, 9), report("石渡市", 2026, 20)
    short = second[: len(second) // 3]
    held = opened(made(tmp_path, {"甲.txt": first, "乙.txt": first + short, "丙.txt": first + second + third + report("柳溪市", 2026, 33)}, engine))
    assert [group.documents for group in duplicates(held)] == [("乙.txt", "甲.txt")]


def test_short_texts_and_none(tmp_path: Path, engine: LocalEngine) -> None:
    assert duplicates(opened(made(tmp_path, {"甲.txt": "要改造渡口。", "乙.txt": "要改造渡口。"}, engine))) == []


def test_of_a_group_the_one_that_is_filed_rightly_counts(dataset: Path) -> None:
    assert repeated(opened(dataset)) == {"city_2026/远浦市.txt"}


def test_faults_of_the_corpus(dataset: Path) -> None:
    found = {(fault.document, fault.kind, fault.claimed): fault.message for fault in faults(opened(dataset))}
    assert set(found) == {
        ("city_2026/远浦市.txt", "place", "远浦"), ("city_2026/远浦市.txt", "year", "2026"), ("city_2026/旧城市.txt", "year", "2026"),
    }  # fmt: skip
    assert found["city_2026/远浦市.txt", "place", "远浦"] == "文件名写的是远浦，正文里没有出现这个地名：很可能是采集时放错了文件。"
    assert "正文回顾的是2023年的工作，应是2024年的文件" in found["city_2026/旧城市.txt", "year", "2026"]


def test_bare_names_are_places_only_among_places(tmp_path: Path, engine: LocalEngine) -> None:
    towns = {f"地方/{name}.txt": report(f"{name}市", 2026, n) for n, name in enumerate(("青湾", "云川", "石渡", "柳溪", "平桥", "南浦"))}
    towns["地方/西塘.txt"] = report("东岭市", 2026, 30)
    subjects = {f"专题/{name}.txt": report("北关市", 2026, 50 + n) + f"抓好{name}工作。" for n, name in enumerate(("教育", "医疗", "渡运", "仓储", "堤防"))}
    subjects["专题/养老.txt"] = report("北关市", 2026, 70)
    assert [fault.document for fault in faults(opened(made(tmp_path, towns | subjects, engine)))] == ["地方/西塘.txt"]


YEARS = [
    pytest.param("2025/甲.txt", "一、2024年工作回顾\n2025年任务", False, id="the year after the one looked back on"),
    pytest.param("2024/甲.txt", "一、2024年工作回顾\n2025年任务", False, id="filed under the year looked back on"),
    pytest.param("2023/甲.txt", "一、2024年工作回顾\n2025年任务", True, id="another year"),
    pytest.param("2023/甲.txt", "一、2024年工作回顾\n2023年2023年2023年", False, id="the text speaks of the claimed year most"),
    pytest.param("国发〔2018〕128号.txt", "印发。\n2019年1月3日", False, id="issued in the January after its number"),
    pytest.param("国发〔2016〕128号.txt", "印发。\n2019年1月3日", True, id="issued years after its number"),
]


@pytest.mark.parametrize(("name", "words", "wrong"), YEARS)
def test_years(tmp_path: Path, engine: LocalEngine, name: str, words: str, wrong: bool) -> None:
    body = "".join(f"（{k}）疏浚第{k}号水道{k}公里，加固堤防{k}处并向社会公布结果。\n" for k in range(12))
    before, _, after = words.partition("\n")
    text = f"关于疏浚水道的通知\n\n{before}\n{body}\n{after}\n"
    assert [fault.kind for fault in faults(opened(made(tmp_path, {name: text}, engine)))] == (["year"] if wrong else [])


@given(st.text(alphabet="青湾渡口改造，。 一二三１23", max_size=300))
def test_a_sketch_is_of_the_letters_alone(text: str) -> None:
    bare = sketch.letters(text)
    assert bytes(bare) == bytes(sketch.letters("".join(c for c in text if c.isalnum())))
    hashed = sketch.runs(bare)
    assert hashed.size == max(bool(bare.size), bare.size - sketch.RUN + 1)
    assert np.array_equal(sketch.sketch(hashed), np.unique(hashed)[: sketch.SKETCH])
