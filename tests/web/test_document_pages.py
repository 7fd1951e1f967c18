"""The pages of documents in a real browser, and in how many questions they are made; a long document is reviewed part by part."""

import time
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from luoshi.web.common import store
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Comparison, Document, DraftItem, Version
from luoshi.web.documents.services import linking, reviewing, uploading
from tests.web import kit
from tests.web.browser import Browsing
from tests.web.directive import LOWER, TEXT, fields_of, upload

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = ["养老", "托育", "就业", "医保", "教育", "住房", "交通", "水利", "环保", "文旅", "数字", "安全", "应急", "农业", "林草", "商贸", "科技", "人才", "金融", "税务"]
LONG_TOOK = 6.0  # seconds on a busy machine; alone it is under one


def long_text(sections: int = 40, items: int = 15) -> str:
    """An invented directive of about 100 characters an item."""
    lines = ["临江省人民政府关于推进民生实事的实施意见", "", "临政发〔2026〕30号", ""]
    for n in range(sections):
        lines += [f"{'一二三四五六七八九十'[n % 10] if n < 10 else ''}（{n + 1}）推进{WORDS[n % 20]}工作" if n >= 10 else f"{'一二三四五六七八九十'[n]}、推进{WORDS[n % 20]}工作", ""]
        for k in range(items):
            about = WORDS[(n + k) % 20]
            lines += [
                f"{k + 1}.到2027年底前，各市建成{about}服务站点{n * 20 + k + 3}个以上，覆盖率达到{60 + k}%以上，完善第{n + 1}批{about}设施运行、维护、评价制度，"
                f"建立月度调度、季度通报机制，推动{about}资源向县域和乡镇延伸，由省民政厅牵头、省财政厅配合。",
                "",
            ]
    return "\n".join(lines)


def read_all() -> None:
    for pk in Version.objects.exclude(state__in=(Version.READ, Version.FAILED)).values_list("pk", flat=True):
        tasks.read_version.func(pk)


def compared(world: kit.World) -> tuple[Document, Document]:
    actor = world.actor("province.supervisor")
    upper, lower = upload(world), upload(world, LOWER, name="云岭.txt")
    linking.link_upper(document_id=lower.pk, upper_id=upper.pk, actor=actor, at=kit.NOW)
    tasks.compare_versions.func(Comparison.objects.get().pk)
    return upper, lower


def questions(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def test_questions_do_not_grow(world: kit.World, client: Client) -> None:
    upper, lower = compared(world)
    client.force_login(world.people["province.supervisor"], backend=BACKEND)
    paths = ("/documents/", f"/documents/{lower.pk}/", f"/documents/{upper.pk}/review/1/", f"/documents/{lower.pk}/compare/{upper.pk}/?band=found")
    client.get("/documents/")
    few = [questions(client, path) for path in paths]
    assert max(few) <= 25
    first = upper.versions.get().drafts.first()
    assert first is not None
    for n in range(60):
        copied = DraftItem.objects.get(pk=first.pk)
        copied.pk, copied.order = None, 100 + n
        copied._state.adding = True
        copied.save()
        Document.objects.create(unit=world.units["province"], title=f"文件{n}", created_by=world.people["province.supervisor"], created_at=kit.NOW)
    for number in range(2, 12):
        Version.objects.create(
            document=lower, number=number + 100, file_name="x", file_size=1, state=Version.FAILED, uploaded_by=world.people["province.supervisor"], uploaded_at=kit.NOW
        )
    assert [questions(client, path) for path in paths] == few


@pytest.mark.one_database
def test_a_long_document_is_opened_part_by_part(world: kit.World, client: Client) -> None:
    document = upload(world, long_text(), name="民生实事.txt")
    version = document.versions.get()
    assert len(version.text) > 60_000 and version.drafts.count() >= 600
    client.force_login(world.people["province.supervisor"], backend=BACKEND)
    address = f"/documents/{document.pk}/review/1/"
    client.get("/documents/")
    began = time.perf_counter()
    page = client.get(address).content.decode()
    took = time.perf_counter() - began
    print(f"review of {len(version.text)} characters, {version.drafts.count()} items: {took:.2f} s, {len(page) // 1024} KiB")
    assert took < LONG_TOOK and page.count('<article class="item') <= 90 and len(page) < 700_000
    assert questions(client, f"{address}?part=5") <= 25
    before = version.drafts.filter(state="pending").count()
    shown = client.get(f"{address}?part=1").content.decode().count('data-state="pending"')
    sent = fields_of(page, f'action="{address}bulk/"') | {"act": ["rest"], "part": ["1"], "once": [uuid.uuid4().hex]}
    assert client.post(f"{address}bulk/", sent).status_code == 302
    assert version.drafts.filter(state="pending").count() == before - shown > 0


@pytest.mark.one_database
def test_the_pages_have_no_faults(browsing: Browsing) -> None:
    world = browsing.world
    upper, lower = compared(world)
    draft = upper.versions.get().drafts.all()[0]
    reviewing.accept_draft(draft_id=draft.pk, actor=world.actor("province.supervisor"), at=kit.NOW)
    uploading.add_document(file_name="正在读.docx", stored=store.save(b"PK"), actor=world.actor("province.supervisor"), at=kit.NOW)
    broken = uploading.add_document(file_name="坏的.pdf", stored=store.save(b"%PDF-1.4 x"), actor=world.actor("province.supervisor"), at=kit.NOW)
    tasks.read_version.func(broken.versions.get().pk)
    pages = {
        "documents": "/documents/",
        "upload": "/documents/upload/",
        "document": f"/documents/{lower.pk}/",
        "document-broken": f"/documents/{broken.pk}/",
        "facts": f"/documents/{lower.pk}/facts/",
        "review": f"/documents/{upper.pk}/review/1/",
        "edit": f"/documents/drafts/{upper.versions.get().drafts.all()[1].pk}/edit/",
        "split": f"/documents/drafts/{upper.versions.get().drafts.all()[1].pk}/split/",
        "sentence": f"/documents/{upper.pk}/review/1/sentence/?start={draft.start}",
        "comparison": f"/documents/{lower.pk}/compare/{upper.pk}/?band=found",
        "comparison-not-seen": f"/documents/{lower.pk}/compare/{upper.pk}/",
        "search": "/search/?q=养老",
        "search-nothing": "/search/?q=没有这回事",
        "search-empty": "/search/",
    }
    for name, path in pages.items():
        assert browsing.unsound(browsing.turn_to("province.supervisor", path), name) == []
    assert not browsing.noise


@pytest.mark.one_database
def test_files_are_uploaded_reviewed_by_key_and_adopted(browsing: Browsing, tmp_path: Path) -> None:
    for n, text in enumerate((TEXT, LOWER, "   ")):
        (tmp_path / f"来文{n}.txt").write_text(text, "utf-8")
    page = browsing.as_("province.supervisor", "/documents/upload/")
    page.set_input_files("#files", [tmp_path / f"来文{n}.txt" for n in range(3)])
    expect(page.locator(".uploads li")).to_have_count(3)
    expect(page.locator(".uploads")).to_contain_text("已收到，正在读取")
    browsing.picture(page, "uploading")
    expect(page).to_have_url(f"{browsing.address}/documents/")
    expect(page.locator("main")).to_contain_text("来文0")
    read_all()
    expect(page.locator("main")).to_contain_text("临江省人民政府关于推进县域养老服务体系建设的实施意见")
    expect(page.locator(".error")).to_have_count(1)
    document = Document.objects.get(title__startswith="临江省")
    page.goto(f"{browsing.address}/documents/{document.pk}/review/1/")
    version = document.versions.get()
    first, second, *_others = version.drafts.all()
    expect(page.locator(f"#d{first.pk}")).to_have_attribute("aria-current", "true")
    page.keyboard.press("a")
    expect(page.locator(f"#d{first.pk}")).to_have_attribute("data-state", "accepted")
    expect(page.locator(f"#d{second.pk}")).to_have_attribute("aria-current", "true")
    page.keyboard.press("x")
    expect(page.locator(f"#d{second.pk}")).to_have_attribute("data-state", "rejected")
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.click(f"#d{second.pk} .quote")
    page.keyboard.press("u")
    expect(page.locator(f"#d{second.pk}")).to_have_attribute("data-state", "pending")
    expect(page.locator(f"#d{second.pk}")).to_have_attribute("aria-current", "true")
    page.keyboard.press("e")
    page.fill(f"#d{second.pk} [name=title]", "建设清单")
    browsing.picture(page, "review-editing")
    page.click(f"#d{second.pk} button.primary")
    expect(page.locator(f"#d{second.pk} .named")).to_have_text("建设清单")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    browsing.picture(page, "review-keys")
    page.keyboard.press("?")
    page.click("#review-acts button[value=accept]")
    expect(page.locator("main")).to_contain_text("已采纳")
    page.click("text=转为事项草稿")
    expect(page.locator("main")).to_contain_text("件草稿")
    assert not browsing.noise


@pytest.mark.one_database
def test_it_works_without_a_script(browsing: Browsing, tmp_path: Path) -> None:
    (tmp_path / "来文.txt").write_text(TEXT, "utf-8")
    cookies = browsing.as_("province.supervisor", "/documents/").context.cookies()
    context = browsing.browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": browsing.address} for one in cookies])
    page = context.new_page()
    page.goto(f"{browsing.address}/documents/upload/")
    page.set_input_files("#files", tmp_path / "来文.txt")
    page.click("main button.primary")
    expect(page.locator("main")).to_contain_text("来文")
    read_all()
    version = Version.objects.get()
    page.goto(f"{browsing.address}/documents/{version.document_id}/review/1/")
    first = version.drafts.all()[0]
    page.click(f"#d{first.pk} button[value=accept]")
    expect(page.locator(f"#d{first.pk}")).to_have_attribute("data-state", "accepted")
    page.click(f"#d{first.pk} button[value=undo]")
    page.click("#review-acts button[value=accept]")
    expect(page.locator("main")).to_contain_text("已采纳")
