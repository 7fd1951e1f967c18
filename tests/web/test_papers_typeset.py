"""How a paper lies on its pages: signature with text, days and numbers whole, rows of tables on one page."""

import io
from typing import Any

import docx
import pypdfium2
import pytest

from luoshi.web.papers import rendering
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.samples import sample_facts


def pages_of(facts: dict[str, Any]) -> list[str]:
    """What each page of the PDF says, lines kept."""
    return [page.get_textpage().get_text_range().replace("\r", "") for page in pypdfium2.PdfDocument(rendering.pdf_file(facts))]


@pytest.mark.parametrize("kind", ["reminder", "notice", "assignment", "bulletin"])
def test_the_page_of_the_seal_has_text_on_it(kind: str) -> None:
    facts = sample_facts(kinds()[kind]) | {"copies": "", "contact": ""}
    facts["matters"] = facts["matters"][:1]
    for n in range(9):
        facts["requirements"] = [f"第{i}条要求，逐项核对进度，查明原因，抓紧推进。" for i in range(n + 1)]
        pages = pages_of(facts)
        assert f"第{n}条要求" in pages[-1] and facts["signature"] in pages[-1], n


@pytest.mark.parametrize("kind", ["reminder", "notice", "assignment", "bulletin", "rectification"])
@pytest.mark.parametrize("asked", [1, 3])
def test_in_word_the_last_of_the_text_stays_with_who_and_when(kind: str, asked: int) -> None:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    facts = sample_facts(kinds()[kind]) | {"requirements": [f"第{n}条要求。" for n in range(asked)]}
    paragraphs = list(docx.Document(io.BytesIO(rendering.word_file(facts))).element.body.iter(f"{w}p"))
    said = ["".join(node.text or "" for node in one.iter(f"{w}t")) for one in paragraphs]
    last = next(n for n, text in enumerate(said) if f"第{asked - 1}条要求。" in text)
    day = max(n for n, text in enumerate(said) if text == facts["date"])
    assert said[day - 1] == facts["signature"]
    assert [said[n] for n in range(last, day) if paragraphs[n].find(f"{w}pPr/{w}keepNext") is None] == []


def test_days_numbers_and_the_name_of_the_kind_do_not_break() -> None:
    facts = sample_facts(kinds()["reminder"])
    facts["opening"] = ["督" * n + "时限为2026年11月30日（LJ-DC-2026-0002），见临政办发〔2026〕57号文件。" for n in range(0, 28, 3)]
    for n in range(12, 44, 2):
        title = f"关于“{'防' * n}”的提醒函"
        lines = "".join(pages_of(facts | {"title": title})).split("\n")
        assert any(line.strip().endswith("的提醒函") for line in lines), n
    said = "\n".join(lines)
    assert [said.count(one) for one in ("2026年11月30日", "LJ-DC-2026-0002", "〔2026〕57号")] == [10, 10, 10]


@pytest.mark.parametrize("kind", ["task_book", "task_table"])
def test_rows_of_a_table_stay_on_their_page(kind: str) -> None:
    facts = sample_facts(kinds()[kind])
    row = facts["matters"][0] | {"cited": "临政办发〔2026〕57号 三、守牢防洪安全 › （十三）修订防汛预案", "due": "2026年11月30日"}
    facts["matters"] = [row | {"n": str(n), "title": f"始{n}，" + "修订省市县三级防汛抗旱应急预案，" * (1 + n % 4) + f"终{n}。"} for n in range(1, 25)]
    pages = ["".join(page.split()) for page in pages_of(facts)]
    assert len(pages) > 2 and sum(page.count("2026年11月30日") for page in pages_of(facts)) == 24
    assert all(any(f"始{n}，" in page and f"终{n}。" in page for page in pages) for n in range(1, 25))
    facts["matters"][3]["title"] = "始，" + "每县一所，" * 400 + "终。"
    pages = ["".join(page.split()) for page in pages_of(facts)]
    assert any("始，" in page for page in pages) and any("终。" in page for page in pages), "a row longer than a page breaks"
