"""The unit mends: causes and measures, each with its day and office; measures done; the report. A small problem is mended with one report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import evidence
from luoshi.web.problems.models import Measure, Problem, Proof
from luoshi.web.problems.services.moving import deed, locked_problem, move_problem
from luoshi.web.problems.workflow import Act


class MeasureLine(NamedTuple):
    """One measure as it is typed; ``pk`` of one that is there."""

    text: str
    due_on: date
    office: str = ""
    pk: int | None = None


class Done(NamedTuple):
    """That a measure is done, when, and what came of it."""

    on: date
    words: str = ""


class File(NamedTuple):
    """A file that shows it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mended:
    """What the unit reports: what was done, what keeps it from coming back, where else it was looked for."""

    result: str
    mechanism: str = ""
    elsewhere: bool | None = None
    elsewhere_done: str = ""
    files: Sequence[File] = ()


@transaction.atomic
def plan_mending(*, problem_id: int, cause: str, measures: Sequence[MeasureLine], actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """Say why it came about and what is done about it. Measures that are done stay as they are.

    Raises RuleBroken without a cause, without a measure, or where one ends after the time limit; without a limit the last measure's day is it.
    """
    problem = locked_problem(problem_id, expected=expected)
    if not cause.strip():
        raise RuleBroken(_("还没有写原因。"), hint=_("写到根上：制度、责任、能力、作风，哪一条出了问题。"))
    if not measures:
        raise RuleBroken(_("至少写一条措施。"), hint=_("一条措施一行，写清做什么、哪个科室、哪天完成。"))
    last = max(line.due_on for line in measures)
    if problem.due_on is not None and last > problem.due_on:
        raise RuleBroken(
            _("措施的完成日期 {last} 晚于整改时限 {due}。").format(last=last.isoformat(), due=problem.due_on.isoformat()),
            hint=_("请提前完成日期；确实来不及的，请发现单位改时限。"),
        )
    number = round_of(problem)
    told = {"measures": [{"text": line.text, "office": line.office, "due_on": line.due_on} for line in measures], "round": number}
    changed: dict[str, Any] = {"cause": cause.strip(), "due_on": problem.due_on or last, "planned_at": at}
    move_problem(problem, Act.PLAN, actor=actor, at=at, changed=changed, told=told)
    _write(problem, number, measures)
    return problem


@transaction.atomic
def complete_measure(*, measure_id: int, done: Done, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """Put down that one measure is done."""
    measure = Measure.objects.get(pk=measure_id)
    problem = locked_problem(measure.problem_id, expected=expected)
    if measure.done_on is not None or measure.round != round_of(problem):
        raise RuleBroken(_("这一条措施已经记过完成。"))
    told = {"measure": measure.pk, "text": measure.text, "done_on": done.on, "done": done.words}
    deed(problem, "step", actor=actor, at=at, told=told)
    _finish(measure, done, actor, at)
    return problem


@transaction.atomic
def report_mended(
    *, problem_id: int, mended: Mended, done: Mapping[int, Done], actor: Actor, at: datetime, expected: int | None = None
) -> Problem:
    """Report the problem mended; ``done`` are the measures that are done by now, by number. Raises RuleBroken where one is left open."""
    problem = locked_problem(problem_id, expected=expected)
    open_ones = list(problem.measures.filter(round=round_of(problem), done_on=None))
    left = [one for one in open_ones if one.pk not in done]
    if left:
        raise RuleBroken(_("还有 {n} 条措施没有完成：{text}").format(n=len(left), text=left[0].text), hint=_("完成了的填完成日期；不再做的，先改措施。"))
    for measure in open_ones:
        _finish(measure, done[measure.pk], actor, at)
    told = {"done": [{"measure": one.pk, "done_on": done[one.pk].on, "words": done[one.pk].words} for one in open_ones]}
    return _report(problem, Act.REPORT, mended, actor=actor, at=at, told=told)


@transaction.atomic
def mend_on_the_spot(*, problem_id: int, mended: Mended, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """即知即改: claimed and mended with one report; another person accepts it all the same."""
    problem = locked_problem(problem_id, expected=expected)
    return _report(problem, Act.MEND, mended, actor=actor, at=at, told={})


def round_of(problem: Problem) -> int:
    """How often the problem has come back: 0 the first time."""
    return problem.relapses.count()


def _report(problem: Problem, act: Act, mended: Mended, *, actor: Actor, at: datetime, told: Mapping[str, Any]) -> Problem:
    if not mended.result.strip():
        raise RuleBroken(_("还没有写整改情况。"), hint=_("写做了什么、改到什么程度、怎么看得出来。"))
    check_elsewhere(mended.elsewhere, mended.elsewhere_done)
    number = round_of(problem)
    proofs = [_kept(problem, number, file, actor, at) for file in mended.files]
    changed: dict[str, Any] = {
        "result": mended.result.strip(), "mechanism": mended.mechanism.strip(), "elsewhere": mended.elsewhere, "elsewhere_done": mended.elsewhere_done.strip(),
        "reported_by_id": actor.person, "reported_at": at, "returned": False, "claimed_at": problem.claimed_at or at,
    }  # fmt: skip
    return move_problem(problem, act, actor=actor, at=at, changed=changed, told={**told, "evidence": proofs})


def check_elsewhere(elsewhere: bool | None, words: str) -> None:
    """Raises RuleBroken where it is said to occur elsewhere and nothing of what was done."""
    if elsewhere and not words.strip():
        raise RuleBroken(_("别处也有这个问题，请写明查了哪里、怎么改的。"))


def _kept(problem: Problem, number: int, file: File, actor: Actor, at: datetime) -> dict[str, str]:
    name = evidence.clean_name(file.name)
    evidence.check(name, file.content)
    if problem.proofs.filter(round=number).count() >= settings.OPTIONS["evidence_files"]:
        raise RuleBroken(_("一次最多附 {n} 份佐证。").format(n=settings.OPTIONS["evidence_files"]), hint=_("请把几份合成一份。"))
    kept = store.save(file.content)
    Proof.objects.create(problem=problem, round=number, name=name, sha256=kept.sha256, size=kept.size, added_by_id=actor.person, added_at=at)
    return {"name": name, "sha256": kept.sha256}


def _finish(measure: Measure, done: Done, actor: Actor, at: datetime) -> None:
    if done.on > timezone.localdate(at):
        raise RuleBroken(_("措施“{text}”的完成日期不能晚于今天。").format(text=measure.text))
    measure.done_on, measure.done, measure.done_by_id = done.on, done.words.strip(), actor.person
    measure.save(update_fields=["done_on", "done", "done_by"])


def _write(problem: Problem, number: int, lines: Sequence[MeasureLine]) -> None:
    """Rows that stay keep their number; done ones are not changed, open ones that are gone go."""
    there = {one.pk: one for one in problem.measures.filter(round=number)}
    for order, line in enumerate(lines):
        row = there.pop(line.pk, None) if line.pk is not None else None
        if row is None:
            row = Measure(problem=problem, round=number, text="", due_on=line.due_on)
        row.order = order
        if row.done_on is None:
            row.text, row.office, row.due_on = line.text.strip(), line.office.strip(), line.due_on
        row.save()
    for row in there.values():
        if row.done_on is None:
            row.delete()
