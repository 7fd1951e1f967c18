"""Boards: every figure is what its link shows, the order of units is that of their tree, and nothing is compared under five."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.web.boards.figures import FEWEST, Counts, Tally, counted, share
from luoshi.web.boards.selectors.battle import battle_of
from luoshi.web.boards.selectors.indicators import Stage as Stage_
from luoshi.web.boards.selectors.indicators import followed, staged
from luoshi.web.boards.selectors.leader import leader_page
from luoshi.web.boards.selectors.levels import levels_of
from luoshi.web.boards.selectors.systems import systems_of
from luoshi.web.boards.selectors.units import grid_of
from luoshi.web.boards.timeline import Mark, Year, line
from luoshi.web.documents.models import DraftItem
from luoshi.web.ledger.charts import chart
from luoshi.web.ledger.lights import Light, Point
from luoshi.web.ledger.models import Ancestor, CurvePoint, Matter, Source, Target
from luoshi.web.ledger.plans import PlanContent
from luoshi.web.ledger.services import planning, reporting
from luoshi.web.ledger.services.reporting import ReportContent, Value
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.workflow import State
from tests.web import kit, paper
from tests.web.stage import Stage

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
BOARDS += [("province.leader", "/board/units/"), ("province.supervisor", "/board/units/?scope=above"), ("province.leader", "/board/levels/"), ("city.head", "/board/levels/")]


@pytest.mark.parametrize(("person", "address"), BOARDS)
def test_a_figure_is_what_its_link_shows(busy: kit.World, client: Client, person: str, address: str) -> None:
    signed_in(busy, client, person)
    told = figures(client.get(address).content.decode())
    assert len(told) > 7
    wrong = [(where, number, shown_by(client, where)) for where, number in dict.fromkeys(told) if shown_by(client, where) != number]
    assert wrong == []


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


@pytest.mark.parametrize("person", ["civil.liaison", "system", "security", "audit"])
def test_boards_are_for_those_who_answer_for_the_unit(busy: kit.World, client: Client, person: str) -> None:
    assert signed_in(busy, client, person).get("/board/").status_code in (404, 302)


def test_units_stand_in_the_order_of_their_tree(busy: kit.World) -> None:
    for scope in ("issuer", "above"):
        grid = grid_of(busy.actor("province.leader"), scope, timezone.localdate())
        paths = [row.unit.path for row in grid.rows]
        assert paths and paths == sorted(paths)
        assert sum(row.all.counts.open for row in grid.rows) == grid.all.counts.open == sum(cell.counts.open for cell in grid.sums)
        for row in grid.rows:
            assert all(bool(cell.shade) == (cell.counts.open >= FEWEST) for cell in row.cells if cell)


def test_a_year_in_which_nothing_falls_says_so(busy: kit.World, client: Client) -> None:
    Matter.objects.update(issued_at=timezone.now())
    signed_in(busy, client, "province.leader")
    empty, drawn = (client.get("/board/map/", {"theme": "养老", "year": str(year)}).content.decode() for year in (2001, timezone.localdate().year))
    assert "2001年没有可画的" in empty and 'class="bar' not in empty
    assert "没有可画的" not in drawn and 'class="bar' in drawn


def test_what_was_passed_down_is_rolled_up(busy: kit.World) -> None:
    levels = levels_of(busy.actor("province.leader"), timezone.localdate(), None)
    descended = Matter.objects.filter(number__startswith="C-")
    assert levels.below[-1].counts.open == descended.count() > 5
    assert sum(line.counts.open for row in levels.page for line in row.lines) == descended.count()
    assert levels_of(busy.actor("county.leader"), timezone.localdate(), None).below == []


DAYS = [
    pytest.param(date(2026, 1, 1), date(2026, 6, 30), 1, "逾期", id="within the year"),
    pytest.param(date(2024, 1, 1), date(2025, 6, 30), 0, "", id="before it"),
    pytest.param(None, None, 1, "", id="no days"),
    pytest.param(date(2025, 5, 1), date(2027, 6, 30), 1, "按序时", id="across it"),
]


@pytest.mark.parametrize(("begins", "due", "bars", "word"), DAYS)
def test_a_line_of_the_map_says_in_words_what_it_draws(begins: date | None, due: date | None, bars: int, word: str) -> None:
    marks = [Mark("清单<一>", date(2026, 3, 1), True), Mark("开工", date(2026, 5, 1), False), Mark("完工", date(2027, 1, 1), False)]
    made = line(Year(2026), kit.TODAY, Light("red", word), begins, due, marks)
    assert made.count("<rect") == bars
    assert made.count("<path class=\"mark") == 2
    assert "<一>" not in made
    assert "节点“开工”2026年5月1日，过期未完成" in made and "2027年1月1日，未到" in made
    assert all(0 <= float(x) <= 720 for x in re.findall(r'<rect[^>]* x="([^"]+)"', made))
    assert word in made


def test_the_map_has_the_tree_under_its_goals(busy: kit.World, client: Client) -> None:
    signed_in(busy, client, "province.leader")
    battle = battle_of(busy.actor("province.leader"), {"theme": "养老"}, Year(timezone.localdate().year), timezone.localdate())
    lines = [one for goal in battle.goals for one in goal.lines]
    assert not battle.cut
    for number, one in enumerate(lines):
        if one.depth:
            above = next(line for line in reversed(lines[:number]) if line.depth == one.depth - 1)
            assert one.matter.parent_id == above.matter.pk
    assert {one.depth for one in lines} == {0, 1}
    assert [client.get(f"/board/map/{query}").status_code for query in ("", "?theme=养老&year=2027", "?theme=没有", "?programme=99", "?theme=养老&year=x")] == [200, 200, 404, 404, 200]


STAGES: list[Any] = [
    pytest.param([(3, "2027-12-31"), (20, "2035-12-31")], [(9, 70.0), (30, 95.0)], [(2027, 70.0), (2035, 95.0)], id="each behind its deadline"),
    pytest.param([(3, "2027-12-31")], [(1, 70.0)], [], id="before any deadline"),
    pytest.param([(3, None)], [(9, 70.0)], [], id="a phrase that is no day"),
    pytest.param([(3, "2027-12-31")], [(9, None)], [], id="no value"),
]


@pytest.mark.parametrize(("deadlines", "targets", "told"), STAGES)
def test_stages_stand_behind_their_deadlines(deadlines: list[Any], targets: list[Any], told: list[tuple[int, float]]) -> None:
    read = {
        "deadlines": [{"start": start, "due": due} for start, due in deadlines],
        "targets": [{"start": start, "value": value, "unit": "%", "indicator": "覆盖率"} for start, value in targets],
    }
    assert staged(read) == [("覆盖率", "%", year, value) for year, value in told]


def test_stages_are_drawn_and_told() -> None:
    curve = [Point(date(2026, 1, 1), 20), Point(date(2026, 12, 31), 60)]
    made = chart("覆盖率", "%", curve, [], kit.TODAY, 60, stages=[(2026, 60), (2027, 70), (2035, 95)])
    assert made.svg.count('class="goal"') == 4 and "2035年 95%" in made.svg
    assert made.words.endswith("；2026年目标 60%；2027年目标 70%；2035年目标 95%")
    assert "目标" not in chart("覆盖率", "%", curve, [], kit.TODAY, 60, stages=[(2026, 60)]).words


WORDS = re.compile(r'<text class="(?:reached|planned)" x="([\d.]+)" y="([\d.]+)">([^<]*)</text>')
LINES = re.compile(r'<path class="(?:reached|planned)" d="M([^"]+)"')


@pytest.mark.parametrize("values", [(5152, 9861, 15346), (9000, 20000, 31000), (0, 0, 0), (38000, 39000, 40000)])
def test_no_line_of_a_chart_runs_through_its_words(values: tuple[float, ...]) -> None:
    curve = [Point(date(2026, 1, 6), 100), Point(date(2026, 12, 31), 40000)]
    days = (date(2026, 4, 6), date(2026, 6, 30), date(2026, 10, 7))
    svg = chart("改造", "户", curve, [Point(*one) for one in zip(days, values, strict=True)], date(2026, 11, 27), 40000).svg
    lines = [[tuple(map(float, point.split())) for point in path.split("L")] for path in LINES.findall(svg)]
    assert len(lines) == 2 and len(WORDS.findall(svg)) == 2
    for left, base, words in WORDS.findall(svg):
        box = (float(left), float(base) - 9, float(left) + 7 * len(words), float(base))
        assert box[0] > 0 and box[1] > 0 and box[3] < 190
        for line_ in lines:
            for (x1, y1), (x2, y2) in pairwise(line_):
                inside = [(x1 + (x2 - x1) * n / 200, y1 + (y2 - y1) * n / 200) for n in range(201)]
                assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in inside), words


def test_figures_at_the_side_of_a_chart_have_room() -> None:
    wide = chart("改造", "户", [Point(date(2026, 1, 1), 0), Point(date(2026, 12, 31), 60000)], [], kit.TODAY).svg
    small = chart("覆盖率", "%", [Point(date(2026, 1, 1), 0), Point(date(2026, 12, 31), 100)], [], kit.TODAY).svg
    assert ">60,000<" in wide and "60,000户<" not in wide and ">户<" in wide
    assert ">50%<" in small and ">%<" not in small


def test_indicators_are_those_with_a_curve_or_an_accepted_value(busy: kit.World) -> None:
    first, second, third = Matter.objects.filter(issuer=busy.units["province"], state=State.ACTIVE).order_by("pk")[:3]
    for matter, value in ((first, 60.0), (second, 90.0), (third, 95.0)):
        Target.objects.create(matter=matter, indicator="覆盖率", value=value, unit="%")
    Matter.objects.filter(pk=second.pk).update(due_on=date(2035, 12, 31))
    CurvePoint.objects.create(target=first.targets.get(), on=date(2026, 1, 1), value=10)
    page = followed(busy.actor("province.leader"), "", timezone.localdate(), None)
    assert [one.indicator.target.matter_id for one in page] == [first.pk]
    assert (2035, 90.0) in [(stage.year, stage.value) for stage in page[0].stages]
    assert not list(followed(busy.actor("city_civil.leader"), "", timezone.localdate(), None))


def test_what_came_of_an_item_is_found_under_the_same_words_of_a_new_version(world: kit.World) -> None:
    old = paper.version(world)
    item = paper.drafts(old)[0]
    matter = kit.matter(world, state=State.ACTIVE)
    Source.objects.create(matter=matter, kind=Source.ITEM, quote=item.quote, version=old, draft=item, start=item.start, end=item.end)
    new = paper.version(world, of=old.document, number=2)
    paper.drafts(new)
    made = systems_of(old.document, world.actor("province.leader"), timezone.localdate())
    assert made.version == new and made.adopted == 1
    assert [work.matter for branch in made.branches for work in branch.works if work.matter] == [matter]


def test_an_indicator_from_its_targets_to_the_exact_figures(stage: Stage, client: Client) -> None:
    """Targets typed, a curve agreed, a report accepted: the board says these very figures, and what the document wants of later years."""
    version = paper.version(stage.world)
    item, basis = paper.drafts(version)
    basis.state = DraftItem.BASIS
    said = {"indicator": "区域养老服务中心覆盖率", "unit": "%"}
    basis.details = {"deadlines": [{"start": 0, "due": "2027-12-31"}, {"start": 20, "due": "2035-12-31"}], "targets": [{"start": 5, "value": 95.0, **said}, {"start": 25, "value": 100.0, **said}]}
    basis.save()
    Source.objects.create(matter=stage.matter, kind=Source.ITEM, quote=item.quote, version=version, draft=item, start=item.start, end=item.end)
    target = Target.objects.create(matter=stage.matter, comparator="≥", value=85.0, **said)
    curve = (Point(date(2026, 10, 31), 60), Point(date(2026, 12, 31), 85))
    plan = stage.do(planning.propose_plan, "civil.liaison", matter_id=stage.matter.pk, content=PlanContent("monthly", (), {target.pk: curve}))
    stage.do(planning.agree_plan, "province.supervisor", plan_id=plan.pk)
    report = stage.filed(ReportContent("新增41个中心", values=(Value(target.pk, 66.5, date(2026, 11, 20)),)))
    assert followed(stage.world.actor("province.leader"), "", kit.TODAY, None)[0].indicator.values == []
    stage.do(reporting.accept_report, "province.supervisor", report_id=report.pk)
    [one] = followed(stage.world.actor("province.leader"), "", kit.TODAY, None)
    assert (one.indicator.curve, one.indicator.values) == (curve, [Point(date(2026, 11, 20), 66.5)])
    assert one.stages == (Stage_(2026, 85.0), Stage_(2027, 95.0), Stage_(2035, 100.0))
    page = signed_in(stage.world, client, "province.leader").get("/board/indicators/").content.decode()
    for figure in ("2026年11月20日 66.5%", "11月20日序时应为 68.2%", "计划到 2026年12月31日 达到 85%", "2027年目标 95%", "2035年目标 100%"):
        assert figure in page, figure
    made = systems_of(version.document, stage.world.actor("province.leader"), kit.TODAY)
    assert made.totals == {"aims": 3, "works": 1, "policies": 0, "checks": 1} and (made.items, made.adopted) == (1, 1)
    aims = [(aim.indicator, aim.quantity, aim.due_on) for branch in made.branches for aim in branch.aims]
    assert aims[0][0] == "乡镇区域养老服务中心覆盖率" and [name for name, _quantity, _due in aims[1:]] == [said["indicator"]] * 2


def test_the_four_systems_of_a_document(world: kit.World, client: Client) -> None:
    version = paper.version(world)
    paper.drafts(version)
    item = version.drafts.order_by("start")[0]
    matter = kit.matter(world, state=State.ACTIVE)
    Source.objects.create(matter=matter, kind=Source.ITEM, quote=item.quote, version=version, draft=item, start=item.start, end=item.end)
    made = systems_of(version.document, world.actor("province.leader"), timezone.localdate())
    assert made.items == version.drafts.count() and made.adopted == 1
    assert [check.criterion for branch in made.branches for check in branch.checks] == [matter.criterion]
    assert [work.matter for branch in made.branches for work in branch.works if work.matter] == [matter]
    page = signed_in(world, client, "province.leader").get(f"/board/documents/{version.document_id}/")
    assert page.status_code == 200 and matter.criterion in page.content.decode()
    assert signed_in(world, client, "civil.head").get(f"/board/documents/{version.document_id}/").status_code == 404
