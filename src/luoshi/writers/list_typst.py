"""A list as PDF, for typst to set: A4 across, the header on every page, pages numbered. Text is data, never markup; the child sets it."""

from typing import Any

from luoshi.writers.lists import Listing
from luoshi.writers.plain import printable

SOURCE = r"""
#let d = json(bytes(sys.inputs.data))
#let fonts = json(bytes(sys.inputs.fonts))
#set document(title: d.title)
#set page(paper: "a4", flipped: true, margin: (x: 16mm, top: 16mm, bottom: 18mm), footer: context align(center, text(10pt)[— #counter(page).display() —]))
#set text(font: fonts.body, size: 9pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(leading: 0.55em)
#align(center, text(font: fonts.black, size: 17pt, weight: "bold", d.title))
#align(center, text(size: 10pt, d.note))
#v(2mm)
#table(
  columns: d.widths.map(w => w * 1fr),
  stroke: 0.4pt,
  inset: (x: 3pt, y: 4pt),
  align: (x, y) => if y == 0 or d.centred.at(x) { center + horizon } else { left + horizon },
  table.header(repeat: true, ..d.head.map(c => text(font: fonts.black, weight: "bold", c))),
  ..d.rows.flatten().map(c => text(c)),
)
#v(2mm)
#for s in d.told { par(text(s)) }
"""


def list_facts(listing: Listing) -> dict[str, Any]:
    """The data of ``SOURCE``."""
    places = listing.shown
    columns = [listing.columns[at] for at in places]
    rows = [[printable(row[at]) for at in places] for row in listing.rows]
    told: dict[str, Any] = {"title": printable(listing.title), "note": printable(listing.note), "rows": rows}
    told |= {"head": [column.header for column in columns], "widths": [column.width for column in columns], "centred": [column.centred for column in columns]}
    return told | {"told": [printable(sentence) for sentence in listing.told(len(rows))]}
