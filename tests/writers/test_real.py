"""Documents as the reader makes them, not by hand: the page holds all of them, the JSON keeps its schema, every file is written."""

from pathlib import Path

import lxml.html
import pytest

from luoshi.decompose import decompose
from luoshi.readers import read
from luoshi.writers import schema, to_html, to_json, to_markdown, write_docx, write_xlsx
from tests.writers.test_json import problems

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "source"
FILES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".txt", ".docx", ".pdf", ".ofd"}) + sorted(CORPUS.glob("*.txt"))


def test_the_corpus_is_there() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no {CORPUS}: only the samples of this repository are tried")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in FILES])
def test_every_writer(path: Path, tmp_path: Path) -> None:
    made = decompose(read(path))
    page = lxml.html.document_fromstring(to_html(made).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    (source,) = page.xpath("//div[contains(concat(' ', @class, ' '), ' source ')]")
    assert "".join(source.text_content().split()) == "".join(made.source.text.split())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(ids)
    assert len(page.xpath("//li[contains(@class, 'item')]")) == len(made.items)
    assert problems(to_json(made), schema(), schema()) == []
    assert to_markdown(made).count("\n### ") == len(made.items)
    write_xlsx(made, tmp_path / "made.xlsx")
    write_docx(made, tmp_path / "made.docx")
    assert (tmp_path / "made.xlsx").stat().st_size > 5000 < (tmp_path / "made.docx").stat().st_size
