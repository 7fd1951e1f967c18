"""Numbers: LJ-WT-2026-0012 of a problem, LJ-DC-2026-0003 of an inspection, without gaps for each unit and year."""

from datetime import datetime

from django.utils import timezone

from luoshi.web.orgs.models import Unit
from luoshi.web.problems.models import Count


def next_number(unit: Unit, kind: str, at: datetime) -> str:
    """Take the next number. The row stays locked until the transaction of the caller ends: either number and row are there, or neither."""
    year = timezone.localtime(at).year
    row, _made = Count.objects.select_for_update().get_or_create(unit=unit, kind=kind, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{unit.code}-{kind}-{year}-{row.last:04}"
