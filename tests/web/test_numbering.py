"""Numbers of matters: by unit and year, without gaps, also where eight write at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection

from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import drafting
from tests.web import kit

WRITERS, EACH = 8, 5


def test_numbers_are_counted_by_unit_and_year_of_the_place(world: kit.World) -> None:
    def number(who: str, at: datetime) -> str:
        return drafting.draft_matter(words={"title": "一件"}, origin=Origin(), actor=world.actor(who), at=at).number

    assert number("province.supervisor", kit.NOW) == "LJ-2026-0001"
    assert number("city.supervisor", kit.NOW) == "YL-2026-0001"
    assert number("province.supervisor", datetime(2026, 12, 31, 16, 30, tzinfo=UTC)) == "LJ-2027-0001", "the new year has begun in Shanghai"
    assert number("province.supervisor", kit.NOW) == "LJ-2026-0002"


def test_eight_writers_leave_no_gap_and_no_double(open_tables: None) -> None:
    actor = kit.world().actor("province.supervisor")

    def write(writer: int) -> None:
        try:
            for n in range(EACH):
                drafting.draft_matter(words={"title": f"{writer}之{n}"}, origin=Origin(), actor=actor, at=kit.NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert sorted(Matter.objects.values_list("number", flat=True)) == [f"LJ-2026-{n:04}" for n in range(1, WRITERS * EACH + 1)]
