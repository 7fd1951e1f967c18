"""The office's workbook 对标对表: how to read it, every item beside its counterparts, targets, one list per relation, what has none."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from luoshi import __version__
from luoshi.align.model import Alignment
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment.passages import Passage
from luoshi.writers.alignment.rows import Sheet
from luoshi.writers.alignment.sheets import Book, Marked, Value
from luoshi.writers.alignment.words import caveat, direction_text, document_line, lower_target_text, no_league
from luoshi.writers.rows import one_line, target_text, title_of
from luoshi.writers.xlsx import Column


def write_alignment_xlsx(alignments: Sequence[Alignment], path: Path | str) -> None:
    """Write the workbook: 说明, 逐条对照, 定量目标对照, a sheet for every relation that occurs, 未见对应表述, 本地新增."""
    sheet = Sheet.of(alignments)
    title = title_of(sheet.upper)
    book = Book(Path(path), f"{title}{_('对标对表')}")
    told = (Column(_("项目"), 22, "centre"), Column(_("文件"), 26, "centre"), Column(_("内容"), 62), Column(_("算法或依据"), 44, "small"))
    book.sheet(_("说明"), _("对标对表说明"), caveat(), told, _facts(sheet))
    marked = _("加粗加下划线的，是两边写法不同的字词。") + caveat()
    book.sheet(_("逐条对照"), f"{title}{_('逐条对照表')}", marked, _item_columns(), _items(sheet))
    book.sheet(_("定量目标对照"), _("定量目标对照表"), title, _target_columns(sheet), _targets(sheet))
    for relation, word in labels.relations().items():
        found = [passage for passages in sheet.passages for passage in passages if relation in passage.relations]
        if found:
            book.sheet(word, _("{word}（{n}处）").format(word=word, n=len(found)), marked, _passage_columns(), (_passage(one, sheet) for one in found))
    book.sheet(_("未见对应表述"), _("未见对应表述"), caveat(), _unseen_columns(), _unseen(sheet))
    book.sheet(_("本地新增"), _("本地新增（上位文件中未见对应）"), title, _local_columns(), _local(sheet))
    principles = (Column(_("序号"), 7, "centre"), Column(_("原则要求（原文）"), 90), Column(_("所在部分"), 40, "small"))
    book.sheet(_("原则要求"), _("原则要求，不参与比对"), title, principles, ((row.number, row.quote, row.path) for row in sheet.principles))
    book.close()


# --- 说明


def _facts(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    first = sheet.alignments[0]
    yield (_("上位文件"), title_of(sheet.upper), document_line(sheet.upper, first.direction.upper_date), sheet.upper.source.name)
    base = len(sheet.taking_part)
    yield (_("参与比对的上位事项"), title_of(sheet.upper), str(base), _("全部{n}条，减去原则要求{p}条").format(n=len(sheet.upper_rows), p=len(sheet.principles)))
    for d, (alignment, name) in enumerate(zip(sheet.alignments, sheet.names, strict=True), 1):
        yield (_("下位文件"), name, f"{title_of(alignment.lower)}\n{document_line(alignment.lower, alignment.direction.lower_date)}", alignment.lower.source.name)
        yield (_("先后关系"), name, direction_text(alignment), _("层级和日期"))
        for band, number in sheet.band_counts(d).items():
            yield (" ".join(labels.bands()[band]), name, _("{n} 条").format(n=number), _("共{base}条上位事项").format(base=base))
        for relation, number in sheet.relation_counts(d).items():
            yield (labels.relations()[relation], name, _("{n} 处").format(n=number), "")
        for comparison, number in sheet.comparison_counts(d).items():
            yield (f"{_('定量目标')}·{labels.comparisons()[comparison][1]}", name, _("{n} 项").format(n=number), "")
        for ratio in alignment.measures:
            share = _("无可计算") if ratio.value is None else f"{ratio.value:.0%}"
            yield (labels.ratios()[ratio.name], name, f"{share}（{ratio.part}/{ratio.whole}）", ratio.formula)
    yield (_("占比的用途"), "", no_league(), "")
    for alignment, name in zip(sheet.alignments, sheet.names, strict=True):
        if alignment.embedder:
            yield (_("本地模型"), name, alignment.embedder.name, alignment.embedder.sha256)
    yield (_("规范表述版本"), "", first.standard_version, _("套话、标题、引文不算照抄"))
    yield (_("引擎版本"), "", __version__, first.upper.rules_sha256)


# --- 逐条对照


def _item_columns() -> tuple[Column, ...]:
    return (
        Column(_("序号"), 6, "centre"), Column(_("所在部分"), 18, "small"), Column(_("上位表述（原文）"), 44), Column(_("下位文件"), 14, "centre"),
        Column(_("对应情况"), 13, "centre"), Column(_("写法"), 15, "centre"), Column(_("下位表述（原文）"), 44), Column(_("变化"), 34, "small"),
        Column(_("核对意见"), 14),
    )  # fmt: skip


def _items(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    for row in sheet.taking_part:
        for one in row.counterparts:
            band = " ".join(labels.bands()[one.band]) if one.band else ""
            name = sheet.names[one.document - 1]
            for passage in one.passages:
                upper, lower = (_marked(passage, sheet, side) for side in ("upper", "lower"))
                yield (row.number, row.path, upper, name, band, _relations(passage), lower, "\n".join(passage.notes), "")
            if not one.passages:
                yield (row.number, row.path, row.quote, name, band, "", "", "", "")


def _relations(passage: Passage) -> str:
    return "\n".join(labels.relations()[relation] for relation in passage.relations if relation in labels.relations())


def _marked(passage: Passage, sheet: Sheet, side: Literal["upper", "lower"]) -> Marked:
    """A quote in pieces; marked is what the other side words differently."""
    alignment = sheet.alignments[passage.document - 1]
    text = (alignment.upper if side == "upper" else alignment.lower).source.text
    pieces = [((edit.upper if side == "upper" else edit.lower).of(text), edit.op != "equal") for edit in passage.edits]
    return tuple((one_line(f"{piece}").replace("\n", ""), marked) for piece, marked in pieces if piece)


def _passage_columns() -> tuple[Column, ...]:
    return (
        Column(_("上位序号"), 7, "centre"), Column(_("下位文件"), 16, "centre"), Column(_("上位表述（原文）"), 52), Column(_("下位表述（原文）"), 52),
        Column(_("变化"), 38, "small"), Column(_("另有"), 14, "centre"), Column(_("核对意见"), 16),
    )  # fmt: skip


def _passage(passage: Passage, sheet: Sheet) -> tuple[Value, ...]:
    words = labels.relations()
    upper, lower = (_marked(passage, sheet, side) for side in ("upper", "lower"))
    others = "\n".join(words[relation] for relation in passage.relations[1:] if relation in words)
    number = sheet.numbers.get(passage.link.upper_item or "", 0)
    return (number or "", sheet.names[passage.document - 1], upper, lower, "\n".join(passage.notes), others, "")


# --- 定量目标


def _target_columns(sheet: Sheet) -> tuple[Column, ...]:
    shared = (Column(_("上位序号"), 7, "centre"), Column(_("指标"), 26), Column(_("上位目标（原文）"), 30))
    return shared + tuple(
        column for name in sheet.names for column in (Column(name, 30), Column(_("比较"), 12, "centre"))
    )


def _targets(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    words = labels.comparisons()
    for line in sheet.targets:
        cells: list[Value] = []
        for row, alignment in zip(line.cells, sheet.alignments, strict=True):
            cells += [lower_target_text(row, alignment.lower), " ".join(words[row.comparison]) if row else ""]
        yield (line.item or "", line.indicator, target_text(line.upper), *cells)


# --- what has no counterpart


def _unseen_columns() -> tuple[Column, ...]:
    return (
        Column(_("上位序号"), 7, "centre"), Column(_("下位文件"), 20, "centre"), Column(_("上位表述（原文）"), 76), Column(_("所在部分"), 34, "small"),
        Column(_("核对意见"), 24),
    )  # fmt: skip


def _unseen(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    for d, name in enumerate(sheet.names):
        yield from ((row.number, name, row.quote, row.path, "") for row in sheet.taking_part if row.counterparts[d].band == "not_seen")


def _local_columns() -> tuple[Column, ...]:
    return (
        Column(_("下位序号"), 7, "centre"), Column(_("下位文件"), 20, "centre"), Column(_("下位表述（原文）"), 80), Column(_("所在部分"), 34, "small"),
        Column(_("核对意见"), 20),
    )  # fmt: skip


def _local(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    for rows, name in zip(sheet.local, sheet.names, strict=True):
        yield from ((row.number, name, row.quote, row.path, "") for row in rows)
