"""What every answer carries and every request meets: methods, the address behind a gateway, headers, cookies, the log."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client, override_settings

from luoshi.web.audit.models import Record
from luoshi.web.common.log import Line
from luoshi.web.config.settings import OPTIONS
from tests.web import kit
from tests.web.test_sign_in import NEW, PASSWORD, code_for, login, with_totp

BEHIND = override_settings(OPTIONS=OPTIONS | {"gateways": ("10.0.0.1",)})
pytestmark = pytest.mark.one_database
ANSWERS = ("/account/login/", "/nowhere/", "/static/web.css", "/static/icon.svg", "/healthz", "/")


@pytest.fixture
def signed(world: kit.World) -> Client:
    client = Client()
    login(client, "civil.liaison")
    return client


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Lines of the log as they are written."""
    lines: list[str] = []
    listener = logging.Handler()
    listener.setFormatter(Line())
    listener.emit = lambda record: lines.append(listener.format(record))  # type: ignore[method-assign]
    logging.getLogger("luoshi.web").addHandler(listener)
    yield lines
    logging.getLogger("luoshi.web").removeHandler(listener)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "NONSENSE"])
def test_other_methods_are_refused(db: None, method: str) -> None:
    answer = Client().generic(method, "/account/login/")
    assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    ("comes_from", "says", "recorded"),
    [
        pytest.param("10.0.0.1", "203.0.113.9", "203.0.113.9", id="the gateway tells"),
        pytest.param("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9", id="what the visitor invented stands before"),
        pytest.param("10.0.0.1", "2001:db8::7", "2001:db8::7", id="IPv6"),
        pytest.param("10.0.0.1", "nonsense\r\nX: y", "10.0.0.1", id="no address"),
        pytest.param("10.0.0.1", "", "10.0.0.1", id="it tells nothing"),
        pytest.param("10.0.0.8", "203.0.113.9", "10.0.0.8", id="somebody else is not believed"),
    ],
)
def test_the_address_behind_a_gateway(world: kit.World, comes_from: str, says: str, recorded: str) -> None:
    with BEHIND:
        login(Client(REMOTE_ADDR=comes_from, HTTP_X_FORWARDED_FOR=says), "civil.liaison")
    assert f'"ip":"{recorded}"' in Record.objects.get().after


def test_without_the_setting_nobody_is_believed(world: kit.World) -> None:
    login(Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9"), "civil.liaison")
    assert '"ip":"127.0.0.1"' in Record.objects.get().after


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"), SECURE_SSL_REDIRECT=True)
def test_only_the_gateway_says_that_it_was_https(db: None) -> None:
    with BEHIND:
        by_gateway = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO="https").get("/account/login/")
        by_other = Client(REMOTE_ADDR="10.0.0.8", HTTP_X_FORWARDED_PROTO="https").get("/account/login/")
        program = Client(REMOTE_ADDR="10.0.0.8").get("/healthz")
    assert (by_gateway.status_code, by_other.status_code, program.status_code) == (200, 301, 200)


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_its_headers(db: None, path: str) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        answer = Client().get(path, secure=True)
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy and "http" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Referrer-Policy"] == "same-origin"
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    assert "Access-Control-Allow-Origin" not in answer
    assert path.startswith("/static/") or "no-store" in answer["Cache-Control"]
    assert answer.status_code == 302 or answer["Content-Type"] in ("application/json", "image/svg+xml") or "utf-8" in answer["Content-Type"].lower()


def test_cookies_behind_https() -> None:
    told = (
        "import os; os.environ.update(LUOSHI_HTTPS='1', LUOSHI_HOSTS='luoshi.example', DJANGO_SETTINGS_MODULE='luoshi.web.config.settings');"
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.MESSAGE_STORAGE.rsplit('.')[-1])"
    )
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "__Host-luoshi_language", "True", "True", "SessionStorage"]


def test_cookies_are_not_for_scripts_and_not_for_other_sites(signed: Client) -> None:
    signed.post("/language/", {"language": "en", "next": "/"})
    assert set(signed.cookies) >= {"sessionid", "luoshi_language"}
    for cookie in signed.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"] and cookie["path"] == "/"


def test_a_form_without_its_token_changes_nothing(world: kit.World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["civil.liaison"], "allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/account/logout/", "/account/password/", "/language/", "/account/session/end/"):
        assert client.post(path).status_code == 403
    assert client.get("/account/").status_code == 200


def test_signing_out_clears_what_the_browser_kept(signed: Client) -> None:
    key = signed.session.session_key
    assert signed.post("/account/logout/")["Clear-Site-Data"] == '"cache", "storage"'
    signed.cookies[django_settings.SESSION_COOKIE_NAME] = key  # the old key opens nothing
    assert signed.get("/")["Location"].startswith("/account/login/")


def a_while_ago(client: Client) -> None:
    """As if the person had signed in an hour ago."""
    session = client.session
    for one in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        one["at"] -= 3600
    session.save()


def test_ending_sessions_asks_for_the_password_again_and_goes_on_under_a_new_key(signed: Client, world: kit.World) -> None:
    other = Client()
    login(other, "civil.liaison")
    a_while_ago(signed)
    answer = signed.post("/account/session/end/", {"session": "others"})
    assert answer["Location"].startswith("/account/reauthenticate/") and other.get("/account/").status_code == 200
    before = signed.session.session_key
    assert signed.post("/account/reauthenticate/", {"password": "wrong"}).status_code == 200
    assert signed.post(answer["Location"], {"password": PASSWORD}).status_code == 302
    assert signed.session.session_key != before and signed.get("/account/").status_code == 200
    assert other.get("/")["Location"].startswith("/account/login/")
    assert [one.session_key for one in UserSession.objects.all()] == [signed.session.session_key]


def test_the_second_factor_is_changed_after_the_password_was_asked_again(signed: Client) -> None:
    a_while_ago(signed)
    assert signed.get("/account/mfa/totp/activate/")["Location"].startswith("/account/reauthenticate/")


def test_everybody_needs_a_second_factor_where_the_setting_says_so(world: kit.World) -> None:
    client = Client()
    login(client, "civil.liaison")
    assert client.get("/account/").status_code == 200
    with override_settings(OPTIONS=OPTIONS | {"second_factor": "everybody"}):
        assert client.get("/account/")["Location"] == "/account/mfa/totp/activate/"
        with_totp(world.people["civil.liaison"])
        assert client.get("/account/").status_code == 200
        client.post("/account/mfa/totp/deactivate/")
        assert Authenticator.objects.exists()


def test_a_code_opens_once(world: kit.World) -> None:
    secret = with_totp(world.people["civil.liaison"])
    code, first, second = code_for(secret), Client(), Client()
    for client in (first, second):
        login(client, "civil.liaison")
    assert first.post("/account/mfa/authenticate/", {"code": code}).status_code == 302
    assert second.post("/account/mfa/authenticate/", {"code": code}).status_code == 200
    assert first.get("/account/").status_code == 200 and second.get("/account/").status_code == 302


def test_spaces_and_letters_of_a_password_count_as_typed(world: kit.World) -> None:
    user = world.people["civil.liaison"]
    user.set_password(f" {NEW} ")
    user.save()
    assert [login(Client(), "civil.liaison", word).status_code for word in (NEW, f" {NEW} ".upper(), f" {NEW} ")] == [200, 200, 302]


def test_too_many_is_said_in_the_language_of_the_pages(world: kit.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *told, **more: False, raising=False)  # as where the counter cannot be written
    answer = login(Client(), "civil.liaison")
    assert answer.status_code == 429 and "请过一会儿再试" in answer.content.decode()


def test_who_was_refused_what_stands_in_the_log(signed: Client, world: kit.World, heard: list[str]) -> None:
    signed.get("/matters/999999/")
    signed.get("/nowhere%0a2026-11-26T00:00:00+0800%20WARNING%20luoshi.web%20forged/")
    user = world.people["civil.liaison"].pk
    assert len(heard) == 2 and all(line.count("\n") == 0 and f"user={user} ip=127.0.0.1" in line for line in heard)
    assert "refused 404 not_found: GET /matters/999999/" in heard[0] and "/nowhere\\x0a2026" in heard[1]


def test_a_line_of_the_log_says_when_with_its_offset() -> None:
    record = logging.LogRecord("luoshi.web", logging.WARNING, "", 0, "a\r\nb\x1b[31m\u2028%s", ("c\x00",), None)
    line = Line().format(record)
    assert line[19] in "+-" and line[20:24].isdigit() and line.endswith("WARNING luoshi.web a\\x0d\\x0ab\\x1b[31m\\x2028c\\x00")
    assert logging.Formatter().format(record).count("\n") == 1, "without it the message would begin a line"


def test_an_error_tells_a_number_and_nothing_else(world: kit.World, monkeypatch: pytest.MonkeyPatch, heard: list[str]) -> None:
    def broken(*told: Any, **more: Any) -> None:
        raise ZeroDivisionError("secret of the inside")

    client = Client(raise_request_exception=False)
    login(client, "civil.liaison")
    monkeypatch.setattr("luoshi.web.orgs.views.account.own_sessions", broken)
    answer = client.get("/account/")
    page = answer.content.decode()
    assert answer.status_code == 500 and "编号" in page and "secret of the inside" not in page and "Traceback" not in page
    number = page.partition("编号 ")[2][:8]
    assert any(f"error {number} at /account/" in line for line in heard)
