"""The JSON that leaves the reader keeps its schema, and its schema says all there is."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from luoshi.decompose.model import Decomposition
from luoshi.text import SourceText
from luoshi.writers import dumps, schema, to_json
from tests.writers.sample import sample
from tests.writers.synthetic import large, with_text

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None), "boolean": bool,
}  # fmt: skip

SHAPE = {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "pattern", "anyOf", "$ref"}
KNOWN = SHAPE | {"$schema", "$id", "title", "description", "$defs", "minimum", "minItems", "maxItems"}


def problems(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """What of draft 2020-12 our schema uses, and no more."""
    assert set(rule) <= KNOWN, f"the validator does not know {set(rule) - KNOWN}"
    if "$ref" in rule:
        return problems(value, root["$defs"][rule["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in rule:
        return [] if any(not problems(value, one, root, at) for one in rule["anyOf"]) else [f"{at}: none of anyOf"]
    found: list[str] = []
    if "type" in rule:
        names = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
        if not any(isinstance(value, TYPES[name]) and not (isinstance(value, bool) and name != "boolean") for name in names):
            return [f"{at}: {value!r} is no {names}"]
    if "const" in rule and value != rule["const"]:
        found.append(f"{at}: not {rule['const']!r}")
    if "enum" in rule and value not in rule["enum"]:
        found.append(f"{at}: {value!r} is not listed")
    if isinstance(value, str) and "pattern" in rule and not re.search(rule["pattern"], value):
        found.append(f"{at}: {value!r} does not match")
    if isinstance(value, int) and value < rule.get("minimum", value):
        found.append(f"{at}: {value} is too small")
    return found + _inner(value, rule, root, at)


def _inner(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    found: list[str] = []
    if isinstance(value, list):
        if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
            found.append(f"{at}: {len(value)} entries")
        for n, each in enumerate(value):
            found += problems(each, rule["items"], root, f"{at}[{n}]")
    if isinstance(value, dict):
        found += [f"{at}: {name} is missing" for name in rule["required"] if name not in value]
        found += [f"{at}: {name} is not in the schema" for name in value if name not in rule["properties"]]
        for name, each in value.items():
            found += problems(each, rule["properties"].get(name, {}), root, f"{at}.{name}")
    return found


EMPTY = replace(
    sample(), source=SourceText.from_text(""), sections=(), sentences=(), items=(), responsibilities=(), frameworks=(), doubts=()
)


@pytest.mark.parametrize(
    "decomposition",
    [
        pytest.param(sample(), id="sample"),
        pytest.param(large(2000, 40), id="many items"),
        pytest.param(with_text({"i1": '</script>"\\\u2028'}), id="hostile text"),
        pytest.param(EMPTY, id="empty"),
    ],
)
def test_output_keeps_the_schema(decomposition: Decomposition) -> None:
    assert problems(json.loads(dumps(decomposition)), schema(), schema()) == []


def test_the_validator_sees_what_is_wrong() -> None:
    data = to_json(sample())
    data["items"][0]["grade"] = "great"
    data["sentences"][0]["start"] = -1
    del data["engine"]["version"]
    data["extra"] = 1
    found = "\n".join(problems(data, schema(), schema()))
    assert all(part in found for part in ("grade: 'great'", "-1 is too small", "version is missing", "extra is not in the schema"))


def test_the_shape_is_the_one_of_the_design() -> None:
    data = to_json(sample())
    parts = "schema source text origins generated sections sentences items responsibilities frameworks doubts residue engine"
    item = "id start end quote path lead kind grade modality speaker units deadlines targets measures mechanisms doubts"
    assert " ".join(data) == parts
    assert " ".join(data["items"][0]) == item
    assert data["residue"] == {"unread": 1, "sentences": 49}


def test_every_quote_is_the_text_of_its_span() -> None:
    data = to_json(sample())
    text = data["text"]
    for item in data["items"]:
        assert text[item["start"] : item["end"]] == item["quote"]
        for part in (*item["deadlines"], *item["targets"], *item["measures"], *item["mechanisms"]):
            assert text[part["start"] : part["end"]] == part["text"]
    for framework in data["frameworks"]:
        assert all(text[m["start"] : m["end"]] == m["text"] for m in framework["members"])


def test_the_text_is_the_same_each_time_and_reads_as_chinese() -> None:
    sample.cache_clear()
    first = dumps(sample())
    sample.cache_clear()
    assert dumps(sample()) == first
    assert first.endswith("}\n") and "省交通运输厅" in first and "\\u" not in first
