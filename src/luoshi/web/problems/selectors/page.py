"""Everything that the page of one problem shows, in a number of questions that does not grow with what there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.audit.acts import act_name
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import broken_links, history
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.buttons import Button, Buttons
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.history import Line
from luoshi.web.ledger.workflow import available
from luoshi.web.problems import workflow
from luoshi.web.problems.models import Consultation, Link, Measure, Opinion, Problem, Proof, Relapse
from luoshi.web.problems.names import act_verbs
from luoshi.web.problems.parties import parties_of
from luoshi.web.problems.selectors import visible_inspections, visible_problems
from luoshi.web.problems.selectors.listing import light, with_counts
from luoshi.web.problems.telling import sentence
from luoshi.web.problems.workflow import Act

LOG = 40
ADDRESSES = {"raise": "problem_matter"}
"""Deeds whose page is called otherwise than ``problem_<deed>``."""
ORDER = (Act.ACCEPT, Act.CLOSE, Act.KEEP, Act.MEND, Act.CLAIM, Act.REPORT, Act.PLAN, Act.REASSIGN, Act.RETURN, Act.OBJECT, "consult", "raise", "adjust", "edit", Act.RELAPSE, Act.DROP)
NEVER_FIRST = frozenset({"consult", "raise", "adjust", "edit", Act.RELAPSE, Act.DROP, Act.RETURN, Act.OBJECT, Act.REASSIGN})
QUIET = 3


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its light, and the address where it is put down as done."""

    measure: Measure
    light: Light
    address: str


@dataclass(frozen=True)
class ProblemPage:
    """The page."""

    problem: Any
    light: Light
    buttons: Buttons
    measures: list[MeasureRow]
    earlier: list[Measure]
    proofs: list[Proof]
    relapses: list[Relapse]
    consultations: list[Consultation]
    found_in: list[Any]
    raised: list[Any]
    inspection: Any
    log: list[Line]
    other_key: bool


def problem_page(actor: Actor, pk: int, on: date) -> ProblemPage:
    """The page of a problem. Raises Problem.DoesNotExist where the reader may not see it."""
    rows = with_counts(Problem.objects.filter(pk__in=visible_problems(actor).filter(pk=pk).values("pk")), on)
    problem = rows.select_related("finder", "owner", "created_by", "accepted_by", "reported_by").prefetch_related("helpers").get()
    measures = list(Measure.objects.filter(problem=problem).order_by("round", "order", "pk"))
    parties = parties_of(actor, problem)
    mended = any(one.round == problem.back and one.done_by_id == actor.user_id for one in measures)
    keys = {"reported": problem.reported_by_id, "mended": actor.user_id if mended else None}
    offered = [*available(workflow.PROBLEMS, problem.state, parties=parties, user_id=actor.user_id, keys=keys), *available(workflow.DEEDS, problem.state, parties=parties, user_id=actor.user_id)]
    acts = {str(row.act) for row in offered}
    links = {link.matter_id: link.kind for link in Link.objects.filter(problem=problem)}
    matters = list(visible_matters(actor, few=True).filter(pk__in=links).select_related("lead").order_by("pk"))
    opinions = Prefetch("opinions", queryset=Opinion.objects.order_by("pk"))
    return ProblemPage(
        problem=problem,
        light=light(problem, on),
        buttons=_arranged(problem, acts),
        measures=[_measure_row(one, on, "step" in acts) for one in measures if one.round == problem.back],
        earlier=[one for one in measures if one.round != problem.back],
        proofs=list(Proof.objects.filter(problem=problem).order_by("pk")),
        relapses=list(Relapse.objects.filter(problem=problem).select_related("by").order_by("pk")),
        consultations=list(Consultation.objects.filter(problem=problem).select_related("by").prefetch_related(opinions).order_by("held_on", "pk")),
        found_in=[one for one in matters if links[one.pk] == Link.FOUND_IN],
        raised=[one for one in matters if links[one.pk] == Link.RAISED],
        inspection=visible_inspections(actor).filter(pk=problem.inspection_id).first() if problem.inspection_id else None,
        log=lines_of(history(f"problem:{pk}").order_by("-seq")[:LOG]),
        other_key=problem.state == workflow.State.REPORTED and workflow.FINDER in parties and Act.ACCEPT not in acts,
    )


def lines_of(records: Iterable[Record]) -> list[Line]:
    """Records as sentences, each checked against its hash."""
    rows = list(records)
    broken = set(broken_links(rows))
    return [Line(one, sentence(one.act, one.before, one.after, one.reason, name=act_name(one.act)), one.seq in broken) for one in rows]


def _measure_row(measure: Measure, on: date, offered: bool) -> MeasureRow:
    if measure.done_on is not None:
        mark = Light("green", _("已完成"))
    elif measure.due_on < on:
        mark = Light("red", _("逾期 {n} 天").format(n=(on - measure.due_on).days))
    else:
        mark = Light("grey", _("未到期"))
    return MeasureRow(measure, mark, reverse("measure_done", args=[measure.pk]) if offered and measure.done_on is None else "")


def _arranged(problem: Problem, acts: set[str]) -> Buttons:
    verbs = act_verbs()
    shown = [name for name in map(str, ORDER) if name in acts]
    made = [Button(name, _verb(name, problem, verbs), reverse(ADDRESSES.get(name, f"problem_{name}"), args=[problem.pk]), name == Act.DROP) for name in shown]
    first = next((one for one in made if one.act not in NEVER_FIRST), None)
    quiet = [one for one in made if one is not first]
    return Buttons(first, quiet[:QUIET], quiet[QUIET:])


def _verb(name: str, problem: Problem, verbs: dict[str, str]) -> str:
    return _("改措施") if name == Act.PLAN and problem.state == workflow.State.MENDING else verbs[name]
