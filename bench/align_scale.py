"""How fast all clauses of one side find their five most similar ones of the other, in how much memory, and how many are found.

``python -m bench.align_scale [ROWS…]``. Clauses are synthetic: pieces of real ones joined anew, 18 characters on average, with a fixed seed.
Every tool runs in a process of its own, whose peak memory is told by the system; the texts of both sides count in it. Seconds are of the
clock, core seconds of the processor: on a machine that is shared only the latter say what the work costs. Two of ours stand in
the table: ``exact``, which multiplies everything, and ``kept``, which seeks candidates by the heaviest entries and is what a corpus uses.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.peers import Answer, N, bm25s, recalls, scikit_learn
from luoshi.align.topn import KEPT, Top, top_tiled
from luoshi.align.vectors import WIDE, document_frequency, grams, idf, weighted
from luoshi.readers import read

ROOT = Path(__file__).parent.parent
BULK = ROOT.parent / "shared" / "corpus" / "bulk"
ROWS = (20_000, 100_000, 1_000_000)
SAMPLE = 10_000
PEER_SECONDS = 240
OUR_SECONDS = 1800
LARGE = 500_000  # from here on all products take many minutes, so ``exact`` is left out unless it is asked for
_CLAUSE_END = re.compile(r"[，。；：！？\n]")


def main(rows: Sequence[int] = ROWS, *, exact: bool = False) -> None:
    """Print the table; ``exact`` runs our exact search on the largest sizes, too."""
    print(f"{'clauses':>19s}  {'tool':<14s} {'prepare s':>9s} {'search s':>9s} {'both s':>8s} {'core s':>8s} {'peak MiB':>9s} {'MiB per M':>10s} {'recall@5':>9s}")
    taken: dict[str, tuple[int, float, float]] = {}
    for size in rows:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _write(folder, size)
            lines = [_measured(tool, folder, size, taken, exact=exact) for tool in TOOLS]
            recall = json.loads(_child("judge", folder, OUR_SECONDS) or "{}")
            for tool, line in zip(TOOLS, lines, strict=True):
                print(f"{size:>9,d}²{'':9s}  {tool:<14s} {line}" + (f" {recall[tool]:9.4f}" if tool in recall else ""), flush=True)


def clauses(count: int, seed: int) -> list[str]:
    """``count`` clauses, each of two pieces of real ones and every fourth of three."""
    generator = np.random.default_rng(seed)
    pieces = _pieces()
    chosen = generator.integers(0, len(pieces), (3, count)).tolist()
    third = (generator.random(count) < 0.25).tolist()
    return [pieces[i] + pieces[j] + (pieces[k] if also else "") for i, j, k, also in zip(*chosen, third, strict=True)]


def _pieces() -> list[str]:
    """The halves, roughly, of 25,000 clauses, or of as many as there are."""
    texts = [file.read_text("utf-8") for file in sorted(BULK.rglob("*.txt"))] or [read(file).text for file in sorted((ROOT / "samples").glob("*.txt"))]
    found = {clause.strip() for text in texts for clause in _CLAUSE_END.split(text)}
    usable = sorted(clause for clause in found if 6 <= len(clause) <= 43)
    generator = np.random.default_rng(7)
    usable = [usable[i] for i in sorted(generator.permutation(len(usable))[:25_000])]
    pieces = []
    for clause, share in zip(usable, generator.uniform(1 / 3, 2 / 3, len(usable)).tolist(), strict=True):
        middle = round(len(clause) * share)
        pieces += [clause[:middle], clause[middle:]]
    return pieces


def _write(folder: Path, size: int) -> None:
    for seed, side in enumerate(("upper", "lower"), start=1):
        (folder / side).write_text("\n".join(clauses(size, seed)), "utf-8")
    np.save(folder / "sample.npy", np.sort(np.random.default_rng(3).choice(size, min(size, SAMPLE), replace=False)))


def _measured(tool: str, folder: Path, size: int, taken: dict[str, tuple[int, float, float]], *, exact: bool) -> str:
    """One tool on one size, as a line of the table."""
    ours = tool.startswith("luoshi")
    if tool == "luoshi exact" and size >= LARGE and not exact:
        return "not run: python -m bench.align_scale --exact"
    limit = OUR_SECONDS if ours else PEER_SECONDS
    if tool in taken:
        before, prepare, search = taken[tool]
        expected = prepare * size / before + search * (size / before) ** 2
        if not ours and expected > 2 * limit:
            return f"not run: by its time for {before:,d}² about {expected / 60:.0f} min, allowed {limit / 60:.0f}"
    out = _child(tool, folder, limit)
    if out is None:
        taken[tool] = (size, limit, limit)
        return f"not done in {limit / 60:.0f} min"
    facts = json.loads(out)
    taken[tool] = (size, facts["prepare"], facts["search"])
    both = facts["prepare"] + facts["search"]
    return f"{facts['prepare']:9.1f} {facts['search']:9.1f} {both:8.1f} {facts['cores']:8.1f} {facts['peak']:9.0f} {facts['peak'] / (2 * size / 1e6):10.0f}"


def _child(tool: str, folder: Path, limit: int) -> str | None:
    """What the tool printed, run in a process of its own; None where it took longer than ``limit``."""
    try:
        done = subprocess.run([sys.executable, "-m", "bench.align_scale", tool, str(folder)], check=True, stdout=subprocess.PIPE, timeout=limit, cwd=ROOT)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode().splitlines()[-1]


def _ours(upper: list[str], lower: list[str], *, kept: float) -> Answer:
    began = time.perf_counter()
    rows = len(upper), len(lower)
    above, below = grams(upper, bits=WIDE), grams(lower, bits=WIDE)
    upper.clear()
    lower.clear()
    worth = idf(document_frequency(above) + document_frequency(below), sum(rows))
    above = weighted(above, worth)
    below = weighted(below, worth)
    prepared = time.perf_counter()
    found = top_tiled(above, below, n=N, kept=kept)
    return Answer(prepared - began, time.perf_counter() - prepared, _columns(found, rows[0]))


def _columns(found: Top, rows: int) -> NDArray[np.int32]:
    columns = np.full((rows, N), -1, dtype=np.int32)
    columns[found.row, np.arange(found.row.size) - np.searchsorted(found.row, found.row)] = found.column
    return columns


TOOLS: dict[str, Callable[[list[str], list[str]], Answer]] = {
    "luoshi exact": lambda upper, lower: _ours(upper, lower, kept=1.0),
    "luoshi kept": lambda upper, lower: _ours(upper, lower, kept=KEPT),
    "scikit-learn": scikit_learn,
    "bm25s": bm25s,
}


def _run(tool: str, folder: Path) -> None:
    """In a process of its own: one tool over the two sides in ``folder``, or the judge over what the tools found."""
    upper, lower = ((folder / side).read_text("utf-8").split("\n") for side in ("upper", "lower"))
    sample = np.load(folder / "sample.npy")
    if tool == "judge":
        print(json.dumps(recalls(upper, lower, sample, {file.stem: np.load(file) for file in folder.glob("*.npy") if file.stem in TOOLS})))
        return
    began = time.process_time()
    answer = TOOLS[tool](upper, lower)
    cores = time.process_time() - began
    status = Path("/proc/self/status").read_text("utf-8")
    peak = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert peak
    np.save(folder / f"{tool}.npy", answer.columns[sample])
    print(json.dumps({"prepare": answer.prepare, "search": answer.search, "cores": cores, "peak": int(peak.group(1)) / 1024}))


if __name__ == "__main__":
    if len(sys.argv) == 3 and (sys.argv[1] in TOOLS or sys.argv[1] == "judge"):
        _run(sys.argv[1], Path(sys.argv[2]))
    else:
        given = [int(word) for word in sys.argv[1:] if word.isdigit()]
        main(given or ROWS, exact="--exact" in sys.argv)
