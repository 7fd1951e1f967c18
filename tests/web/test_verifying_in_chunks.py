"""Records are looked through many at a time, and one by one where anything is the matter: both find the same, wherever a chunk begins or ends."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import connection

from luoshi.text import DamagedFile
from luoshi.web.audit import stream, verifying
from luoshi.web.audit.checkpoint import Checkpoint, Kept
from luoshi.web.audit.tree import SM3, Growing
from luoshi.web.audit.verifying import Verified, verify
from tests.web import kit, tampering
from tests.web.tampering import all_rows, run, set_field, undone, unguarded
from tests.web.test_proof import file_of, made, written

CHUNK = 10
BORDERS = (1, 9, 10, 11, 15, 20, 21, 30)
"""Numbers at which a chunk begins or ends, and some inside of one; there are thirty records."""


@pytest.fixture(autouse=True)
def small(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of ten."""
    monkeypatch.setattr(stream, "CHUNK", CHUNK)


def told(found: Verified) -> tuple[Any, ...]:
    """Everything that a verification tells, and the root."""
    return (*(getattr(found, name) for name in found._fields if name != "tree"), found.tree.size, found.tree.root())


def verified(given: list[Kept], algorithm: str = "sha256") -> tuple[Verified, int]:
    """What is found, the same one by one; and how many records had to be looked at so."""
    careful: list[Any] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verifying._Looking, "at", lambda self, row, at=verifying._Looking.at: (careful.append(row[0]), at(self, row)))
        found = verify(given, algorithm=algorithm)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verifying._Looking, "_together", lambda self, columns: False)
        assert told(verify(given, algorithm=algorithm)) == told(found)
    return found, len(careful)


def kept_of(size: int, algorithm: str = "sha256") -> Kept:
    """A checkpoint of so many of the records that there are, and the hashes of its leaves: worked out here, no record tells of it."""
    tree = Growing(algorithm)
    leaves = [tree.leaf(one) for one in stream.lines(until=size)]
    for leaf in leaves:
        tree.add(leaf)
    return Kept(Checkpoint("临江省", size, algorithm, tree.root(), kit.NOW), b"".join(leaves))


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_what_is_in_order_is_never_looked_at_one_by_one(count: int) -> None:
    written(count)
    for size in range(count + 1):
        for algorithm in ("sha256", SM3):
            kept = kept_of(size, algorithm)
            for given in ([kept], [Kept(kept.head)], [kept, kept_of(count // 2), Kept(kept_of(count // 2, SM3).head)]):
                found, careful = verified(given, algorithm)
                assert (found.good, found.size, found.tree.size, careful) == (True, count, count, 0)
                assert found.covered == max(one.head.size for one in given)
                assert found.tree.root() == kept_of(count, algorithm).head.root


@pytest.mark.parametrize("sizes", [(4, 5), (9, 0), (8, 1), (10, 11), (0, 0)], ids=str)
def test_records_of_checkpoints_in_a_chunk_are_held_against_the_tree(sizes: tuple[int, int]) -> None:
    """Wherever in its chunk a record of a checkpoint stands, the root that it tells is looked at: a wrong one is a fault of that record alone."""
    for more, algorithm in zip(sizes, ("sha256", SM3), strict=True):
        written(more)
        made(algorithm=algorithm)
    written(5)
    found, careful = verified([])
    assert (found.good, careful) == (True, 0)
    with undone():
        with unguarded():
            rows = tampering.rehashed([{**one, "after": one["after"].replace('"root":"', '"root":"0')} for one in all_rows()], heads=False)
            tampering.put(rows)
        heads = [row["seq"] for row in rows if row["act"] == verifying.MADE]
        assert [(one.kind, one.seq) for one in verified([])[0].faults] == [(verifying.HEAD, seq) for seq in heads]


def changed_content(seq: int) -> None:
    """It says something else."""
    set_field(seq, "reason", "改了")


def gap(seq: int) -> None:
    """It is gone."""
    run("DELETE FROM audit_record WHERE seq = %s", seq)


def broken_chain(seq: int) -> None:
    """It says something else, with a hash of its own again: the next of its subject shows it, the file of a checkpoint names it."""
    tampering.change_with_its_hash(all_rows(), seq, Random(seq))


def all_anew(seq: int) -> None:
    """It says something else, and all after it is worked out anew: only the leaves of a file tell."""
    tampering.recompute_changed(all_rows(), seq, Random(seq))


def no_text(seq: int) -> None:
    """A blob for a text, under the hash of that text. PostgreSQL keeps none."""
    run("UPDATE audit_record SET reason = CAST(reason AS BLOB) WHERE seq = %s", seq)


def no_number(seq: int) -> None:
    """A text for a number."""
    run("UPDATE audit_record SET unit_id = 'x1' WHERE seq = %s", seq)


def no_utf8(seq: int) -> None:
    """Bytes that are no text."""
    run("UPDATE audit_record SET actor = CAST(x'ff' AS TEXT) WHERE seq = %s", seq)


CHANGES = (changed_content, gap, broken_chain, all_anew) + ((no_text, no_number, no_utf8) if connection.vendor == "sqlite" else ())


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("seq", BORDERS)
def test_a_fault_is_found_at_the_border_of_a_chunk_as_inside(change: Callable[[int], None], seq: int) -> None:
    written(30)
    whole, part = kept_of(30, SM3), kept_of(15)
    with undone():
        with unguarded():
            change(seq)
        found, careful = verified([whole])
        assert (found.good, found.first, found.certain) == (False, seq, True)
        assert careful == CHUNK or change is not changed_content
        for given in ([part], [Kept(part.head), whole], [Kept(whole.head)], []):
            found, _careful = verified(given)
            unseen = change is all_anew or (change is broken_chain and seq == 30)  # nothing that comes after it tells
            assert found.good == (unseen and (not given or (given == [part] and seq > 15))), given


def test_two_faults_far_apart_are_told_in_order_and_what_is_between_is_taken_together() -> None:
    written(45)
    with undone():
        with unguarded():
            changed_content(12)
            gap(33)
        found, careful = verified([])
        content, hole = [(one.kind, one.seq) for one in found.faults if one.kind in (verifying.CONTENT, verifying.GAP)]
        assert (content, hole, found.whole) == ((verifying.CONTENT, 12), (verifying.GAP, 33), False)
        assert careful == 20


def test_a_file_that_lies_about_one_leaf_is_told_from_the_records() -> None:
    written(25)
    kept = kept_of(25)
    for index in (0, 9, 10, 24):
        with pytest.raises(DamagedFile, match="固证文件自身"):
            verify([Kept(kept.head, kept.leaves[: 32 * index] + bytes(32) + kept.leaves[32 * index + 32 :])])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no blob in a text")
@pytest.mark.parametrize("seq", [1, 10, 11, 15])
def test_the_export_goes_up_to_the_record_that_has_no_form(seq: int) -> None:
    written(20)
    before = list(stream.lines())
    with undone():
        with unguarded():
            no_text(seq)
        exporting = stream.lines()
        assert [next(exporting) for _ in range(seq - 1)] == before[: seq - 1]
        with pytest.raises(DamagedFile, match=f"第 {seq} 号"):
            next(exporting)


def test_the_file_of_a_checkpoint_is_written_in_chunks() -> None:
    written(24)
    kept = file_of(made())
    assert kept.leaves == kept_of(24).leaves
