"""Reading the audit: the history of one row for those who see the row, everything for the audit administrator alone."""

from collections.abc import Sequence

from django.db.models import QuerySet

from luoshi.web.audit.models import Record
from luoshi.web.common.actor import Actor


def history(context: str) -> QuerySet[Record]:
    """What was done to a row and to what belongs to it, oldest first. The caller has checked that the row may be seen."""
    return Record.objects.filter(context=context)


def visible_records(actor: Actor) -> QuerySet[Record]:
    """Every record, for the audit administrator; none for anyone else."""
    return Record.objects.order_by("-seq") if actor.administers == "audit" else Record.objects.none()


def broken_links(records: Sequence[Record]) -> list[int]:
    """Numbers of records whose hash is not that of their content."""
    from luoshi.web.audit.encoding import FIELDS, digest, plain

    return [one.seq for one in records if digest({name: plain(getattr(one, name)) for name in FIELDS}) != one.hash]
