"""Signing in as a browser does it: with its Referer and Origin, its cookies, its second tab."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.web.audit.models import Record
from luoshi.web.orgs.services import invitations, people, posts
from tests.web import kit
from tests.web.browser import Browsing
from tests.web.test_orgs_services import PEOPLE, UNITS, book
from tests.web.test_sign_in import NEW, code_for

pytestmark = pytest.mark.one_database


def test_a_link_becomes_a_password_and_the_password_a_session(browsing: Browsing) -> None:
    world, system = browsing.world, browsing.world.actor("system")
    user = people.create_person(username="zhou.ming", name="周明", actor=system, at=kit.NOW)
    posts.give_post(user_id=user.pk, unit_id=world.units["civil"].pk, role="liaison", since=kit.TODAY, actor=system, at=kit.NOW)
    _made, token = invitations.issue_invitation(user_id=user.pk, actor=system, at=timezone.now())
    page = browsing.as_("", f"/account/invitation/{token}/")
    expect(page.locator("main")).to_contain_text("周明")
    assert browsing.unsound(page, "invitation") == []
    page.fill("[name=new]", NEW)
    page.fill("[name=again]", NEW)
    page.click("text=设好口令")
    expect(page).to_have_url(browsing.address + "/account/login/")
    browsing.picture(page, "login")
    page.fill("[name=login]", "zhou.ming")
    page.fill("[name=password]", NEW)
    page.click("main button.primary")
    expect(page).to_have_url(browsing.address + "/")
    expect(page.locator("body")).to_contain_text("周明")
    assert list(Record.objects.order_by("seq").values_list("act", flat=True))[-2:] == ["password.set", "login.success"]
    assert not browsing.noise
    page.goto(browsing.address + f"/account/invitation/{token}/")
    expect(page.locator("body")).to_contain_text("链接")


def test_an_administrator_sets_up_the_second_factor(browsing: Browsing) -> None:
    page = browsing.as_("", "/account/login/")
    page.fill("[name=login]", "security")
    page.fill("[name=password]", "Linjiang-2026")
    page.click("main button.primary")
    expect(page).to_have_url(browsing.address + "/account/mfa/totp/activate/")
    assert browsing.unsound(page, "second-factor-activate") == []
    secret = "".join(page.locator("code").first.inner_text().split())
    page.fill("[name=code]", code_for(secret))
    page.click("main button.primary")
    expect(page).to_have_url(browsing.address + "/account/mfa/recovery-codes/")
    assert browsing.unsound(page, "recovery-codes") == []
    page.goto(browsing.address + "/locks/")
    expect(page.locator("h1")).to_contain_text("锁定")
    assert not browsing.noise


def test_the_own_pages_have_no_faults(browsing: Browsing) -> None:
    world = browsing.world
    for administrator in ("system", "security", "audit"):
        totp.TOTP.activate(world.people[administrator], totp.generate_totp_secret())
    for _ in range(5):
        Client().post("/account/login/", {"login": "city.head", "password": "wrong"})
    for who, name, path in (
        ("", "login", "/account/login/"),
        ("civil.head", "account", "/account/"),
        ("civil.head", "password", "/account/password/"),
        ("civil.head", "second-factor", "/account/mfa/"),
        ("civil.head", "grants", "/grants/"),
        ("civil.head", "grant", "/grants/new/"),
        ("civil.head", "unit", f"/units/{world.units['civil'].pk}/"),
        ("civil.head", "units", "/units/"),
        ("system", "unit-system", f"/units/{world.units['civil'].pk}/"),
        ("system", "import", "/import/"),
        ("system", "invitations", "/invitations/"),
        ("system", "people", "/people/"),
        ("system", "person", f"/people/{world.people['civil.head'].pk}/"),
        ("system", "person-new", "/people/new/"),
        ("security", "person-security", f"/people/{world.people['civil.head'].pk}/"),
        ("security", "sign-ins", "/sign-ins/"),
        ("security", "locks", "/locks/"),
        ("security", "second-factor-on", "/account/mfa/"),
        ("security", "confirm-again", "/account/mfa/recovery-codes/generate/"),
        ("audit", "audit", "/audit/"),
        ("audit", "audit-subject", "/audit/login:city.head/"),
    ):
        page = browsing.turn_to(who, path, language="en" if who in ("system", "security", "audit") else "zh-hans")
        assert browsing.unsound(page, name) == []
    assert not browsing.noise


def test_a_locked_name_the_menu_and_the_preview_of_an_import(browsing: Browsing, tmp_path: Path) -> None:
    world = browsing.world
    for _ in range(4):
        Client().post("/account/login/", {"login": "civil.liaison", "password": "wrong"})
    page = browsing.as_("", "/account/login/")
    page.fill("[name=login]", "civil.liaison")
    page.fill("[name=password]", "wrong")
    page.click("main button.primary")
    expect(page.locator("body")).to_contain_text("已锁定 15 分钟")
    assert browsing.unsound(page, "locked") == []
    assert [one for one in browsing.noise if "429" not in one] == []
    browsing.noise.clear()

    page = browsing.as_("civil.head", "/account/")
    page.click("details.menu summary")
    assert not browsing.faults(page)
    browsing.picture(page, "menu")

    totp.TOTP.activate(world.people["system"], totp.generate_totp_secret())
    (tmp_path / "单位.xlsx").write_bytes(book(UNITS, PEOPLE))
    page = browsing.as_("system", "/import/")
    page.set_input_files("[name=file]", tmp_path / "单位.xlsx")
    page.click("main button.primary")
    expect(page.locator("main")).to_contain_text("没有找到")
    assert browsing.unsound(page, "import-preview") == []
    assert not browsing.noise


def test_what_went_wrong_is_readable_at_any_size(browsing: Browsing) -> None:
    totp.TOTP.activate(browsing.world.people["security"], totp.generate_totp_secret())
    for who, name, path in (
        ("civil.head", "not-there", "/matters/0/"),
        ("security", "not-an-administrators", "/matters/"),
        ("civil.head", "refused", "/matters/of-source/"),
        ("", "link-spent", "/account/invitation/x/"),
    ):
        assert browsing.unsound(browsing.as_(who, path, language="en"), name) == []
    page = browsing.as_("civil.head", "/account/password/")
    page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'stale'")
    for field in page.locator("main input[type=password]").all():
        field.fill("x")
    page.click("main button.primary")
    expect(page.locator("h1")).to_have_text("页面已过期")
    assert browsing.unsound(page, "stale") == []
    assert [one for one in browsing.noise if "Failed to load resource" not in one] == []


def test_the_tree_opens_level_by_level(browsing: Browsing) -> None:
    page = browsing.as_("civil.head", "/units/")
    expect(page.locator(".tree")).not_to_contain_text("东湖县")
    page.get_by_label("云岭市人民政府的下级单位").click()
    expect(page.locator(".tree")).to_contain_text("东湖县人民政府")
    page.get_by_label("东湖县人民政府的下级单位").click()
    expect(page.locator(".tree")).to_contain_text("柳溪镇人民政府")
    assert not browsing.faults(page)
    browsing.picture(page, "units-open")
    assert not browsing.noise
