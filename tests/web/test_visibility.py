"""Who may open what: every route with every row for everyone, against the policy of ``scene``. What may not be seen is 404, never 403.

A route that is not in ``ROUTES`` fails: the matrix grows with every new page. 25,000 of its checks are drawn by ``make prove`` on each
database; otherwise a tenth of them, one half on each.
"""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.html import escape

from tests.proving import FULL, share
from tests.web import policy, scene
from tests.web.routes import OPEN_TO_ALL, ROUTES, Route

DRAWN = share(25_000)
REFUSED_TO_STRANGERS = 302  # sent to the page for signing in


class Check(NamedTuple):
    """One request: who, how, where, and whether it is there for that person."""

    persona: str
    method: str
    name: str
    address: str
    there: bool
    data: dict[str, str]


def all_routes() -> dict[str, list[str]]:
    """Every named route of ours with the names of its parameters."""
    found: dict[str, list[str]] = {}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, prefix + str(one.pattern))
            elif one.callback.__module__.startswith("luoshi."):
                found[str(one.name)] = list(one.pattern.converters)

    walk(get_resolver().url_patterns)
    return found


def test_every_route_is_in_the_matrix() -> None:
    known = set(ROUTES) | set(OPEN_TO_ALL)
    assert set(all_routes()) - known == set()
    assert known - set(all_routes()) == set()


def _addresses(made: scene.Scene, name: str, route: Route, parameters: list[str]) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Kind, label, address and data of every row of the route's kind."""
    for kind in (route.kind, *route.also):
        for label, row in made.rows[kind].items():
            yield kind, label, reverse(name, kwargs=route.arguments(row, parameters)), route.data(row)


def _checks(made: scene.Scene) -> Iterator[Check]:
    routes = all_routes()
    everyone = [*made.personas, "disabled", "anonymous"]
    for name, route in ROUTES.items():
        if route.kind == "":
            continue
        for kind, label, address, data in _addresses(made, name, route, routes[name]):
            for persona in everyone:
                for method in route.methods:
                    yield Check(persona, method, name, address, policy.is_there(made, persona, route, kind, label), data)


def _status(client: Client, check: Check) -> int:
    """The status of the answer; whatever the request did is undone."""
    before = transaction.savepoint()
    try:
        if check.method == "GET":
            return int(client.get(check.address, check.data).status_code)
        return int(client.post(check.address, {"once": "k" * 24} | check.data).status_code)
    finally:
        transaction.savepoint_rollback(before)


@pytest.mark.prove
@pytest.mark.django_db
def test_what_may_not_be_seen_is_not_there() -> None:
    made = scene.scene()
    checks = list(_checks(made))
    assert len(checks) >= DRAWN
    drawn = random.Random(20261126).sample(checks, DRAWN)
    if not FULL:
        drawn = drawn[connection.vendor == "postgresql" :: 2]
    clients = {persona: _client(made, persona) for persona in {check.persona for check in drawn}}
    wrong: list[tuple[Check, int]] = []
    counted: Counter[str] = Counter()
    for check in drawn:
        status = _status(clients[check.persona], check)
        counted["there" if check.there else "not there"] += 1
        if not _right(check, status):
            wrong.append((check, status))
    print(f"{len(drawn)} of {len(checks)} checks: {dict(counted)}")
    assert not wrong, f"{len(wrong)} wrong: {Counter((check.name, status) for check, status in wrong)}, first: {wrong[:12]}"


def _right(check: Check, status: int) -> bool:
    if check.persona in ("anonymous", "disabled"):
        return status == REFUSED_TO_STRANGERS
    if status >= 500 or status == 403:
        return False
    if status == 405:  # before the row was looked for: it says nothing of it
        return True
    return (status != 404) == check.there


def _client(made: scene.Scene, persona: str) -> Client:
    client = Client(raise_request_exception=False)
    if persona in made.world.people:
        client.force_login(made.world.people[persona], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("listing", [name for name, route in ROUTES.items() if route.lists])
def test_lists_searches_and_counts_hold_what_may_be_seen_and_no_more(listing: str) -> None:
    made = scene.scene()
    route = ROUTES[listing]
    for persona in made.personas:
        answer = _client(made, persona).get(reverse(listing), dict(route.query))
        if answer.status_code == 404:
            continue
        page = answer.content.decode()
        for kind in route.lists:
            for label, row in made.rows[kind].items():
                shown = _words(row) in page
                assert not shown or policy.sees(made, persona, kind, label), (persona, listing, label)
                assert shown or kind not in route.complete or not policy.sees(made, persona, kind, label), (persona, listing, label)


def _words(row: Any) -> str:
    return f">{escape(row.title)}<" if hasattr(row, "title") else str(row.name)
