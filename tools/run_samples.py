"""``make samples``: decompose the sample documents into every format, lay each level of the chain beside the one above, and print what came of them."""

import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

import luoshi
from luoshi.align import Alignment
from luoshi.decompose import Decomposition
from luoshi.readers import read
from luoshi.writers.alignment.data import alignment_dumps
from luoshi.writers.alignment.markdown import alignment_to_markdown
from luoshi.writers.alignment.page import alignment_to_html
from luoshi.writers.alignment.workbook import write_alignment_xlsx
from luoshi.writers.decomposition_json import dumps
from luoshi.writers.docx import write_docx
from luoshi.writers.html import to_html
from luoshi.writers.markdown import to_markdown
from luoshi.writers.xlsx import write_xlsx

SAMPLES = Path(__file__).parent.parent / "samples"
SUFFIXES = (".txt", ".docx", ".pdf", ".ofd")
AS_OF = date(2026, 12, 1)
CHAIN = ("province-opinion.txt", "city-plan.txt", "county-tasks.txt", "county-department-plan.txt")
BANDS = ("found", "to_check", "not_seen")
RELATIONS = ("copied", "same_target", "carried", "concretised", "tightened", "weakened", "narrowed")


def main() -> None:
    """Read every sample, write json, xlsx, docx, md and html of each, and say where they are."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    out.mkdir(parents=True, exist_ok=True)
    console = Console(width=120)
    table = Table("文件", "事项", "可立项", "牵头已明", "时限", "目标", "提法", "句子", "未读", "存疑", "秒", title="样例拆解结果")
    for column in table.columns[1:]:
        column.justify = "right"
    kept: dict[str, Decomposition] = {}
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in SUFFIXES):
        began = time.perf_counter()
        made = luoshi.decompose(read(path), as_of=AS_OF)
        kept[path.name] = made
        seconds = time.perf_counter() - began
        stem = path.name.replace(".", "-")
        (out / f"{stem}.json").write_text(dumps(made), encoding="utf-8")
        (out / f"{stem}.md").write_text(to_markdown(made), encoding="utf-8")
        (out / f"{stem}.html").write_text(to_html(made), encoding="utf-8")
        write_xlsx(made, out / f"{stem}.xlsx")
        write_docx(made, out / f"{stem}.docx")
        figures = (
            len(made.items),
            sum(1 for item in made.items if item.grade == "deliverable"),
            sum(1 for item in made.items if any(unit.role in ("lead", "responsible") for unit in item.units)),
            sum(1 for item in made.items if item.deadlines),
            sum(len(item.targets) for item in made.items),
            len(made.frameworks),
            made.residue["sentences"],
            made.residue["unread"],
            len(made.doubts) + sum(len(item.doubts) for item in made.items),
        )
        table.add_row(path.name, *map(str, figures), f"{seconds:.2f}")
    console.print(table)
    console.print(f"每个文件都写成了 json、xlsx、docx、md、html，在 {out.resolve()}。用浏览器打开其中任何一个 .html 即可核对原文。")
    console.print(_aligned(kept, out))
    console.print("每一级对上一级的对标对表写成了 duibiao-*.html、xlsx、json、md，在同一个文件夹。")


def _aligned(kept: dict[str, Decomposition], out: Path) -> Table:
    """Lay each level of the chain beside the one above it, write the reports, and count what was found."""
    table = Table("上位 → 下位", "已见", "待核", "未见", "相同", "目标一致", "承接", "细化", "更严", "有变化", "缩小", "秒", title="样例对标结果")
    for column in table.columns[1:]:
        column.justify = "right"
    for upper, lower in pairwise(CHAIN):
        began = time.perf_counter()
        made = luoshi.align(kept[upper], kept[lower])
        seconds = time.perf_counter() - began
        stem = f"duibiao-{Path(lower).stem}"
        (out / f"{stem}.html").write_text(alignment_to_html([made]), encoding="utf-8")
        (out / f"{stem}.json").write_text(alignment_dumps([made]), encoding="utf-8")
        (out / f"{stem}.md").write_text(alignment_to_markdown([made]), encoding="utf-8")
        write_alignment_xlsx([made], out / f"{stem}.xlsx")
        table.add_row(f"{upper} → {lower}", *_counts(made), f"{seconds:.2f}")
    return table


def _counts(made: Alignment) -> list[str]:
    acts = [link.relation for link in made.links if link.level == "act"]
    return [str(sum(1 for item in made.upper_items if item.band == band)) for band in BANDS] + [str(acts.count(relation)) for relation in RELATIONS]


if __name__ == "__main__":
    main()
