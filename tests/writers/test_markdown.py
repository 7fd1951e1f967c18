"""The Markdown of the sample, word for word: a change of it is seen in the diff of the golden file.

To renew it after a change that is meant: ``LUOSHI_RENEW=1 pytest tests/writers/test_markdown.py``.
"""

import os
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from luoshi.writers import to_markdown
from luoshi.writers.markdown import escape
from tests.writers.sample import sample
from tests.writers.synthetic import with_text

GOLDEN = Path(__file__).parent / "golden" / "sample.md"


def test_golden() -> None:
    found = to_markdown(sample())
    if os.environ.get("LUOSHI_RENEW"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="markup"),
    pytest.param("# 不是标题", id="heading"),
    pytest.param("- 不是列表", id="list"),
    pytest.param("1. 不是编号", id="number"),
    pytest.param("![x](http://a.b/c)", id="image"),
    pytest.param("**粗** _斜_ `码` ~~删~~", id="emphasis"),
    pytest.param("&lt;b&gt;", id="entity"),
    pytest.param("甲|乙", id="bar"),
    pytest.param("=====", id="underline of a heading"),
    pytest.param("反斜杠\\*", id="backslash"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_the_document_stays_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(escape(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_whole_document_of_it_has_no_markup_either(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(to_markdown(with_text({"i1": text})))
    inline = {child.type for token in tokens for child in token.children or []}
    assert not inline & {"html_inline", "image", "link_open"}
    assert "html_block" not in {token.type for token in tokens}
