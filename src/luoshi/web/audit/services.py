"""Writing a record: the one function that every service calls, once, inside its transaction. And the acts of the audit itself: a checkpoint, a verification."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.checkpoint import Checkpoint, Kept
from luoshi.web.audit.encoding import FIELDS, digest, line, plain, text_of
from luoshi.web.audit.models import Counter, Record
from luoshi.web.audit.stream import rows
from luoshi.web.audit.telling import as_data
from luoshi.web.audit.verifying import MADE, VERIFIED, Verified
from luoshi.web.common.actor import Actor


def name_of(subject: models.Model | str) -> str:
    """How a row is named in the audit: ``matter:12``."""
    return subject if isinstance(subject, str) else f"{subject._meta.model_name}:{subject.pk}"


def record(
    *,
    act: str,
    subject: models.Model | str,
    actor: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    context: models.Model | str | None = None,
) -> Record:
    """Add one record. Raises RuntimeError outside a transaction: an act and its record stand or fall together."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record outside a transaction")
    name = name_of(subject)
    seq, previous = _next(name)
    fields: dict[str, Any] = {
        "seq": seq,
        "at": at,
        "actor_id": actor.user_id,
        "actor": actor.name,
        "unit_id": actor.unit_id,
        "unit": actor.unit_name,
        "act": act,
        "subject": name,
        "context": name_of(context) if context is not None else name,
        "before": text_of(before or {}),
        "after": text_of(after or {}),
        "reason": reason,
        "previous": previous,
    }
    return Record.objects.create(**fields, hash=digest({key: plain(fields[key]) for key in FIELDS}))


@transaction.atomic
def make_checkpoint(*, verified: Verified, origin: str, actor: Actor, at: datetime) -> Checkpoint:
    """The head of the tree over all records before the record of this checkpoint, which is the next. Raises RuleBroken where the records are not in order.

    ``verified`` was found before, outside of any lock; only what was written since is read here.
    """
    if not verified.good:
        raise RuleBroken(_("审计记录核验不过，不能固证。"), hint=_("请先用 luoshi audit verify 看清是哪一条记录，再从备份查对。"))
    counter, tree = _locked(), verified.tree.copy()
    for row in rows(after=tree.size):
        tree.add(tree.leaf(line(row[:-1])))
    if counter.seq != tree.size:
        raise RuleBroken(_("审计记录的编号与计数器不符，不能固证。"), hint=_("请用 luoshi audit verify 核验。"))
    made = Checkpoint(" ".join(origin.split()), tree.size, tree.algorithm, tree.root(), at)
    told = {"origin": made.origin, "size": made.size, "hash": made.algorithm, "root": made.root.hex()}
    record(act=MADE, subject=f"checkpoint:{made.size}", actor=actor, at=at, after=told)
    return made


@transaction.atomic
def record_verification(*, verified: Verified, given: Sequence[Kept] = (), actor: Actor, at: datetime) -> Record:
    """That all records were looked through, what they were held against, and what was found."""
    return record(act=VERIFIED, subject=f"verification:{verified.size}", actor=actor, at=at, after=as_data(verified, given))


def _next(subject: str) -> tuple[int, str]:
    """The next number, and the hash of the last record of the subject: every act of Luoshi asks for them, so they are asked in plain words.

    The counter is held from then on until the transaction ends, so that what is read after it is the last.
    """
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_counter (id, seq) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET seq = audit_counter.seq + 1 RETURNING seq")
        [seq] = cursor.fetchone()
        cursor.execute("SELECT hash FROM audit_record WHERE subject = %s ORDER BY seq DESC LIMIT 1", [subject])
        last = cursor.fetchone()
    return seq, last[0] if last else ""


def _locked() -> Counter:
    """The counter, held until the transaction ends: nobody else writes a record meanwhile."""
    return Counter.objects.select_for_update().get_or_create(pk=1)[0]
