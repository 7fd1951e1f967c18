"""The finder judges: accept or return, close with the answer where else it occurs, find again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.problems import names
from luoshi.web.problems.models import Inspection, Problem, Relapse
from luoshi.web.problems.services.mending import check_elsewhere
from luoshi.web.problems.services.moving import locked_problem, move_problem
from luoshi.web.problems.workflow import Act


@dataclass(frozen=True, slots=True)
class Again:
    """How a closed problem was found again."""

    signs: str
    found_on: date
    source: str
    discovery: str


@transaction.atomic
def accept_problem(*, problem_id: int, words: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """It is mended; ``words`` say how that was verified. Never by who reported or did it."""
    problem = locked_problem(problem_id, expected=expected)
    changed = {"accepted_by_id": actor.person, "accepted_at": at, "review": words.strip(), "returned": False}
    return move_problem(problem, Act.ACCEPT, actor=actor, at=at, reason=words, changed=changed)


@transaction.atomic
def return_problem(*, problem_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """It is not mended: back to the unit."""
    problem = locked_problem(problem_id, expected=expected)
    return move_problem(problem, Act.RETURN, actor=actor, at=at, reason=reason, changed={"review": reason.strip(), "returned": True})


@transaction.atomic
def close_problem(*, problem_id: int, elsewhere: bool, elsewhere_done: str, actor: Actor, at: datetime, expected: int | None = None) -> Problem:
    """Strike it off (销号). Needs the answer where else it occurs, and what was done there (举一反三)."""
    problem = locked_problem(problem_id, expected=expected)
    if not elsewhere_done.strip():
        raise RuleBroken(_("举一反三还没有答。"), hint=_("写明还查了哪些地方；别处也有的，写怎么改的。"))
    check_elsewhere(elsewhere, elsewhere_done)
    changed = {"elsewhere": elsewhere, "elsewhere_done": elsewhere_done.strip(), "closed_at": at}
    return move_problem(problem, Act.CLOSE, actor=actor, at=at, changed=changed)


@transaction.atomic
def record_relapse(
    *, problem_id: int, again: Again, due_on: date | None, actor: Actor, at: datetime, inspection: Inspection | None = None, expected: int | None = None
) -> Problem:
    """A closed problem was found again: it is open once more, to be mended anew; the finding is kept and counted."""
    problem = locked_problem(problem_id, expected=expected)
    today = timezone.localdate(at)
    if again.found_on > today:
        raise RuleBroken(_("发现日期不能晚于今天。"))
    if due_on is not None and due_on < today:
        raise RuleBroken(_("新的时限不能早于今天。"))
    if again.source not in names.SOURCES or again.discovery not in names.DISCOVERIES:
        raise RuleBroken(_("来源、发现方式或等级不在清单里。"))
    fresh = {
        "due_on": due_on, "cause": "", "result": "", "review": "", "elsewhere": None, "elsewhere_done": "", "returned": False,
        "reported_by_id": None, "accepted_by_id": None, "claimed_at": at, "planned_at": None, "reported_at": None, "accepted_at": None, "closed_at": None,
    }  # fmt: skip
    told = {"found_on": again.found_on, "source": again.source, "inspection": inspection.pk if inspection else None, "relapses": problem.relapses.count() + 1}
    move_problem(problem, Act.RELAPSE, actor=actor, at=at, reason=again.signs, changed=fresh, told=told)
    Relapse.objects.create(
        problem=problem, found_on=again.found_on, source=again.source, discovery=again.discovery, signs=again.signs.strip(), inspection=inspection,
        by_id=actor.person, at=at,
    )  # fmt: skip
    return problem
