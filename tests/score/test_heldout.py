"""The held-out sentences are kept as file, offsets and label alone; their text stays where it came from."""

import json
from pathlib import Path

import pytest

import luoshi
from luoshi.score.measure import LABELS

BULK = Path(__file__).parents[3] / "shared" / "corpus" / "bulk"
ROWS = json.loads((Path(__file__).parent / "heldout.json").read_text("utf-8"))


def test_rows_hold_no_text() -> None:
    assert len(ROWS) == 100
    assert all(set(row) <= {"file", "start", "end", "label", "unit"} and row["label"] in LABELS for row in ROWS)


@pytest.mark.skipif(not BULK.is_dir(), reason="no documents at ../shared/corpus/bulk")
def test_every_row_is_a_piece_of_its_document() -> None:
    lengths = {name: len(luoshi.read(BULK / name).text) for name in {row["file"] for row in ROWS}}
    assert all(0 <= row["start"] < row["end"] <= lengths[row["file"]] for row in ROWS)
