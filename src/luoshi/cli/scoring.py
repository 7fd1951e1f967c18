"""``luoshi score``: decompose every annotated document and print how far the two agree."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from luoshi.cli.inputs import read_input
from luoshi.decompose import decompose
from luoshi.score import Score, load_gold, pool, score
from luoshi.text import UsageError
from luoshi.text.language import _

_SLACK = 0.0005


def score_all(paths: Sequence[Path], *, documents: Sequence[Path], baseline: Path | None, write_baseline: bool, errors: bool) -> int:
    """Score every annotation and all of them pooled. Returns 1 where a figure fell below the baseline."""
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
        baseline.write_text(json.dumps({**total.figures(), "false_mismatches": total.false_mismatches}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return 0
    return compare(total, baseline)


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


def compare(total: Score, baseline: Path) -> int:
    """1 where any figure is lower than it was, with the figures named on standard error."""
    kept = json.loads(baseline.read_text("utf-8"))
    figures = total.figures()
    fallen = [(name, was, figures.get(name, 0.0)) for name, was in kept.items() if name != "false_mismatches" and figures.get(name, 0.0) < was - _SLACK]
    if total.false_mismatches > kept.get("false_mismatches", 0):
        fallen.append(("false_mismatches", kept.get("false_mismatches", 0), total.false_mismatches))
    for name, was, now in fallen:
        print(_("低于基线：{name} {was} → {now}").format(name=name, was=was, now=now), file=sys.stderr)
    return 1 if fallen else 0
