"""The demo: small and whole it loads through the services, holds every state, and fills only what is empty."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.cli import serving
from luoshi.text import UsageError
from luoshi.web import demo
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import broken_links
from luoshi.web.demo.papers import PAPERS, Paper, text_of
from luoshi.web.demo.province import SHOWN, TOWNS, offices
from luoshi.web.demo.settling import Cast
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.must_do import CHASE, DECIDE, DRAFTS, REVIEW
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.models import Unit, User
from luoshi.web.problems.models import Inspection, Problem
from tests.proving import share
from tests.web import kit


def audit() -> QuerySet[Record]:
    return Record.objects.order_by("seq")


def told(cast: Cast, username: str) -> dict[str, list[str]]:
    """The list of one person: the kinds of each group."""
    found = must_do_list(cast.actor(username), timezone.localdate())
    return {group.name: [row.kind for row in group.rows] for group in found.groups}


def test_small_demo(db: None) -> None:
    said: list[str] = []
    cast = demo.load(say=said.append, small=True)

    assert set(Matter.objects.values_list("state", flat=True)) == {str(state) for state in State}
    assert Matter.objects.count() <= 25

    assert set(Problem.objects.values_list("state", flat=True)) >= {"found", "objected", "mending", "reported", "closed"}
    assert Problem.objects.filter(relapses__isnull=False).exists() and Inspection.objects.count() == 2

    records = list(audit())
    first = records[0].seq
    assert [one.seq for one in records] == list(range(first, first + len(records)))
    assert [one.at for one in records] == sorted(one.at for one in records)
    assert broken_links(records) == []

    supervisor = told(cast, "lj-supervisor")
    assert {DECIDE, REVIEW, CHASE, DRAFTS} <= set(supervisor)
    assert {"objection", "escalation", "extension", "submission", "plan_offered", "periodic", "close"} <= set(supervisor[DECIDE])
    assert "proposal" in told(cast, "lj-leader")[DECIDE]

    assert set(cast.passwords) == {*SHOWN, "system-admin", "security-admin", "audit-admin"}
    for username, password in cast.passwords.items():
        assert any(username in line and password in line for line in said)
        assert User.objects.get(username=username).check_password(password)
    assert not User.objects.get(username="lj-fg-head").has_usable_password()

    browser = Client()
    browser.post(reverse("account_login"), {"login": "lj-supervisor", "password": cast.passwords["lj-supervisor"]})
    page = browser.get(reverse("must_do"))
    assert page.status_code == 200 and "提级" in page.content.decode()
    signed_in = len(list(audit()))

    with pytest.raises(UsageError):
        demo.load(say=said.append, small=True)
    assert len(list(audit())) == signed_in


@pytest.mark.prove
@pytest.mark.one_database
@pytest.mark.parametrize("days", [5, 0, 33, 88, 150, 250][: max(1, share(6))])
def test_the_whole_province_is_filled_whatever_the_day(db: None, days: int) -> None:
    cast = demo.load(say=lambda _line: None, now=datetime(2026, 11, 27, 2, tzinfo=UTC) + timedelta(days=days))
    assert Matter.objects.count() > 250 and len(cast.units) == 69
    assert set(Matter.objects.values_list("state", flat=True)) == {str(state) for state in State}
    assert broken_links(list(audit())) == []


def test_a_second_start_says_what_is_there_and_how_to_get_a_password(world: kit.World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kit.matter(world)
    (tmp_path / serving.DEMO).touch()
    serving.load_demo(tmp_path)
    said = capsys.readouterr().out
    assert f"{Unit.objects.count()} 个单位、0 份文件、1 件事项" in said
    assert "lj-supervisor" in said and "audit-admin" in said
    assert f"luoshi admin invite 用户名 --data {tmp_path}" in said


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.file)
def test_documents_count_their_days_from_the_day_of_loading(paper: Paper) -> None:
    text = text_of(paper, date(2026, 11, 26))
    assert "{{" not in text
    assert text != text_of(paper, date(2027, 11, 26))


def test_the_province_is_as_large_as_said() -> None:
    assert len(list(offices())) == 40
    assert sum(map(len, TOWNS.values())) == 20
