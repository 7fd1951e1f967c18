"""A disk that is full, a database that is away: a sentence and all that was typed, never a bare error."""

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse

from luoshi.web.common.outages import outage_of
from luoshi.web.ledger.models import Instruction
from tests.web import kit

SENT = {"once": "send-00000001-xxxxxxxxxxxx", "leader": "高省长", "on": "2026-11-20", "text": "第一行\n第二行 <b>"}


def caused(error: Exception, by: Exception) -> Exception:
    error.__cause__ = by
    return error


class Full(Exception):
    """What psycopg raises, in short."""

    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(OperationalError("database or disk is full"), 507, id="SQLite full"),
        pytest.param(OperationalError("disk I/O error"), 507, id="SQLite without room for its shared memory"),
        pytest.param(caused(OperationalError("could not extend file"), Full()), 507, id="PostgreSQL full"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), 507, id="no room for a file"),
        pytest.param(OSError(errno.EDQUOT, "Quota exceeded"), 507, id="no quota"),
        pytest.param(OperationalError("server closed the connection unexpectedly"), 503, id="PostgreSQL away"),
        pytest.param(OperationalError("database is locked"), 503, id="SQLite busy"),
        pytest.param(caused(ValueError(), OperationalError("connection refused")), 503, id="behind another error"),
        pytest.param(ValueError(), None, id="a fault of ours"),
        pytest.param(OSError(errno.ENOENT, "No such file"), None, id="a missing file"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_what_is_an_outage(error: Exception | None, status: int | None) -> None:
    found = outage_of(error)
    assert (found.status if found else None) == status


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Exception], None]:
    """Let every statement fail that begins with a word."""
    plain = CursorWrapper.execute

    def fail(word: str, error: Exception) -> None:
        def execute(self: Any, sql: Any, params: Any = None) -> Any:
            if str(sql).lstrip().upper().startswith(word):
                raise error
            return plain(self, sql, params)

        monkeypatch.setattr(CursorWrapper, "execute", execute)

    return fail


def signed_in(world: kit.World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").status_code == 200
    return client


def test_a_full_disk_shows_what_was_typed_and_sends_it_again(world: kit.World, failing: Callable[[str, Exception], None], monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(world)
    with monkeypatch.context():
        failing("INSERT", OperationalError("database or disk is full"))
        answer = client.post(reverse("instruction_new"), SENT)
        page = answer.content.decode()
        assert answer.status_code == 507
        assert "磁盘已满" in page and "再次提交" in page
        assert "第一行<br>第二行 &lt;b&gt;" in page and 'value="高省长"' not in page and "高省长" in page
        assert f">\n{SENT['once']}</textarea>" in page
        assert client.get("/").status_code == 200  # reads serve
        monkeypatch.undo()
    assert client.post(reverse("instruction_new"), SENT).status_code == 302
    assert Instruction.objects.count() == 1


@pytest.mark.one_database
def test_a_database_that_is_away(world: kit.World, failing: Callable[[str, Exception], None]) -> None:
    client = signed_in(world)
    failing("SELECT", OperationalError("server closed the connection unexpectedly"))
    for answer in (client.get("/"), client.get("/healthz"), client.post(reverse("instruction_new"), SENT)):
        assert answer.status_code == 503
        assert "数据库暂时连不上" in answer.content.decode()
        assert answer.headers["Retry-After"]
        assert "再试一次" in answer.content.decode() or "再次提交" in answer.content.decode()
    piece = client.get("/", headers={"HX-Request": "true"})
    assert piece.status_code == 503 and "<html" not in piece.content.decode()


@pytest.mark.one_database
def test_a_password_is_not_shown(world: kit.World, failing: Callable[[str, Exception], None]) -> None:
    client = Client(raise_request_exception=False)
    failing("SELECT", OperationalError("server closed the connection unexpectedly"))
    answer = client.post(reverse("account_login"), {"login": "x", "password": "Linjiang-2026"})
    assert answer.status_code == 503
    assert "Linjiang-2026" not in answer.content.decode()


@pytest.mark.one_database
def test_a_moment_that_cannot_be_noted_does_not_hide_the_page(world: kit.World, failing: Callable[[str, Exception], None]) -> None:
    client = signed_in(world)
    session = client.session
    session["luoshi_seen"] -= 120
    session.save()
    failing("UPDATE", OperationalError("database or disk is full"))
    assert client.get("/").status_code == 200
    assert Session.objects.count() == 1


@pytest.mark.one_database
def test_any_other_failure_of_the_session_is_told(world: kit.World, failing: Callable[[str, Exception], None]) -> None:
    client = signed_in(world)
    session = client.session
    session["luoshi_seen"] -= 120
    session.save()
    failing("UPDATE", OperationalError("server closed the connection unexpectedly"))
    assert client.get("/").status_code == 503
