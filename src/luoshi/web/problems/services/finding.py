"""From the finding to the claim: register, mend the words, object and decide, drop, change the time limit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit
from luoshi.web.problems import names
from luoshi.web.problems.models import Count, Inspection, Link, Problem
from luoshi.web.problems.parties import may_register
from luoshi.web.problems.services.moving import deed, locked_problem, move_problem
from luoshi.web.problems.services.numbering import next_number
from luoshi.web.problems.workflow import Act, State


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of a problem when it is put on the list."""

    title: str
    owner: Unit
    source: str
    discovery: str
    found_on: date
    severity: str = "light"
    signs: str = ""
    cited_as: str = ""
    leader: str = ""
    due_on: date | None = None
    on_the_spot: bool = False  # 即知即改: small, mended without a plan
    helpers: Sequence[Unit] = field(default_factory=tuple)


@transaction.atomic
def register_problem(*, finding: Finding, actor: Actor, at: datetime, inspection: Inspection | None = None, matter: Matter | None = None) -> Problem:
    """Put a problem on the list; the unit that has it sees it from now on. What a unit found at itself is claimed at once.

    Raises RuleBroken without a title, for a day to come, or where the actor may not put one on the list for that unit.
    """
    if not may_register(actor, finding.owner):
        raise RuleBroken(_("给别的单位登记问题，要由本单位的督查员来做。"), hint=_("本单位自查的问题，责任单位请选本单位。"))
    _check(finding, at)
    finder = Unit.objects.get(pk=actor.unit)
    own = finding.owner.pk in actor.units
    state = State.ON_THE_SPOT if finding.on_the_spot else State.CLAIMED if own else State.FOUND
    said: dict[str, Any] = {name: getattr(finding, name) for name in _FIELDS}
    problem = Problem.objects.create(
        **said | {"title": finding.title.strip()}, number=next_number(finder, Count.PROBLEM, at), state=state, finder=finder, finder_name=finder.name,
        owner=finding.owner, owner_name=finding.owner.name, inspection=inspection, created_by_id=actor.person, created_at=at,
        claimed_at=at if state == State.CLAIMED else None,
    )  # fmt: skip
    problem.helpers.set(finding.helpers)
    if matter is not None:
        Link.objects.create(problem=problem, matter=matter, kind=Link.FOUND_IN)
    told = _told(problem) | {"number": problem.number, "state": state, "inspection": problem.inspection_id, "matter": matter.pk if matter else None}
    record(act="problem.register", subject=problem, actor=actor, at=at, after=told | {"helpers": [unit.pk for unit in finding.helpers]})
    return problem


@transaction.atomic
def edit_problem(*, problem_id: int, finding: Finding, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """Mend the words before the unit claims it. The unit that has it stays; another one is given by ``decide_objection``."""
    problem = locked_problem(problem_id, expected=expected)
    _check(finding, at)
    helpers = [unit.pk for unit in finding.helpers]
    before = sorted(problem.helpers.values_list("pk", flat=True))
    said: dict[str, Any] = {name: getattr(finding, name) for name in _FIELDS}
    changed = {name: value for name, value in said.items() if getattr(problem, name) != value}
    if not changed and before == sorted(helpers):
        return problem
    deed(problem, "edit", actor=actor, at=at, changed=changed, told={"helpers": helpers} if before != sorted(helpers) else {})
    problem.helpers.set(helpers)
    return problem


@transaction.atomic
def claim_problem(*, problem_id: int, actor: Actor, at: datetime, leader: str = "", office: str = "", contact: str = "", expected: int | None = None) -> Problem:
    """The unit takes the problem as its own: who answers for it, which office, whom to call."""
    problem = locked_problem(problem_id, expected=expected)
    said = {"leader": leader.strip() or problem.leader, "office": office.strip(), "contact": contact.strip()}
    return move_problem(problem, Act.CLAIM, actor=actor, at=at, changed=said | {"claimed_at": at})


@transaction.atomic
def object_to_problem(*, problem_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """The unit says that it is not its problem, or none, and why."""
    problem = locked_problem(problem_id, expected=expected)
    return move_problem(problem, Act.OBJECT, actor=actor, at=at, reason=reason, changed={"objection": reason.strip()})


@transaction.atomic
def keep_problem(*, problem_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """The finder keeps to it: the unit claims it now."""
    problem = locked_problem(problem_id, expected=expected)
    return move_problem(problem, Act.KEEP, actor=actor, at=at, reason=reason)


@transaction.atomic
def reassign_problem(*, problem_id: int, owner: Unit, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """The finder gives it to another unit. The one that objected does not see it any more."""
    problem = locked_problem(problem_id, expected=expected)
    if owner.pk == problem.owner_id:
        raise RuleBroken(_("这个问题已经在{unit}名下。").format(unit=owner.name), hint=_("不改派的，请选“维持”。"))
    return move_problem(problem, Act.REASSIGN, actor=actor, at=at, reason=reason, changed={"owner": owner, "owner_name": owner.name})


@transaction.atomic
def drop_problem(*, problem_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """Take it off the list: it is none, or stands there twice. It stays to be read."""
    return move_problem(locked_problem(problem_id, expected=expected), Act.DROP, actor=actor, at=at, reason=reason)


@transaction.atomic
def adjust_limit(*, problem_id: int, due_on: date, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """Another time limit, by the finder. Measures keep their days."""
    problem = locked_problem(problem_id, expected=expected)
    if due_on < timezone.localdate(at):
        raise RuleBroken(_("新的时限不能早于今天。"))
    return deed(problem, "adjust", actor=actor, at=at, reason=reason, changed={"due_on": due_on})


_FIELDS = ("title", "signs", "source", "discovery", "severity", "cited_as", "found_on", "leader", "due_on")


def _check(finding: Finding, at: datetime) -> None:
    if not finding.title.strip():
        raise RuleBroken(_("还没有写是什么问题。"), hint=_("一句话写清楚：什么地方、什么事、哪里不对。"))
    if finding.found_on > timezone.localdate(at):
        raise RuleBroken(_("发现日期不能晚于今天。"))
    if finding.due_on is not None and finding.due_on < finding.found_on:
        raise RuleBroken(_("整改时限不能早于发现日期。"))
    known = (names.SOURCES, names.DISCOVERIES, names.SEVERITIES)
    if any(said not in among for said, among in zip((finding.source, finding.discovery, finding.severity), known, strict=True)):
        raise RuleBroken(_("来源、发现方式或等级不在清单里。"))


def _told(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in _FIELDS} | {"finder": problem.finder_id, "owner": problem.owner_id}
