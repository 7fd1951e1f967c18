"""What a cell means: units by any of their names, days in any form, words of a list, several values in one cell."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from luoshi.text.language import _
from luoshi.web.ledger.wording import cadence_names, category_names, urgency_names
from luoshi.web.orgs.importing.plan import Directory, Known
from luoshi.web.orgs.models import Unit

MOST = {"title": 200, "task": 4000, "criterion": 2000, "theme": 60, "leader": 60, "office": 120, "contact": 120}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*(?:以?前|之前|前完成))?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_PARTS = re.compile(r"[、,，;；/\n]+|(?<=[局厅委办部院会])\s+")
_CODE = re.compile(r"^(?P<name>.*?)\s*[（(](?P<code>[^（）()]+)[)）]$")
_TAIL = re.compile(r"(?:等(?:部门|单位|有关单位)?|按职责分工(?:负责)?|负责|牵头|配合)$")
_LABEL = re.compile(r"^(?:牵头(?:单位|部门)?|责任(?:单位|部门)?|配合(?:单位|部门)?|主办|协办)[:：]")


class Wrong(ValueError):
    """A cell that cannot be read, in a sentence."""


class Values:
    """Reads cells against the units of a day. ``names``: what a person said a written name means; ``days``: what the child read of phrases."""

    def __init__(self, on: date, path: str, names: Mapping[str, str] | None = None, days: Mapping[str, Any] | None = None) -> None:
        self._directory, self._path = Directory(on), path
        self._names, self._days, self._on = names or {}, days or {}, on
        self._looked_up: dict[str, list[Known]] = {}
        self.unknown: dict[str, None] = {}

    def unit(self, text: str) -> Unit:
        """The one unit that is called so; where several are, the one below the reader's own. Raises Wrong."""
        name = self._names.get(text, text).strip()
        if name not in self._looked_up:
            self._looked_up[name] = self._find(name)
        found = self._looked_up[name]
        if len(found) > 1:
            found = [known for known in found if known.unit and known.unit.path.startswith(self._path)] or found
        if len(found) == 1 and found[0].unit:
            return found[0].unit
        self.unknown[text] = None
        if not found:
            raise Wrong(_("没有叫“{name}”的单位。").format(name=name))
        names = "、".join(f"{known.name}（{known.code}）" for known in found[:4])
        raise Wrong(_("有 {n} 个单位都叫“{name}”：{names}；请写明代码。").format(n=len(found), name=name, names=names))

    def _find(self, name: str) -> list[Known]:
        """All that are there on the day, by code, by any name, with 人民政府 behind it, else by the end of their names."""
        coded = _CODE.match(name)
        found = self._directory.find(coded["code"]) if coded else []
        found = found or self._directory.find(name) or self._directory.find(f"{name}人民政府") or self._ending(name)
        return [known for known in found if known.unit and (known.unit.ended_on is None or known.unit.ended_on >= self._on)]

    def _ending(self, name: str) -> list[Known]:
        """省财政厅 and 财政厅 are 临江省财政厅 where no other unit of the reader's tree is called so."""
        if len(name) < 3:
            return []
        return [known for known in self._directory.by_code.values() if known.name.endswith(name) and known.unit and known.unit.path.startswith(self._path)]

    def units(self, text: str) -> list[Unit]:
        """Several in one cell, in their order, each once. Raises Wrong with every name that is none."""
        made: dict[int, Unit] = {}
        wrong: list[str] = []
        for name in names_in(text):
            try:
                unit = self.unit(name)
                made.setdefault(unit.pk, unit)
            except Wrong as error:
                wrong.append(str(error))
        if wrong:
            raise Wrong("".join(wrong))
        return list(made.values())

    def day(self, text: str) -> date | None:
        """The day of a cell; None where it is empty. Raises Wrong where it names none."""
        if not text.strip():
            return None
        if found := plain_day(text):
            return found
        read = self._days.get(text.strip(), {}).get("due")
        if read:
            return date.fromisoformat(read)
        raise Wrong(_("“{text}”读不出是哪一天。").format(text=text[:40]))

    def cadence(self, text: str) -> str:
        """How often a phrase comes back, as the child read it: weekly, monthly, …; empty where it does not."""
        from luoshi.web.ledger.wording import cadence_of

        return cadence_of(self._days.get(text.strip(), {}).get("period"))


def plain_day(text: str) -> date | None:
    """2026-12-31, 2026/12/31, 2026.12.31, 2026年12月31日(前): a day that is written out."""
    match = _DAY.fullmatch(text.strip())
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def names_in(text: str) -> list[str]:
    """The names in a cell, without labels and tails: 责任单位：省民政厅、省财政厅等 are two."""
    pieces = (_TAIL.sub("", _LABEL.sub("", piece.strip())).strip(" 。.") for piece in _PARTS.split(text))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def word(text: str, field: str) -> str:
    """The code of a word of a list (类别, 缓急, 多久报一次). Raises Wrong."""
    names = {"category": {"": _("未分"), **category_names()}, "cadence": cadence_names(), "urgency": urgency_names()}[field]
    found = next((code for code, name in names.items() if text.strip() in (name, code)), None)
    if found is None:
        raise Wrong(_("没有“{text}”，可以填：{names}。").format(text=text[:30], names="、".join(names.values())))
    return found


def bounded(text: str, field: str, heading: str) -> str:
    """Text that the field can hold. Raises Wrong."""
    if len(text) > MOST[field]:
        raise Wrong(_("“{heading}”超过 {n} 字。").format(heading=heading, n=MOST[field]))
    return text


def shown_units(units: Iterable[Unit]) -> str:
    """省民政厅、省财政厅."""
    return "、".join(unit.name for unit in units)
