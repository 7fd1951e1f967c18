"""Signing in: the lock, the second factor, the rules of passwords, sessions, invitations, what is recorded."""

import time
from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.config.settings import OPTIONS
from luoshi.web.orgs.models import Invitation, Post, User
from luoshi.web.orgs.passwords import Rules
from luoshi.web.orgs.selectors import locks
from luoshi.web.orgs.services import first, invitations, passwords, people, sessions, sign_in
from tests.web import kit

PASSWORD = "Linjiang-2026"
NEW = "Bamboo+Raft-71"
TOTP_PERIOD, ENOUGH = 30, 8
"""Seconds of a code, and those within which a test types it."""


def login(client: Client, username: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post("/account/login/", {"login": username, "password": password})


def acts() -> list[str]:
    return list(Record.objects.values_list("act", flat=True))


def with_totp(user: User) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_for(secret: str) -> str:
    """The code of now. One that is about to end is not typed but waited out, as people do: no neighbouring code is taken."""
    left = TOTP_PERIOD - time.time() % TOTP_PERIOD
    if left < ENOUGH:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_a_person_signs_in_and_out_under_a_new_session(world: kit.World) -> None:
    client = Client()
    client.get("/account/login/")
    client.session["x"] = 1
    before = client.session.session_key
    answer = login(client, "civil.liaison")
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert client.session.session_key != before
    client.post("/account/logout/")
    assert acts() == ["login.success", "login.out"]
    done = Record.objects.first()
    assert done is not None and done.subject == f"user:{world.people['civil.liaison'].pk}" and '"ip":"127.0.0.1"' in done.after and done.unit == "临江省民政厅"


def test_unknown_and_known_names_get_the_same_answer_and_lock_alike(world: kit.World) -> None:
    pages = []
    for username in ("civil.liaison", "nobody.here"):
        client = Client()
        answers = [login(client, username, "wrong") for _ in range(OPTIONS["login_failures"])]
        pages.append([(one.status_code, one.content.decode().replace(username, "X").split("<form")[-1].split("csrf")[0]) for one in answers])
        assert answers[-1].status_code == 429 and "已锁定" in answers[-1].content.decode()
        assert login(client, username).status_code == 429
    assert pages[0] == pages[1]
    assert acts() == (["login.failure"] * 4 + ["login.locked"]) * 2
    assert Record.objects.last().subject == "login:nobody.here"  # type: ignore[union-attr]


def test_what_was_typed_as_a_name_is_cut(world: kit.World) -> None:
    login(Client(), "my secret passphrase typed into the wrong field", "x")
    assert Record.objects.get().actor == "my secret passphrase typed int"


def test_the_security_administrator_unlocks(world: kit.World) -> None:
    client = Client()
    for _ in range(OPTIONS["login_failures"]):
        login(client, "civil.liaison", "wrong")
    with pytest.raises(RuleBroken):
        sign_in.unlock(username="civil.liaison", actor=world.actor("system"), at=kit.NOW)
    sign_in.unlock(username="civil.liaison", actor=world.actor("security"), at=kit.NOW)
    assert acts()[-1] == "login.unlock"
    assert login(client, "civil.liaison").status_code == 302
    with pytest.raises(RuleBroken):
        sign_in.unlock(username="civil.liaison", actor=world.actor("security"), at=kit.NOW)


def test_a_name_that_is_tried_from_many_addresses_locks(world: kit.World) -> None:
    for n in range(OPTIONS["login_failures"]):
        login(Client(REMOTE_ADDR=f"10.0.0.{n}"), "civil.liaison", "wrong")
    assert login(Client(REMOTE_ADDR="10.9.9.9"), "civil.liaison").status_code == 429
    assert login(Client(REMOTE_ADDR="10.9.9.9"), "civil.head").status_code == 302
    assert acts() == ["login.failure"] * 4 + ["login.locked", "login.success"]
    [lock] = locks(world.actor("security"))
    assert (lock.username, lock.failures, lock.places) == ("civil.liaison", OPTIONS["login_failures"], OPTIONS["login_failures"])
    assert locks(world.actor("system")) == []
    client = Client()
    client.force_login(world.people["security"], "allauth.account.auth_backends.AuthenticationBackend")
    with_totp(world.people["security"])
    assert "等 5 处" in client.get("/locks/").content.decode()


def test_all_spellings_of_a_name_have_their_tries_together(world: kit.World) -> None:
    for spelling in ("civil.liaison", "Civil.Liaison", " CIVIL.LIAISON", "ｃivil.liaison", "cıvil.liaison"):
        login(Client(), spelling, "wrong")
    assert login(Client(), "civil.liaison").status_code == 429 and login(Client(), "civil.LIAISON").status_code == 429
    sign_in.unlock(username="Civil.Liaison", actor=world.actor("security"), at=kit.NOW)
    assert login(Client(), "civil.liaison").status_code == 302


def test_a_lock_ends_when_it_says_whatever_is_tried_meanwhile(world: kit.World) -> None:
    for _ in range(OPTIONS["login_failures"] + 3):
        login(Client(), "civil.liaison", "wrong")
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == OPTIONS["login_failures"]
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=OPTIONS["lock_minutes"], seconds=1))
    assert login(Client(), "civil.liaison").status_code == 302


def test_many_names_from_one_address_are_slowed(world: kit.World) -> None:
    said = [login(Client(REMOTE_ADDR="10.0.0.7"), f"guess-{n}", "Linjiang-2026").content.decode() for n in range(33)]
    assert "错误次数过多" not in "".join(said[:30]) and all("错误次数过多" in page for page in said[30:])
    assert login(Client(REMOTE_ADDR="10.0.0.7"), "civil.liaison").status_code == 200, "that address has to wait"
    assert login(Client(REMOTE_ADDR="10.0.0.8"), "civil.liaison").status_code == 302
    assert acts() == ["login.failure"] * 30 + ["login.success"]
    with connection.cursor() as cursor:  # where every process of pages looks, not in the memory of one
        cursor.execute("SELECT COUNT(*) FROM common_cache WHERE cache_key LIKE '%%10.0.0.7%%'")
        assert cursor.fetchone()[0]


@pytest.mark.parametrize("duty", ["system", "security", "audit"])
def test_an_administrator_reaches_nothing_before_the_second_factor(world: kit.World, duty: str) -> None:
    client = Client()
    login(client, duty)
    for path in ("/", "/people/", "/audit/", "/units/", "/account/"):
        assert client.get(path)["Location"] == "/account/mfa/totp/activate/", path
    page = client.get("/account/mfa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert client.post("/account/mfa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/account/mfa/totp/activate/", {"code": code_for(secret)})["Location"] == "/account/mfa/recovery-codes/"
    assert client.get("/account/mfa/recovery-codes/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert acts() == ["login.success", "second_factor.add"]
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    client.post("/account/mfa/totp/deactivate/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_second_step_asks_for_the_code_and_records_a_wrong_one(world: kit.World) -> None:
    secret = with_totp(world.people["audit"])
    client = Client()
    assert login(client, "audit")["Location"] == "/account/mfa/authenticate/"
    assert client.get("/audit/").status_code == 302
    assert client.post("/account/mfa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/account/mfa/authenticate/", {"code": code_for(secret)}).status_code == 302
    assert client.get("/audit/").status_code == 200
    assert acts() == ["login.failure", "login.success"]
    assert '"method":"password+mfa"' in Record.objects.last().after  # type: ignore[union-attr]


def test_a_lost_second_factor_is_reset_by_the_security_administrator_alone(world: kit.World) -> None:
    user = world.people["audit"]
    with_totp(user)
    for who in ("system", "audit", "province.supervisor"):
        with pytest.raises(RuleBroken):
            sign_in.reset_second_factor(user_id=user.pk, reason="手机丢失，当面核实", actor=world.actor(who), at=kit.NOW)
    sign_in.reset_second_factor(user_id=user.pk, reason="手机丢失，当面核实", actor=world.actor("security"), at=kit.NOW)
    assert acts() == ["second_factor.reset"] and not Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    ("profile", "password", "taken"),
    [
        pytest.param("dengbao3", NEW, True, id="dengbao3-good"),
        pytest.param("dengbao3", "Short-1", False, id="dengbao3-short"),
        pytest.param("dengbao3", "onlysmallletters", False, id="dengbao3-classes"),
        pytest.param("dengbao3", "Civil-Liaison9", False, id="dengbao3-username"),
        pytest.param("dengbao3", "临江省民政厅-Ab1", False, id="dengbao3-unit"),
        pytest.param("dengbao3", PASSWORD, False, id="dengbao3-the-same"),
        pytest.param("asvs", "correct horse battery", True, id="asvs-good"),
        pytest.param("asvs", "only eleven", False, id="asvs-short"),
        pytest.param("asvs", "liaison is my word", False, id="asvs-name"),
        pytest.param("asvs", "1234567890" * 20, False, id="asvs-long"),
        pytest.param("asvs", "1qaz2wsx3edc", False, id="asvs-common"),
        pytest.param("dengbao3", "Password@2026", False, id="dengbao3-common-with-a-year"),
        pytest.param("dengbao3", "!!P@ssw0rd-11", False, id="dengbao3-common-in-disguise"),
        pytest.param("asvs", "football-1234567", False, id="asvs-common-with-digits"),
        pytest.param("asvs", "football on rainy days", True, id="asvs-common-within"),
    ],
)
def test_profiles_of_passwords(world: kit.World, profile: str, password: str, taken: bool) -> None:
    user = world.people["civil.liaison"]
    with override_settings(OPTIONS=OPTIONS | {"password_profile": profile}):
        if taken:
            passwords.change_password(old=PASSWORD, new=password, actor=world.actor("civil.liaison"), at=kit.NOW)
            assert acts() == ["password.change"]
        else:
            with pytest.raises(RuleBroken):
                passwords.change_password(old=PASSWORD, new=password, actor=world.actor("civil.liaison"), at=kit.NOW)
            assert acts() == []
        assert Rules().get_help_text()
    user.refresh_from_db()
    assert user.check_password(password) == (taken or password == PASSWORD)


def test_the_last_five_passwords_are_barred(world: kit.World) -> None:
    actor, old = world.actor("civil.liaison"), PASSWORD
    for n in range(5):
        passwords.change_password(old=old, new=f"{NEW}{n}", actor=actor, at=kit.NOW + timedelta(minutes=n))
        old = f"{NEW}{n}"
    for n in range(5):
        with pytest.raises(RuleBroken):
            passwords.change_password(old=old, new=f"{NEW}{n}", actor=actor, at=kit.NOW)
    passwords.change_password(old=old, new=PASSWORD, actor=actor, at=kit.NOW)


def test_an_old_password_and_a_given_one_are_changed_first(world: kit.World) -> None:
    user, client = world.people["civil.liaison"], Client()
    user.password_changed_at = timezone.now() - timedelta(days=91)
    user.save()
    login(client, "civil.liaison")
    assert client.get("/")["Location"] == "/account/password/" and client.get("/account/")["Location"] == "/account/password/"
    with override_settings(OPTIONS=OPTIONS | {"password_profile": "asvs"}):
        assert client.get("/account/").status_code == 200
    user.refresh_from_db()
    user.password_changed_at, user.must_change_password = timezone.now(), True
    user.save()
    assert client.get("/")["Location"] == "/account/password/"
    assert client.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(world: kit.World) -> None:
    here, there = Client(), Client()
    login(here, "civil.liaison")
    login(there, "civil.liaison")
    assert here.post("/account/password/", {"old": "wrong", "new": NEW, "again": NEW}).status_code == 200
    assert here.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": "other"}).status_code == 200
    assert here.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW}).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/")["Location"].startswith("/account/login/") or there.get("/account/").status_code == 404
    assert there.get("/")["Location"].startswith("/account/login/")
    assert [one.session_key for one in UserSession.objects.all()] == [here.session.session_key]


def test_a_disabled_account_is_out_at_once(world: kit.World) -> None:
    user, client = world.people["civil.liaison"], Client()
    login(client, "civil.liaison")
    people.disable_account(user_id=user.pk, reason="调离", actor=world.actor("system"), at=kit.NOW)
    assert not UserSession.objects.exists()
    assert client.get("/")["Location"].startswith("/account/login/")
    assert login(client, "civil.liaison").status_code == 302
    assert client.get("/")["Location"].startswith("/account/login/")
    assert acts() == ["login.success", "user.disable"]


def test_sessions_end_by_idleness_and_by_age(world: kit.World) -> None:
    for name, minutes in (("luoshi_seen", OPTIONS["idle_minutes"]), ("luoshi_began", OPTIONS["session_hours"] * 60)):
        client = Client()
        login(client, "civil.liaison")
        client.get("/account/")
        session = client.session
        session[name] = timezone.now().timestamp() - minutes * 60 - 5
        session.save()
        assert client.get("/")["Location"].startswith("/account/login/")


def test_own_sessions_are_listed_and_ended(world: kit.World) -> None:
    here, there, stranger = Client(), Client(), Client()
    for client in (here, there):
        login(client, "civil.liaison")
    login(stranger, "civil.head")
    page = here.get("/account/")
    assert len(page.context["sessions"]) == 2
    foreign = UserSession.objects.get(user=world.people["civil.head"])
    assert here.post("/account/session/end/", {"session": foreign.pk}).status_code == 404
    assert here.post("/account/session/end/", {"session": "others"}).status_code == 302
    assert there.get("/")["Location"].startswith("/account/login/") and here.get("/account/").status_code == 200
    assert acts()[-1] == "session.end"
    with pytest.raises(RuleBroken):
        sessions.end_session(session_id=foreign.pk, actor=world.actor("civil.liaison"), at=kit.NOW)
    sessions.end_session(session_id=foreign.pk, actor=world.actor("security"), at=kit.NOW)
    assert stranger.get("/")["Location"].startswith("/account/login/")


def test_a_person_in_two_units_switches(world: kit.World) -> None:
    user, client = world.people["civil.liaison"], Client()
    other = Post.objects.create(user=user, unit=world.units["city"], role="head", since=kit.TODAY)
    login(client, "civil.liaison")
    assert client.get("/account/").context["actor"].unit_name == "临江省民政厅"
    before = len(acts())
    client.post("/account/post/", {"post": other.pk, "next": "//elsewhere.example/"})
    assert client.get("/account/").context["actor"].unit_name == "云岭市人民政府"
    assert len(acts()) == before
    strange = Post.objects.get(user=world.people["city.head"])
    assert client.post("/account/post/", {"post": strange.pk}).status_code == 422


def test_an_invitation_opens_once(world: kit.World) -> None:
    user = people.create_person(username="new.person", name="新同志", actor=world.actor("system"), at=kit.NOW)
    assert not login(Client(), "new.person", "").cookies.get("sessionid")
    made, token = invitations.issue_invitation(user_id=user.pk, actor=world.actor("system"), at=timezone.now())
    assert token not in str(vars(made)) and not Invitation.objects.filter(token_hash=token).exists()
    client, path = Client(), f"/account/invitation/{token}/"
    page = client.get(path)
    assert page.status_code == 200 and page["Referrer-Policy"] == "strict-origin" and "new.person" in page.content.decode()
    assert client.post(path, {"new": "weak", "again": "weak"}).status_code == 200
    assert client.post(path, {"new": NEW, "again": NEW})["Location"] == "/account/login/"
    assert client.post(path, {"new": NEW + "x", "again": NEW + "x"}).status_code == 404
    assert login(client, "new.person", NEW).status_code == 302
    assert acts() == ["user.create", "invitation.issue", "password.set", "login.success"]


def test_links_that_do_not_open(world: kit.World) -> None:
    user = people.create_person(username="new.person", name="新同志", actor=world.actor("system"), at=kit.NOW)
    at, system = timezone.now(), world.actor("system")
    _old, older = invitations.issue_invitation(user_id=user.pk, actor=system, at=at)
    late, newer = invitations.issue_invitation(user_id=user.pk, actor=system, at=at)
    bodies = set()
    for token in (older, "x" * 43, quote("../../etc")):
        answer = Client().get(f"/account/invitation/{token}/")
        assert answer.status_code == 404
        bodies.add(answer.content if token != quote("../../etc") else b"")
    assert len(bodies - {b""}) == 1
    with pytest.raises(RuleBroken):
        invitations.redeem_invitation(token=newer, password=NEW, at=at + timedelta(hours=73))
    invitations.revoke_invitation(invitation_id=late.pk, actor=system, at=at)
    with pytest.raises(RuleBroken):
        invitations.redeem_invitation(token=newer, password=NEW, at=at)
    assert acts() == ["user.create", "invitation.issue", "invitation.issue", "invitation.revoke"]


def test_only_the_security_administrator_resets(world: kit.World) -> None:
    user = world.people["civil.liaison"]
    for who in ("system", "audit", "civil.head"):
        with pytest.raises(RuleBroken):
            invitations.issue_invitation(user_id=user.pk, actor=world.actor(who), at=kit.NOW)
    _made, token = invitations.issue_invitation(user_id=user.pk, actor=world.actor("security"), at=kit.NOW)
    invitations.redeem_invitation(token=token, password=NEW, at=kit.NOW)
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_first_administrator_comes_from_the_command_line(db: None) -> None:
    path = first.first_administrator(username="root.system", name="系统管理员", at=timezone.now())
    again = first.first_administrator(username="root.system", name="系统管理员", at=timezone.now())
    assert Client().get(path).status_code == 404 and path != again
    assert Client().post(again, {"new": NEW, "again": NEW}).status_code == 302
    user = User.objects.get()
    assert user.administers == "system" and user.check_password(NEW)
    with pytest.raises(RuleBroken):
        first.first_administrator(username="second", name="另一个", at=timezone.now())
    assert first.first_administrator(username="root.audit", name="审计", at=timezone.now(), duty="audit")
    assert acts() == ["user.create", "invitation.issue", "password.set", "user.create"]


def test_nobody_signs_up(db: None) -> None:
    assert Client().get("/account/signup/").status_code == 200
    Client().post("/account/signup/", {"username": "intruder", "password1": NEW, "password2": NEW})
    assert not User.objects.exists()
