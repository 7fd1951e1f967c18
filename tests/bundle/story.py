"""The main story in a browser, from outside: nothing but the pages of an installed Luoshi is used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

EVIDENCE = {"name": "核查表.txt", "mimeType": "text/plain", "buffer": "抽查30处，合格30处。\n".encode()}
LEAD = "临江省民政厅"
TITLE = "县域养老服务体系建设的实施意见"  # of the sample that is uploaded


@dataclass
class Story:
    """People of the demo at one server. ``strange``: requests of pages that went elsewhere; ``told``: what was done, in order."""

    browser: Browser
    address: str
    passwords: Mapping[str, str]
    strange: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, person: str) -> Page:
        """The page of a person, who signs in when first asked for."""
        if person not in self.pages:
            page = self.browser.new_context(locale="zh-CN", accept_downloads=True).new_page()
            page.set_default_timeout(60_000)
            page.on("request", lambda request: None if request.url.startswith((self.address, "data:", "blob:")) else self.strange.append(request.url))
            page.goto(self.address)
            page.fill("[name=login]", person)
            page.fill("[name=password]", self.passwords[person])
            page.click("button.primary")
            self.says(page, "待办")
            self.told.append(f"{person} signed in and sees the must-do list")
            self.pages[person] = page
        return self.pages[person]

    def says(self, page: Page, words: str) -> None:
        """The page says so."""
        expect(page.locator("body")).to_contain_text(words, timeout=60_000)

    def act(self, person: str, path: str, button: str, said: str, **typed: str) -> None:
        """Open the page of an act, fill it, press the button, read what is said."""
        page = self.page(person)
        page.goto(self.address + path)
        for name, value in typed.items():
            page.fill(f"[name={name}]", value)
        page.click(f"main button:text-is('{button}')")
        self.says(page, said)
        self.told.append(f"{person}: {button}")


def tell(story: Story, document: Path) -> None:
    """A document comes in, a matter comes out of it, is issued, signed, worked on and accepted; a paper and a table are made."""
    matter = _from_the_document(story, document)
    _issue_and_work(story, matter)
    _take_out(story, matter)


def _from_the_document(story: Story, document: Path) -> str:
    page = story.page("lj-supervisor")
    page.goto(f"{story.address}/documents/upload/")
    page.set_input_files("#files", str(document))
    page.wait_for_url("**/documents/")
    page.click(f"tr:has-text('{TITLE}') >> text=审阅")  # appears by itself once the worker has read it
    page.click(".item button[value=accept] >> nth=0")
    page.click("text=转为事项草稿 1 条")
    story.says(page, "已生成 1 件草稿")
    story.told.append("the document was read by the worker, reviewed, one item adopted")
    lead = page.locator("[id^=row-][id$=-lead]").first
    matter = re.fullmatch(r"row-(\d+)-lead", lead.get_attribute("id") or "")
    assert matter is not None
    row = f"#row-{matter[1]}"
    page.fill(f"{row}-lead", LEAD)
    page.fill(f"{row}-due_on", (date.today() + timedelta(days=200)).isoformat())  # noqa: DTZ011  # the same day as the server's
    page.fill(f"{row}-criterion", "抽查30处，全部合格")
    page.press(f"{row}-criterion", "Tab")
    expect(page.locator(f"#state-{matter[1]}")).to_contain_text("可报审定")
    return matter[1]


def _issue_and_work(story: Story, matter: str) -> None:
    page = story.page("lj-supervisor")
    page.goto(f"{story.address}/matters/{matter}/propose/")
    page.click("main button:has-text('报审定')")
    story.says(page, "已报审定")
    story.act("lj-leader", f"/matters/{matter}/approve/", "同意并交办", "已审定并交办")
    story.act("lj-mz-liaison", f"/matters/{matter}/sign/", "签收", "已签收")
    page = story.page("lj-mz-liaison")
    page.goto(f"{story.address}/matters/{matter}/report/")
    page.fill("[name=text]", "全部建成，抽查30处合格，达到办结标准。")
    page.set_input_files("#files", EVIDENCE)
    page.click("button:text-is('附上')")
    story.says(page, "核查表.txt")
    page.check("[name=final]")
    page.click("button:text-is('送负责人审签')")
    story.says(page, "已送本单位负责人审签")
    story.act("lj-mz-head", f"/matters/{matter}/submit/", "提交验收", "已提交验收")
    story.act("lj-supervisor", f"/matters/{matter}/accept/", "验收通过", "已验收办结", reason="核对抽查表，实地看了三处")


def _take_out(story: Story, matter: str) -> None:
    page = story.page("lj-supervisor")
    for form, magic in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        page.goto(f"{story.address}/exports/matters/")
        page.check(f"[name=form][value={form}]")
        with page.expect_download() as got:
            page.click("main button.primary")
        assert got.value.path().read_bytes().startswith(magic), form
        story.told.append(f"the ledger as {form}")
    for path, words in ((f"/matters/{matter}/history/", "核对抽查表"), ("/board/", "临江省"), ("/search/?q=养老", "养老")):
        page.goto(story.address + path)
        story.says(page, words)
        story.told.append(f"page {path.partition('?')[0]}")
