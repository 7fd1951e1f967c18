"""Invitations: a one-time link by which a person sets the first or the next password. Only the hash of its token is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Invitation, User
from luoshi.web.orgs.roles import SECURITY, SYSTEM
from luoshi.web.orgs.services.allowed import locked_user, only
from luoshi.web.orgs.services.passwords import set_password

LASTS = timedelta(hours=72)


@transaction.atomic
def issue_invitation(*, user_id: int, actor: Actor, at: datetime) -> tuple[Invitation, str]:
    """A new link for an account, and its token, which is told this once; older links of the account end.

    The system administrator invites those who have no password yet, the security administrator anyone. Raises RuleBroken otherwise.
    """
    user = locked_user(user_id)
    first = not user.has_usable_password() and not user.administers
    only(actor, *([SYSTEM, SECURITY] if first else [SECURITY]))
    if not user.is_active:
        raise RuleBroken(_("{name}的账号没有启用，不能发邀请。").format(name=user.name), hint=_("请先启用或核准。"))
    invitation, token = new_invitation(user, at=at, by=actor.user_id)
    told = {"expires_at": invitation.expires_at, "first": first}
    record(act="invitation.issue", subject=invitation, actor=actor, at=at, after=told, context=user)
    return invitation, token


def new_invitation(user: User, *, at: datetime, by: int | None) -> tuple[Invitation, str]:
    """A stored invitation and its token; the caller records it."""
    _open(user).update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(user=user, token_hash=_hash(token), expires_at=at + LASTS, issued_by_id=by, created_at=at)
    return made, token


@transaction.atomic
def revoke_invitation(*, invitation_id: int, actor: Actor, at: datetime) -> Invitation:
    """A link that was sent to the wrong place leads nowhere any more."""
    only(actor, SYSTEM, SECURITY)
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.used_at or invitation.revoked_at:
        raise RuleBroken(_("这个链接已经用过或收回。"))
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record(act="invitation.revoke", subject=invitation, actor=actor, at=at, after={"revoked_at": at}, context=f"user:{invitation.user_id}")
    return invitation


def invited(token: str, at: datetime) -> Invitation:
    """The open invitation of a token. Raises RuleBroken with one and the same sentence for every token that does not open."""
    found = Invitation.objects.select_related("user").filter(token_hash=_hash(token), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at).first()
    if found is None or not found.user.is_active:
        raise RuleBroken(_("这个链接无效、已用过或已过期。"), hint=_("请联系管理员重新发一个。"))
    return found


@transaction.atomic
def redeem_invitation(*, token: str, password: str, at: datetime) -> User:
    """Set the password of the invited; the link is used up, sessions that were open end. Raises RuleBroken by the rules of the profile."""
    invitation = Invitation.objects.select_for_update().get(pk=invited(token, at).pk)
    invited(token, at)  # again, under the lock
    user = locked_user(invitation.user_id)
    set_password(user, password, at=at)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    person = Actor(user_id=user.pk, name=user.name, administers=user.administers)
    record(act="password.set", subject=user, actor=person, at=at, after={"invitation": invitation.pk})
    return user


def _open(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(user=user, used_at__isnull=True, revoked_at__isnull=True)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
