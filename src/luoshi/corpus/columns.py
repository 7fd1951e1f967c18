"""Decompositions as columns: the tables of a dataset, their schemas, and how a document is written into them.

Every table has ``document``, the path of the file under the folder of the corpus. Where a row has ``start``, ``end`` and ``quote``, the
quote is ``text[start:end]`` of that document; the text is in ``documents``.
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from luoshi.corpus import sketch
from luoshi.corpus.names import Claims
from luoshi.corpus.standing import Standing
from luoshi.decompose.model import Decomposition, Item

SCHEMA = "luoshi.corpus/1"

_TEXT, _INT = pa.string(), pa.int32()
_SPAN = pa.struct([("start", _INT), ("end", _INT)])
_WORDS = pa.list_(_TEXT)
_QUOTED: list[tuple[str, pa.DataType]] = [("document", _TEXT), ("start", _INT), ("end", _INT), ("quote", _TEXT)]

TABLES: dict[str, pa.Schema] = {
    "documents": pa.schema([
        ("document", _TEXT), ("file_sha256", _TEXT), ("text_sha256", _TEXT), ("media_type", _TEXT), ("kind", _TEXT), ("title", _TEXT), ("number", _TEXT),
        ("authority", _TEXT), ("transmitter", _TEXT), ("publisher", _TEXT), ("date", _TEXT), ("date_from", _TEXT), ("year", pa.int16()), ("level", _TEXT),
        ("level_from", _TEXT), ("place", _TEXT), ("place_from", _TEXT), ("named_year", pa.int16()), ("named_place", _TEXT), ("named_level", _TEXT),
        ("dates", pa.list_(pa.struct([("kind", _TEXT), ("date", _TEXT), ("precision", _TEXT), ("how", _TEXT)]))),
        ("sentences", _INT), ("unread", _INT), ("items", _INT), ("letters", _INT), ("letters_sha256", _TEXT), ("sketch", pa.list_(pa.uint64())), ("text", _TEXT),
    ]),
    "sentences": pa.schema([*_QUOTED, ("disposition", _TEXT), ("section", _TEXT), ("item", _TEXT)]),
    "items": pa.schema([
        *_QUOTED, ("item", _TEXT), ("kind", _TEXT), ("grade", _TEXT), ("modality", _TEXT), ("path", _WORDS), ("lead_start", _INT), ("lead_end", _INT), ("speaker", _TEXT),
        ("lead_units", _WORDS), ("support_units", _WORDS), ("responsible_units", _WORDS), ("measures", pa.list_(_SPAN)), ("mechanisms", pa.list_(_SPAN)), ("doubts", _WORDS),
    ]),
    "frameworks": pa.schema([
        *_QUOTED, ("claimed", _INT), ("status", _TEXT), ("members", pa.list_(pa.struct([("start", _INT), ("end", _INT), ("text", _TEXT)]))), ("mentions", pa.list_(_SPAN)),
    ]),
    "responsibilities": pa.schema([*_QUOTED, ("lead", _WORDS), ("support", _WORDS), ("form", _TEXT), ("open_ended", pa.bool_()), ("items", _WORDS)]),
    "targets": pa.schema([*_QUOTED, ("item", _TEXT), ("indicator", _TEXT), ("comparator", _TEXT), ("value", pa.float64()), ("unit", _TEXT)]),
    "deadlines": pa.schema([*_QUOTED, ("item", _TEXT), ("due", pa.date32()), ("period", _TEXT), ("basis", _TEXT), ("rule", _TEXT)]),
}  # fmt: skip

Columns = dict[str, list[Any]]


class Batch:
    """Columns of all tables, filled document by document."""

    def __init__(self) -> None:
        self._columns: dict[str, Columns] = {name: {field: [] for field in schema.names} for name, schema in TABLES.items()}

    def add(self, document: str, made: Decomposition, stands: Standing, claimed: Claims) -> dict[str, int]:
        """Write one document into the columns, all of it or nothing. Returns how many rows each table got."""
        before = self._rows()
        try:
            self._write(document, made, stands, claimed)
        except BaseException:
            for name, columns in self._columns.items():
                for values in columns.values():
                    del values[before[name] :]
            raise
        return {name: count - before[name] for name, count in self._rows().items()}

    def _write(self, document: str, made: Decomposition, stands: Standing, claimed: Claims) -> None:
        _document(self._columns["documents"], document, made, stands, claimed)
        _sentences(self._columns["sentences"], document, made)
        _items(self._columns["items"], document, made)
        _frameworks(self._columns["frameworks"], document, made)
        _responsibilities(self._columns["responsibilities"], document, made)
        _targets(self._columns["targets"], document, made.items)
        _deadlines(self._columns["deadlines"], document, made.items)

    def tables(self) -> dict[str, pa.Table]:
        """Everything that was added."""
        return {name: pa.Table.from_pydict(self._columns[name], schema=schema) for name, schema in TABLES.items()}

    def _rows(self) -> dict[str, int]:
        return {name: len(columns["document"]) for name, columns in self._columns.items()}


def _document(columns: Columns, document: str, made: Decomposition, stands: Standing, claimed: Claims) -> None:
    source, facts = made.source, made.facts
    found = sketch.letters(source.text)
    row = {
        "document": document, "file_sha256": source.file_sha256, "text_sha256": source.text_sha256, "media_type": source.media_type, "kind": facts.kind, "title": facts.title,
        "number": facts.number, "authority": facts.authority, "transmitter": facts.transmitter, "publisher": facts.publisher, "date": stands.date, "date_from": stands.date_from,
        "year": stands.year, "level": stands.level, "level_from": stands.level_from, "place": stands.place, "place_from": stands.place_from, "named_year": claimed.year,
        "named_place": claimed.place, "named_level": claimed.level,
        "dates": [{"kind": d.kind, "date": d.date, "precision": d.precision, "how": d.how} for d in facts.dates],
        "sentences": len(made.sentences), "unread": made.residue["unread"], "items": len(made.items), "letters": len(found), "letters_sha256": sketch.letters_sha256(found),
        "sketch": sketch.sketch(sketch.runs(found)).tolist(), "text": source.text,
    }  # fmt: skip
    for name, value in row.items():
        columns[name].append(value)


def _quoted(columns: Columns, document: str, spans: Sequence[tuple[int, int]], text: str) -> None:
    columns["document"] += [document] * len(spans)
    columns["start"] += [start for start, _ in spans]
    columns["end"] += [end for _, end in spans]
    columns["quote"] += [text[start:end] for start, end in spans]


def _sentences(columns: Columns, document: str, made: Decomposition) -> None:
    _quoted(columns, document, [(s.start, s.end) for s in made.sentences], made.source.text)
    columns["disposition"] += [s.disposition for s in made.sentences]
    columns["section"] += [s.section for s in made.sentences]
    columns["item"] += [s.item for s in made.sentences]


def _items(columns: Columns, document: str, made: Decomposition) -> None:
    items = made.items
    _quoted(columns, document, [(item.start, item.end) for item in items], made.source.text)
    columns["item"] += [item.id for item in items]
    for name in ("kind", "grade", "modality"):
        columns[name] += [getattr(item, name) for item in items]
    columns["path"] += [item.path for item in items]
    columns["lead_start"] += [item.lead.start if item.lead else None for item in items]
    columns["lead_end"] += [item.lead.end if item.lead else None for item in items]
    columns["speaker"] += [item.speaker.name if item.speaker else None for item in items]
    for role in ("lead", "support", "responsible"):
        columns[f"{role}_units"] += [[unit.name for unit in item.units if unit.role == role] for item in items]
    for name in ("measures", "mechanisms"):
        columns[name] += [[{"start": part.start, "end": part.end} for part in getattr(item, name)] for item in items]
    columns["doubts"] += [[doubt.code for doubt in item.doubts] for item in items]


def _frameworks(columns: Columns, document: str, made: Decomposition) -> None:
    terms = made.frameworks
    _quoted(columns, document, [(term.mentions[0].start, term.mentions[0].end) for term in terms], made.source.text)
    columns["claimed"] += [term.claimed for term in terms]
    columns["status"] += [term.status for term in terms]
    columns["members"] += [[{"start": m.start, "end": m.end, "text": m.text} for m in term.members] for term in terms]
    columns["mentions"] += [[{"start": m.start, "end": m.end} for m in term.mentions] for term in terms]


def _responsibilities(columns: Columns, document: str, made: Decomposition) -> None:
    found = made.responsibilities
    _quoted(columns, document, [(one.start, one.end) for one in found], made.source.text)
    for name in ("lead", "support", "form", "open_ended", "items"):
        columns[name] += [getattr(one, name) for one in found]


def _targets(columns: Columns, document: str, items: Sequence[Item]) -> None:
    rows = [(item.id, target) for item in items for target in item.targets]
    columns["document"] += [document] * len(rows)
    columns["item"] += [item for item, _ in rows]
    columns["quote"] += [target.text for _, target in rows]
    for name in ("start", "end", "indicator", "comparator", "value", "unit"):
        columns[name] += [getattr(target, name) for _, target in rows]


def _deadlines(columns: Columns, document: str, items: Sequence[Item]) -> None:
    rows = [(item.id, deadline) for item in items for deadline in item.deadlines]
    columns["document"] += [document] * len(rows)
    columns["item"] += [item for item, _ in rows]
    columns["quote"] += [deadline.text for _, deadline in rows]
    for name in ("start", "end", "due", "period", "basis", "rule"):
        columns[name] += [getattr(deadline, name) for _, deadline in rows]
