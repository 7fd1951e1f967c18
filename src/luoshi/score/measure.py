"""The arithmetic: a gold sentence takes the label of the predicted sentence that overlaps it most; ``ambiguous`` is left out."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.decompose import Decomposition, Responsibility, Sentence
from luoshi.score.gold import Gold

LABELS = ("requirement", "pledge", "context", "record", "heading")
ACTIONABLE = frozenset(("requirement", "pledge"))


@dataclass(slots=True)
class Counts:
    """Right, found too much, and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.right / (self.right + self.extra) if self.right + self.extra else None

    @property
    def recall(self) -> float | None:
        """Share of what there is that was found; None where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to find and nothing found."""
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else None


@dataclass(slots=True)
class Score:
    """One document's counts, or those of several pooled. ``errors`` names each difference for the reader of the table."""

    name: str
    fields: dict[str, Counts] = field(default_factory=dict)
    false_mismatches: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def macro_f1(self) -> float | None:
        """Mean F1 over the dispositions that the annotation has."""
        found = [counts.f1 or 0.0 for label in LABELS if (counts := self.fields.get(f"disposition.{label}")) and counts.right + counts.missed]
        return sum(found) / len(found) if found else None

    def figures(self) -> dict[str, float]:
        """The headline figures, rounded to four places, as they are kept in the baseline."""
        named = {"disposition.macro_f1": self.macro_f1}
        named |= {f"{name}.f1": counts.f1 for name, counts in self.fields.items()}
        named |= {"targets.recall": self.fields["targets"].recall} if "targets" in self.fields else {}
        named |= {"frameworks.recall": self.fields["frameworks"].recall} if "frameworks" in self.fields else {}
        return {name: round(value, 4) for name, value in named.items() if value is not None}


def score(gold: Gold, made: Decomposition) -> Score:
    """Compare one decomposition with the annotations of its document; fields that were not annotated are left out."""
    result = Score(gold.name)
    if gold.sentences is not None:
        _score_sentences(gold.sentences, made, result)
    if gold.enumerations is not None:
        _score_frameworks(gold.enumerations, made, result)
    if gold.targets is not None:
        _score_targets(gold.targets, gold.sentences, made, result)
    if gold.responsibilities is not None:
        _score_responsibilities(gold.responsibilities, made, result)
    result.false_mismatches = sum(
        1 for f in made.frameworks if f.status == "mismatch" and not any(e["name"] == f.name and e.get("status") == "mismatch" for e in gold.enumerations or ())
    )
    return result


def pool(scores: Iterable[Score], name: str) -> Score:
    """The counts of several documents as if they were one."""
    total = Score(name)
    for one in scores:
        for field_name, counts in one.fields.items():
            total.fields[field_name] = total.fields.get(field_name, Counts()) + counts
        total.false_mismatches += one.false_mismatches
        total.errors += [f"{one.name}: {error}" for error in one.errors]
    return total


def _overlapping(sentences: Sequence[Sentence], starts: Sequence[int], start: int, end: int) -> Sentence | None:
    """The sentence that shares most characters with ``[start, end)``."""
    i = max(0, bisect_right(starts, start) - 1)
    best, most = None, 0
    while i < len(sentences) and sentences[i].start < end:
        shared = min(sentences[i].end, end) - max(sentences[i].start, start)
        if shared > most:
            best, most = sentences[i], shared
        i += 1
    return best


def _score_sentences(marked: Sequence[dict[str, Any]], made: Decomposition, result: Score) -> None:
    starts = [sentence.start for sentence in made.sentences]
    speakers = {item.id: item.speaker.name for item in made.items if item.speaker}
    confusion: Counter[tuple[str, str]] = Counter()
    units = Counts()
    for gold in marked:
        if gold["label"] not in LABELS:
            continue
        found = _overlapping(made.sentences, starts, gold["start"], gold["end"])
        label: str = found.disposition if found else "unread"
        confusion[gold["label"], label] += 1
        if label != gold["label"]:
            result.errors.append(f"{gold['label']} → {label}: {gold['text'][:60]}")
        if gold.get("unit"):
            said = speakers.get(found.item or "") if found else None
            units += Counts(right=said == gold["unit"], extra=said not in (None, gold["unit"]), missed=said != gold["unit"])
            if said != gold["unit"]:
                result.errors.append(f"unit {gold['unit']} → {said}: {gold['text'][:40]}")
    for label in LABELS:
        result.fields[f"disposition.{label}"] = _counts(confusion, frozenset((label,)))
    result.fields["actionable"] = _counts(confusion, ACTIONABLE)
    if units.right + units.missed:
        result.fields["pledging_unit"] = units


def _counts(confusion: Counter[tuple[str, str]], labels: frozenset[str]) -> Counts:
    counts = Counts()
    for (gold, found), n in confusion.items():
        if gold in labels and found in labels:
            counts.right += n
        elif gold in labels:
            counts.missed += n
        elif found in labels:
            counts.extra += n
    return counts


def _score_frameworks(marked: Sequence[dict[str, Any]], made: Decomposition, result: Score) -> None:
    """Complete terms, each right only with the same members in the same order."""
    counts = Counts()
    found = {(_bare(f.name), f.claimed): f for f in made.frameworks if f.status == "complete"}
    for gold in marked:
        if gold["status"] != "complete":
            continue
        match = found.get((_bare(gold["name"]), gold["claimed"]))
        members = [_bare(member.text) for member in match.members] if match else []
        if members == [_bare(member) for member in gold["members"]]:
            counts.right += 1
        else:
            counts.missed += 1
            result.errors.append(f"framework {gold['name']}: {members or 'not found'}")
    result.fields["frameworks"] = counts


def _bare(name: str) -> str:
    return re.sub(r"[\s“”\"]", "", name)


def _score_targets(marked: Sequence[dict[str, Any]], sentences: Sequence[dict[str, Any]] | None, made: Decomposition, result: Score) -> None:
    """Quantities by span; a target is extra only inside a sentence that the annotation covers."""
    found = {(target.start, target.end) for item in made.items for target in item.targets}
    gold = {(target["start"], target["end"]) for target in marked}
    covered = [(s["start"], s["end"]) for s in sentences or () if s["label"] != "ambiguous"]
    extra = [(a, b) for a, b in found - gold if not covered or any(s <= a and b <= e for s, e in covered)]
    result.fields["targets"] = Counts(len(found & gold), len(extra), len(gold - found))
    result.errors += [f"target missed: {made.source.text[a:b]}" for a, b in sorted(gold - found)]
    result.errors += [f"target extra: {made.source.text[a:b]}" for a, b in sorted(extra)]


def _score_responsibilities(marked: Sequence[dict[str, Any]], made: Decomposition, result: Score) -> None:
    """Exact: the same leads and the same supporters. As one set: the same units, whoever leads."""
    exact, as_set = Counts(), Counts()
    unused = list(made.responsibilities)
    for gold in marked:
        match = _match(gold, unused, made.source.text)
        if match is None:
            exact.missed += 1
            as_set.missed += 1
            result.errors.append(f"responsibility missed: {gold['text'][:60]}")
            continue
        unused.remove(match)
        lead, support = set(match.lead), set(match.support)
        same = lead == set(gold["lead"]) and support == set(gold["support"])
        exact += Counts(same, not same, not same)
        together = lead | support == set(gold["lead"]) | set(gold["support"])
        as_set += Counts(together, not together, not together)
        if not same:
            result.errors.append(f"responsibility {gold['text'][:60]}: {match.lead} / {match.support}")
    exact.extra += len(unused)
    as_set.extra += len(unused)
    result.errors += [f"responsibility extra: {made.source.text[r.start : r.end][:60]}" for r in unused]
    result.fields["responsibilities"] = exact
    result.fields["responsibilities_as_set"] = as_set


def _match(gold: dict[str, Any], candidates: Sequence[Responsibility], text: str) -> Responsibility | None:
    """By place, else by words: in raw HTML the n-th occurrence of the same words is meant."""
    for made in candidates:
        if (made.start, made.end) == (gold["span_start"], gold["span_end"]) and text[made.start : made.end] == gold["text"]:
            return made
    for made in candidates:
        if text[made.start : made.end] == gold["text"]:
            return made
    return next((m for m in candidates if m.start < gold["span_end"] and gold["span_start"] < m.end and gold["text"][:12] in text[m.start : m.end]), None)
