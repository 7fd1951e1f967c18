"""Somebody who owns the database and means ill: every way to change the past of the audit, by SQL, with all the code of the project at hand.

Each mutation puts the triggers aside, does its work and puts them back, so that it is found by the records or not at all. What it changed first is
worked out by comparing all rows before and after, without any code of the verification.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any

from django.db import connection, transaction

from luoshi.web.audit.encoding import FIELDS, digest, line, plain
from luoshi.web.audit.guards import statements
from luoshi.web.audit.models import Record
from luoshi.web.audit.tree import Growing
from luoshi.web.audit.verifying import MADE

Row = dict[str, Any]
TEXTS = ("actor", "unit", "act", "subject", "context", "before", "after", "reason", "previous", "hash")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unguarded() -> Iterator[None]:
    """The triggers put aside, and put back as if nothing had been."""
    made = [one for one in statements(connection.vendor) if one.startswith("CREATE TRIGGER")]
    with connection.cursor() as cursor:
        for one in made:
            words = one.split()
            cursor.execute(f"DROP TRIGGER {words[2]}" + (f" ON {words[words.index('ON') + 1]}" if connection.vendor == "postgresql" else ""))
        yield
        for one in made:
            cursor.execute(one)


def drop_guard() -> None:
    """The trigger that refuses to delete is gone."""
    words = next(one.split() for one in statements(connection.vendor) if "_no_delete" in one or "_no_change" in one)
    run(f"DROP TRIGGER {words[2]}" + (f" ON {words[words.index('ON') + 1]}" if connection.vendor == "postgresql" else ""))


def all_rows() -> list[Row]:
    """Every record as the database has it, in order."""
    return list(Record.objects.order_by("seq").values())


def first_changed(before: Sequence[Row], after: Sequence[Row]) -> int | None:
    """The first number at which two histories differ; None where they do not."""
    was, became = {one["seq"]: one for one in before}, {one["seq"]: one for one in after}
    return min((seq for seq in was.keys() | became.keys() if was.get(seq) != became.get(seq)), default=None)


def run(statement: str, *told: Any) -> None:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, told)


def set_field(seq: int, name: str, value: Any) -> None:
    """One field of one record."""
    run(f"UPDATE audit_record SET {name} = %s WHERE seq = %s", value, seq)


def count_to(seq: int) -> None:
    """The counter."""
    run("UPDATE audit_counter SET seq = %s", seq)


def put(rows: Sequence[Row]) -> None:
    """These records in place of all that are there, and the counter with them."""
    run("DELETE FROM audit_record")
    Record.objects.bulk_create([Record(**one) for one in rows], batch_size=500)
    count_to(rows[-1]["seq"] if rows else 0)


def rehashed(rows: Sequence[Row], *, heads: bool = True) -> list[Row]:
    """A history worked out anew: numbers, chains, hashes and, with ``heads``, the roots that records of checkpoints tell."""
    last_of: dict[str, str] = {}
    trees = {name: Growing(name) for name in ("sha256", "sm3")}
    made = []
    for seq, one in enumerate(rows, 1):
        fresh = {**one, "seq": seq, "previous": last_of.get(one["subject"], "")}
        if heads and fresh["act"] == MADE:
            told = json.loads(fresh["after"])
            told |= {"size": seq - 1, "root": trees[told["hash"]].root().hex()}
            fresh["after"] = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        content = line([plain(fresh[name]) for name in FIELDS])
        fresh["hash"] = last_of[fresh["subject"]] = sha256(content).hexdigest()
        for tree in trees.values():
            tree.add(tree.leaf(content))
        made.append(fresh)
    return made


def changed(one: Row, random: Random) -> Row:
    """A record that says something else, and is one still."""
    name = random.choice(("actor", "reason", "act", "subject", "unit_id", "at"))
    value = {"unit_id": (one["unit_id"] or 0) + 1, "at": one["at"] + timedelta(microseconds=1)}.get(name, f"{one[name]}改")
    return {**one, name: value}


# -- the mutations: each is given the records, a number that is covered, and a source of chance


def flip_bit(rows: list[Row], seq: int, random: Random) -> None:
    """One bit of one text, whatever comes of it; PostgreSQL takes only what is text."""
    content = ""
    while not content:
        name = random.choice(TEXTS)
        content = rows[seq - 1][name]
    flipped = bytearray(content.encode())
    flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    if connection.vendor == "sqlite":
        run(f"UPDATE audit_record SET {name} = CAST(%s AS TEXT) WHERE seq = %s", bytes(flipped), seq)
        return
    text = bytes(flipped).decode("utf-8", "replace").replace("\x00", "x")
    set_field(seq, name, text)


def change_number(rows: list[Row], seq: int, random: Random) -> None:
    """Who it was, or for which unit."""
    name = random.choice(("actor_id", "unit_id"))
    set_field(seq, name, random.choice([None, 0, (rows[seq - 1][name] or 0) + 1]) if rows[seq - 1][name] is not None else 1)


def change_time(rows: list[Row], seq: int, random: Random) -> None:
    """When it was."""
    Record.objects.filter(pk=seq).update(at=rows[seq - 1]["at"] + random.choice((-1, 1)) * timedelta(**{random.choice(("microseconds", "seconds", "days")): 1}))


def change_with_its_hash(rows: list[Row], seq: int, random: Random) -> None:
    """What it says, and its own hash with it; not what follows."""
    fresh = changed(rows[seq - 1], random)
    fresh["hash"] = digest({name: plain(fresh[name]) for name in FIELDS})
    Record.objects.filter(pk=seq).update(**fresh)


def delete(rows: list[Row], seq: int, random: Random) -> None:
    """A record is gone."""
    run("DELETE FROM audit_record WHERE seq = %s", seq)


def delete_and_close_up(rows: list[Row], seq: int, random: Random) -> None:
    """A record is gone, those after it move up."""
    left = [one for one in rows if one["seq"] != seq]
    put([{**one, "seq": n} for n, one in enumerate(left, 1)])


def insert(rows: list[Row], seq: int, random: Random) -> None:
    """A record comes between, those after it move down."""
    more = [*rows[: seq - 1], changed(random.choice(rows), random), *rows[seq - 1 :]]
    put([{**one, "seq": n} for n, one in enumerate(more, 1)])


def swap(rows: list[Row], seq: int, random: Random) -> None:
    """Two records change places."""
    other = random.choice([n for n in range(1, len(rows) + 1) if n != seq])
    rows[seq - 1], rows[other - 1] = {**rows[other - 1], "seq": seq}, {**rows[seq - 1], "seq": other}
    put(rows)


def cut(rows: list[Row], seq: int, random: Random) -> None:
    """The end is gone from here on; the counter may be set back, too."""
    run("DELETE FROM audit_record WHERE seq >= %s", seq)
    if random.random() < 0.5:
        count_to(seq - 1)


def old_file(rows: list[Row], seq: int, random: Random) -> None:
    """An old copy in place of the new; work goes on in it, less or more than was done before."""
    old = rows[: seq - 1]
    more = [{**one, "reason": "重来"} for one in rows[seq - 1 : seq - 1 + random.choice((0, 5, len(rows)))]]
    put(rehashed([*old, *more]))


def recompute_changed(rows: list[Row], seq: int, random: Random) -> None:
    """A record says something else, and everything is worked out anew."""
    rows[seq - 1] = changed(rows[seq - 1], random)
    put(rehashed(rows))


def recompute_without(rows: list[Row], seq: int, random: Random) -> None:
    """A record is gone, and everything is worked out anew."""
    put(rehashed([one for one in rows if one["seq"] != seq]))


def recompute_with_more(rows: list[Row], seq: int, random: Random) -> None:
    """A record comes between, and everything is worked out anew."""
    put(rehashed([*rows[: seq - 1], changed(random.choice(rows), random), *rows[seq - 1 :]]))


def recompute_in_other_order(rows: list[Row], seq: int, random: Random) -> None:
    """Two records change places, and everything is worked out anew."""
    other = random.choice([n for n in range(1, len(rows) + 1) if n != seq])
    rows[seq - 1], rows[other - 1] = rows[other - 1], rows[seq - 1]
    put(rehashed(rows))


MUTATIONS: tuple[Callable[[list[Row], int, Random], None], ...] = (
    *(flip_bit, change_number, change_time, change_with_its_hash, delete, delete_and_close_up, insert, swap, cut, old_file),
    *(recompute_changed, recompute_without, recompute_with_more, recompute_in_other_order),
)
UNSEEN = MUTATIONS[-5:]
"""What leaves a history without a fault in itself: only a checkpoint from outside finds it."""
