"""The stream of records, checkpoints and verification: what is written agrees with what is read raw, in order, on both databases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from luoshi.text import DamagedFile, LuoshiError, UnsupportedFormat
from luoshi.web.audit import selectors, stream
from luoshi.web.audit.checkpoint import FORM, Checkpoint, Kept, parse
from luoshi.web.audit.encoding import FIELDS, line, plain, text_of
from luoshi.web.audit.guards import broken_guards
from luoshi.web.audit.models import Record
from luoshi.web.audit.services import make_checkpoint, record, record_verification
from luoshi.web.audit.tree import SM3, Growing, root_of
from luoshi.web.audit.verifying import verify
from luoshi.web.common.actor import SYSTEM, Actor
from tests.web import kit

AUDITOR = Actor(7, "周审计", administers="audit")
ODD = ("", "普通", "\"引号\" \\ 与\n换行\t", "\x01\x7f\u2028\u2029😀", "matter:1")


def written(count: int, *, first: int = 0) -> None:
    """So many records of several subjects, with everything that a text can hold."""
    with transaction.atomic():
        for n in range(first, first + count):
            at = kit.NOW + timedelta(seconds=n, microseconds=n % 3 * 120)
            actor = SYSTEM if n % 4 == 0 else Actor(n, f"人{n}", unit_id=n % 5 or None, unit_name="临江省民政厅")
            record(act="test", subject=f"thing:{n % 7}", actor=actor, at=at, after={"n": n, "text": ODD[n % len(ODD)]}, reason=ODD[-n % len(ODD)])


def made(*, algorithm: str = "sha256", actor: Actor = AUDITOR, at: datetime = kit.NOW) -> Checkpoint:
    """A checkpoint of what there is."""
    return make_checkpoint(verified=verify(algorithm=algorithm), origin="临江省", actor=actor, at=at)


def file_of(head: Checkpoint) -> Kept:
    """The same as it comes back from outside, with the hashes of its leaves."""
    return parse(b"".join(selectors.checkpoint_file(head)))


@pytest.mark.django_db
def test_lines_are_the_canonical_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "CHUNK", 10)
    written(35)
    slow = [text_of({"v": 1, **{name: plain(getattr(one, name)) for name in FIELDS}}).encode() for one in Record.objects.all()]
    assert list(stream.lines()) == slow
    assert list(stream.lines(until=20)) == slow[:20]
    assert [row[-1] for row in stream.rows(after=5, until=7)] == list(Record.objects.filter(seq__in=(6, 7)).values_list("hash", flat=True))


@pytest.mark.parametrize(("place", "value"), [(0, "1"), (0, True), (2, 1.0), (3, b"x"), (4, "1"), (9, None), (1, None), (11, "\ud800")])
def test_what_is_no_record_has_no_line(place: int, value: Any) -> None:
    row: list[Any] = [1, "2026-11-26T01:30:00.000000Z", None, "a", 1, "", "test", "thing:1", "thing:1", "{}", "{}", "", ""]
    assert line(row)
    row[place] = value
    with pytest.raises((TypeError, ValueError)):
        line(row)


@pytest.mark.django_db
@pytest.mark.parametrize("algorithm", ["sha256", SM3])
def test_a_checkpoint_covers_all_records_before_its_own(algorithm: str) -> None:
    written(9)
    head = made(algorithm=algorithm)
    own = Record.objects.get(act="checkpoint.make")
    assert (head.size, own.seq, own.actor) == (9, 10, "周审计")
    grown = Growing(algorithm)
    assert root_of([grown.leaf(one) for one in stream.lines(until=9)], algorithm) == head.root
    assert json.loads(own.after) == {"origin": "临江省", "size": 9, "hash": algorithm, "root": head.root.hex()}
    kept = selectors.last_checkpoint()
    assert kept is not None and kept.head == head and kept.by == "周审计"
    written(4, first=9)
    verified = verify([file_of(head)])
    assert verified.good and verified.size == 14 and verified.covered == 9


@pytest.mark.django_db
def test_records_written_after_the_look_are_in_the_checkpoint() -> None:
    written(5)
    looked = verify()
    written(3, first=5)
    head = make_checkpoint(verified=looked, origin=" 临江\n省 ", actor=AUDITOR, at=kit.NOW)
    assert (head.size, head.origin, looked.tree.size) == (8, "临江 省", 5)
    assert verify([file_of(head)]).good


@pytest.mark.django_db
def test_a_verification_is_recorded() -> None:
    written(3)
    head = made()
    verified = verify([file_of(head)])
    own = record_verification(verified=verified, given=[file_of(head)], actor=AUDITOR, at=kit.NOW)
    judged = selectors.last_verification()
    assert judged is not None and (judged.at, judged.by, own.subject) == (kit.NOW, "周审计", "verification:4")
    told = judged.told
    assert (told["size"], told["faults"], told["covered"]) == (4, 0, 3)
    assert told["checkpoints"] == [{"size": 3, "root": head.root.hex(), "file": True}]


@pytest.mark.django_db
def test_nothing_is_a_ledger_too() -> None:
    assert verify().good and broken_guards() == []
    head = made()
    assert head.size == 0 and verify([file_of(head)]).good


HEAD = Checkpoint("临江省 台账", 2, "sha256", bytes(range(32)), datetime(2026, 11, 26, 1, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD.text(), id="as printed"),
        pytest.param(HEAD.text(grouped=False), id="as scanned"),
        pytest.param(HEAD.text().replace("\n", "\r\n") + "\r\n\r\n", id="of another system"),
        pytest.param("\ufeff\n" + HEAD.text().replace("08090a0b", "\n 08090a0b"), id="broken lines"),
    ],
)
def test_a_checkpoint_comes_back_from_paper(text: str) -> None:
    assert parse(text.encode()) == Kept(HEAD)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"%PDF-1.7", UnsupportedFormat),
        (FORM.encode(), DamagedFile),
        (HEAD.text().replace("size 2", "size two").encode(), DamagedFile),
        (HEAD.text().replace("1c1d1e1f", "1c1d1e").encode(), DamagedFile),
        (HEAD.text().replace("sha256", "md5").encode(), DamagedFile),
        (HEAD.text().encode() + b"\n" + bytes(63), DamagedFile),
    ],
)
def test_what_is_no_checkpoint_is_refused_with_a_sentence(content: bytes, error: type[LuoshiError]) -> None:
    with pytest.raises(error) as told:
        parse(content)
    assert told.value.hint
