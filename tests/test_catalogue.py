"""The English catalogue: every message of the code is translated, and what is compiled is what is written."""

import re
from collections.abc import Iterator

import pytest
from tools.catalogue import MO, PO, computed, in_step, load, messages, mo_bytes, po_bytes, problems, told_apart

import luoshi
from luoshi.text import ClassifiedDocument, LuoshiError
from luoshi.text.language import _ as said
from luoshi.text.language import current_language, in_every_language, set_language
from luoshi.writers.html import to_html
from luoshi.writers.labels import dispositions, grades
from luoshi.writers.markdown import to_markdown

TEXT = "青湾县人民政府关于做好防汛工作的通知\n各乡镇人民政府：\n各乡镇要在2027年6月底前完成不少于20处隐患点整治。（县水利局牵头，县应急局配合）\n"


@pytest.fixture
def english() -> Iterator[None]:
    """English for one test."""
    before = current_language()
    set_language("en")
    yield
    set_language(before)


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    kept = {(message.id, message.context or "") for message in load() if message.id}
    assert kept == {(message, "") for message in messages()} | set(told_apart()), "run: make catalogue"


def test_every_message_is_translated_with_the_same_placeholders() -> None:
    assert problems(load()) == []


def test_what_is_compiled_is_what_is_written() -> None:
    catalogue = in_step()
    assert PO.read_bytes() == po_bytes(catalogue), "run: make catalogue"
    assert MO.read_bytes() == mo_bytes(catalogue), "run: make catalogue"


def test_messages_that_are_computed_come_from_lists_that_are_known() -> None:
    assert computed() == ["calendar/limits.py", "cli/app.py", "web/common/templatetags/pages.py", "web/config/navigation.py", "web/config/options.py", "web/doctor/checks.py"]


def test_translations_are_english() -> None:
    said = ((message.string, re.sub("“[^”]*”", "", str(message.string))) for message in load() if message.id)  # what is quoted is typed or read as it is
    chinese = [string for string, outside in said if re.search(r"[\u4e00-\u9fff]", outside)]
    # 等 is the word of the source that the column speaks of.
    assert chinese == ["Open-ended (等)"]


@pytest.mark.usefixtures("english")
def test_an_error_speaks_english() -> None:
    with pytest.raises(ClassifiedDocument) as caught:
        luoshi.read_bytes("机密★10年\n\n关于某事的通知\n".encode(), name="notice.txt")
    error: LuoshiError = caught.value
    assert "must not be processed" in error.message and "notice.txt" in error.message
    assert ". " in str(error)


@pytest.mark.usefixtures("english")
def test_a_report_speaks_english_around_a_text_that_stays_as_it_is() -> None:
    made = luoshi.decompose(luoshi.read_bytes(TEXT.encode(), name="notice.txt"))
    text = to_markdown(made)
    assert "## Items" in text and "lead: 县水利局" in text and made.items[0].quote in text
    page = to_html(made)
    assert 'lang="en"' in page and "Source text" in page and made.items[0].quote[:12] in page
    assert dispositions()["requirement"] == "requirement" and grades()["deliverable"] == "deliverable"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("message", "told", "words"),
    [("{n} 件", {"n": 1}, "1 matter"), ("{n} 件", {"n": 0}, "0 matters"), ("事项 {n} 件，文件 {m} 份", {"n": 2, "m": 1}, "2 matters, 1 document")],
)
def test_a_number_chooses_its_word(message: str, told: dict[str, int], words: str) -> None:
    assert said(message).format(**told) == words


def test_words_are_known_in_every_language() -> None:
    assert in_every_language(lambda: said("单位", "columns")) == ["单位", "Units"] and current_language() == "zh"
