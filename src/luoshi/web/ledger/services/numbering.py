"""Numbers of matters: LJ-2026-0147, the code of the issuing unit, the year, and a count without gaps for each unit and year."""

from datetime import datetime

from django.utils import timezone

from luoshi.web.ledger.models import Number
from luoshi.web.orgs.models import Unit


def next_number(unit: Unit, at: datetime) -> str:
    """Take the next number. The row stays locked until the transaction of the caller ends: either number and matter are there, or neither."""
    year = timezone.localtime(at).year
    row, _made = Number.objects.select_for_update().get_or_create(unit=unit, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{unit.code}-{year}-{row.last:04}"
