"""The page in a browser: jumping, filters, keys, narrow screens, paper. Skipped where there is no Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from luoshi.writers import to_html
from tests.writers.sample import sample
from tests.writers.synthetic import large, with_text

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser")
CHROMIUM = Path("/usr/bin/chromium")
if not CHROMIUM.exists():
    pytest.skip("no /usr/bin/chromium: the page is not tried in a browser", allow_module_level=True)

Browser, Page, expect = sync_api.Browser, sync_api.Page, sync_api.expect
CURRENT = "[aria-current]"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    hostile = ["</script><script>document.title='broken'</script>", '"><img src=x onerror="document.title=1">', "|", "javascript:alert(1)"]
    pages = {"sample": sample(), "large": large(), "hostile": with_text({f"i{n}": text for n, text in enumerate(hostile)})}
    for name, decomposition in pages.items():
        (folder / f"{name}.html").write_text(to_html(decomposition), encoding="utf-8")
    return folder


class Opened:
    """A page with what it complained of."""

    def __init__(self, browser: Browser, path: Path, **options: object) -> None:
        self.context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | options))
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(120_000)  # a machine may be busy, and no test asserts a time
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: None if request.url.startswith("file:") else self.complaints.append(request.url))
        self.page.goto(path.as_uri())


@pytest.fixture
def opened(browser: Browser, files: Path) -> Iterator[Page]:
    one = Opened(browser, files / "sample.html")
    yield one.page
    one.context.close()
    assert one.complaints == []


@pytest.fixture(scope="module")
def shared(browser: Browser, files: Path) -> Iterator[Page]:
    """One page for tests that leave it as they found it."""
    one = Opened(browser, files / "sample.html")
    yield one.page
    one.context.close()
    assert one.complaints == []


def texts(page: Page) -> list[str]:
    return [str(text) for text in page.locator(f".source .s{CURRENT}").all_text_contents()]


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.eval_on_selector(selector, "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }")
    )


def test_an_item_leads_to_its_sentence_and_back(opened: Page) -> None:
    opened.click("#i14 .quote")
    assert opened.url.endswith("#i14")
    expect(opened.locator("#i14")).to_have_attribute("aria-current", "true")
    assert texts(opened) == [sample().items[13].quote]
    assert in_view(opened, ".source .s[aria-current]")
    expect(opened.locator("#where")).to_contain_text("承诺 14")
    opened.click(".source a[data-i='3']", position={"x": 30, "y": 8})
    assert opened.url.endswith("#i3")
    assert in_view(opened, "#i3")
    opened.go_back()
    assert texts(opened) == [sample().items[13].quote]
    opened.go_back()
    assert texts(opened) == []


def test_a_chip_marks_exactly_its_words(opened: Page) -> None:
    opened.click("#i2 .chip >> text=社会物流总费用占比")
    assert "".join(opened.locator(".hit").all_text_contents()) == "社会物流总费用占比下降1.5个百分点左右"
    expect(opened.locator("#i2")).to_have_attribute("aria-current", "true")


def test_opened_at_a_place(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "sample.html")
    one.page.goto((files / "sample.html").as_uri() + "#i9")
    one.page.reload()
    assert texts(one.page) == [sample().items[8].quote]
    one.context.close()


@pytest.mark.parametrize(
    ("act", "shown"),
    [
        pytest.param(lambda p: p.select_option("#f-grade", "standing"), {8, 11}, id="grade"),
        pytest.param(lambda p: p.select_option("#f-unit", "省交通运输厅"), {3, 4, 5, 19}, id="unit"),
        pytest.param(lambda p: p.select_option("#f-unit", "-"), {1, 2, 10, 11, 12, 13, 16, 17}, id="without unit"),
        pytest.param(lambda p: p.select_option("#f-due", "0"), {1, 5, 6, 12, 13, 15, 16, 17}, id="without deadline"),
        pytest.param(lambda p: p.check("#f-doubt"), {3, 6, 7, 10, 15}, id="doubts"),
        pytest.param(lambda p: p.click("[data-key=pledge]"), {14, 15}, id="disposition"),
        pytest.param(lambda p: p.fill("#find", "冷藏车１２００辆"), {7}, id="search folds widths"),
        pytest.param(lambda p: (p.select_option("#f-due", "1"), p.check("#f-doubt"), p.fill("#find", "三年")), {7}, id="together"),
    ],
)  # fmt: skip
def test_filters(shared: Page, act: object, shown: set[int]) -> None:
    act(shared)  # type: ignore[operator]
    expect(shared.locator("#shown")).to_contain_text(f"显示 {len(shown)} / 19 条")
    assert {int(i[1:]) for i in shared.eval_on_selector_all(".item:not([hidden])", "all => all.map(e => e.id)")} == shown
    assert shared.locator(".printed tbody tr:not([hidden])").count() == len(shown)
    shared.click(".filters [data-act=clear]")
    expect(shared.locator("#shown")).to_have_text("显示 19 / 19 条")


def test_nothing_found_says_so_and_leads_out(shared: Page) -> None:
    shared.fill("#find", "没有这样的话")
    expect(shared.locator("#none")).to_be_visible()
    shared.click("#none button")
    expect(shared.locator(".item:visible")).to_have_count(19)


def test_search_counts_hits_across_pieces_of_the_source(shared: Page) -> None:
    shared.fill("#find", "每季度末通报")
    expect(shared.locator("#shown")).to_have_text("显示 1 / 19 条 · 原文 1 处")
    ranges = shared.evaluate("() => [...CSS.highlights.get('find')].map(String)")
    assert ranges and set(ranges) == {"每季度末通报"}
    shared.click(".filters [data-act=clear]")


def test_keys(opened: Page) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("j")
    opened.keyboard.press("ArrowDown")
    assert opened.url.endswith("#i3")
    opened.keyboard.press("k")
    assert texts(opened) == [sample().items[1].quote]
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.dataset.i") == "2"
    opened.keyboard.press("n")
    assert opened.evaluate("document.activeElement.dataset.k") == "背景"
    opened.keyboard.press("p")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "i2"
    opened.keyboard.press("/")
    opened.keyboard.type("jk?")
    assert opened.input_value("#find") == "jk?"
    opened.keyboard.press("Escape")
    assert opened.input_value("#find") == ""
    opened.keyboard.press("?")
    expect(opened.locator("dialog")).to_be_visible()
    opened.keyboard.press("Escape")
    expect(opened.locator("dialog")).to_be_hidden()
    opened.keyboard.press("4")
    expect(opened.locator("#panel-doubts")).to_be_visible()
    opened.keyboard.press("Escape")
    assert "#" not in opened.url


def test_the_dialog_closes_by_its_button(shared: Page) -> None:
    shared.click("[data-act=help]")
    shared.click("dialog .primary")
    expect(shared.locator("dialog")).to_be_hidden()


def test_views_by_arrow_keys(shared: Page) -> None:
    shared.focus("#tab-items")
    shared.keyboard.press("ArrowRight")
    expect(shared.locator("#panel-frameworks")).to_be_visible()
    expect(shared.locator("#panel-items")).to_be_hidden()
    shared.keyboard.press("End")
    expect(shared.locator("#tab-facts")).to_have_attribute("aria-selected", "true")
    shared.click(".residue")
    expect(shared.locator("#panel-rest")).to_be_visible()


def test_ticks_are_kept(opened: Page) -> None:
    opened.click("#tab-doubts")
    opened.check(".ticks li:nth-child(2) input")
    expect(opened.locator("#doubts-left")).to_have_text("还有 7 处未看，共 8 处。")
    opened.reload()
    opened.click("#tab-doubts")
    expect(opened.locator("#doubts-left")).to_have_text("还有 7 处未看，共 8 处。")


def test_dark_by_the_system_and_by_the_button(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "sample.html", color_scheme="dark")
    card = one.page.locator(".card").first
    expect(card).to_have_css("background-color", "rgb(23, 30, 39)")
    one.page.click("[data-act=theme]")
    expect(card).to_have_css("background-color", "rgb(255, 255, 255)")
    one.page.reload()
    expect(card).to_have_css("background-color", "rgb(255, 255, 255)")
    one.context.close()


@pytest.mark.parametrize(("width", "height"), [pytest.param(390, 844, id="phone"), pytest.param(683, 384, id="office screen at 200 %")])
def test_narrow_screens_show_one_view_and_never_scroll_sideways(browser: Browser, files: Path, width: int, height: int) -> None:
    one = Opened(browser, files / "sample.html", viewport={"width": width, "height": height})
    page = one.page
    expect(page.locator("#source-pane")).to_be_hidden()
    page.click("#i9 .quote")
    expect(page.locator("#source-pane")).to_be_visible()
    expect(page.locator("#panel-items")).to_be_hidden()
    assert texts(page) == [sample().items[8].quote]
    page.click(f".source .s{CURRENT}", position={"x": 40, "y": 8})
    expect(page.locator("#i9")).to_be_visible()
    for name in ("source", "items", "frameworks", "duties", "doubts", "rest", "facts"):
        page.click(f"#tab-{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.click("#tab-items")
    page.go_back()
    assert one.complaints == []
    one.context.close()


def test_paper_shows_the_table_and_the_source_only(opened: Page) -> None:
    opened.emulate_media(media="print")
    expect(opened.locator(".printed")).to_be_visible()
    expect(opened.locator(".source")).to_be_visible()
    expect(opened.locator(".filters")).to_be_hidden()
    mark = opened.eval_on_selector(".source .s.requirement", "e => getComputedStyle(e, '::before').content")
    assert "要求 1" in mark.replace('" "', "").replace('"', "")
    assert opened.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_long_document_is_drawn_where_it_is_looked_at(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "large.html")
    one.page.goto((files / "large.html").as_uri() + "#i650")
    one.page.wait_for_timeout(200)
    assert in_view(one.page, "#i650") and in_view(one.page, ".s[data-i='650']")
    one.page.fill("#find", "第699项")
    expect(one.page.locator("#shown")).to_have_text("显示 1 / 700 条 · 原文 1 处")
    assert one.complaints == []
    one.context.close()


def test_text_of_the_document_does_not_run(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "hostile.html")
    assert "任务分解" in one.page.title()
    assert one.page.locator("img").count() == 0
    one.page.click("#i2 .quote")
    one.page.click("#tab-doubts")
    assert one.complaints == []
    one.context.close()


def test_without_script_it_is_a_document(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "sample.html", java_script_enabled=False)
    expect(one.page.locator("#i19")).to_be_visible()
    expect(one.page.locator("#panel-facts")).to_be_visible()
    one.context.close()
