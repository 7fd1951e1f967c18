"""What the database says of colours and what ``lights`` says of each row are the same, over rows of every kind."""

import itertools
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from luoshi.web.ledger.lights import Colour
from luoshi.web.ledger.models import CurvePoint, Matter, Milestone, Reading, Report, Target
from luoshi.web.ledger.selectors.colours import of_colour, with_colour
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.services import planning
from luoshi.web.ledger.services.reckoning import FACTS, reckon_all
from luoshi.web.ledger.standing import _courses, lights_of, shown, standing_of, standings
from luoshi.web.ledger.workflow import ReportState, State
from tests.web import counting, kit
from tests.web.stage import Stage

COLOURS: tuple[Colour, ...] = ("red", "yellow", "blue", "green", "grey")
DUE = (None, -400, -1, 0, 1, 2, 3, 4, 5, 6, 60)
STATES = (State.ISSUED, State.ACTIVE, State.SUBMITTED, State.SUSPENDED, State.ESCALATED, State.CLOSED, State.DRAFT)
AT = kit.NOW - timedelta(days=20)
REPORTS: tuple[tuple[tuple[str, bool], ...], ...] = (
    (),
    (("filed", False),),
    (("accepted", True),),
    (("returned", True),),
    (("returned", True), ("filed", False)),
    (("returned", True), ("accepted", True)),
    (("accepted", True), ("returned", True)),
    (("draft", True),),
    (("draft", False),),
)
MILESTONES = ("", "missed", "done", "claimed", "claimed late", "to come")
CURVES = ("", "behind", "ahead", "falling behind", "falling ahead", "not accepted", "accepted by a supporter", "before the first point")


def _matter(world: kit.World, state: State, due: int | None, cadence: str, agreed: bool = True) -> Matter:
    matter = kit.matter(world, state=state)
    matter.due_on = None if due is None else kit.TODAY + timedelta(days=due)
    matter.cadence, matter.signed_at = cadence, AT
    matter.plan_agreed_at = kit.NOW - timedelta(days=150) if agreed else None
    matter.save()
    return matter


def _report(world: kit.World, matter: Matter, state: str, reviewed: bool, *, minutes: int = 0, by: str = "civil", period: date | None = date(2026, 10, 31)) -> Report:
    at = AT + timedelta(minutes=minutes)
    return Report.objects.create(
        matter=matter, unit=world.units[by], unit_name=by, author=world.people[f"{by}.liaison"], state=state, period_end=period,
        created_at=at, saved_at=at, filed_at=at, reviewed_at=at if reviewed else None,
    )  # fmt: skip


def _milestone(world: kit.World, matter: Matter, kind: str) -> None:
    if kind:
        due = kit.TODAY + timedelta(days=10) if kind == "to come" else timezone.localtime(AT).date() - timedelta(days=kind == "claimed late")
        step = Milestone.objects.create(matter=matter, title="建设清单", due_on=due, done_on=kit.TODAY if kind == "done" else None)
        if kind.startswith("claimed"):
            _report(world, matter, ReportState.FILED, False, minutes=30).milestones.add(step)


def _curve(world: kit.World, matter: Matter, kind: str) -> None:
    if kind:
        falling = kind.startswith("falling")
        target = Target.objects.create(matter=matter, indicator="覆盖率", value=80, comparator="≤" if falling else "≥")
        for on, value in ((date(2026, 1, 1), 0), (date(2026, 6, 30), 60), (date(2026, 12, 31), 80)):
            CurvePoint.objects.create(target=target, on=on, value=value)
        value = 79.0 if kind in ("ahead", "falling behind") else 30.0
        state = ReportState.FILED if kind == "not accepted" else ReportState.ACCEPTED
        as_of = date(2025, 12, 1) if kind == "before the first point" else date(2026, 9, 30)
        by = "finance" if kind == "accepted by a supporter" else "civil"
        report = _report(world, matter, state, state == ReportState.ACCEPTED, minutes=-60, by=by)
        Reading.objects.create(report=report, target=target, value=109 - value, as_of=date(2026, 3, 1))
        later = _report(world, matter, state, state == ReportState.ACCEPTED, minutes=-30, by=by)
        Reading.objects.create(report=later, target=target, value=value, as_of=as_of)


@pytest.fixture
def many(world: kit.World) -> kit.World:
    """Rows in which everything that a light is made of meets everything else, two and two."""
    for state, due, cadence in itertools.product(STATES, DUE, ("", "monthly")):
        _matter(world, state, due, cadence, agreed=bool(due) and state != State.ISSUED)
    for due, cadence, told in itertools.product((None, 3, 60), ("", "monthly", "half-yearly"), REPORTS):
        matter = _matter(world, State.ACTIVE, due, cadence)
        for minutes, (state, reviewed) in enumerate(told):
            _report(world, matter, state, reviewed, minutes=minutes)
    for kind, curve, due in itertools.product(MILESTONES, CURVES, (3, 60)):
        matter = _matter(world, State.ACTIVE, due, "quarterly")
        _milestone(world, matter, kind)
        _curve(world, matter, curve)
    for state in (State.SUBMITTED, State.SUSPENDED, State.CLOSED):
        matter = _matter(world, state, 60, "monthly")
        _milestone(world, matter, "missed")
        _curve(world, matter, "behind")
    _report(world, _matter(world, State.ACTIVE, 60, "monthly"), ReportState.FILED, False, by="finance")
    _report(world, _matter(world, State.ACTIVE, 60, "monthly"), ReportState.ACCEPTED, True, period=date(2026, 9, 30))
    reckon_all()
    return world


def _by_the_rows(on: date) -> dict[int, str]:
    """The colour of every light out of reports, steps and curves themselves."""
    matters = list(Matter.objects.prefetch_related("reports__milestones", "milestones"))
    curves = _courses([matter.pk for matter in matters])
    found = {}
    for one in matters:
        told = standing_of(one, reports=one.reports.all(), milestones=one.milestones.all(), courses=curves.get(one.pk, ()), on=on)
        found[one.pk] = shown(told, on)[0].colour
    return found


def test_the_database_and_the_rows_say_the_same(many: kit.World, monkeypatch: pytest.MonkeyPatch) -> None:
    for days, blue_days in itertools.product((0, 1, 2, 3, 30, 90), (1, 3, 15)):
        monkeypatch.setitem(settings.OPTIONS, "blue_days", blue_days)
        on = kit.TODAY + timedelta(days=days)
        lit = _by_the_rows(on)
        assert {pk: light.colour for pk, (light, _marks) in lights_of(Matter.objects.all(), on).items()} == lit
        for colour in COLOURS:
            found = list(of_colour(Matter.objects.all(), colour, on).values_list("pk", flat=True))
            assert len(found) == len(set(found))
            assert set(found) == {pk for pk, one in lit.items() if one == colour}, (colour, days, blue_days)
            assert days or found
        assert dict(with_colour(Matter.objects.all(), on).values_list("pk", "colour")) == lit


@pytest.mark.one_database
@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_is_not_kept_shows(many: kit.World, fact: str) -> None:
    """Every fact is needed: without it some light is another."""
    Matter.objects.update(**{fact: Matter._meta.get_field(fact).get_default()})
    assert dict(with_colour(Matter.objects.all(), kit.TODAY).values_list("pk", "colour")) != _by_the_rows(kit.TODAY)


def test_a_service_that_does_not_keep_the_facts_is_seen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = stage.planned()
    counting.KEPT.clear()
    monkeypatch.setattr(planning, "reckon", lambda *_matters, **_told: None)
    with pytest.raises(AssertionError, match="has to call reckon"):
        stage.do(planning.agree_plan, "province.supervisor", plan_id=plan.pk)


def test_who_is_behind_is_on_the_list_of_the_supervisor(many: kit.World) -> None:
    found = must_do_list(many.actor("province.supervisor"), kit.TODAY)
    active = Matter.objects.filter(state=State.ACTIVE)
    told, lights = standings(active, kit.TODAY), lights_of(active, kit.TODAY)
    wanted = {pk for pk, (light, _marks) in lights.items() if light.colour == "yellow" and (told[pk].reported or told[pk].report_due_on is None)}
    behind = {row.matter for group in found.groups for row in group.rows if row.kind == "behind"}
    assert behind and behind <= wanted
    assert found.behind == len(wanted)
