"""Own templates of an office: what is taken, what is refused with which sentence, and that nothing in one is ever run."""

import io
import zipfile
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.text import LimitExceeded, LuoshiError, RuleBroken, UnsupportedFormat
from luoshi.web.audit.models import Record
from luoshi.web.common import store
from luoshi.web.intake.typesetting import chosen
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import PaperTemplate
from luoshi.web.papers.placeholders import PLACES, in_places, known
from luoshi.web.papers.rendering import default_template, tried, word_file
from luoshi.web.papers.samples import sample_facts
from luoshi.web.papers.services import templates
from tests.web import kit

FACTS = sample_facts(kinds()["reminder"])
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def template(*paragraphs: str, header: str = "") -> bytes:
    """A Word file with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_member(content: bytes, name: str, data: bytes, *, replaced: tuple[bytes, bytes] | None = None) -> bytes:
    """The file with another member, or with a part of one changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for one in old.namelist():
            kept = old.read(one)
            new.writestr(one, kept.replace(*replaced) if replaced and one == name else kept)
        if not replaced:
            new.writestr(name, data)
    return written.getvalue()


def words_of(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


GOOD = template("{{ 标题 }}", "{%p for 段 in 要求 %}", "{{ loop.index }}、{{ 段 }}", "{%p endfor %}", "{% if 件数 > 1 %}共{{ 件数 }}件{% endif %}", header="{{ 文号 }}")


def test_a_good_one_is_filled_in_and_used() -> None:
    assert set(tried(GOOD, "a.docx", FACTS)) == {"件数", "文号", "标题", "要求"}
    nasty = FACTS | {"title": "<w:p>&“{{ 件数 }}”{% for %}"}
    stored = store.save(GOOD)
    filled = words_of(word_file(nasty, template_sha256=stored.sha256))
    assert "<w:p>&“{{ 件数 }}”{% for %}" in filled and "2、请书面反馈当前进展和预计完成时间。" in filled and "共2件" in filled


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("{{ ''.__class__ }}", "__class__", id="an attribute of a text"),
        pytest.param("{{ 标题.__class__.__mro__ }}", "__mro__", id="an attribute of a fact"),
        pytest.param("{{ 事项.append(1) }}", "call", id="a call"),
        pytest.param("{{ cycler.__init__.__globals__ }}", "__globals__", id="a way to the globals"),
        pytest.param("{{ 标题|attr('__class__') }}", "attr", id="a filter"),
        pytest.param("{% for x in range(999999999) %}{{ x }}{% endfor %}", "for", id="a loop over nothing of ours"),
        pytest.param("{{ 'a' * 99999999 }}", "mul", id="a long text"),
        pytest.param("{% set a = 1 %}", "assign", id="an assignment"),
        pytest.param("{% include '/etc/passwd' %}", "include", id="another file"),
        pytest.param("{% import 'os' as os %}", "import", id="a module"),
        pytest.param("关于{{ 题目 }}的函", "“题目”（在“关于{{ 题目 }}的函”一段）", id="an unknown place"),
        pytest.param("{% for 项 in 事项 %}{{ 项.名字 }}{% endfor %}", "项.名字", id="an unknown place of an entry"),
        pytest.param("{{ 事项[0] }}", "getitem", id="one entry"),
    ],
)
def test_what_a_template_may_not_say(said: str, expected: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        tried(template("标题：{{ 标题 }}", said), "模板.docx", FACTS)
    assert expected in refused.value.message and "模板.docx" in refused.value.message and refused.value.hint


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(b"PK\x03\x04 not a zip", UnsupportedFormat, id="no zip"),
        pytest.param(b"%PDF-1.7", UnsupportedFormat, id="a PDF"),
        pytest.param(with_member(GOOD, "[Content_Types].xml", b"", replaced=(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")), UnsupportedFormat, id="another kind"),
        pytest.param(with_member(GOOD, "word/vbaProject.bin", b"x"), RuleBroken, id="macros"),
        pytest.param(with_member(GOOD, "word/embeddings/oleObject1.bin", b"x"), RuleBroken, id="an object"),
        pytest.param(
            with_member(GOOD, "word/_rels/document.xml.rels", b"", replaced=(b"</Relationships>", b'<Relationship Id="rX" Type="x/image" Target="http://a.example/b.png" TargetMode="External"/></Relationships>')),
            RuleBroken,
            id="a picture elsewhere",
        ),
        pytest.param(with_member(GOOD, "word/media/big.bin", b"0" * (65 << 20)), LimitExceeded, id="too much in it"),
        pytest.param(template("没有占位符"), RuleBroken, id="no place"),
        pytest.param(template("{{ 标题 }}", "｛｛ 文号 ｝｝"), RuleBroken, id="full-width braces"),
        pytest.param(template("{{ 标题 }}", "{%p for 段 in 要求 %}", "{{ 段 }}"), RuleBroken, id="a loop without an end"),
        pytest.param(template("{{ 标题 "), RuleBroken, id="a place without an end"),
    ],
)
def test_what_is_no_template(content: bytes, error: type[LuoshiError]) -> None:
    with pytest.raises(error) as refused:
        tried(content, "模板.docx", FACTS)
    assert refused.value.hint


def test_a_link_to_another_template_is_taken_out() -> None:
    link = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Other.dotm" TargetMode="External"/></Relationships>'
    content = with_member(GOOD, "word/_rels/settings.xml.rels", link)
    filled = word_file(FACTS, template_sha256=store.save(content).sha256)
    with zipfile.ZipFile(io.BytesIO(filled)) as packed:
        assert not [name for name in packed.namelist() if b"Other.dotm" in packed.read(name)]


@pytest.mark.parametrize("shape", sorted({kind.shape.value for kind in kinds().values()}))
def test_ours_have_no_place_that_is_not_known(shape: str) -> None:
    assert set(tried(default_template(shape), "默认", FACTS | {"shape": shape})) <= {place.name for place in PLACES} | {f"项.{one.name}" for place in PLACES for one in place.entries or ()}
    assert default_template(shape) == default_template.__wrapped__(shape), "the same bytes"


def test_every_fact_has_its_place() -> None:
    assert set(in_places(FACTS)) == set(known()) and not set(FACTS) - {place.key for place in PLACES} - {"shape"}


def test_uploaded_used_and_put_aside(world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend=BACKEND)
    address = reverse("paper_template_add", args=["reminder"])

    def send(content: bytes) -> Any:
        return client.post(address, {"once": kit_key(), "file": SimpleUploadedFile("本室模板.docx", content)})

    refused = send(template("{{ 题目 }}"))
    assert refused.status_code == 422 and "题目" in refused.content.decode() and not PaperTemplate.objects.exists()
    assert send(GOOD).status_code == 302
    assert send(template("{{ 标题 }}", "第二版")).status_code == 302
    assert PaperTemplate.objects.filter(dropped_at__isnull=True).count() == 1
    assert client.get(reverse("paper_templates")).status_code == 200
    sample = b"".join(client.get(reverse("paper_template_sample", args=["reminder"])).streaming_content)  # type: ignore[attr-defined]
    assert "第二版" in words_of(sample)
    templates.drop_template(kind="reminder", actor=world.actor("province.supervisor"), at=kit.NOW)
    assert list(Record.objects.order_by("seq").values_list("act", flat=True)) == ["paper_template.add", "paper_template.add", "paper_template.drop"]
    client.force_login(world.people["civil.liaison"], backend=BACKEND)
    assert client.get(reverse("paper_templates")).status_code == client.get(address).status_code == 404


def kit_key() -> str:
    kit_key.n += 1  # type: ignore[attr-defined]
    return f"template-key-{kit_key.n:08}"  # type: ignore[attr-defined]


kit_key.n = 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("there", "body"),
    [
        pytest.param({"FangSong", "SimHei", "Arial"}, "FangSong", id="an office"),
        pytest.param({"Noto Serif CJK SC", "Noto Sans CJK SC"}, "Noto Serif CJK SC", id="a plain Linux"),
        pytest.param({"WenQuanYi Zen Hei"}, "WenQuanYi Zen Hei", id="one of no serif"),
    ],
)
def test_the_best_font_that_is_there(there: set[str], body: str) -> None:
    assert chosen(there)["body"][0] == body and all(chosen(there).values())


def test_no_chinese_font_is_a_sentence() -> None:
    with pytest.raises(LuoshiError, match="中文字体"):
        chosen({"DejaVu Sans", "Libertinus Serif"})
