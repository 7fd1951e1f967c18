"""The whole city in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from bench.city import CLIENTS, Size
from bench.city.lives import Life, lives
from bench.city.matters import Documents, Matters
from bench.city.oversight import Oversight, make_programmes
from bench.city.places import Place, Places, make_administrators, make_places, sessions_of
from bench.city.records import Act, acts_of, sign_ins, write_records
from bench.city.table import flush_all, without_index
from bench.city.work import Work
from luoshi.web.ledger.services.reckoning import reckon_all

PAIRS_INDEX = "CREATE INDEX search_pairs_gin ON search_pairs USING gin (pairs)"


def fill(size: Size) -> dict[str, Any]:
    """Everything; answers with cookies of people and with numbers of rows."""
    today = datetime.now().astimezone().date().toordinal()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")  # indexes of a million rows are filled in no order
    with transaction.atomic(), without_index("search_pairs_gin", PAIRS_INDEX):
        places = make_places(size)
        asked = _matters(size, places, today)
        reckon_all()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return asked | _people(places, make_administrators())


def _matters(size: Size, places: Places, today: int) -> dict[str, Any]:
    issuers = [places.top, *places.departments, *(county for county, _offices, _towns in places.counties)] if places.counties else [places.top]
    programmes = make_programmes(issuers, today)
    documents = Documents(issuers, max(10, size.matters // 200), today)
    matters, work, oversight = Matters(size.seed, places, documents, programmes), Work(size.seed, today), Oversight(size.seed, places, today)
    acts: list[Act] = []
    running: list[Life] = []
    for one in lives(size, places, today):
        matters.put(one)
        work.put(one)
        oversight.put(one)
        acts += acts_of(one, size.records // size.matters)
        if one.state == "active":
            running.append(one)
    matters.flush()
    oversight.look_back()
    people = [(user, f"人员{user}") for unit in places.all for user in unit.people["liaison"]]
    acts += sign_ins(size.records - len(acts), people, today, size.days)
    written = write_records(acts, size.records)
    flush_all()
    leads = _leads(places)
    return {"records": written, "matters": _issued(running, places.top), "reporting": [_led(running, lead) for lead in leads], "issued": [_issued(running, unit) for unit in _offices(places)]}


def _issued(running: Sequence[Life], unit: Place) -> list[int]:
    """Matters in work that a unit issued."""
    return [one.pk for one in running if one.issuer.pk == unit.pk]


def _offices(places: Places) -> list[Place]:
    """Units whose supervisors work while pages are measured."""
    return [county for county, _offices, _towns in places.counties][:CLIENTS] or [places.top]


def _leads(places: Places) -> list[Place]:
    """Units whose liaisons report while pages are measured."""
    return [county for county, _offices, _towns in places.counties][:CLIENTS] or places.departments[:CLIENTS]


def _led(running: Sequence[Life], lead: Place) -> list[int]:
    """Matters in work that a unit leads."""
    return [one.pk for one in running if one.lead.pk == lead.pk]


def _people(places: Places, administrators: dict[str, int]) -> dict[str, Any]:
    """Cookies: of the office of the top, of liaisons and supervisors of its counties (departments where there are none), of administrators."""
    leads = _leads(places)

    def cookies(units: Sequence[Place], role: str) -> list[str]:
        users = [unit.people[role][0] for unit in units]
        return sessions_of([users[n % len(users)] for n in range(CLIENTS)])

    return {
        "supervisors": cookies([places.top], "supervisor"),
        "leaders": cookies([places.top], "leader"),
        "liaisons": cookies(leads, "liaison"),
        "offices": cookies(_offices(places), "supervisor"),
        "auditors": sessions_of([administrators["audit"]] * CLIENTS),
    }
