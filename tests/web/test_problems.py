"""The problem list: the table of states, every service with its record, who may, two keys, what comes back."""

from datetime import date
from itertools import product

import pytest

from luoshi.text import Conflict, RuleBroken, UnsupportedFormat
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import Source
from luoshi.web.ledger.workflow import State as MatterState
from luoshi.web.ledger.workflow import Transition, available, decide
from luoshi.web.problems import workflow
from luoshi.web.problems.models import Link
from luoshi.web.problems.parties import parties_of
from luoshi.web.problems.selectors import visible_problems
from luoshi.web.problems.selectors.asking import PROBLEMS
from luoshi.web.problems.selectors.listing import found_problems, headings, light, problem_rows, with_counts
from luoshi.web.problems.services import consulting, finding, judging, mending, raising
from luoshi.web.problems.services.consulting import Said
from luoshi.web.problems.services.judging import Again
from luoshi.web.problems.services.mending import Done, File, MeasureLine, Mended
from luoshi.web.problems.workflow import State
from tests.web import kit
from tests.web.arrows import Drawn, arrows
from tests.web.problem_stage import DAY, MENDED, ProblemStage, asked

# state --act--> state : F finder, l liaison, h head of the unit that has it. ! a reason must be given · 2 two keys
ARROWS = """
found --claim--> claimed : l h
found --object--> objected : l h !
found --drop--> dropped : F !
on_the_spot --claim--> claimed : l h
on_the_spot --object--> objected : l h !
on_the_spot --drop--> dropped : F !
on_the_spot --mend--> reported : l h
objected --keep--> found : F !
objected --reassign--> found : F !
objected --drop--> dropped : F !
claimed --plan--> mending : l h
mending --plan--> mending : l h
mending --report--> reported : l h
reported --return--> mending : F ! 2
reported --accept--> accepted : F ! 2
accepted --close--> closed : F 2
closed --relapse--> claimed : F !
"""
LETTERS = dict(zip("Flh", workflow.PARTIES, strict=True))


def check_table(table: tuple[Transition, ...], drawn: Drawn, states: list[str], parties: tuple[str, ...]) -> None:
    acts = sorted({row.act for row in table})
    assert {(state, row.act) for row in table for state in row.sources} == set(drawn)
    for state, act, party, reason in product(states, acts, [*parties, ""], ["", "因故"]):
        target, who, needs_reason, two = drawn.get((state, act), ("", frozenset(), False, False))
        held = frozenset({party} if party else ())
        row = next((row for row in table if row.act == act and state in row.sources), None)
        assert bool(row and row.keys) == two
        if party in who and (reason or not needs_reason):
            assert decide(table, state, act, parties=held, user_id=1, reason=reason) == target
        else:
            with pytest.raises(RuleBroken):
                decide(table, state, act, parties=held, user_id=1, reason=reason)
        assert (act in {one.act for one in available(table, state, parties=held, user_id=1)}) == (party in who)
        if row and row.keys and party in who:
            with pytest.raises(RuleBroken):
                decide(table, state, act, parties=held, user_id=1, reason="因故", keys={row.keys[0]: 1})


def test_every_state_act_and_party() -> None:
    check_table(workflow.PROBLEMS, arrows(ARROWS, LETTERS), [*State], workflow.PARTIES)


@pytest.fixture
def stage(world: kit.World) -> ProblemStage:
    return ProblemStage(world)


def acts() -> list[str]:
    return [*Record.objects.order_by("seq").values_list("act", flat=True)]


def test_from_the_finding_to_the_closing_and_back(stage: ProblemStage) -> None:
    problem = stage.closed()
    assert problem.state == State.CLOSED and problem.number == "LJ-WT-2026-0001"
    steps = ["register", "claim", "plan", "report", "accept", "close"]
    assert acts() == [f"problem.{step}" for step in steps]
    again = Again("又有1处关门", DAY, "public", "public")
    opened = stage.do(judging.record_relapse, "province.supervisor", problem_id=problem.pk, again=again, due_on=date(2026, 12, 31))
    assert opened.state == State.CLAIMED and opened.relapses.count() == 1 and opened.reported_by is None and opened.elsewhere is None
    assert acts()[-1] == "problem.relapse"
    stage.do(mending.plan_mending, "civil.liaison", problem_id=problem.pk, cause="巡查流于形式", measures=[MeasureLine("换运营单位", date(2026, 12, 30))])
    assert [one.round for one in opened.measures.order_by("pk")] == [0, 0, 1]
    row = problem_rows(stage.world.actor("province.supervisor"), {}, kit.TODAY)[0]
    assert len(row) == len(headings()) and row[-1] == 1 and "换运营单位" in row[8] and "落实运营单位" not in row[8]


def test_a_small_one_is_mended_with_one_report_and_accepted_by_another(stage: ProblemStage) -> None:
    problem = stage.found(on_the_spot=True)
    assert problem.state == State.ON_THE_SPOT
    told = Mended("当天清走", files=[File("照片.pdf", b"%PDF-1.7\n")])
    stage.do(mending.mend_on_the_spot, "civil.head", problem_id=problem.pk, mended=told)
    problem.refresh_from_db()
    assert problem.state == State.REPORTED and problem.claimed_at is not None and problem.proofs.get().size == 9
    assert acts() == ["problem.register", "problem.mend"]
    with pytest.raises(UnsupportedFormat):
        stage.do(mending.mend_on_the_spot, "civil.head", problem_id=stage.found(on_the_spot=True).pk, mended=Mended("改了", files=[File("a.pdf", b"MZ\x00")]))


def test_who_reports_or_mends_neither_accepts_nor_closes(stage: ProblemStage) -> None:
    """A unit that found it at itself: the head did a measure and reported, so the leader or the supervisor judges."""
    problem = stage.found(who="civil.supervisor")
    assert problem.state == State.CLAIMED
    stage.do(mending.plan_mending, "civil.liaison", problem_id=problem.pk, cause="制度缺失", measures=[MeasureLine("补制度", date(2026, 12, 1)), MeasureLine("开培训", date(2026, 12, 2))])
    first, second = problem.measures.order_by("order")
    stage.do(mending.complete_measure, "civil.head", measure_id=first.pk, done=Done(DAY))
    assert acts()[-1] == "problem.step"
    stage.do(mending.report_mended, "civil.liaison", problem_id=problem.pk, mended=MENDED, done={second.pk: Done(DAY)})
    with pytest.raises(RuleBroken, match="同一个人"):
        stage.do(judging.accept_problem, "civil.head", problem_id=problem.pk, words="看了")
    stage.do(judging.accept_problem, "civil.leader", problem_id=problem.pk, words="看了现场")
    with pytest.raises(RuleBroken, match="同一个人"):
        stage.do(judging.close_problem, "civil.head", problem_id=problem.pk, elsewhere=False, elsewhere_done="查了")


def test_an_objection_is_decided(stage: ProblemStage) -> None:
    problem = stage.found()
    stage.do(finding.object_to_problem, "civil.head", problem_id=problem.pk, reason="属财政职责")
    stage.do(finding.keep_problem, "province.supervisor", problem_id=problem.pk, reason="职责清单里有")
    stage.do(finding.object_to_problem, "civil.liaison", problem_id=problem.pk, reason="请再研究")
    with pytest.raises(RuleBroken, match="已经在"):
        stage.do(finding.reassign_problem, "province.supervisor", problem_id=problem.pk, owner=stage.world.units["civil"], reason="改派")
    stage.do(finding.reassign_problem, "province.supervisor", problem_id=problem.pk, owner=stage.world.units["finance"], reason="改由财政厅")
    assert not visible_problems(stage.world.actor("civil.head")).exists()
    assert visible_problems(stage.world.actor("finance.head")).get().state == State.FOUND
    stage.do(finding.drop_problem, "province.supervisor", problem_id=problem.pk, reason="重复登记")
    assert acts() == ["problem.register", "problem.object", "problem.keep", "problem.object", "problem.reassign", "problem.drop"]


def test_words_and_limit_change_with_a_record(stage: ProblemStage) -> None:
    problem = stage.found()
    same = stage.finding()
    stage.do(finding.edit_problem, "province.supervisor", problem_id=problem.pk, finding=same)
    assert acts() == ["problem.register"]
    told = stage.finding(title="5处养老服务中心未运营", helpers=[stage.world.units["finance"]])
    stage.do(finding.edit_problem, "province.supervisor", problem_id=problem.pk, finding=told, expected=1)
    with pytest.raises(Conflict):
        stage.do(finding.edit_problem, "province.supervisor", problem_id=problem.pk, finding=told, expected=1)
    assert visible_problems(stage.world.actor("finance.liaison")).exists()
    stage.do(finding.adjust_limit, "province.supervisor", problem_id=problem.pk, due_on=date(2027, 1, 31), reason="汛期")
    assert acts()[1:] == ["problem.edit", "problem.adjust"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        pytest.param({"title": " "}, "什么问题", id="no title"),
        pytest.param({"found_on": date(2027, 1, 1)}, "发现日期", id="found tomorrow"),
        pytest.param({"due_on": date(2026, 1, 1)}, "整改时限", id="due before it was found"),
        pytest.param({"source": "gossip"}, "不在清单", id="no such source"),
    ],
)
def test_what_cannot_be_put_on_the_list(stage: ProblemStage, told: dict[str, object], words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        stage.found(**told)


def test_only_supervisors_put_problems_of_others_on_the_list(stage: ProblemStage) -> None:
    with pytest.raises(RuleBroken, match="督查员"):
        stage.found(who="province.head")
    assert stage.found(who="civil.liaison").state == State.CLAIMED


def test_measures_end_by_the_limit_and_all_are_done(stage: ProblemStage) -> None:
    problem = stage.claimed(due_on=date(2026, 12, 1))
    for cause, lines, words in (
        ("", [MeasureLine("补", DAY)], "原因"),
        ("因", [], "至少写一条"),
        ("因", [MeasureLine("补", date(2026, 12, 2))], "晚于整改时限"),
    ):
        with pytest.raises(RuleBroken, match=words):
            stage.do(mending.plan_mending, "civil.liaison", problem_id=problem.pk, cause=cause, measures=lines)
    stage.do(mending.plan_mending, "civil.liaison", problem_id=problem.pk, cause="因", measures=[MeasureLine("补制度", DAY), MeasureLine("开会", DAY)])
    first, second = problem.measures.order_by("order")
    stage.do(mending.complete_measure, "civil.liaison", measure_id=first.pk, done=Done(DAY, "已印发"))
    with pytest.raises(RuleBroken, match="没有完成"):
        stage.do(mending.report_mended, "civil.liaison", problem_id=problem.pk, mended=MENDED, done={})
    lines = [MeasureLine(first.text, first.due_on, pk=first.pk), MeasureLine("换成培训", date(2026, 11, 30))]
    stage.do(mending.plan_mending, "civil.liaison", problem_id=problem.pk, cause="因", measures=lines)
    assert [(one.text, one.done) for one in problem.measures.order_by("order")] == [("补制度", "已印发"), ("换成培训", "")]
    assert not problem.measures.filter(pk=second.pk).exists()


def test_the_closing_needs_the_answer_where_else(stage: ProblemStage) -> None:
    problem = stage.reported()
    stage.do(judging.return_problem, "province.supervisor", problem_id=problem.pk, reason="1处仍未开门")
    problem.refresh_from_db()
    assert problem.state == State.MENDING and problem.returned
    stage.do(mending.report_mended, "civil.liaison", problem_id=problem.pk, mended=MENDED, done={})
    stage.do(judging.accept_problem, "province.supervisor", problem_id=problem.pk, words="看了4处")
    with pytest.raises(RuleBroken, match="举一反三"):
        stage.do(judging.close_problem, "province.supervisor", problem_id=problem.pk, elsewhere=False, elsewhere_done=" ")
    with pytest.raises(RuleBroken, match="别处也有"):
        stage.do(mending.mend_on_the_spot, "civil.head", problem_id=stage.found(on_the_spot=True).pk, mended=Mended("改了", elsewhere=True))


def test_a_consultation_is_put_down(stage: ProblemStage) -> None:
    problem = stage.mending()
    units = stage.world.units
    told = {"problem_id": problem.pk, "held_on": DAY, "decision": "本月内下达经费"}
    with pytest.raises(RuleBroken, match="两个单位"):
        stage.do(consulting.record_consultation, "province.supervisor", opinions=[Said(units["civil"])], **told)
    both = [Said(units["civil"], "缺经费"), Said(units["finance"], "可以统筹")]
    made = stage.do(consulting.record_consultation, "province.supervisor", opinions=both, chair="高省长", **told)
    assert [one.text for one in made.opinions.all()] == ["缺经费", "可以统筹"] and acts()[-1] == "problem.consult"
    with pytest.raises(RuleBroken, match="角色"):
        stage.do(consulting.record_consultation, "civil.head", opinions=both, **told)


def test_a_problem_raises_a_matter_and_a_matter_a_problem(stage: ProblemStage) -> None:
    problem = stage.mending()
    matter = stage.do(raising.raise_matter, "province.supervisor", problem_id=problem.pk, title="落实养老服务中心运营")
    source = matter.sources.get()
    assert (source.kind, source.cited_as) == (Source.FINDING, f"问题清单 {problem.number}") and matter.lead == problem.owner
    assert Link.objects.get(matter=matter).kind == Link.RAISED and acts()[-1] == "matter.draft"
    other = kit.matter(stage.world, state=MatterState.ACTIVE, lead="civil")
    found = stage.found(matter=other)
    assert Link.objects.get(problem=found).kind == Link.FOUND_IN


def test_the_supervisor_answers_for_a_unit_without_accounts(stage: ProblemStage) -> None:
    problem = stage.found("town", who="county.supervisor")
    parties = parties_of(stage.world.actor("county.supervisor"), problem)
    assert parties == {workflow.FINDER, workflow.LIAISON, workflow.HEAD}
    stage.do(finding.claim_problem, "county.supervisor", problem_id=problem.pk)
    assert not parties_of(stage.world.actor("county.liaison"), problem)


def test_must_do_asks_each_of_their_own(stage: ProblemStage) -> None:
    world, on = stage.world, kit.TODAY
    stage.reported()
    stage.found()
    stage.found(due_on=DAY)
    stage.do(finding.object_to_problem, "civil.head", problem_id=stage.found().pk, reason="不属我厅")
    stage.claimed()
    stage.do(finding.adjust_limit, "province.supervisor", problem_id=stage.mending().pk, due_on=date(2026, 12, 9), reason="提前")

    def kinds(who: str) -> dict[str, int]:
        rows, totals = asked(world.actor(who), on)
        asking = {(table.model, pk) for table in PROBLEMS.tables(world.actor(who), on) for _kind, where in table.kinds for pk in table.model.objects.filter(where).values_list("pk", flat=True)}
        assert sum(totals.values()) == len(asking) == len(rows)
        return totals

    assert kinds("civil.liaison") == {"problem_to_claim": 2, "problem_to_plan": 1, "problem_soon": 1}
    assert kinds("province.supervisor") == {"problem_reported": 1, "problem_objected": 1, "problem_overdue": 1}
    assert kinds("finance.liaison") == {} and kinds("province.liaison") == {}
    assert asked(world.actor("civil.liaison"), on, "review") == ([], {})


@pytest.mark.parametrize(
    ("made", "colour", "word"),
    [
        pytest.param(lambda stage: stage.found(), "grey", "未认领", id="found"),
        pytest.param(lambda stage: stage.found(due_on=DAY), "red", "逾期 6 天", id="overdue"),
        pytest.param(lambda stage: stage.claimed(), "grey", "未定计划", id="claimed"),
        pytest.param(lambda stage: stage.mending(), "green", "按序时", id="mending"),
        pytest.param(lambda stage: stage.reported(due_on=date(2026, 12, 31)), "grey", "待审", id="reported"),
        pytest.param(lambda stage: stage.closed(), "", "", id="closed"),
    ],
)
def test_lights(stage: ProblemStage, made: object, colour: str, word: str) -> None:
    problem = made(stage)  # type: ignore[operator]
    row = with_counts(visible_problems(stage.world.actor("province.supervisor")), kit.TODAY).get(pk=problem.pk)
    assert light(row, kit.TODAY) == (colour, word)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [({}, 3), ({"state": "open"}, 2), ({"state": "closed"}, 1), ({"overdue": True}, 1), ({"source": "audit"}, 1), ({"owner": "财政"}, 1), ({"q": "补贴"}, 1), ({"back": True}, 0)],
)
def test_filters(stage: ProblemStage, wanted: dict[str, object], count: int) -> None:
    stage.closed()
    stage.found(due_on=DAY, source="audit")
    stage.found("finance", title="补贴漏发")
    assert found_problems(stage.world.actor("province.supervisor"), wanted, kit.TODAY).count() == count
