"""Reading documents. Every read starts at ``visible_documents``: a document is its unit's alone, anything else is not there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Comparison, Document, DraftItem, UpperLink, Version

HEAVY = ("text", "decomposition")
READING_STATES = (Version.QUEUED, Version.READING, Version.READ, Version.FAILED)


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Documents of the actor's unit; none for administrators and people without a post."""
    if actor.unit_id is None or not actor.roles:
        return Document.objects.none()
    return Document.objects.filter(unit=actor.unit_id)


def visible_versions(actor: Actor) -> QuerySet[Version]:
    """Versions of visible documents."""
    return Version.objects.filter(document__in=visible_documents(actor)).select_related("document")


def visible_drafts(actor: Actor) -> QuerySet[DraftItem]:
    """Drafts of visible documents, each with whether it has become a matter (``adopted``)."""
    found = DraftItem.objects.filter(version__document__in=visible_documents(actor)).select_related("version__document", "decided_by")
    return with_adopted(found)


def with_adopted(drafts: QuerySet[DraftItem]) -> QuerySet[DraftItem]:
    """Each with ``adopted``: it is a source of a matter (the ledger's rows point here; nothing of it is imported)."""
    return drafts.annotate(adopted=Exists(DraftItem.objects.filter(pk=OuterRef("pk"), sources__isnull=False)))


def listed_documents(actor: Actor) -> QuerySet[Document]:
    """Visible documents, newest first, each with the state of its newest version, what is decided in it, and how many matters came from it."""
    last = Version.objects.filter(document=OuterRef("pk")).order_by("-number")
    drafts = DraftItem.objects.filter(version=OuterRef("read_version"), state__in=DraftItem.SHOWN).order_by().values("version")
    read = Version.objects.filter(document=OuterRef("pk"), state=Version.READ).order_by("-number")
    found = visible_documents(actor).annotate(
        last_version=Subquery(last.values("pk")[:1]),
        last_state=Subquery(last.values("state")[:1]),
        last_fault=Subquery(last.values("fault")[:1]),
        last_hint=Subquery(last.values("hint")[:1]),
        last_number=Subquery(last.values("number")[:1]),
        read_version=Subquery(read.values("pk")[:1]),
        read_number=Subquery(read.values("number")[:1]),
    )
    return found.annotate(
        items=Subquery(drafts.annotate(n=Count("pk")).values("n")),
        decided=Subquery(drafts.annotate(n=Count("pk", filter=~Q(state=DraftItem.PENDING))).values("n")),
        matters=Count("versions__sources__matter", distinct=True),
    ).order_by("-created_at", "-pk")


def narrowed_documents(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Any]:
    """Of ``listed_documents`` those with the words ``q``, of a ``level``, whose reading is in a ``state`` or that are ``open``: not all decided yet."""
    found: QuerySet[Any] = listed_documents(actor)
    if text := asked.get("q", "").strip():
        found = found.filter(Q(title__contains=text) | Q(number__contains=text) | Q(authority__contains=text))
    if asked.get("level"):
        found = found.filter(level=asked["level"])
    if asked.get("state") == "open":
        return found.filter(decided__lt=F("items"))
    return found.filter(last_state=asked["state"]) if asked.get("state") in READING_STATES else found


def same_file(actor: Actor, sha256: str) -> Version | None:
    """The version of a visible document that is this very file, the newest first."""
    return visible_versions(actor).filter(file_sha256=sha256).exclude(state=Version.FAILED).defer(*HEAVY).order_by("-pk").first()


def newest_read(document: Document) -> Version | None:
    """The newest version that was read, with its text."""
    return document.versions.filter(state=Version.READ).order_by("-number").first()


def versions_of(document: Document) -> QuerySet[Version]:
    """The versions of a document without their texts, newest first."""
    return document.versions.defer(*HEAVY).select_related("uploaded_by").order_by("-number")


def links_of(document: Document) -> tuple[list[UpperLink], list[UpperLink]]:
    """The links of a document to those above and to those below it."""
    above = UpperLink.objects.filter(document=document).select_related("upper", "document").order_by("pk")
    below = UpperLink.objects.filter(upper=document).select_related("upper", "document").order_by("pk")
    return list(above), list(below)


def comparison_of(document: Document, upper: Document) -> Comparison | None:
    """The comparison of the newest read versions of two documents, with both."""
    lower = newest_read(document)
    above = newest_read(upper)
    if lower is None or above is None:
        return None
    return Comparison.objects.filter(upper=above, lower=lower).select_related("upper__document", "lower__document").first()


def possible_uppers(actor: Actor, document: Document) -> QuerySet[Document]:
    """Documents that could be linked as upper ones: visible, read, not this one, not linked yet."""
    linked = UpperLink.objects.filter(document=document).values("upper")
    return visible_documents(actor).filter(versions__state=Version.READ).exclude(pk=document.pk).exclude(pk__in=linked).distinct().order_by("-created_at")
