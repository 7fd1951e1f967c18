"""``luoshi corpus align`` and ``luoshi corpus duplicates``: a dataset is asked, the answer is a table."""

import sys
from pathlib import Path

import pyarrow as pa

from luoshi.cli.corpus_engines import engine_of
from luoshi.cli.corpus_tables import check_suffix, write_table
from luoshi.corpus.duplicates import Group, duplicates
from luoshi.corpus.faults import faults
from luoshi.corpus.opening import opened
from luoshi.corpus.pairs import Chosen, pairs
from luoshi.text.language import _

Side = tuple[str | None, int | None]


def align_dataset(folder: Path, out: Path, upper: Side, lower: Side, *, top: int, processes: int | None, scheduler: str | None) -> None:
    """Write the pairs; say how many there are."""
    check_suffix(out, ("parquet", "csv", "xlsx"))
    held = opened(folder)
    with engine_of(processes, scheduler) as engine:
        table = pairs(held, Chosen(*upper), Chosen(*lower), engine, n=top)
    write_table(table, out)
    documents = len(set(table["upper_document"].to_pylist())), len(set(table["lower_document"].to_pylist()))
    print(_("{out}：{rows} 对，涉及上位文件 {upper} 份、下位文件 {lower} 份").format(out=out, rows=table.num_rows, upper=documents[0], lower=documents[1]), file=sys.stderr)


def list_duplicates(folder: Path, out: Path | None) -> None:
    """Print or write what is there twice and what is filed wrongly."""
    if out is not None:
        check_suffix(out, ("csv", "xlsx", "parquet", "md"))
    held = opened(folder)
    groups, found = duplicates(held), faults(held)
    if out is not None:
        rows = [
            {"kind": _("重复"), "group": n, "document": name, "similarity": group.similarity[i], "held": group.held[i], "message": _alike(group, i)}
            for n, group in enumerate(groups, 1)
            for i, name in enumerate(group.documents)
        ]
        rows += [{"kind": _("地名不符") if one.kind == "place" else _("年份不符"), "document": one.document, "message": one.message} for one in found]
        kinds = {"kind": pa.string(), "group": pa.int32(), "document": pa.string(), "similarity": pa.float64(), "held": pa.float64(), "message": pa.string()}
        write_table(pa.table({name: pa.array([row.get(name) for row in rows], type=kind) for name, kind in kinds.items()}), out)
    else:
        for n, group in enumerate(groups, 1):
            print(_("第 {n} 组，{count} 份是同一篇文字：").format(n=n, count=len(group.documents)))
            for i, name in enumerate(group.documents):
                print(f"  {name}  {_alike(group, i)}".rstrip())
        for one in found:
            print(f"{one.document}  {one.message}")
    print(_("重复 {groups} 组；文件名与正文不符 {faults} 处").format(groups=len(groups), faults=len(found)), file=sys.stderr)


def _alike(group: Group, i: int) -> str:
    """How a document of a group is like the first one."""
    if i == 0:
        return ""
    if group.identical[i]:
        return _("与第一份文字相同")
    return _("与第一份相似度 {similarity:.1%}，较短一份的 {held:.1%} 在另一份里").format(similarity=group.similarity[i], held=group.held[i])
