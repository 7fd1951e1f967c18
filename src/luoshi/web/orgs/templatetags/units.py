"""What roles, levels and kinds are called, in templates. Built in, so that no page loads it."""

import json

from django import template

from luoshi.web.orgs.roles import administrator_names, kind_names, level_names, role_names

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """What a role is called."""
    return role_names().get(role, role)


@register.filter
def administrator_name(duty: str) -> str:
    """What an administrator is called."""
    return administrator_names().get(duty, duty)


@register.filter
def level_name(level: str) -> str:
    """What a level is called."""
    return level_names().get(level, level)


@register.filter
def kind_name(kind: str) -> str:
    """What a kind of unit is called."""
    return kind_names().get(kind, kind)


@register.filter
def named(names: dict[str, str], code: str) -> str:
    """The name of a code out of a table; the code where it has none."""
    return names.get(code, code)


@register.filter
def told(text: str, names: str) -> list[str]:
    """Values out of what a record tells (canonical JSON), by their names, blanks between them; those that are not there are left out."""
    values = json.loads(text)
    return [str(values[name]) for name in names.split() if values.get(name)]
