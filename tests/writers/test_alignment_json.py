"""The JSON of an alignment keeps its schema; every offset in it leads to words."""

import json
from dataclasses import replace

import pytest

from luoshi.align.model import Alignment, EmbedderFacts, Ratio
from luoshi.writers import alignment_dumps, alignment_schema, alignment_to_json
from tests.writers.alignment_sample import sample, samples, undated
from tests.writers.test_json import problems

PARTS = "schema upper lower direction links upper_items lower_items targets measures embedder engine"
LINK = "upper lower level relation also score upper_item lower_item edits added changed"


@pytest.mark.parametrize(
    "alignment",
    [
        pytest.param(sample(), id="derived"),
        pytest.param(undated(), id="same source"),
        pytest.param(replace(sample(), embedder=EmbedderFacts("tiny", "0" * 64)), id="with a model"),
        pytest.param(replace(sample(), links=(), targets=(), measures=(Ratio("copied", 0, 0, "÷"), Ratio("concretised", 0, 0, "÷")),
                             upper_items=(), lower_items=()), id="nothing in common"),
    ],
)  # fmt: skip
def test_output_keeps_the_schema(alignment: Alignment) -> None:
    assert problems(json.loads(alignment_dumps([alignment])), alignment_schema(), alignment_schema()) == []


def test_the_validator_sees_what_is_wrong() -> None:
    data = alignment_to_json(sample())
    data["links"][0]["relation"] = "better"
    data["upper_items"][0]["band"] = "missing"
    del data["measures"]["formula"]
    found = "\n".join(problems(data, alignment_schema(), alignment_schema()))
    assert all(part in found for part in ("'better' is not listed", "'missing' is not listed", "formula is missing"))


def test_the_shape_is_the_one_of_the_design() -> None:
    data = alignment_to_json(sample())
    assert " ".join(data) == PARTS
    assert " ".join(data["links"][0]) == LINK
    assert data["upper"]["title"] == "临江省人民政府关于推进县域养老服务体系建设的实施意见"
    assert data["direction"]["value"] == "derived"
    assert data["measures"]["copied_ratio"] == round(sample().measures[0].part / sample().measures[0].whole, 4)


def test_every_offset_leads_to_words() -> None:
    data = alignment_to_json(sample())
    upper, lower = sample().upper.source.text, sample().lower.source.text
    for link in data["links"]:
        for text, side in ((upper, "upper"), (lower, "lower")):
            spans = [(edit[side]["start"], edit[side]["end"]) for edit in link["edits"]]
            assert "".join(text[a:b] for a, b in spans) == text[link[side]["start"] : link[side]["end"]]
        for change in link["changed"]:
            assert link["upper"]["start"] <= change["upper"]["start"] < change["upper"]["end"] <= link["upper"]["end"]
    words = {(one["slot"], lower[one["span"]["start"] : one["span"]["end"]]) for link in data["links"] for one in link["added"]}
    assert ("place", "石桥区、东沚区") in words
    for row in data["targets"]:
        assert upper[row["upper"]["start"] : row["upper"]["end"]] == row["upper"]["text"]


def test_several_lower_documents_are_one_list() -> None:
    data = json.loads(alignment_dumps(samples()))
    assert data["schema"] == "luoshi.alignments/1"
    assert [one["lower"]["name"] for one in data["alignments"]] == ["city-plan.txt", "county-tasks.txt"]
    assert all(problems(one, alignment_schema(), alignment_schema()) == [] for one in data["alignments"])


def test_the_same_bytes_each_time_and_chinese_as_it_is() -> None:
    assert alignment_dumps(samples()) == alignment_dumps(samples())
    assert "云州市" in alignment_dumps([sample()]) and alignment_dumps([sample()]).endswith("}\n")
