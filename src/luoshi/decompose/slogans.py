"""Slogans that head a part of a paragraph: 一是加大力度。加强巡查……二是压实责任。各乡镇……

They are titles, as 1.加大力度。 is; a slogan with nothing behind it stays the task that it is.
"""

import re
from itertools import pairwise

from luoshi.decompose import items as making
from luoshi.decompose.disposition import Judgement
from luoshi.decompose.paragraphs import Sentence

PART = re.compile(r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十],|首先,|其次,)")
_SLOGAN = re.compile(rf"{PART.pattern}(?P<title>[\u4e00-\u9fff“”、,]{{4,12}})。")


def head_parts(text: str, found: list[Sentence], judged: Judgement) -> None:
    """一是加大力度。加强巡查……: a slogan behind its number heads what follows it there and is no task of its own."""
    for i, (sentence, following) in enumerate(pairwise(found)):
        if judged.dispositions[i] != "requirement" or sentence.end - sentence.start > 16 or following.paragraph != sentence.paragraph or text[sentence.start] not in "一二三四五六七八九十第首其":
            continue
        said = _SLOGAN.fullmatch(text, sentence.start, sentence.end)
        if said is None or PART.match(text, following.start) or judged.dispositions[i + 1] not in ("requirement", "pledge"):
            continue
        if not judged.commanded[i] and making.grade(said["title"], principles=False, concrete=False, owned=False) != "deliverable" and not making.office_acts(text, said.start("title"), sentence.end):
            judged.dispositions[i] = "heading"
            judged.heads_parts.add(i)


def part_of(text: str, found: list[Sentence], i: int) -> int:
    """The sentence that opens the part of the paragraph in which sentence ``i`` stands: the last before it that says 二是, else the first of all."""
    while not found[i].first and not PART.match(text, found[i].start):
        i -= 1
    return i
