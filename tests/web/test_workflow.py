"""All states × all acts × all parties, against arrows written down a second time, by hand, as the design draws them."""

from itertools import product

import pytest

from luoshi.text import RuleBroken
from luoshi.web.ledger import workflow
from luoshi.web.ledger.workflow import EXTENSIONS, MATTERS, PARTIES, REPORTS, Act, ExtensionState, ReportState, State, available, decide
from tests.web.arrows import arrows

# state --act--> state : who, from the issuing side (S supervisor, L leader, A approver) or the working side (l liaison, h head; in small units below: i, d of a supporter).
# ! a reason must be given · 2 two keys
ARROWS = """
draft --discard--> discarded : S
draft --propose--> proposed : S
draft --merge--> merged : S !
proposed --approve--> issued : A 2
proposed --decline--> declined : A !
proposed --return_draft--> draft : A !
issued --sign--> active : l h
issued --object--> coordinating : l h !
issued --merge--> merged : S !
issued --terminate--> terminated : S !
coordinating --reassign--> issued : S !
coordinating --keep--> issued : S !
coordinating --adjust--> issued : S !
coordinating --terminate--> terminated : S !
active --submit--> submitted : h
active --escalate--> escalated : l h !
active --suspend--> suspended : S !
active --merge--> merged : S !
active --terminate--> terminated : S !
escalated --resolve--> active : S L !
escalated --terminate--> terminated : S !
suspended --resume--> active : S
suspended --terminate--> terminated : S !
submitted --accept--> accepted : S ! 2
submitted --return--> active : S ! 2
submitted --terminate--> terminated : S !
accepted --close--> closed : S
accepted --mark_standing--> standing : S !
accepted --reopen--> active : S !
closed --reopen--> active : S !
standing --reopen--> active : S !
"""
REPORT_ARROWS = """
draft --file--> with_head : l h i d
returned --file--> with_head : l h i d
with_head --release--> filed : h d
with_head --send_back--> draft : h d !
filed --accept--> accepted : S 2
filed --return--> returned : S ! 2
"""
EXTENSION_ARROWS = """
with_head --release--> asked : h
with_head --withdraw--> refused : l h !
asked --withdraw--> refused : l h !
asked --grant--> granted : S ! 2
asked --refuse--> refused : S ! 2
"""
LETTERS = dict(zip("SLAlhid", PARTIES, strict=True))


TABLES = [
    pytest.param(MATTERS, ARROWS, [*State], [*Act], id="matters"),
    pytest.param(REPORTS, REPORT_ARROWS, [*ReportState], ["file", "release", "send_back", "accept", "return"], id="reports"),
    pytest.param(EXTENSIONS, EXTENSION_ARROWS, [*ExtensionState], ["release", "withdraw", "grant", "refuse"], id="extensions"),
]


@pytest.mark.parametrize(("table", "drawn", "states", "acts"), TABLES)
def test_every_state_act_and_party(table: tuple[workflow.Transition, ...], drawn: str, states: list[str], acts: list[str]) -> None:
    drawing = arrows(drawn, LETTERS)
    checks = 0
    for state, act, party, reason in product(states, acts, [*PARTIES, ""], ["", "  ", "因故"]):
        target, who, needs_reason, _two = drawing.get((state, act), ("", frozenset(), False, False))
        allowed = party in who and (not needs_reason or bool(reason.strip()))
        parties = frozenset({party} if party else ())
        checks += 1
        if allowed:
            assert decide(table, state, act, parties=parties, user_id=1, reason=reason) == target, (state, act, party)
        else:
            with pytest.raises(RuleBroken):
                decide(table, state, act, parties=parties, user_id=1, reason=reason)
        offered = {row.act for row in available(table, state, parties=parties, user_id=1)}
        assert (act in offered) == (party in who), (state, act, party)
    assert checks == len(states) * len(acts) * 8 * 3


@pytest.mark.parametrize(("table", "drawn", "states", "acts"), TABLES)
def test_two_keys_are_two_people(table: tuple[workflow.Transition, ...], drawn: str, states: list[str], acts: list[str]) -> None:
    everyone = frozenset(PARTIES)
    for (state, act), (target, _who, _reason, two) in arrows(drawn, LETTERS).items():
        row = next(row for row in table if row.act == act and state in row.sources)
        assert bool(row.keys) == two
        for key in row.keys:
            assert decide(table, state, act, parties=everyone, user_id=1, keys={key: 2}, reason="因故") == target
            with pytest.raises(RuleBroken):
                decide(table, state, act, parties=everyone, user_id=1, keys={key: 1}, reason="因故")
            assert act not in {one.act for one in available(table, state, parties=everyone, user_id=1, keys={key: 1})}


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    reached = {State.DRAFT} | {row.target for row in MATTERS}
    assert reached == set(State)
    left = {source for row in MATTERS for source in row.sources}
    assert left >= workflow.OPEN
    assert not left & {State.TERMINATED, State.MERGED, State.DISCARDED, State.DECLINED}
    assert workflow.OPEN | workflow.ENDED | workflow.DONE | {State.DRAFT, State.PROPOSED} == set(State)
