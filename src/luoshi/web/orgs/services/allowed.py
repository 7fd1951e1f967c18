"""Who may: the three administrators by their duty, and the command line, where no person acts."""

from datetime import date, datetime

from django.utils import timezone

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import SYSTEM as COMMAND_LINE
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit, User
from luoshi.web.orgs.roles import administrator_names


def only(actor: Actor, *duties: str) -> None:
    """Raises RuleBroken unless ``actor`` is one of these administrators, or the command line."""
    if actor == COMMAND_LINE or (actor.administers and actor.administers in duties):
        return
    names = _("、").join(administrator_names()[duty] for duty in duties)
    raise RuleBroken(_("这一步只能由{names}办理。").format(names=names), hint=_("请联系{names}。").format(names=names))


def day_of(at: datetime) -> date:
    """The day of a moment where the office is."""
    return timezone.localtime(at).date()


def locked_unit(unit_id: int, expected: int | None) -> Unit:
    """The unit under its lock. Raises Conflict where it was changed since a page with version ``expected`` was made."""
    unit: Unit = Unit.objects.select_for_update().get(pk=unit_id)
    if expected is not None and unit.version != expected:
        raise Conflict(_("“{name}”刚刚被别人改过，您这次没有生效。").format(name=unit.name), hint=_("请对照现在的内容，再决定怎么改。"))
    return unit


def locked_user(user_id: int, expected: int | None = None) -> User:
    """The account under its lock. Raises Conflict as ``locked_unit`` does."""
    user = User.objects.select_for_update().get(pk=user_id)
    if expected is not None and user.version != expected:
        raise Conflict(_("“{name}”的账号刚刚被别人改过，您这次没有生效。").format(name=user.name), hint=_("请对照现在的内容，再决定怎么改。"))
    return user
