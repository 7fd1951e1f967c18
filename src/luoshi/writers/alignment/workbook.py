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
from luoshi.writers.alignment.words import caveat, direction_text, document_line, lower_target_text, no_league, ratio_text
from luoshi.writers.plain import one_line
from luoshi.writers.rows import title_of
from luoshi.writers.sheets import Book, Column, Marked, Value


def write_alignment_xlsx(alignments: Sequence[Alignment], path: Path | str) -> None:
    """Write the workbook: 说明, 逐条对照, 定量目标对照, a sheet for every relation that occurs, 未见对应表述, 本地新增."""
    sheet = Sheet.of(alignments)
    title = title_of(sheet.upper)
    book = Book(Path(path), _("{title}对标对表").format(title=title))
    book.sheet(_("说明"), _("对标对表说明"), _about(sheet), _fact_columns(sheet), _facts(sheet))
    marked = _("加粗加下划线的，是两边写法不同的字词。") + caveat()
    book.sheet(_("逐条对照"), _("{title}逐条对照表").format(title=title), marked, _item_columns(), _items(sheet))
    book.sheet(_("定量目标对照"), _("定量目标对照表"), title, _target_columns(sheet), _targets(sheet))
    for relation, word in labels.relations().items():
        found = [passage for passages in sheet.passages for passage in passages if relation in passage.relations]
        if found:
            book.sheet(word, _("{word}（{n}处）").format(word=word, n=len(found)), marked, _passage_columns(), (_passage(one, sheet) for one in found))
    checks = [one for d in range(1, len(sheet.names) + 1) for one in sheet.shown(d) if not one.counts]
    unsure = _("有相近的话，是不是承接，请人判断。") + caveat()
    book.sheet(_("待核"), _("待核（{n}处）").format(n=len(checks)), unsure, _passage_columns(), (_passage(one, sheet) for one in checks))
    book.sheet(_("未见对应表述"), _("未见对应表述"), caveat(), _unseen_columns(), _unseen(sheet))
    book.sheet(_("本地新增"), _("本地新增（上位文件中未见对应）"), title, _local_columns(), _local(sheet))
    principles = (Column(_("序号"), 7, "centre"), Column(_("原则要求（原文）"), 90), Column(_("所在部分"), 40, "small"))
    book.sheet(_("原则要求"), _("原则要求，不参与比对"), title, principles, ((row.number, row.quote, row.path) for row in sheet.principles))
    book.close()


# --- 说明


def _about(sheet: Sheet) -> str:
    line = document_line(sheet.upper, sheet.alignments[0].direction.upper_date)
    told = _("上位文件：{title}（{line}）。事项{items}条，参与比对{base}条，原则要求{p}条不参与。").format(
        title=title_of(sheet.upper), line=line, items=len(sheet.upper_rows), base=len(sheet.taking_part), p=len(sheet.principles)
    )
    return f"{told}\n{caveat()}{no_league()}"


def _fact_columns(sheet: Sheet) -> tuple[Column, ...]:
    width = 44 if len(sheet.names) < 3 else 30
    return (Column(_("项目"), 24, "centre"), *(Column(name, width, "centre") for name in sheet.names), Column(_("算法或依据"), 44, "small"))


def _facts(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    """A line for every fact and count, a column for every lower document."""
    alignments, documents = sheet.alignments, range(1, len(sheet.alignments) + 1)
    yield (_("下位文件"), *(title_of(a.lower) for a in alignments), "")
    yield (_("文号和日期"), *(document_line(a.lower, a.direction.lower_date) for a in alignments), "")
    yield (_("先后关系"), *(direction_text(a) for a in alignments), _("层级和日期"))
    base = len(sheet.taking_part)
    bands, relations, targets = ([count(d) for d in documents] for count in (sheet.band_counts, sheet.relation_counts, sheet.comparison_counts))
    for name, (mark, word) in labels.bands().items():
        yield (f"{mark} {word}", *(each[name] for each in bands), _("共{base}条上位事项").format(base=base))
    for name, word in labels.relations().items():
        if any(each[name] for each in relations):
            yield (word, *(each[name] for each in relations), _("分句处数；一处几种变化的，归入最重的一种"))
    for name, (mark, word) in labels.comparisons().items():
        yield (f"{_('定量目标')} {mark} {word}", *(each[name] for each in targets), _("共{n}项上位目标").format(n=len(sheet.targets)))
    yield (_("本地新增"), *(len(rows) for rows in sheet.local), _("下位文件的事项条数"))
    shares = [{ratio.name: ratio for ratio in alignment.measures} for alignment in alignments]
    for name, word in labels.ratios().items():
        first = next((each[name] for each in shares if name in each), None)
        if first:
            yield (word, *(ratio_text(each[name]) if name in each else "" for each in shares), first.formula)
    if any(alignment.embedder for alignment in alignments):
        models = [alignment.embedder for alignment in alignments]
        yield (_("本地模型"), *(f"{model.name} {model.sha256}" if model else "" for model in models), _("只用来看“待核”"))
    yield (_("规范表述版本"), *(alignment.standard_version for alignment in alignments), _("套话、标题、引文不算照抄"))
    yield (_("引擎版本"), *(__version__ for _d in documents), alignments[0].upper.rules_sha256)


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
                yield (row.number, row.path, upper, name, band, _relations(passage), lower, _changes(passage), "")
            if not one.passages:
                yield (row.number, row.path, row.quote, name, band, "", "", "", "")


def _relations(passage: Passage) -> str:
    return "\n".join(labels.relations()[relation] for relation in passage.relations if relation in labels.relations())


def _changes(passage: Passage) -> str:
    """What changed, one thing a line."""
    return "\n".join([*([_("（整条来看）")] if passage.whole else []), *passage.notes])


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
    return (number or "", sheet.names[passage.document - 1], upper, lower, _changes(passage), others, "")


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
        yield (line.item or "", line.indicator, one_line(line.upper.text), *cells)


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
