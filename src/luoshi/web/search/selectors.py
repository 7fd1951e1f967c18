"""Asking the index. Start from visible rows: ``visible_matters_of(actor, matching("matter", words), "object_id")``."""

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from luoshi.web.search.folding import fold, pairs
from luoshi.web.search.models import Indexed


def matching(kind: str, words: str) -> QuerySet[Indexed, int]:
    """Numbers of the rows of a kind in which every one of ``words`` (parted by blanks) stands, as a subquery; none where nothing is asked."""
    asked = [fold(word) for word in words.split()]
    wanted = [word for word in asked if word]
    found = Indexed.objects.filter(kind=kind)
    if not wanted:
        found = found.none()
    grams = sorted(set().union(*(pairs(word) for word in wanted)))
    if grams:
        found = found.filter(pk__in=_with_all(grams))
    for n, word in enumerate(wanted):
        found = found.annotate(**{f"at_{n}": StrIndex("text", Value(word))}).filter(**{f"at_{n}__gt": 0})
    return found.values_list("object_id", flat=True)


def _with_all(grams: list[str]) -> RawSQL:
    """Rows that have every pair, by the database's own index."""
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{gram}'" for gram in grams)  # pairs are letters and digits alone
        return RawSQL("SELECT indexed_id FROM search_pairs WHERE pairs @@ %s::tsquery", [query])
    return RawSQL("SELECT rowid FROM search_pairs WHERE search_pairs MATCH %s", [" AND ".join(f'"{gram}"' for gram in grams)])
