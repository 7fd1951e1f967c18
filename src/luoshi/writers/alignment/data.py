"""An alignment as data: the shape ``luoshi.alignment/1``, described by ``alignment_schema.json`` in the folder above.

Stable and versioned: fields may be added within a version, never renamed, removed or given another meaning. The texts are not in it.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from luoshi import __version__
from luoshi.align.edits import edit_script
from luoshi.align.model import Alignment, Link, TargetRow
from luoshi.decompose.model import Target
from luoshi.text import Span
from luoshi.writers.decomposition_json import to_json

ALIGNMENT_SCHEMA = "luoshi.alignment/1"
ALIGNMENTS_SCHEMA = "luoshi.alignments/1"


def alignment_dumps(alignments: Sequence[Alignment]) -> str:
    """The JSON text: of one alignment the alignment itself, of several a list of them. The same bytes for the same alignments."""
    made = [alignment_to_json(alignment) for alignment in alignments]
    whole = made[0] if len(made) == 1 else {"schema": ALIGNMENTS_SCHEMA, "alignments": made}
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def alignment_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every alignment keeps."""
    loaded: dict[str, Any] = json.loads(files("luoshi.writers").joinpath("alignment_schema.json").read_text(encoding="utf-8"))
    return loaded


def alignment_to_json(alignment: Alignment) -> dict[str, Any]:
    """Plain data: dicts, lists, text, numbers."""
    direction, embedder = alignment.direction, alignment.embedder
    return {
        "schema": ALIGNMENT_SCHEMA,
        "upper": to_json(alignment.upper)["source"],
        "lower": to_json(alignment.lower)["source"],
        "direction": {
            "value": direction.value,
            "reason": direction.reason,
            "upper_date": direction.upper_date,
            "lower_date": direction.lower_date,
        },
        "links": [_link(link, alignment) for link in alignment.links],
        "upper_items": [
            {"id": item.id, "band": item.band, "score": _score(item.score), "links": list(item.links)} for item in alignment.upper_items
        ],
        "lower_items": [{"id": item.id, "origin": item.origin, "links": list(item.links)} for item in alignment.lower_items],
        "targets": [_target_row(row) for row in alignment.targets],
        "measures": _measures(alignment),
        "embedder": {"name": embedder.name, "sha256": embedder.sha256} if embedder else None,
        "engine": {
            "version": __version__,
            "rules_sha256": alignment.upper.rules_sha256,
            "standard_wording": alignment.standard_version,
        },
    }


def _link(link: Link, alignment: Alignment) -> dict[str, Any]:
    edits = edit_script(alignment.upper.source.text, link.upper, alignment.lower.source.text, link.lower)
    return {
        "upper": _span(link.upper),
        "lower": _span(link.lower),
        "level": link.level,
        "relation": link.relation,
        "also": list(link.also),
        "score": _score(link.score),
        "upper_item": link.upper_item,
        "lower_item": link.lower_item,
        "edits": [{"op": edit.op, "upper": _span(edit.upper), "lower": _span(edit.lower)} for edit in edits],
        "added": [{"slot": one.slot, "span": _span(one.lower)} for one in link.added],
        "changed": [
            {"slot": one.slot, "how": one.how, "upper": _span(one.upper), "lower": _span(one.lower) if one.lower else None}
            for one in link.changed
        ],
    }


def _target_row(row: TargetRow) -> dict[str, Any]:
    return {
        "indicator": row.indicator,
        "upper": _target(row.upper),
        "lower": _target(row.lower) if row.lower else None,
        "words": _span(row.words) if row.words else None,
        "comparison": row.comparison,
        "upper_item": row.upper_item,
        "lower_item": row.lower_item,
    }


def _measures(alignment: Alignment) -> dict[str, Any]:
    shares = {
        f"{ratio.name}_ratio": None if ratio.value is None else _score(ratio.value) for ratio in alignment.measures
    }
    counts = {ratio.name: {"part": ratio.part, "whole": ratio.whole} for ratio in alignment.measures}
    return {**shares, "counts": counts, "formula": {ratio.name: ratio.formula for ratio in alignment.measures}}


def _target(target: Target) -> dict[str, Any]:
    return target._asdict()


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _score(value: float) -> float:
    """Four places: enough to compare, few enough to be the same on every machine."""
    return round(float(value), 4)
