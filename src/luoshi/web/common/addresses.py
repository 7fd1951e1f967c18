"""Addresses of many rows: to reverse one costs more than the rest of a line in a list."""

from functools import lru_cache

from django.urls import reverse

_NO_ROW = 7_158_806_001


@lru_cache(maxsize=256)
def _around_number(name: str) -> tuple[str, str]:
    before, after = reverse(name, args=[_NO_ROW]).split(str(_NO_ROW))
    return before, after


def row_address(name: str, pk: int) -> str:
    """``reverse(name, args=[pk])`` of an address that takes the number of a row and nothing else."""
    before, after = _around_number(name)
    return f"{before}{pk}{after}"
