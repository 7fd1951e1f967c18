"""The history of problems and inspections as a person reads it: one sentence for each record of the audit. No Django."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from luoshi.text.language import _
from luoshi.web.ledger.telling import day

Facts = Mapping[str, Any]


def sentence(act: str, before: str, after: str, reason: str, *, name: str) -> str:
    """What a record says; ``name`` is what the act is called."""
    new, old = _read(after), _read(before)
    teller = _tellers().get(act)
    said = teller(old, new) if teller else ""
    return _("：").join(part.rstrip("。；") for part in (name, said, _short(reason)) if part) + _("。")


def _tellers() -> dict[str, Callable[[Facts, Facts], str]]:
    return {
        "problem.register": lambda old, new: str(new.get("title", "")),
        "problem.claim": lambda old, new: _("；").join(str(new[key]) for key in ("leader", "office", "contact") if new.get(key)),
        "problem.reassign": lambda old, new: _("改由{unit}整改").format(unit=new.get("owner_name", "")),
        "problem.plan": lambda old, new: _("原因：{cause}；措施 {n} 条").format(cause=_short(str(new.get("cause", "")), 80).rstrip("。；"), n=len(new.get("measures") or ())),
        "problem.step": lambda old, new: _("“{text}”{day}完成").format(text=new.get("text", ""), day=day(new.get("done_on"))),
        "problem.report": lambda old, new: _reported(new),
        "problem.mend": lambda old, new: _reported(new),
        "problem.adjust": lambda old, new: _("由 {old} 改为 {new}").format(old=day(old.get("due_on")) or "—", new=day(new.get("due_on"))),
        "problem.close": lambda old, new: _("举一反三：{words}").format(words=_short(str(new.get("elsewhere_done", "")))),
        "problem.relapse": lambda old, new: _("第 {n} 次反弹").format(n=new.get("relapses", 1)),
        "problem.consult": lambda old, new: _short(str(new.get("decision", ""))),
        "visit.tell": lambda old, new: str(new.get("unit_name", "")),
        "visit.confirm": lambda old, new: str(new.get("unit_name", "")),
        "visit.reply": lambda old, new: str(new.get("unit_name", "")),
        "visit.settle": lambda old, new: str(new.get("unit_name", "")),
        "inspection.arrange": lambda old, new: _("{first}至{last}").format(first=day(new.get("starts_on")), last=day(new.get("ends_on"))),
        "inspection.merge": lambda old, new: _("并入{number}").format(number=new.get("into", "")),
    }


def _reported(new: Facts) -> str:
    proofs = len(new.get("evidence") or ())
    return _("；").join(filter(None, (_short(str(new.get("result", ""))).rstrip("。；"), _("佐证 {n} 份").format(n=proofs) if proofs else "")))


def _short(text: str, most: int = 200) -> str:
    told = " ".join(text.split())
    return told if len(told) <= most else told[: most - 1] + "…"


def _read(text: str) -> dict[str, Any]:
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}
