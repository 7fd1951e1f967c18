"""Web pages: the main text and no frame around it, blanks as a browser sets them, tables, encodings."""

from pathlib import Path

import pytest

from luoshi.readers import read_bytes
from luoshi.readers.html import read_html
from luoshi.text import EmptyDocument, SourceText, UnknownEncoding

BODY = "".join(f"<p>　　{n}、请各县（区）人民政府于{n}月底前完成堤防检查，并将结果报市水利局。</p>" for n in range(1, 9))
MENU = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(30))
CORPUS = Path(__file__).parents[2] / "../shared/corpus/annotated/05_guofa2018-42_nongji_rawhtml.txt"


def read(body: str, *, head: str = "") -> SourceText:
    """A page with this body."""
    return read_html(f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), name="a.html")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<p>甲</p><p>乙</p>", "甲\n乙", id="paragraphs"),
        pytest.param("甲<br>乙<br/><br>丙", "甲\n乙\n丙", id="breaks"),
        pytest.param("<p> a \n  b\t c </p>", "a b c", id="blanks-collapse"),
        pytest.param("<p>国务院\n  办公厅</p>", "国务院办公厅", id="a-line-break-between-wide-characters-is-none"),
        pytest.param("<p>共 12\n项</p>", "共 12 项", id="one-beside-a-number-is"),
        pytest.param("<p>　　云州市　人民政府 &nbsp;</p>", "云州市　人民政府", id="wide-spaces-inside-stay"),
        pytest.param("<p>甲&nbsp;乙&lt;&amp;&#31532;</p>", "甲\u00a0乙<&第", id="entities"),
        pytest.param("<p>云<b>州</b><span style='x'>市</span></p>", "云州市", id="inline"),
        pytest.param("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙", id="text-around-blocks"),
        pytest.param("<ul><li>甲<li>乙</ul>", "甲\n乙", id="items"),
        pytest.param("<p>见<a href=x>附件</a><img src=y alt=图></p>", "见附件", id="links-and-images"),
        pytest.param("<script>a</script><style>b</style><p>甲</p><!-- c -->", "甲", id="scripts"),
        pytest.param("<nav>a</nav><header>b</header><p>甲</p><aside>c</aside><footer>d</footer>", "甲", id="frame"),
        pytest.param("<article><header><h1>通知</h1></header><p>甲</p></article>", "通知\n甲", id="a-header-with-the-title"),
        pytest.param("<p hidden>a</p><p style='display: none'>b</p><p style='color:red'>甲</p>", "甲", id="hidden"),
        pytest.param("<pre>甲\n  乙\n\n丙</pre>", "甲\n乙\n丙", id="pre"),
        pytest.param("<p>甲\u200b乙\ufeff</p>", "甲乙", id="invisible-characters"),
        pytest.param("<p>甲\0\x01乙&#0;</p>", "甲乙\ufffd", id="controls"),
    ],
)
def test_text(body: str, text: str) -> None:
    assert read(body).text == text


def test_origins() -> None:
    source = read("<h1>通知</h1><p>甲</p><h3>一、<b>总体</b>要求</h3><p>乙</p>")
    assert [(source.text[o.start : o.end], o.block, o.page) for o in source.origins] == [
        ("通知", "h1:1", None),
        ("甲", "p:2", None),
        ("一、总体要求", "h3:3", None),
        ("乙", "p:4", None),
    ]
    assert source.wrapped is False
    assert source.media_type == "text/html"


@pytest.mark.parametrize(
    "container",
    ['id="UCAP-CONTENT"', 'id="zoom"', 'class="a TRS_Editor"', 'class="pages_content"', 'id="content"', 'class="content"'],
)
def test_government_pages(container: str) -> None:
    page = (
        f"<ul>{MENU}</ul><div class='top'>首页 &gt; 政策</div><div {container}><div>{BODY}</div></div><div>主办：云州市人民政府办公室</div>"
    )
    source = read(page)
    assert source.text.startswith("1、请各县（区）人民政府于1月底前完成堤防检查")
    assert source.text.count("\n") == 7


def test_the_container_with_most_text() -> None:
    source = read(f'<div class="content">上一篇：无</div><div class="content">{BODY}</div>')
    assert source.text.count("\n") == 7


def test_a_container_of_next_to_nothing_is_none() -> None:
    assert read(f'<div id="content">字号：大 中 小</div>{BODY}').text.count("\n") == 8


def test_a_page_without_known_containers() -> None:
    page = f"<div class=menu><ul>{MENU * 3}</ul></div><div class=x7><h2>关于防汛工作的通知</h2>{BODY}<p>云州市水利局</p></div>" + (
        f"<div class=links><ul>{MENU * 3}</ul></div>"
    )
    source = read(page)
    assert source.text.startswith("关于防汛工作的通知\n1、请各县")
    assert source.text.endswith("\n云州市水利局")


def test_a_plain_page_is_read_whole() -> None:
    assert read(BODY + "<p>云州市水利局</p><p>2025年3月1日</p>").text.endswith("云州市水利局\n2025年3月1日")


def test_a_layout_of_nested_tables() -> None:
    page = f"<table><tr><td><table><tr><td>{BODY}</td></tr></table></td><td></td></tr></table>"
    source = read(page)
    assert source.text.count("\n") == 7
    assert source.tables == ()


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        pytest.param("<title>防汛工作通知_云州市人民政府</title>", "<p>甲乙</p>", "防汛工作通知\n甲乙", id="missing"),
        pytest.param("<title>防汛工作通知_云州市人民政府</title>", "<h1>防汛工作通知</h1><p>甲</p>", "防汛工作通知\n甲", id="there"),
        pytest.param("<title>关于防汛工作的通知</title>", "<p>关于防汛</p><p>工作的通知</p>", "关于防汛\n工作的通知", id="in-two-lines"),
        pytest.param("<meta name=ArticleTitle content=堤防检查通知><title>云州</title>", "<p>甲</p>", "堤防检查通知\n甲", id="meta"),
        pytest.param("", "<p>甲</p>", "甲", id="none"),
    ],
)
def test_title(head: str, body: str, text: str) -> None:
    assert read(body, head=head).text == text


def test_tables() -> None:
    rows = "<tr><th>任务<th colspan=2>单位</tr><tr><td rowspan=2>修堤<td>水利局<td>财政局<tr><td><p>城建局<p>交通局<td> </tr><tr><td> <td> <td> </tr>"
    source = read(f"<p>前</p><table><caption>任务表</caption>{rows}</table><p>后</p>")
    assert source.text == "前\n任务表\n任务\t单位\n修堤\t水利局\t财政局\n城建局\n交通局\t\n后"
    (table,) = source.tables
    cells = [(source.text[c.start : c.end], c.row, c.col, c.rows, c.cols) for c in table.cells]
    assert cells == [
        ("任务", 0, 0, 1, 1),
        ("单位", 0, 1, 1, 2),
        ("修堤", 1, 0, 2, 1),
        ("水利局", 1, 1, 1, 1),
        ("财政局", 1, 2, 1, 1),
        ("城建局\n交通局", 2, 1, 1, 1),
        ("", 2, 2, 1, 1),
    ]
    blocks = [o.block for o in source.origins]
    assert blocks == ["p:1", "p:2", "cell:1.1.1", "cell:1.1.2", "cell:1.2.1", "cell:1.2.2", "cell:1.2.3", "cell:1.3.2", "p:3"]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><p>甲</p><p>乙</p></table>",
        "<table><tr><td>甲<tr><td>乙</table>",
        "<table role=presentation><tr><td>甲<td>乙</table>",
    ],
)
def test_tables_of_layout(table: str) -> None:
    source = read(table)
    assert source.text == "甲\n乙"
    assert source.tables == ()


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        pytest.param("gb2312", "gb18030", id="gb2312"),
        pytest.param("GBK", "gbk", id="gbk"),
        pytest.param("utf-8", "utf-8", id="utf-8"),
        pytest.param("utf-8", "gb18030", id="says-utf-8-is-gb"),
        pytest.param("gb2312", "utf-8", id="says-gb-is-utf-8"),
        pytest.param("big5", "big5", id="big5"),
        pytest.param("no-such", "utf-8", id="unknown"),
        pytest.param("gbk", "utf-8-sig", id="bom"),
        pytest.param("utf-8", "utf-16", id="utf-16"),
    ],
)
def test_encodings(charset: str, encoding: str) -> None:
    text = "市政府工作" if encoding == "big5" else "请各县（区）落实"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><p>{text}</p></body></html>'
    assert read_html(page.encode(encoding), name="a.html").text == text


def test_a_wrong_byte_is_a_doubt() -> None:
    page = f"<meta charset=utf-8>{BODY}".encode()
    at = page.index("检查".encode())
    source = read_html(page[:at] + b"\xff" + page[at:], name="a.html")
    assert [doubt.code for doubt in source.doubts] == ["html.encoding"]
    with pytest.raises(UnknownEncoding):
        read_html(b"<p>\x80\xff</p>" * 9, name="a.html")


@pytest.mark.parametrize("data", [b"<html></html>", b"<p>&nbsp;</p>", b"<script>a</script>", b"<!-- a -->", b"<title></title>"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read_html(data, name="a.html")


def test_a_fragment_under_another_name() -> None:
    rows = f'<tbody> \n <tr> \n  <td class="b12c" id="UCAP-CONTENT"><p><span>关于加快推进农机化和</span></p> <p>装备转型的意见</p>{BODY}</td></tr></tbody>'
    source = read_bytes(rows.encode(), name="意见.txt")
    assert source.media_type == "text/html"
    assert source.text.startswith("关于加快推进农机化和\n装备转型的意见\n1、请各县")
    assert len(source.origins) == 10


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not here")
def test_a_real_fragment() -> None:
    source = read_bytes(CORPUS.read_bytes(), name=CORPUS.name)
    assert len(source.origins) == 38
    assert [line[-4:] for line in source.text.split("\n")[:3]] == ["机械化和", "指导意见", "〕42号"]
    assert "<" not in source.text
