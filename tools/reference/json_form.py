"""The JSON form: every object of the schema as a table, and a piece of a real output."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import luoshi
from luoshi.align import align
from luoshi.align import model as align_model
from luoshi.decompose import model
from luoshi.text import Doubt, Span
from luoshi.writers.alignment.data import ALIGNMENT_SCHEMA, ALIGNMENTS_SCHEMA, alignment_schema, alignment_to_json
from luoshi.writers.decomposition_json import SCHEMA, schema, to_json
from tools.reference.marks import code, prose, table

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "province-opinion.txt"
# The sentence of the sample that is shown.
SHOWN = "严禁甩包袱"
# The sample that is laid beside it, and the words of the link that is shown.
LOWER = SAMPLE.with_name("city-plan.txt")
LINKED = "签约服务率"

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
    "direction": align_model.Direction,
    "link": align_model.Link,
    "edit": align_model.Edit,
    "added": align_model.Added,
    "change": align_model.Change,
    "upper_item": align_model.UpperItem,
    "lower_item": align_model.LowerItem,
    "target_row": align_model.TargetRow,
    "embedder": align_model.EmbedderFacts,
}

_INTRO = f"""# JSON

`luoshi decompose` writes JSON of the form `{SCHEMA}`; its schema (JSON Schema, draft 2020-12) is `src/luoshi/writers/schema.json`, in Python `luoshi.writers.schema()`.
Offsets are code points of `text`, half-open: `text[start:end]` is the quote. Within a version fields may be added, never renamed, removed or given another meaning; a
reader ignores what it does not know. The same decomposition gives the same bytes.
"""

_ALIGNMENT_INTRO = f"""# JSON of an alignment

`luoshi align` writes JSON of the form `{ALIGNMENT_SCHEMA}`; its schema (JSON Schema, draft 2020-12) is `src/luoshi/writers/alignment_schema.json`, in Python
`luoshi.writers.alignment_schema()`. Offsets are code points of the canonical text of the document that a field names, half-open; the texts themselves are not in it (`luoshi read --json`
gives them, `text_sha256` says that they are the same). Of several lower documents it is `{{"schema": "{ALIGNMENTS_SCHEMA}", "alignments": [...]}}`. Within a version fields may be added,
never renamed, removed or given another meaning. An alignment compares wording: nothing in it says that work was done or left undone. The words that an office sees for these names are in
[how to check a report](../howto/align.md).
"""


def page() -> str:
    """The schema of a decomposition and an example."""
    return "\n".join([_INTRO, "## The document\n", *_schema(schema()), _example()])


def alignment_page() -> str:
    """The schema of an alignment and an example."""
    return "\n".join([_ALIGNMENT_INTRO, "## The alignment\n", *_schema(alignment_schema()), _alignment_example()])


def _schema(whole: dict[str, Any]) -> list[str]:
    """The object itself, then everything that it is made of."""
    parts = [_object(whole)]
    for name, definition in whole["$defs"].items():
        if definition.get("type") == "object":
            parts += [f"## {name}\n", *([f"{prose(_TYPES[name].__doc__)}\n"] if name in _TYPES else []), _object(definition)]
    return parts


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


def _alignment_example() -> str:
    upper, lower = (luoshi.decompose(luoshi.read(path), as_of=date(2026, 12, 1)) for path in (SAMPLE, LOWER))
    made = alignment_to_json(align(upper, lower))
    shown = next(
        one for one in made["links"] if one["level"] == "act" and one["changed"] and LINKED in upper.source.text[one["upper"]["start"] : one["upper"]["end"]]
    )
    quotes = (document.source.text[shown[side]["start"] : shown[side]["end"]] for side, document in (("upper", upper), ("lower", lower)))
    told = "\n".join(f"> {quote}\n" for quote in quotes)
    link = f"```json\n{json.dumps(shown, ensure_ascii=False, indent=1)}\n```\n"
    samples = f"[samples/{SAMPLE.name}](../../samples/{SAMPLE.name}) beside [samples/{LOWER.name}](../../samples/{LOWER.name})"
    return f"## Example\n\nFrom {samples}: these two clauses,\n\n{told}\nare this link:\n\n{link}"
