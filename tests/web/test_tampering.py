"""Whoever changes the past is found, and the first record named: every kind of mutation many times over, clean lives without an alarm, and for each check
the mutation that it alone finds."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from django.db import connection

from luoshi.text import DamagedFile, RuleBroken
from luoshi.web.audit import outside, stream, verifying
from luoshi.web.audit.checkpoint import Kept
from luoshi.web.audit.guards import broken_guards
from luoshi.web.audit.verifying import verify
from tests.proving import share
from tests.web import tampering
from tests.web.tampering import Row, all_rows, count_to, first_changed, put, rehashed, run, set_field, undone, unguarded
from tests.web.test_proof import file_of, made, written

COVERED, LATER = 100, 30
CHUNKS = (stream.CHUNK, 7, 50)
"""Records that are looked at together: all, few, and so many that the last of what is covered ends a chunk."""
MUTATIONS = share(2_000) if connection.vendor == "sqlite" else share(500)
CLEAN = share(200) if connection.vendor == "sqlite" else share(60)


@pytest.fixture
def kept(db: None) -> Kept:
    """A life with a checkpoint in the middle, as the file that was kept outside."""
    written(COVERED)
    head = made(algorithm="sm3")
    written(LATER, first=COVERED)
    return file_of(head)


@pytest.mark.prove
def test_every_mutation_is_found_and_the_first_bad_record_named(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    before, lines, tried = all_rows(), Kept(kept.head), 0
    for n in range(MUTATIONS):
        random = Random(n)
        mutate = tampering.MUTATIONS[n % len(tampering.MUTATIONS)]
        monkeypatch.setattr(stream, "CHUNK", CHUNKS[n // len(tampering.MUTATIONS) % len(CHUNKS)])
        seq = random.randrange(1, COVERED + 1)
        with undone():
            with unguarded():
                mutate([dict(one) for one in before], seq, random)
            expected = _first_changed(before)
            if expected is None:  # two records changed places that say the same
                continue
            tried += 1
            by_file, by_lines = verify([kept]), verify([lines])
            told = f"{n}: {mutate.__name__} at {seq}, first changed {expected}; {by_file.first}, {by_lines.first}, {by_lines.within}"
            assert not by_file.good and by_file.first == expected and by_file.certain, told
            assert not by_lines.good, told
            low, high = by_lines.within or (by_lines.first if by_lines.certain else 1, by_lines.first)
            assert low is not None and high is not None and low <= expected <= high, told
            if n % 5 == 0:
                assert mutate not in tampering.UNSEEN or verify().good, told  # without a checkpoint nobody sees it
                _outside_agrees(kept, expected, told)
    assert tried > 0.95 * MUTATIONS


def _first_changed(before: Sequence[Row]) -> int | None:
    """By comparing rows; where a text can no longer be read as one, the row that says so."""
    try:
        return first_changed(before, all_rows())
    except Exception as error:  # whatever the database says to a byte that is no UTF-8
        assert "UTF-8" in str(error), error
        return next(row[0] for row in stream.rows() if any(isinstance(value, bytes) for value in row))


def _outside_agrees(kept: Kept, expected: int, told: str) -> None:
    """The independent verifier finds the same in the export."""
    try:
        lines = list(stream.lines())
    except DamagedFile:  # nothing is exported that has not the form of a record
        return
    given = (kept.head.size, kept.head.algorithm, kept.head.root, kept.leaves)
    faults = outside.look_through(lines, [given])
    only_hash = [one.kind for one in verify([kept]).faults] in ([verifying.CONTENT], [verifying.COUNTER])
    assert (faults[0][0] == expected) if faults else only_hash, (told, faults[:3])


@pytest.mark.prove
@pytest.mark.django_db
def test_clean_lives_raise_no_alarm() -> None:
    for n in range(CLEAN):
        random, given = Random(n), []
        with undone():
            first = 0
            for _ in range(random.randrange(1, 4)):
                written(count := random.randrange(0, 12), first=first)
                first += count
                given.append(file_of(made(algorithm=random.choice(("sha256", "sm3")))))
            written(random.randrange(0, 6), first=first)
            for some in (given, [Kept(one.head) for one in given], [random.choice(given)], []):
                found = verify(some)
                assert found.good and found.covered == max((one.head.size for one in some), default=0), (n, found)
            told = [(one.head.size, one.head.algorithm, one.head.root, one.leaves) for one in given]
            assert outside.look_through(list(stream.lines()), told) == [], n


def _only_gap(rows: list[Row]) -> None:
    """The last record of a subject is gone, after what is covered: nothing follows it."""
    subjects = [one["subject"] for one in rows]
    seq = next(n for n in range(COVERED + 2, len(rows)) if subjects[n - 1] not in subjects[n:])
    run("DELETE FROM audit_record WHERE seq = %s", seq)


def _only_hash(rows: list[Row]) -> None:
    set_field(7, "hash", "0" * 64)


def _only_shape(rows: list[Row]) -> None:
    set_field(len(rows), "reason", memoryview(b"x"))


def _only_chain(rows: list[Row]) -> None:
    """A record after what is covered says something else and has its own hash again; the next of its subject still has the old one."""
    tampering.change_with_its_hash(rows, COVERED + 3, Random(1))


def _only_root(rows: list[Row]) -> None:
    tampering.recompute_changed(rows, 20, Random(1))


def _only_head(rows: list[Row]) -> None:
    """All worked out anew but for what the record of the checkpoint tells."""
    put(rehashed([*rows[:9], tampering.changed(rows[9], Random(1)), *rows[10:]], heads=False))


def _only_short(rows: list[Row]) -> None:
    put(rows[:90])


def _only_counter(rows: list[Row]) -> None:
    count_to(len(rows) + 1)


def _only_stray(rows: list[Row]) -> None:
    """A record whose number is a text stands in no order of numbers."""
    run("INSERT INTO audit_record SELECT 'x', at, actor_id, actor, unit_id, unit, act, subject, context, before, after, reason, previous, hash FROM audit_record WHERE seq = 1")


def _only_guard(rows: list[Row]) -> None:
    tampering.drop_guard()


ALONE: dict[str, tuple[Callable[[list[Row]], None], str]] = {
    verifying.GAP: (_only_gap, "file"),
    verifying.CONTENT: (_only_hash, "file"),
    verifying.SHAPE: (_only_shape, "none"),
    verifying.CHAIN: (_only_chain, "file"),
    verifying.ROOT: (_only_root, "lines"),
    verifying.HEAD: (_only_head, "none"),
    verifying.SHORT: (_only_short, "file"),
    verifying.COUNTER: (_only_counter, "file"),
    verifying.STRAY: (_only_stray, "file"),
    verifying.GUARD: (_only_guard, "file"),
}
OF_SQLITE = (verifying.SHAPE, verifying.STRAY)
"""PostgreSQL keeps no blob in a text, and no text in a number."""


def test_each_check_alone_finds_something_and_without_it_nothing_is_found(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, add = all_rows(), verifying._Looking.add
    for kind, (mutate, against) in ALONE.items():
        if kind in OF_SQLITE and connection.vendor != "sqlite":
            continue
        given = {"file": [kept], "lines": [Kept(kept.head)], "none": []}[against]
        with undone():
            if kind == verifying.GUARD:
                mutate(rows)
            else:
                with unguarded():
                    mutate([dict(one) for one in rows])
            found = verify(given)
            assert {one.kind for one in found.faults} == {kind}, (kind, found.faults)
            with monkeypatch.context() as without:
                without.setattr(verifying._Looking, "add", lambda self, fault, kind=kind: None if fault.kind == kind else add(self, fault))
                assert verify(given).good, kind


def test_without_the_hashes_of_the_file_no_record_can_be_named(kept: Kept) -> None:
    with undone():
        with unguarded():
            tampering.recompute_changed(all_rows(), 60, Random(3))
        by_file, by_lines = verify([kept]), verify([Kept(kept.head)])
        assert (by_file.first, by_file.within) == (60, None)
        assert (by_lines.first, by_lines.within) == (None, (1, COVERED))


def test_an_older_checkpoint_that_still_agrees_narrows_it_down(db: None) -> None:
    kept = []
    for n in range(4):
        written(20, first=20 * n)
        kept.append(Kept(made()))
    with undone():
        with unguarded():
            tampering.recompute_changed(all_rows(), 50, Random(3))
        found = verify(kept)
        assert (found.first, found.within, found.covered) == (None, (42, 62), 41)


def test_a_damaged_file_is_told_from_a_changed_record(kept: Kept) -> None:
    spoilt = Kept(kept.head, kept.leaves[:40] + b"x" + kept.leaves[41:])
    with pytest.raises(DamagedFile, match="固证文件自身"):
        verify([spoilt])


def test_a_checkpoint_is_not_made_over_records_that_are_not_in_order(kept: Kept) -> None:
    with undone():
        with unguarded():
            set_field(3, "reason", "改")
        with pytest.raises(RuleBroken):
            made()


def test_a_trigger_that_does_something_else_is_no_guard(db: None) -> None:
    assert broken_guards() == []
    with undone():
        if connection.vendor == "sqlite":
            run("DROP TRIGGER audit_record_no_delete")
            run("CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record BEGIN SELECT 1; END")
        else:
            run("CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
        assert "audit_record_no_delete" in broken_guards() or "audit_record_no_change" in broken_guards()
    with undone():
        run("ALTER TABLE audit_record DISABLE TRIGGER audit_record_no_change" if connection.vendor == "postgresql" else "DROP TRIGGER audit_counter_no_delete")
        assert broken_guards() == ["audit_record_no_change" if connection.vendor == "postgresql" else "audit_counter_no_delete"]
    with undone():
        run(
            "CREATE TRIGGER mine BEFORE INSERT ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            if connection.vendor == "postgresql"
            else "CREATE TRIGGER mine AFTER INSERT ON audit_record BEGIN SELECT 1; END"
        )
        assert broken_guards() == ["mine"]
