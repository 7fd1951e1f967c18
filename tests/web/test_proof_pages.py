"""The page of the audit administrator: a checkpoint is made, taken away and brought back; what was changed is named; nobody else finds it."""

import io
import json
from datetime import timedelta
from random import Random

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdfium2 import PdfDocument

from luoshi.web.audit import tasks
from luoshi.web.audit.checkpoint import parse
from luoshi.web.audit.models import Record
from luoshi.web.common import store
from luoshi.web.common.once import fresh_key
from tests.web import kit, tampering
from tests.web.browser import Browsing
from tests.web.tampering import all_rows, unguarded
from tests.web.test_proof import file_of, made, written

ADDRESSES = (("audit_proof", ()), ("audit_checkpoint", ()), ("audit_verify", ()), ("audit_sheet", (5,)), ("audit_hashes", (5,)))


def signed_in(world: kit.World, who: str) -> Client:
    """A client of somebody who has a second factor."""
    client = Client()
    client.force_login(world.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    Authenticator.objects.get_or_create(user=world.people[who], type=Authenticator.Type.TOTP, defaults={"data": {}})
    return client


@pytest.fixture
def auditor(world: kit.World) -> Client:
    """The audit administrator, over a few records."""
    written(5)
    return signed_in(world, "audit")


def work() -> None:
    """What the worker would do now."""
    for one in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        {tasks.make_checkpoint.module_path: tasks.make_checkpoint, tasks.verify_records.module_path: tasks.verify_records}[one.task_path].func(*one.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=one.pk).update(status="SUCCESSFUL", finished_at=timezone.now())


def post(client: Client, name: str, **told: object) -> str:
    """Send a form, do the work, and read the page."""
    answer = client.post(reverse(name), {"once": fresh_key(), **told})
    assert answer.status_code == 302, answer.content.decode()
    assert "正在核验全部记录……" in client.get(answer["Location"]).content.decode()
    work()
    return client.get(answer["Location"]).content.decode()


def test_a_checkpoint_is_made_taken_away_and_brought_back(auditor: Client) -> None:
    page = auditor.get(reverse("audit_proof")).content.decode()
    assert "还没有固证过" in page and "在位" in page and "固证与核验" in auditor.get("/audit/").content.decode()
    page = post(auditor, "audit_checkpoint", algorithm="sm3")
    assert "覆盖第 1 至 5 号" in page and "还没有固证过" not in page
    assert (Record.objects.get(act="checkpoint.make").actor, Record.objects.count()) == ("audit", 6)
    file = b"".join(auditor.get(reverse("audit_hashes", args=[5])).streaming_content)
    kept = parse(file)
    assert (kept.head.origin, kept.head.size, kept.head.algorithm) == ("临江省人民政府", 5, "sm3") and len(kept.leaves) == 160
    sheet = PdfDocument(io.BytesIO(b"".join(auditor.get(reverse("audit_sheet", args=[5])).streaming_content)))
    assert len(sheet) == 1 and kept.head.root.hex()[:8] in sheet[0].get_textpage().get_text_range()
    page = post(auditor, "audit_verify", lines=kept.head.text(), file=SimpleUploadedFile("checkpoint-5.luoshi", file))
    assert "6 条记录完好，其中第 1 到第 5 号与固证一致" in page
    told = json.loads(Record.objects.get(act="audit.verify").after)
    assert [one["file"] for one in told["checkpoints"]] == [False, True]
    assert not store.is_stored(DBTaskResult.objects.latest("enqueued_at").args_kwargs["args"][1])
    assert "没有用外面保存的固证单来核对" in post(auditor, "audit_verify", lines="")


def test_what_was_changed_is_named_and_no_checkpoint_is_made_of_it(auditor: Client) -> None:
    head = made()
    kept = file_of(head)
    with unguarded():
        tampering.recompute_changed(all_rows(), 3, Random(1))
    page = post(auditor, "audit_verify", lines="", file=SimpleUploadedFile("x.luoshi", kept.head.text().encode() + b"\n" + kept.leaves))
    assert "第一条有问题的是第 3 号记录" in page and "第 3 号记录已不是固证时的样子" in page
    page = post(auditor, "audit_verify", lines=kept.head.text(grouped=False))
    assert "第 1 到第 5 号之间" in page
    with unguarded():
        tampering.set_field(2, "reason", "改")
    page = post(auditor, "audit_checkpoint", algorithm="sha256")
    assert "第一条有问题的是第 2 号记录" in page and Record.objects.filter(act="checkpoint.make").count() == 1
    answer = auditor.get(reverse("audit_hashes", args=[5]))
    assert answer.status_code == 422 and "已不是固证时的样子" in answer.content.decode()


@pytest.mark.parametrize(
    ("lines", "file", "said"),
    [
        ("随便写的", None, "这不是固证单或固证文件"),
        ("luoshi-checkpoint/1\nsize 3", None, "少了一行"),
        ("", b"%PDF-1.7", "这不是固证单或固证文件"),
        ("", b"spoilt", "固证文件自身已损坏"),
    ],
)
def test_what_is_no_checkpoint_is_told_beside_its_field(auditor: Client, lines: str, file: bytes | None, said: str) -> None:
    if file == b"spoilt":
        kept = file_of(made())
        file = kept.head.text().encode() + b"\n" + kept.leaves[1:] + b"x"
    told: dict[str, object] = {"once": fresh_key(), "lines": lines}
    answer = auditor.post(reverse("audit_verify"), told | ({"file": SimpleUploadedFile("x", file)} if file else {}))
    assert answer.status_code == 422 and said in answer.content.decode() and (not lines or lines.splitlines()[0] in answer.content.decode())
    assert not DBTaskResult.objects.exists()


def test_one_look_at_a_time_and_a_failed_one_is_told(auditor: Client) -> None:
    assert auditor.post(reverse("audit_verify"), {"once": fresh_key()}).status_code == 302
    again = auditor.post(reverse("audit_checkpoint"), {"once": fresh_key(), "algorithm": "sha256"})
    assert "正在核验全部记录……" in again.content.decode() and DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert "没有做完" in auditor.get(reverse("audit_proof")).content.decode()
    assert "没有做完" not in post(auditor, "audit_verify", lines="")


def test_an_old_checkpoint_and_missing_triggers_are_told(auditor: Client) -> None:
    made(at=timezone.now() - timedelta(days=9))
    assert "已有 9 天没有固证" in auditor.get(reverse("audit_proof")).content.decode()
    with tampering.undone():
        tampering.drop_guard()
        page = auditor.get(reverse("audit_proof")).content.decode()
        assert "不在位" in page and "audit_record_no_" in page


def test_nobody_else_finds_it(world: kit.World, auditor: Client) -> None:
    made()
    for name, arguments in ADDRESSES:
        address = reverse(name, args=arguments)
        for who in ("system", "security", "province.supervisor", "civil.head", "civil.liaison", "province.leader"):
            client = signed_in(world, who)
            assert client.get(address).status_code == 404 or name in ("audit_checkpoint", "audit_verify"), (who, name)
            assert client.post(address, {"once": fresh_key()}).status_code in (404, 405), (who, name)
        assert Client().get(address).status_code == 302
    assert auditor.get(reverse("audit_sheet", args=[6])).status_code == 404
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_the_clock_asks_for_one_verification_a_night() -> None:
    def asked(at: object) -> int:
        tasks.verify_nightly(at)  # type: ignore[arg-type]
        return DBTaskResult.objects.count()

    now = timezone.now().replace(hour=20)  # four in the morning, here
    assert asked(now) == 0, "nothing was ever written"
    written(3)
    assert asked(now) == 1 and asked(now) == 1
    work()
    assert Record.objects.get(act="audit.verify").actor == "系统"
    assert asked(timezone.now()) == 1
    assert asked(timezone.now() + timedelta(days=1)) == 2


@pytest.mark.one_database
def test_a_checkpoint_in_the_browser(browsing: Browsing) -> None:
    written(30)
    Authenticator.objects.create(user=browsing.world.people["audit"], type=Authenticator.Type.TOTP, data={})
    page = browsing.as_("audit", "/audit/", confirmed=True)
    page.click("text=固证与核验")
    assert browsing.unsound(page, "proof-empty") == []
    page.click("form button.primary")
    page.wait_for_selector("text=正在核验全部记录……")
    work()
    page.wait_for_selector("text=覆盖第 1 至 30 号")
    with page.expect_download() as taken:
        page.click("text=固证文件 >> nth=0")
    kept = parse(taken.value.path().read_bytes())
    page.fill("[name=lines]", kept.head.text())
    page.set_input_files("[name=file]", taken.value.path())
    page.click("form button:has-text('核验')")
    page.wait_for_selector("text=正在核验全部记录……")
    work()
    page.wait_for_selector("text=其中第 1 到第 30 号与固证一致")
    assert browsing.unsound(page, "proof") == []
    assert not browsing.noise
