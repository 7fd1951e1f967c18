"""并案: two matters about one job become one. Every source and every date is kept; one report answers all."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter, Source, Support, Target
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.services.moving import locked, move
from luoshi.web.ledger.workflow import MERGEABLE, Act, State


@transaction.atomic
def merge_matter(*, matter_id: int, into_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Merge one matter into another and give the other back. Merging many is one call for each.

    Raises RuleBroken where the two are one, of different offices, no longer open, where the one has parts below it or a request pending.
    """
    if matter_id == into_id:
        raise RuleBroken(_("不能并入自己。"), hint=_("请另选一件。"))
    rows = {row.pk: row for row in Matter.objects.select_for_update().filter(pk__in=(matter_id, into_id)).order_by("pk")}
    into = rows.get(into_id)
    matter = locked(matter_id, expected=expected)
    if into is None or into.issuer_id != matter.issuer_id:
        raise RuleBroken(_("只能与本单位立的另一件并案。"))
    _must_be_free(matter, into)
    moved = move(
        matter,
        Act.MERGE,
        actor=actor,
        at=at,
        reason=reason,
        changed={"merged_into": into},
        told={"into": into.number, "due_on": matter.due_on, "lead": matter.lead_id, "sources": matter.sources.count()},
    )
    _bring_sources(moved, into)
    _bring_supports(moved, into)
    _bring_targets(moved, into)
    if into.state == State.DRAFT and moved.due_on and (into.due_on is None or moved.due_on < into.due_on):
        into.due_on = moved.due_on  # before issue the earlier of two days holds; later the agreed one stays, the other is kept with its source
    into.changes += 1
    into.save(update_fields=["due_on", "changes"])
    index_matter(into)
    return into


def _must_be_free(matter: Matter, into: Matter) -> None:
    if into.state not in MERGEABLE:
        raise RuleBroken(_("{number} 现在的状态不能再并入别的事项。").format(number=into.number), hint=_("请另选一件还没有验收的。"))
    if (matter.state == State.DRAFT) is not (into.state == State.DRAFT) and into.state == State.DRAFT:
        raise RuleBroken(_("已交办的不能并入草稿。"), hint=_("请反过来，把草稿并入已交办的那件。"))
    if matter.children.exclude(state__in=(State.DISCARDED, State.DECLINED)).exists():
        raise RuleBroken(_("{number} 已经分解到下级，不能并入别的事项。").format(number=matter.number), hint=_("请反过来，把另一件并到它名下。"))
    if matter.extensions.filter(state__in=("asked", "with_head")).exists():
        raise RuleBroken(_("{number} 有一份延期申请没有批复。").format(number=matter.number), hint=_("请先批复延期，再并案。"))


def _bring_sources(matter: Matter, into: Matter) -> None:
    """Copies: the merged matter keeps its own, each copy says whose it was and what day it demanded."""
    for source in matter.sources.all():
        source.pk = None
        source._state.adding = True
        source.merged_from = source.merged_from or matter
        source.matter = into
        source.due_on = source.due_on or matter.due_on
        source.save()
    if not matter.sources.exists():
        Source.objects.create(matter=into, kind=Source.TYPED, quote=matter.title, due_on=matter.due_on, merged_from=matter)


def _bring_supports(matter: Matter, into: Matter) -> None:
    """Supporters of both; who led the merged one supports, unless it leads the other."""
    there = {support.unit_id for support in into.supports.all()} | {into.lead_id}
    coming = [(support.unit, support.contribution, support.due_on) for support in matter.supports.select_related("unit")]
    if matter.lead is not None:
        coming.append((matter.lead, matter.title, matter.due_on))
    for unit, contribution, due_on in coming:
        if unit.pk not in there:
            Support.objects.create(matter=into, unit=unit, unit_name=unit.name if into.issued_at else "", contribution=contribution, due_on=due_on)
            there.add(unit.pk)
    if into.lead is None and matter.lead is not None:
        into.lead = matter.lead
        into.save(update_fields=["lead"])
        into.supports.filter(unit=matter.lead).delete()


def _bring_targets(matter: Matter, into: Matter) -> None:
    """Targets of both; one that says the same stands once."""
    there = {(aim.indicator, aim.comparator, aim.value, aim.unit) for aim in into.targets.all()}
    order = into.targets.count()
    for aim in matter.targets.order_by("order", "pk"):
        key = (aim.indicator, aim.comparator, aim.value, aim.unit)
        if key not in there:
            Target.objects.create(
                matter=into, order=order, indicator=aim.indicator, comparator=aim.comparator, value=aim.value, unit=aim.unit, text=aim.text, baseline=aim.baseline
            )
            there.add(key)
            order += 1
