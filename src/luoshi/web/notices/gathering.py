"""What is asked of the people of many units, role by role: each kind is counted for everybody at once, in a number of questions that grows with neither.

The kinds are those of the must-do list. Where that asks for one person, the person and the unit are here read from the post that is asked about.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Func, Min, OuterRef, Q, QuerySet, Subquery, Value

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.selectors.asking import Asking
from luoshi.web.ledger.selectors.counting import asking_tables, group_of
from luoshi.web.ledger.selectors.kinds import Table
from luoshi.web.notices.digest import Content, Counts, together
from luoshi.web.orgs.actors import merged_into
from luoshi.web.orgs.models import Post, Unit
from luoshi.web.orgs.roles import HEAD, LIAISON, ROLES

NOBODY = 0


class _Holder(Actor):
    """Whoever holds the post that a question stands beside; for a unit into which others were merged, its people."""

    @property
    def units(self) -> Any:
        """The unit of the post, as a list of one."""
        return self.merged or Func(OuterRef("unit"), template="(%(expressions)s)")


def posts_on(on: date) -> QuerySet[Post]:
    """Posts that are held on a day by people who can sign in."""
    return Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on, user__is_active=True)


def contents_of(units: Collection[int], on: date) -> dict[int, Content]:
    """Unit → what is asked of its people on a day."""
    made: dict[int, Content] = {unit: {} for unit in units}
    joined = Unit.objects.filter(pk__in=units, predecessors__isnull=False).distinct().values_list("pk", flat=True)
    merged = {unit: merged_into(unit) | {unit} for unit in joined}
    groups = [(set(units) - set(merged), frozenset[int]()), *(({unit}, own) for unit, own in merged.items())]
    for some, own in groups:
        for role in ROLES:
            for unit, told in _asked(role, posts_on(on).filter(unit__in=some, role=role), own, on):
                if told:
                    made[unit][role] = told
    return made


def _asked(role: str, posts: QuerySet[Post], own: frozenset[int], on: date) -> Iterator[tuple[int, dict[str, int]]]:
    """Unit by unit what is asked of those who hold a role. Where a unit has no head, its liaison releases."""
    with_head = Post.objects.filter(role=HEAD, until__isnull=True, user__is_active=True).values("unit")
    parts = [(posts, role == HEAD)] if role != LIAISON else [(posts.filter(unit__in=with_head), False), (posts.exclude(unit__in=with_head), True)]
    for some, releases in parts:
        first = some.order_by().values("unit").annotate(one=Min("pk")).values("one")
        everybody = _counted(Post.objects.filter(pk__in=first), _holder(NOBODY, role, own), on, releases)
        people: dict[int, list[Counts]] = defaultdict(list)
        for unit, counts in _counted(some.order_by("unit_id", "user_id"), _holder(OuterRef("user"), role, own), on, releases):
            people[unit].append(counts)
        for unit, counts in everybody:
            yield unit, together(counts, people[unit])


def _holder(user: Any, role: str, own: frozenset[int]) -> Actor:
    return _Holder(user, "", unit_id=NOBODY, roles=frozenset([role]), merged=own)


def _counted(posts: QuerySet[Post], actor: Actor, on: date, releases: bool) -> list[tuple[int, Counts]]:
    """Each post's unit, with how many rows of each kind ask something of who holds it. A question a table."""
    rows = list(posts.values_list("pk", "unit_id"))
    found: dict[int, dict[str, tuple[str, int]]] = {pk: {} for pk, _unit in rows}
    for table in asking_tables(Asking(actor, on, releasing=releases)):
        if rows and table.kinds:
            for pk, counts in _of_table(posts, table):
                found[pk] |= {kind: (group_of(kind), count) for kind, count in counts.items() if count}
    return [(unit, found[pk]) for pk, unit in rows]


def _of_table(posts: QuerySet[Post], table: Table) -> Iterator[tuple[int, Mapping[str, int]]]:
    counts, before = {}, Q(pk__in=())
    for place, (_kind, where) in enumerate(table.kinds):
        rows = table.model._default_manager.filter(where & ~before).order_by().annotate(all=Value(1)).values("all")
        counts[f"kind_{place}"] = Subquery(rows.annotate(n=Count("pk")).values("n"))
        before |= where
    for pk, *told in posts.annotate(**counts).values_list("pk", *counts):
        added: dict[str, int] = defaultdict(int)
        for (kind, _where), count in zip(table.kinds, told, strict=True):
            added[kind] += count or 0
        yield pk, added
