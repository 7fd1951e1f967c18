"""Who could lead and who could help, each with its reason: named in the text, its duty list, a like matter before. No Django.

Values in, suggestions out. Nothing is decided here: a person takes a suggestion by a click, and the reason stands beside it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from luoshi.text.language import _
from luoshi.web.ledger.likeness import Index, pairs

Role = Literal["lead", "support"]
MOST = 3  # suggestions of a kind that are still read
DUTY_SHARE = 0.5  # of the duty's pairs that stand in the text
PAST_LIKENESS = 0.35
_SHORTER = (("委员会", "委"), ("办公室", "办"), ("和", ""), ("与", ""), ("暨", ""))
_LEVELS = "省市县区州旗乡镇"
_STEP = 4  # letters of one level in the path of the tree


class KnownUnit(NamedTuple):
    """A unit as documents may call it: ``names`` hold its name, short name and aliases; ``place`` is 云岭市 for what belongs to that city."""

    id: int
    name: str
    names: tuple[str, ...]
    place: str
    path: str
    duties: tuple[str, ...] = ()


class PastMatter(NamedTuple):
    """A matter that a unit led: its number and what it was about."""

    unit: int
    number: str
    text: str


class Named(NamedTuple):
    """A unit as the text names it; ``role`` as read: lead, support, responsible, speaker."""

    name: str
    role: str


class Suggestion(NamedTuple):
    """A unit, for which role, on which ground (``named``, ``duty``, ``past``), and the reason in words."""

    unit: int
    role: Role
    basis: str
    reason: str


class Knowledge:
    """What is known of units and of past matters, made once for many drafts. ``home`` is the path of the issuing unit in the tree."""

    def __init__(self, units: Sequence[KnownUnit], past: Iterable[PastMatter] = (), *, home: str = "") -> None:
        self.units = {unit.id: unit for unit in units}
        self.home = home
        self._by_name: dict[str, list[KnownUnit]] = {}
        for unit in units:
            for name in _called(unit):
                self._by_name.setdefault(name, []).append(unit)
        self._duties = Index(((unit.id, duty), duty) for unit in units for duty in unit.duties)
        self._past = Index((matter, matter.text) for matter in past)

    def unit_called(self, name: str) -> KnownUnit | None:
        """The unit that a document of ``home`` means by ``name``: the nearest in the tree; None where nobody or two equally near are called so."""
        found = {unit.id: unit for unit in self._by_name.get(shorter(name), ())}
        ranked = sorted(found.values(), key=lambda unit: -self._nearness(unit))
        if len(ranked) > 1 and self._nearness(ranked[0]) == self._nearness(ranked[1]):
            return None
        return ranked[0] if ranked else None

    def _nearness(self, unit: KnownUnit) -> int:
        steps = 0
        while steps * _STEP < len(self.home) and self.home[: (steps + 1) * _STEP] == unit.path[: (steps + 1) * _STEP]:
            steps += 1
        return steps * 100 - len(unit.path) // _STEP  # of two as near, the higher one

    def by_duty(self, text: str) -> list[tuple[KnownUnit, str]]:
        """Units whose duty list has a line that stands in ``text`` by half or more, with the line; the best first. One pair of characters is too little: 工作标准 is not 标准地."""
        wanted = pairs(text)
        scored: dict[int, tuple[float, str]] = {}
        for (unit, duty), _score in self._duties.near(text, 0.0):
            whole, shared = len(pairs(duty)), len(pairs(duty) & wanted)
            share = shared / max(1, whole)
            if shared >= min(whole, 2) and share >= DUTY_SHARE and share > scored.get(unit, (0.0, ""))[0]:
                scored[unit] = (share, duty)
        best = sorted(scored.items(), key=lambda one: (-one[1][0], one[0]))[:MOST]
        return [(self.units[unit], duty) for unit, (_share, duty) in best]

    def by_past(self, text: str) -> PastMatter | None:
        """The most alike matter that somebody led before."""
        near = self._past.near(text, PAST_LIKENESS)
        return next((one.key for one in near if one.key.unit in self.units), None)


def shorter(name: str) -> str:
    """A name without the words that documents leave out: 发展和改革委员会 → 发展改革委."""
    plain = re.sub(r"\s", "", name)
    for long, short in _SHORTER:
        plain = plain.replace(long, short)
    return plain


def _called(unit: KnownUnit) -> set[str]:
    """Every way in which a unit is called, the place-relative ones included: 云岭市民政局 is 市民政局 and 民政局 within its city."""
    found: set[str] = set()
    for name in filter(None, unit.names):
        found.add(shorter(name))
        rest = name.removeprefix(unit.place) if unit.place else name
        if rest and rest != name:
            found |= {shorter(rest), shorter(unit.place[-1] + rest)}
        elif unit.place and name[0] not in _LEVELS:
            found.add(shorter(unit.place[-1] + name))
    return found


def suggest(text: str, named: Sequence[Named], knowledge: Knowledge) -> list[Suggestion]:
    """Lead and supporting units for a task, the best ground first: named, duty, past. A unit is suggested once."""
    found: list[Suggestion] = _from_names(named, knowledge)
    taken = {one.unit for one in found}
    has_lead = any(one.role == "lead" for one in found)
    for unit, duty in knowledge.by_duty(text):
        if unit.id not in taken:
            role: Role = "support" if has_lead else "lead"
            found.append(Suggestion(unit.id, role, "duty", _("职责清单有“{duty}”").format(duty=duty)))
            taken.add(unit.id)
    past = knowledge.by_past(text)
    if past is not None and past.unit not in taken:
        reason = _("牵头办过相近的 {number}").format(number=past.number)
        found.append(Suggestion(past.unit, "support" if has_lead else "lead", "past", reason))
    return found


def _from_names(named: Sequence[Named], knowledge: Knowledge) -> list[Suggestion]:
    found: list[Suggestion] = []
    taken: set[int] = set()
    leads = [one for one in named if one.role == "lead"] or [one for one in named if one.role == "responsible"][:1]
    leads = leads or [one for one in named if one.role == "speaker"][:1]
    for one in [*leads, *(other for other in named if other not in leads and other.role != "speaker")]:
        unit = knowledge.unit_called(one.name)
        if unit is None or unit.id in taken:
            continue
        role: Role = "lead" if one in leads and not any(other.role == "lead" for other in found) else "support"
        found.append(Suggestion(unit.id, role, "named", _reason(one)))
        taken.add(unit.id)
    return found


def _reason(named: Named) -> str:
    if named.role == "lead":
        return _("原文写明“{name}”牵头").format(name=named.name)
    if named.role == "support":
        return _("原文写明“{name}”配合").format(name=named.name)
    if named.role == "speaker":
        return _("原文由“{name}”承诺").format(name=named.name)
    return _("原文责任单位有“{name}”").format(name=named.name)
