"""``make bench``: how fast everything is, as a ratio to peers measured in the same run.

``python -m bench`` measures all; ``python -m bench read pair`` only what is named: ``read`` (the reader), ``pair`` (one pair of documents),
``scale`` (clauses of whole corpora, up to a million against a million), ``corpus`` (processes and kills), ``pages`` (the ledger of an office, served),
``city`` (that of a city), ``keeping`` (backup and restore),
``audit`` (a million records verified). Every figure is the best of
several rounds, ours and the peer's in turn, because a machine is rarely idle. Nothing here is asserted.
"""

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import jieba.posseg
import rjieba

from bench import align_pair, align_scale, audit, corpus, keeping, pages, pages_city
from luoshi.decompose import decompose
from luoshi.readers import read
from luoshi.text import SourceText

ROOT = Path(__file__).parent.parent
BULK = ROOT.parent / "shared" / "corpus" / "bulk"
ROUNDS = 5
USUAL = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # an office's machine keeps what was compiled
SLOW_CHARS = 60_000
PEER_CHARS = 400_000


PARTS = ("read", "pair", "scale", "corpus", "pages", "city", "keeping", "audit")


def main(names: Sequence[str]) -> None:
    """Print the tables."""
    wrong = [name for name in names if name not in PARTS]
    if wrong:
        sys.exit(f"no such part: {', '.join(wrong)}; there are {', '.join(PARTS)}")
    for name in names or PARTS:
        print(f"\n=== {name}")
        _MAINS[name]()


def reader() -> None:
    """Print the table of the reader."""
    sources, where = _sources()
    total = sum(len(source.text) for source in sources)
    print(f"documents: {len(sources)} from {where}, {total / 1e6:.2f} M characters\n")
    jieba.setLogLevel(60)
    jieba.initialize()
    _throughput(sources)
    _start_up()
    _one_document()
    _long_line()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, dictionaries of the peers included: {peak:.0f} MiB")


def _sources() -> tuple[list[SourceText], str]:
    files = sorted(BULK.rglob("*.txt"))
    if files:
        return [SourceText.from_text(file.read_text("utf-8"), name=file.name) for file in files], "corpus/bulk"
    samples = sorted((ROOT / "samples").glob("*.txt"))
    return [SourceText.from_text(file.read_text("utf-8"), name=file.name) for file in samples] * 20, "samples, twenty times"


def _throughput(sources: list[SourceText]) -> None:
    """Ours over everything, the peers over as much as they can do in the time; M characters a second on one core.

    All take a document in turn and the best of the rounds counts, so that a disturbed second meets all of them and spoils none.
    """
    step = max(1, len(sources) * PEER_CHARS // sum(len(source.text) for source in sources))
    part = sources[:: max(1, len(sources) // step)]
    work: dict[str, tuple[list[SourceText], Callable[[SourceText], object]]] = {
        "luoshi decompose, all fields": (part, decompose),
        "jieba.lcut": (part, lambda source: jieba.lcut(source.text)),
        "rjieba.tag": (part, lambda source: rjieba.tag(source.text)),
        "jieba.posseg": (_cut(part, SLOW_CHARS), lambda source: list(jieba.posseg.cut(source.text))),
    }
    best: dict[str, dict[int, float]] = {name: {} for name in work}
    for _ in range(ROUNDS):
        for i, document in enumerate(part):
            gc.collect()
            for name, (documents, run) in work.items():
                if i < len(documents):
                    best[name][i] = min(best[name].get(i, float("inf")), _seconds(lambda run=run, document=document: run(document)))
    speeds = {name: sum(len(document.text) for document in documents) / sum(best[name].values()) / 1e6 for name, (documents, _) in work.items()}
    ours = speeds["luoshi decompose, all fields"]
    for name, speed in speeds.items():
        print(f"{name:32s} {speed:7.3f} Mchar/s   {ours / speed:6.2f} x")
    taken = _seconds(lambda: [decompose(source) for source in sources])
    print(f"{'the whole of it, once':32s} {sum(len(source.text) for source in sources) / taken / 1e6:7.3f} Mchar/s\n")


def _seconds(act: Callable[[], object]) -> float:
    """Processor time of one call."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _cut(sources: list[SourceText], chars: int) -> list[SourceText]:
    kept: list[SourceText] = []
    for source in sources:
        if sum(len(one.text) for one in kept) < chars:
            kept.append(source)
    return kept


def _start_up() -> None:
    print(f"luoshi --help                    {_best([sys.executable, '-m', 'luoshi.cli', '--help']):.3f} s   (peer: python -c pass {_best([sys.executable, '-c', 'pass']):.3f} s)")


def _one_document() -> None:
    document = ROOT / "samples" / "province-opinion.txt"
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("json", "html", "xlsx", "docx"):
            out = str(Path(folder) / f"out.{kind}")
            print(f"one document to {kind:5s}            {_best([sys.executable, '-m', 'luoshi.cli', 'decompose', str(document), '-o', out]):.3f} s")
    began = time.perf_counter()
    decompose(read(document))
    print(f"the same, program running        {time.perf_counter() - began:.3f} s\n")


def _best(command: list[str]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=USUAL)
        times.append(time.perf_counter() - began)
    return min(times)


def _long_line() -> None:
    """Time grows with length and no faster: a single line of 0.5, 1, 2 and 5 million characters."""
    text = (ROOT / "samples" / "city-work-report.txt").read_text("utf-8").replace("\n", "")
    first = 0.0
    for millions in (0.5, 1, 2, 5):
        line = (text * (int(millions * 1e6) // len(text) + 1))[: int(millions * 1e6)]
        per = _seconds(lambda line=line: decompose(SourceText.from_text(line))) / millions
        first = first or per
        print(f"one line of {millions:3} M characters      {per:.2f} s per M   {per / first:.2f} x the first")


_MAINS: dict[str, Callable[[], None]] = {
    "read": reader,
    "pair": align_pair.main,
    "scale": align_scale.main,
    "corpus": corpus.main,
    "pages": pages.main,
    "city": pages_city.main,
    "keeping": keeping.main,
    "audit": audit.main,
}

if __name__ == "__main__":
    main(sys.argv[1:])
