"""Annotation files: what is one, where its document is looked for, what is said where it is not found."""

import json
from pathlib import Path

import pytest

from luoshi.score import load_gold
from luoshi.text import UsageError

SENTENCE = {"start": 0, "end": 3, "text": "要快。", "label": "requirement"}


def write(path: Path, data: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


PLACES = [
    pytest.param("渡口.txt", id="beside the annotation"),
    pytest.param("../corpus/渡口.txt", id="in a corpus folder nearby"),
    pytest.param("../corpus/source/渡口.txt", id="deep in a corpus folder nearby"),
]


@pytest.mark.parametrize("place", PLACES)
def test_where_the_document_is_found(tmp_path: Path, place: str) -> None:
    marked = write(tmp_path / "gold" / "渡口.gold.json", {"document": "渡口.txt", "sentences": [SENTENCE]})
    document = write(marked.parent / place, "要快。")
    assert load_gold(marked).document.samefile(document)


def test_a_folder_given_by_name(tmp_path: Path) -> None:
    marked = write(tmp_path / "gold" / "渡口.gold.json", {"sentences": [SENTENCE]})
    document = write(tmp_path / "elsewhere" / "渡口.txt", "要快。")
    assert load_gold(marked, documents=[document.parent]).document == document


def test_fields_that_were_not_annotated_are_none(tmp_path: Path) -> None:
    write(tmp_path / "渡口.txt", "要快。")
    gold = load_gold(write(tmp_path / "渡口.gold.json", {"sentences": [SENTENCE]}))
    assert gold.sentences == (SENTENCE,)
    assert (gold.enumerations, gold.targets, gold.responsibilities) == (None, None, None)


def test_responsibilities_one_a_line(tmp_path: Path) -> None:
    write(tmp_path / "渡口.txt", "要快。")
    rows = [{"span_start": 0, "span_end": 2, "text": "要快", "lead": ["县水利局"], "support": []}] * 2
    gold = load_gold(write(tmp_path / "渡口.responsibilities.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"))
    assert gold.responsibilities is not None and len(gold.responsibilities) == 2
    assert gold.sentences is None


REFUSED = [
    pytest.param("渡口.json", "{}", "不是标注文件", id="not an annotation by its name"),
    pytest.param("渡口.gold.json", "{", "JSON", id="broken JSON"),
    pytest.param("渡口.responsibilities.jsonl", "{", "JSON", id="a broken line"),
    pytest.param("渡口.gold.json", "{}", "找不到", id="no document"),
]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_refused_with_a_next_step(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_gold(write(tmp_path / name, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_gold(tmp_path / "渡口.gold.json")
