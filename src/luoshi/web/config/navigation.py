"""The columns on the left, the day, and who is asking: what every page shows around what it is about."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from luoshi.calendar import WorkingCalendar, month_end
from luoshi.text.language import _, current_language
from luoshi.web.calendars.selectors import missing_year, working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.selectors.counting import asked_count
from luoshi.web.orgs.roles import HEAD, LEADER, SUPERVISOR, administrator_names, role_names

PEOPLE, BUSINESS, AUDIT = "people", "business", "audit"


class Column(NamedTuple):
    """One column: the name of its address, what it is called, which other addresses stand in it, and who has it; a rule above it."""

    name: str
    word: str
    within: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    administers: tuple[str, ...] = ()
    rule: bool = False


COLUMNS = (
    Column("must_do", "待办", within=("/digests/",)),
    Column("documents", "文件", within=("/documents/", "/exports/documents/")),
    Column("matters", "台账", within=("/matters/", "/reports/", "/extensions/", "/themes/", "/exports/matters/", "/exports/dossier/", "/exports/roster/", "/tables/", "/rosters/")),
    Column("board", "看板", within=("/board/",), roles=(LEADER, SUPERVISOR, HEAD)),
    Column("programmes", "专项", within=("/programmes/", "/meetings/", "/exports/decisions/")),
    Column("inspections", "督查", within=("/inspections/",)),
    Column("problems", "问题", within=("/problems/",)),
    Column("papers", "公文", within=("/papers/",)),
    Column("oversight", "督办", within=("/oversight/",), roles=(SUPERVISOR, LEADER)),
    Column("lookbacks", "回头看", within=("/lookbacks/",), roles=(SUPERVISOR, HEAD, LEADER)),
    Column("instructions", "批示", within=("/instructions/", "/exports/instructions/"), roles=(SUPERVISOR, LEADER)),
    Column("units", "单位", within=("/units/",), administers=("system",), rule=True),
    Column("people", "人员", within=("/people/",), administers=("system", "security")),
    Column("invitations", "邀请", within=("/invitations/",), administers=("system", "security")),
    Column("import_table", "导入", within=("/import/",), administers=("system",)),
    Column("calendar", "日历", within=("/calendar/",), administers=("system",)),
    Column("channels", "通知", within=("/channels/",), administers=("system",)),
    Column("sign_ins", "登录记录", within=("/sign-ins/",), administers=("security",)),
    Column("locks", "锁定", within=("/locks/",), administers=("security",)),
    Column("grants", "授权查看", within=("/grants/",), roles=(HEAD, LEADER)),
    Column("audit", "审计记录", within=("/audit/",), administers=("audit",)),
)
BUSINESS_COLUMNS = ("must_do", "documents", "matters", "board", "programmes", "inspections", "problems", "papers", "oversight", "lookbacks", "instructions", "units", "grants")


class Entry(NamedTuple):
    """A column as one page shows it."""

    address: str
    name: str
    current: bool
    count: Any = None
    rule: bool = False


def navigation(request: HttpRequest) -> dict[str, Any]:
    """For every page: the columns, the day, the language, and who is asking."""
    actor: Actor | None = getattr(request, "actor", None)
    today = timezone.localdate()
    told: dict[str, Any] = {"actor": actor, "language": current_language(), "today": today}
    if actor is None:
        return told
    return told | {
        "navigation": _columns(actor, request.path, today, getattr(request, "asked", None)),
        "day_line": day_line(today, current_language(), working_calendar()),
        "role_line": _role_line(actor),
        "other_posts": getattr(request, "other_posts", []),
        "search_address": reverse("search") if actor.unit_id else "",
    }


def _columns(actor: Actor, path: str, today: date, asked: int | None) -> list[Entry]:
    made: list[Entry] = []
    for column in COLUMNS:
        if _has(actor, column):
            address = reverse(column.name)
            count = _count(column.name, actor, today, asked)
            made.append(Entry(address, _(column.word, "columns"), _stands_in(path, address, column.within), count, column.rule and bool(made)))
    return made


def _count(name: str, actor: Actor, today: date, asked: int | None) -> Any:
    """What waits behind a column."""
    if name == "must_do":
        return SimpleLazyObject(lambda: asked_count(actor, today) if asked is None else asked)
    return 1 if name == "calendar" and missing_year(today) else None


def _has(actor: Actor, column: Column) -> bool:
    if actor.administers:
        return actor.administers in column.administers
    return column.name in BUSINESS_COLUMNS and bool(actor.roles) and (not column.roles or actor.has(*column.roles))


def _stands_in(path: str, address: str, within: tuple[str, ...]) -> bool:
    return path == address or path.startswith(within)


def _role_line(actor: Actor) -> str:
    names = administrator_names() if actor.administers else role_names()
    held = [actor.administers] if actor.administers else [role for role in names if role in actor.roles]
    return _("、").join(names[role] for role in held if role in names)


@lru_cache(maxsize=8)
def day_line(today: date, language: str, calendar: WorkingCalendar) -> str:
    """11月20日 周五 · 本月剩 6 个工作日."""
    end = month_end(today.year, today.month)
    left = sum(calendar.is_working_day(today.replace(day=n)) for n in range(today.day + 1, end.day + 1))
    if language == "en":
        return f"{today:%a %Y-%m-%d} · " + _("本月剩 {n} 个工作日").format(n=left)
    return f"{today.month}月{today.day}日 周{'一二三四五六日'[today.weekday()]} · " + _("本月剩 {n} 个工作日").format(n=left)
