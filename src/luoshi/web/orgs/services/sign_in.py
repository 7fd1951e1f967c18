"""Signing in as the audit knows it, and what the security administrator may do about it: unlock, take a lost second factor away."""

import unicodedata
from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.actors import actor_of
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import SECURITY
from luoshi.web.orgs.services.allowed import day_of, locked_user, only
from luoshi.web.orgs.services.sessions import end_all_sessions

TOLD = 30
"""Characters of a typed user name that are kept: whoever types the password there by mistake gives away no more than that."""


def counted_name(username: str) -> str:
    """A typed user name as tries are counted: all spellings that open one account are one, or each would have tries of its own."""
    return unicodedata.normalize("NFKC", username).strip().upper().lower()[:255]


@transaction.atomic
def record_success(*, user: User, ip: str, method: str, at: datetime) -> None:
    """Somebody signed in."""
    record(act="login.success", subject=user, actor=actor_of(user, day_of(at)), at=at, after={"ip": ip, "method": method})


@transaction.atomic
def record_failure(*, username: str, ip: str, method: str, at: datetime, locked: bool = False) -> None:
    """Somebody did not: a wrong password, an unknown user name, a wrong second factor; ``locked`` says that it was the last try for a while."""
    told = " ".join(username.split())[:TOLD]
    nobody = Actor(user_id=None, name=told)
    record(act="login.locked" if locked else "login.failure", subject=f"login:{told.lower()}", actor=nobody, at=at, after={"ip": ip, "method": method})


@transaction.atomic
def record_end(*, user: User, ip: str, at: datetime) -> None:
    """Somebody signed out."""
    record(act="login.out", subject=user, actor=actor_of(user, day_of(at)), at=at, after={"ip": ip})


@transaction.atomic
def unlock(*, username: str, actor: Actor, at: datetime) -> int:
    """Forget the failures of a user name. Raises RuleBroken where there are none."""
    only(actor, SECURITY)
    forgotten = int(reset(username=counted_name(username)))
    if not forgotten:
        raise RuleBroken(_("“{name}”没有被锁定。").format(name=username))
    record(act="login.unlock", subject=f"login:{username[:TOLD].lower()}", actor=actor, at=at, before={"attempts": forgotten})
    return forgotten


@transaction.atomic
def reset_second_factor(*, user_id: int, reason: str, actor: Actor, at: datetime) -> User:
    """Take the second factor of somebody who lost the telephone away; sessions end. Raises RuleBroken for one's own."""
    only(actor, SECURITY)
    user = locked_user(user_id)
    if user.pk == actor.user_id:
        raise RuleBroken(_("不能重置自己的两步验证。"))
    if not reason.strip():
        raise RuleBroken(_("请写明重置的原因，以及怎样核实了本人。"))
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not kinds:
        raise RuleBroken(_("这个账号没有开启两步验证。"))
    Authenticator.objects.filter(user=user).delete()
    ended = end_all_sessions(user)
    record(act="second_factor.reset", subject=user, actor=actor, at=at, before={"kinds": kinds}, after={"sessions": ended}, reason=reason)
    return user


@transaction.atomic
def record_second_factor(*, act: str, actor: Actor, at: datetime) -> None:
    """A person switched the own second factor on or off, or made new recovery codes: ``add``, ``remove``, ``codes``."""
    record(act=f"second_factor.{act}", subject=f"user:{actor.person}", actor=actor, at=at)
