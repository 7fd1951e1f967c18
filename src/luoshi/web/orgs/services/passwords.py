"""A person's password: changed by the person alone, after saying the old one. Nobody sets another's."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import User
from luoshi.web.orgs.passwords import keep_former
from luoshi.web.orgs.services.allowed import locked_user
from luoshi.web.orgs.services.sessions import end_all_sessions


@transaction.atomic
def change_password(*, old: str, new: str, actor: Actor, at: datetime, keep: str = "") -> User:
    """One's own password. Every other session ends; ``keep`` is the key of the one that goes on. Raises RuleBroken by the rules of the profile."""
    user = locked_user(actor.person)
    if not user.check_password(old):
        raise RuleBroken(_("原口令不对。"), hint=_("请重新输入；忘记了请联系安全管理员重置。"))
    ended = set_password(user, new, at=at, keep=keep)
    record(act="password.change", subject=user, actor=actor, at=at, after={"sessions": ended})
    return user


def set_password(user: User, new: str, *, at: datetime, keep: str = "") -> int:
    """Set it within another service, which records it; how many sessions ended. Raises RuleBroken by the rules of the profile."""
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise RuleBroken("".join(error.messages), hint=_("请换一个口令。")) from error
    keep_former(user, at)
    user.set_password(new)
    user.password_changed_at, user.must_change_password = at, False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    return end_all_sessions(user, keep=keep)
