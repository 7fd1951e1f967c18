"""A decomposition as data: the shape ``luoshi.decomposition/1``, described by ``schema.json`` beside this file.

Stable and versioned: fields may be added within a version, never renamed, removed or given another meaning.
"""

import json
from importlib.resources import files
from typing import Any

from luoshi import __version__
from luoshi.decompose.model import DatedFact, Deadline, Decomposition, Framework, Item, Measure, Responsibility, Target, Unit
from luoshi.text import Doubt, Span

SCHEMA = "luoshi.decomposition/1"


def dumps(decomposition: Decomposition) -> str:
    """The JSON text: the same bytes for the same decomposition, Chinese as it is, a newline at the end."""
    return json.dumps(to_json(decomposition), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every output keeps."""
    loaded: dict[str, Any] = json.loads(files("luoshi.writers").joinpath("schema.json").read_text(encoding="utf-8"))
    return loaded


def to_json(decomposition: Decomposition) -> dict[str, Any]:
    """Plain data: dicts, lists, text, numbers."""
    source = decomposition.source
    return {
        "schema": SCHEMA,
        "source": _source(decomposition),
        "text": source.text,
        "origins": [{"start": o.start, "end": o.end, "page": o.page, "block": o.block} for o in source.origins],
        "generated": [_span(span) for span in source.generated],
        "sections": [
            {"id": s.id, "number": s.number, "title": s.title, "level": s.level, "start": s.start, "end": s.end, "parent": s.parent}
            for s in decomposition.sections
        ],
        "sentences": [
            {"start": s.start, "end": s.end, "disposition": s.disposition, "section": s.section, "item": s.item}
            for s in decomposition.sentences
        ],
        "items": [_item(item) for item in decomposition.items],
        "responsibilities": [_responsibility(r) for r in decomposition.responsibilities],
        "frameworks": [_framework(f) for f in decomposition.frameworks],
        "doubts": [_doubt(d) for d in dict.fromkeys([*source.doubts, *decomposition.doubts])],
        "residue": decomposition.residue,
        "engine": {"version": __version__, "rules_sha256": decomposition.rules_sha256},
    }


def _source(decomposition: Decomposition) -> dict[str, Any]:
    source, facts = decomposition.source, decomposition.facts
    return {
        "name": source.name,
        "media_type": source.media_type,
        "file_sha256": source.file_sha256,
        "text_sha256": source.text_sha256,
        "chars": len(source.text),
        "title": facts.title,
        "number": facts.number,
        "level": facts.level,
        "authority": facts.authority,
        "transmitter": facts.transmitter,
        "publisher": facts.publisher,
        "dates": [_date(date) for date in facts.dates],
    }


def _date(date: DatedFact) -> dict[str, Any]:
    evidence = _span(date.evidence) if date.evidence else None
    return {"kind": date.kind, "date": date.date, "precision": date.precision, "how": date.how, "evidence": evidence}


def _item(item: Item) -> dict[str, Any]:
    speaker = item.speaker
    return {
        "id": item.id,
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "path": list(item.path),
        "lead": _span(item.lead) if item.lead else None,
        "kind": item.kind,
        "grade": item.grade,
        "modality": item.modality,
        "speaker": {"unit": speaker.name, "start": speaker.start, "end": speaker.end} if speaker else None,
        "units": [_unit(unit) for unit in item.units],
        "deadlines": [_deadline(deadline) for deadline in item.deadlines],
        "targets": [_target(target) for target in item.targets],
        "measures": [_measure(measure) for measure in item.measures],
        "mechanisms": [_measure(mechanism) for mechanism in item.mechanisms],
        "doubts": [_doubt(doubt) for doubt in item.doubts],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _unit(unit: Unit) -> dict[str, Any]:
    return {"name": unit.name, "role": unit.role, "start": unit.start, "end": unit.end}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "start": deadline.start,
        "end": deadline.end,
        "text": deadline.text,
        "due": deadline.due.isoformat() if deadline.due else None,
        "period": deadline.period,
        "basis": deadline.basis,
        "rule": deadline.rule,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "start": target.start,
        "end": target.end,
        "text": target.text,
        "comparator": target.comparator,
        "value": target.value,
        "unit": target.unit,
        "indicator": target.indicator,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {"start": measure.start, "end": measure.end, "text": measure.text}


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {"code": doubt.code, "message": doubt.message, "hint": doubt.hint, "start": doubt.start, "end": doubt.end}


def _responsibility(responsibility: Responsibility) -> dict[str, Any]:
    return {
        "start": responsibility.start,
        "end": responsibility.end,
        "lead": list(responsibility.lead),
        "support": list(responsibility.support),
        "form": responsibility.form,
        "items": list(responsibility.items),
    }


def _framework(framework: Framework) -> dict[str, Any]:
    return {
        "name": framework.name,
        "claimed": framework.claimed,
        "status": framework.status,
        "members": [{"start": m.start, "end": m.end, "text": m.text} for m in framework.members],
        "mentions": [_span(span) for span in framework.mentions],
        "variants": [[_span(one), _span(other)] for one, other in framework.variants],
    }
