"""The office's own sign-in: an honest answer opens the account of the same name, and none else does."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from luoshi.web.audit.models import Record
from luoshi.web.config.policy import content_security_policy
from luoshi.web.orgs.models import User
from luoshi.web.orgs.office import OfficeSignIn, nonce_of
from tests.web import kit
from tests.web.office import CLIENT, SECRET, Office, fresh_key

pytestmark = pytest.mark.one_database
LOGIN = "/account/oidc/office/login/"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *told: Any) -> None:
        """Let the test go on by itself."""


@pytest.fixture
def office(world: kit.World, settings: Any) -> Iterator[Office]:
    one = Office()
    app = {"provider_id": "office", "name": "单位统一身份认证", "client_id": CLIENT, "secret": SECRET, "settings": {"server_url": one.address}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.ROOT_URLCONF = "tests.web.office_urls"
    yield one
    one.server.shutdown()
    one.server.server_close()


def begun(client: Client) -> str:
    """The button is pressed; where the browser is sent."""
    answer = client.post(LOGIN)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def returned(client: Client, there: str, **changed: str) -> HttpResponse:
    """The office's server is asked, and the browser comes back with its answer."""
    try:
        build_opener(_Stay).open(there)
    except OSError as answer:
        back = urlsplit(answer.headers["Location"])  # type: ignore[attr-defined]  # an HTTPError
    told = {name: values[0] for name, values in parse_qs(back.query).items()} | changed
    return client.get(back.path, told)  # type: ignore[return-value]


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_it_opens_the_account_of_the_same_name(office: Office, world: kit.World) -> None:
    client = Client()
    assert "用单位统一身份认证登录" in client.get("/account/login/").content.decode()
    there = begun(client)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert asked["code_challenge_method"] == "S256" and len(asked["nonce"]) == 64 and len(asked["state"]) == 32 and "openid" in asked["scope"].split()
    before = client.session.session_key
    assert returned(client, there)["Location"] == "/"
    assert client.session.session_key != before and signed_in(client)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid) == (world.people["civil.liaison"], "u-1")
    assert Record.objects.get().act == "login.success" and '"method":"socialaccount"' in Record.objects.get().after


def test_the_person_is_known_by_the_number_that_is_never_given_again(office: Office) -> None:
    returned(Client(), begun(Client()))
    client = Client()
    returned(client, begun(client))
    office.person = "civil.head"  # renamed at the office; the number is the same
    client = Client()
    returned(client, begun(client))
    assert client.get("/account/").context["user"].username == "civil.liaison"


@pytest.mark.parametrize("person", ["system", "nobody.here", ""])
def test_administrators_and_strangers_do_not_come_in(office: Office, person: str) -> None:
    office.person, client = person, Client()
    assert returned(client, begun(client)).status_code == 403
    assert not signed_in(client) and not SocialAccount.objects.exists() and User.objects.filter(username=person).count() == (person == "system")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"key": fresh_key()}, "signature", id="another key"),
        pytest.param({"algorithm": "none"}, "signature", id="no signature"),
        pytest.param({"algorithm": "HS256"}, "signature", id="a secret in the place of a key"),
        pytest.param({"claims": {"nonce": "of-another-sign-in"}}, "nonce", id="another nonce"),
        pytest.param({"claims": {"nonce": None}}, "nonce", id="no nonce"),
        pytest.param({"claims": {"aud": "another-system"}}, "audience", id="for another system"),
        pytest.param({"claims": {"iss": "https://elsewhere.example"}}, "issuer", id="another issuer"),
        pytest.param({"claims": {"exp": 1_000_000}}, "time", id="run out"),
        pytest.param({"userinfo": {"sub": "u-2"}}, "person", id="userinfo of another person"),
        pytest.param({"published": {"issuer": "https://elsewhere.example"}}, "issuer", id="published by another"),
        pytest.param({"moved": True}, "detour", id="a detour to the token"),
    ],
)
def test_an_answer_that_cannot_be_trusted_opens_nothing(office: Office, told: dict[str, Any], why: str) -> None:
    client = Client()
    there = begun(client) if "published" not in told else ""
    for name, value in told.items():
        setattr(office, name, value)
    answer = returned(client, there) if there else client.post(LOGIN)
    assert answer["Location"] == "/account/office/failed/", why
    assert "答复不可信" in client.get(answer["Location"]).content.decode()
    assert not signed_in(client)


def test_without_the_check_of_the_token_a_forged_one_comes_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counterproof: it is this check that keeps them out."""
    monkeypatch.setattr(OfficeSignIn, "_decode_id_token", lambda self, app, token: jwt.decode(token, options={"verify_signature": False}))
    client = Client()
    there = begun(client)
    office.key, office.claims = fresh_key(), {"nonce": "x", "aud": "y"}
    assert returned(client, there)["Location"] == "/" and signed_in(client)


def test_an_answer_of_another_browser_opens_nothing(office: Office) -> None:
    mine, other = Client(), Client()
    there = begun(mine)
    assert returned(other, there).status_code in (302, 403) and not signed_in(other)
    assert not signed_in(mine) and returned(mine, there, state="guessed" * 5).status_code in (302, 403) and not signed_in(mine)


def test_a_press_of_the_button_is_needed(office: Office) -> None:
    client = Client()
    assert client.get(LOGIN).status_code == 405
    assert Client(enforce_csrf_checks=True).post(LOGIN).status_code == 403


def test_a_server_that_does_not_answer_is_said(office: Office) -> None:
    office.server.shutdown()
    office.server.server_close()
    answer = Client().post(LOGIN)
    assert answer["Location"] == "/account/office/failed/"


@pytest.mark.parametrize("path", ["/account/office/accounts/", "/account/office/closed/"])
def test_nobody_joins_accounts_by_himself(office: Office, path: str) -> None:
    assert Client().get(path).status_code == 403


def test_forms_go_home_and_to_the_office(settings: Any) -> None:
    assert content_security_policy("")["DIRECTIVES"]["form-action"] == ["'self'"]
    assert content_security_policy("https://id.example/realms/city")["DIRECTIVES"]["form-action"] == ["'self'", "https://id.example"]


def test_the_nonce_does_not_tell_the_verifier() -> None:
    assert nonce_of("a") != nonce_of("b") and nonce_of("a") != "a" * 64 and len(nonce_of("a")) == 64
