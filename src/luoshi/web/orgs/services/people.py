"""Accounts: made without a password, edited, disabled and enabled; which of one's units the next pages are for."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.actors import open_posts
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import SECURITY, SYSTEM
from luoshi.web.orgs.services.allowed import day_of, locked_user, only
from luoshi.web.orgs.services.sessions import end_all_sessions

USERNAME = re.compile(r"[\w.\-]{2,60}")
EDITED = ("name", "email", "phone")


@transaction.atomic
def create_person(*, username: str, name: str, actor: Actor, at: datetime, phone: str = "", email: str = "") -> User:
    """An account without a password; it can be used once its invitation is redeemed. Raises RuleBroken for a name that is taken."""
    only(actor, SYSTEM)
    user = new_account(username=username, name=name, phone=phone, email=email, at=at)
    told = {"username": user.username, "name": user.name, "phone": user.phone, "email": user.email}
    record(act="user.create", subject=user, actor=actor, at=at, after=told)
    return user


def new_account(*, username: str, name: str, at: datetime, **fields: Any) -> User:
    """A stored account with a checked user name and no usable password; the caller records it."""
    username, name = username.strip(), name.strip()
    if not USERNAME.fullmatch(username):
        raise RuleBroken(_("用户名“{name}”不合要求。").format(name=username[:60]), hint=_("请用 2 到 60 个字母、数字、汉字、点、横线或下划线。"))
    if not name:
        raise RuleBroken(_("请填写姓名。"))
    if User.objects.filter(username__iexact=username).exists():
        raise RuleBroken(_("用户名“{name}”已有人使用。").format(name=username), hint=_("请换一个用户名。"))
    user = User(username=username, name=name, created_at=at, **fields)
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def edit_person(*, user_id: int, changed: dict[str, str], actor: Actor, at: datetime, expected: int | None = None) -> User:
    """Correct a person's name, telephone, mail. The user name stays what it was."""
    only(actor, SYSTEM)
    user = locked_user(user_id, expected)
    if unknown := set(changed) - set(EDITED):
        raise TypeError(f"not edited here: {sorted(unknown)}")
    new = {field: value.strip() for field, value in changed.items() if getattr(user, field) != value.strip()}
    if not new:
        raise RuleBroken(_("没有任何改动。"), hint=_("请修改后再保存，或者返回。"))
    if not new.get("name", user.name):
        raise RuleBroken(_("请填写姓名。"))
    before = {field: getattr(user, field) for field in new}
    for field, value in new.items():
        setattr(user, field, value)
    _saved(user, *new)
    record(act="user.edit", subject=user, actor=actor, at=at, before=before, after=new)
    return user


@transaction.atomic
def disable_account(*, user_id: int, reason: str, actor: Actor, at: datetime) -> User:
    """Nobody signs in with it any more, and its sessions end at once; its posts and what it did stay."""
    only(actor, SYSTEM, SECURITY)
    user = locked_user(user_id)
    if not user.is_active:
        raise RuleBroken(_("这个账号已经停用。"))
    if user.pk == actor.user_id:
        raise RuleBroken(_("不能停用自己的账号。"), hint=_("请由另一位管理员办理。"))
    if user.administers and actor.administers == SYSTEM:
        raise RuleBroken(_("管理员账号由安全管理员停用。"))
    if not reason.strip():
        raise RuleBroken(_("请写明停用的原因。"))
    user.is_active = False
    _saved(user, "is_active")
    ended = end_all_sessions(user)
    record(act="user.disable", subject=user, actor=actor, at=at, before={"is_active": True}, after={"is_active": False, "sessions": ended}, reason=reason)
    return user


@transaction.atomic
def enable_account(*, user_id: int, actor: Actor, at: datetime) -> User:
    """Let an account be used again. An administrator's is enabled by the security administrator."""
    user = locked_user(user_id)
    only(actor, *([SECURITY] if user.administers else [SYSTEM]))
    if user.is_active:
        raise RuleBroken(_("这个账号没有停用。"))
    if user.pending:
        raise RuleBroken(_("这个账号还没有核准。"), hint=_("请由安全管理员核准。"))
    user.is_active = True
    _saved(user, "is_active")
    record(act="user.enable", subject=user, actor=actor, at=at, before={"is_active": False}, after={"is_active": True})
    return user


@transaction.atomic
def choose_post(*, post_id: int, actor: Actor, at: datetime) -> User:
    """Act for the unit of this post from the next page on: a preference, without a record. Raises RuleBroken for another's or an ended post."""
    user = locked_user(actor.person)
    post = open_posts(user, day_of(at)).filter(pk=post_id).first()
    if post is None:
        raise RuleBroken(_("您现在没有这个任职。"), hint=_("请刷新页面后再选。"))
    user.current_post = post
    user.save(update_fields=["current_post"])
    return user


def _saved(user: User, *fields: str) -> None:
    user.version = F("version") + 1
    user.save(update_fields=[*fields, "version"])
    user.refresh_from_db(fields=["version"])
