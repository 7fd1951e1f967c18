"""Exports: complete, counted, streamed; nothing in them is a formula, whatever people wrote; taking out is one record."""

import csv
import io
import json
import re
import resource
import time
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import set_language
from luoshi.web.audit.models import Record
from luoshi.web.documents.models import Document, Version
from luoshi.web.exchange.files import ON_PAPER
from luoshi.web.exchange.keys import key_of, read_key
from luoshi.web.exchange.listings import VIEWS, matters
from luoshi.web.exchange.models import RosterRow
from luoshi.web.ledger.models import Instruction, Matter, Source, Support, Target
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.workflow import State
from luoshi.web.programmes.models import Decision, Meeting, Programme
from luoshi.writers.list_csv import guarded
from tests.proving import FULL
from tests.web import kit
from tests.web.payloads import PAYLOADS

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RUNS = re.compile(r"^[\s\ufeff\u200b\u2060\u00ad\u202e]*[=+\-@＝＋－＠﹦]")
FIELDS = ("title", "task", "criterion", "theme", "leader", "office", "contact", "lead_name", "issuer_name", "number", "category", "cadence", "urgency")


def signed_in(world: kit.World, person: str = "province.supervisor") -> Client:
    client = Client()
    client.force_login(world.people[person], backend=BACKEND)
    return client


def body(answer: HttpResponseBase) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]


def taken(client: Client, form: str, address: str = "/exports/matters/", columns: tuple[str, ...] = ("number", "title")) -> bytes:
    return body(client.post(address, {"form": form, "col": columns}))


def rows_of(xlsx: bytes) -> list[tuple[Any, ...]]:
    """The rows below the header of the first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]


def poisoned(world: kit.World) -> None:
    """A matter, a document, an instruction and a decision for each payload, in every field of text that an export shows."""
    by, unit = world.people["province.supervisor"], world.units["province"]
    programme = Programme.objects.create(unit=unit, name=PAYLOADS[0], created_by=by, created_at=kit.NOW)
    for n, text in enumerate(PAYLOADS):
        row = kit.matter(world, number=f"{text[:40]}{n}")
        for name in FIELDS[:-1]:
            if name != "number":
                setattr(row, name, text[: Matter._meta.get_field(name).max_length or 200])
        row.measures = [text, text]
        row.save()
        Source.objects.create(matter=row, kind=Source.TYPED, quote=text, cited_as=text)
        Support.objects.create(matter=row, unit=world.units["finance"], unit_name=text)
        target = Target.objects.create(matter=row, indicator=text, value=1, unit=text[:20])
        RosterRow.objects.create(target=target, order=1, name=text, unit=text, note=text)
        index_matter(row)
        Document.objects.create(unit=unit, title=text, number=text[:80], authority=text, created_by=by, created_at=kit.NOW)
        Instruction.objects.create(unit=unit, leader=text[:60], on=kit.TODAY, text=text, on_paper=text, reply=text, created_by=by, created_at=kit.NOW)
        meeting = Meeting.objects.create(programme=programme, unit=unit, title=text, held_on=kit.TODAY, created_by=by, created_at=kit.NOW)
        Decision.objects.create(meeting=meeting, order=1, text=text)


def addresses() -> list[tuple[str, str]]:
    """Each view with an address that shows poisoned rows."""
    first = Matter.objects.order_by("pk")[0].pk
    programme = Programme.objects.get().pk
    return [
        ("matters", "/exports/matters/"), ("documents", "/exports/documents/"), ("instructions", "/exports/instructions/"), ("search", "/exports/search/?q=1"),
        ("decisions", f"/exports/decisions/{programme}/"), ("dossier", f"/exports/dossier/{first}/"), ("roster", f"/exports/roster/{Target.objects.order_by('pk')[0].pk}/"),
    ]  # fmt: skip


def test_no_payload_becomes_a_formula_in_any_field_of_any_export(world: kit.World) -> None:
    poisoned(world)
    client = signed_in(world)
    assert {name for name, _address in addresses()} == {view.name for view in VIEWS}
    cells = 0
    for name, address in addresses():
        columns = tuple(next(view for view in VIEWS if view.name == name).columns())
        book = taken(client, "xlsx", address, columns)
        with zipfile.ZipFile(io.BytesIO(book)) as packed:
            sheets = [packed.read(part).decode() for part in packed.namelist() if part.startswith("xl/worksheets/")]
            assert not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets), name
            assert not [part for part in packed.namelist() if "externalLink" in part or "connections" in part or "queryTable" in part]
        cells += sum(cell is not None for row in rows_of(book) for cell in row)
        for line in csv.reader(io.StringIO(taken(client, "csv", address, columns).decode("utf-8-sig"), newline="")):
            bad = [cell for cell in line if any(RUNS.match(piece) for piece in re.split(r"[\n;]", cell))]
            assert not bad, (name, bad[:3])
            cells += len(line)
        with zipfile.ZipFile(io.BytesIO(taken(client, "docx", address, columns))) as packed:
            assert not re.search(rb"<w:(instrText|fldSimple|hyperlink)", packed.read("word/document.xml")), name
    print(f"{len(PAYLOADS)} payloads, {cells} cells, 0 formulas")


def test_a_workbook_says_every_payload_letter_by_letter(world: kit.World) -> None:
    poisoned(world)
    said = {str(row[1]).strip() for row in rows_of(taken(signed_in(world), "xlsx", columns=("number", "title")))}
    assert said == {text.replace("\r", "_x000D_").strip() for text in PAYLOADS}


def test_a_pdf_prints_markup_as_text(world: kit.World) -> None:
    import pypdfium2

    kit.matter(world)
    Matter.objects.update(title='#panic("x") [*粗*] $x^2$ =HYPERLINK("a")')
    found = pypdfium2.PdfDocument(taken(signed_in(world), "pdf"))
    text = found[0].get_textpage().get_text_range()
    assert '#panic("x") [*粗*] $x^2$' in re.sub(r"\s+", " ", text).replace("”", '"').replace("“", '"')


@pytest.mark.parametrize(("text", "safe"), [("增长5%", "增长5%"), ("-5%", "'-5%"), ("甲\n=1", "甲\n'=1"), ("\u200b＝1", "'\u200b＝1"), ("a-b", "a-b"), ("", "")])
def test_csv_cells_are_guarded_only_where_a_program_would_run_them(text: str, safe: str) -> None:
    assert guarded(text) == safe


def fill(world: kit.World, count: int) -> None:
    unit, lead, by = world.units["province"], world.units["civil"], world.people["province.supervisor"]
    states = (State.ACTIVE, State.ISSUED, State.CLOSED, State.DRAFT)
    for start in range(0, count, 5000):
        Matter.objects.bulk_create(
            Matter(
                number=f"N-{n:06}", title=f"第{n}件：推动养老服务设施建设并网运行", state=states[n % 4], issuer=unit, lead=lead, theme="养老", due_on=date(2026, 12, 31),
                drafted_by=by, created_at=kit.NOW,
            )
            for n in range(start, min(count, start + 5000))
        )  # fmt: skip


@pytest.mark.prove
def test_a_long_ledger_goes_out_whole_without_going_through_memory(world: kit.World) -> None:
    count = 100_000 if FULL else 2_500
    fill(world, count)
    client = signed_in(world)
    for form in ("xlsx", "csv"):
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        answer = client.post("/exports/matters/", {"form": form, "col": ["number", "title", "lead", "theme", "due", "state", "light"]})
        assert answer.streaming
        written = b"".join(answer)  # type: ignore[arg-type]
        seconds, more = time.monotonic() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        print(f"{form}: {count} rows, {len(written) >> 20} MiB, {seconds:.1f} s, peak memory +{more} MiB, the file itself among it")
        if form == "csv":
            lines = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
            numbers = {line[0] for line in lines if line and line[0].startswith("N-")}
            assert f"应有 {count} 条，写出 {count} 条" in "".join(line[0] for line in lines[-6:] if line)
        else:
            book = openpyxl.load_workbook(io.BytesIO(written), read_only=True)
            numbers = {str(row[0]) for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)}
            assert any(f"写出 {count} 条" in str(row[0]) for row in book.worksheets[1].iter_rows(values_only=True))
        assert len(numbers) == count


def test_the_page_of_every_view_names_its_columns(world: kit.World) -> None:
    poisoned(world)
    client, views = signed_in(world), {view.name: view for view in VIEWS}
    for name, address in addresses():
        page = client.get(address)
        assert page.status_code == 200, address
        assert [heading for _name, heading in page.context["names"]] == list(views[name].columns().values()), address
        assert page.context["names"] == [] or 'name="col"' in page.content.decode(), address


def test_what_is_filtered_and_chosen_goes_out(world: kit.World) -> None:
    for state in (State.ACTIVE, State.ISSUED, State.DRAFT):
        kit.matter(world, state=state)
    client = signed_in(world)
    rows = rows_of(taken(client, "xlsx", "/exports/matters/?state=active", ("number", "state", "light")))
    assert [row[1] for row in rows] == ["办理中"]
    assert rows_of(taken(client, "xlsx", "/exports/matters/?light=green")) == []
    page = client.get("/exports/matters/?state=active&col=leader")
    assert page.context["found"].filters == ("状态：办理中",)
    assert page.context["chosen"] == {"number", "title", "leader"}


def test_taking_out_is_one_record(world: kit.World) -> None:
    kit.matter(world)
    client = signed_in(world)
    assert client.get("/exports/matters/").status_code == 200
    assert not Record.objects.filter(act="export.take").exists()
    taken(client, "csv", "/exports/matters/?state=draft")
    one = Record.objects.get(act="export.take")
    told = json.loads(one.after)
    assert (one.subject, one.actor, told["form"], told["count"], told["filters"]) == ("export.matters", "provincesupervisor", "csv", 1, ["状态：草稿"])


def test_others_rows_are_not_in_the_file(world: kit.World) -> None:
    row = kit.matter(world, state=State.ACTIVE)
    kit.matter(world, issuer="finance", lead="finance", state=State.ACTIVE, number="财-1")
    numbers = {line[0] for line in rows_of(taken(signed_in(world, "civil.liaison"), "xlsx"))}
    assert numbers == {row.number}
    assert signed_in(world, "finance.liaison").get(reverse("export_dossier", args=[row.pk])).status_code == 404
    assert signed_in(world, "finance.liaison").post("/exports/nothing/", {"form": "csv"}).status_code == 404


def test_quotes_of_internal_documents_stay(world: kit.World, version: Version) -> None:
    open_one, held = kit.matter(world), kit.matter(world)
    Matter.objects.update(task="任务原话", measures=["举措原话"])
    Source.objects.create(matter=open_one, kind=Source.TYPED, quote="公开的话")
    Source.objects.create(matter=held, kind=Source.ITEM, quote="内部的话", version=version, start=0, end=4)
    Document.objects.filter(pk=version.document_id).update(internal=True)
    client = signed_in(world)
    columns = ("number", "title", "task", "measures", "quote")
    book = taken(client, "xlsx", columns=columns)
    rows = {row[0]: row for row in rows_of(book)}
    assert rows[open_one.number][2:5] == ("任务原话", "举措原话", "公开的话")
    assert set(rows[held.number][2:5]) == {"（内部文件，不导出）"}
    about = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1]
    assert any("未导出原文的有 1 条：出自内部文件的事项" in str(row[0].value) for row in about.iter_rows())
    assert json.loads(Record.objects.get(act="export.take").after)["withheld"] == 1
    assert "内部的话" not in taken(client, "csv", reverse("export_dossier", args=[held.pk]), ()).decode()
    assert "内部的话" not in taken(client, "csv", "/exports/search/?q=内部", ("title", "passages")).decode()


def test_paper_takes_so_many_rows_and_says_so(world: kit.World) -> None:
    fill(world, ON_PAPER + 1)
    client = signed_in(world)
    answer = client.post("/exports/matters/", {"form": "docx", "col": ["number"]})
    assert answer.status_code == 422
    assert "请加筛选条件" in answer.content.decode()
    assert not Record.objects.filter(act="export.take").exists()


def test_a_key_fits_its_row_alone() -> None:
    key = key_of(matter=7, changes=3, number="LJ-1", cells={"title": "甲 \r\n乙", "due_on": ""})
    told = read_key(f" {key} ")
    assert told is not None
    assert (told.matter, told.changes, told.number) == (7, 3, "LJ-1")
    for wrong in (key.replace("|7|", "|8|"), key[:-1], "", "LS1|7", key.replace("LJ-1", "LJ-2")):
        assert read_key(wrong) is None


def test_a_language_chosen_by_the_reader_is_that_of_the_file(world: kit.World) -> None:
    kit.matter(world)
    client = signed_in(world)
    client.cookies["luoshi_language"] = "en"
    text = taken(client, "csv").decode("utf-8-sig")
    set_language("zh")  # of the thread of this test
    assert "编号" not in text.splitlines()[0]


def test_the_light_is_looked_for_in_every_row(world: kit.World) -> None:
    kit.matter(world, state=State.ACTIVE)
    Matter.objects.update(due_on=date(2020, 1, 1))
    found = matters.find(world.actor("province.supervisor"), QueryDict("light=red"), timezone.localdate(), ("number", "light"), None)
    assert found.total == 1
    assert [row[1][:2] for row in found.rows()] == ["逾期"]


@pytest.mark.parametrize(
    ("address", "column"),
    [
        ("/exports/matters/", "台账"),
        ("/exports/documents/", "文件"),
        ("/exports/instructions/", "批示"),
        ("/exports/search/?q=养老", ""),
        ("/search/?q=养老", ""),
    ],
)
def test_an_export_stands_in_the_column_of_its_view(world: kit.World, address: str, column: str) -> None:
    page = body(signed_in(world).get(address)).decode()
    assert re.findall(r'aria-current="page">(\w+)', page.partition("<main")[0]) == ([column] if column else [])
    assert ("可以导回" in page) == (address == "/exports/matters/")
