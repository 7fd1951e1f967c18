"""Which buttons the page of a matter has for a person: one that is most likely next, quiet ones, and a menu. No Django.

The acts come from the tables of ``workflow``; this only says in which order they stand and which of them are rare or cannot be undone.
"""

from collections.abc import Iterable
from typing import NamedTuple

from luoshi.web.ledger.names import act_verbs
from luoshi.web.ledger.workflow import Act

_DECIDE = {Act.REASSIGN, Act.KEEP, Act.ADJUST}
ORDER = (
    Act.SUBMIT,
    "release_report",
    "release_extension",
    Act.APPROVE,
    "decide",
    Act.RESOLVE,
    Act.ACCEPT,
    "grant_extension",
    "review_plan",
    "review_report",
    Act.SIGN,
    Act.PROPOSE,
    "reply",
    "answer_support",
    "plan",
    "report",
    Act.CLOSE,
    Act.RESUME,
    "edit",
    "comment",
    "remind",
    "extension",
    "change_plan",
    Act.RETURN_DRAFT,
    Act.RETURN,
    Act.OBJECT,
    "child",
    "support",
    Act.ESCALATE,
    "record",
    Act.MARK_STANDING,
    Act.REOPEN,
    Act.SUSPEND,
    Act.MERGE,
    Act.DECLINE,
    Act.DISCARD,
    Act.TERMINATE,
)
NEVER_FIRST = frozenset({"change_plan", "comment", "remind", "extension", "edit", "support", "child", "record", Act.RETURN_DRAFT, Act.RETURN, Act.OBJECT, Act.ESCALATE})
IN_MENU = frozenset({"support", "change_plan", "child", "record", Act.ESCALATE, Act.MARK_STANDING, Act.REOPEN, Act.SUSPEND, Act.MERGE, Act.DECLINE, Act.DISCARD, Act.TERMINATE})
GRAVE = frozenset({Act.DECLINE, Act.DISCARD, Act.TERMINATE, Act.MERGE})
WHEN_LATE = ("remind", "comment")
"""First where nothing else is and the light is red or yellow."""
QUIET = 3
"""Quiet buttons beside the first; more go to the menu."""


class Button(NamedTuple):
    """A button: its act, its word, its address, and whether what it does cannot be undone."""

    act: str
    word: str
    address: str
    grave: bool = False


class Buttons(NamedTuple):
    """The buttons of a page: one first or none, quiet ones, a menu."""

    first: Button | None
    quiet: list[Button]
    menu: list[Button]


def arranged(found: Iterable[tuple[str, str]], *, late: bool = False) -> Buttons:
    """Put (act, address) in their places; ``late`` where the light is red or yellow. The three outcomes of an objection are one page."""
    verbs = act_verbs()
    by_act: dict[str, Button] = {}
    for act, address in found:
        name = "decide" if act in _DECIDE else str(act)
        by_act.setdefault(name, Button(name, verbs[name], address, name in GRAVE))
    ordered = [by_act[name] for name in map(str, ORDER) if name in by_act]
    likely = [button for button in ordered if button.act not in IN_MENU and button.act not in NEVER_FIRST]
    if not likely and late:
        likely = [button for button in ordered if button.act in WHEN_LATE]
    first = likely[0] if likely else None
    rest = [button for button in ordered if button is not first]
    quiet = [button for button in rest if button.act not in IN_MENU]
    menu = [*quiet[QUIET:], *(button for button in rest if button.act in IN_MENU)]
    return Buttons(first, quiet[:QUIET], menu)
