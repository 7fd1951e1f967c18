"""Every page asks as many questions of the database for a thousand rows (``make prove``: ten thousand) as for ten, at most 25, and exactly as many as
``query_counts.toml`` says. Code asks them and no database, so that beside SQLite a hundred rows are enough.
"""

import json
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import luoshi
from luoshi.web.documents.models import Document
from luoshi.web.ledger.models import CurvePoint, Evidence, Instruction, Matter, Message, Reading, Report, Source, Target
from luoshi.web.ledger.workflow import ReportState, State
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.orgs.models import User
from luoshi.web.oversight.models import Rung
from luoshi.web.papers.models import Addressee, OfficialPaper, PaperMatter
from luoshi.web.problems.models import Inspection, Measure, Problem, Relapse, Visit
from luoshi.web.programmes.models import Meeting, Programme
from luoshi.writers.decomposition_json import dumps
from tests.proving import FULL, share
from tests.web import kit, paper

MOST = 25
MANY = share(10_000) if FULL or connection.vendor == "sqlite" else 100
PINNED: dict[str, dict[str, int]] = tomllib.loads(Path(__file__).with_name("query_counts.toml").read_text("utf-8"))
PROBLEM_STATES = ("mending", "found", "claimed", "objected", "reported", "accepted")
STATES = (State.ISSUED, State.ACTIVE, State.COORDINATING, State.SUBMITTED, State.DRAFT, State.ACCEPTED)


def fill(world: kit.World, count: int, start: int = 0) -> None:
    """``count`` rows of everything that pages list."""
    today, now = timezone.localdate(), timezone.now()
    by, unit = world.people["province.supervisor"], world.units["province"]
    numbers = range(start, start + count)
    made = {"issuer": unit, "lead": world.units["civil"], "theme": "养老", "drafted_by": by, "created_at": now, "issued_at": now}
    Matter.objects.bulk_create(
        Matter(number=f"N-{n}", title=f"事项{n}", state=STATES[n % 6], due_on=today + timedelta(days=n % 40 - 5), **made) for n in numbers
    )
    matters = list(Matter.objects.filter(number__in=[f"N-{n}" for n in numbers]))
    Source.objects.bulk_create(Source(matter=one, kind=Source.TYPED, quote="依据") for one in matters)
    active = [one for one in matters if one.state == State.ACTIVE]
    told = {"unit": world.units["civil"], "unit_name": "临江省民政厅", "author": world.people["civil.liaison"], "created_at": now, "saved_at": now}
    Report.objects.bulk_create(Report(matter=one, state=ReportState.FILED, text="进展", filed_at=now, **told) for one in active)
    Message.objects.bulk_create(
        Message(matter=one, kind=Message.REMINDER, to_unit=world.units["civil"], text="请抓紧", by=by, by_unit=unit, at=now) for one in active
    )
    rung = {"rung": "blue", "ground": "overdue", "to_unit": world.units["civil"], "to_name": "民政厅", "text": "督办", "answer_by": today, "served_by": by, "served_at": now}
    Rung.objects.bulk_create(Rung(matter=one, state=state, **rung) for one in active for state in ("refused", "served"))
    Instruction.objects.bulk_create(Instruction(unit=unit, leader="高省长", on=today, text=f"批示{n}", created_by=by, created_at=now) for n in numbers)
    Programme.objects.bulk_create(Programme(unit=unit, name=f"专项{n}", created_by=by, created_at=now) for n in numbers)
    Meeting.objects.bulk_create(Meeting(programme=Programme.objects.first(), unit=unit, title=f"会议{n}", held_on=today, created_by=by, created_at=now) for n in numbers)
    Document.objects.bulk_create(Document(unit=unit, title=f"文件{n}", created_by=by, created_at=now) for n in numbers)
    found = {"source": "check", "discovery": "self", "severity": "light", "found_on": today, "created_by": by, "created_at": now}
    found |= {"finder": unit, "finder_name": unit.name, "owner": world.units["civil"], "owner_name": "临江省民政厅"}
    Problem.objects.bulk_create(Problem(number=f"W-{n}", title=f"问题{n}", state=PROBLEM_STATES[n % 6], due_on=today, **found) for n in numbers)
    problem = Problem.objects.order_by("pk")[0]
    Measure.objects.bulk_create(Measure(problem=problem, order=n, text=f"措施{n}", due_on=today) for n in numbers)
    Relapse.objects.bulk_create(Relapse(problem=problem, found_on=today, source="check", discovery="self", signs="又出现", by=by, at=now) for n in numbers)
    visit = {"content": "养老服务", "leader": "组长", "state": "arranged", "created_by": by, "created_at": now}
    Inspection.objects.bulk_create(Inspection(number=f"D-{n}", title=f"督查{n}", unit=unit, starts_on=today, ends_on=today, **visit) for n in numbers)
    sent = Inspection.objects.filter(number__in=[f"D-{n}" for n in numbers])
    Visit.objects.bulk_create(Visit(inspection=one, unit=world.units["civil"], unit_name="临江省民政厅", state="told", answer_by=today) for one in sent)
    papers = OfficialPaper.objects.bulk_create(OfficialPaper(kind="bulletin", state="draft", unit=unit, title=f"通报{n}", drafted_by=by, created_at=now) for n in numbers)
    PaperMatter.objects.bulk_create(PaperMatter(paper=papers[0], matter=one, order=n) for n, one in enumerate(matters[:100]))
    Addressee.objects.bulk_create(Addressee(paper=one, unit=world.units["civil"], unit_name="临江省民政厅", order=0) for one in papers)
    drawn = {"confidence": 90, "margin": 10, "seed": "1", "population": 1, "size": 1, "list_hash": "0" * 64, "due_on": today, "created_by": by, "created_at": now}
    drawn |= {"unit": unit, "closed_from": today, "closed_to": today, "strata": [{"unit": world.units["civil"].pk, "name": "临江省民政厅", "numbers": ["N-1"], "drawn": 1}]}
    LookbackPlan.objects.bulk_create(LookbackPlan(title=f"回头看{n}", **drawn) for n in numbers)
    lookback, looked = LookbackPlan.objects.order_by("pk")[0], {"unit": world.units["civil"], "unit_name": "临江省民政厅", "relapses": 0, "outcome": "relapsed"}
    LookbackCheck.objects.bulk_create(
        LookbackCheck(
            plan=lookback, matter=one, order=one.pk, state=("waiting", "checked", "differs", "confirmed")[place % 4],
            first=None if place % 4 == 0 else world.people["province.head"], **looked,
        )
        for place, one in enumerate(matters)
    )  # fmt: skip
    User.objects.bulk_create(User(username=f"p{n}", name=f"人员{n}", created_at=now) for n in numbers)


def first_rows(world: kit.World) -> dict[str, int]:
    """The rows that addresses name; they are the ones with much belonging to them."""
    document = Document.objects.order_by("pk")[0]
    version = paper.version(world, of=document)
    paper.drafts(version)
    read: dict[str, Any] = json.loads(dumps(luoshi.decompose(luoshi.read_bytes(version.text.encode(), name="意见.txt"))))
    read.pop("text", None)
    version.decomposition = read
    version.save()
    matter = Matter.objects.filter(state=State.ACTIVE).order_by("pk")[0]
    Source.objects.filter(matter=matter).update(kind=Source.ITEM, version=version, start=0, end=5)
    report = Report.objects.get(matter=matter)
    _measured(matter, report)
    target = Target.objects.create(matter=Matter.objects.filter(state=State.ISSUED).order_by("pk")[0], indicator="中心", value=124, unit="个")
    return {
        "paper": OfficialPaper.objects.order_by("pk")[0].pk,
        "matter": matter.pk,
        "target": target.pk,
        "report": report.pk,
        "instruction": Instruction.objects.order_by("pk")[0].pk,
        "document": document.pk,
        "lookback": LookbackPlan.objects.order_by("pk")[0].pk,
        "check": LookbackCheck.objects.filter(matter=matter).order_by("pk")[0].pk,
        "programme": Programme.objects.order_by("pk")[0].pk,
        "inspection": Inspection.objects.order_by("pk")[0].pk,
        "problem": Problem.objects.order_by("pk")[0].pk,
        "meeting": Meeting.objects.order_by("pk")[0].pk,
        "unit": world.units["civil"].pk,
        "person": world.people["civil.liaison"].pk,
    }


def _measured(matter: Matter, report: Report) -> None:
    """The matter has an indicator with a curve; the report tells a value of it and has a file, as the one before it that was accepted."""
    today, now = timezone.localdate(), timezone.now()
    target = Target.objects.create(matter=matter, indicator="覆盖率", value=90, unit="%")
    CurvePoint.objects.bulk_create(CurvePoint(target=target, on=today + timedelta(days=30 * n), value=40 + 10 * n) for n in range(5))
    told = {"unit": report.unit, "unit_name": report.unit_name, "author": report.author, "created_at": now, "saved_at": now}
    before = Report.objects.create(matter=matter, state=ReportState.ACCEPTED, text="上期", filed_at=now - timedelta(days=30), reviewed_at=now - timedelta(days=29), **told)
    for one in (before, report):
        Reading.objects.create(report=one, target=target, value=50, as_of=today)
        Evidence.objects.create(report=one, name="核查表.pdf", sha256="0" * 64, size=9, added_by=report.author, added_at=now)


def pages() -> list[Any]:
    """Person and the pages that are asked as that person."""
    return [pytest.param(person, paths, id=person) for person, paths in PINNED.items()]


@pytest.mark.prove
@pytest.mark.parametrize(("person", "paths"), pages())
def test_pages_ask_as_many_questions_for_many_rows_as_for_few(
    world: kit.World, client: Client, monkeypatch: pytest.MonkeyPatch, person: str, paths: dict[str, int]
) -> None:
    fill(world, 10)
    rows = first_rows(world)
    if "." not in person:  # administrators sign in with a second factor
        Authenticator.objects.create(user=world.people[person], type=Authenticator.Type.TOTP, data={})
    client.force_login(world.people[person], backend="allauth.account.auth_backends.AuthenticationBackend")
    monkeypatch.setattr("luoshi.web.orgs.middleware.NOTED_AFTER", 86_400)  # that a session is used is no question of a page
    few = {path: asked(client, path.format(**rows)) for path in paths}
    fill(world, MANY, 10)
    many = {path: asked(client, path.format(**rows)) for path in paths}
    assert many == few
    assert few == paths
    assert max(few.values()) <= MOST


def asked(client: Client, path: str) -> int:
    """Questions to the database for a page that was asked once before."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return len(queries)
