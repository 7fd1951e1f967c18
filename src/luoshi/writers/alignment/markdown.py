"""An alignment as Markdown, for people and for diffs: one thing a line, nothing that depends on the clock. Text of the documents is escaped."""

from collections.abc import Iterator, Sequence

from luoshi.align.model import Alignment
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment.passages import Passage
from luoshi.writers.alignment.rows import Counterpart, Sheet, UpperRow
from luoshi.writers.alignment.words import caveat, direction_text, document_line, lower_target_text, no_league, ratio_text
from luoshi.writers.markdown import escape
from luoshi.writers.rows import target_text, title_of


def alignment_to_markdown(alignments: Sequence[Alignment]) -> str:
    """Documents, direction, counts, every upper item with its counterparts, targets, what is local, shares with their formulas."""
    sheet = Sheet.of(alignments)
    parts = [
        f"# {_('对标对表')}：{escape(title_of(sheet.upper))}",
        f"> {caveat()}",
        "\n".join(_documents(sheet)),
        f"## {_('总览')}",
        *_counts(sheet),
        f"## {_('逐条对照')}",
        *(_item(row, sheet) for row in sheet.taking_part),
    ]
    for heading, lines in (
        (_("定量目标对照"), list(_targets(sheet))),
        (_("本地新增"), list(_local(sheet))),
        (_("原则要求，不参与比对"), [f"- {row.number}. {escape(row.quote)}" for row in sheet.principles]),
        (_("占比与算法"), list(_ratios(sheet))),
    ):
        parts += [f"## {heading}", "\n".join(lines) or _("无。")]
    return "\n\n".join(parts) + "\n"


def _documents(sheet: Sheet) -> Iterator[str]:
    upper_date = sheet.alignments[0].direction.upper_date
    yield f"- {labels.pair(_('上位文件'), escape(title_of(sheet.upper)))}（{escape(document_line(sheet.upper, upper_date))}）"
    for alignment in sheet.alignments:
        line = document_line(alignment.lower, alignment.direction.lower_date)
        yield f"- {labels.pair(_('下位文件'), escape(title_of(alignment.lower)))}（{escape(line)}）"
        yield f"  - {escape(direction_text(alignment))}"


def _counts(sheet: Sheet) -> Iterator[str]:
    """One table: a line for every count, a column for every lower document."""
    base = len(sheet.taking_part)
    yield _("上位事项 {items} 条，其中参与比对 {base} 条，原则要求 {principles} 条不参与。").format(
        items=len(sheet.upper_rows), base=base, principles=len(sheet.principles)
    )
    documents = range(1, len(sheet.alignments) + 1)
    lines = [["", *(escape(name) for name in sheet.names)], ["---", *("---:" for _name in sheet.names)]]
    bands = {d: sheet.band_counts(d) for d in documents}
    lines += [[f"{mark} {word}", *(f"{bands[d][band]}/{base}" for d in documents)] for band, (mark, word) in labels.bands().items()]
    relations = {d: sheet.relation_counts(d) for d in documents}
    lines += [[word, *(str(relations[d][relation]) for d in documents)] for relation, word in labels.relations().items()]
    targets = {d: sheet.comparison_counts(d) for d in documents}
    lines += [
        [f"{_('定量目标')} {mark} {word}", *(str(targets[d][comparison]) for d in documents)]
        for comparison, (mark, word) in labels.comparisons().items()
    ]
    lines += [[_("本地新增"), *(str(len(rows)) for rows in sheet.local)]]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _item(row: UpperRow, sheet: Sheet) -> str:
    lines = [f"### {row.number}", f"> {escape(row.quote)}", *([labels.pair(_("所在部分"), escape(row.path))] if row.path else [])]
    return "\n\n".join([*lines, "\n".join(_counterpart(one, sheet) for one in row.counterparts if one.band)])


def _counterpart(one: Counterpart, sheet: Sheet) -> str:
    assert one.band is not None
    mark, word = labels.bands()[one.band]
    lines = [f"- {mark} {word} · {escape(sheet.names[one.document - 1])}"]
    for passage in one.passages:
        lines += _passage(passage)
    return "\n".join(lines)


def _passage(passage: Passage) -> list[str]:
    words = "、".join(labels.relations()[relation] for relation in passage.relations if relation in labels.relations())
    return [
        f"  - **{words}**",
        f"    - {labels.pair(_('上'), escape(passage.upper))}",
        f"    - {labels.pair(_('下'), escape(passage.lower))}",
        *(f"    - {escape(note)}" for note in passage.notes),
    ]


def _targets(sheet: Sheet) -> Iterator[str]:
    comparisons = labels.comparisons()
    for line in sheet.targets:
        yield f"- {line.item}. {escape(line.indicator)} {escape(target_text(line.upper))}"
        for row, alignment, name in zip(line.cells, sheet.alignments, sheet.names, strict=True):
            if row is not None:
                mark, word = comparisons[row.comparison]
                beside = lower_target_text(row, alignment.lower)
                yield f"  - {escape(name)}：{mark} {word}" + (f"：{escape(beside)}" if beside else "")


def _local(sheet: Sheet) -> Iterator[str]:
    for rows, name in zip(sheet.local, sheet.names, strict=True):
        yield from (f"- {escape(name)} {row.number}. {escape(row.quote)}" for row in rows)


def _ratios(sheet: Sheet) -> Iterator[str]:
    yield f"{no_league()}\n"
    for alignment, name in zip(sheet.alignments, sheet.names, strict=True):
        for ratio in alignment.measures:
            yield f"- {escape(name)} {labels.ratios()[ratio.name]} {ratio_text(ratio)}：{escape(ratio.formula)}"
