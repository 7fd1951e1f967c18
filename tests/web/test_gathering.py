"""What is asked of everybody, counted for all at once, is what the must-do list of each person says."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.web.audit.models import Record
from luoshi.web.common.actor import Actor
from luoshi.web.config.clock import JOBS
from luoshi.web.ledger.additions import askers
from luoshi.web.ledger.models import Extension, Matter, Message, Plan, Report, Support
from luoshi.web.ledger.must_do import KINDS
from luoshi.web.ledger.selectors import asking as ask
from luoshi.web.ledger.selectors.counting import asked_picks
from luoshi.web.ledger.workflow import State
from luoshi.web.notices import gathering
from luoshi.web.notices.digest import Content, together
from luoshi.web.notices.gathering import contents_of
from luoshi.web.notices.models import Digest
from luoshi.web.orgs.actors import merged_into
from luoshi.web.orgs.models import Post, Unit
from luoshi.web.orgs.roles import ROLES
from tests.web import kit
from tests.web.test_query_counts import fill


def _asked(unit: Unit, role: str, user: int) -> Mapping[str, tuple[str, int]]:
    """Kind → group and number, out of the rows of the must-do list of one person."""
    actor = Actor(user, "", unit_id=unit.pk, unit_name=unit.name, unit_path=unit.path, roles=frozenset([role]), merged=merged_into(unit.pk))
    picking = asked_picks(ask.Asking(actor, kit.TODAY, "", 20))
    found = {row.asked: (KINDS[row.asked].group, row.asked_total) for read, picks in zip(ask.READERS, picking.ledger, strict=True) for row in read(picks)}
    for asker, of_tables in zip(askers(), picking.of_askers, strict=True):
        counted = {kind: one.total for picks in of_tables for kind, one in picks.items()}
        found |= {row.kind: (row.group, counted[row.kind]) for row in asker.rows(actor, kit.TODAY, of_tables)}
    return found


def _person_by_person(unit: Unit) -> Content:
    holders = {role: list(gathering.posts_on(kit.TODAY).filter(unit=unit, role=role).values_list("user_id", flat=True)) for role in ROLES}
    found = {role: together(_asked(unit, role, 0), [_asked(unit, role, user) for user in users]) for role, users in holders.items() if users}
    return {role: groups for role, groups in found.items() if groups}


@pytest.fixture
def busy(world: kit.World) -> kit.World:
    """Rows of every kind, by several hands; a unit with two heads, one without, one that another was merged into."""
    fill(world, 60)
    for who in ("province.head", "province.supervisor"):
        kit.person(f"{who}.2", who, world.units["province"], who.split(".")[1])
    Post.objects.filter(unit=world.units["finance"], role="head").update(until=kit.TODAY - timedelta(days=1))
    Unit.objects.filter(pk=world.units["city_civil"].pk).update(successor=world.units["finance"])
    province, supervisor, second = world.units["province"], world.people["province.supervisor"], world.people["province.head"]
    matters = list(Matter.objects.order_by("pk"))
    for n, matter in enumerate(matters):
        Support.objects.create(matter=matter, unit=world.units["finance" if n % 2 else "city_civil"], contribution="安排资金")
        if n % 4 == 0 and matter.state == State.ACTIVE:
            Plan.objects.create(matter=matter, state="proposed", content={}, author=(supervisor, second)[n % 8 == 0], proposed_at=kit.NOW)
            Extension.objects.create(
                matter=matter, state=("asked", "with_head")[n % 8 == 0], reason="雨季", due_on=kit.TODAY, asked_on=kit.TODAY, author=(supervisor, second)[n % 8 == 0], created_at=kit.NOW
            )
    Matter.objects.filter(pk__in=[one.pk for one in matters[::5]]).update(lead=world.units["finance"], submitted_by=supervisor)
    Matter.objects.filter(pk__in=[one.pk for one in matters[::7]]).update(approver=second, state=State.PROPOSED)
    Matter.objects.filter(pk__in=[one.pk for one in matters[1::9]]).update(cadence="monthly", plan_agreed_at=kit.NOW - timedelta(days=200), lead=world.units["city_civil"])
    Report.objects.filter(matter__in=matters[::2]).update(author=supervisor)
    for n, report in enumerate(Report.objects.order_by("pk")):
        Report.objects.filter(pk=report.pk).update(state=("filed", "with_head", "returned", "draft")[n % 4], unit=world.units[("civil", "finance", "city_civil")[n % 3]], final=n % 5 == 0)
    asked = Message.objects.create(matter=matters[0], kind=Message.COMMENT, text="抓紧", by=world.people["province.leader"], by_unit=province, at=kit.NOW)
    Message.objects.create(matter=matters[0], kind=Message.REPLY, text="已办", answers=asked, by=second, by_unit=province, at=kit.NOW)
    return world


def test_counted_for_all_at_once_as_person_by_person(busy: kit.World) -> None:
    units = {unit.pk: unit for unit in Unit.objects.all()}
    found = contents_of(units, kit.TODAY)
    assert found == {pk: _person_by_person(unit) for pk, unit in units.items()}
    assert len({group for told in found.values() for groups in told.values() for group in groups}) >= 8


@pytest.mark.one_database
def test_a_kind_that_is_left_out_shows(busy: kit.World, monkeypatch: pytest.MonkeyPatch) -> None:
    units = {unit.pk: unit for unit in Unit.objects.all()}
    tables = gathering.asking_tables
    monkeypatch.setattr(gathering, "asking_tables", lambda asking: tables(asking)[1:])
    assert contents_of(units, kit.TODAY) != {pk: _person_by_person(unit) for pk, unit in units.items()}


@pytest.mark.one_database
def test_questions_do_not_grow_with_units(busy: kit.World) -> None:
    told = []
    for codes in (("province", "civil", "finance"), tuple(busy.units)):
        with CaptureQueriesContext(connection) as queries:
            contents_of([busy.units[code].pk for code in codes], kit.TODAY)
        told.append(len(queries))
    assert told[0] == told[1]


def test_a_night_done_twice_is_a_night_done_once(busy: kit.World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job of the clock, once and again: the second time nothing changes, and no record is written."""
    jobs = [job for job in JOBS if job.name != "send_waiting"]  # leaves the house; its own tests say that it sends once

    def night() -> list[object]:
        for job in jobs:
            job.run(kit.NOW)
        return [list(model.objects.order_by("pk").values()) for model in (Digest, Matter, Report, Record)]

    once = night()
    assert once[0]
    assert night() == once
