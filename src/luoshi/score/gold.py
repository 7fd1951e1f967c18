"""Annotations: which sentence is what, which brackets say what, which terms are listed, which quantities promised.

Two forms are read: ``NAME.gold.json`` (sentences, enumerations, targets, responsibilities) and ``NAME.responsibilities.jsonl``.
The document is looked for beside the annotation and in the folders given.
"""

import glob
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.text import UsageError
from luoshi.text.language import _

_SUFFIXES = (".gold.json", ".responsibilities.jsonl")
_NEEDED = {
    "sentences": {"start", "end", "text", "label"},
    "enumerations": {"name", "claimed", "status", "members"},
    "targets": {"start", "end"},
    "responsibilities": {"span_start", "span_end", "text", "lead", "support"},
}


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotations of one document. A field that was not annotated is None: nothing is scored against it."""

    name: str
    document: Path
    sentences: tuple[dict[str, Any], ...] | None = None
    enumerations: tuple[dict[str, Any], ...] | None = None
    targets: tuple[dict[str, Any], ...] | None = None
    responsibilities: tuple[dict[str, Any], ...] | None = None


def load_gold(path: Path, *, documents: Sequence[Path] = ()) -> Gold:
    """Read one annotation file. Raises ``UsageError`` where it is none, or where its document cannot be found."""
    suffix = next((s for s in _SUFFIXES if path.name.endswith(s)), None)
    if suffix is None or not path.is_file():
        raise UsageError(_("不是标注文件：{name}。").format(name=path), hint=_("标注文件名以 .gold.json 或 .responsibilities.jsonl 结尾。"))
    stem = path.name.removesuffix(suffix)
    try:
        if suffix == ".responsibilities.jsonl":
            rows = tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
            return Gold(stem, document_of(path, stem, documents), responsibilities=_checked(path, "responsibilities", rows))
        data = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UsageError(_("标注文件不是有效的 JSON：{name}（{error}）。").format(name=path, error=error)) from error
    if not isinstance(data, dict):
        raise UsageError(_("不是标注文件：{name}。").format(name=path), hint=_("内容应是一个 JSON 对象。"))
    fields = {key: _checked(path, key, data[key]) if key in data else None for key in _NEEDED}
    return Gold(stem, document_of(path, str(data.get("document") or stem), documents), **fields)


def _checked(path: Path, field: str, rows: Any) -> tuple[dict[str, Any], ...]:
    """The rows of one field. Raises ``UsageError`` where one of them does not hold what is scored."""
    for row in rows if isinstance(rows, list | tuple) else [None]:
        if not isinstance(row, dict) or not _NEEDED[field] <= row.keys():
            needed = "、".join(sorted(_NEEDED[field]))
            raise UsageError(_("标注不完整：{name} 的 {field}。").format(name=path, field=field), hint=_("每一条都要有：{needed}。").format(needed=needed))
    return tuple(rows)


def document_of(path: Path, name: str, documents: Iterable[Path]) -> Path:
    """The document that ``name`` means: beside the annotation, in the folders given, or in a corpus folder nearby."""
    beside = path.parent
    folders = [beside, *documents, beside.parent / "corpus", beside.parent.parent / "corpus"]
    if "/" in name and (beside.parent / name).is_file():
        return beside.parent / name
    for folder in folders:
        for candidate in (folder / name, folder / f"{name}.txt"):
            if candidate.is_file():
                return candidate
        if folder.is_dir():
            found = sorted(folder.rglob(f"{glob.escape(Path(name).name.removesuffix('.txt'))}.txt"))
            if found:
                return found[0]
    raise UsageError(_("找不到标注所指的文件：{name}。").format(name=name), hint=_("请用 --documents 指明文件所在的文件夹。"))
