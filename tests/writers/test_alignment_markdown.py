"""An alignment as Markdown: neutral words, both quotes, nothing of the documents becomes markup."""

import re

from luoshi.writers import alignment_to_markdown
from tests.writers.alignment_sample import sample, samples, undated
from tests.writers.test_alignment_xlsx import hostile


def test_what_it_says() -> None:
    text = alignment_to_markdown(samples())
    assert text.startswith("# 对标对表：临江省人民政府关于推进县域养老服务体系建设的实施意见\n\n> 只比对文字")
    assert "  - **力度或定量有变化、范围缩小**\n    - 上：助餐服务点必须在显著位置公示" in text
    assert "    - 数字改为文字表述：达到100% → 稳步提高\n" in text
    assert "- ○ 未见对应表述 · 青湾县" in text
    assert "## 原则要求，不参与比对\n\n- 1. 全面贯彻" in text
    assert f"表述相同占比 {sample().measures[0].value:.0%}（" in text and "表述相同的对应 ÷ 全部对应" in text


def test_nothing_says_that_work_was_not_done() -> None:
    text = alignment_to_markdown(samples()).replace("不等于“未落实”", "")
    assert not re.search("未落实|没有落实|落实不力|打折扣|缩水|弱化|抄袭", text)


def test_same_source_is_named_with_its_reason() -> None:
    text = alignment_to_markdown([undated()])
    assert "按“同源”来看，不说谁出自谁：下位文件没有日期，无从判断先后。" in text and "日期不详" in text
    assert "**同源**" in text and "**承接**" not in text


def test_text_of_the_documents_stays_text() -> None:
    lines = alignment_to_markdown([hostile()]).splitlines()
    assert not [line for line in lines if line.startswith(("=", "+", "@"))]


def test_the_same_text_each_time() -> None:
    assert alignment_to_markdown(samples()) == alignment_to_markdown(samples())
