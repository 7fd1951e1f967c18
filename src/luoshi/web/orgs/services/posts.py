"""Posts: given, ended, moved to another unit. What a person may do comes from them alone; an administrator holds none."""

from datetime import date, datetime, timedelta

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Post, Unit, User
from luoshi.web.orgs.roles import ROLES, SYSTEM, role_names
from luoshi.web.orgs.services.allowed import locked_user, only


@transaction.atomic
def give_post(*, user_id: int, unit_id: int, role: str, since: date, actor: Actor, at: datetime, title: str = "", until: date | None = None) -> Post:
    """A role in a unit from ``since`` on, with a last day where it is known (temporary bodies). Raises RuleBroken where it may not be."""
    only(actor, SYSTEM)
    user, unit = locked_user(user_id), Unit.objects.get(pk=unit_id)
    post = _opened(user, unit, role, since, title, until)
    told = {"unit": unit.pk, "unit_name": unit.name, "role": role, "title": title, "since": since, "until": until}
    record(act="post.give", subject=post, actor=actor, at=at, after=told, context=user)
    return post


@transaction.atomic
def end_post(*, post_id: int, until: date, actor: Actor, at: datetime, reason: str = "") -> Post:
    """The last day of a post. The person may do nothing for the unit after it."""
    only(actor, SYSTEM)
    post = _closed(post_id, until)
    told = {"unit_name": post.unit.name, "role": post.role, "until": until}
    record(act="post.end", subject=post, actor=actor, at=at, before={"until": None}, after=told, reason=reason, context=f"user:{post.user_id}")
    return post


@transaction.atomic
def move_post(*, post_id: int, to_unit: int, on: date, actor: Actor, at: datetime, reason: str = "", role: str = "", title: str | None = None) -> Post:
    """A person goes to another unit: the post ends with the day before ``on``, or with its first day where that is later; the next begins ``on``."""
    only(actor, SYSTEM)
    held = Post.objects.select_for_update().get(pk=post_id)
    old = _closed(post_id, max(held.since, on - timedelta(days=1)))
    user, unit = locked_user(old.user_id), Unit.objects.get(pk=to_unit)
    post = _opened(user, unit, role or old.role, on, old.title if title is None else title, None)
    if user.current_post_id == old.pk:
        user.current_post = post
        user.save(update_fields=["current_post"])
    before = {"post": old.pk, "unit": old.unit_id, "unit_name": old.unit.name, "role": old.role}
    after = {"unit": unit.pk, "unit_name": unit.name, "role": post.role, "since": on}
    record(act="post.move", subject=post, actor=actor, at=at, before=before, after=after, reason=reason, context=user)
    return post


def _opened(user: User, unit: Unit, role: str, since: date, title: str, until: date | None) -> Post:
    if role not in ROLES:
        raise RuleBroken(_("没有“{role}”这个角色。").format(role=role), hint=_("角色有：{names}。").format(names=_("、").join(role_names().values())))
    if user.administers:
        raise RuleBroken(_("管理员账号不能任职。"), hint=_("请为本人另开一个业务账号。"))
    if not unit.accounts:
        raise RuleBroken(_("“{name}”不开账号，由上级代录。").format(name=unit.name), hint=_("如需开设，请先修改该单位的设置。"))
    if unit.ended_on is not None and unit.ended_on < since:
        raise RuleBroken(_("“{name}”已经撤销。").format(name=unit.name), hint=_("请选承接它的单位。"))
    if until is not None and until < since:
        raise RuleBroken(_("结束日期不能早于开始日期。"))
    running = Post.objects.filter(user=user, unit=unit, role=role, until__isnull=True)
    if running.exists():
        raise RuleBroken(_("{name}已在“{unit}”任{role}。").format(name=user.name, unit=unit.name, role=role_names()[role]))
    return Post.objects.create(user=user, unit=unit, role=role, title=title.strip(), since=since, until=until)


def _closed(post_id: int, until: date) -> Post:
    post = Post.objects.select_for_update().get(pk=post_id)
    if post.until is not None and post.until <= until:
        raise RuleBroken(_("这个任职已于 {day} 结束。").format(day=post.until))
    if until < post.since:
        raise RuleBroken(_("结束日期不能早于任职日期 {day}。").format(day=post.since))
    post.until = until
    post.save(update_fields=["until"])
    return post
