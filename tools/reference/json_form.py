"""The JSON form: every object of the schema as a table, and a piece of a real output."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import luoshi
from luoshi.decompose import model
from luoshi.text import Doubt, Span
from luoshi.writers.decomposition_json import SCHEMA, schema, to_json
from tools.reference.marks import code, prose, table

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "province-opinion.txt"
# The sentence of the sample that is shown.
SHOWN = "严禁甩包袱"

# What the objects are made from; their docstrings say what the fields mean.
_TYPES: dict[str, type] = {
    "span": Span,
    "source": model.Facts,
    "date": model.DatedFact,
    "section": model.Section,
    "sentence": model.Sentence,
    "item": model.Item,
    "deadline": model.Deadline,
    "target": model.Target,
    "measure": model.Measure,
    "doubt": Doubt,
    "responsibility": model.Responsibility,
    "framework": model.Framework,
}

_INTRO = f"""# JSON

`luoshi decompose` writes JSON of the form `{SCHEMA}`; its schema (JSON Schema, draft 2020-12) is `src/luoshi/writers/schema.json`, in Python `luoshi.writers.schema()`.
Offsets are code points of `text`, half-open: `text[start:end]` is the quote. Within a version fields may be added, never renamed, removed or given another meaning; a
reader ignores what it does not know. The same decomposition gives the same bytes.
"""


def page() -> str:
    """The schema and an example."""
    whole = schema()
    parts = [_INTRO, "## The document\n", _object(whole)]
    for name, definition in whole["$defs"].items():
        if definition.get("type") == "object":
            parts += [f"## {name}\n", *([f"{prose(_TYPES[name].__doc__)}\n"] if name in _TYPES else []), _object(definition)]
    return "\n".join([*parts, _example()])


def _object(definition: dict[str, Any]) -> str:
    required = set(definition.get("required", ()))
    rows = []
    for name, field in definition["properties"].items():
        said = field.get("description", "")
        rows.append((code(name), _type(field), "" if name in required else "optional", said))
    return table(("field", "type", "", "meaning"), rows) + "\n"


def _type(field: dict[str, Any]) -> str:
    """A type in words: enumerations spelled out, references as links."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return "offset" if name == "offset" else f"[{name}](#{name})"
    if "const" in field:
        return code(json.dumps(field["const"]))
    if "enum" in field:
        return ", ".join(code("null" if value is None else str(value)) for value in field["enum"])
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"])
    kind = field.get("type", "any")
    if kind == "array":
        return f"list of {_type(field['items'])}"
    if kind == "object" and "properties" in field:
        return "{" + ", ".join(f"{name}: {_type(one)}" for name, one in field["properties"].items()) + "}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _example() -> str:
    made = to_json(luoshi.decompose(luoshi.read(SAMPLE), as_of=date(2026, 12, 1)))
    item = next(one for one in made["items"] if SHOWN in one["quote"])
    sentence = next(one for one in made["sentences"] if one["item"] == item["id"])
    answer = next(one for one in made["responsibilities"] if item["id"] in one["items"])
    shown = "\n".join(
        f"{name}:\n\n```json\n{json.dumps(value, ensure_ascii=False, indent=1)}\n```\n"
        for name, value in (("A sentence", sentence), ("the item made from it", item), ("and the responsibility that covers it", answer))
    )
    return f"## Example\n\nFrom [samples/{SAMPLE.name}](../../samples/{SAMPLE.name}), as of 2026-12-01.\n\n{shown}"
