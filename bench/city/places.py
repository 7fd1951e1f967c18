"""Units, people and their posts; who of them signs in while pages are measured."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from bench.city import Size
from bench.city.table import Table

COUNTIES, DEPARTMENTS = 12, 60
COUNTY_DEPARTMENTS = 27
ROLES = ("liaison", "supervisor", "head", "leader", "liaison")
"""Of the people of a unit, one after the other: a unit with fewer has the first of them."""
PLACES = ("东湖", "西塘", "南浦", "北川", "柳溪", "松岭", "白石", "青阳", "临川", "安平", "云和", "长洲")
FIELDS = ("民政", "财政", "教育", "卫健", "交通", "水务", "住建", "农业农村", "文旅", "市监", "应急", "人社", "生态环境", "自然资源", "商务", "科技", "工信", "审计", "统计", "医保")


class Place(NamedTuple):
    """A unit and its people by role."""

    pk: int
    name: str
    people: dict[str, list[int]]


@dataclass
class Places:
    """Who is there. ``counties`` each with its departments and towns."""

    top: Place
    departments: list[Place] = field(default_factory=list)
    counties: list[tuple[Place, list[Place], list[Place]]] = field(default_factory=list)

    @property
    def all(self) -> list[Place]:
        """Everybody."""
        return [self.top, *self.departments, *(one for county, offices, towns in self.counties for one in (county, *offices, *towns))]


class _Land:
    """Units and people as they are put down, numbers running on."""

    def __init__(self, each: int) -> None:
        from luoshi.web.orgs.models import Post, Unit, User

        self._model = Unit
        self._units = Table(Unit, "path", "depth", "numchild", "name", "code", "level", "kind")
        self._users = Table(User, "username", "name", password="!unusable", created_at=NOW, password_changed_at=NOW)
        self._posts = Table(Post, "user_id", "unit_id", "role", since=date(2020, 1, 1))
        self._each, self._steps = each, dict[str, int]()

    def put(self, name: str, level: str, kind: str, under: str, children: int) -> tuple[Place, str]:
        """A unit under a path, and its own path."""
        step = self._steps[under] = self._steps.get(under, 0) + 1
        path = self._model._get_path(under, len(under) // self._model.steplen + 1, step)
        pk = self._units.add(path, len(path) // self._model.steplen, children, name, f"U-{path}", level, kind)
        people: dict[str, list[int]] = {}
        for n in range(self._each):
            user = self._users.add(f"u{pk}-{n}", f"{name[:2]}{'甲乙丙丁戊己庚辛壬癸'[n % 10]}")
            people.setdefault(ROLES[n % len(ROLES)], []).append(user)
            self._posts.add(user, pk, ROLES[n % len(ROLES)])
        return Place(pk, name, people), path


NOW = datetime.now().astimezone()


def make_places(size: Size) -> Places:
    """A government with its departments; where there are more than a hundred units, counties with theirs and with towns."""
    land, rest = _Land(max(4, size.people // size.units)), size.units - 1
    counties = COUNTIES if size.units > 100 else 0
    departments = min(rest, DEPARTMENTS if counties else rest)
    top, path = land.put("临江市人民政府", "city", "government", "", departments + counties)
    made = Places(top, [land.put(f"临江市{_field(n)}局", "city", "department", path, 0)[0] for n in range(departments)])
    below = rest - departments - counties
    for n in range(counties):
        units = below // counties + (n < below % counties)
        name = f"{PLACES[n]}县"
        county, inside = land.put(f"{name}人民政府", "county", "government", path, units)
        offices = [land.put(f"{name}{_field(k)}局", "county", "department", inside, 0)[0] for k in range(min(units // 3, COUNTY_DEPARTMENTS))]
        towns = [land.put(f"{name}第{k + 1}镇人民政府", "town", "government", inside, 0)[0] for k in range(units - len(offices))]
        made.counties.append((county, offices, towns))
    return made


def _field(n: int) -> str:
    return FIELDS[n] if n < len(FIELDS) else f"{FIELDS[n % len(FIELDS)]}第{n // len(FIELDS) + 1}"


def make_administrators() -> dict[str, int]:
    """The three of them, each with a second factor."""
    from allauth.mfa.models import Authenticator

    from luoshi.web.orgs.models import User

    fields = {"password": "!unusable", "created_at": NOW, "password_changed_at": NOW}
    made = {duty: User.objects.create(username=duty, name=duty, administers=duty, **fields).pk for duty in ("system", "security", "audit")}
    Authenticator.objects.bulk_create(Authenticator(user_id=pk, type=Authenticator.Type.TOTP, data={}) for pk in made.values())
    return made


def sessions_of(users: Sequence[int]) -> list[str]:
    """Cookies of people, as signing in leaves them."""
    from luoshi.web.orgs.models import User

    found = User.objects.in_bulk(users)
    return [_session(found[pk]) for pk in users]


def _session(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store.save()
    return str(store.session_key)
