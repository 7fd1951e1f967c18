"""Full-text search over what the actor may see: matters by their words and quotes, documents by their facts and newest text."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Document, Version
from luoshi.web.documents.selectors import visible_documents
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.selectors import visible_matters_of
from luoshi.web.search.marking import marked, passages
from luoshi.web.search.selectors import matching

PASSAGES = 3


class Passage(NamedTuple):
    """A piece of a row with its marks: what piece it is, and where in the text of a version."""

    label: str
    text: SafeString
    start: int = 0


class Hit(NamedTuple):
    """A matter or a document that was found."""

    row: Matter | Document
    title: SafeString
    about: SafeString
    passages: list[Passage]
    version: int = 0  # the number of the version whose text it is


def found_matters(actor: Actor, asked: str) -> QuerySet[Matter]:
    """Visible matters in which every word stands, the newest first."""
    return visible_matters_of(actor, matching("matter", asked), "object_id").order_by("-created_at", "-pk")


def found_documents(actor: Actor, asked: str) -> QuerySet[Document]:
    """Visible documents in which every word stands, the newest first."""
    return visible_documents(actor).filter(pk__in=matching("document", asked)).order_by("-created_at", "-pk")


def hits_in_matters(numbers: Iterable[int], words: Sequence[str]) -> list[Hit]:
    """The matters of one page with the pieces in which a word stands."""
    sources = Prefetch("sources", queryset=Source.objects.order_by("pk").only("matter", "quote"))
    shown = _in_order(Matter.objects.select_related("lead").prefetch_related(sources), numbers)
    return [Hit(one, marked(one.title, words), marked(one.number, words), _pieces(one, words)) for one in shown]


def hits_in_documents(numbers: Iterable[int], words: Sequence[str]) -> list[Hit]:
    """The documents of one page with passages of their newest text."""
    shown = _in_order(Document.objects.all(), numbers)
    newest = _newest(shown)
    found = []
    for one in shown:
        number, text = newest.get(one.pk, (0, ""))
        pieces = [Passage("", piece, start) for start, piece in passages(text, words, PASSAGES)]
        about = " · ".join(filter(None, (one.authority, one.number)))
        found.append(Hit(one, marked(one.title, words), marked(about, words), pieces, number))
    return found


def _in_order(rows: QuerySet[Any], numbers: Iterable[int]) -> list[Any]:
    wanted = list(numbers)
    found = rows.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def _pieces(matter: Matter, words: Sequence[str]) -> list[Passage]:
    fields = [(_("任务"), matter.task), (_("举措"), "；".join(map(str, matter.measures))), (_("办结标准"), matter.criterion)]
    quotes = [(_("原文"), source.quote) for source in matter.sources.all()]
    found = [Passage(label, piece) for label, text in (*fields, *quotes) for _start, piece in passages(text, words, 1)]
    return found[:PASSAGES]


def _newest(documents: Sequence[Document]) -> dict[int, tuple[int, str]]:
    """Number and text of the newest version that was read, for each document that has one."""
    rows = Version.objects.filter(document__in=documents, state=Version.READ).order_by("number")
    latest = dict(rows.values_list("document", "pk"))
    texts = Version.objects.filter(pk__in=latest.values()).values_list("document", "number", "text")
    return {document: (number, text) for document, number, text in texts}
