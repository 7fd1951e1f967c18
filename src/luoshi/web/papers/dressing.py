"""A row of a list of papers with the word of its kind and where it stands; ``sent``, ``received`` and ``answered`` were counted."""

from datetime import date
from typing import Any

from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.naming import state_light


def dress(row: Any, on: date) -> None:
    """Put ``kind_name``, ``light`` and ``units`` on the row."""
    row.kind_name = kinds()[row.kind].name
    late = row.answer_by is not None and on > row.answer_by
    row.light = state_light(row.state, sent=row.sent, received=row.received, answered=row.answered, answer=row.answer_by is not None, late=late)
    row.units = [one.unit_name for one in row.addressees.all()]
