"""Boards: every figure is what its link shows, the order of units is that of their tree, and nothing is compared under five."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.web.boards.figures import Counts, Tally, counted, share
from luoshi.web.boards.selectors.leader import leader_page
from luoshi.web.ledger.models import Ancestor, Matter
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.workflow import State
from tests.web import kit

THEMES = ("养老", "营商环境", "")
LEADS = ("civil", "finance", "city", "county")
STATES = (State.ACTIVE, State.ACTIVE, State.ISSUED, State.SUBMITTED, State.CLOSED, State.SUSPENDED, State.DRAFT, State.TERMINATED)


@pytest.fixture
def busy(world: kit.World) -> kit.World:
    """Matters of many states, dates, themes and leads; each tenth has one below it."""
    today, now = timezone.localdate(), timezone.now()
    for n in range(96):
        lead, state = LEADS[n % 4], STATES[n // 4 % 8]
        matter = kit.matter(world, state=state, lead=lead, number=f"B-{n}")
        matter.title, matter.theme, matter.due_on = f"事项{n}", THEMES[n % 3], today + timedelta(days=n % 30 - 10)
        matter.issued_at, matter.signed_at = now, now
        matter.plan_agreed_at = now - timedelta(days=n) if n % 2 else None
        matter.save()
        if n % 10 == 0 and state not in (State.DRAFT, State.TERMINATED):
            child = kit.matter(world, state=State.ACTIVE, issuer=lead, lead="county", number=f"C-{n}")
            Matter.objects.filter(pk=child.pk).update(parent=matter, title=f"分解{n}", theme=matter.theme)
            Ancestor.objects.create(matter=child, ancestor=matter)
    return world


def signed_in(world: kit.World, client: Client, person: str) -> Client:
    client.force_login(world.people[person], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


FIGURE = re.compile(r'<a class="plain[^"]*" href="(/matters/\?[^"]+)">(?:<span[^>]*>[^<]*</span>)?([\d,]+)</a>')


def figures(page: str) -> list[tuple[str, int]]:
    """Every figure of a page that leads to the ledger: its address and what it says."""
    return [(address.replace("&amp;", "&"), int(number.replace(",", ""))) for address, number in FIGURE.findall(page)]


def shown_by(client: Client, address: str) -> int:
    """How many rows the ledger has at an address."""
    found = re.search(r'<p class="quiet">(\d+) 件', client.get(address).content.decode())
    assert found, address
    return int(found[1])


BOARDS = [("province.leader", "/board/"), ("civil.head", "/board/"), ("city.supervisor", "/board/")]


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "address"), BOARDS)
def test_a_figure_is_what_its_link_shows(busy: kit.World, client: Client, person: str, address: str) -> None:
    signed_in(busy, client, person)
    told = figures(client.get(address).content.decode())
    assert len(told) > 8
    wrong = [(where, number, shown_by(client, where)) for where, number in dict.fromkeys(told) if shown_by(client, where) != number]
    assert wrong == []


@pytest.mark.django_db
def test_colours_are_counted_as_lights_are_computed(busy: kit.World) -> None:
    today = timezone.localdate()
    page = leader_page(busy.actor("province.leader"), today)
    rows = Matter.objects.filter(issuer=busy.units["province"]).exclude(state=State.DRAFT)
    computed = Counter(light.colour for light, _marks in lights_of(rows, today).values() if light.colour)
    assert {colour: count for colour, count in page.main.counts.colours.items() if count} == dict(computed)
    assert sum(link.count for link in page.main.links) == page.main.counts.open
    assert set(computed) >= {"red", "blue", "grey"}
    assert [theme.name for theme in page.themes] == [*sorted(theme.name for theme in page.themes if theme.name), ""]


@pytest.mark.parametrize(("part", "base", "told"), [(1, 4, None), (0, 0, None), (3, 5, 60), (77, 124, 62), (0, 5, 0), (124, 124, 100)])
def test_no_share_under_five(part: int, base: int, told: int | None) -> None:
    assert share(part, base) == told


def test_what_ended_without_being_done_counts_nowhere() -> None:
    made = [Tally((), State.ACTIVE, "red", 2), Tally((), State.TERMINATED, "", 4), Tally((), State.CLOSED, "", 3), Tally((), State.DRAFT, "", 9)]
    found = counted(made)
    assert (found.open, found.done, found.worst) == (2, 3, "red")
    assert Counts().worst == ""


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["civil.liaison", "system", "security", "audit"])
def test_boards_are_for_those_who_answer_for_the_unit(busy: kit.World, client: Client, person: str) -> None:
    assert signed_in(busy, client, person).get("/board/").status_code in (404, 302)


def _asked(client: Client, address: str) -> Any:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
