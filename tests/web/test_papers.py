"""Papers from rows to the file that was sent: what they say, who decides, numbers without gaps, receipt, what never leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common.store import read_stored
from luoshi.web.documents.models import Document, Version
from luoshi.web.ledger.models import Matter, Report, Source
from luoshi.web.ledger.selectors.counting import asked_count
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.workflow import State as MatterState
from luoshi.web.papers import tasks
from luoshi.web.papers.kinds import CODES, Kind, Scope, Shape, kinds, number_of
from luoshi.web.papers.models import OfficialPaper, PaperNumber
from luoshi.web.papers.selectors import papers_of, visible_papers
from luoshi.web.papers.services import drafting, heading, issuing, keeping, receiving
from luoshi.web.papers.wording import About, begun
from luoshi.web.papers.workflow import State
from tests.web import kit
from tests.web.paper_stage import BACKEND, CLERK, LEADER, LIAISON, begin, do, headed, issued, matter, text_of

NASTY = "覆盖率<b>85%</b>&“以上”=SUM(A1) {{ 标题 }} #panic(1) ]]>"
WRITERS, EACH = 4, 4


@pytest.mark.one_database
@pytest.mark.parametrize("kind", CODES)
def test_a_paper_of_every_kind_says_its_facts_in_word_and_pdf(world: kit.World, kind: str) -> None:
    row = matter(world, title=NASTY[:60], task="每县一所")
    Report.objects.create(
        matter=row, unit=world.units["civil"], unit_name="临江省民政厅", author=world.people[LIAISON], state="accepted", text="新增41个中心。", created_at=kit.NOW, saved_at=kit.NOW, filed_at=kit.NOW
    )
    text = begun(kinds()[kind], [About(row.title, row.number, "临江省民政厅", row.due_on)])
    text = type(text)(f"关于{NASTY}的文", text.opening.replace("（请写明", "（写明"), text.requirements, text.closing)
    paper = issued(world, kind, row, text=text, copies="省委办公厅")
    tasks.make_files.func(paper.pk)
    paper.refresh_from_db()
    assert paper.fault == "" and paper.number == number_of(kinds()[kind], "临督", 2026, 1)
    shape = kinds()[kind].shape
    wanted = [f"关于{NASTY}的文", paper.number, "2026年11月26日", "临江省人民政府督查室", "2026年12月31日", "抽查30处在营"]
    wanted += ["新增41个中心"] if shape not in (Shape.BOOK, Shape.TABLE) else []
    wanted += ["临江省财政厅"] if shape in (Shape.FORM, Shape.BOOK, Shape.TABLE) else []
    wanted += ["临江省民政厅"] if kinds()[kind].addressed or shape == Shape.TABLE else []
    for said in text_of(paper):
        assert [one for one in wanted if "".join(one.split()) not in said] == []
    kept = (paper.docx_sha256, paper.pdf_sha256)
    tasks.make_files.func(paper.pk)
    paper.refresh_from_db()
    assert (paper.docx_sha256, paper.pdf_sha256) == kept, "what was sent stays, byte for byte"
    acts = list(Record.objects.filter(subject=f"officialpaper:{paper.pk}").values_list("act", flat=True))
    assert acts[0] == "paper.begin" and acts[-1] == "paper.keep" and len(acts) == (3 if kinds()[kind].direct else 4)


def test_what_was_sent_does_not_change_with_the_ledger(world: kit.World) -> None:
    row = matter(world)
    paper = issued(world, "assignment", row)
    Matter.objects.filter(pk=row.pk).update(title="改了名称", due_on=date(2027, 6, 30))
    tasks.make_files.func(paper.pk)
    paper.refresh_from_db()
    assert all("养老服务中心" in said and "改了名称" not in said and "2026年12月31日" in said for said in text_of(paper))
    client = Client()
    client.force_login(world.people[LIAISON], backend=BACKEND)
    sent = client.get(reverse("paper_pdf", args=[paper.pk]))
    assert b"".join(sent.streaming_content) == read_stored(paper.pdf_sha256)  # type: ignore[attr-defined]
    page = client.get(reverse("official_paper", args=[paper.pk])).content.decode()
    assert "养老服务中心" in page and "改了名称" not in page.partition('class="sheet')[2].partition("</article>")[0]


# -- who decides


def test_with_an_approver(world: kit.World) -> None:
    headed(world)
    paper = begin(world, "notice")
    with pytest.raises(RuleBroken):
        do(world, issuing.issue_paper, paper_id=paper.pk)
    do(world, issuing.submit_paper, paper_id=paper.pk, approver=world.people[LEADER])
    assert [row.kind for group in must_do_list(world.actor(LEADER), kit.TODAY).groups for row in group.rows] == ["paper_to_sign"]
    do(world, issuing.recall_paper, paper_id=paper.pk)
    do(world, issuing.submit_paper, paper_id=paper.pk, approver=world.people[LEADER])
    do(world, issuing.send_back_paper, LEADER, paper_id=paper.pk, reason="写明时间表")
    assert asked_count(world.actor(CLERK), kit.TODAY) == 1
    do(world, drafting.edit_paper, paper_id=paper.pk, changed={"requirements": "12月5日前报时间表"})
    do(world, issuing.submit_paper, paper_id=paper.pk, approver=world.people[LEADER])
    sent = do(world, issuing.approve_paper, LEADER, paper_id=paper.pk)
    assert sent.number == "临督办〔2026〕1号" and sent.facts["requirements"] == ["12月5日前报时间表"]
    acts = [act.removeprefix("paper.") for act in Record.objects.filter(subject=f"officialpaper:{paper.pk}").order_by("seq").values_list("act", flat=True)]
    assert acts == ["begin", "submit", "recall", "submit", "send_back", "edit", "submit", "approve"]


@pytest.mark.parametrize("who", ["civil.supervisor", "province.liaison", "province.head", "province.leader"])
def test_only_supervisors_of_the_unit_draft(world: kit.World, who: str) -> None:
    with pytest.raises(RuleBroken):
        do(world, drafting.begin_paper, who, kind="assignment", matters=[matter(world).pk])
    assert not OfficialPaper.objects.exists()


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        *(pytest.param(kind, lambda world: [], id=f"{kind} of nothing") for kind in CODES if kind != "weekly"),
        pytest.param("assignment", lambda world: [matter(world), matter(world, lead="finance")], id="two units in one"),
        pytest.param("assignment", lambda world: [kit.matter(world)], id="a draft matter"),
        pytest.param("bulletin", lambda world: [matter(world), kit.matter(world, state=MatterState.ACTIVE, issuer="city", lead="county")], id="another office's matter"),
    ],
)
def test_what_no_paper_is_made_of(world: kit.World, kind: str, make: Any) -> None:
    with pytest.raises(RuleBroken):
        do(world, drafting.begin_paper, kind=kind, matters=[row.pk for row in make(world)])
    assert not OfficialPaper.objects.exists()


def test_what_does_not_leave(world: kit.World) -> None:
    row = matter(world)
    paper = begin(world, "assignment", row)
    with pytest.raises(RuleBroken, match="发文代字"):
        do(world, issuing.issue_paper, paper_id=paper.pk)
    headed(world)
    unwritten = begin(world, "rectification", row)
    with pytest.raises(RuleBroken, match="没有写"):
        do(world, issuing.submit_paper, paper_id=unwritten.pk, approver=world.people[LEADER])
    nobody = begin(world, "reminder", row, to=[])
    with pytest.raises(RuleBroken, match="主送"):
        do(world, issuing.issue_paper, paper_id=nobody.pk)
    user = world.people[CLERK]
    document = Document.objects.create(unit=world.units["province"], title="内部纪要", internal=True, created_by=user, created_at=kit.NOW)
    version = Version.objects.create(document=document, number=1, file_name="a.txt", file_size=1, uploaded_by=user, uploaded_at=kit.NOW)
    Source.objects.create(matter=row, kind=Source.ITEM, quote="内部的话", version=version, start=0, end=4)
    with pytest.raises(RuleBroken, match="内部纪要"):
        do(world, issuing.issue_paper, paper_id=paper.pk)
    client = Client()
    client.force_login(user, backend=BACKEND)
    assert client.get(reverse("paper_word", args=[paper.pk])).status_code == 422
    assert not PaperNumber.objects.exists(), "no number was used up"


def test_somebody_was_faster(world: kit.World) -> None:
    paper = begin(world)
    do(world, drafting.edit_paper, paper_id=paper.pk, changed={"title": "新标题"}, expected=1)
    with pytest.raises(Conflict):
        do(world, drafting.edit_paper, paper_id=paper.pk, changed={"title": "另一个"}, expected=1)
    do(world, drafting.edit_paper, paper_id=paper.pk, changed={}, to=[world.units["finance"].pk, world.units["civil"].pk])
    assert [row.unit_name for row in paper.addressees.all()] == ["临江省财政厅", "临江省民政厅"]
    do(world, drafting.discard_paper, paper_id=paper.pk)
    assert OfficialPaper.objects.get().state == State.DISCARDED


# -- numbers


def test_numbers_per_kind_and_year_and_a_void_one_keeps_its_own(world: kit.World) -> None:
    headed(world)
    row = matter(world)
    made = [begin(world, kind, row) for kind in ("assignment", "reminder", "assignment")]
    numbers = [do(world, issuing.issue_paper, paper_id=paper.pk).number for paper in made]
    assert numbers == ["临督交〔2026〕1号", "临督提〔2026〕1号", "临督交〔2026〕2号"]
    do(world, issuing.void_paper, paper_id=made[2].pk, reason="主送写错")
    assert OfficialPaper.objects.get(pk=made[2].pk).number == "临督交〔2026〕2号"
    again = begin(world, "assignment", row)
    assert do(world, issuing.issue_paper, paper_id=again.pk).number == "临督交〔2026〕3号"


@pytest.mark.parametrize(("code", "n", "text"), [("assignment", 12, "临督交〔2026〕12号"), ("report", 3, "2026年第3期"), ("notice", None, "临督办〔2026〕\u3000号")])
def test_how_a_number_is_written(code: str, n: int | None, text: str) -> None:
    assert number_of(kinds()[code], "临督", 2026, n) == text


def test_the_table_of_kinds() -> None:
    made = kinds()
    assert tuple(made) == CODES
    assert len({kind.mark for kind in made.values()}) == len(made), "two kinds would share a number"
    assert all(isinstance(kind, Kind) and kind.scope in Scope and (kind.addressed or not kind.answer) for kind in made.values())


# -- receipt


def test_a_unit_receives_and_answers(world: kit.World) -> None:
    paper = issued(world, "reminder", answer_by=date(2026, 12, 10))
    row = paper.addressees.get()
    assert [one.kind for group in must_do_list(world.actor(LIAISON), kit.TODAY, group="do").groups for one in group.rows if one.kind.startswith("paper")] == ["paper_to_receive"]
    for who in ("finance.liaison", CLERK, "civil.supervisor"):
        with pytest.raises(RuleBroken):
            do(world, receiving.acknowledge_paper, who, addressee_id=row.pk)
    do(world, receiving.acknowledge_paper, LIAISON, addressee_id=row.pk)
    with pytest.raises(RuleBroken):
        do(world, receiving.acknowledge_paper, LIAISON, addressee_id=row.pk)
    do(world, receiving.answer_paper, "civil.head", addressee_id=row.pk, text="12月中旬完成")
    row.refresh_from_db()
    assert (row.received_by, row.answered_by, row.recorded) == ("civilliaison", "civilhead", False)
    told = list(Record.objects.filter(act__in=("paper.receive", "paper.answer")).values_list("act", "context"))
    assert told == [("paper.receive", f"matter:{paper.matters.get().pk}"), ("paper.answer", f"matter:{paper.matters.get().pk}")]


def test_recorded_for_a_unit_without_accounts(world: kit.World) -> None:
    row = kit.matter(world, state=MatterState.ACTIVE, issuer="county", lead="town")
    do(world, heading.set_letterhead, "county.supervisor", word="东督", red_head="", signature="", contact="")
    paper = do(world, drafting.begin_paper, "county.supervisor", kind="reminder", matters=[row.pk], answer_by=date(2026, 12, 10))
    do(world, issuing.issue_paper, "county.supervisor", paper_id=paper.pk)
    to = paper.addressees.get()
    assert asked_count(world.actor("county.supervisor"), kit.TODAY) >= 1
    with pytest.raises(RuleBroken):
        do(world, receiving.acknowledge_paper, "county.supervisor", addressee_id=to.pk)
    do(world, receiving.answer_paper, "county.supervisor", addressee_id=to.pk, by="柳溪镇 王镇长", text="电话回复：已开工")
    to.refresh_from_db()
    assert to.recorded and to.received_by == to.answered_by == "柳溪镇 王镇长"


def test_who_sees_a_paper(world: kit.World) -> None:
    row = matter(world)
    draft, sent = begin(world, "reminder", row), issued(world, "assignment", row)
    seen = {who: set(visible_papers(world.actor(who)).values_list("pk", flat=True)) for who in (CLERK, LIAISON, "finance.liaison", "system")}
    assert seen == {CLERK: {draft.pk, sent.pk}, LIAISON: {sent.pk}, "finance.liaison": set(), "system": set()}
    assert [one.pk for one in papers_of(row, world.actor(LIAISON))] == [sent.pk]


def test_no_paper_asks_for_an_answer_on_a_day_that_is_over(world: kit.World) -> None:
    headed(world)
    before, later = kit.TODAY - timedelta(days=1), kit.NOW + timedelta(days=8)
    with pytest.raises(RuleBroken, match="已经过了"):
        begin(world, "reminder", answer_by=before)
    paper = begin(world, "reminder", answer_by=kit.TODAY + timedelta(days=7))
    with pytest.raises(RuleBroken, match="已经过了"):
        do(world, drafting.edit_paper, paper_id=paper.pk, changed={"answer_by": before})
    with pytest.raises(RuleBroken, match="已经过了"):
        issuing.issue_paper(paper_id=paper.pk, actor=world.actor(CLERK), at=later)
    assert do(world, issuing.issue_paper, paper_id=paper.pk).state == State.ISSUED


def test_files_are_asked_for_again(world: kit.World) -> None:
    paper = issued(world)
    keeping.keep_files(paper_id=paper.pk, docx_sha256="", pdf_sha256="", fault="没有中文字体", at=kit.NOW)
    do(world, keeping.make_again, paper_id=paper.pk)
    assert OfficialPaper.objects.get(pk=paper.pk).fault == ""
    keeping.keep_files(paper_id=paper.pk, docx_sha256="a" * 64, pdf_sha256="b" * 64, fault="", at=kit.NOW)
    with pytest.raises(RuleBroken):
        do(world, keeping.make_again, paper_id=paper.pk)


def test_clerks_at_once_leave_no_gap_and_no_double(open_tables: None) -> None:
    world = kit.world()
    headed(world)
    row = matter(world)
    papers = [begin(world, "assignment", row).pk for _ in range(WRITERS * EACH)]
    actors = [world.actor(CLERK) for _ in range(WRITERS)]

    def issue(writer: int) -> None:
        try:
            for pk in papers[writer::WRITERS]:
                issuing.issue_paper(paper_id=pk, actor=actors[writer], at=kit.NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(issue, range(WRITERS)))
    assert sorted(OfficialPaper.objects.values_list("count", flat=True)) == list(range(1, WRITERS * EACH + 1))
