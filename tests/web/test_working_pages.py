"""The pages of the work, from the plan to the closing: who may open them, what they do once, what stays when something is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse

from luoshi.web.audit.models import Record
from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger import urls_working
from luoshi.web.ledger.models import Report
from luoshi.web.ledger.services import reporting, talking
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import FINAL, Stage, reminder, with_head
from tests.web.test_issuing_pages import client
from tests.web.writing import asked, day, expected_in, stage_of_today

THEIRS = "请说明资金缺口"


@pytest.fixture
def stage(world: kit.World) -> Stage:
    return stage_of_today(world)


@dataclass(frozen=True)
class Page:
    """One address: what must have happened before (answers with its pk), who acts, what is sent, which record it writes.

    ``refused``: people who see the matter (or do not) and what they get; ``words`` the field without which it is refused;
    ``after`` what is to be true of the stage then.
    """

    name: str
    who: str
    act: str
    before: Callable[[Stage], int] = lambda stage: int(stage.matter.pk)
    data: Callable[[Stage], dict[str, Any]] = lambda stage: {}
    refused: tuple[tuple[str, int], ...] = (("province.liaison", 422), ("civil.supervisor", 422))
    words: str = ""
    after: Callable[[Stage], bool] = lambda stage: True

    def address(self, stage: Stage) -> str:
        """Where it is, once everything before it has happened."""
        return reverse(self.name, args=[self.before(stage)])


def _in(state: State) -> Callable[[Stage], int]:
    def before(stage: Stage) -> int:
        stage.state(state)
        return int(stage.matter.pk)

    return before


def _then(prepare: Callable[[Stage], Any]) -> Callable[[Stage], int]:
    def before(stage: Stage) -> int:
        prepare(stage)
        return int(stage.matter.pk)

    return before


def _final_with_head(stage: Stage) -> Report:
    report = stage.with_evidence(stage.report())
    stage.do(reporting.file_report, "civil.liaison", report_id=report.pk, content=FINAL)
    return report


def _is(state: State) -> Callable[[Stage], bool]:
    return lambda stage: stage.fresh().state == state


def _report_is(state: str) -> Callable[[Stage], bool]:
    return lambda stage: stage.matter.reports.get().state == state


def _extension_is(state: str) -> Callable[[Stage], bool]:
    return lambda stage: stage.matter.extensions.get().state == state


def _reason(words: str) -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: {"reason": words}


HIDDEN = (("province.liaison", 404), ("province.supervisor", 404), ("civil.supervisor", 422), ("finance.head", 404))
OWN = (("civil.liaison", 422), ("civil.supervisor", 422), ("province.liaison", 422), ("finance.head", 404))
BOSS = "province.supervisor"
PAGES = [
    Page(
        "matter_plan",
        "civil.liaison",
        "plan.propose",
        data=lambda s: {"cadence": "monthly", "note": "先易后难", "step_title_0": "方案印发", "step_due_0": day(5), "step_title_1": "开工", "step_due_1": day(20)},
        refused=(("province.liaison", 200), ("civil.supervisor", 200), ("finance.head", 404)),
        words="step_title_1",
        after=lambda s: s.matter.plans.get().note == "先易后难",
    ),
    Page("plan_agree", BOSS, "plan.agree", lambda s: s.planned().pk, lambda s: {"words": "可行"}, OWN, after=lambda s: s.fresh().plan_agreed_at is not None),
    Page("plan_return", BOSS, "plan.return", lambda s: s.planned().pk, _reason("开工太晚"), OWN, "reason"),
    Page(
        "matter_support",
        "civil.liaison",
        "support.ask",
        _then(Stage.supporter),
        lambda s: {"support": s.supporter().pk, "contribution": "安排奖补资金", "due_on": day(9)},
        (("province.liaison", 422), ("finance.liaison", 422), ("city.head", 404)),
        "contribution",
    ),
    Page(
        "matter_support",
        "finance.liaison",
        "support.answer",
        _then(Stage.asked_supporter),
        lambda s: {"support": s.supporter().pk, "agreed": "no", "words": "预算已定"},
        (("province.liaison", 422), ("finance.supervisor", 422), ("city.head", 404)),
        "words",
        lambda s: s.supporter().state == "declined",
    ),
    Page("report_release", "civil.head", "report.release", lambda s: with_head(s).pk, refused=(*HIDDEN, ("civil.liaison", 422)), after=_report_is("filed")),
    Page("report_send_back", "civil.head", "report.send_back", lambda s: with_head(s).pk, _reason("缺分县数"), HIDDEN, "reason", _report_is("draft")),
    Page("report_accept", BOSS, "report.accept", lambda s: s.filed().pk, lambda s: {"words": "属实"}, OWN, after=_report_is("accepted")),
    Page("report_return", BOSS, "report.return", lambda s: s.filed().pk, _reason("缺分县数"), OWN, "reason", _report_is("returned")),
    Page(
        "matter_extension",
        "civil.liaison",
        "extension.ask",
        data=lambda s: {"new_due_on": day(60), "reason": "雨季停工"},
        words="reason",
        after=_extension_is("with_head"),
    ),
    Page(
        "extension_release",
        "civil.head",
        "extension.release",
        lambda s: asked(s, "civil.liaison").pk,
        refused=(("civil.liaison", 422), ("civil.supervisor", 422), ("finance.head", 404)),
        after=_extension_is("asked"),
    ),
    Page("extension_withdraw", "civil.head", "extension.withdraw", lambda s: asked(s).pk, _reason("能按时"), words="reason", after=_extension_is("refused")),
    Page(
        "extension_grant",
        BOSS,
        "extension.grant",
        lambda s: asked(s).pk,
        lambda s: {"granted_on": day(50), "reason": "同意"},
        OWN,
        "reason",
        lambda s: s.fresh().due_on == day(50),
    ),
    Page("extension_refuse", BOSS, "extension.refuse", lambda s: asked(s).pk, _reason("抓紧办"), OWN, "reason", lambda s: s.fresh().due_on == day(35)),
    Page(
        "matter_submit",
        "civil.head",
        "matter.submit",
        _then(_final_with_head),
        refused=(("province.liaison", 422), ("civil.liaison", 422), ("finance.head", 404)),
        after=_is(State.SUBMITTED),
    ),
    Page("matter_accept", BOSS, "matter.accept", _then(Stage.submitted), _reason("抽查30处"), OWN, "reason", _is(State.ACCEPTED)),
    Page("matter_return", BOSS, "matter.return", _then(Stage.submitted), _reason("两处停业"), OWN, "reason", _is(State.ACTIVE)),
    Page("matter_close", BOSS, "matter.close", _in(State.ACCEPTED), refused=OWN, after=_is(State.CLOSED)),
    Page(
        "matter_mark_standing",
        BOSS,
        "matter.mark_standing",
        _in(State.ACCEPTED),
        lambda s: {"reason": "需要保持", "review_on": day(180)},
        OWN,
        "reason",
        _is(State.STANDING),
    ),
    Page("matter_reopen", BOSS, "matter.reopen", _in(State.CLOSED), lambda s: {"reason": "三处停业", "due_on": day(90)}, OWN, "reason", lambda s: s.fresh().relapses == 1),
    Page("matter_suspend", BOSS, "matter.suspend", data=lambda s: {"reason": "等上位规划", "resume_on": day(30)}, refused=OWN, words="reason", after=_is(State.SUSPENDED)),
    Page("matter_resume", BOSS, "matter.resume", _in(State.SUSPENDED), lambda s: {"words": "规划已定"}, OWN, after=_is(State.ACTIVE)),
    Page("matter_escalate", "civil.liaison", "matter.escalate", data=_reason("土地指标不够"), words="reason", after=_is(State.ESCALATED)),
    Page("matter_resolve", "province.leader", "matter.resolve", _in(State.ESCALATED), _reason("由省里调剂"), OWN, "reason", _is(State.ACTIVE)),
    Page("matter_terminate", BOSS, "matter.terminate", data=_reason("文件废止"), refused=OWN, words="reason", after=_is(State.TERMINATED)),
    Page("matter_remind", BOSS, "matter.remind", data=lambda s: {"to_unit": s.world.units["civil"].pk, "text": "请报十月进展"}, refused=OWN, words="text"),
    Page("matter_comment", "province.leader", "matter.comment", data=_reason("请抓紧"), refused=(*OWN, (BOSS, 422)), words="reason"),
    Page(
        "matter_reply",
        "civil.liaison",
        "matter.reply",
        _then(reminder),
        lambda s: {"message": s.matter.messages.get(kind="reminder").pk, "text": "明天报"},
        (("province.liaison", 302), ("civil.supervisor", 422), ("finance.head", 404)),
        "text",
    ),
]
EACH = pytest.mark.parametrize("page", [pytest.param(page, id=f"{page.name} {page.act}") for page in PAGES])


def told(data: dict[str, Any]) -> dict[str, str]:
    """Data as a form sends it."""
    return {name: str(value) for name, value in data.items()}


def test_no_address_of_the_work_is_left_out() -> None:
    elsewhere = {"matter_report", "matter_report_save", "report", "evidence"}  # below
    assert {pattern.name for pattern in urls_working.urlpatterns} == {page.name for page in PAGES} | elsewhere


@pytest.mark.one_database
@EACH
def test_the_page_is_there_for_those_who_may_and_does_its_one_thing_once(stage: Stage, page: Page) -> None:
    address = page.address(stage)
    for who, status in (*page.refused, ("city.supervisor", 404), (page.who, 200)):
        assert client(stage.world, who).get(address).status_code == status, who
    browser = client(stage.world, page.who)
    shown = browser.get(address).content.decode()
    sent = {FIELD: fresh_key(), "expected": expected_in(shown), **told(page.data(stage))}
    before = Record.objects.count()
    for who, status in (("city.supervisor", 404), *page.refused):
        answer = client(stage.world, who).post(address, sent | {FIELD: fresh_key()})
        assert answer.status_code == (422 if status in (200, 302) else status), f"{who} sends"
    assert Record.objects.count() == before
    first, again = browser.post(address, sent), browser.post(address, sent)
    assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
    assert [record.act for record in Record.objects.all()[before:]] == [page.act]
    assert page.after(stage)
    assert browser.get(first["Location"]).status_code == 200


@pytest.mark.one_database
@pytest.mark.parametrize("page", [pytest.param(page, id=f"{page.name} {page.act}") for page in PAGES if page.words])
def test_without_its_words_it_comes_back_with_what_was_typed(stage: Stage, page: Page) -> None:
    address = page.address(stage)
    browser = client(stage.world, page.who)
    data = told(page.data(stage))
    sent = {FIELD: fresh_key(), "expected": expected_in(browser.get(address).content.decode()), **data, page.words: ""}
    before = Record.objects.count()
    answer = browser.post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in html and Record.objects.count() == before
    for name, value in data.items():
        assert name == page.words or value in html, f"{name} is lost"


@pytest.mark.one_database
@EACH
def test_who_was_slower_is_told_what_happened_and_loses_nothing(stage: Stage, page: Page) -> None:
    address = page.address(stage)
    browser = client(stage.world, page.who)
    stale = expected_in(browser.get(address).content.decode())
    data = told(page.data(stage))
    stage.do(talking.comment, "province.leader", matter_id=stage.matter.pk, text=THEIRS)
    Report.objects.update(changes=F("changes") + 1)
    before = Record.objects.count()
    answer = browser.post(address, {FIELD: fresh_key(), "expected": stale, **data})
    html = answer.content.decode()
    assert answer.status_code == 409 and Record.objects.count() == before
    assert THEIRS in html, "what the other did is not told"
    for name, value in data.items():
        assert value in html, f"{name} is lost"
    assert int(expected_in(html)) > int(stale)


@pytest.mark.one_database
@EACH
def test_when_it_cannot_be_done_any_more_what_was_typed_can_be_copied(stage: Stage, page: Page) -> None:
    address = page.address(stage)
    browser = client(stage.world, page.who)
    data = told(page.data(stage))
    sent = {FIELD: fresh_key(), "expected": expected_in(browser.get(address).content.decode()), **data}
    stage.state(State.MERGED)
    Report.objects.update(state="accepted")
    stage.matter.plans.update(state="returned")
    stage.matter.extensions.update(state="refused")
    before = Record.objects.count()
    answer = browser.post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 422 and Record.objects.count() == before
    for name, value in data.items():
        assert value in html or not re.search("[一-鿿]", value), f"{name} is lost"


@pytest.mark.parametrize(
    ("due", "wanted", "offered", "said"),
    [
        pytest.param(5, "overdue", {"soon", "plain"}, "请反馈", id="not overdue yet"),
        pytest.param(5, "soon", {"soon", "plain"}, "到期", id="still to come"),
        pytest.param(0, "overdue", {"soon", "plain"}, "到期", id="the day itself"),
        pytest.param(-1, "soon", {"overdue", "plain"}, "现已逾期", id="overdue"),
        pytest.param(-1, "unsigned", {"overdue", "plain"}, "现已逾期", id="signed long ago"),
    ],
)
def test_a_reminder_says_no_more_than_is_so_today(stage: Stage, due: int, wanted: str, offered: set[str], said: str) -> None:
    type(stage.matter).objects.filter(pk=stage.matter.pk).update(due_on=day(due))
    html = client(stage.world, BOSS).get(reverse("matter_remind", args=[stage.matter.pk]), {"situation": wanted}).content.decode()
    assert set(re.findall(r'href="\?situation=(\w+)"', html)) == offered
    text = html.partition("<textarea")[2].partition("</textarea>")[0]
    assert ("现已逾期" in text) == (due < 0) and (said in text or due > 0)


@pytest.mark.parametrize("state", [State.ACTIVE, State.ACCEPTED, State.CLOSED])
def test_a_comment_on_a_closed_matter_promises_nothing_about_its_closing(stage: Stage, state: State) -> None:
    stage.state(state)
    html = client(stage.world, "province.leader").get(reverse("matter_comment", args=[stage.matter.pk])).content.decode()
    assert ("回复之前这件事不能销号" in html) == (state != State.CLOSED) == ("已经销号" not in html)
