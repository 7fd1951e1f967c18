"""``luoshi score``: decompose every annotated document and print how far the two agree."""

import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from luoshi.cli.inputs import read_input
from luoshi.decompose import decompose
from luoshi.score import MethodScore, Score, load_gold, load_pairs, pool, score, score_pairs
from luoshi.score.pairs import PAIRS_SUFFIX
from luoshi.text import UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

_SLACK = 0.0005


def score_all(paths: Sequence[Path], *, documents: Sequence[Path], baseline: Path | None, write_baseline: bool, errors: bool, lines_from: Path | None = None) -> int:
    """Score every annotation and all of them pooled. Returns 1 where a figure fell below the baseline.

    Pairs of passages (``.alignments.jsonl``) are scored by themselves, the lines drawn on ``lines_from``.
    """
    if write_baseline and baseline is None:
        raise UsageError(_("没有说基线写到哪里。"), hint=_("请用 --baseline 指定文件。"))
    pairs = _pairs_among(paths)
    if lines_from is not None or (pairs and len(pairs) == len(paths)):
        return score_marked_pairs(pairs, documents=documents, lines_from=lines_from)
    scores = [_one(path, documents) for path in _annotations(paths)]
    total = pool(scores, _("合计"))
    for one in [*scores, total]:
        print(table(one))
    if errors:
        for line in total.errors:
            print(f"  {line}")
    if baseline is None:
        return 0
    if write_baseline:
        return _write(total, baseline)
    return compare(total, baseline)


def _pairs_among(paths: Sequence[Path]) -> list[Path]:
    return [found for path in paths for found in (sorted(path.rglob(f"*{PAIRS_SUFFIX}")) if path.is_dir() else [path] if path.name.endswith(PAIRS_SUFFIX) else [])]


def score_marked_pairs(paths: Sequence[Path], *, documents: Sequence[Path], lines_from: Path | None) -> int:
    """Score each file of pairs beside two plain methods, and print the table."""
    if lines_from is None or not paths:
        raise UsageError(_("没有说按哪一份标注划线。"), hint=_("请用 --lines-from 指定另一份 {suffix} 文件。").format(suffix=PAIRS_SUFFIX))
    others = load_pairs(lines_from, documents=documents)
    decomposed = cache(lambda path: decompose(read_input(path)))
    for path in paths:
        print(pairs_table(path.name, score_pairs(load_pairs(path, documents=documents), others, decomposed)))
    return 0


def pairs_table(name: str, scores: Sequence[MethodScore]) -> str:
    """The figures of each method as lines of text."""
    lines = [f"== {name}"]
    for one in scores:
        low, high = one.interval
        lines.append(
            f"  {one.method:14s} P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f} [{low:.2f}, {high:.2f}]  AP {one.average_precision:.3f}  (≥ {one.threshold:.3f})"
        )
    return "\n".join(lines)


def _one(path: Path, documents: Sequence[Path]) -> Score:
    gold = load_gold(path, documents=documents)
    return score(gold, decompose(read_input(gold.document)))


def _annotations(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += sorted([*path.rglob("*.gold.json"), *path.rglob("*.responsibilities.jsonl")]) if path.is_dir() else [path]
    if not found:
        raise UsageError(_("没有标注文件。"), hint=_("标注文件名以 .gold.json 或 .responsibilities.jsonl 结尾。"))
    return found


def table(one: Score) -> str:
    """The figures of one score as lines of text."""
    lines = [f"== {one.name}"]
    for name, counts in one.fields.items():
        if counts.right + counts.extra + counts.missed:
            lines.append(f"  {name:26s} P {_percent(counts.precision)}  R {_percent(counts.recall)}  F1 {_percent(counts.f1)}  ({counts.right}/{counts.right + counts.missed})")
    if one.macro_f1 is not None:
        lines.append(f"  {'disposition.macro':26s} {'':17s}F1 {_percent(one.macro_f1)}")
    if one.false_mismatches:
        lines.append(f"  {'frameworks.false_mismatch':26s} {one.false_mismatches}")
    return "\n".join(lines)


def _percent(value: float | None) -> str:
    return "  –  " if value is None else f"{value:.3f}"


def _write(total: Score, baseline: Path) -> int:
    """Keep the figures for later runs to be compared with."""
    figures = {**total.figures(), "false_mismatches": total.false_mismatches}
    try:
        baseline.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(_("写不了文件：{name}（{why}）。").format(name=baseline, why=reason(error)), hint=_("请检查路径、权限和磁盘空间。")) from error
    return 0


def _kept(baseline: Path) -> dict[str, float]:
    """The figures of a baseline file. Raises ``UsageError`` where it is none."""
    hint = _("请先用 --write-baseline 写出基线。")
    try:
        kept = json.loads(baseline.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(_("读不了基线文件：{name}（{why}）。").format(name=baseline, why=error), hint=hint) from error
    if not isinstance(kept, dict) or not all(isinstance(figure, int | float) for figure in kept.values()):
        raise UsageError(_("不是基线文件：{name}。").format(name=baseline), hint=hint)
    return kept


def compare(total: Score, baseline: Path) -> int:
    """1 where any figure is lower than it was, with the figures named on standard error."""
    kept = _kept(baseline)
    figures = total.figures()
    fallen = [(name, was, figures.get(name, 0.0)) for name, was in kept.items() if name != "false_mismatches" and figures.get(name, 0.0) < was - _SLACK]
    if total.false_mismatches > kept.get("false_mismatches", 0):
        fallen.append(("false_mismatches", kept.get("false_mismatches", 0), total.false_mismatches))
    for name, was, now in fallen:
        print(_("低于基线：{name} {was} → {now}").format(name=name, was=was, now=now), file=sys.stderr)
    return 1 if fallen else 0
