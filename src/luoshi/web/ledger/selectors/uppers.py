"""What stands above a draft: the matter that it is a part of, and the upper documents than which its quote is stricter."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.documents.models import Comparison, UpperLink, Version
from luoshi.web.ledger.checks import Aim, Upper
from luoshi.web.ledger.models import Matter, Source

Data = dict[str, Any]


def parent_of(matter: Matter, aims: tuple[Aim, ...]) -> tuple[Upper, ...]:
    """The matter above with its ``aims``, where there is one."""
    parent = matter.parent
    if parent is None:
        return ()
    since = timezone.localtime(parent.issued_at).date() if parent.issued_at else None
    return (Upper(f"{parent.number}", parent.due_on, since, aims),)


def stricter_documents(matters: Sequence[Matter]) -> dict[int, list[Upper]]:
    """Matter → the passages of upper documents that its quotes tighten, by the finished comparisons of linked documents. One query."""
    sources = [source for matter in matters for source in matter.sources.all() if source.version_id is not None and source.start is not None]
    if not sources:
        return {}
    linked = Exists(UpperLink.objects.filter(document=OuterRef("lower__document"), upper=OuterRef("upper__document")))
    versions = Q(lower__in={source.version_id for source in sources})
    done = Comparison.objects.filter(versions, linked, state=Version.READ, data__isnull=False).select_related("upper__document").defer("upper__text")
    above: dict[int, list[Comparison]] = defaultdict(list)
    for comparison in done.order_by("pk"):
        above[comparison.lower_id].append(comparison)
    found: dict[int, list[Upper]] = defaultdict(list)
    for source in sources:
        for comparison in above.get(source.version_id or 0, ()):
            found[source.matter_id] += _tightened(source, comparison)
    return dict(found)


def _tightened(source: Source, comparison: Comparison) -> list[Upper]:
    data: Data = comparison.data or {}
    document = comparison.upper.document
    items = {one["id"]: one for one in comparison.upper.decomposition.get("items", [])}
    found = []
    for link in data.get("links", []):
        item = items.get(link["upper_item"])
        if item is None or link["level"] != "bundle" or "tightened" not in (link["relation"], *link["also"]) or not _meets(source, link["lower"]):
            continue
        name = _("上位文件《{title}》").format(title=document.title)
        found.append(Upper(name, _earlier(item, link), _since(comparison), _raised(data, link), quote=item["quote"]))
    return found


def _meets(source: Source, span: Data) -> bool:
    start, end = int(span["start"]), int(span["end"])
    return (source.start or 0) < end and start < (source.end or 0)


def _earlier(item: Data, link: Data) -> date | None:
    """The upper deadline, where the lower one is earlier."""
    spans = [one["upper"] for one in link["changed"] if one["slot"] == "deadline" and one["how"] == "earlier"]
    due = [one["due"] for one in item["deadlines"] if one["due"] and any(one["start"] < span["end"] and span["start"] < one["end"] for span in spans)]
    return date.fromisoformat(max(due)) if due else None


def _raised(data: Data, link: Data) -> tuple[Aim, ...]:
    """The upper targets than which the lower ones are stricter, under the names that they have below."""
    pair = (link["upper_item"], link["lower_item"])
    rows = [one for one in data["targets"] if (one["upper_item"], one["lower_item"]) == pair and one["comparison"] == "stricter" and one["lower"]]
    return tuple(
        Aim(row["lower"]["indicator"] or "", row["upper"]["comparator"], row["upper"]["value"], row["upper"]["unit"] or "", row["upper"]["text"]) for row in rows
    )


def _since(comparison: Comparison) -> date | None:
    """When the time of the upper document began: its date as a person entered it, else as it says itself."""
    if comparison.upper.document.dated_on:
        return comparison.upper.document.dated_on
    dates = comparison.upper.decomposition.get("source", {}).get("dates", [])
    days = [one["date"] for one in dates if one["kind"] == "issued" and one["precision"] == "day"]
    return date.fromisoformat(days[0]) if days else None
