"""An invented province for the tests, and short ways to make what they need. Nothing here passes a service by that has one."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.actors import actor_of
from luoshi.web.orgs.models import Post, Unit, User
from luoshi.web.orgs.roles import ROLES

TODAY = date(2026, 11, 26)
SINCE = date(2025, 1, 1)
"""Since when everybody is at his post."""
NOW = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)


def unit(code: str, name: str, *, level: str = "province", kind: str = "department", under: Unit | None = None, accounts: bool = True) -> Unit:
    """A unit in the tree."""
    fields = {"code": code, "name": name, "level": level, "kind": kind, "accounts": accounts}
    return Unit.objects.add_child(Unit.objects.get(pk=under.pk), fields) if under else Unit.objects.add_root(fields)


def person(username: str, name: str, at: Unit | None, *roles: str, administers: str = "") -> User:
    """An account with posts in one unit."""
    user = _account(username, name, administers=administers)
    user.save()
    for role in roles:
        Post.objects.create(user=user, unit=at, role=role, since=SINCE)
    return user


def _account(username: str, name: str, *, administers: str = "") -> User:
    user = User(username=username, name=name, administers=administers, created_at=NOW)
    user.set_password("Linjiang-2026")
    return user


@dataclass
class World:
    """Units by code, people by ``code.role``."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """``province.supervisor`` as an actor."""
        return actor_of(self.people[name], TODAY)


def world() -> World:
    """临江省: its office, two departments, a city with a department and a county; one person of every role in each, three administrators."""
    made = World(units=_tree())
    for code in ("province", "civil", "finance", "city", "city_civil", "county"):
        made.people |= {f"{code}.{role}": _account(f"{code}.{role}", f"{code}{role}") for role in ROLES}
    for duty in ("system", "security", "audit"):
        made.people[duty] = _account(duty, duty, administers=duty)
    User.objects.bulk_create(made.people.values())
    posts = [(user, *name.split(".")) for name, user in made.people.items() if not user.administers]
    Post.objects.bulk_create(Post(user=user, unit=made.units[code], role=role, since=SINCE) for user, code, role in posts)
    return made


_GROWN: dict[str, dict[str, object]] = {}
"""The rows of the tree as they stood when it was grown the first time, by its names in tests. To grow it takes longer than most tests."""


def _tree() -> dict[str, Unit]:
    if not _GROWN:
        grown = _grow()
        columns = [column.attname for column in Unit._meta.concrete_fields if not column.primary_key]
        _GROWN.update({code: Unit.objects.filter(pk=one.pk).values(*columns).get() for code, one in grown.items()})
        return grown
    units = {code: Unit(**row) for code, row in _GROWN.items()}
    Unit.objects.bulk_create(units.values())
    return units


def _grow() -> dict[str, Unit]:
    province = unit("LJ", "临江省人民政府", kind="government")
    civil = unit("LJ-MZ", "临江省民政厅", under=province)
    finance = unit("LJ-CZ", "临江省财政厅", under=province)
    city = unit("YL", "云岭市人民政府", level="city", kind="government", under=province)
    city_civil = unit("YL-MZ", "云岭市民政局", level="city", under=city)
    county = unit("DH", "东湖县人民政府", level="county", kind="government", under=city)
    town = unit("DH-01", "柳溪镇人民政府", level="town", kind="government", under=county, accounts=False)
    return {"province": province, "civil": civil, "finance": finance, "city": city, "city_civil": city_civil, "county": county, "town": town}


def matter(world: World, *, state: State = State.DRAFT, issuer: str = "province", lead: str | None = "civil", number: str = "") -> Matter:
    """A row in a state, for tests of what follows; how it got there is not told."""
    return Matter.objects.create(
        number=number or f"LJ-2026-{Matter.objects.count() + 1:04}",
        title="乡镇区域养老服务中心覆盖率达到85%以上",
        criterion="民政信息系统覆盖率不低于85%，抽查30处在营",
        state=state,
        issuer=world.units[issuer],
        lead=world.units[lead] if lead else None,
        due_on=date(2026, 12, 31),
        drafted_by=world.people[f"{issuer}.supervisor"],
        created_at=NOW,
    )
