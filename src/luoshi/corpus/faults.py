"""Faults of collection: a file whose name says one place or one year, and whose text says another. Nothing is said of the document itself.

A name that is a known place, or that ends as places do, is taken at its word. A bare name that no list knows (青湾.txt) is taken for a
place only in a folder whose files are named by places: most of their texts name their own with 市, 县 or the like after it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from luoshi.corpus.duplicates import duplicates
from luoshi.corpus.names import claims
from luoshi.corpus.opening import Dataset
from luoshi.corpus.standing import reviewed_year
from luoshi.text.language import _

Kind = Literal["place", "year"]
_KINDS = "省市县区州盟旗镇乡"
_BARE = re.compile(r"[\u4e00-\u9fff]{2,6}")
_LEAST_SIBLINGS = 5
_MOST = 0.8
_NO_TEXT = 200
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is probably not what its name says; ``claimed`` is what the name says, ``message`` the whole in words."""

    document: str
    kind: Kind
    claimed: str
    message: str


def faults(held: Dataset) -> list[Fault]:
    """Every fault of collection, by document."""
    rows = held.table("documents", ["document", "text", "letters", "kind", "dates", "named_year"]).to_pylist()
    rows = [row for row in rows if row["letters"] >= _NO_TEXT]
    bare = _bare_places(rows)
    found = []
    for row in rows:
        place = claims(row["document"]).place or bare.get(row["document"])
        if place and not _names(row["text"], place):
            message = _("文件名写的是{place}，正文里没有出现这个地名：很可能是采集时放错了文件。").format(place=place)
            found.append(Fault(row["document"], "place", place, message))
        other = _other_year(row)
        if other:
            message = _("文件名或文件夹写的是{claimed}年，{evidence}：很可能是采集时放错了年份。").format(claimed=row["named_year"], evidence=other)
            found.append(Fault(row["document"], "year", str(row["named_year"]), message))
    return found


def repeated(held: Dataset) -> set[str]:
    """Documents that figures leave out, so that every text counts once: of each group all but the first whose name its text bears out."""
    astray = {fault.document for fault in faults(held)}
    found: set[str] = set()
    for group in duplicates(held):
        kept = next((name for name in group.documents if name not in astray), group.documents[0])
        found.update(name for name in group.documents if name != kept)
    return found


def _names(text: str, place: str) -> bool:
    """True where the text names the place, a page's line breaks and blanks in it aside."""
    return place in text or re.search(r"\s*".join(map(re.escape, place)), text) is not None


def _bare_places(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Document → its name, in folders whose files are named by places that no list knows."""
    folders: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        path = PurePosixPath(row["document"])
        if _BARE.fullmatch(path.stem):
            folders[str(path.parent)].append(row)
    found: dict[str, str] = {}
    for siblings in folders.values():
        stems = [PurePosixPath(row["document"]).stem for row in siblings]
        own = sum(1 for row, stem in zip(siblings, stems, strict=True) if re.search(f"{stem}[{_KINDS}]", row["text"]))
        if len(siblings) >= _LEAST_SIBLINGS and own >= _MOST * len(siblings):
            found |= {row["document"]: stem for row, stem in zip(siblings, stems, strict=True)}
    return found


def _other_year(row: dict[str, Any]) -> str:
    """What in the text speaks against the year in the name; empty where nothing does.

    A report on the year before is of the claimed year, and one may be filed under the year that it looks back on. A document may be
    issued in the January after its number. A text that speaks of the claimed year more than of the other is left alone.
    """
    claimed = row["named_year"]
    if claimed is None:
        return ""
    reviewed = reviewed_year(row["text"])
    if reviewed is not None:
        if claimed in (reviewed, reviewed + 1) or _times(row["text"], claimed) > _times(row["text"], reviewed + 1):
            return ""
        return _("正文回顾的是{reviewed}年的工作，应是{year}年的文件").format(reviewed=reviewed, year=reviewed + 1)
    issued = [dated["date"] for dated in row["dates"] if dated["kind"] in ("issued", "posted") and dated["how"] == "stated" and dated["precision"] == "day"]
    years = {int(date[:4]) for date in issued}
    if not years or years & {claimed, claimed + 1} or _times(row["text"], claimed) > max(_times(row["text"], year) for year in years):
        return ""
    return _("正文写明的日期是{date}").format(date=issued[0])


def _times(text: str, year: int) -> int:
    return len(re.findall(rf"(?<!\d){year}年", text.translate(_WIDE)))
