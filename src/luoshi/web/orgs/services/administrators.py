"""The three administrators: proposed by the system administrator, confirmed by the security administrator; two persons for every new one."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import ADMINISTRATORS, SECURITY, SYSTEM
from luoshi.web.orgs.services.allowed import locked_user, only
from luoshi.web.orgs.services.people import new_account


@transaction.atomic
def propose_administrator(*, username: str, name: str, duty: str, actor: Actor, at: datetime, phone: str = "") -> User:
    """An account of an administrator that cannot be used before it is confirmed. Raises RuleBroken for a duty that there is not."""
    only(actor, SYSTEM)
    if duty not in ADMINISTRATORS:
        raise RuleBroken(_("没有这种管理员。"))
    by = actor.user_id
    user = new_account(username=username, name=name, at=at, phone=phone, administers=duty, is_active=False, pending=True, proposed_by_id=by)
    told = {"username": user.username, "name": user.name, "administers": duty}
    record(act="user.propose_administrator", subject=user, actor=actor, at=at, after=told)
    return user


@transaction.atomic
def confirm_administrator(*, user_id: int, actor: Actor, at: datetime) -> User:
    """Confirm the account; then the security administrator sends its invitation."""
    user = _pending(user_id, actor)
    user.pending, user.is_active = False, True
    user.save(update_fields=["pending", "is_active"])
    record(act="user.confirm_administrator", subject=user, actor=actor, at=at, before={"is_active": False}, after={"is_active": True})
    return user


@transaction.atomic
def decline_administrator(*, user_id: int, reason: str, actor: Actor, at: datetime) -> User:
    """Refuse it: the account stays as a record, switched off."""
    user = _pending(user_id, actor)
    if not reason.strip():
        raise RuleBroken(_("请写明不予核准的原因。"))
    user.pending = False
    user.save(update_fields=["pending"])
    record(act="user.decline_administrator", subject=user, actor=actor, at=at, before={"pending": True}, after={"pending": False}, reason=reason)
    return user


def _pending(user_id: int, actor: Actor) -> User:
    only(actor, SECURITY)
    user = locked_user(user_id)
    if not user.pending:
        raise RuleBroken(_("这个账号不在待核准之列。"))
    if user.proposed_by_id is not None and user.proposed_by_id == actor.user_id:
        raise RuleBroken(_("提请人不能自己核准。"))
    return user
