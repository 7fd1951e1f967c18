"""Writing a record: the one function that every service calls, once, inside its transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models

from luoshi.web.audit.encoding import FIELDS, digest, plain, text_of
from luoshi.web.audit.models import Counter, Record
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
    counter, _made = Counter.objects.select_for_update().get_or_create(pk=1)
    counter.seq += 1
    counter.save(update_fields=["seq"])
    name = name_of(subject)
    last = Record.objects.filter(subject=name).order_by("-seq").values_list("hash", flat=True).first()
    fields: dict[str, Any] = {
        "seq": counter.seq,
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
        "previous": last or "",
    }
    return Record.objects.create(**fields, hash=digest({key: plain(fields[key]) for key in FIELDS}))
