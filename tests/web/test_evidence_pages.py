"""Evidence through the pages: harmless names, what is not taken, whose it is before it is filed."""

from typing import Any

import pytest
from django.urls import reverse

from luoshi.web.ledger.services import extending, reporting
from luoshi.web.ledger.services.reporting import ReportContent
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import Stage, with_head
from tests.web.test_issuing_pages import client
from tests.web.writing import PDF, PNG, Desk, asked, day, stage_of_today


@pytest.fixture
def stage(world: kit.World) -> Stage:
    return stage_of_today(world)




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
    report = with_head(stage)
    stage.do(reporting.send_back_report, "civil.head", report_id=report.pk, reason="先别报")
    extension = asked(stage, "civil.liaison")

    def read(who: str) -> str:
        return "".join(client(stage.world, who).get(reverse(name, args=[stage.matter.pk])).content.decode() for name in ("matter", "matter_history"))

    for words in ("先别报", "雨季停工"):
        assert words in read("civil.liaison") and words not in read("province.supervisor"), words
    assert client(stage.world, "province.supervisor").get(reverse("extension_grant", args=[extension.pk])).status_code == 404
    stage.do(extending.release_extension, "civil.head", extension_id=extension.pk)
    assert "雨季停工" in read("province.supervisor") and "先别报" not in read("province.supervisor")
