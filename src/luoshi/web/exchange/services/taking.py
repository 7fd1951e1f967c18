"""Taking something out is an act: who took what, in which form, how many rows, under which filter, and what was left out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor


@transaction.atomic
def take_export(*, view: str, form: str, title: str, columns: Sequence[str], filters: Sequence[str], count: int, withheld: int, actor: Actor, at: datetime) -> None:
    """One record for one file. ``view`` is ``matters``, or ``dossier:12`` where it is of one row."""
    after = {"form": form, "title": title, "columns": list(columns), "filters": list(filters), "count": count, "withheld": withheld}
    record(act="export.take", subject=f"export.{view}", actor=actor, at=at, after=after)
