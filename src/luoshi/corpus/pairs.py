"""Items of two levels or two years, all against all: for every upper item the lower items that are worded most like it.

Statements of principle take no part. Whether the lower document can have taken from the upper one is told by their dates and levels,
document by document, and said in words. The work is cut into tiles; the result does not depend on how, or on where they are done.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from luoshi.align.direction import between
from luoshi.align.topn import TILE_COLUMNS, TILE_ROWS, Top, merge, shifted, tiles, top
from luoshi.align.vectors import WIDE, document_frequency, grams, idf, weighted
from luoshi.corpus.engines import Engine, Lost
from luoshi.corpus.faults import repeated
from luoshi.corpus.opening import Dataset
from luoshi.text import IsolationError, UsageError
from luoshi.text.language import _

LEVELS = ("national", "province", "city", "county", "town")
FLOOR = 0.2
"""Below this likeness two items share no more than set phrases."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which documents stand on one side; None leaves that open."""

    level: str | None = None
    year: int | None = None


class _Side(NamedTuple):
    items: pa.Table
    documents: pa.Table
    of_item: NDArray[np.int32]  # row of ``documents`` for each item


class _Tile(NamedTuple):
    upper: csr_matrix
    lower: csr_matrix
    n: int
    floor: float


def pairs(held: Dataset, upper: Chosen, lower: Chosen, engine: Engine, *, n: int = 5, floor: float = FLOOR) -> pa.Table:
    """The ``n`` most similar lower items of every upper item, by upper document, item and rank.

    Raises UsageError where a side is empty or nothing tells the sides apart. A document on both sides counts as an upper one; of documents that are one text, one takes part.
    """
    if upper == lower:
        raise UsageError(_("没有说拿什么和什么比。"), hint=_("请给出 --upper-level 和 --lower-level，或 --upper-year 和 --lower-year。"))
    if n < 1:
        raise UsageError(_("--top 须是 1 以上的整数。"), hint=_("例如 --top 5。"))
    documents = held.table("documents", ["document", "date", "date_from", "year", "level", "place"])
    items = held.table("items", ["document", "item", "start", "end", "quote", "grade"])
    items = items.filter(pc.not_equal(items["grade"], "principle"))
    twice = repeated(held)
    above = _side(documents, items, upper, twice)
    below = _side(documents, items, lower, {*twice, *above.documents["document"].to_pylist()})
    for chosen, side in ((upper, above), (lower, below)):
        if not side.items.num_rows:
            raise UsageError(_("数据集里没有这样的文件（{wanted}），或其中没有事项。").format(wanted=_wanted(chosen)), hint=_("数据集里有：{there}。").format(there=_there(documents)))
    found = _search(above.items["quote"].to_pylist(), below.items["quote"].to_pylist(), engine, n, floor)
    return _table(above, below, found)


def _side(documents: pa.Table, items: pa.Table, chosen: Chosen, without: set[str]) -> _Side:
    keep = pa.array([name not in without for name in documents["document"].to_pylist()], type=pa.bool_())
    if chosen.level is not None:
        keep = pc.and_(keep, pc.equal(documents["level"], chosen.level))
    if chosen.year is not None:
        keep = pc.and_(keep, pc.fill_null(pc.equal(documents["year"], chosen.year), False))
    documents = documents.filter(keep)
    place = pc.index_in(items["document"], value_set=documents["document"].combine_chunks())
    items, place = items.filter(pc.is_valid(place)), pc.drop_null(place)
    return _Side(items, documents, place.to_numpy().astype(np.int32))


def _search(upper: list[str], lower: list[str], engine: Engine, n: int, floor: float) -> Top:
    above, below = grams(upper, bits=WIDE), grams(lower, bits=WIDE)
    worth = idf(document_frequency(above) + document_frequency(below), len(upper) + len(lower))
    above, below = weighted(above, worth), weighted(below, worth)
    rows = max(1, min(TILE_ROWS, ceil(above.shape[0] / engine.slots)))
    places = [(r, c) for r in tiles(above.shape[0], rows) for c in tiles(below.shape[0], TILE_COLUMNS)]
    done: dict[int, Top] = {}
    todo = list(range(len(places)))
    for _attempt in range(3):
        lost = []
        for k, result in engine.run(_top_of_tile, (_Tile(above[places[i][0]], below[places[i][1]], n, floor) for i in todo)):
            if isinstance(result, Lost):
                lost.append(todo[k])
            else:
                done[todo[k]] = shifted(result, row=places[todo[k]][0].start, column=places[todo[k]][1].start)
        todo = lost
    if todo:
        raise IsolationError(_("比对的进程意外结束。"), hint=_("多半是内存不够：请减少 --processes，或换内存更大的机器。"))
    return merge([done[i] for i in sorted(done)], n=n)


def _top_of_tile(tile: _Tile) -> Top:
    return top(tile.upper, tile.lower, n=tile.n, floor=tile.floor, threads=1)


def _table(above: _Side, below: _Side, found: Top) -> pa.Table:
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for side, name, rows in ((above, "upper", found.row), (below, "lower", found.column)):
        items, documents = side.items.take(rows), side.documents.take(side.of_item[rows])
        for field in ("level", "year", "place", "date"):
            columns[f"{name}_{field}"] = documents[field]
        for field in ("document", "item", "start", "end", "quote"):
            columns[f"{name}_{field}"] = items[field]
    columns["rank"] = pa.array(_ranks(found.row), type=pa.int32())
    columns["score"] = pa.array(np.round(found.score, 6))
    said = _directions(above.documents, below.documents)
    both = [said(int(u), int(k)) for u, k in zip(above.of_item[found.row], below.of_item[found.column], strict=True)]
    columns["direction"] = pa.array([value for value, _reason in both], type=pa.string())
    columns["reason"] = pa.array([reason for _value, reason in both], type=pa.string())
    return pa.table(columns)


def _ranks(row: NDArray[np.int32]) -> NDArray[np.int64]:
    """1, 2, 3 … anew for every row."""
    place = np.arange(row.size)
    first = np.flatnonzero(np.diff(row, prepend=-1))
    return place - np.repeat(first, np.diff(first, append=row.size)) + 1


def _directions(upper: pa.Table, lower: pa.Table) -> Callable[[int, int], tuple[str, str]]:
    """Row of the upper and of the lower document → direction and reason; many items share both."""
    above, below = upper.select(["date", "level"]).to_pylist(), lower.select(["date", "level"]).to_pylist()

    @cache
    def said(u: int, k: int) -> tuple[str, str]:
        return between(above[u]["date"], above[u]["level"], below[k]["date"], below[k]["level"])

    return said


def _wanted(chosen: Chosen) -> str:
    return " ".join(str(part) for part in (chosen.level, chosen.year) if part is not None) or _("不限")


def _there(documents: pa.Table) -> str:
    """What a choice could be made from: levels and the years with most documents."""
    levels = Counter(level or _("层级不明") for level in documents["level"].to_pylist())
    years = Counter(str(year) for year in documents["year"].to_pylist() if year is not None)
    return "，".join(f"{name} {count}" for name, count in [*levels.most_common(), *sorted(years.most_common(8))])
