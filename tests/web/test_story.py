"""The whole story in a real browser, five people: a real document comes in, accepted work comes out."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.web.documents import tasks
from luoshi.web.documents.models import Version
from luoshi.web.ledger.models import Extension, Instruction, Matter, Plan, Report
from luoshi.web.ledger.workflow import State
from tests.web.browser import Browsing

DOCUMENT = Path(__file__).parents[2].parent / "shared" / "corpus" / "source" / "chengdu-committee-2023.txt"
EVIDENCE = {"name": "核查表.txt", "mimeType": "text/plain", "buffer": "抽查30处，合格30处。\n".encode()}


class Story:
    """Five pages, one a person, and what is done with them again and again."""

    def __init__(self, browsing: Browsing) -> None:
        self.browsing = browsing
        people = ("province.supervisor", "province.leader", "civil.liaison", "civil.head", "finance.liaison")
        self.supervisor, self.leader, self.liaison, self.head, self.finance = (browsing.as_(person) for person in people)

    def act(self, page: Page, name: str, pk: int, button: str, said: str, **typed: str) -> None:
        """Open the page of an act, fill it, press the button, read what is said."""
        page.goto(self.browsing.address + reverse(name, args=[pk]))
        for field, value in typed.items():
            page.fill(f"[name={field}]", value)
        self.browsing.picture(page, f"story-{name}")
        page.click(f"main button:text-is('{button}')")
        self.says(page, said)

    def says(self, page: Page, words: str) -> None:
        """The page says so."""
        expect(page.locator("main")).to_contain_text(words)

    def must_do(self, page: Page, words: str) -> None:
        """The first page asks for it."""
        page.goto(self.browsing.address)
        self.says(page, words)

    def report(self, text: str, *, final: bool = False) -> None:
        """The liaison writes a report with evidence; it is put before the head."""
        matter = Matter.objects.get()
        page = self.liaison
        page.goto(self.browsing.address + reverse("matter_report", args=[matter.pk]))
        page.fill("[name=text]", text)
        if not page.locator("text=核查表.txt").count():  # what was attached to a returned report is still there
            page.set_input_files("#files", EVIDENCE)
            page.click("button:text-is('附上')")
        self.says(page, "核查表.txt")
        expect(page.locator("[name=text]")).to_have_value(text)
        if final:
            page.check("[name=final]")
        self.browsing.picture(page, "story-report")
        page.click("button:text-is('送负责人审签')")
        self.says(page, "已送本单位负责人审签")


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the real documents beside the repository are not here")
def test_a_document_becomes_accepted_work(browsing: Browsing) -> None:
    story = Story(browsing)
    matter = _from_the_document_to_the_issue(story)
    _sign_object_and_plan(story, matter)
    _report_return_and_extend(story, matter)
    _submit_accept_and_close(story, matter)
    _history(story, matter)
    # Chromium notes each answer that refuses; a refusal was part of the story nowhere.
    assert not browsing.noise


def _from_the_document_to_the_issue(story: Story) -> Matter:
    page = story.supervisor
    page.goto(story.browsing.address + reverse("document_upload"))
    page.set_input_files("#files", str(DOCUMENT))
    page.wait_for_url("**/documents/")
    for version in Version.objects.filter(state=Version.QUEUED):
        tasks.read_version.func(version.pk)
    page.reload()
    page.click("td >> text=审阅")
    story.browsing.picture(page, "story-review")
    assert not story.browsing.faults(page)
    page.click(".item button[value=accept] >> nth=0")
    page.click("text=转为事项草稿 1 条")
    story.says(page, "已生成 1 件草稿")
    matter = Matter.objects.get()
    source = matter.sources.get()
    assert source.version is not None and source.version.text[source.start : source.end] == source.quote
    page.fill(f"#row-{matter.pk}-lead", "临江省民政厅")
    page.fill(f"#row-{matter.pk}-due_on", (timezone.localdate() + timedelta(days=200)).isoformat())
    page.fill(f"#row-{matter.pk}-criterion", "抽查30处，全部合格")
    page.press(f"#row-{matter.pk}-criterion", "Tab")
    expect(page.locator(f"#state-{matter.pk}")).to_contain_text("可报审定")
    page.goto(story.browsing.address + reverse("matter_propose", args=[matter.pk]))
    page.select_option("[name=approver]", label="provinceleader")
    page.click("main button:text-is('报审定')")
    story.says(page, "已报审定")
    story.must_do(story.leader, matter.title[:12])
    story.act(story.leader, "matter_approve", matter.pk, "同意并交办", "已审定并交办")
    return matter


def _sign_object_and_plan(story: Story, matter: Matter) -> None:
    story.must_do(story.liaison, "签收")
    story.act(story.liaison, "matter_object", matter.pk, "提出异议", "异议已提交", reason="雨季不能施工，时限不可行")
    story.must_do(story.supervisor, "异议")
    page = story.supervisor
    page.goto(story.browsing.address + reverse("matter_decide", args=[matter.pk]))
    page.check("[name=outcome][value=adjust]")
    page.fill("[name=due_on]", (timezone.localdate() + timedelta(days=230)).isoformat())
    page.fill("[name=reason]", "同意顺延一个月")
    page.click("main button:text-is('作出裁定')")
    story.says(page, "已裁定")
    story.act(story.liaison, "matter_sign", matter.pk, "签收", "已签收")
    page = story.liaison
    page.goto(story.browsing.address + reverse("matter_plan", args=[matter.pk]))
    row = page.locator("tbody[data-rows] tr").first
    row.locator("input").nth(0).fill("拿出建设清单")
    row.locator("input").nth(1).fill((timezone.localdate() + timedelta(days=60)).isoformat())
    page.click("button:text-is('报计划')")
    story.says(page, "计划")
    story.must_do(story.supervisor, "计划")
    story.act(story.supervisor, "plan_agree", Plan.objects.get().pk, "同意这份计划", "计划已商定")


def _report_return_and_extend(story: Story, matter: Matter) -> None:
    story.report("已完成摸底，拟定清单初稿。")
    story.must_do(story.head, "审签")
    report = Report.objects.get()
    story.act(story.head, "report_release", report.pk, "报出", "已报出")
    story.act(story.supervisor, "report_return", report.pk, "退回", "已退回", reason="请补分县明细")
    story.must_do(story.liaison, "退回")
    story.report("已完成摸底，拟定清单初稿，附分县明细。")
    report.refresh_from_db()
    story.act(story.head, "report_release", report.pk, "报出", "已报出")
    story.act(story.supervisor, "report_accept", report.pk, "通过", "已通过")
    later = (timezone.localdate() + timedelta(days=260)).isoformat()
    story.act(story.liaison, "matter_extension", matter.pk, "申请延期", "延期", reason="雨季停工十一天", new_due_on=later)
    extension = Extension.objects.get()
    story.act(story.head, "extension_release", extension.pk, "报出", "已报交办单位")
    story.must_do(story.supervisor, "延期")
    story.act(story.supervisor, "extension_grant", extension.pk, "同意延期", "时限已改", reason="情况属实", granted_on=later)
    matter.refresh_from_db()
    assert str(matter.due_on) == later


def _submit_accept_and_close(story: Story, matter: Matter) -> None:
    story.report("全部建成，抽查30处合格，达到办结标准。", final=True)
    story.must_do(story.head, "报验")
    story.act(story.head, "matter_submit", matter.pk, "提交验收", "已提交验收")
    story.must_do(story.supervisor, "验收")
    story.act(story.supervisor, "matter_accept", matter.pk, "验收通过", "已验收办结", reason="核对抽查表，实地看了三处")
    story.act(story.supervisor, "matter_close", matter.pk, "销号", "已销号")
    matter.refresh_from_db()
    assert matter.state == State.CLOSED


def _history(story: Story, matter: Matter) -> None:
    page = story.supervisor
    page.goto(story.browsing.address + reverse("matter_history", args=[matter.pk]))
    story.browsing.picture(page, "story-history")
    assert not story.browsing.faults(page)
    for words in ("同意顺延一个月", "请补分县明细", "核对抽查表", "情况属实"):
        story.says(page, words)
    page.goto(story.browsing.address + reverse("matter", args=[matter.pk]))
    story.browsing.picture(page, "story-matter")
    assert not story.browsing.faults(page)
    stranger = story.finance.goto(story.browsing.address + reverse("matter", args=[matter.pk]))
    assert stranger is not None and stranger.status == 404
    story.browsing.noise[:] = [one for one in story.browsing.noise if "404" not in one]


def test_an_instruction_whose_reply_brings_a_new_one(browsing: Browsing) -> None:
    """批示 → matter → accepted → reply to the leader → a new 批示 → a matter linked with the first."""
    page = browsing.as_("province.supervisor", reverse("instruction_new"))
    page.fill("[name=leader]", "高省长")
    page.fill("[name=on]", "2026-11-20")
    page.fill("[name=text]", "请民政厅摸清失能老人底数，月底前报我。")
    browsing.picture(page, "story-instruction")
    assert not browsing.faults(page)
    page.click("main button.primary")
    first = Instruction.objects.get()
    page.goto(browsing.address + reverse("matter_new") + f"?instruction={first.pk}")
    page.fill("[name=title]", "摸清失能老人底数")
    page.click("main button.primary")
    expect(page.locator("main")).to_contain_text("摸清失能老人底数")
    page.goto(browsing.address + reverse("instruction_reply", args=[first.pk]))
    page.fill("[name=reply]", "已摸清，共 41,200 人。")
    page.click("main button.primary")
    first.refresh_from_db()
    assert first.replied_at is not None
    page.goto(browsing.address + reverse("instruction_new") + f"?follows={first.pk}")
    page.fill("[name=leader]", "高省长")
    page.fill("[name=on]", "2026-11-25")
    page.fill("[name=text]", "请据此拿出照护机构布点方案。")
    page.click("main button.primary")
    second = Instruction.objects.exclude(pk=first.pk).get()
    assert second.follows == first
    page.goto(browsing.address + reverse("matter_new") + f"?instruction={second.pk}")
    page.fill("[name=title]", "照护机构布点方案")
    page.click("main button.primary")
    expect(page.locator("main")).to_contain_text("照护机构布点方案")
    made = Matter.objects.get(title="照护机构布点方案")
    assert made.follows is not None and made.follows.title == "摸清失能老人底数"
    assert not browsing.noise
