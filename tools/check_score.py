"""Scores the reader against the annotations beside the repository, where they are, and against the baseline kept in it.

Fails where a field fell. Says so, and why, where the annotations are not there.
"""

import sys
from pathlib import Path

from luoshi.cli.scoring import score_all

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BASELINE = ROOT / "tests" / "score" / "baseline.json"


def main() -> None:
    """Score; write the baseline anew with ``--write``."""
    if not (SHARED / "gold").is_dir():
        print(f"skipped: no annotations at {SHARED / 'gold'}")
        return
    write = "--write" in sys.argv
    raise SystemExit(score_all([SHARED / "gold", SHARED / "corpus" / "annotated"], documents=[], baseline=BASELINE, write_baseline=write, errors=write))


if __name__ == "__main__":
    main()
