"""Two inspections and eight problems at different stages: found, claimed, mended on the spot, objected to, closed, found again."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from luoshi.web.common.actor import Actor
from luoshi.web.demo.history import ZONE, History, day_of
from luoshi.web.orgs.roles import HEAD, LIAISON, SUPERVISOR
from luoshi.web.problems.models import Inspection, Problem
from luoshi.web.problems.services import consulting, finding, inspecting, judging, mending, visiting, yearly
from luoshi.web.problems.services.consulting import Said
from luoshi.web.problems.services.finding import Finding
from luoshi.web.problems.services.inspecting import Errand
from luoshi.web.problems.services.judging import Again
from luoshi.web.problems.services.mending import Done, MeasureLine, Mended

_PLAN = (("LJ-MZ", 1), ("LJ-SL", 1), ("YL", 2), ("JZ", 2))
_CARE = "抽查30处乡镇养老服务中心：26处正常运营，柳溪、青石、白塔、西关4处大门紧锁，服务登记册空白。"
_WATER = "抽查12座小型水库：2座值守记录为一次补写，1座放水设备锈蚀不能启动。"


class Inspecting:
    """Plans the deeds; none draws from the history's chance, so that the rest of the demo stays as it was."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.cast = history.cast
        self.supervisor = self.cast.of("LJ", SUPERVISOR)
        self.inspections: dict[str, Inspection] = {}

    def plan(self) -> None:
        """Put everything into the history."""
        self._on(118, self._yearly)
        self._on(100, self._send, "care", "养老服务设施运营督查", "乡镇养老服务中心建成、运营和资金使用情况。", "LJ-MZ", "养老督查一组组长")
        self._on(96, self._tell, "care", _CARE)
        self._on(94, self._confirm, "care", "LJ-MZ")
        self._closed_and_again()
        self._mended()
        self._small()
        self._on(80, self._conclude, "care", "总体较好，4处建而不用的限期整改；其余点位由省民政厅举一反三。")
        self._on(12, self._send, "water", "小型水库安全度汛督查", "值守、放水设备、应急预案。", "LJ-SL", "水利督查组组长")
        self._on(6, self._tell, "water", _WATER)
        self._waiting()

    def _on(self, days: int, deed: Callable[..., None], *told: Any) -> None:
        self.history.plan(self._moment(days), lambda at: deed(*told, at))

    def _moment(self, days: int) -> datetime:
        on = self.history.today - timedelta(days=days)
        while not self.history.calendar.is_working_day(on):
            on -= timedelta(days=1)
        return min(datetime.combine(on, time(10, 20), ZONE), self.history.now - timedelta(minutes=2))

    def _yearly(self, at: datetime) -> None:
        for n, (code, visits) in enumerate(_PLAN):
            for number in range(visits):
                month = (day_of(at).month + n + number * 4 - 1) % 12 + 1
                year, visited = self.history.today.year, self.cast.units[code]
                yearly.plan_visits(visited=visited, year=year, month=month, visits=1, content="年度重点工作督查", actor=self.supervisor, at=at)

    def _send(self, name: str, title: str, content: str, unit: str, leader: str, at: datetime) -> None:
        on = day_of(at)
        errand = Errand(
            title=title, content=content, starts_on=on, ends_on=on + timedelta(days=3), leader=leader, units=[self.cast.units[unit]], scope="随机抽查，不打招呼。",
            office="督查一处", team="督查一处、省审计厅各两名同志", reason="年度计划未列，按省政府常务会议要求安排。",
        )  # fmt: skip
        self.inspections[name] = inspecting.arrange_inspection(errand=errand, actor=self.supervisor, at=at)

    def _tell(self, name: str, facts: str, at: datetime) -> None:
        visit = self.inspections[name].visits.get()
        visiting.tell_facts(visit_id=visit.pk, facts=facts, answer_by=day_of(at) + timedelta(days=9), actor=self.supervisor, at=at)

    def _confirm(self, name: str, unit: str, at: datetime) -> None:
        visiting.confirm_facts(visit_id=self.inspections[name].visits.get().pk, actor=self.cast.of(unit, LIAISON), at=at)

    def _conclude(self, name: str, words: str, at: datetime) -> None:
        inspecting.conclude_inspection(inspection_id=self.inspections[name].pk, conclusion=words, actor=self.supervisor, at=at)

    # -- problems
    def _found(self, title: str, unit: str, at: datetime, *, inspection: str = "", days: int | None = 40, **told: Any) -> Problem:
        due_on = day_of(at) + timedelta(days=days) if days is not None else None
        said: dict[str, Any] = {"source": "inspection", "discovery": "above", "severity": "serious", "found_on": day_of(at), "due_on": due_on} | told
        of = self.inspections[inspection] if inspection else None
        cited = f"{of.title}（{of.number}）" if of else ""
        owner = self.cast.units[unit]
        return finding.register_problem(finding=Finding(title=title, owner=owner, cited_as=cited, **said), inspection=of, actor=self.supervisor, at=at)

    def _taken(self, problem: Problem, unit: str, cause: str, steps: tuple[tuple[str, int], ...], at: datetime) -> None:
        """Claimed, and measures decided; ``steps`` end so many days after ``at``."""
        liaison = self.cast.of(unit, LIAISON)
        finding.claim_problem(problem_id=problem.pk, leader="分管负责同志", office="业务处", actor=liaison, at=at)
        self._measures(problem, liaison, cause, steps, at)

    def _measures(self, problem: Problem, liaison: Actor, cause: str, steps: tuple[tuple[str, int], ...], at: datetime) -> None:
        lines = [MeasureLine(text, day_of(at) + timedelta(days=days), "业务处") for text, days in steps]
        mending.plan_mending(problem_id=problem.pk, cause=cause, measures=lines, actor=liaison, at=at)

    def _reported(self, problem: Problem, unit: str, words: str, at: datetime) -> None:
        done = {one.pk: Done(day_of(at), "已完成") for one in problem.measures.filter(done_on=None)}
        mended = Mended(words, mechanism="建立月巡查、季通报制度", elsewhere=True, elsewhere_done="对其余点位逐一排查，发现同类问题2处，已一并整改。")
        mending.report_mended(problem_id=problem.pk, mended=mended, done=done, actor=self.cast.of(unit, HEAD), at=at)

    def _closed_and_again(self) -> None:
        kept: dict[str, Problem] = {}
        head = self.cast.of("LJ-MZ", LIAISON)

        def found(at: datetime) -> None:
            kept["one"] = self._found("4处乡镇养老服务中心建成未运营", "LJ-MZ", at, inspection="care", signs=_CARE, severity="grave")

        def closed(at: datetime) -> None:
            judging.accept_problem(problem_id=kept["one"].pk, words="实地看了4处，均已开门运营，抽查服务记录属实。", actor=self.supervisor, at=at)
            where = "对全省其余点位排查，同类2处已整改。"
            judging.close_problem(problem_id=kept["one"].pk, elsewhere=True, elsewhere_done=where, actor=self.supervisor, at=at)

        def again(at: datetime) -> None:
            seen = Again("群众反映青石镇中心又停办近一个月，走访属实。", day_of(at), "public", "public")
            judging.record_relapse(problem_id=kept["one"].pk, again=seen, due_on=day_of(at) + timedelta(days=45), actor=self.supervisor, at=at)

        steps = (("逐处落实运营单位，签订运营协议", 14), ("安排运营补助资金", 20), ("建立月巡查制度", 25))
        more = (("更换青石镇运营单位", 9), ("把运营情况纳入季度通报", 30))
        self._on(92, found)
        self._on(89, lambda at: self._taken(kept["one"], "LJ-MZ", "重建设轻运营，建成后没有落实运营单位和经费。", steps, at))
        self._on(88, lambda at: self._consulted(kept["one"], at))
        self._on(66, lambda at: self._reported(kept["one"], "LJ-MZ", "4处全部签约运营，开展助餐、日托服务，累计服务1200人次。", at))
        self._on(62, closed)
        self._on(17, again)
        self._on(15, lambda at: self._measures(kept["one"], head, "运营补助没有和服务量挂钩，运营单位中途退出。", more, at))

    def _consulted(self, problem: Problem, at: datetime) -> None:
        units = self.cast.units
        said = [Said(units["LJ-MZ"], "缺运营经费，建议按服务量补助。"), Said(units["LJ-CZ"], "可在福彩公益金中统筹安排。"), Said(units["LJ"], "建而不用影响恶劣，要限期解决。")]
        told = {"held_on": day_of(at), "chair": self.cast.leader("LJ").name, "decision": "省财政厅本月内下达补助；省民政厅逐处验收，两个月内全部开门。"}
        consulting.record_consultation(problem_id=problem.pk, opinions=said, **told, actor=self.supervisor, at=at)  # type: ignore[arg-type]

    def _mended(self) -> None:
        """One is closed, one waits to be accepted, one is late with a measure."""
        kept: dict[str, Problem] = {}

        def found(at: datetime) -> None:
            kept["audit"] = self._found("困难老年人补贴漏发37人", "LJ-MZ", at, source="audit", signs="审计比对发现2025年度漏发37人，涉及4.4万元。", days=60)
            kept["fire"] = self._found("部分养老机构消防通道堆放杂物", "LJ-MZ", at, source="safety", days=70)
            kept["train"] = self._found("护理员培训课时不足", "LJ-MZ", at, source="check", severity="light", days=100)

        def closed(at: datetime) -> None:
            judging.accept_problem(problem_id=kept["audit"].pk, words="核对发放凭证37份，全部补发到卡。", actor=self.supervisor, at=at)
            judging.close_problem(problem_id=kept["audit"].pk, elsewhere=False, elsewhere_done="比对了全部19万条发放数据，没有其他漏发。", actor=self.supervisor, at=at)

        self._on(70, found)
        self._on(67, lambda at: self._taken(kept["audit"], "LJ-MZ", "信息系统与低保名单没有按月比对。", (("逐人补发", 20), ("按月比对制度上线", 40)), at))
        self._on(66, lambda at: self._taken(kept["fire"], "LJ-MZ", "机构安全责任没有落到班组。", (("全面清理并拍照存档", 15), ("每周巡查", 45)), at))
        self._on(64, lambda at: self._taken(kept["train"], "LJ-MZ", "培训机构缩减课时，主管部门没有抽查。", (("补训", 40), ("随机抽查制度", 80)), at))
        self._on(30, lambda at: self._reported(kept["audit"], "LJ-MZ", "37人4.4万元全部补发，按月比对上线。", at))
        self._on(24, closed)
        self._on(3, lambda at: self._reported(kept["fire"], "LJ-MZ", "清理通道86处，建立每周巡查台账。", at))

    def _small(self) -> None:
        kept: dict[str, Problem] = {}

        def found(at: datetime) -> None:
            kept["price"] = self._found("老年食堂价格公示牌破损", "LJ-MZ", at, on_the_spot=True, severity="light", days=None, source="self", discovery="self")

        def mended(at: datetime) -> None:
            mending.mend_on_the_spot(problem_id=kept["price"].pk, mended=Mended("当天更换公示牌，并检查了其余12处。"), actor=self.cast.of("LJ-MZ", LIAISON), at=at)

        self._on(9, found)
        self._on(8, mended)

    def _waiting(self) -> None:
        """Found and not claimed, objected to, a small one to mend."""
        kept: dict[str, Problem] = {}

        def found(at: datetime) -> None:
            self._found("2座小型水库值守记录补写", "LJ-SL", at, inspection="water", signs=_WATER)
            kept["gate"] = self._found("1座水库放水设备锈蚀不能启动", "LJ-SL", at, inspection="water", severity="grave", days=20)

        def objected(at: datetime) -> None:
            finding.object_to_problem(problem_id=kept["gate"].pk, reason="该水库已移交属地管理，应由临港县整改。", actor=self.cast.of("LJ-SL", LIAISON), at=at)

        self._on(5, found)
        self._on(2, objected)
