"""The page of an alignment as markup: every link leads somewhere, the texts are whole, nothing of them runs."""

import re
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from luoshi.align import align
from luoshi.align.model import BANDS, COMPARISONS, RELATIONS, Change, How, Slot
from luoshi.decompose import decompose
from luoshi.text import SourceText, Span
from luoshi.writers import alignment_to_html, alignment_to_markdown, labels, write_alignment_xlsx
from luoshi.writers.alignment.passages import unmatched
from luoshi.writers.alignment.rows import Sheet
from luoshi.writers.alignment.words import change_text
from tests.writers.alignment_sample import sample, samples, undated, with_another
from tests.writers.test_alignment_xlsx import hostile


@cache
def page() -> lxml.html.HtmlElement:
    return lxml.html.fromstring(alignment_to_html(samples()))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_link_leads_somewhere_and_every_id_is_one() -> None:
    ids = page().xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href.removeprefix("#") for href in page().xpath("//a/@href")} | set(page().xpath("//@data-with"))
    assert targets <= set(ids)


def test_both_texts_are_there_in_full() -> None:
    texts = [sample().upper.source.text, *(alignment.lower.source.text for alignment in samples())]
    for n, text in enumerate(texts):
        shown = deepcopy(page().xpath(f"//*[@id='text-{n}']//div[contains(@class,'source')]")[0])
        for tag in shown.xpath(".//a[@class='tag']"):
            tag.drop_tree()
        assert squeezed(shown.text_content()) == squeezed(text)


def test_every_cell_of_the_matrix_leads_to_both_quotes() -> None:
    sheet = Sheet.of(samples())
    cells = page().xpath("//table[contains(@class,'matrix')]//a[contains(@class,'cell')]")
    assert len(cells) == len(sheet.taking_part) * 2
    wanted = [(row, one) for row in sheet.taking_part for one in row.counterparts]
    for cell, (row, one) in zip(cells, wanted, strict=True):
        beside = page().get_element_by_id(cell.get("href")[1:])
        assert beside.get("data-b") == one.band
        quotes = beside.xpath("./div[contains(@class,'pair')]//blockquote/a")
        assert len(quotes) == 2 * sum(not passage.whole for passage in one.passages)
        assert beside.getparent().get("id") == f"i{row.number}"


def test_a_band_is_a_mark_and_a_word() -> None:
    told = {cell.text_content() for cell in page().xpath("//a[contains(@class,'cell')]")}
    assert "○未见对应表述" in told and any(text.startswith("●已见") for text in told)


def test_quotes_are_whole_and_differing_words_marked() -> None:
    for n, passage in enumerate(p for of in Sheet.of(samples()).passages for p in of):
        pair = page().get_element_by_id(f"k{passage.document}-{passage.number}")
        upper, lower = pair.xpath(".//blockquote/a")
        assert squeezed(upper.text_content()) == squeezed(passage.upper), n
        assert squeezed(lower.text_content()) == squeezed(passage.lower), n
        assert not upper.xpath(".//ins") and not lower.xpath(".//del")
    pair = next(p for p in page().find_class("pair") if "签约服务率稳步提高" in p.text_content())
    assert [e.text for e in pair.xpath(".//del")] == ["达到100%"] and [e.text for e in pair.xpath(".//ins")] == ["稳步提高"]
    assert "数字改为文字表述：达到100% → 稳步提高" in pair.text_content()


def test_targets_name_the_comparison() -> None:
    rows = page().xpath("//table[contains(@class,'targets')]/tbody/tr")
    assert len(rows) == len(Sheet.of(samples()).targets)
    told = page().xpath("//table[contains(@class,'targets')]")[0].text_content()
    assert all(word in told for word in ("▲ 更严", "÷ 分解", "≈ 改为文字表述", "＝ 一致", "○ 未见"))


def test_it_says_what_it_is_not() -> None:
    text = page().text_content()
    assert "须经人确认" in text and "不等于“未落实”" in text and "不用于文件或地方之间排名" in text
    assert "原则要求，不参与比对" in text
    assert "表述相同的对应 ÷ 全部对应" in text


def test_same_source_is_on_the_first_screen_with_its_reason() -> None:
    found = lxml.html.fromstring(alignment_to_html([undated()])).xpath("//*[contains(@class,'documents')]")[0].text_content()
    assert "同源" in found and "下位文件没有日期，无从判断先后" in found


@pytest.mark.parametrize("slot", Slot.__args__)  # type: ignore[attr-defined]
@pytest.mark.parametrize("how", How.__args__)  # type: ignore[attr-defined]
def test_every_change_has_words(slot: Slot, how: How) -> None:
    told = change_text(Change(slot, how, Span(0, 2), Span(0, 1)), "六月底前", "三月底前")
    assert re.fullmatch(r"\w+：六月 → 三", told)
    assert change_text(Change(slot, how, Span(0, 2), None), "六月底前", "").endswith("：六月")


def test_every_name_of_the_model_has_a_word() -> None:
    assert set(labels.relations()) | {"none"} == set(RELATIONS)
    assert set(labels.bands()) == set(BANDS) and set(labels.comparisons()) == set(COMPARISONS)


def test_what_of_an_item_is_not_matched_is_shown_without_units_and_dates() -> None:
    row = next(row for row in Sheet.of([sample()]).upper_rows if "绿色通道" in row.quote)
    assert row.counterparts[0].unmatched == ("2026年底前，二级以上公立医院全部设立老年人就医绿色通道",)
    assert unmatched(row.item, ()) == ("2026年底前，二级以上公立医院全部设立老年人就医绿色通道", "2027年6月底前，养老机构与医疗卫生机构签约服务率达到100%")


def test_who_answers_is_told_from_the_bracket_behind_the_clauses() -> None:
    head, body = "临江省人民政府关于加强农村供水的意见\n\n一、重点任务\n\n", "到2027年底，农村自来水普及率达到96%以上，规模化供水比例达到65%以上。"
    papers = [f"{head}{body}（{who}牵头，省财政厅配合）\n\n2026年{month}月1日\n" for who, month in (("省水利厅", 3), ("省住房城乡建设厅", 5))]
    upper, lower = (decompose(SourceText(text, name="文件.txt", media_type="text/plain", file_sha256="ab" * 32)) for text in papers)
    [passages] = Sheet.of([align(upper, lower)]).all_passages
    told = [note for passage in passages for note in passage.notes]
    assert told == ["单位不同：省水利厅 → 省住房城乡建设厅"]


def test_a_second_counterpart_is_shown_but_not_counted() -> None:
    once, twice = Sheet.of([sample()]), Sheet.of([with_another()])
    assert twice.relation_counts(1) == once.relation_counts(1)
    row = next(row for row in twice.upper_rows if row.counterparts[0].others)
    assert [other.lower[:12] for other in row.counterparts[0].others] == ["市场监管部门定期开展食品"]
    assert [passage.lower for passage in row.counterparts[0].passages] == ["养老机构与医疗卫生机构签约服务率稳步提高"]


def test_text_of_the_documents_does_not_become_markup() -> None:
    found = lxml.html.fromstring(alignment_to_html([hostile()]))
    assert len(found.xpath("//script")) == 2 and not found.xpath("//img")
    assert not [name for element in found.iter(lxml.html.etree.Element) for name in element.attrib if name.startswith("on")]
    assert not found.xpath("//@style")


@pytest.mark.parametrize(
    ("upper", "lower", "said"),
    [
        pytest.param("会议纪要\n\n出席：某某。\n", "要改造渡口。", "上位文件里没有参与比对的事项", id="no item above"),
        pytest.param("要改造渡口。", "无。", "没有看到对应的话", id="no item below"),
        pytest.param("", "", "上位文件里没有读出定量目标", id="no text at all"),
    ],
)
def test_documents_without_items_say_so_in_every_form(tmp_path: Path, upper: str, lower: str, said: str) -> None:
    alignment = align(*(decompose(SourceText.from_text(text), as_of=date(2026, 1, 1)) for text in (upper, lower)))
    assert said in lxml.html.fromstring(alignment_to_html([alignment])).text_content()
    assert "无。" in alignment_to_markdown([alignment])
    write_alignment_xlsx([alignment], tmp_path / "x.xlsx")
    assert "说明" in openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames


def test_the_policy_names_the_style_and_the_script_it_holds() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', alignment_to_html([sample()]))
    assert policy and policy[1].count("sha256-") == 2 and "unsafe" not in policy[1] and "default-src" in policy[1]


def test_the_same_page_each_time() -> None:
    assert alignment_to_html(samples()) == alignment_to_html(samples())
