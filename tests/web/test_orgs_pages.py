"""Pages of units, people, invitations, grants, sign-ins and the audit: who sees which, and that each act goes through its page."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.web.audit.models import Record
from luoshi.web.common.once import fresh_key
from luoshi.web.ledger.models import Matter, Support
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.models import Alias, Duty, Grant, Invitation, Post, Unit, User
from tests.web import kit
from tests.web.test_sign_in import PASSWORD, with_totp

WHO = ("system", "security", "audit", "civil.head", "civil.liaison", "province.supervisor")


def signed_in(world: kit.World, name: str) -> Client:
    client = Client()
    user = world.people[name]
    if user.administers and not Authenticator.objects.filter(user=user).exists():
        with_totp(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def post(client: Client, path: str, **told: object):  # type: ignore[no-untyped-def]
    return client.post(path, {"once": fresh_key(), **told})


def last_acts(n: int) -> list[str]:
    return list(Record.objects.order_by("-seq").values_list("act", flat=True)[:n])[::-1]


@pytest.fixture
def rows(world: kit.World) -> dict[str, int]:
    """One row of each kind, by the name of its address."""
    unit, person = world.units["civil"], world.people["civil.liaison"]
    invitation = Invitation.objects.create(user=person, token_hash="x" * 64, expires_at=timezone.now() + timedelta(hours=1), created_at=timezone.now())
    grant = Grant.objects.create(unit=unit, to_unit=world.units["province"], purpose="督查", expires_on=timezone.localdate() + timedelta(days=9), created_at=timezone.now())
    pending = User.objects.create(username="p", name="待核准", administers="audit", pending=True, is_active=False, created_at=timezone.now())
    return {
        "unit": unit.pk,
        "person": person.pk,
        "pending": pending.pk,
        "post": Post.objects.get(user=person).pk,
        "alias": Alias.objects.create(unit=unit, name="省民政").pk,
        "duty": Duty.objects.create(unit=unit, text="养老服务").pk,
        "invitation": invitation.pk,
        "grant": grant.pk,
    }


SYSTEM_ONLY = ("system",)
BOTH = ("system", "security")
PAGES = [
    *[(name, None, (*BOTH, "civil.head", "civil.liaison", "province.supervisor")) for name in ("units",)],
    ("units_below", "unit", (*BOTH, "civil.head", "civil.liaison", "province.supervisor")),
    ("unit", "unit", (*BOTH, "civil.head", "civil.liaison", "province.supervisor")),
    ("unit_new", None, SYSTEM_ONLY),
    *[
        (name, "unit", SYSTEM_ONLY)
        for name in ("unit_new_below", "unit_edit", "unit_rename", "unit_move", "unit_merge", "unit_end", "unit_reopen", "alias_add", "duty_add", "person_new_in")
    ],
    ("alias_remove", "alias", SYSTEM_ONLY),
    ("duty_remove", "duty", SYSTEM_ONLY),
    ("people", None, BOTH),
    ("person", "person", BOTH),
    ("person_new", None, SYSTEM_ONLY),
    ("administrator_new", None, SYSTEM_ONLY),
    ("person_edit", "person", SYSTEM_ONLY),
    ("post_give", "person", SYSTEM_ONLY),
    ("post_end", "post", SYSTEM_ONLY),
    ("post_move", "post", SYSTEM_ONLY),
    ("person_disable", "person", BOTH),
    ("person_enable", "person", BOTH),
    ("administrator_confirm", "pending", ("security",)),
    ("administrator_decline", "pending", ("security",)),
    ("second_factor_reset", "person", ("security",)),
    ("person_sessions_end", "person", ("security",)),
    ("invitations", None, BOTH),
    ("invitation_revoke", "invitation", BOTH),
    ("import_table", None, SYSTEM_ONLY),
    ("import_template", None, SYSTEM_ONLY),
    ("grants", None, ("civil.head", "civil.liaison", "province.supervisor")),
    ("grant_new", None, ("civil.head",)),
    ("grant_end", "grant", ("civil.head",)),
    ("sign_ins", None, ("security",)),
    ("locks", None, ("security",)),
    ("audit", None, ("audit",)),
    ("account", None, WHO),
    ("account_change_password", None, WHO),
    ("mfa_index", None, WHO),
]


def test_who_sees_which_page(world: kit.World, rows: dict[str, int]) -> None:
    for who in WHO:
        client = signed_in(world, who)
        for name, row, allowed in PAGES:
            path = reverse(name, args=[rows[row]] if row else [])
            expected = 200 if who in allowed else 404
            assert client.get(path).status_code == expected, (who, path)


def test_telephone_numbers_are_for_those_at_work_together(world: kit.World) -> None:
    User.objects.filter(pk=world.people["civil.head"].pk).update(phone="0599-8800")

    def seeing() -> set[str]:
        told = ("province.supervisor", "civil.liaison", "finance.liaison", "city.head", "system", "security")
        return {who for who in told if "0599-8800" in signed_in(world, who).get(f"/units/{world.units['civil'].pk}/").content.decode()}

    ours = {"civil.liaison", "system", "security"}
    assert seeing() == ours
    matter = kit.matter(world, state=State.DRAFT)
    assert seeing() == ours | {"province.supervisor"}
    Support.objects.create(matter=matter, unit=world.units["finance"])
    assert seeing() == ours | {"province.supervisor"}, "before issue the others know nothing of it"
    Matter.objects.filter(pk=matter.pk).update(state=State.ISSUED)
    assert seeing() == ours | {"province.supervisor", "finance.liaison"}
    Matter.objects.filter(pk=matter.pk).update(state=State.CLOSED)
    assert seeing() == ours


def test_everything_asks_for_signing_in(world: kit.World, rows: dict[str, int]) -> None:
    for name, row, _allowed in PAGES:
        answer = Client().get(reverse(name, args=[rows[row]] if row else []))
        assert answer.status_code == 302 and answer["Location"].startswith("/account/login/"), name


def test_no_page_of_an_administrator_has_business_columns(world: kit.World) -> None:
    for who in ("system", "security", "audit"):
        page = signed_in(world, who).get("/account/").content.decode()
        side = page.split('<nav class="side"')[1].split("</nav>")[0] if '<nav class="side"' in page else ""
        assert not re.findall(r"/(?:matters|documents|programmes|instructions)/", side)
        assert signed_in(world, who).get("/matters/").status_code == 404


def test_pages_of_the_tree_take_the_same_number_of_queries(world: kit.World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for n in range(60):
        kit.unit(f"LJ-X{n:03}", f"临江省第{n}局", under=world.units["province"])
    client = signed_in(world, "system")
    with django_assert_max_num_queries(12):
        page = client.get("/units/").content.decode()
    assert "第59局" in page and "云岭市人民政府" in page and "东湖县人民政府" not in page, "the third level comes when it is opened"
    below = client.get(f"/units/{world.units['city'].pk}/below/").content.decode()
    assert "东湖县人民政府" in below and "下级 1" in below and "柳溪镇" not in below
    with django_assert_max_num_queries(12):
        assert "第59局" in client.get("/units/?text=59").content.decode()
    with django_assert_max_num_queries(14):
        client.get("/people/")
    with django_assert_max_num_queries(25):
        client.get(f"/units/{world.units['province'].pk}/")
    head = signed_in(world, "civil.head")
    with django_assert_max_num_queries(12):
        page = head.get("/grants/new/").content.decode()
    assert "　临江省第59局</option>" in page and f'<option value="{world.units["civil"].pk}"' not in page


def test_a_unit_is_made_edited_renamed_and_merged_in_the_browser(world: kit.World) -> None:
    client = signed_in(world, "system")
    told = {"name": "临江省数据局", "code": "LJ-SJ", "under": world.units["province"].pk, "level": "province", "kind": "department", "accounts": "on"}
    made = post(client, "/units/new/", **told)
    unit = Unit.objects.get(code="LJ-SJ")
    assert made["Location"] == f"/units/{unit.pk}/"
    again = post(client, "/units/new/", **told)
    assert again.status_code == 422 and "已由" in again.content.decode() and "临江省数据局" in again.content.decode()
    edit = {"short_name": "省数据局", "code": "LJ-SJ", "level": "province", "kind": "department", "order": "0", "accounts": "on"}
    assert post(client, f"/units/{unit.pk}/edit/", expected=1, **edit).status_code == 302
    conflict = post(client, f"/units/{unit.pk}/edit/", expected=1, **(edit | {"short_name": "数据局"}))
    page = conflict.content.decode()
    assert conflict.status_code == 409 and "省数据局" in page and 'value="数据局"' in page and 'name="expected" value="2"' in page
    assert post(client, f"/units/{unit.pk}/rename/", expected=2, name="临江省数据管理局", short_name="省数据局", on="2026-11-01").status_code == 302
    told = {"into": world.units["finance"].pk, "on": "2026-11-20", "reason": "机构改革", "bring": "on"}
    assert post(client, f"/units/{unit.pk}/merge/", expected=3, **told).status_code == 302
    assert last_acts(4) == ["unit.create", "unit.edit", "unit.rename", "unit.merge"]
    shown = client.get(f"/units/{unit.pk}/").content.decode()
    assert "临江省财政厅" in shown and "曾用至" in shown and "合并单位" in shown


def test_a_person_is_made_invited_moved_and_switched_off_in_the_browser(world: kit.World) -> None:
    system, security = signed_in(world, "system"), signed_in(world, "security")
    told = {"name": "周明", "username": "zhou.ming", "unit": world.units["civil"].pk, "role": "liaison"}
    assert post(system, "/people/new/", **(told | {"role": ""})).status_code == 422
    assert post(system, "/people/new/", **told).status_code == 302
    user = User.objects.get(username="zhou.ming")
    key = fresh_key()
    links = system.post("/invitations/", {"once": key, "user": user.pk})
    link = re.search(r"http://testserver(/account/invitation/[^/]+/)", links.content.decode())
    assert links.status_code == 200 and link
    repeated = system.post("/invitations/", {"once": key, "user": user.pk})
    assert repeated["Location"] == "/invitations/" and Invitation.objects.count() == 1
    assert Client().get(link[1]).status_code == 200
    assert link[1] not in system.get("/invitations/").content.decode()
    assert post(system, "/invitations/").status_code == 422
    held = Post.objects.get(user=user)
    assert post(system, f"/people/post/{held.pk}/move/", to_unit=world.units["finance"].pk, role="head", on=timezone.localdate().isoformat()).status_code == 302
    assert post(security, f"/people/{user.pk}/disable/", reason="调离").status_code == 302
    assert post(security, f"/people/{user.pk}/enable/").status_code == 422
    assert post(system, f"/people/{user.pk}/enable/").status_code == 302
    assert last_acts(6) == ["user.create", "post.give", "invitation.issue", "post.move", "user.disable", "user.enable"]


def test_a_new_administrator_takes_two_persons(world: kit.World) -> None:
    system, security = signed_in(world, "system"), signed_in(world, "security")
    assert post(system, "/people/administrator/", name="孙审", username="sun.shen", duty="audit").status_code == 302
    user = User.objects.get(username="sun.shen")
    assert not user.is_active and post(system, f"/people/{user.pk}/enable/").status_code == 422
    assert post(system, "/invitations/", user=user.pk).status_code == 422
    assert post(security, f"/people/{user.pk}/confirm/").status_code == 302
    assert post(system, "/invitations/", user=user.pk).status_code == 422
    assert post(security, "/invitations/", user=user.pk).status_code == 200
    assert last_acts(3) == ["user.propose_administrator", "user.confirm_administrator", "invitation.issue"]


def test_a_head_grants_a_look_and_ends_it(world: kit.World) -> None:
    client = signed_in(world, "civil.head")
    day = timezone.localdate() + timedelta(days=30)
    assert post(client, "/grants/new/", to_unit=world.units["province"].pk, purpose="年度督查", expires_on=day.isoformat()).status_code == 302
    grant = Grant.objects.get()
    assert "年度督查" in client.get("/grants/").content.decode() and "年度督查" in signed_in(world, "province.supervisor").get("/grants/").content.decode()
    assert post(signed_in(world, "finance.head"), f"/grants/{grant.pk}/end/").status_code == 404
    assert post(client, f"/grants/{grant.pk}/end/").status_code == 302
    assert last_acts(2) == ["grant.give", "grant.end"]


def test_the_security_administrator_reads_sign_ins_and_unlocks(world: kit.World) -> None:
    for _ in range(5):
        Client().post("/account/login/", {"login": "civil.liaison", "password": "wrong"})
    Client().post("/account/login/", {"login": "civil.head", "password": PASSWORD})
    client = signed_in(world, "security")
    page = client.get("/sign-ins/").content.decode()
    assert "登录被锁定" in page and "127.0.0.1" in page and "civilhead" in page
    assert client.get("/sign-ins/?act=login.locked&who=liaison").content.decode().count("<tr>") == 2
    assert "civil.liaison" in client.get("/locks/").content.decode()
    assert post(client, "/locks/unlock/", username="civil.liaison").status_code == 302
    assert "civil.liaison" not in client.get("/locks/").content.decode()
    assert post(client, "/locks/unlock/", username="civil.liaison").status_code == 422


def test_the_audit_is_filtered_and_paged_by_number(world: kit.World) -> None:
    system = signed_in(world, "system")
    for n in range(120):
        post(system, f"/units/{world.units['civil'].pk}/alias/", name=f"别名{n}")
    client = signed_in(world, "audit")
    first = client.get("/audit/")
    assert len(first.context["rows"]) == 100 and first.context["more"] == 21 and not first.context["broken"]
    second = client.get("/audit/?before=21")
    assert len(second.context["rows"]) == 20 and second.context["more"] is None
    unit = world.units["civil"].pk
    assert len(client.get(f"/audit/?subject=unit:{unit}&act=alias.add&who=system").context["rows"]) == 100
    assert not client.get("/audit/?last=2020-01-01").context["rows"] and client.get("/audit/?first=nonsense&last=2020-13-45").status_code == 200
    subject = Record.objects.first().subject  # type: ignore[union-attr]
    page = client.get(f"/audit/{subject}/")
    assert page.status_code == 200 and "首尾相接" in page.content.decode() and "添加别名" in page.content.decode()
    assert client.get("/audit/nothing:1/").status_code == 404 and system.get(f"/audit/{subject}/").status_code == 404


def test_a_record_of_a_strange_user_name_can_be_opened(world: kit.World) -> None:
    Client().post("/account/login/", {"login": "a/b?c#<script>", "password": "x"})
    client = signed_in(world, "audit")
    page = client.get("/audit/").content.decode()
    assert "<script>" not in page.split("<main")[1]
    assert client.get(reverse("audit_subject", args=["login:a/b?c#<script>"])).status_code == 200
