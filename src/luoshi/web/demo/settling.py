"""Units and people come into being: every one by the service that an administrator calls, under the name of the command line."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from luoshi.web.common.actor import SYSTEM as COMMAND_LINE
from luoshi.web.common.actor import Actor
from luoshi.web.demo import province
from luoshi.web.demo.province import Person
from luoshi.web.orgs.actors import actor_of
from luoshi.web.orgs.models import Unit, User
from luoshi.web.orgs.roles import ADMINISTRATORS, LEADER, administrator_names
from luoshi.web.orgs.services.first import first_administrator
from luoshi.web.orgs.services.invitations import issue_invitation, redeem_invitation
from luoshi.web.orgs.services.naming import add_alias, add_duty
from luoshi.web.orgs.services.people import create_person
from luoshi.web.orgs.services.posts import give_post
from luoshi.web.orgs.services.units import create_unit


@dataclass
class Cast:
    """Units by code, people by user name, and the one-time list of passwords."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """Who acts: ``lj-supervisor``."""
        return self.actors[username]

    def of(self, code: str, role: str) -> Actor:
        """The one with ``role`` in the unit ``code``."""
        return self.actors[f"{code.lower()}-{role}"]

    def leader(self, code: str) -> User:
        """The account of the leader of a government."""
        return self.users[f"{code.lower()}-{LEADER}"]


def settle(cast: Cast, rng: Random, *, at: datetime, today: date) -> None:
    """Units, then people with their posts."""
    _units(cast, at)
    _people(cast, rng, at, today)


def _units(cast: Cast, at: datetime) -> None:
    for order, place in enumerate(province.PLACES):
        above = cast.units[place.above].pk if place.above else None
        cast.units[place.code] = create_unit(
            name=province.seat_of(place), short_name=place.name, code=place.code, level=place.level, kind="government", place=place.name, under=above, order=order, actor=COMMAND_LINE, at=at
        )
    for order, office in enumerate(province.offices(), start=100):
        above = cast.units[office.place]
        unit = create_unit(
            name=office.name, short_name=province.short_of(office), code=office.code, level=above.level, under=above.pk, order=order, actor=COMMAND_LINE, at=at
        )
        cast.units[office.code] = unit
        for duty in office.duties:
            add_duty(unit_id=unit.pk, text=duty, actor=COMMAND_LINE, at=at)
    for order, town in enumerate(province.towns(), start=500):
        unit = create_unit(
            name=province.seat_of(town), short_name=town.name, code=town.code, level="town", kind="government", place=town.name, under=cast.units[town.above].pk,
            accounts=False, order=order, actor=COMMAND_LINE, at=at,
        )
        cast.units[town.code] = unit
    add_alias(unit_id=cast.units["LJ-FG"].pk, name="省发改委", actor=COMMAND_LINE, at=at)


def _people(cast: Cast, rng: Random, at: datetime, today: date) -> None:
    for person in province.people(rng):
        user = create_person(username=person.username, name=person.name, actor=COMMAND_LINE, at=at)
        unit = cast.units[person.unit]
        give_post(user_id=user.pk, unit_id=unit.pk, role=person.role, title=person.title, since=at.date(), actor=COMMAND_LINE, at=at)
        cast.users[person.username], cast.persons[person.username] = user, person
        cast.actors[person.username] = actor_of(user, today)


def give_passwords(cast: Cast, *, at: datetime) -> None:
    """A random password for each of ``SHOWN`` and for the three administrators, by an invitation that is redeemed at once."""
    for username in province.SHOWN:
        _invitation, token = issue_invitation(user_id=cast.users[username].pk, actor=COMMAND_LINE, at=at)
        cast.passwords[username] = _redeemed(token, at)
    for duty in ADMINISTRATORS:
        path = first_administrator(username=_administrator(duty), name=administrator_names()[duty], duty=duty, at=at)
        cast.passwords[_administrator(duty)] = _redeemed(path.rstrip("/").rpartition("/")[2], at)


def accounts() -> tuple[str, ...]:
    """The user names that have a password."""
    return (*province.SHOWN, *map(_administrator, ADMINISTRATORS))


def _administrator(duty: str) -> str:
    return f"{duty}-admin"


def _redeemed(token: str, at: datetime) -> str:
    password = fresh_password()
    redeem_invitation(token=token, password=password, at=at)
    return password


def fresh_password() -> str:
    """Letters, digits and signs enough for the strictest profile, without those that look alike."""
    letters = "abcdefghijkmnpqrstuvwxyz"
    drawn = "".join(secrets.choice(letters + "23456789") for _ in range(9))
    return f"{secrets.choice(letters).upper()}{drawn}{secrets.choice('23456789')}{secrets.choice('-+=@')}{secrets.choice(letters)}"


def accounts_told(cast: Cast) -> Iterator[tuple[str, str, str]]:
    """User name, password, and who that is."""
    for username, password in cast.passwords.items():
        person = cast.persons.get(username)
        who = f"{cast.units[person.unit].name} {person.title}" if person else administrator_names()[username.partition("-")[0]]
        yield username, password, who
