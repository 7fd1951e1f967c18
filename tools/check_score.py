"""Scores the reader against the annotations beside the repository, where they are, and against the baselines kept in it.

Two measures: the annotated documents, which the rules were made on; and the held-out sentences, from files that nobody had
read when the rules were made. Fails where a field of either fell. Says so, and why, where the documents are not there.
"""

import itertools
import json
import sys
from pathlib import Path

import luoshi
from luoshi.cli.scoring import compare, score_all, table
from luoshi.score import Gold, Score, pool, score

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BASELINES = ROOT / "tests" / "score"
HELD_OUT = BASELINES / "heldout.json"


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
    raise SystemExit(fell or compare(found, kept))


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
