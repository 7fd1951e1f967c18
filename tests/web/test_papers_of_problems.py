"""Papers about problems: 整改通知 from a problem or from all of an inspection, 督查专报 of an inspection with its problems."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.papers import tasks
from luoshi.web.papers.facts import facts_of
from luoshi.web.papers.models import OfficialPaper, PaperTemplate
from luoshi.web.papers.services import drafting, issuing
from luoshi.web.problems.models import Problem
from luoshi.web.problems.services import visiting
from tests.web import kit
from tests.web.paper_stage import BACKEND, CLERK, LEADER, do, headed, text_of
from tests.web.problem_stage import ProblemStage

RECTIFY, REPORT = "rectification", "report"


@pytest.fixture
def problems(world: kit.World) -> ProblemStage:
    headed(world)
    return ProblemStage(world)


def inspected(problems: ProblemStage) -> int:
    """An inspection of two units: one confirmed what was found, the other has a fact settled; three problems, one of them taken off the list."""
    visit = problems.told("civil", "finance")
    problems.do(visiting.confirm_facts, "civil.head", visit_id=visit.pk)
    of = visit.inspection
    problems.found(inspection=of, severity="grave", due_on=date(2026, 12, 31), cited_as="督查记录第3号")
    problems.found("finance", inspection=of, title="奖补资金拨付滞后", signs="三季度应拨未拨")
    dropped = problems.found(inspection=of, title="登记错的")
    Problem.objects.filter(pk=dropped.pk).update(state="dropped")
    return of.pk


def clerk(world: kit.World, client: Client) -> Client:
    client.force_login(world.people[CLERK], backend=BACKEND)
    return client


def made(world: kit.World, paper: OfficialPaper) -> list[str]:
    """What Word file and PDF say, once it is approved and issued."""
    do(world, issuing.submit_paper, paper_id=paper.pk, approver=world.people[LEADER])
    do(world, issuing.approve_paper, LEADER, paper_id=paper.pk)
    tasks.make_files.func(paper.pk)
    return list(text_of(OfficialPaper.objects.get(pk=paper.pk)))


def test_from_a_problem_to_its_notice(problems: ProblemStage, client: Client) -> None:
    problem = problems.found(due_on=date(2026, 12, 31), cited_as="督查记录第3号")
    page = clerk(problems.world, client).get(reverse("problem", args=[problem.pk])).content.decode()
    address = f"{reverse('paper_begin')}?kind=rectification&amp;problem={problem.pk}"
    assert address in page
    form = client.get(address.replace("&amp;", "&")).content.decode()
    for said in ("关于“4处养老服务中心未运营”问题的整改通知", "临江省民政厅", "现予通知，请限期整改"):
        assert said in form
    paper = do(problems.world, drafting.begin_paper, kind=RECTIFY, problems=[problem.pk])
    assert [row.unit_name for row in paper.addressees.all()] == ["临江省民政厅"] and "（请写明" not in paper.opening
    for words in made(problems.world, paper):
        for said in ("4处养老服务中心未运营", "大门紧锁。来源：督查，督查记录第3号。整改时限：2026年12月31日。"):
            assert said in words
    assert f'"problems":[{problem.pk}]' in Record.objects.get(act="paper.begin").after
    for who, shown in ((CLERK, True), ("civil.liaison", True), ("finance.liaison", False)):
        client.force_login(problems.world.people[who], backend=BACKEND)
        answer = client.get(reverse("official_paper", args=[paper.pk]))
        assert (answer.status_code == 200 and reverse("problem", args=[problem.pk]) in answer.content.decode()) is shown
    assert "整改通知" in clerk(problems.world, client).get(f"{reverse('papers')}?problem={problem.pk}").content.decode()


def test_an_inspection_is_reported_with_its_problems(problems: ProblemStage, client: Client) -> None:
    of = inspected(problems)
    clerk(problems.world, client)
    assert f"?kind=report&amp;inspection={of}" in client.get(reverse("inspection", args=[of])).content.decode()
    form = client.get(f"{reverse('paper_begin')}?kind=report&inspection={of}").content.decode()
    for said in ("关于养老服务督查情况的报告", "由督查一组组长带队，对临江省财政厅、临江省民政厅开展督查", "临江省民政厅：4处大门紧锁。", "共发现问题2个：重大1个、一般1个；目前待认领2个。"):
        assert said in form, form[form.index("textarea"):][:900]
    assert "登记错的" not in form and form.count('name="problem"') == 2
    keys = list(Problem.objects.exclude(state="dropped").order_by("pk").values_list("pk", flat=True))
    paper = do(problems.world, drafting.begin_paper, kind=REPORT, problems=keys, inspection=of)
    assert paper.inspection_id == of and not paper.addressees.exists()
    for words in made(problems.world, paper):
        for said in ("二、发现的问题", "（一）4处养老服务中心未运营", "（二）奖补资金拨付滞后", "三季度应拨未拨。责任单位：临江省财政厅。", "目前待认领。", "三、工作建议"):
            assert said in words


def test_one_notice_for_each_unit_of_an_inspection(problems: ProblemStage, client: Client) -> None:
    of = inspected(problems)
    keys = list(Problem.objects.exclude(state="dropped").order_by("pk").values_list("pk", flat=True))
    address = f"{reverse('paper_begin')}?kind=rectification&inspection={of}"
    assert "生成 2 件草稿" in clerk(problems.world, client).get(address).content.decode()
    sent = {"once": "x" * 24, "kind": RECTIFY, "problem": keys, "inspection": of, "requirements": "限期整改", "closing": "特此通知。", "answer_by": (timezone.localdate() + timedelta(days=9)).isoformat()}
    assert client.post(reverse("paper_begin"), sent).status_code == 302
    told = [(paper.addressees.get().unit_name, paper.problems.get().pk, paper.title) for paper in OfficialPaper.objects.order_by("pk")]
    assert told == [("临江省民政厅", keys[0], "关于“4处养老服务中心未运营”问题的整改通知"), ("临江省财政厅", keys[1], "关于“奖补资金拨付滞后”问题的整改通知")]


def test_an_inspection_that_found_nothing_is_reported_but_gives_nothing_to_mend(problems: ProblemStage, client: Client) -> None:
    of = problems.told("civil").inspection
    do(problems.world, drafting.begin_paper, kind=REPORT, inspection=of.pk)
    with pytest.raises(RuleBroken, match="什么也没有选"):
        do(problems.world, drafting.begin_paper, kind=RECTIFY, inspection=of.pk)
    page = clerk(problems.world, client).get(f"{reverse('paper_begin')}?kind=rectification&inspection={of.pk}").content.decode()
    assert 'role="alert"' in page and "存在以下" not in page


def test_who_may_and_from_what(problems: ProblemStage, client: Client) -> None:
    problem, other = problems.found(), problems.found("city", who="city.supervisor")
    for kind, keys, who in (("notice", [problem.pk], CLERK), (RECTIFY, [other.pk], CLERK), (RECTIFY, [problem.pk], "civil.supervisor"), (RECTIFY, [problem.pk, problems.found("finance").pk], CLERK)):
        with pytest.raises(RuleBroken):
            do(problems.world, drafting.begin_paper, who, kind=kind, problems=keys)
    with pytest.raises(RuleBroken):
        do(problems.world, drafting.begin_paper, "civil.supervisor", kind=REPORT, inspection=inspected(problems))
    page = clerk(problems.world, client).get(f"{reverse('paper_begin')}?problem={problem.pk}").content.decode()
    assert "kind=rectification" in page and "kind=report" in page and "kind=bulletin" not in page
    assert client.get(f"{reverse('paper_begin')}?kind=rectification&problem={other.pk}").status_code == 422


def test_an_own_template_without_problems_is_not_used_for_them(problems: ProblemStage) -> None:
    paper = do(problems.world, drafting.begin_paper, kind=RECTIFY, problems=[problems.found().pk])
    issuing.check_ready(paper)
    told = {"unit": problems.world.units["province"], "kind": RECTIFY, "name": "整改.docx", "sha256": "0" * 64, "added_by": problems.world.people[CLERK], "added_at": kit.NOW}
    own = PaperTemplate.objects.create(places=["标题", "开头"], **told)
    with pytest.raises(RuleBroken, match="占位符"):
        issuing.check_ready(paper)
    own.places.append("问题")
    own.save()
    issuing.check_ready(paper)


def test_papers_issued_before_have_no_problems(problems: ProblemStage) -> None:
    paper = OfficialPaper(kind=RECTIFY, facts={"title": "关于整改的通知"})
    assert facts_of(paper, kit.TODAY) == {"title": "关于整改的通知", "problems": []}
