"""The pages a day begins with: must-do list, ledger table, a matter, its history, a theme."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.web.ledger.models import Matter, Message, Report, Source
from luoshi.web.ledger.selectors.counting import asked_count
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.services import issuing
from luoshi.web.ledger.telling import sentence
from luoshi.web.ledger.workflow import ReportState, State
from tests.web import kit
from tests.web.browser import PHONE, SCREEN, ZOOMED, Browsing


def rows(world: kit.World, count: int) -> Matter:
    """``count`` matters of every running state; the first has a source, a report and a reminder."""
    today, now = timezone.localdate(), timezone.now()
    states = (State.ISSUED, State.ACTIVE, State.COORDINATING, State.SUBMITTED, State.DRAFT, State.ACCEPTED)
    Matter.objects.bulk_create(
        Matter(
            number=f"LJ-{n}",
            title=f"事项{n}",
            state=State.ACTIVE if n == 0 else states[n % 6],
            issuer=world.units["province"],
            lead=world.units["civil"],
            theme="养老",
            due_on=today + timedelta(days=n % 40 - 5),
            drafted_by=world.people["province.supervisor"],
            created_at=now,
            issued_at=now,
        )
        for n in range(count)
    )
    first = Matter.objects.get(number="LJ-0")
    Source.objects.create(matter=first, kind=Source.TYPED, quote="覆盖率达到85%以上")
    Message.objects.create(matter=first, kind=Message.REMINDER, to_unit=world.units["civil"], text="请抓紧", by=world.people["province.supervisor"], by_unit=world.units["province"], at=now)
    Report.objects.create(
        matter=first, unit=world.units["civil"], unit_name="临江省民政厅", author=world.people["civil.liaison"], state=ReportState.FILED, text="已建成41处", created_at=now, saved_at=now, filed_at=now
    )
    return first


@pytest.mark.parametrize(
    ("person", "kinds"),
    [
        pytest.param("province.supervisor", {"submission", "filed", "overdue", "objection", "draft", "close"}, id="supervisor"),
        pytest.param("civil.liaison", {"sign", "reminder"}, id="liaison"),
        pytest.param("civil.head", {"sign", "reminder", "plan"}, id="head"),
        pytest.param("civil.supervisor", set(), id="supervisor of the lead"),
        pytest.param("province.leader", set(), id="leader"),
        pytest.param("finance.liaison", set(), id="another unit"),
    ],
)
def test_each_is_asked_what_is_theirs(world: kit.World, person: str, kinds: set[str]) -> None:
    rows(world, 12)
    found = must_do_list(world.actor(person), timezone.localdate())
    assert kinds <= {row.kind for group in found.groups for row in group.rows}
    assert found.asked == asked_count(world.actor(person), timezone.localdate())
    assert kinds or not found.groups


@pytest.mark.parametrize("path", ["/matters/{}/", "/matters/{}/history/", "/matters/{}/children/"])
def test_what_may_not_be_seen_is_not_there(world: kit.World, client: Client, path: str) -> None:
    first = rows(world, 1)
    client.force_login(world.people["finance.liaison"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(path.format(first.pk)).status_code == 404


def test_the_table_is_narrowed(world: kit.World, client: Client) -> None:
    rows(world, 12)
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/matters/?q=LJ-3").context["page"].paginator.count == 1
    assert {row.state for row in client.get("/matters/?state=issued").context["page"]} == {State.ISSUED}
    for colour in ("red", "yellow", "blue", "green", "grey"):
        assert {row.light.colour for row in client.get(f"/matters/?light={colour}").context["page"]} <= {colour}


def test_a_history_is_told_in_sentences(world: kit.World, client: Client) -> None:
    row = kit.matter(world, state=State.ISSUED)
    issuing.object_to_matter(matter_id=row.pk, reason="不属于我厅职责", actor=world.actor("civil.liaison"), at=kit.NOW)
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/matters/{row.pk}/history/")
    assert "提出异议：不属于我厅职责" in page.content.decode() and not page.context["history"].broken
    assert sentence("report.release", "{}", '{"values":[{"indicator":"覆盖率","value":"66.0"}]}', "") == "报送进展：覆盖率 66。"


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "size", "dark"), [("screen", SCREEN, False), ("phone", PHONE, False), ("zoomed", ZOOMED, False), ("dark", SCREEN, True)])
def test_pages_in_a_browser(browsing: Browsing, name: str, size: tuple[int, int], dark: bool) -> None:
    first = rows(browsing.world, 12)
    for path in ("/", "/matters/", f"/matters/{first.pk}/", f"/matters/{first.pk}/history/", "/themes/养老/"):
        page = browsing.turn_to("province.supervisor", path, size=size, dark=dark)
        browsing.picture(page, f"{name}-{path.strip('/').replace('/', '-') or 'must-do'}")
        assert browsing.faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert browsing.noise == []
