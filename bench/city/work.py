"""Plans with their milestones and curves, and what was reported on them; reminders, later dates, questions."""

import json
from collections.abc import Iterator
from datetime import date
from random import Random

from bench.city import words
from bench.city.lives import Life
from bench.city.table import Table, day, moment
from luoshi.web.common.store import save
from luoshi.web.ledger.models import CurvePoint, Evidence, Extension, Message, Milestone, Plan, Question, Reading, Report, Target
from luoshi.web.ledger.periods import end_before

CURVE = ((-120, 10.0), (-60, 35.0), (0, 60.0), (60, 85.0))
STEPS = ((-40, "建设清单"), (20, "全部投入使用"))
LAST = ("accepted", "accepted", "filed", "returned", "")
"""What became of the last report of a matter that runs, by turns; the empty one was not made."""


class Work:
    """Puts down what was done on one matter after the other."""

    def __init__(self, seed: int, today: int) -> None:
        self._random, self._today = Random(seed + 2), today
        self._plans = Table(Plan, "matter_id", "state", "content", "author_id", "proposed_at", "decided_by_id", "decided_at")
        self._targets = Table(Target, "matter_id", indicator="覆盖率", value=85.0, unit="%", baseline=10.0)
        self._curve = Table(CurvePoint, "target_id", "on", "value")
        self._milestones = Table(Milestone, "matter_id", "title", "due_on", "done_on")
        self._reports = Table(
            Report, "matter_id", "unit_id", "unit_name", "author_id", "state", "period_end", "final", "released_by_id", "reviewed_by_id",
            "created_at", "saved_at", "filed_at", "reviewed_at", text=words.TOLD,
        )  # fmt: skip
        self._readings = Table(Reading, "report_id", "target_id", "value", "as_of")
        proof = save(b"%PDF-1.4\n" + b"% " + "抽查记录".encode() * 400)
        self._evidence = Table(Evidence, "report_id", "added_by_id", "added_at", name="抽查记录.pdf", sha256=proof.sha256, size=proof.size)
        self._messages = Table(Message, "matter_id", "kind", "to_unit_id", "text", "answers_id", "by_id", "by_unit_id", "at")
        self._extensions = Table(Extension, "matter_id", "state", "due_on", "asked_on", "granted_on", "author_id", "decided_by_id", "created_at", "decided_at", reason="雨季停工")
        self._questions = Table(Question, "matter_id", "kind", "unit_id", "asked_by_id", "asked_at", "answered_by_id", "answered_at", "outcome", reason="不属于本单位职责")

    def put(self, one: Life) -> None:
        """All about one matter."""
        if one.planned:
            self._planned(one)
        elif one.state == "active" and one.pk % 7 == 0:
            content = {"cadence": "monthly", "milestones": [{"title": STEPS[1][1], "due_on": day(one.due)}], "curves": {}}
            author = one.lead.people["liaison"][0]
            self._plans.add(one.pk, "proposed", json.dumps(content), author, moment(one.begun + 3), None, None)
        if one.is_issued:
            self._talked(one)

    def _planned(self, one: Life) -> None:
        end, author, supervisor = one.ended or self._today, one.lead.people["liaison"][0], one.issuer.people["supervisor"][0]
        target = self._targets.add(one.pk)
        points = [(day(end + off), value) for off, value in CURVE]
        for on, value in points:
            self._curve.add(target, on, value)
        steps = [(title, day(end + off)) for off, title in STEPS]
        for n, (title, on) in enumerate(steps):
            done = one.ended or (n == 0 and one.pk % 9)
            self._milestones.add(one.pk, title, on, on if done else None)
        content = {
            "cadence": one.cadence,
            "milestones": [{"title": title, "due_on": on} for title, on in steps],
            "curves": {str(target): [{"on": on, "value": value} for on, value in points]},
        }
        self._plans.add(one.pk, "agreed", json.dumps(content, ensure_ascii=False), author, moment(one.begun + 3), supervisor, moment(one.planned))
        self._told(one, end, target, author, supervisor)

    def _told(self, one: Life, end: int, target: int, author: int, supervisor: int) -> None:
        head = one.lead.people["head"][0]
        ends = list(_periods(one, end))
        behind = self._random.random() < 0.15
        for n, period in enumerate(ends):
            last = n == len(ends) - 1
            state = "accepted" if one.ended or not last or one.state == "submitted" else LAST[one.pk % len(LAST)]
            if not state:
                continue
            filed = min(period + 2, self._today - 1)
            final = bool(last and (one.ended or one.state == "submitted"))
            state = "filed" if final and one.state == "submitted" else state
            reviewed = moment(filed + 1) if state != "filed" else None
            report = self._reports.add(
                one.pk, one.lead.pk, one.lead.name, author, state, day(period), final, head, supervisor if reviewed else None,
                moment(filed, 60), moment(filed, 90), moment(filed), reviewed,
            )  # fmt: skip
            self._readings.add(report, target, round(60 + (period - end) * 25 / 60 + (-8 if behind else 4), 1), day(period))
            if report % 3 == 0:
                self._evidence.add(report, author, moment(filed, 80))

    def _talked(self, one: Life) -> None:
        supervisor, liaison = one.issuer.people["supervisor"][0], one.lead.people["liaison"][0]
        if one.pk % 8 == 0:
            on = min(one.due + 1, self._today - 1)
            asked = self._messages.add(one.pk, "reminder", one.lead.pk, "请抓紧，下周三前报情况", None, supervisor, one.issuer.pk, moment(on))
            if one.pk % 16 == 0:
                self._messages.add(one.pk, "reply", None, "已安排专人，本周报送", asked, liaison, one.lead.pk, moment(on, 300))
        if one.pk % 25 == 0 and one.planned:
            waits = one.state == "active" and one.pk % 100 == 0
            state, granted, by = ("asked", None, None) if waits else ("granted", day(one.due), supervisor)
            asked_at = moment(self._today - 2) if waits else moment(one.begun + 30)
            self._extensions.add(one.pk, state, day(one.due - 20), day(one.due), granted, liaison, by, asked_at, None if waits else moment(one.begun + 31))
        if one.state in ("coordinating", "escalated"):
            kind = "objection" if one.state == "coordinating" else "escalation"
            self._questions.add(one.pk, kind, one.lead.pk, liaison, moment(one.begun + 2), None, None, "")


def _periods(one: Life, end: int) -> Iterator[int]:
    """The last three ends of periods of its cadence since its plan, oldest first."""
    found: list[int] = []
    at = date.fromordinal(end)
    while len(found) < 3 and (at := end_before(one.cadence, at)).toordinal() > one.planned:
        found.append(at.toordinal())
    return reversed(found)
