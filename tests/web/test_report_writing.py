"""The page of writing a report: saved as it is typed, filed once, nothing lost."""


import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.web.audit.models import Record
from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger.models import Report
from luoshi.web.ledger.services import reporting
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import Stage
from tests.web.test_issuing_pages import client
from tests.web.writing import PDF, Desk, day, expected_in, stage_of_today

THEIRS = "请说明资金缺口"


@pytest.fixture
def stage(world: kit.World) -> Stage:
    return stage_of_today(world)


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


def test_what_is_said_of_a_filing_is_kept_in_its_transaction(stage: Stage) -> None:
    desk = Desk(stage)
    desk.open()
    with CaptureQueriesContext(connection) as queries:
        filed = desk.browser.post(desk.address, {FIELD: fresh_key(), "do": "file", "expected": desk.expected, "text": "新增41个中心"})
    told = [one["sql"] for one in queries]
    kept = [n for n, sql in enumerate(told) if sql.startswith('UPDATE "django_session"')]
    assert len(kept) == 1
    assert sum(sql.startswith("RELEASE SAVEPOINT") for sql in told[kept[0] :]) == 2, "its own within that of the effect, which ends last"
    assert "已送本单位负责人审签" in desk.browser.get(filed["Location"]).content.decode()
    assert "已送本单位负责人审签" not in desk.browser.get(filed["Location"]).content.decode()


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
