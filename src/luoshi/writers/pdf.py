"""A list as PDF, set by typst: A4 across, the header on every page, pages numbered. Text is data, never markup.

No font comes along: a Chinese one is looked for among those of the system, and without one there is no PDF but a sentence.
"""

import json
from functools import cache
from typing import Any

import typst

from luoshi.text import ToolMissing
from luoshi.text.language import _
from luoshi.writers.lists import Listing
from luoshi.writers.rows import printable

BODY = ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "FZFangSong-Z02", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "宋体", "NSimSun")
PLAIN = ("SimHei", "黑体", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")
_PAGE = r"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page(paper: "a4", flipped: true, margin: (x: 16mm, top: 16mm, bottom: 18mm), footer: context align(center, text(10pt)[— #counter(page).display() —]))
#set text(font: d.body, size: 9pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(leading: 0.55em)
#align(center, text(font: d.plain, size: 17pt, weight: "bold", d.title))
#align(center, text(size: 10pt, d.note))
#v(2mm)
#table(
  columns: d.widths.map(w => w * 1fr),
  stroke: 0.4pt,
  inset: (x: 3pt, y: 4pt),
  align: (x, y) => if y == 0 or d.centred.at(x) { center + horizon } else { left + horizon },
  table.header(repeat: true, ..d.head.map(c => text(font: d.plain, weight: "bold", c))),
  ..d.rows.flatten().map(c => text(c)),
)
#v(2mm)
#for s in d.told { par(text(s)) }
"""


def list_pdf(listing: Listing) -> bytes:
    """The file. Raises ToolMissing where the system has no Chinese font."""
    places = listing.shown
    columns = [listing.columns[at] for at in places]
    rows = [[printable(row[at]) for at in places] for row in listing.rows]
    body, plain = chinese_fonts()
    told: dict[str, Any] = {"title": printable(listing.title), "note": printable(listing.note), "rows": rows, "body": body, "plain": plain}
    told |= {"head": [column.header for column in columns], "widths": [column.width for column in columns], "centred": [column.centred for column in columns]}
    told["told"] = [printable(sentence) for sentence in listing.told(len(rows))]
    made = typst.compile(_PAGE.encode(), sys_inputs={"data": json.dumps(told, ensure_ascii=False)}, format="pdf")
    assert isinstance(made, bytes)
    return made


@cache
def chinese_fonts() -> tuple[list[str], list[str]]:
    """Families for the text and for headings that the system has, the best first. Raises ToolMissing where there is none."""
    there = set(typst.Fonts().families())
    body, plain = ([name for name in names if name in there] for names in (BODY, PLAIN))
    if not body and not plain:
        message = _("系统里没有中文字体，不能生成PDF。")
        raise ToolMissing(message, hint=_("请管理员安装一种中文字体（如仿宋、宋体或 Noto Serif CJK SC），或改导出 Word 和 Excel。"))
    return (body or plain), (plain or body)
