"""The pages of the work, from the plan to the closing: who may open them, what they do once, what stays when something is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger import urls_working
from luoshi.web.ledger.models import Extension, Matter, Report, Support
from luoshi.web.ledger.services import extending, reporting, talking
from luoshi.web.ledger.services.reporting import ReportContent
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.test_issuing_pages import client
from tests.web.test_working import FINAL, Stage, _reminder, _with_head

THEIRS = "请说明资金缺口"


def day(ahead: int) -> date:
    """A day so many days ahead: pages go by the clock."""
    return timezone.localdate() + timedelta(days=ahead)


@pytest.fixture
def stage(world: kit.World) -> Stage:
    made = Stage(world, kit.matter(world, state=State.ACTIVE))
    Matter.objects.filter(pk=made.matter.pk).update(due_on=day(35))
    made.matter.refresh_from_db()
    return made


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


def _asked(stage: Stage, who: str = "civil.head") -> Extension:
    told = {"matter_id": stage.matter.pk, "new_due_on": day(60), "reason": "雨季停工"}
    asked: Extension = stage.do(extending.ask_extension, who, **told)
    return asked


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
        lambda s: {"agreed": "no", "words": "预算已定"},
        (("province.liaison", 422), ("finance.supervisor", 422), ("city.head", 404)),
        "words",
        lambda s: s.supporter().state == "declined",
    ),
    Page("report_release", "civil.head", "report.release", lambda s: _with_head(s).pk, refused=(*HIDDEN, ("civil.liaison", 422)), after=_report_is("filed")),
    Page("report_send_back", "civil.head", "report.send_back", lambda s: _with_head(s).pk, _reason("缺分县数"), HIDDEN, "reason", _report_is("draft")),
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
        lambda s: _asked(s, "civil.liaison").pk,
        refused=(("civil.liaison", 422), ("civil.supervisor", 422), ("finance.head", 404)),
        after=_extension_is("asked"),
    ),
    Page("extension_withdraw", "civil.head", "extension.withdraw", lambda s: _asked(s).pk, _reason("能按时"), words="reason", after=_extension_is("refused")),
    Page(
        "extension_grant",
        BOSS,
        "extension.grant",
        lambda s: _asked(s).pk,
        lambda s: {"granted_on": day(50), "reason": "同意"},
        OWN,
        "reason",
        lambda s: s.fresh().due_on == day(50),
    ),
    Page("extension_refuse", BOSS, "extension.refuse", lambda s: _asked(s).pk, _reason("抓紧办"), OWN, "reason", lambda s: s.fresh().due_on == day(35)),
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
        _then(_reminder),
        lambda s: {"message": s.matter.messages.get(kind="reminder").pk, "text": "明天报"},
        (("province.liaison", 302), ("civil.supervisor", 422), ("finance.head", 404)),
        "text",
    ),
]
EACH = pytest.mark.parametrize("page", [pytest.param(page, id=f"{page.name} {page.act}") for page in PAGES])


def expected_in(html: str) -> str:
    """The optimistic lock that a page carries."""
    found = re.search(r'name="expected" value="(\d+)"', html)
    assert found, "the page has no optimistic lock"
    return found[1]


def told(data: dict[str, Any]) -> dict[str, str]:
    """Data as a form sends it."""
    return {name: str(value) for name, value in data.items()}


def test_no_address_of_the_work_is_left_out() -> None:
    elsewhere = {"matter_report", "matter_report_save", "report", "evidence"}  # below
    assert {pattern.name for pattern in urls_working.urlpatterns} == {page.name for page in PAGES} | elsewhere


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


# -- writing a report


PDF, PNG = b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n"


class Desk:
    """Somebody's page of writing a report."""

    def __init__(self, stage: Stage, who: str = "civil.liaison", query: str = "") -> None:
        self.stage, self.browser = stage, client(stage.world, who)
        self.address = reverse("matter_report", args=[stage.matter.pk]) + query

    def open(self) -> str:
        """The page."""
        answer = self.browser.get(self.address)
        assert answer.status_code == 200
        self.expected = expected_in(answer.content.decode())
        return answer.content.decode()

    def send(self, do: str, **data: Any) -> Any:
        """Press a button."""
        return self.browser.post(self.address, {FIELD: fresh_key(), "do": do, "expected": self.expected, "text": "新增41个中心", **data})

    def save(self, **data: Any) -> Any:
        """What the script sends while one types."""
        address, _mark, query = self.address.partition("?")
        return self.browser.post(f"{address}save/" + (f"?{query}" if query else ""), {"expected": self.expected, **data})

    def attach(self, *files: tuple[str, bytes], **data: Any) -> Any:
        """Attach files."""
        self.open()
        return self.send("attach", files=[SimpleUploadedFile(name, content) for name, content in files], **data)

    def report(self) -> Report:
        """The one report of the matter."""
        return self.stage.matter.reports.get()


def test_the_page_of_writing_is_there_for_the_units_at_work(stage: Stage) -> None:
    stage.supporter()
    address, save = (reverse(name, args=[stage.matter.pk]) for name in ("matter_report", "matter_report_save"))
    for who, status in (
        ("civil.liaison", 200),
        ("civil.head", 200),
        ("finance.liaison", 200),
        ("civil.supervisor", 422),
        ("province.supervisor", 422),
        ("city.supervisor", 404),
    ):
        assert client(stage.world, who).get(address).status_code == status, who
        if status != 200:
            for sent in (address, save):
                assert client(stage.world, who).post(sent, {FIELD: fresh_key(), "text": "不该存"}).status_code == status, who
    assert not Report.objects.exists()


def test_what_is_typed_is_saved_as_it_is_typed(stage: Stage) -> None:
    target = stage.matter.targets.create(indicator="覆盖率", value=85, unit="%")
    desk = Desk(stage)
    desk.open()
    answer = desk.save(text="写到一半", **{f"value_{target.pk}": "六十六"})
    assert answer.status_code == 200 and "已保存" in answer.json()["saved"]
    later = desk.save(text="写到一半，又添", expected=answer.json()["expected"])
    assert later.json()["expected"] == answer.json()["expected"] + 1
    assert "写到一半，又添" in Desk(stage, "civil.head").open(), "a colleague goes on with it"
    stale = desk.save(text="旧页面上的", expected=answer.json()["expected"])
    assert stale.status_code == 409 and desk.report().typed["text"] == "写到一半，又添"
    assert desk.browser.get(desk.address + "save/").status_code == 405
    assert not Record.objects.exists()


def test_a_report_is_filed_once_and_seen_by_its_head_alone(stage: Stage) -> None:
    target = stage.matter.targets.create(indicator="覆盖率", value=85, unit="%")
    desk = Desk(stage)
    desk.open()
    sent = {FIELD: fresh_key(), "do": "file", "expected": desk.expected, "text": "新增41个中心", f"value_{target.pk}": "66", f"as_of_{target.pk}": day(-3)}
    first, again = desk.browser.post(desk.address, sent), desk.browser.post(desk.address, sent)
    report = desk.report()
    assert first["Location"] == again["Location"] == reverse("report", args=[report.pk])
    assert [one.act for one in Record.objects.all()] == ["report.file"] and report.readings.get().value == 66
    for who, status in (("civil.head", 200), ("civil.liaison", 200), ("province.supervisor", 404), ("finance.head", 404)):
        assert client(stage.world, who).get(reverse("report", args=[report.pk])).status_code == status, who
    for name in ("matter", "matter_history"):
        page = client(stage.world, "province.supervisor").get(reverse(name, args=[stage.matter.pk])).content.decode()
        assert "新增41个中心" not in page, f"{name} tells the issuer what is still with the head"
    assert "新增41个中心" in client(stage.world, "civil.liaison").get(reverse("matter", args=[stage.matter.pk])).content.decode()
    late = desk.send("file", text="又写了一份")
    assert late.status_code == 422 and "又写了一份" in late.content.decode()
    stage.do(reporting.release_report, "civil.head", report_id=report.pk)
    assert client(stage.world, "province.supervisor").get(reverse("report", args=[report.pk])).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": "  "}, "必填"),
        ({"value": "六十六"}, "数"),
        ({"value": "66", "as_of": ""}, "截至哪一天"),
        ({"value": "66", "as_of": "2099-01-01"}, "在今天之后"),
    ],
)
def test_what_cannot_be_filed_comes_back_whole(stage: Stage, wrong: dict[str, str], words: str) -> None:
    target = stage.matter.targets.create(indicator="覆盖率", value=85, unit="%")
    desk = Desk(stage)
    desk.open()
    data = {"text": "新增41个中心", "problems": "资金未到位", "value": "67", "as_of": str(day(-1))} | wrong
    sent = {f"{name}_{target.pk}" if name in ("value", "as_of") else name: text for name, text in data.items()}
    answer = desk.send("file", **sent)
    html = answer.content.decode()
    assert answer.status_code == 422 and words in html
    for name, text in data.items():
        assert text.strip() in html, f"{name} is lost"
    assert not Record.objects.exists()


def test_two_who_write_the_same_report_see_both_texts(stage: Stage) -> None:
    mine, theirs = Desk(stage), Desk(stage, "civil.head")
    mine.open()
    mine.send("save", text="开头")
    mine.open()
    theirs.open()
    theirs.send("save", text="同事写的")
    answer = mine.send("file", text="我写的")
    html = answer.content.decode()
    assert answer.status_code == 409 and "同事写的" in html and "我写的" in html and mine.report().typed["text"] == "同事写的"
    mine.expected = expected_in(html)
    assert mine.send("file", text="合在一起").status_code == 302 and mine.report().text == "合在一起"


def test_a_draft_is_thrown_away_and_a_filed_one_is_not(stage: Stage) -> None:
    desk = Desk(stage)
    desk.open()
    desk.send("save", text="不要了")
    desk.open()
    assert desk.send("discard")["Location"] == reverse("matter", args=[stage.matter.pk]) and not Report.objects.exists()
    report = stage.filed()
    stage.do(reporting.return_report, "province.supervisor", report_id=report.pk, reason="缺数")
    desk.open()
    late = desk.send("discard", text="改好的")
    assert late.status_code == 422 and "改好的" in late.content.decode() and Report.objects.get().pk == report.pk


def test_the_final_report_of_a_head_is_the_submission(stage: Stage) -> None:
    desk = Desk(stage, "civil.head", "?final=1")
    desk.attach(("公告.pdf", PDF), final="on")
    desk.open()
    assert desk.send("file", final="on").status_code == 302
    assert stage.fresh().state == State.SUBMITTED and [one.act for one in Record.objects.all()] == ["matter.submit"]


# -- evidence


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("核查表.pdf", "核查表.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\临江\\表.pdf", "表.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("表\u202efdp.pdf", "表fdp.pdf"),
        ("一" * 300 + ".pdf", "一" * 116 + ".pdf"),
        ("a'; rm -rf & b.pdf", "a'; rm -rf & b.pdf"),
    ],
)
def test_evidence_is_kept_under_a_harmless_name_and_given_back_as_a_file(stage: Stage, name: str, kept: str) -> None:
    desk = Desk(stage)
    desk.open()
    # Past the test client and Django's own cleaning: as a hostile sender would write it.
    assert desk.attach((name, PDF), dated_on=day(-3)).status_code == 302
    found = desk.report().evidence.get()
    assert found.name == kept and found.dated_on == day(-3)
    assert "<img" not in desk.open() and "新增41个中心" in desk.open()
    answer = desk.browser.get(reverse("evidence", args=[found.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf" and "sandbox" in answer["Content-Security-Policy"] and "\n" not in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        pytest.param([], "还没有选文件", id="none"),
        pytest.param([(f"{n}.pdf", PDF + bytes([n])) for n in range(4)], "最多附 3 份", id="too many"),
        pytest.param([("大.pdf", PDF + b"0" * (1 << 20))], "MiB", id="too large"),
        pytest.param([("页.html", b"<html><script>1</script>")], "不是允许的文件类型", id="a page"),
        pytest.param([("图.pdf", PNG)], "扩展名与内容不符", id="another kind"),
        pytest.param([("宏.docx", b"PK\x03\x04word/document.xml vbaProject.bin")], "不是允许的文件类型", id="macros"),
        pytest.param([("空.pdf", b"")], "空文件", id="empty"),
        pytest.param([("一.pdf", PDF), ("二.pdf", PDF)], "已经附上了", id="the same twice"),
    ],
)
def test_evidence_that_is_not_taken_leaves_what_was_typed(stage: Stage, settings: Any, files: list[tuple[str, bytes]], words: str) -> None:
    settings.OPTIONS = {**settings.OPTIONS, "upload_mib": 1}
    desk = Desk(stage)
    answer = desk.attach(*files)
    html = answer.content.decode()
    assert answer.status_code in (413, 422, 415) and words in html and "新增41个中心" in html
    assert not desk.stage.matter.reports.filter(evidence__isnull=False).exists(), "all of them or none"


def test_evidence_is_taken_off_again(stage: Stage) -> None:
    desk = Desk(stage)
    desk.attach(("一.pdf", PDF), ("二.png", PNG))
    desk.open()
    first = desk.report().evidence.order_by("pk")[0]
    assert desk.send(f"remove-{first.pk}", text="还在写").status_code == 302 and "还在写" in desk.open()
    assert [one.name for one in desk.report().evidence.all()] == ["二.png"]
    other = Stage(stage.world, kit.matter(stage.world, state=State.ACTIVE))
    theirs = other.with_evidence(other.report()).evidence.get()
    assert desk.send(f"remove-{theirs.pk}").status_code == 404 and other.matter.reports.get().evidence.exists()


def test_evidence_of_a_draft_is_its_units_alone(stage: Stage) -> None:
    stage.supporter()
    report = stage.with_evidence(stage.report())
    draft = report.evidence.get()

    def seen(pk: int) -> dict[str, int]:
        who = ("civil.liaison", "civil.supervisor", "province.supervisor", "finance.liaison", "city.supervisor", "system")
        return {one: client(stage.world, one).get(reverse("evidence", args=[pk])).status_code for one in who}

    inside = {"civil.liaison": 200, "civil.supervisor": 200, "province.supervisor": 404, "finance.liaison": 404, "city.supervisor": 404, "system": 302}
    assert seen(draft.pk) == inside
    stage.do(reporting.file_report, "civil.head", report_id=report.pk, content=ReportContent("报了"))
    assert seen(draft.pk) == inside | {"province.supervisor": 200, "finance.liaison": 200}
    stage.do(reporting.return_report, "province.supervisor", report_id=report.pk, reason="缺数")
    Desk(stage).attach(("补充.png", PNG))
    added = report.evidence.get(name="补充.png")
    assert seen(added.pk) == inside, "what was added after the return has not left the unit"
    for name, pk in (("report", report.pk), ("matter", stage.matter.pk)):
        page = client(stage.world, "province.supervisor").get(reverse(name, args=[pk])).content.decode()
        assert "补充.png" not in page and "佐证 2 份" not in page and "新增41个中心" not in page


def test_what_a_head_has_not_let_go_stays_in_its_unit(stage: Stage) -> None:
    report = _with_head(stage)
    stage.do(reporting.send_back_report, "civil.head", report_id=report.pk, reason="先别报")
    extension = _asked(stage, "civil.liaison")

    def read(who: str) -> str:
        return "".join(client(stage.world, who).get(reverse(name, args=[stage.matter.pk])).content.decode() for name in ("matter", "matter_history"))

    for words in ("先别报", "雨季停工"):
        assert words in read("civil.liaison") and words not in read("province.supervisor"), words
    assert client(stage.world, "province.supervisor").get(reverse("extension_grant", args=[extension.pk])).status_code == 404
    stage.do(extending.release_extension, "civil.head", extension_id=extension.pk)
    assert "雨季停工" in read("province.supervisor") and "先别报" not in read("province.supervisor")


# -- 代录: units without accounts


def test_paper_replies_of_a_supporting_unit_without_accounts_are_recorded(stage: Stage) -> None:
    town = stage.world.units["town"]
    Support.objects.create(matter=stage.matter, unit=town, unit_name="柳溪镇人民政府", contribution="腾出用房")
    second = kit.person("province.second", "另一督查员", stage.world.units["province"], "supervisor")
    stage.world.people["province.second"] = second
    desk = Desk(stage, "province.supervisor", f"?unit={town.pk}")
    assert "代柳溪镇人民政府录反馈" in desk.open() and f"report/save/?unit={town.pk}" in desk.open()
    assert desk.save(text="镇里电话报来").status_code == 200
    desk.open()
    without = desk.send("file", text="用房已腾出", final="on", recorded_note="")
    assert without.status_code == 422 and "用房已腾出" in without.content.decode()
    assert desk.attach(("电话记录.png", PNG), text="用房已腾出", final="on")["Location"] == desk.address
    desk.open()
    assert desk.send("file", text="用房已腾出", final="on", recorded_note="11月20日电话，党政办王某").status_code == 302
    report = desk.report()
    assert (report.unit, report.recorded_for, report.state) == (town, True, "filed")
    address = reverse("report_accept", args=[report.pk])
    assert client(stage.world, "province.supervisor").get(address).status_code == 422, "who recorded it does not accept it"
    browser = client(stage.world, "province.second")
    sent = {FIELD: fresh_key(), "expected": expected_in(browser.get(address).content.decode()), "words": "已核"}
    assert browser.post(address, sent).status_code == 302
    assert stage.matter.supports.get().state == Support.DONE


def test_who_may_not_record_or_answer_for_a_unit_without_accounts(stage: Stage) -> None:
    town, finance = stage.world.units["town"], stage.supporter().unit
    Support.objects.create(matter=stage.matter, unit=town, unit_name="柳溪镇人民政府")
    for who, unit in (("civil.liaison", town), ("finance.head", town), ("province.supervisor", finance), ("province.liaison", town)):
        address = reverse("matter_report", args=[stage.matter.pk]) + f"?unit={unit.pk}"
        assert client(stage.world, who).get(address).status_code == 422, who
    message = stage.do(talking.remind, "province.supervisor", matter_id=stage.matter.pk, to_unit_id=town.pk, text="请报")
    with pytest.raises(RuleBroken):
        stage.do(talking.reply, "finance.head", message_id=message.pk, text="替镇里答")
    assert client(stage.world, "province.supervisor").get(reverse("matter_reply", args=[stage.matter.pk])).status_code == 200
    stage.do(talking.reply, "province.supervisor", message_id=message.pk, text="镇里电话答复：明天报")
