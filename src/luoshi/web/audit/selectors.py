"""Reading the audit: the history of one row for those who see the row, everything for the audit administrator alone."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from luoshi.text import DamagedFile
from luoshi.text.language import _
from luoshi.web.audit.checkpoint import Checkpoint
from luoshi.web.audit.encoding import lines
from luoshi.web.audit.models import Counter, Record
from luoshi.web.audit.stream import chunks
from luoshi.web.audit.tree import Growing
from luoshi.web.audit.verifying import MADE, VERIFIED
from luoshi.web.common.actor import Actor


def history(context: str) -> QuerySet[Record]:
    """What was done to a row and to what belongs to it, oldest first. The caller has checked that the row may be seen."""
    return Record.objects.filter(context=context)


def visible_records(actor: Actor) -> QuerySet[Record]:
    """Every record, for the audit administrator; none for anyone else."""
    return Record.objects.order_by("-seq") if actor.administers == "audit" else Record.objects.none()


def sign_in_records(actor: Actor) -> QuerySet[Record]:
    """Who signed in, tried to, or went, newest first: for the security administrator; none for anyone else."""
    found = Record.objects.filter(act__startswith="login.") if actor.administers == "security" else Record.objects.none()
    return found.order_by("-seq")


def found_records(actor: Actor, *, act: str = "", subject: str = "", who: str = "", unit: str = "", first: date | None = None, last: date | None = None) -> QuerySet[Record]:
    """Records of an act, of a subject or of what belongs to it, of a person, of a unit (a part of its name as it was), between two days."""
    found = visible_records(actor)
    if act:
        found = found.filter(act=act)
    if subject:
        found = found.filter(Q(subject=subject) | Q(context=subject))
    if who:
        found = found.filter(actor__contains=who)
    if unit:
        found = found.filter(unit__contains=unit)
    if first:
        found = found.filter(at__gte=_midnight(first))
    if last:
        found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def broken_chain(records: Sequence[Record]) -> list[int]:
    """Of all records of one subject, oldest first: numbers of those that do not follow on the one before."""
    before = ["", *(one.hash for one in records)]
    return [one.seq for one, hash_before in zip(records, before, strict=False) if one.previous != hash_before]


def broken_links(records: Sequence[Record]) -> list[int]:
    """Numbers of records whose hash is not that of their content."""
    from luoshi.web.audit.encoding import FIELDS, digest, plain

    return [one.seq for one in records if digest({name: plain(getattr(one, name)) for name in FIELDS}) != one.hash]


CHECKPOINTS = 100
"""Checkpoints that are read at a time."""


class Made(NamedTuple):
    """A checkpoint as the audit tells of it: its record has the number after its size."""

    head: Checkpoint
    by: str


def checkpoints() -> Iterator[Made]:
    """Every checkpoint that was made, newest first."""
    return (_made(one) for one in Record.objects.filter(act=MADE).order_by("-seq").iterator(CHECKPOINTS))


def checkpoint_over(size: int) -> Made | None:
    """The newest checkpoint over so many records."""
    found = Record.objects.filter(act=MADE, subject=f"checkpoint:{size}").order_by("-seq").first()
    return _made(found) if found else None


def last_checkpoint() -> Made | None:
    """The newest checkpoint; None where none was ever made."""
    found = Record.objects.filter(act=MADE).order_by("-seq").first()
    return _made(found) if found else None


def _made(one: Record) -> Made:
    told = json.loads(one.after)
    return Made(Checkpoint(told["origin"], told["size"], told["hash"], bytes.fromhex(told["root"]), one.at), one.actor)


def number_of_records() -> int:
    """How many records were ever written."""
    return Counter.objects.values_list("seq", flat=True).first() or 0


def origin() -> str:
    """Whose records these are, as a checkpoint says it: what ``settings.ORIGIN`` answers, else the first name of the machine."""
    return str(import_string(settings.ORIGIN)() or settings.OPTIONS["hosts"][0])


class Judged(NamedTuple):
    """A verification as its record tells of it; ``told`` is ``telling.as_data``."""

    at: datetime
    by: str
    told: dict[str, Any]


def last_verification() -> Judged | None:
    """The newest verification; None where there was none."""
    found = Record.objects.filter(act=VERIFIED).order_by("-seq").first()
    return Judged(found.at, found.actor, json.loads(found.after)) if found else None


def checkpoint_file(head: Checkpoint) -> Iterator[bytes]:
    """The file of a checkpoint: its lines, then the hash of each record that it covers. Raises DamagedFile at its end where the records have another root."""
    yield f"{head.text()}\n".encode()
    tree = Growing(head.algorithm)
    for columns in chunks(until=head.size):
        leaves = tree.leaves(lines(columns[:-1]))
        tree.extend(leaves)
        yield b"".join(leaves)
    if tree.root() != head.root:
        message = _("审计记录已不是固证时的样子，不能写出 {n} 条的固证文件。").format(n=head.size)
        raise DamagedFile(message, hint=_("请用 luoshi audit verify 核验。"))
