"""Quotes that a newer version of their document no longer holds: which they are, and what could take their place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from luoshi.web.documents.models import DraftItem, Version
from luoshi.web.ledger.likeness import likeness, pairs
from luoshi.web.ledger.models import Source

_BLANKS = re.compile(r"\s+")
_OFFERED = 3


class Candidate(NamedTuple):
    """An item of the newer version that a quote may have become."""

    draft: DraftItem
    score: float


def newest_read(document_id: int) -> Version | None:
    """The newest version of a document that has been read."""
    return _read_versions(document_id).first()


def _read_versions(document_id: int) -> QuerySet[Version]:
    return Version.objects.filter(document=document_id, state=Version.READ).order_by("-number")


def stands_in(quote: str, text: str) -> bool:
    """True where ``text`` holds the quote, line breaks and blanks apart."""
    return _BLANKS.sub("", quote) in _BLANKS.sub("", text)


def unchecked_sources(only: int | None = None) -> Iterator[tuple[Source, Version, bool]]:
    """Sources from a version that is no longer the newest and not held against it yet: source, newest version, whether the quote survives.

    ``only`` is the number of a document whose sources alone are looked at.
    """
    stale = Source.objects.filter(version__isnull=False, suspect=False).select_related("version").defer("version__text", "version__decomposition")
    renewed = Version.objects.filter(state=Version.READ, number__gt=1)
    documents = set(renewed.values_list("document", flat=True)) if only is None else {only}
    for document_id in sorted(documents):
        newest = _read_versions(document_id).defer("text", "decomposition").first()
        if newest is None:
            continue
        behind = stale.filter(version__document=document_id, version__number__lt=newest.number).exclude(checked_against=newest)
        plain = ""
        for source in behind.order_by("pk"):
            plain = plain or _BLANKS.sub("", newest.text)
            yield source, newest, _BLANKS.sub("", source.quote) in plain


def candidates(source: Source) -> list[Candidate]:
    """Items of the newest version that are most like a quote, the best first."""
    newest = newest_read(source.version.document_id) if source.version else None
    if newest is None:
        return []
    wanted = pairs(source.quote)
    scored = [Candidate(draft, likeness(wanted, pairs(draft.quote))) for draft in newest.drafts.all()]
    return [one for one in sorted(scored, key=lambda one: -one.score) if one.score > 0.2][:_OFFERED]
