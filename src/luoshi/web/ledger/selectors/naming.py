"""Finding the unit that somebody named: by its name, short name, alias, or with its code where two are called alike."""

import re
from datetime import date

from django.db.models import Q

from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.selectors import open_units

_CODE = re.compile(r"^(?P<name>.*?)\s*[（(](?P<code>[^（）()]+)[)）]$")


def units_named(text: str, on: date) -> list[Unit]:
    """Units open on a day that are called ``text``; with ``名称（代码）`` the one of that code."""
    name = text.strip()
    coded = _CODE.match(name)
    if coded and (found := list(open_units(on).filter(code=coded["code"]))):
        return found
    by_name = list(open_units(on).filter(name=name)[:9])
    if by_name:
        return by_name
    return list(open_units(on).filter(Q(short_name=name) | Q(aliases__name=name)).distinct()[:9])


def unit_label(unit: Unit) -> str:
    """How a unit is written in a field, so that it is found again."""
    return f"{unit.name}（{unit.code}）"
