"""Tables of acts drawn a second time by hand, as arrows: ``state --act--> target : who ! 2``, ``!`` with a reason, ``2`` with two keys."""

from collections.abc import Mapping

Drawn = dict[tuple[str, str], tuple[str, frozenset[str], bool, bool]]
"""State and act → target, parties, whether a reason is needed, whether two people are."""


def arrows(drawn: str, letters: Mapping[str, str]) -> Drawn:
    """What a drawing says; ``letters`` names the parties."""
    found: Drawn = {}
    for line in drawn.strip().splitlines():
        way, who = line.split(" : ")
        state, rest = way.split(" --")
        act, target = rest.split("--> ")
        marks = who.split()
        found[state, act] = (target, frozenset(letters[m] for m in marks if m in letters), "!" in marks, "2" in marks)
    return found
