"""Writing the index. It is derived from rows that have their own record in the audit, and has none itself."""

from django.db import connection, transaction

from luoshi.web.search.folding import fold, pairs
from luoshi.web.search.models import Indexed


@transaction.atomic(savepoint=False)
def index(kind: str, object_id: int, text: str) -> None:
    """Make ``text`` findable as that of a row; a text indexed before for the same row gives way."""
    folded = fold(text)
    row = Indexed.objects.filter(kind=kind, object_id=object_id).first()
    if row is not None and row.text == folded:
        return
    if row is None:
        row = Indexed.objects.create(kind=kind, object_id=object_id, text=folded)
    else:
        Indexed.objects.filter(pk=row.pk).update(text=folded)
        _unpair(row.pk)
    _pair(row.pk, folded)


def _unpair(pk: int) -> None:
    """Take the pairs of a text out of the index."""
    name = "indexed_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_pairs WHERE {name} = %s", [pk])


def _pair(pk: int, folded: str) -> None:
    """Put the pairs of a text into the index."""
    grams = sorted(pairs(folded))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("INSERT INTO search_pairs (indexed_id, pairs) VALUES (%s, array_to_tsvector(%s::text[]))", [pk, grams])
        else:
            cursor.execute("INSERT INTO search_pairs (rowid, pairs) VALUES (%s, %s)", [pk, " ".join(grams)])


@transaction.atomic
def index_again() -> None:
    """Make the index of pairs from the texts that are kept, for an installation that was restored."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_pairs")
    for pk, text in Indexed.objects.values_list("pk", "text").iterator():
        _pair(pk, text)


@transaction.atomic
def forget(kind: str, object_id: int) -> None:
    """A row is no longer found."""
    for pk in Indexed.objects.filter(kind=kind, object_id=object_id).values_list("pk", flat=True):
        _unpair(pk)
        Indexed.objects.filter(pk=pk).delete()
