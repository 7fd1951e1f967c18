"""How a corpus is read: twenty copies of the documents in one process and in two, as a ratio of the same run, and what a kill costs.

``python -m bench.corpus`` prints the table. Rounds are taken in turn and the best of each counts, because a machine is rarely idle.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from luoshi.corpus.building import files_of
from luoshi.corpus.duplicates import duplicates
from luoshi.corpus.engines import LocalEngine
from luoshi.corpus.faults import faults
from luoshi.corpus.opening import opened
from luoshi.corpus.pairs import Chosen, pairs

ROOT = Path(__file__).parent.parent
BULK = ROOT.parent / "shared" / "corpus" / "bulk"
COPIES = 20
ROUNDS = 2


def main() -> None:
    """Print the table."""
    source = BULK if BULK.is_dir() else ROOT / "samples"
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as scratch:
        here = Path(scratch)
        many = _copies(source, here / "copies")
        size = sum((many / path).stat().st_size for path in files_of(many))
        print(f"corpus: {COPIES} copies of {source.name}, {len(files_of(many))} files, {size / 1e6:.0f} MB")
        _processes(many, here)
        _killed(many, here)
        _asked(here / "two-0")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of one process of corpus decompose: {peak:.0f} MiB")


def _copies(source: Path, target: Path) -> Path:
    """The files of ``source`` twenty times, as links."""
    for n in range(COPIES):
        for path in files_of(source):
            (target / f"{n:02d}" / path).parent.mkdir(parents=True, exist_ok=True)
            (target / f"{n:02d}" / path).symlink_to(source / path)
    return target


def _decompose(source: Path, target: Path, processes: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "luoshi.cli", "corpus", "decompose", str(source), "-o", str(target), "--processes", str(processes)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def _processes(many: Path, here: Path) -> None:
    best: dict[str, float] = {}
    for k in range(ROUNDS):
        for name, processes in (("one", 1), ("two", 2)):
            begun = time.monotonic()
            _decompose(many, here / f"{name}-{k}", processes).wait()
            best[name] = min(best.get(name, float("inf")), time.monotonic() - begun)
    files = len(files_of(many))
    for name, seconds in best.items():
        print(f"corpus decompose, {name} process{'es' if name == 'two' else ''}: {seconds:6.1f} s   {files / seconds:6.0f} files/s")
    print(f"two against one: {best['one'] / best['two']:.2f} x   (load of the machine now: {os.getloadavg()[0]:.1f})")


def _killed(many: Path, here: Path) -> None:
    """Killed half way: what the second run still has to do, against the whole."""
    target = here / "killed"
    begun = time.monotonic()
    process = _decompose(many, target, 2)
    while process.poll() is None and len(list((target / "parts").glob("*"))) < len(list((here / "two-0" / "parts").glob("*"))) // 2:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    first = time.monotonic() - begun
    begun = time.monotonic()
    _decompose(many, target, 2).wait()
    same = all((target / name).read_bytes() == (here / "two-0" / name).read_bytes() for name in ("manifest.json", "items.parquet", "sentences.parquet"))
    print(f"killed after {first:.1f} s, resumed and done in {time.monotonic() - begun:.1f} s more; the same to the byte: {'yes' if same else 'NO'}")


def _asked(dataset: Path) -> None:
    held = opened(dataset)
    begun = time.monotonic()
    groups, found = duplicates(held), faults(held)
    print(f"duplicates: {len(groups)} groups, {len(found)} faults in {time.monotonic() - begun:.1f} s")
    begun = time.monotonic()
    with LocalEngine(2) as engine:
        table = pairs(held, Chosen(level="province"), Chosen(level="city"), engine)
    print(f"align province to city, 5 each: {table.num_rows} pairs in {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    main()
