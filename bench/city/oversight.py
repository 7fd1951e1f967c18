"""What stands beside the ledger: rungs of the ladder, problems, papers, look-backs, instructions, programmes with meetings and decisions."""

import json
from collections.abc import Sequence
from datetime import date
from random import Random

from bench.city.lives import Life
from bench.city.places import Place, Places
from bench.city.table import Table, day, moment
from luoshi.web.ledger.models import Instruction
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.oversight.models import Rung
from luoshi.web.papers.models import Addressee, OfficialPaper, PaperMatter
from luoshi.web.problems.models import Problem
from luoshi.web.programmes.models import Decision, Meeting, Programme

PROBLEM_STATES = (*("closed",) * 12, "found", "claimed", "objected", "mending", "mending", "mending", "reported", "accepted")
CHECK_STATES = (*("confirmed",) * 6, "waiting", "checked", "differs", "confirmed")


def make_programmes(issuers: Sequence[Place], today: int) -> dict[int, list[int]]:
    """Programmes, each with meetings and what they decided. Unit → its programmes."""
    programmes = Table(Programme, "unit_id", "name", "created_by_id", "created_at")
    meetings = Table(Meeting, "programme_id", "unit_id", "title", "held_on", "held_at", "created_by_id", "created_at")
    decisions = Table(Decision, "meeting_id", "order", "text", "lead_id", "due_on")
    made: dict[int, list[int]] = {}
    for n in range(3 * len(issuers)):
        unit = issuers[n % len(issuers)]
        by = unit.people["supervisor"][0]
        programme = programmes.add(unit.pk, f"{unit.name}第{n // len(issuers) + 1}专项", by, moment(today - 400))
        made.setdefault(unit.pk, []).append(programme)
        for m in range(5):
            on = today - 30 * (m + 1)
            meeting = meetings.add(programme, unit.pk, f"第{m + 1}次调度会", day(on), moment(on), by, moment(on))
            for k in range(5):
                decisions.add(meeting, k, f"第{k + 1}项议定事项：月底前报进展", unit.pk, day(on + 60))
    return made


class Oversight:
    """Puts down what stands beside one matter after the other."""

    def __init__(self, seed: int, places: Places, today: int) -> None:
        self._random, self._today, self._units = Random(seed + 3), today, places.all
        self._rungs = Table(
            Rung, "matter_id", "rung", "ground", "due_on", "to_unit_id", "to_name", "answer_by", "state", "served_by_id", "served_at",
            "reply", "replied_by_id", "replied_at", "judged_by_id", "judged_at", "leader_id", text="请抓紧办理并说明情况",
        )  # fmt: skip
        self._problems = Table(
            Problem, "number", "finder_id", "owner_id", "finder_name", "owner_name", "state", "title", "found_on", "due_on", "created_by_id", "created_at",
            "reported_by_id", "accepted_by_id", source="check", discovery="superior", severity="light", signs="台账不全",
        )  # fmt: skip
        self._papers = Table(OfficialPaper, "kind", "state", "unit_id", "title", "year", "count", "number", "dated_on", "drafted_by_id", "issued_by_id", "created_at", "issued_at")
        self._entries = Table(PaperMatter, "paper_id", "matter_id", "order")
        self._addressees = Table(Addressee, "paper_id", "unit_id", "unit_name", "received_at", order=0)
        self._instructions = Table(Instruction, "unit_id", "on", "due_on", "replied_at", "created_by_id", "created_at", leader="高市长", text="请抓紧研究，月底前报我")
        self._done: dict[int, list[Life]] = {}
        self._issuers: dict[int, Place] = {}
        self._numbers: dict[int, int] = {}

    def put(self, one: Life) -> None:
        """All about one matter."""
        late = one.is_issued and not one.ended and one.due < self._today
        if late or (one.ended and one.pk % 33 == 0):
            self._climbed(one, late)
        if one.pk % 50 == 0:
            self._found(one)
        if one.pk % 60 == 0 and one.is_issued:
            self._written(one)
        if one.pk % 100 == 0:
            on, by = one.begun, one.issuer.people["supervisor"][0]
            replied = moment(on + 40) if on + 40 < self._today else None
            self._instructions.add(one.issuer.pk, day(on), day(on + 30), replied, by, moment(on))
        if one.state == "closed":
            self._issuers[one.issuer.pk] = one.issuer
            kept = self._done.setdefault(one.issuer.pk, [])
            if len(kept) < 360:
                kept.append(one)

    def _climbed(self, one: Life, late: bool) -> None:
        supervisor, head = one.issuer.people["supervisor"][0], one.lead.people["head"][0]
        leader = one.issuer.people["leader"][0]
        for n, rung in enumerate(("remind", "blue", "yellow", "red", "bulletin")[: 1 + one.pk % 5]):
            on = (self._today if late else one.ended) - 12 + 3 * n
            last = late and n == one.pk % 5
            state = ("served", "answered")[one.pk // 5 % 2] if last else "agreed" if rung == "bulletin" else "refused"
            replied = None if state == "served" else moment(on + 1)
            judged = moment(on + 2) if not last else None
            self._rungs.add(
                one.pk, rung, "overdue" if late else "behind", day(one.due), one.lead.pk, one.lead.name, day(on + 5), state, supervisor, moment(on),
                "已加派人手" if replied else "", head if replied else None, replied, supervisor if judged else None, judged, leader if rung == "bulletin" else None,
            )  # fmt: skip

    def _found(self, one: Life) -> None:
        state, by = PROBLEM_STATES[one.pk // 50 % len(PROBLEM_STATES)], one.issuer.people["supervisor"][0]
        head = one.lead.people["head"][0] if state in ("reported", "accepted", "closed") else None
        found = min(one.begun + 20, self._today - 1)
        self._problems.add(
            f"WT-{one.pk}", one.issuer.pk, one.lead.pk, one.issuer.name, one.lead.name, state, f"第{one.pk}号：台账不全、佐证缺失", day(found), day(found + 60), by, moment(found),
            head, by if state in ("accepted", "closed") else None,
        )  # fmt: skip

    def _written(self, one: Life) -> None:
        year = date.fromordinal(one.begun).year
        number = self._numbers[one.issuer.pk] = self._numbers.get(one.issuer.pk, 0) + 1
        by, on = one.issuer.people["supervisor"][0], one.issued
        paper = self._papers.add("reminder", "issued", one.issuer.pk, f"关于报送进展的提醒函（{number}）", year, number, f"临督提〔{year}〕{number}号", day(on), by, by, moment(on), moment(on))
        self._entries.add(paper, one.pk, 0)
        self._addressees.add(paper, one.lead.pk, one.lead.name, moment(on + 1) if one.pk % 5 else None)

    def look_back(self) -> None:
        """Plans of every unit that closed enough, thirty matters each, once what was closed is known."""
        plans = Table(
            LookbackPlan, "unit_id", "title", "closed_from", "closed_to", "strata", "population", "size", "due_on", "created_by_id", "created_at",
            confidence=90, margin=15, seed="20260601", list_hash="0" * 64,
        )  # fmt: skip
        checks = Table(
            LookbackCheck, "plan_id", "matter_id", "order", "unit_id", "unit_name", "state", "outcome", "first_id", "first_at", "second_id", "second_at", "confirmed_at", relapses=0
        )
        for unit, done in self._done.items():
            place, first = self._issuers[unit], self._today - 1000
            by, head = place.people["supervisor"][0], place.people["head"][0]
            for n in range(0, len(done) // 30 * 30, 30):
                drawn = done[n : n + 30]
                strata = [{"unit": place.pk, "name": place.name, "numbers": [f"LS-{one.pk}" for one in drawn], "drawn": 30}]
                on = self._today - 10 - n
                plan = plans.add(unit, f"第{n // 30 + 1}次回头看", day(first), day(on), json.dumps(strata), 30, 30, day(on + 30), by, moment(on))
                for k, one in enumerate(drawn):
                    state = CHECK_STATES[k % len(CHECK_STATES)]
                    looked, seen = state != "waiting", state in ("differs", "confirmed")
                    checks.add(
                        plan, one.pk, k, one.lead.pk, one.lead.name, state, "" if not looked else "holds" if k % 9 else "relapsed", by if looked else None,
                        moment(on + 5) if looked else None, head if seen else None, moment(on + 6) if seen else None, moment(on + 7) if state == "confirmed" else None,
                    )  # fmt: skip
