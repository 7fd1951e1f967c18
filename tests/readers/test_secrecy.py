"""A secrecy mark in the head refuses the document; the words elsewhere do not; internal marks become doubts."""

from pathlib import Path

import pytest

from luoshi.readers import read, read_bytes
from luoshi.text import ClassifiedDocument, SourceText

from .build_docx import docx, p, r, tbl, text_box, tr

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "bulk"
# Public documents with the words in running text.
SPEAK_OF_SECRETS = (
    *(f"city_gwr_2024/{city}.txt" for city in ("宁波", "广州", "无锡", "柳州")),
    *(f"cpc_congress/{number}_*" for number in ("03", "11", "13")),
    "national_gwr/61_*",
    "province_gwr_2026/2026_浙江省.txt",
    *(f"state_council_docs_txt/{number}_*" for number in (13, 17, 47, 58)),
)
BODY = "关于做好云州市防汛工作的通知\n各县（区）人民政府：\n现就有关事项通知如下。\n"
FILLER = "\n".join(f"第{n}行" for n in range(1, 30)) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("机密★1年\n" + BODY, id="star and term"),
        pytest.param("绝密\n" + BODY, id="bare"),
        pytest.param("秘　密\n" + BODY, id="spaced"),
        pytest.param("机 密 ★ 20 年\n" + BODY, id="spaced with star"),
        pytest.param("  秘密★  \n" + BODY, id="star without a term"),
        pytest.param("绝密★启用前\n" + BODY, id="until used"),
        pytest.param("机密★长期\n" + BODY, id="for long"),
        pytest.param("密级：秘密\n" + BODY, id="label"),
        pytest.param("密 级: 机密\n" + BODY, id="spaced label"),
        pytest.param("密级：\n机密\n" + BODY, id="label on the line before"),
        pytest.param("000001\n机密★20年\n特急\n" + BODY, id="among copy number and urgency"),
        pytest.param("000001　机密　特急\n" + BODY, id="on one line with them"),
        pytest.param("【秘密】\n" + BODY, id="brackets"),
        pytest.param("# 机密\n\n" + BODY, id="markdown heading"),
        pytest.param("**秘密★5年**\n" + BODY, id="markdown bold"),
        pytest.param("机密*5年\n" + BODY, id="asterisk for the star"),
        pytest.param("**机密**\n" + BODY, id="markdown bold, bare"),
        pytest.param("機密★5年\n" + BODY, id="traditional"),
        pytest.param("机密 10年\n" + BODY, id="term without a star"),
        pytest.param("密级\t机密\t缓急\t特急\t文号\t临府〔2024〕1号\n" + BODY, id="cells of a table"),
        pytest.param("请妥善保管，阅后收回。\n机密\n" + BODY, id="after a short remark"),
        pytest.param(BODY + "机密★10年\n", id="explicit mark below the salutation"),
        pytest.param("机密\n" + BODY + "密级分为：\n绝密\n机密\n秘密\n", id="bare mark above a list of levels"),
        pytest.param(FILLER + "机密★10年\n", id="thirtieth line"),
        pytest.param(FILLER.replace("\n", "\n\n") + "\n机密★10年\n", id="thirtieth line that is not empty"),
    ],
)
def test_a_mark_in_the_head_refuses(text: str) -> None:
    with pytest.raises(ClassifiedDocument) as caught:
        read_bytes(text.encode(), name="a.txt")
    assert caught.value.code == "forbidden.classified"
    assert "a.txt" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("要严守国家秘密，机密文件须登记。\n", id="running text"),
        pytest.param("机密文件管理办法\n" + BODY, id="title"),
        pytest.param("关于保密工作\n国家秘密的密级分为：\n绝密\n机密\n秘密\n", id="list of levels after a colon"),
        pytest.param("国家秘密分为三级。\n绝密\n机密\n秘密\n", id="list of levels after a sentence"),
        pytest.param("一、密级\n（一）秘密\n" + BODY, id="numbered heading"),
        pytest.param(BODY + "秘密\n", id="bare word in the body"),
        pytest.param(FILLER + "末行\n机密\n", id="bare word deep in the text"),
        pytest.param(FILLER + "末行\n机密★10年\n", id="star deep in the text"),
        pytest.param("序号\t名称\t类别\n1\t保密手册\t秘密\n", id="cell of a list"),
        pytest.param(BODY + "**秘密**\n", id="bold word in the body"),
        pytest.param("秘密花园\n" + BODY, id="longer word"),
    ],
)
def test_the_words_elsewhere_are_no_mark(text: str) -> None:
    assert read_bytes(text.encode(), name="a.txt").doubts == ()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param("内部资料　注意保存\n" + BODY, "内部资料　注意保存", id="keep well"),
        pytest.param("内部\n" + BODY, "内部", id="bare"),
        pytest.param("临江省人民政府\n（内部文件）\n" + BODY, "（内部文件）", id="brackets"),
        pytest.param("内部资料，请勿外传！\n" + BODY, "内部资料，请勿外传！", id="do not pass on"),
        pytest.param("仅供内部参考\n" + BODY, "仅供内部参考", id="for reference"),
        pytest.param("工作秘密\n" + BODY, "工作秘密", id="work secret"),
        pytest.param("加强内部管理\n" + BODY, None, id="running text"),
        pytest.param("内部控制\n" + BODY, None, id="longer word"),
    ],
)
def test_internal_marks_become_a_doubt(text: str, marked: str | None) -> None:
    source = read_bytes(text.encode(), name="a.txt")
    assert [(d.code, source.text[d.start : d.end]) for d in source.doubts] == ([("document.internal", marked)] if marked else [])


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([p(text_box("机密★1年")), p("关于防汛的通知")], id="text box"),
        pytest.param([p("机密", r('<w:sym w:font="Wingdings" w:char="F0AB"/>'), "1年"), p("关于防汛的通知")], id="star as a symbol"),
        pytest.param([tbl(tr("密级", "秘密")), p("关于防汛的通知")], id="table"),
    ],
)
def test_marks_in_word_documents(blocks: list[str]) -> None:
    with pytest.raises(ClassifiedDocument):
        read_bytes(docx(*blocks), name="a.docx")


@pytest.mark.parametrize("line", ["　" * 20_000 + "甲", "\t" * 20_000 + "甲", "密 " * 10_000, "1 " * 10_000 + "甲", "★" * 20_000])
def test_hostile_lines_do_not_stall(line: str) -> None:
    assert isinstance(read_bytes(line.encode(), name="a.txt"), SourceText)


@pytest.mark.parametrize("pattern", SPEAK_OF_SECRETS)
def test_public_documents_that_speak_of_secrets_are_read(pattern: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"corpus absent: {CORPUS}")
    (path,) = CORPUS.glob(pattern)
    assert any(word in read(path).text for word in ("绝密", "机密", "秘密"))
