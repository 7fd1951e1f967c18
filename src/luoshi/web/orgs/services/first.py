"""The first administrators: a one-time link from the command line of the machine, since nobody is there yet who could invite them."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import SYSTEM as COMMAND_LINE
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import ADMINISTRATORS, SYSTEM, administrator_names
from luoshi.web.orgs.services.invitations import new_invitation
from luoshi.web.orgs.services.people import new_account


@transaction.atomic
def first_administrator(*, username: str, name: str, at: datetime, duty: str = SYSTEM) -> str:
    """Make the first administrator of a duty, or give the one who has no password yet a new link; the path of the link, told this once.

    Raises RuleBroken where an administrator of this duty can sign in already, or the user name belongs to somebody else.
    """
    if duty not in ADMINISTRATORS:
        raise RuleBroken(_("没有这种管理员。"))
    there = User.objects.select_for_update().filter(administers=duty, is_active=True)
    if any(user.has_usable_password() for user in there):
        message = _("已经有{name}，不再从命令行产生。").format(name=administrator_names()[duty])
        raise RuleBroken(message, hint=_("请由系统管理员提请、安全管理员核准新的管理员；忘记口令的，请安全管理员重置。"))
    user = next((one for one in there if one.username == username.strip()), None)
    made = user is None
    if user is None:
        user = new_account(username=username, name=name, at=at, administers=duty)
    invitation, token = new_invitation(user, at=at, by=None)
    told = {"username": user.username, "name": user.name, "administers": duty, "invitation": invitation.pk}
    record(act="user.create" if made else "invitation.issue", subject=user, actor=COMMAND_LINE, at=at, after=told)
    return reverse("invitation_redeem", args=[token])
