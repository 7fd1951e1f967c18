"""Audit records of the city, hashed as ``audit.services.record`` does it: acts of its matters and sign-ins in the order of time, each subject a chain of its own."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from bench.city import words
from bench.city.lives import Life

STEPS = (
    ("matter.draft", 0, 100), ("matter.propose", 0, 200), ("matter.approve", 1, 120), ("matter.sign", 2, 130), ("plan.agree", 4, 140),
)  # fmt: skip
"""Acts of a matter that runs, with their day since it was begun and minute of the day; one that ended has the last of ``ENDS`` in their place."""
ENDS = (("matter.submit", -2, 150), ("matter.accept", 0, 160), ("matter.close", 2, 170))
SIGN_IN = "login.success"
_FEW = {"draft": 1, "proposed": 2, "issued": 3, "coordinating": 3}


class Act:
    """One act before it has its number: when, by whom, on what."""

    __slots__ = ("act", "actor", "at", "subject", "told", "unit")

    def __init__(self, at: tuple[int, int], act: str, subject: str, actor: tuple[int, str], unit: tuple[int, str], told: str) -> None:
        self.at, self.act, self.subject, self.actor, self.unit, self.told = at, act, subject, actor, unit, told


def acts_of(one: Life, most: int) -> Iterator[Act]:
    """At most so many acts of one matter."""
    if one.ended:
        steps = [*((act, one.begun + day, minute) for act, day, minute in STEPS[: max(1, most - len(ENDS))]), *((act, one.ended + day, minute) for act, day, minute in ENDS)]
    else:
        steps = [(act, one.begun + day, minute) for act, day, minute in STEPS[: _FEW.get(one.state, len(STEPS))]]
    for act, on, minute in steps[:most]:
        ours = act not in ("matter.sign", "matter.submit")
        unit = one.issuer if ours else one.lead
        person = unit.people["supervisor" if ours else "liaison"][0]
        told = {"title": words.TASK, "due_on": date.fromordinal(one.due).isoformat(), "lead": one.lead.name} if act == "matter.draft" else {"state": one.state, "changes": 4}
        yield Act((on, minute), act, f"matter:{one.pk}", (person, f"人员{person}"), (unit.pk, unit.name), text_of(told))


def sign_ins(count: int, people: Sequence[tuple[int, str]], today: int, days: int) -> Iterator[Act]:
    """So many sign-ins, spread over the days."""
    for n in range(count):
        person = people[n % len(people)]
        yield Act((today - days + n * (days - 1) // max(1, count), 30 + n % 60), SIGN_IN, f"user:{person[0]}", person, (0, ""), "{}")


def text_of(value: dict[str, object]) -> str:
    """Canonical JSON, version 1, of a value that is plain already: what ``audit.encoding.text_of`` makes of it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_records(acts: Iterable[Act], most: int) -> int:
    """The acts as records in the order of time, numbered without gaps; the counter stands at the last. Answers with their number."""
    from bench.city.table import Table, day, moment
    from luoshi.web.audit.encoding import VERSION
    from luoshi.web.audit.models import Counter, Record

    names = ("at", "actor_id", "actor", "unit_id", "unit", "act", "subject", "context", "after", "previous", "hash")
    table = Table(Record, *names, before="{}", reason="")
    previous: dict[str, str] = {}
    seq = 0
    for one in sorted(acts, key=lambda one: (one.at, one.subject))[:most]:
        seq += 1
        on, minute = one.at
        unit = one.unit[0] or None
        before = previous.get(one.subject, "")
        told = {
            "v": VERSION, "seq": seq, "at": f"{day(on)}T{minute // 60:02}:{minute % 60:02}:00.000000Z", "actor_id": one.actor[0], "actor": one.actor[1], "unit_id": unit,
            "unit": one.unit[1], "act": one.act, "subject": one.subject, "context": one.subject, "before": "{}", "after": one.told, "reason": "", "previous": before,
        }  # fmt: skip
        made = previous[one.subject] = sha256(text_of(told).encode()).hexdigest()
        table.put(seq, moment(on, minute), one.actor[0], one.actor[1], unit, one.unit[1], one.act, one.subject, one.subject, one.told, before, made)
    table.flush()
    Counter.objects.update_or_create(pk=1, defaults={"seq": seq})
    return seq
