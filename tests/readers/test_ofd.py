"""OFD: places, steps, turns, templates, several documents, odd paths, and what is missing."""

import pytest

from luoshi.readers import read_bytes
from luoshi.readers.ofd import _deltas, read_ofd
from luoshi.text import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, SourceText, reading_view
from luoshi.text.view import fold

from .build_ofd import build_ofd, element, page_part, part
from .typeset import Line, Paragraph, typeset

LONG = "为贯彻落实《临江省“十五五”防汛规划》，各县（区）要在6月底前完成堤防检查12处，并将结果报市水利局。"
PARAGRAPHS = [
    Paragraph("云州市人民政府关于进一步加强主汛期堤防水库安全检查和险工险段整治工作的通知", "title"),
    *(text for n in range(1, 8) for text in (f"{n}.堤防检查第{n}项任务", LONG * n)),
    Paragraph("云州市人民政府", "right"),
]
PAGES = typeset(PARAGRAPHS)
DOCUMENT, PAGE = "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"


def drawn(*objects: str) -> SourceText:
    """One page with these objects."""
    content = part("Page", element("Content", element("Layer", "".join(objects), ID=2)))
    return read_ofd(build_ofd([[]], extra={PAGE: content}), name="a.ofd")


def text(content: str, *, boundary: str = "20 30 100 20", code: dict[str, object] | None = None, **attributes: object) -> str:
    """A TextObject of one TextCode."""
    written = element("TextCode", content, **{"X": 0, "Y": 5, **(code or {})})
    return element("TextObject", written, ID=1, Boundary=boundary, Font=1, **{"Size": 5, **attributes})


def test_a_document() -> None:
    source = read_bytes(build_ofd(PAGES, head="临江省人民政府公报", number="— {n} —"), name="通知.ofd")
    view = [line.strip() for line in reading_view(source).text.split("\n") if line.strip()]
    assert view == [fold(item.text if isinstance(item, Paragraph) else item) for item in PARAGRAPHS]
    assert source.media_type == "application/ofd"
    assert source.wrapped is True
    assert {origin.page for origin in source.origins} == set(range(1, len(PAGES) + 1))
    assert [span.of(source.text) for span in source.furniture][:2] == ["临江省人民政府公报", "— 1 —"]
    assert len(source.furniture) == 2 * len(PAGES)


@pytest.mark.parametrize(
    ("value", "chars", "steps"),
    [
        pytest.param("1 2.5 -3", 4, [1.0, 2.5, -3.0], id="plain"),
        pytest.param("g 3 1.5 2", 5, [1.5, 1.5, 1.5, 2.0], id="repeated"),
        pytest.param("g 999999999999 1", 4, [1.0, 1.0, 1.0], id="never-more-than-needed"),
        pytest.param("g", 4, [], id="cut-short"),
        pytest.param("g x 1 nan", 4, [0.0], id="no-numbers"),
        pytest.param(None, 4, [], id="none"),
    ],
)
def test_steps(value: str | None, chars: int, steps: list[float]) -> None:
    assert _deltas(value, chars) == steps


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        pytest.param([text("乙", boundary="30 30 9 9"), text("甲", boundary="20 30 9 9")], "甲乙", id="order-by-place"),
        pytest.param([text("下", boundary="20 60 9 9"), text("上", boundary="20 30 9 9")], "上\n下", id="lines"),
        pytest.param([text("甲乙丙", code={"DeltaX": "g 2 5"})], "甲乙丙", id="repeat"),
        pytest.param([text("任务单位", code={"DeltaX": "5 20 5"})], "任务\u3000单位", id="a-gap"),
        pytest.param([text("甲乙")], "甲乙", id="no-steps"),
        pytest.param(
            [element("PageBlock", element("PageBlock", text("甲", boundary="20 30 9 9")) + text("乙", boundary="25 30 9 9"))],
            "甲乙",
            id="blocks",
        ),
        pytest.param([text("甲", CTM="2 0 0 2 0 0"), text("乙", boundary="30 30 9 9", CTM="2 0 0 2 0 0")], "甲乙", id="matrix"),
        pytest.param([text("甲乙", CTM="0 1 -1 0 0 0", code={"DeltaX": 5})], "甲乙", id="turned"),
        pytest.param([text("防汛", code={"DeltaY": 5})], "防汛", id="downwards"),
        pytest.param([text("甲"), text("藏", boundary="25 30 9 9", Visible="false")], "甲", id="invisible"),
        pytest.param([text("甲"), text("远", boundary="1e9 0 9 9")], "甲", id="far-out"),
        pytest.param([text("⻓\u2f00\u200b")], "长一", id="radicals-and-controls"),
        pytest.param([text("甲", boundary="a b", CTM="1 2 3", code={"X": "x", "DeltaX": "- +"})], "甲", id="nonsense"),
    ],
)
def test_objects(objects: list[str], expected: str) -> None:
    assert drawn(*objects).text == expected


def test_a_code_without_a_place_follows_the_one_before() -> None:
    codes = element("TextCode", "甲", X=0, Y=5) + element("TextCode", "乙", X=5)
    assert drawn(element("TextObject", codes, ID=1, Boundary="20 30 9 9", Size=5)).text == "甲乙"


def test_several_documents() -> None:
    first, second = typeset([Paragraph("甲文", "left")]), typeset([Paragraph("乙文", "left")])
    source = read_ofd(build_ofd(first, second), name="a.ofd")
    assert source.text == "甲文\n乙文"
    assert [origin.page for origin in source.origins] == [1, 2]


@pytest.mark.parametrize(
    "location",
    [
        "/Doc_0/Pages/Page_0/Content.xml",
        "./Pages/../Pages/Page_0/Content.xml",
        "pages\\page_0\\content.xml",
        "../Doc_0/Pages/Page_0/Content.xml",
    ],
)
def test_paths(location: str) -> None:
    listed = part("Document", element("Pages", element("Page", ID=1, BaseLoc=location)))
    assert read_ofd(build_ofd([[Line("甲", 30, 40)]], extra={DOCUMENT: listed}), name="a.ofd").text == "甲"


def test_another_namespace() -> None:
    data = page_part([Line("甲", 30, 40)], first_id=10).replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
    assert read_ofd(build_ofd([[]], extra={PAGE: data}), name="a.ofd").text == "甲"


def test_pages_that_are_missing_or_hold_pictures_are_doubts() -> None:
    picture = part("Page", element("Content", element("Layer", element("ImageObject", ID=9, ResourceID=1))))
    pages = [[Line(char, 30, 40)] for char in "甲乙丙"]
    source = read_ofd(build_ofd(pages, extra={PAGE: picture, "Doc_0/Pages/Page_1/Content.xml": "<a"}), name="a.ofd")
    assert source.text == "丙"
    assert [doubt.code for doubt in source.doubts] == ["ofd.page_without_text", "ofd.page_damaged"]


@pytest.mark.parametrize(
    ("extra", "error"),
    [
        pytest.param({"OFD.xml": part("OFD", "")}, DamagedFile, id="no-document"),
        pytest.param({"OFD.xml": part("OFD", element("DocBody"))}, DamagedFile, id="no-root"),
        pytest.param({DOCUMENT: "<a"}, DamagedFile, id="broken-document"),
        pytest.param({PAGE: "<a"}, DamagedFile, id="broken-page"),
        pytest.param({PAGE: part("Page", element("Content"))}, NoTextLayer, id="no-text"),
        pytest.param({"Doc_0/Encryptions.xml": "<a/>"}, EncryptedFile, id="locked"),
        pytest.param({DOCUMENT: part("Document", element("Pages", element("Page", BaseLoc="x") * 2001))}, LimitExceeded, id="pages"),
    ],
)
def test_what_cannot_be_read(extra: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_ofd(build_ofd([[Line("甲", 30, 40)]], extra=extra), name="a.ofd")
