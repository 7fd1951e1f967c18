"""The page as a document: all of the source is in it, every sentence is an element, nothing of it is markup."""

import re
from dataclasses import replace

import lxml.html
import pytest
from lxml.html import HtmlElement

from luoshi.decompose.model import Decomposition, Sentence
from luoshi.text import Doubt, SourceText, Span
from luoshi.text.language import set_language
from luoshi.writers import to_html
from luoshi.writers.html.anchors import inside, pieces
from luoshi.writers.html.elements import Html, el, safe
from tests.writers.sample import sample
from tests.writers.synthetic import large, with_text

HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<!--甲-->",
    "&lt;b&gt;&amp;#x3c;",
    "javascript:alert(1)",
    "</style><style>*{display:none}",
    "\u2028\u2029 ]]> {n} %s",
    "</title><base href=//a.b>",
]


def page(decomposition: Decomposition) -> HtmlElement:
    return lxml.html.document_fromstring(to_html(decomposition).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


@pytest.fixture(scope="module")
def tree() -> HtmlElement:
    return page(sample())


def bare(text: str) -> str:
    return "".join(text.split())


def source_text(tree: HtmlElement) -> str:
    return bare(tree.xpath("//div[contains(@class,'source')]")[0].text_content())


@pytest.mark.parametrize(
    "decomposition",
    [
        pytest.param(sample(), id="sample"),
        pytest.param(large(4000, 80), id="many items"),
        pytest.param(with_text({f"i{n}": text for n, text in enumerate(HOSTILE)}), id="hostile"),
        pytest.param(replace(sample(), sentences=sample().sentences[::2]), id="text between sentences"),
        pytest.param(replace(sample(), source=replace(sample().source, tables=())), id="table by tabs"),
    ],
)
def test_all_of_the_source_is_there_in_order(decomposition: Decomposition) -> None:
    assert source_text(page(decomposition)) == bare(decomposition.source.text)


def test_every_sentence_is_an_element_with_its_disposition(tree: HtmlElement) -> None:
    for n, sentence in enumerate(sample().sentences, 1):
        (element,) = tree.xpath(f"//*[@id='s{n}']")
        assert sentence.disposition in element.get("class").split()
        assert bare(element.text_content()) == bare(sample().source.text[sentence.start : sentence.end])
        assert element.get("data-k")


def test_a_sentence_over_two_cells_is_cut_but_has_one_id() -> None:
    text = "甲事\t乙局\t年底\n丙事\t丁局\t月底"
    base = replace(sample(), source=SourceText.from_text(text), sections=(), items=(), responsibilities=(), frameworks=(), doubts=())
    rows = replace(base, sentences=(Sentence(0, 8, "context", None), Sentence(9, 17, "context", None)), facts=replace(base.facts, dates=()))
    found = page(rows)
    assert len(found.xpath("//div[contains(@class,'source')]//td")) == 6
    assert len(found.xpath("//*[@data-s='1']")) == 3
    assert len(found.xpath("//*[@id='s1']")) == 1


def test_ids_are_unique_and_every_link_leads_somewhere(tree: HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")]
    assert len(targets) > 100
    assert set(targets) <= set(ids)
    assert not [href for href in tree.xpath("//@href | //@src") if not href.startswith("#")]


def test_item_and_sentence_point_at_each_other(tree: HtmlElement) -> None:
    for n, item in enumerate(sample().items, 1):
        (card,) = tree.xpath(f"//li[@id='i{n}']")
        (sentence,) = tree.xpath(f"//a[@data-i='{n}']")
        assert card.get("data-sentence") == sentence.get("data-s")
        assert bare(card.find_class("quote")[0].text_content()) == bare(item.quote)


def test_headings_and_tables_are_what_they_are(tree: HtmlElement) -> None:
    source = tree.xpath("//div[contains(@class,'source')]")[0]
    assert [h.text_content() for h in source.xpath("./h3")] == ["一、总体要求", "二、重点任务", "三、保障措施"]
    assert [h.text_content() for h in source.xpath("./h4")] == ["（三）建强县级物流中心", "（四）补齐冷链短板", "（五）降低物流成本"]
    assert [h.text_content() for h in source.xpath(".//span[@role='heading']")] == ["（一）指导思想。", "（二）主要目标。"]
    assert len(source.xpath(".//table//tr")) == 3
    assert source.find_class("doc-title")[0].text_content() == sample().facts.title
    assert [p.text_content() for p in source.find_class("sign")] == ["临江省人民政府办公厅", "2026年3月9日"]


def test_counts_and_filters(tree: HtmlElement) -> None:
    keys = {key.get("data-key"): key.text_content().split()[-1] for key in tree.xpath("//button[@data-key]")}
    assert keys == {"requirement": "17", "pledge": "2", "context": "4", "record": "13", "heading": "12", "unread": "1"}
    assert "未读 1 / 49 句" in tree.find_class("residue")[0].text_content()
    units = {option.get("value"): option.text_content() for option in tree.xpath("//select[@id='f-unit']/option")}
    assert units["省交通运输厅"] == "省交通运输厅 4"
    assert units["-"].startswith("没有单位")
    assert [o.text_content() for o in tree.xpath("//select[@id='f-due']/option")][1:] == ["有时限 11", "无时限 8"]


def test_frameworks_doubts_and_facts(tree: HtmlElement) -> None:
    lights = {row.find("div/h2").text: row.find("div/span").get("data-shape") for row in tree.xpath("//div[@id='panel-frameworks']/ul/li")}
    assert lights == {"三级物流网络": "✓", "六大环节": "○", "六大工程": "✗", "四项机制": "–"}
    differing = [mark.text for mark in tree.xpath("//div[@class='variant']//mark")]
    assert differing and all(part in "国际开放" for part in differing)
    assert len(tree.xpath("//div[@id='panel-doubts']//input[@type='checkbox']")) == 8
    evidence = tree.xpath("//div[@id='panel-facts']//dd/a/@href")
    start = sample().source.text.index("2026年3月9日")
    assert f"#o{start}-{start + 9}" in evidence


def test_paper_has_the_table_first(tree: HtmlElement) -> None:
    main = tree.find("body/main")
    assert "on-paper" in main[0].get("class") and main[1].get("id") == "source-pane"
    assert len(main[0].xpath(".//tbody/tr")) == 19


def test_nothing_of_the_document_is_markup() -> None:
    found = page(with_text({f"i{n}": text for n, text in enumerate(HOSTILE)}))
    assert len(found.xpath("//script")) == 2 and len(found.xpath("//style")) == 1
    assert not found.xpath("//img | //base | //iframe | //object | //svg[@onload]")
    assert not [name for element in found.iter(lxml.html.etree.Element) for name in element.attrib if name.startswith("on")]
    assert not found.xpath("//@style")


@pytest.mark.parametrize("text", HOSTILE)
def test_escaping_is_exact(text: str) -> None:
    element = lxml.html.fromstring(el("p", text, title=text))
    assert element.text_content() == text and element.get("title") == text


def test_only_html_is_trusted() -> None:
    assert safe("<b>") == "&lt;b&gt;"
    assert safe(Html("<b>")) == "<b>"
    assert el("td", "x", colspan=None, hidden=True, data_n=0) == '<td hidden data-n="0">x</td>'


def test_the_policy_names_the_style_and_the_script_it_holds() -> None:
    html = to_html(sample())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy and "default-src" in policy[1]
    assert policy[1].count("sha256-") == 2 and "unsafe" not in policy[1]


def test_pieces_tile_the_text_whatever_overlaps() -> None:
    found = pieces(sample())
    assert "".join(sample().source.text[p.start : p.end] for p in found) == sample().source.text
    assert next(iter(inside(found, 5, 30))).start == 5
    assert sum(p.end - p.start for p in inside(found, 5, 30)) == 25


def test_a_doubt_about_the_whole_document_points_nowhere() -> None:
    found = page(replace(sample(), doubts=(Doubt("facts.none", "没有日期。", "", 0, 0),)))
    assert not found.xpath("//a[starts-with(@href, '#o0-0')]")
    assert "没有日期。" in found.xpath("//div[@id='panel-doubts']")[0].text_content()


def test_furniture_is_shown_small_and_counts_as_source() -> None:
    source = replace(sample().source, furniture=(Span(0, 5),))
    found = page(replace(sample(), source=source))
    assert found.find_class("m-furniture")[0].text_content() == "临江省人民"


def test_the_same_page_each_time() -> None:
    assert to_html(sample()) == to_html(sample())


def test_an_empty_document_says_what_to_do() -> None:
    told = replace(sample().facts, title=None, number=None, authority=None, transmitter=None, dates=())
    nothing = replace(sample(), sections=(), sentences=(), items=(), responsibilities=(), frameworks=(), doubts=())
    empty = replace(nothing, source=SourceText.from_text(""), facts=told)
    assert "没有读出事项" in page(empty).text_content()


def test_language_of_the_page_is_chinese_unless_told_otherwise() -> None:
    assert page(sample()).get("lang") == "zh-Hans"
    try:
        set_language("en")
        english = page(sample())
    except FileNotFoundError:
        pytest.skip("the English catalogue is not there yet")
    finally:
        set_language("zh")
    assert english.get("lang") == "en"
    assert english.xpath("//div[contains(@class,'source')]")[0].get("lang") == "zh-Hans"
