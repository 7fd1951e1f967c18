"""What a digest says: how many of each group of the must-do list, role by role. Counts and one link, never a title, never a name. No Django, no clock.

    content = {"liaison": {"do": 3, "report": 1}, "head": {"release": 2}}
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from luoshi.text.language import _
from luoshi.web.ledger.must_do import GROUPS, group_titles
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR, role_names

ROLE_ORDER = (LEADER, SUPERVISOR, HEAD, LIAISON)
Counts = Mapping[str, tuple[str, int]]
"""Kind of asking → its group, and how many."""
Content = dict[str, dict[str, int]]


def together(everybody: Counts, people: Sequence[Counts]) -> dict[str, int]:
    """Group → how many rows ask something of the people who hold one role in one unit.

    ``everybody`` is what is asked of the role, whoever holds it; ``people`` what is asked of each. What several are asked counts once; what is asked
    of one alone (to approve a draft) is not in ``everybody`` and counts for each; what its author cannot decide counts where somebody else can.
    """
    found: dict[str, int] = {}
    for kind in {**everybody, **{kind: told for one in people for kind, told in one.items()}}:
        each = [one[kind][1] for one in people if kind in one]
        shared = everybody.get(kind)
        group = shared[0] if shared else next(one[kind][0] for one in people if kind in one)
        count = min(shared[1], sum(each)) if shared else sum(each)
        if count:
            found[group] = found.get(group, 0) + count
    return {group: found[group] for group in GROUPS if group in found}


def total(content: Content) -> int:
    """All of it; 0 where nothing is asked of anybody."""
    return sum(count for groups in content.values() for count in groups.values())


def rows(content: Content) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """What a role is called, and its groups: code, heading, how many. Roles of whom nothing is asked are not there."""
    roles, titles = role_names(), group_titles()
    return [(roles[role], [(group, titles[group], groups[group]) for group in GROUPS if group in groups]) for role, groups in _in_order(content)]


def _in_order(content: Content) -> Iterable[tuple[str, dict[str, int]]]:
    return ((role, content[role]) for role in ROLE_ORDER if content.get(role))


def subject(on: date) -> str:
    """落实·今日摘要 2026-11-26."""
    return _("落实·今日摘要 {day}").format(day=on.isoformat())


def message(content: Content, on: date, *, link: str, number: str, unit_code: str = "") -> str:
    """The text that leaves the house. ``number``: the same in every repeat, so that a reader sees a repeat for what it is."""
    head = subject(on) + (_("（{code}）").format(code=unit_code) if unit_code else "")
    lines = [_("{role}：{counts}").format(role=role, counts=_("，").join(f"{title} {count}" for _code, title, count in groups)) for role, groups in rows(content)]
    return "\n".join([head, *lines, _("请登录办理：{link}").format(link=link), _("编号 {number}").format(number=number)])


def trial(*, link: str, number: str) -> str:
    """The text of a trial."""
    return "\n".join([_("落实：这是一条试发消息，收到说明通道可用。"), link, _("编号 {number}").format(number=number)])
