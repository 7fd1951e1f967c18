"""Matters with their sources, support, ancestors and the index by which they are found."""

import json
from collections.abc import Mapping, Sequence
from random import Random

from bench.city import words
from bench.city.lives import Life
from bench.city.places import Place, Places
from bench.city.table import POSTGRESQL, Table, day, insert, moment
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.ledger.models import Ancestor, Matter, Source, Support
from luoshi.web.search.folding import BETWEEN, fold, pairs
from luoshi.web.search.models import Indexed

PAIRS = 5_000


class Documents:
    """Directives that the issuing units read, with their items under review: the sources of a third of the matters."""

    def __init__(self, issuers: Sequence[Place], count: int, today: int) -> None:
        import luoshi

        random = Random(0)
        self._quotes = [words.quote(random, theme) for theme in words.THEMES for _ in range(4)]
        text = "关于抓好年度重点任务的意见\n\n一、重点任务\n" + "\n".join(f"（{n + 1}）{quote}" for n, quote in enumerate(self._quotes)) + "\n"
        read = json.loads(_dumps(luoshi.decompose(luoshi.read_bytes(text.encode(), name="意见.txt"))))
        read.pop("text", None)
        self._text, self.of = text, dict[int, list[tuple[int, list[int]]]]()
        documents = Table(Document, "unit_id", "title", "number", "dated_on", "created_by_id", "created_at")
        versions = Table(
            Version, "document_id", "uploaded_by_id", "uploaded_at", "read_at", number=1, file_name="意见.txt", file_size=len(text.encode()),
            state=Version.READ, text=text, decomposition=read,
        )  # fmt: skip
        items = Table(DraftItem, "version_id", "order", "start", "end", "quote", kind="requirement", grade="deliverable", state=DraftItem.ACCEPTED)
        for n in range(count):
            unit, on = issuers[n % len(issuers)], today - 20 - n % 900
            by = unit.people["supervisor"][0]
            document = documents.add(unit.pk, f"关于抓好年度重点任务的意见（{n + 1}）", f"临政发〔2026〕{n + 1}号", day(on), by, moment(on))
            version = versions.add(document, by, moment(on), moment(on, 121))
            starts = [text.index(quote) for quote in self._quotes]
            drafts = [items.add(version, k, start, start + len(quote), quote) for k, (start, quote) in enumerate(zip(starts, self._quotes, strict=True))]
            self.of.setdefault(unit.pk, []).append((version, drafts))

    def passage(self, unit: int, n: int) -> tuple[int, int, int, int, str] | None:
        """Version, item, start, end and quote for one matter of a unit; None where the unit has no documents."""
        known = self.of.get(unit)
        if not known:
            return None
        version, drafts = known[n % len(known)]
        quote = self._quotes[n % len(self._quotes)]
        start = self._text.index(quote)
        return version, drafts[n % len(drafts)], start, start + len(quote), quote


def _dumps(decomposition: object) -> str:
    from luoshi.writers.decomposition_json import dumps

    return dumps(decomposition)


class Matters:
    """Puts down one matter after the other."""

    def __init__(self, seed: int, places: Places, documents: Documents, programmes: Mapping[int, list[int]]) -> None:
        self._random, self._all, self._documents, self._programmes = Random(seed + 1), places.all, documents, programmes
        self._matters = Table(
            Matter, "number", "title", "state", "issuer_id", "lead_id", "issuer_name", "lead_name", "due_on", "first_due_on", "cadence", "theme",
            "parent_id", "programme_id", "plan_kind", "plan_agreed_at", "resume_on", "review_on", "drafted_by_id", "proposed_by_id", "approver_id",
            "submitted_by_id", "created_at", "proposed_at", "issued_at", "signed_at", "submitted_at", "accepted_at", "closed_at",
            task=words.TASK, criterion=words.CRITERION, category="重点任务", changes=4,
        )  # fmt: skip
        self._sources = Table(Source, "matter_id", "kind", "quote", "cited_as", "version_id", "draft_id", "start", "end")
        self._supports = Table(Support, "matter_id", "unit_id", "unit_name", "due_on", "state", contribution="安排资金")
        self._ancestors = Table(Ancestor, "matter_id", "ancestor_id")
        self._index = Table(Indexed, "object_id", "text", kind="matter")
        self._pairs: list[tuple[int, str]] = []

    def put(self, one: Life) -> None:
        """One matter."""
        random, theme = self._random, words.THEMES[self._random.randrange(len(words.THEMES))]
        title, number = words.title(random, theme, one.pk), f"LS-{day(one.begun)[:4]}-{one.pk:06}"
        supervisor, head = one.issuer.people["supervisor"][0], one.issuer.people["head"][0]
        issued = one.issued if one.is_issued else 0
        signed = one.begun + 2 if issued and one.state not in ("issued", "coordinating") else 0
        done = one.ended if one.state != "terminated" else 0
        submitted = done or (one.state == "submitted" and one.due - 3)
        known = self._programmes.get(one.issuer.pk)
        self._matters.put(
            one.pk, number, title, one.state, one.issuer.pk, one.lead.pk, one.issuer.name if issued else "", one.lead.name if issued else "",
            day(one.due), day(one.due), one.cadence, theme, one.above[0] if one.above else None, known[one.pk % len(known)] if known and one.pk % 10 == 0 else None,
            "curve" if one.planned else "", _at(one.planned), day(one.due - 10) if one.state == "suspended" else None,
            day(one.due + 60) if one.state == "standing" else None, supervisor, supervisor if one.state != "draft" else None,
            head if one.state != "draft" else None, one.lead.people["head"][0] if submitted else None, moment(one.begun, 100),
            _at(one.begun if one.state != "draft" else 0, 200), _at(issued), _at(signed), _at(submitted), _at(done), _at(done + 2 if one.state == "closed" else 0),
        )  # fmt: skip
        self._beside(one, theme, title, number)

    def _beside(self, one: Life, theme: str, title: str, number: str) -> None:
        passage = self._documents.passage(one.issuer.pk, one.pk) if one.pk % 3 == 0 else None
        quote = passage[4] if passage else words.quote(self._random, theme)
        cited = "临政发〔2026〕18号 第一部分"
        self._sources.add(one.pk, "item" if passage else "typed", quote, cited, *(passage[:4] if passage else (None, None, None, None)))
        if one.pk % 3 == 0 and one.is_issued:
            helper = self._random.choice(self._all)
            if helper.pk != one.lead.pk:
                self._supports.add(one.pk, helper.pk, helper.name, day(one.due), "done" if one.ended else ("open", "agreed")[one.pk % 2])
        for above in one.above:
            self._ancestors.add(one.pk, above)
        text = BETWEEN.join(_folded(part) for part in (number, title, words.TASK, words.CRITERION, quote))
        self._pairs.append((self._index.add(one.pk, text), _grams(pairs(text))))
        if len(self._pairs) >= PAIRS:
            self.flush()

    def flush(self) -> None:
        """Write the pairs that wait."""
        insert("search_pairs", ("indexed_id" if POSTGRESQL else "rowid", "pairs"), self._pairs)
        self._pairs = []


def _at(on: int, minute: int = 120) -> str | None:
    return moment(on, minute) if on else None


def _grams(found: set[str]) -> str:
    return " ".join(f"'{one}'" for one in sorted(found)) if POSTGRESQL else " ".join(sorted(found))


_KNOWN: dict[str, str] = {}


def _folded(part: str) -> str:
    made = _KNOWN.get(part)
    if made is None:
        made = fold(part)
        if len(_KNOWN) < 10_000:
            _KNOWN[part] = made
    return made
