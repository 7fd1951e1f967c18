"""What was decided about a passage holds for the next version where the passage stands in it word for word."""

from collections import defaultdict

from luoshi.web.documents.models import DraftItem, ReviewNote, Version

CARRIED = ("state", "title", "kind", "grade", "details", "unconfirmed", "confirmed_word", "decided_by_id", "decided_at")


def carry_over(version: Version, drafts: list[DraftItem]) -> int:
    """Take decisions over from the newest read version before; gives how many. Part of the act of reading: no record of its own.

    Passages are paired by their wording in the order in which they stand; merged, split and self-made rows are made anew where
    their wording stands in the new text. A doubt or a sentence that was settled stays settled under the same condition.
    """
    last = Version.objects.filter(document=version.document_id, state=Version.READ, number__lt=version.number).order_by("-number").first()
    if last is None:
        return 0
    fresh: dict[str, list[DraftItem]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda one: -one.start):
        fresh[draft.quote].append(draft)
    carried = 0
    for old in last.drafts.filter(state__in=DraftItem.SHOWN).select_related("parent").order_by("start", "order"):
        made = old.parent_id is not None or not old.item_id
        if old.state not in DraftItem.DECIDED and not made:
            continue
        twin = _made_anew(version, drafts, old) if made else fresh[old.quote].pop() if fresh[old.quote] else None
        if twin is None:
            continue
        _copy_details(old, twin)
        twin.save()
        carried += old.state in DraftItem.DECIDED
    _carry_notes(last, version)
    return carried


def _copy_details(old: DraftItem, draft: DraftItem) -> None:
    """Everything that was decided; spans inside the details move with the quote."""
    shift = draft.start - old.start
    for name in CARRIED:
        setattr(draft, name, getattr(old, name))
    draft.details = {name: shifted(value, shift) for name, value in old.details.items()}
    draft.before = None


def shifted(value: object, by: int) -> object:
    """Plain data with every ``start`` and ``end`` in it moved."""
    if isinstance(value, dict):
        return {key: one + by if key in ("start", "end") and isinstance(one, int) else shifted(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [shifted(one, by) for one in value]
    return value


def _made_anew(version: Version, drafts: list[DraftItem], old: DraftItem) -> DraftItem | None:
    """A row that a person made (merged, split, chosen), where its wording stands once in the new text; parts only where their whole does."""
    if version.text.count(old.quote) != 1:
        return None
    start = version.text.find(old.quote)
    end = start + len(old.quote)
    draft = DraftItem(version=version, order=old.order, start=start, end=end, quote=old.quote, path=old.path, kind=old.kind, grade=old.grade)
    within = [one for one in drafts if one.start < end and start < one.end]
    if old.parent is not None:
        whole = next((one for one in within if one.quote == old.parent.quote), None)
        if whole is None:
            return None
        draft.parent, whole.state = whole, DraftItem.SPLIT
        whole.save(update_fields=["state"])
        return draft
    draft.save()
    for one in within:
        one.state, one.parent = DraftItem.MERGED, draft
        one.save(update_fields=["state", "parent"])
    return draft


def _carry_notes(last: Version, version: Version) -> None:
    for note in last.notes.all():
        quote = last.text[note.start : note.end]
        if quote and version.text.count(quote) == 1:
            start = version.text.find(quote)
            ReviewNote.objects.create(
                version=version, kind=note.kind, start=start, end=start + len(quote), code=note.code, text=note.text, by=note.by, at=note.at
            )
