"""Units: made, edited, renamed, moved in the tree, ended. Nothing of a unit that had a row is ever removed."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Alias, Post, Unit
from luoshi.web.orgs.roles import KINDS, LEVELS, SYSTEM, TEMPORARY, kind_names, level_names
from luoshi.web.orgs.services.allowed import day_of, locked_unit, only

EDITED = ("short_name", "code", "level", "kind", "place", "accounts", "order", "opened_on")


@transaction.atomic
def create_unit(
    *,
    name: str,
    code: str,
    level: str,
    actor: Actor,
    at: datetime,
    kind: str = "department",
    under: int | None = None,
    short_name: str = "",
    place: str = "",
    accounts: bool = True,
    order: int = 0,
    opened_on: date | None = None,
    ended_on: date | None = None,
) -> Unit:
    """Make a unit below ``under``. Raises RuleBroken for a code or a name that is taken, an unknown level or kind, an ended unit above.

    ``ended_on`` is for temporary bodies whose end is known.
    """
    only(actor, SYSTEM)
    _lock_tree()
    parent = Unit.objects.get(pk=under) if under is not None else None
    name, code = name.strip(), code.strip()
    _check(name=name, code=code, level=level, kind=kind, parent=parent, on=day_of(at))
    if ended_on is not None and kind != TEMPORARY:
        raise RuleBroken(_("只有临时机构可以预先写明撤销日期。"), hint=_("其他单位请在撤销时再办理。"))
    fields = {
        "name": name,
        "code": code,
        "level": level,
        "kind": kind,
        "short_name": short_name.strip(),
        "place": place.strip(),
        "accounts": accounts and _may_have_accounts(level),
        "order": order,
        "opened_on": opened_on,
        "ended_on": ended_on,
    }
    unit: Unit = Unit.objects.add_child(parent, fields) if parent else Unit.objects.add_root(fields)
    record(act="unit.create", subject=unit, actor=actor, at=at, after=fields | {"under": under})
    return unit


@transaction.atomic
def edit_unit(*, unit_id: int, changed: dict[str, Any], actor: Actor, at: datetime, expected: int | None = None) -> Unit:
    """Change what a unit is (``EDITED``); its name has ``rename_unit``, its place in the tree ``move_unit``.

    Raises RuleBroken where nothing changes or a value is not allowed.
    """
    only(actor, SYSTEM)
    unit = locked_unit(unit_id, expected)
    if unknown := set(changed) - set(EDITED):
        raise TypeError(f"not edited here: {sorted(unknown)}")
    if not _may_have_accounts(changed.get("level", unit.level)):
        changed = changed | {"accounts": False}
    new = {field: value for field, value in changed.items() if getattr(unit, field) != value}
    if not new:
        raise RuleBroken(_("没有任何改动。"), hint=_("请修改后再保存，或者返回。"))
    _check(name=unit.name, code=new.get("code", ""), level=new.get("level", unit.level), kind=new.get("kind", unit.kind), itself=unit, on=day_of(at))
    if new.get("accounts") is False and Post.objects.filter(unit=unit, until__isnull=True).exists():
        raise RuleBroken(_("这个单位还有人任职，不能改为不开账号。"), hint=_("请先为他们办理免职或调动。"))
    before = {field: getattr(unit, field) for field in new}
    for field, value in new.items():
        setattr(unit, field, value)
    _saved(unit, *new)
    if "code" in new or "order" in new:
        _settle_among_siblings(unit)
    record(act="unit.edit", subject=unit, actor=actor, at=at, before=before, after=new)
    return unit


@transaction.atomic
def rename_unit(
    *, unit_id: int, name: str, on: date, actor: Actor, at: datetime, short_name: str | None = None, reason: str = "", expected: int | None = None
) -> Unit:
    """Give a unit a new name from ``on``; the old one stays as a former name, by which documents are still understood."""
    only(actor, SYSTEM)
    unit = locked_unit(unit_id, expected)
    name = name.strip()
    if name == unit.name:
        raise RuleBroken(_("新名称与原名称相同。"))
    _check(name=name, code="", level=unit.level, kind=unit.kind, parent=Unit.objects.get_parent(unit), itself=unit, on=day_of(at))
    before = {"name": unit.name, "short_name": unit.short_name}
    for old in {unit.name, unit.short_name} - {"", name, short_name if short_name is not None else unit.short_name}:
        Alias.objects.update_or_create(unit=unit, name=old, defaults={"former_until": on})
    Alias.objects.filter(unit=unit, name=name).delete()
    unit.name, unit.short_name = name, unit.short_name if short_name is None else short_name.strip()
    _saved(unit, "name", "short_name")
    after = {"name": unit.name, "short_name": unit.short_name, "from": on}
    record(act="unit.rename", subject=unit, actor=actor, at=at, before=before, after=after, reason=reason)
    return unit


@transaction.atomic
def move_unit(*, unit_id: int, under: int | None, actor: Actor, at: datetime, reason: str = "", expected: int | None = None) -> Unit:
    """Put a unit, with all below it, under another (``None``: to the top). Raises RuleBroken for a place below itself."""
    only(actor, SYSTEM)
    _lock_tree()
    unit = locked_unit(unit_id, expected)
    parent = Unit.objects.get_parent(unit)
    target = Unit.objects.get(pk=under) if under is not None else None
    if (parent.pk if parent else None) == under:
        raise RuleBroken(_("它已经在这个单位之下。"))
    if target and target.path.startswith(unit.path):
        raise RuleBroken(_("不能调到自己或自己的下级之下。"), hint=_("请另选上级单位。"))
    _check(name=unit.name, code="", level=unit.level, kind=unit.kind, parent=target, itself=unit, on=day_of(at))
    before = {"under": parent.pk if parent else None, "under_name": parent.name if parent else ""}
    if target:
        Unit.objects.move(unit, target, "sorted-child")
    else:
        Unit.objects.move(unit, Unit.objects.get_first_root_node(), "sorted-sibling")
    unit.refresh_from_db()
    _saved(unit)
    after = {"under": under, "under_name": target.name if target else ""}
    record(act="unit.move", subject=unit, actor=actor, at=at, before=before, after=after, reason=reason)
    return unit


@transaction.atomic
def end_unit(*, unit_id: int, on: date, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Unit:
    """End a unit with the day ``on``. Raises RuleBroken while people hold posts in it or units stand below it."""
    only(actor, SYSTEM)
    unit = locked_unit(unit_id, expected)
    nobody_left(unit, on)
    if not reason.strip():
        raise RuleBroken(_("请写明撤销的依据。"))
    before = {"ended_on": unit.ended_on}
    unit.ended_on = on
    _saved(unit, "ended_on")
    record(act="unit.end", subject=unit, actor=actor, at=at, before=before, after={"ended_on": on}, reason=reason)
    return unit


@transaction.atomic
def reopen_unit(*, unit_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Unit:
    """Undo an end or a merger: the unit acts for itself again."""
    only(actor, SYSTEM)
    unit = locked_unit(unit_id, expected)
    if unit.ended_on is None:
        raise RuleBroken(_("这个单位没有撤销。"))
    if not reason.strip():
        raise RuleBroken(_("请写明恢复的依据。"))
    before = {"ended_on": unit.ended_on, "successor": unit.successor_id}
    unit.ended_on, unit.successor = None, None
    _saved(unit, "ended_on", "successor")
    record(act="unit.reopen", subject=unit, actor=actor, at=at, before=before, after={"ended_on": None, "successor": None}, reason=reason)
    return unit


def nobody_left(unit: Unit, on: date) -> None:
    """Raises RuleBroken where the unit has ended already, people hold posts in it, or open units stand below it."""
    if unit.ended_on is not None and unit.ended_on < on:
        raise RuleBroken(_("“{name}”已经撤销。").format(name=unit.name))
    if people := Post.objects.filter(unit=unit, until__isnull=True).count():
        raise RuleBroken(_("“{name}”还有 {n} 个任职没有结束。").format(name=unit.name, n=people), hint=_("请先办理免职或调动。"))
    if below := Unit.objects.get_children(unit).filter(ended_on__isnull=True).count():
        raise RuleBroken(_("“{name}”还有 {n} 个下级单位。").format(name=unit.name, n=below), hint=_("请先调整或撤销下级单位。"))


def _check(*, name: str, code: str, level: str, kind: str, on: date, parent: Unit | None = None, itself: Unit | None = None) -> None:
    """Raises RuleBroken for what no unit may be. An empty ``code`` is not looked at where the unit is there already."""
    if not name or (not code and itself is None):
        raise RuleBroken(_("单位名称和代码都要填写。"))
    if level not in LEVELS:
        raise RuleBroken(_("没有“{level}”这个层级。").format(level=level), hint=_("层级有：{names}。").format(names=_("、").join(level_names().values())))
    if kind not in KINDS:
        raise RuleBroken(_("没有“{kind}”这个类型。").format(kind=kind), hint=_("类型有：{names}。").format(names=_("、").join(kind_names().values())))
    others = Unit.objects.exclude(pk=itself.pk) if itself else Unit.objects.all()
    if code and (taken := others.filter(code=code).first()):
        raise RuleBroken(_("代码 {code} 已由“{name}”使用。").format(code=code, name=taken.name), hint=_("请换一个代码。"))
    if parent and parent.ended_on is not None and parent.ended_on < on:
        raise RuleBroken(_("上级单位“{name}”已经撤销。").format(name=parent.name), hint=_("请另选上级单位。"))
    beside = others.filter(path__startswith=parent.path, depth=parent.depth + 1) if parent else others.filter(depth=1)
    if (parent or itself is None) and beside.filter(name=name, ended_on__isnull=True).exists():
        raise RuleBroken(_("同一上级之下已有“{name}”。").format(name=name), hint=_("请核对是否重复录入。"))


def _may_have_accounts(level: str) -> bool:
    """Towns have accounts only where the installation says so."""
    return level != "town" or bool(settings.OPTIONS["town_accounts"])


def _lock_tree() -> None:
    """One change of the tree at a time: paths of whole branches are rewritten."""
    list(Unit.objects.select_for_update().filter(depth=1).order_by("pk").values_list("pk", flat=True))


def _settle_among_siblings(unit: Unit) -> None:
    """Bring a unit to its place among its siblings after its order or code changed."""
    parent = Unit.objects.get_parent(unit)
    _lock_tree()
    Unit.objects.move(unit, parent or Unit.objects.get_first_root_node(), "sorted-child" if parent else "sorted-sibling")
    unit.refresh_from_db()


def _saved(unit: Unit, *fields: str) -> None:
    """Save ``fields`` and count the change."""
    unit.version = F("version") + 1
    unit.save(update_fields=[*fields, "version"])
    unit.refresh_from_db(fields=["version"])
