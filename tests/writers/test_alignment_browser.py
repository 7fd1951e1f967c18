"""The page of an alignment in a browser: both texts at one place, filters, keys, narrow screens, paper. Skipped where there is no Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from luoshi.writers import alignment_to_html
from luoshi.writers.alignment.rows import Sheet
from tests.writers.alignment_sample import samples, with_another
from tests.writers.test_alignment_xlsx import hostile
from tests.writers.test_html_browser import Browser, Opened, Page, expect

VIEWS = ("overview", "matrix", "items", "targets", "lists", "texts", "about")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, alignments in {"one": [with_another()], "two": samples(), "hostile": [hostile()]}.items():
        (folder / f"{name}.html").write_text(alignment_to_html(alignments), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser: Browser, files: Path) -> Iterator[Page]:
    one = Opened(browser, files / "two.html")
    yield one.page
    one.context.close()
    assert one.complaints == []


def hits(page: Page, document: int) -> str:
    return "".join(page.locator(f"#text-{document} .hit").all_text_contents())


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.eval_on_selector(selector, "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }")
    )


def pair(page: Page, words: str) -> str:
    """The id of the first passage with these words."""
    return str(page.locator(f".beside > .pair:has-text('{words}')").first.get_attribute("id"))


def test_a_cell_leads_to_both_quotes_and_a_quote_to_both_texts(opened: Page) -> None:
    opened.click("#tab-matrix")
    row = next(row for row in Sheet.of(samples()).taking_part if "签约服务率" in row.quote)
    opened.click(f"a.cell[href='#i{row.number}-1']")
    expect(opened.locator("#panel-items")).to_be_visible()
    beside = opened.locator(f"#i{row.number}-1 > .pair blockquote")
    assert beside.all_text_contents() == ["上位养老机构与医疗卫生机构签约服务率达到100%", "下位养老机构与医疗卫生机构签约服务率稳步提高"]
    opened.click(f"#i{row.number}-1 > .pair blockquote:last-of-type a")
    expect(opened.locator("#panel-texts")).to_be_visible()
    assert hits(opened, 0) == "养老机构与医疗卫生机构签约服务率达到100%"
    assert hits(opened, 1) == "养老机构与医疗卫生机构签约服务率稳步提高"
    opened.wait_for_timeout(150)
    assert in_view(opened, "#text-0 .hit") and in_view(opened, "#text-1 .hit")
    opened.go_back()
    expect(opened.locator("#panel-items")).to_be_visible()
    expect(opened.locator(f"#i{row.number}")).to_have_attribute("aria-current", "true")


def test_a_number_in_the_text_leads_back(opened: Page) -> None:
    opened.click("#tab-texts")
    opened.locator("#text-1 .tag").first.click()
    expect(opened.locator("#panel-items")).to_be_visible()
    assert opened.locator(".pair[aria-current]").count() == 1


def test_the_other_lower_text_comes_forward_when_it_is_asked_for(opened: Page) -> None:
    opened.click("#tab-items")
    opened.locator(".beside[data-d='2'] > .pair blockquote a").first.click()
    expect(opened.locator("#text-2")).to_be_visible()
    expect(opened.locator("#text-1")).to_be_hidden()
    assert hits(opened, 2)
    opened.click("[data-pick='1']")
    expect(opened.locator("#text-1")).to_be_visible()


def test_a_count_leads_to_what_was_counted(opened: Page) -> None:
    opened.click(".counts a[data-set='r=weakened&d=1']")
    expect(opened.locator("#panel-items")).to_be_visible()
    assert opened.input_value("#f-r") == "weakened" and opened.input_value("#f-d") == "1"
    shown = opened.locator(".beside:visible")
    assert shown.count() == len({p.link.upper_item for p in Sheet.of(samples()).passages[0] if "weakened" in p.relations})
    assert all("力度或定量有变化" in text for text in shown.all_text_contents())
    opened.click("#tab-overview")
    opened.click(".counts a[data-set^='c=in_words']")
    expect(opened.locator("#panel-targets")).to_be_visible()
    assert opened.locator(".targets tbody tr:visible").count() == Sheet.of(samples()).comparison_counts(1)["in_words"]


def test_filters_and_search(opened: Page) -> None:
    sheet = Sheet.of(samples())
    opened.click("#tab-matrix")
    opened.select_option("#f-d", "2")
    opened.select_option("#f-b", "found")
    found = sheet.band_counts(2)["found"]
    expect(opened.locator("#shown")).to_have_text(f"显示 {found} / {len(sheet.taking_part)} 行")
    assert opened.locator(".matrix tbody:visible tr[data-f]:visible").count() == found
    opened.click("[data-act=clear]")
    opened.click("#tab-items")
    opened.fill("#find", "签约服务率达到１００％")
    expect(opened.locator(".item:visible")).to_have_count(1)
    ranges = opened.evaluate("() => [...CSS.highlights.get('find')].map(String)")
    assert ranges and set(ranges) == {"签约服务率达到100%"}
    opened.fill("#find", "没有这样的话")
    expect(opened.locator("#none")).to_be_visible()
    opened.keyboard.press("Escape")
    expect(opened.locator(".item:visible")).to_have_count(len(sheet.taking_part))


def test_a_second_counterpart_is_folded_until_it_is_looked_for(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "one.html")
    one.page.click("#tab-items")
    more = one.page.locator(".others:has-text('定期开展')")
    expect(more.locator("blockquote").first).to_be_hidden()
    one.page.fill("#find", "定期开展")
    expect(more.locator("blockquote").first).to_be_visible()
    place = more.locator(".pair").get_attribute("id")
    one.page.goto((files / "one.html").as_uri() + f"#{place}")
    one.page.reload()
    expect(one.page.locator(f"#{place}")).to_be_visible()
    one.context.close()
    assert one.complaints == []


def test_what_is_hidden_by_a_filter_is_shown_when_it_is_asked_for(opened: Page) -> None:
    opened.click("#tab-items")
    opened.fill("#find", "没有这样的话")
    expect(opened.locator("#none")).to_be_visible()
    opened.click("#tab-overview")
    opened.locator(".first a").first.click()
    expect(opened.locator(".pair[aria-current]")).to_be_visible()


def test_keys(opened: Page) -> None:
    first, second = (row.number for row in Sheet.of(samples()).taking_part[:2])
    opened.keyboard.press("j")
    assert opened.url.endswith(f"#i{first}")
    opened.keyboard.press("ArrowDown")
    assert opened.url.endswith(f"#i{second}")
    opened.keyboard.press("k")
    opened.keyboard.press("Enter")
    expect(opened.locator("#panel-texts")).to_be_visible()
    for number, name in enumerate(VIEWS, 1):
        opened.keyboard.press(str(number))
        expect(opened.locator(f"#panel-{name}")).to_be_visible()
    opened.keyboard.press("Home")
    expect(opened.locator("#panel-overview")).to_be_visible()
    opened.keyboard.press("ArrowRight")
    expect(opened.locator("#tab-matrix")).to_have_attribute("aria-selected", "true")
    opened.keyboard.press("/")
    opened.keyboard.type("j?7")
    assert opened.input_value("#find") == "j?7"
    opened.keyboard.press("Escape")
    assert opened.input_value("#find") == ""
    opened.keyboard.press("?")
    expect(opened.locator("dialog")).to_be_visible()
    opened.click("dialog .primary")
    expect(opened.locator("dialog")).to_be_hidden()


def test_opened_at_a_place(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "two.html")
    place = pair(one.page, "稳步提高")
    one.page.goto((files / "two.html").as_uri() + f"#{place}")
    one.page.reload()
    expect(one.page.locator(f"#{place}")).to_be_visible()
    one.page.wait_for_timeout(150)
    assert in_view(one.page, f"#{place}")
    one.context.close()
    assert one.complaints == []


def test_dark_by_the_system_and_by_the_button(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "one.html", color_scheme="dark")
    paper = "() => getComputedStyle(document.querySelector('.card')).backgroundColor"
    assert one.page.evaluate(paper) == "rgb(23, 30, 39)"
    one.page.click("[data-act=theme]")
    assert one.page.evaluate(paper) == "rgb(255, 255, 255)"
    one.context.close()


@pytest.mark.parametrize(
    ("width", "height"),
    [pytest.param(390, 844, id="phone"), pytest.param(683, 384, id="office screen at 200 %"), pytest.param(1366, 768, id="office screen")],
)
def test_no_view_scrolls_sideways(browser: Browser, files: Path, width: int, height: int) -> None:
    one = Opened(browser, files / "two.html", viewport={"width": width, "height": height})
    for name in VIEWS:
        one.page.click(f"#tab-{name}")
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width, name
    one.context.close()
    assert one.complaints == []


def test_a_phone_shows_one_text_at_a_time(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "two.html", viewport={"width": 390, "height": 844})
    one.page.click("#tab-items")
    one.page.locator(".beside[data-d='1'] > .pair blockquote:last-of-type a").first.click()
    expect(one.page.locator("#text-1")).to_be_visible()
    expect(one.page.locator("#text-0")).to_be_hidden()
    one.page.click(".turns [data-side=upper]")
    expect(one.page.locator("#text-0")).to_be_visible()
    assert hits(one.page, 0)
    one.context.close()


def test_paper_has_the_tables_and_the_pairs_but_not_the_texts(opened: Page) -> None:
    opened.emulate_media(media="print")
    for name in ("overview", "matrix", "items", "targets", "about"):
        expect(opened.locator(f"#panel-{name}")).to_be_visible()
    for name in ("lists", "texts"):
        expect(opened.locator(f"#panel-{name}")).to_be_hidden()
    expect(opened.locator(".bars").first).to_be_hidden()
    line = opened.locator("del").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert line == "underline"
    assert opened.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_text_of_the_documents_does_not_run(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "hostile.html")
    for name in VIEWS:
        one.page.click(f"#tab-{name}")
    one.context.close()
    assert one.complaints == []


def test_without_script_it_is_one_document(browser: Browser, files: Path) -> None:
    one = Opened(browser, files / "two.html", java_script_enabled=False)
    for name in VIEWS:
        expect(one.page.locator(f"#panel-{name}")).to_be_visible()
    expect(one.page.locator(".tabs")).to_be_hidden()
    one.page.locator("a.cell").first.click()
    assert "#i" in one.page.url
    one.context.close()
