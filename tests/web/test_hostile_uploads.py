"""Every hostile file of the readers' set, uploaded through the pages: a sentence instead of a text, and the next request is served.

``make prove`` uploads all of them, otherwise every fifth; the readers' own tests read each one always.
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.readers.limits import Limits
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Version
from luoshi.web.documents.views.uploading import MOST_FILES
from tests.proving import FULL
from tests.readers import hostile_pdf, hostile_text, hostile_zip
from tests.readers.hostile_case import Case
from tests.web import kit

pytestmark = pytest.mark.one_database
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FAMILIES: tuple[Callable[[], Iterator[Case]], ...] = (
    hostile_zip.containers,
    hostile_zip.word,
    hostile_zip.sheets,
    hostile_zip.layouts,
    hostile_pdf.cases,
    hostile_text.pages,
    hostile_text.plain,
    hostile_text.others,
)


@pytest.mark.prove
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: f"{family.__module__.rpartition('_')[2]}.{family.__name__}")
def test_a_hostile_file_leaves_a_sentence_and_the_next_request_is_served(family: Callable[[], Iterator[Case]], world: kit.World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.web.intake.services.Limits", partial(Limits, converter_seconds=8))
    client.force_login(world.people["province.supervisor"], backend=BACKEND)
    cases = list(family())[:: 1 if FULL else 5]
    for n in range(0, len(cases), MOST_FILES):
        files = [SimpleUploadedFile(one.name, one.build()) for one in cases[n : n + MOST_FILES]]
        assert client.post("/documents/upload/", {"once": uuid.uuid4().hex, "files": files}).status_code == 302
    versions = list(Version.objects.order_by("pk"))
    assert versions and {one.file_name for one in versions} <= {one.name for one in cases}  # the same bytes twice are one document
    for version in versions:
        tasks.read_version.func(version.pk)
        version.refresh_from_db()
        page = client.get(f"/documents/{version.document_id}/")
        assert page.status_code == 200, version.file_name
        assert version.state == Version.READ or (version.state == Version.FAILED and version.fault and version.hint), version.file_name
        if version.state == Version.READ:
            assert client.get(f"/documents/{version.document_id}/review/1/").status_code == 200, version.file_name
        else:
            assert version.fault_code != "isolation", f"{version.file_name}: {version.fault}"
    for address in ("/documents/", "/search/?q=a", "/"):
        assert client.get(address).status_code == 200


SERVING = """
import sys, uuid
from luoshi.web.config.wsgi import application
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web import kit
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Version
world = kit.world()
client = Client(SERVER_NAME="localhost")
client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
files = [SimpleUploadedFile(name, data) for name, data in (
    ("a.pdf", b"%PDF-1.4"), ("b.docx", b"PK"), ("c.html", "<p>各地要在2026年底前建成一批。</p>".encode()), ("d.txt", "各地要在2026年底前建成三个。".encode()))]
assert client.post("/documents/upload/", {"once": uuid.uuid4().hex, "files": files}).status_code == 302
for version in Version.objects.all():
    tasks.read_version.func(version.pk)
    assert client.get(f"/documents/{version.document_id}/").status_code == 200
read = [one.document_id for one in Version.objects.filter(state="read")]
assert read and all(client.get(f"/documents/{pk}/review/1/").status_code == 200 for pk in read)
assert all(client.get(path).status_code == 200 for path in ("/", "/documents/", "/matters/", "/search/?q=a", "/programmes/"))
print(*sys.modules)
"""
# What opens files that somebody sent. python-docx and lxml are there: they write the pack of a meeting and open no upload.
PARSERS = {"pypdfium2", "trafilatura", "openpyxl", "luoshi.align", "luoshi.web.intake.child"} | {
    f"luoshi.readers.{name}" for name in ("child", "docx", "xlsx", "pdf", "ofd", "html", "office", "paged", "xml", "ooxml")
}


def test_a_process_that_serves_has_no_parser_and_no_reader(migrated: Path, tmp_path: Path) -> None:
    data = shutil.copytree(migrated, tmp_path / "data")
    environment = os.environ | {"LUOSHI_DATA": str(data), "LUOSHI_DATABASE": "", "DJANGO_SETTINGS_MODULE": "luoshi.web.config.settings"}
    ran = subprocess.run([sys.executable, "-c", SERVING], capture_output=True, text=True, env=environment, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    loaded = set(ran.stdout.split())
    assert "luoshi.web.documents.views.uploading" in loaded and not loaded & PARSERS
    assert not [name for name in loaded if name.startswith(("luoshi.decompose", "luoshi.align", "numpy."))], "to serve takes no reader: it is slow to load"
