"""``make run``: decompose the sample documents into every format, and print what came of them."""

import sys
import time
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

import luoshi
from luoshi.readers import read
from luoshi.writers.decomposition_json import dumps
from luoshi.writers.docx import write_docx
from luoshi.writers.html import to_html
from luoshi.writers.markdown import to_markdown
from luoshi.writers.xlsx import write_xlsx

SAMPLES = Path(__file__).parent.parent / "samples"
SUFFIXES = (".txt", ".docx", ".pdf", ".ofd")
AS_OF = date(2026, 12, 1)


def main() -> None:
    """Read every sample, write json, xlsx, docx, md and html of each, and say where they are."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    out.mkdir(parents=True, exist_ok=True)
    console = Console(width=120)
    table = Table("文件", "事项", "可立项", "牵头已明", "时限", "目标", "提法", "句子", "未读", "存疑", "秒", title="样例拆解结果")
    for column in table.columns[1:]:
        column.justify = "right"
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in SUFFIXES):
        began = time.perf_counter()
        made = luoshi.decompose(read(path), as_of=AS_OF)
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


if __name__ == "__main__":
    main()
