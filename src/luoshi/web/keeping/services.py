"""What the audit says of backups: that one was made, and what an installation was restored from."""

from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.web.audit.models import Record
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor

MADE, RESTORED = "backup.make", "backup.restore"


@transaction.atomic
def record_backup(*, digest: str, size: int, place: str, manifest: dict[str, Any], actor: Actor, at: datetime) -> Record:
    """A backup was made."""
    told = {"sha256": digest, "size": size, "place": place, "audit": manifest["audit"], "files": manifest["files"], "missing": len(manifest["missing"])}
    return record(act=MADE, subject=_name(digest), actor=actor, at=at, after=told)


@transaction.atomic
def record_restore(*, digest: str, manifest: dict[str, Any], operator: str, witness: str, actor: Actor, at: datetime) -> Record:
    """This ledger was restored from a backup, by two persons."""
    told = {"sha256": digest, "made_at": manifest["made_at"], "luoshi": manifest["luoshi"], "database": manifest["database"], "audit": manifest["audit"]}
    return record(act=RESTORED, subject=_name(digest), actor=actor, at=at, after=told | {"operator": operator, "witness": witness})


def _name(digest: str) -> str:
    return f"backup:{digest[:16]}"
