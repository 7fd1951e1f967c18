"""What roles, levels and kinds are called, in templates. Built in, so that no page loads it."""

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
