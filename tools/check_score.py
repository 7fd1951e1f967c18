"""Scores the reader against the annotations beside the repository, where they are, and against the baselines kept in it.

Three measures: the annotated documents, which the rules were made on; the held-out sentences, from files that nobody had read when the
rules were made; and pairs of passages of a document that alignment was not made on. Fails where a figure of any of them fell. Says so, and why, where the documents are not there.
"""

import itertools
import json
import sys
from functools import cache
from pathlib import Path

import luoshi
from luoshi.cli.scoring import compare, pairs_table, score_all, table
from luoshi.score import Gold, MethodScore, Score, load_pairs, pool, score, score_pairs

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BASELINES = ROOT / "tests" / "score"
HELD_OUT = BASELINES / "heldout.json"
PAIRS = SHARED / "gold" / "within-chongqing-plenary.alignments.jsonl"
SLACK = 0.005


def main() -> None:
    """Score; write the baselines anew with ``--write``."""
    if not (SHARED / "gold").is_dir():
        print(f"skipped: no annotations at {SHARED / 'gold'}")
        return
    write = "--write" in sys.argv
    annotated = [SHARED / "gold", SHARED / "corpus" / "annotated"]
    fell = score_all(annotated, documents=[], baseline=BASELINES / "baseline.json", write_baseline=write, errors=write)
    found = held_out()
    print(table(found))
    kept = BASELINES / "heldout-baseline.json"
    if write:
        kept.write_text(json.dumps(found.figures(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    pairs = marked_pairs()
    print(pairs_table(PAIRS.name, pairs))
    raise SystemExit(fell or compare(found, kept) or compare_pairs(pairs, BASELINES / "pairs-baseline.json", write=write))


def marked_pairs() -> list[MethodScore]:
    """Ours and two plain methods on the pairs inside one document, their lines drawn on other pairs, which are kept by offset."""
    others = load_pairs(BASELINES / "clauses.alignments.jsonl", documents=[SHARED])
    return score_pairs(load_pairs(PAIRS, documents=[SHARED]), others, cache(lambda path: luoshi.decompose(luoshi.read(path))))


def compare_pairs(found: list[MethodScore], baseline: Path, *, write: bool) -> int:
    """1 where F1 or average precision of ours is lower than it was, or not above both plain methods."""
    ours, *others = found
    figures = {"f1": round(ours.f1, 4), "average_precision": round(ours.average_precision, 4)}
    if write:
        baseline.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    kept = json.loads(baseline.read_text("utf-8"))
    fallen = [name for name, was in kept.items() if figures[name] < was - SLACK]
    behind = [one.method for one in others if one.f1 >= ours.f1 or one.average_precision >= ours.average_precision]
    for what in (*fallen, *behind):
        print(f"pairs: fell or behind: {what}", file=sys.stderr)
    return 1 if fallen or behind else 0


def held_out() -> Score:
    """The pooled score over the held-out sentences: file below ``corpus/bulk``, offsets and label; their text is not kept here."""
    rows = json.loads(HELD_OUT.read_text("utf-8"))
    scores = []
    for name, marked in itertools.groupby(rows, lambda row: row["file"]):
        document = SHARED / "corpus" / "bulk" / name
        made = luoshi.decompose(luoshi.read(document))
        sentences = tuple({**row, "text": made.source.text[row["start"] : row["end"]]} for row in marked)
        scores.append(score(Gold(name, document, sentences), made))
    return pool(scores, "held out")


if __name__ == "__main__":
    main()
