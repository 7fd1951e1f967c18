"""A list as a Word document: A4 across, the header on every page, the look of 任务分解表, and what is said of the whole at its end."""

from typing import BinaryIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.writers.lists import Listing
from luoshi.writers.word import Style, add_styles, describe, lay_across, paragraph, save, table

WIDTH = 257.0
"""Millimetres between the margins."""
_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_STYLES: dict[str, Style] = {
    "Luoshi Title": ("方正小标宋简体", 22, _CENTRE, 32, 0),
    "Luoshi Facts": ("楷体_GB2312", 12, _CENTRE, 20, 4),
    "Luoshi Text": ("仿宋_GB2312", 12, _LEFT, 20, 0),
    "Luoshi Header": ("黑体", 10.5, _CENTRE, 15, 0),
    "Luoshi Cell": ("仿宋_GB2312", 10.5, _LEFT, 15, 0),
    "Luoshi Centre": ("仿宋_GB2312", 10.5, _CENTRE, 15, 0),
    "Luoshi Foot": ("宋体", 14, _CENTRE, 18, 0),
}


def write_list(listing: Listing, file: BinaryIO) -> int:
    """Write the document into ``file``; how many rows there are."""
    document = docx.Document()
    lay_across(document)
    add_styles(document, _STYLES)
    describe(document, listing.title)
    places = listing.shown
    columns = [listing.columns[at] for at in places]
    share = WIDTH / sum(column.width for column in columns)
    shapes = tuple((column.header, column.width * share, "LuoshiCentre" if column.centred else "LuoshiCell") for column in columns)
    rows = [tuple(row[at] for at in places) for row in listing.rows]
    body = [paragraph("LuoshiTitle", listing.title), paragraph("LuoshiFacts", listing.note), table(shapes, rows), paragraph("LuoshiText", "")]
    body += [paragraph("LuoshiText", sentence) for sentence in listing.told(len(rows))]
    save(document, "".join(body), file)
    return len(rows)
