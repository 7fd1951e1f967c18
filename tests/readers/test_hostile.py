"""Every hostile file, read in the child: a typed refusal or clean text, within its memory, and nothing written anywhere."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luoshi.readers.isolated import read_isolated
from luoshi.readers.limits import Limits
from luoshi.text import IsolationError, LuoshiError, SourceText

from .hostile import hostile_cases

LIMITS = Limits(converter_seconds=8)
CASES = list(hostile_cases())

Result = SourceText | LuoshiError


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Result]]:
    """What came of every case; two at a time, with a folder of this test as the only place for scratch folders."""
    folder = tmp_path_factory.mktemp("scratch")
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    found: dict[str, Result] = {}
    try:
        with ThreadPoolExecutor(2) as pool, Peaks() as peak:
            for case, result in zip(CASES, pool.map(lambda case: attempt(case.name, case.build()), CASES), strict=True):
                found[case.name] = result
    finally:
        tempfile.tempdir = before
    assert not list(folder.iterdir()), "a scratch folder was left behind"
    assert peak, "no child was seen"
    assert max(peak) <= 512 * 1024, f"a child grew to {max(peak)} KiB"
    yield found


def attempt(name: str, data: bytes) -> Result:
    try:
        return read_isolated(data, name=name, limits=LIMITS)
    except LuoshiError as error:
        return error


class Peaks:
    """Watch the high-water mark of memory of every reading child; getrusage would count what the parent had before exec."""

    def __enter__(self) -> list[int]:
        self._peak: list[int] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self._peak

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.is_set():
            for child in children():
                for line in child.splitlines():
                    if line.startswith("VmHWM:"):
                        self._peak.append(int(line.split()[1]))
            time.sleep(0.02)


def children() -> Iterator[str]:
    """The status of every process that this one started to read."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            reads = b"luoshi.readers.child" in (status.parent / "cmdline").read_bytes()  # asked first: before exec the memory is the parent's
            text = status.read_text()
            if reads and f"\nPPid:\t{os.getpid()}\n" in text:
                yield text
        except OSError:
            continue


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file(case: "object", results: dict[str, Result]) -> None:
    name, outcome = case.name, case.outcome  # type: ignore[attr-defined]
    result = results[name]
    assert not isinstance(result, IsolationError), result
    if outcome is not None:
        assert isinstance(result, outcome), repr(result)
    if isinstance(result, LuoshiError):
        assert result.message
        assert result.hint
        return
    text = result.text
    assert text.strip()
    assert "\0" not in text
    text.encode()
    spans = [*result.origins, *result.generated, *result.furniture, *result.tables, *result.doubts]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


def test_there_are_enough_cases() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60
