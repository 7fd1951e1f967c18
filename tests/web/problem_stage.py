"""A problem that is worked on, and short ways to do what people do, for the tests of problems and inspections."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.must_do import Asked
from luoshi.web.ledger.selectors.asking import Asking
from luoshi.web.ledger.selectors.counting import asked_picks
from luoshi.web.problems.models import Inspection, Problem, Visit
from luoshi.web.problems.selectors.asking import PROBLEMS
from luoshi.web.problems.services import finding, inspecting, judging, mending, visiting
from luoshi.web.problems.services.finding import Finding
from luoshi.web.problems.services.inspecting import Errand
from luoshi.web.problems.services.mending import Done, MeasureLine, Mended
from tests.web import kit

DAY = date(2026, 11, 20)
MENDED = Mended("4处全部开门运营，登记册补齐", mechanism="每月巡查", elsewhere=True, elsewhere_done="查了其余26处，1处也有，已改")


def asked(actor: Actor, on: date, group: str = "") -> tuple[list[Asked], dict[str, int]]:
    """What problems and visits ask of a person: the rows of the must-do list, and how many there are of each kind."""
    place = [path.rpartition(".")[2] for path in settings.ASKERS].index("PROBLEMS")
    picks = asked_picks(Asking(actor, on, group)).of_askers[place]
    return PROBLEMS.rows(actor, on, picks), {kind: one.total for some in picks for kind, one in some.items()}


@dataclass
class ProblemStage:
    """Problems and inspections in a world."""

    world: kit.World

    def do(self, service: Callable[..., Any], who: str, **told: Any) -> Any:
        return service(actor=self.world.actor(who), at=kit.NOW, **told)

    def finding(self, owner: str = "civil", **told: Any) -> Finding:
        said = {"title": "4处养老服务中心未运营", "source": "inspection", "discovery": "above", "found_on": DAY, "signs": "大门紧锁"} | told
        return Finding(owner=self.world.units[owner], **said)

    def found(self, owner: str = "civil", who: str = "province.supervisor", **told: Any) -> Problem:
        more = {name: told.pop(name) for name in ("inspection", "matter") if name in told}
        problem: Problem = self.do(finding.register_problem, who, finding=self.finding(owner, **told), **more)
        return problem

    def claimed(self, **told: Any) -> Problem:
        problem: Problem = self.do(finding.claim_problem, "civil.liaison", problem_id=self.found(**told).pk, office="养老处")
        return problem

    def mending(self, **told: Any) -> Problem:
        lines = [MeasureLine("落实运营单位", date(2026, 12, 10), "养老处"), MeasureLine("建立巡查制度", date(2026, 12, 20), "养老处")]
        problem: Problem = self.do(mending.plan_mending, "civil.liaison", problem_id=self.claimed(**told).pk, cause="重建轻管", measures=lines)
        return problem

    def reported(self, who: str = "civil.liaison", **told: Any) -> Problem:
        problem = self.mending(**told)
        done = {one.pk: Done(DAY, "已完成") for one in problem.measures.all()}
        reported: Problem = self.do(mending.report_mended, who, problem_id=problem.pk, mended=MENDED, done=done)
        return reported

    def closed(self, **told: Any) -> Problem:
        problem = self.reported(**told)
        self.do(judging.accept_problem, "province.supervisor", problem_id=problem.pk, words="实地看了3处")
        closed: Problem = self.do(judging.close_problem, "province.supervisor", problem_id=problem.pk, elsewhere=False, elsewhere_done="查了26处，没有")
        return closed

    def errand(self, *visited: str, **told: Any) -> Errand:
        said = {"title": "养老服务督查", "content": "养老服务中心运营", "starts_on": DAY, "ends_on": date(2026, 11, 24), "leader": "督查一组组长"} | told
        return Errand(units=[self.world.units[code] for code in visited or ("civil",)], **said)

    def arranged(self, *visited: str, who: str = "province.supervisor", **told: Any) -> Inspection:
        inspection: Inspection = self.do(inspecting.arrange_inspection, who, errand=self.errand(*visited, **{"reason": "一事一报"} | told))
        return inspection

    def told(self, *visited: str) -> Visit:
        visit = self.arranged(*visited).visits.get(unit=self.world.units[visited[0] if visited else "civil"])
        made: Visit = self.do(visiting.tell_facts, "province.supervisor", visit_id=visit.pk, facts="4处大门紧锁", answer_by=date(2026, 12, 3))
        return made
