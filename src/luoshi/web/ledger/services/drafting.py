"""Draft matters: typed or from a decision, an instruction, a finding, a study, a topic; edited and given up while they are drafts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypedDict

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Instruction, Matter, Source, Support, Target
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.selectors.desk import knowledge_of
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.services.moving import locked, move
from luoshi.web.ledger.services.numbering import next_number
from luoshi.web.ledger.suggesting import Knowledge, Named, suggest
from luoshi.web.ledger.wording import title_of
from luoshi.web.ledger.workflow import SUPERVISOR, Act, State
from luoshi.web.orgs import roles
from luoshi.web.orgs.models import Unit
from luoshi.web.programmes.models import Decision, Programme


class SupportLine(NamedTuple):
    """A supporting unit with what it contributes and its own day."""

    unit: Unit
    contribution: str = ""
    due_on: date | None = None


class TargetLine(NamedTuple):
    """A target as a person words it."""

    indicator: str
    comparator: str = "≥"
    value: float | None = None
    unit: str = ""
    text: str = ""
    baseline: float | None = None


class Wording(TypedDict, total=False):
    """The fields of a draft; those that are absent stay as they are."""

    title: str
    task: str
    measures: list[str]
    criterion: str
    lead: Unit | None
    supports: Sequence[SupportLine]
    targets: Sequence[TargetLine]
    due_on: date | None
    due_phrase: str
    cadence: str
    category: str
    theme: str
    urgency: str
    leader: str
    office: str
    contact: str
    programme: Programme | None
    stricter_reason: str
    required: bool


_LISTS = ("supports", "targets")


@transaction.atomic
def draft_matter(*, words: Wording, origin: Origin, actor: Actor, at: datetime, knowledge: Knowledge | None = None) -> Matter:
    """A draft that did not come from a document. Raises RuleBroken without a title, or where the source is not of the actor's office."""
    must_supervise(actor)
    source, given = read_origin(origin, actor)
    matter = make_draft({**given, **words}, actor=actor, at=at, suggested=[])
    source.matter = matter
    source.due_on = source.due_on or matter.due_on
    source.save()
    matter.follows = followed_matter(origin.instruction)
    known = knowledge or knowledge_of(actor, timezone.localtime(at).date())
    named = [Named(matter.lead.name, "lead")] if matter.lead else []
    matter.suggested = suggestions(f"{matter.title} {source.quote}", named, known)
    matter.save(update_fields=["follows", "suggested"])
    record(act="matter.draft", subject=matter, actor=actor, at=at, after=told_of(matter) | {"source": source.kind, "cited_as": source.cited_as})
    index_matter(matter)
    return matter


@transaction.atomic
def edit_draft(*, matter_id: int, words: Wording, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Change fields of a draft. Where nothing differs nothing is written. Raises RuleBroken once it is no draft any more."""
    matter = locked(matter_id, expected=expected)
    if matter.state != State.DRAFT:
        raise RuleBroken(_("这一件已经不是草稿，不能再改。"), hint=_("已报审定的请审定人退回后再改。"))
    if SUPERVISOR not in parties_of(actor, matter, {SUPERVISOR}):
        raise RuleBroken(_("只有本单位的督查员可以改草稿。"))
    there = _lists_of(matter, words)
    before, after = _differences(matter, words, there)
    if not after:
        return matter
    if "title" in after and not str(words["title"]).strip():
        raise RuleBroken(_("事项名称不能空着。"))
    fields = [name for name in after if name not in _LISTS]
    for name in fields:
        setattr(matter, name, words[name])  # type: ignore[literal-required]
    _write_lists(matter, words, there)
    matter.changes += 1
    matter.save(update_fields=[*fields, "changes"])
    record(act="matter.edit", subject=matter, actor=actor, at=at, before=before, after=after)
    index_matter(matter)
    return matter


@transaction.atomic
def discard_matter(*, matter_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Give a draft up. Its number is not used again."""
    return move(locked(matter_id, expected=expected), Act.DISCARD, actor=actor, at=at)


def make_draft(words: Wording, *, actor: Actor, at: datetime, suggested: list[dict[str, Any]], parent: Matter | None = None) -> Matter:
    """The row with its lists and its number. The caller holds the transaction, checks, adds the source and records."""
    title = words.get("title", "").strip()
    if not title:
        raise RuleBroken(_("事项名称不能空着。"))
    issuer = Unit.objects.get(pk=actor.unit)
    plain: dict[str, Any] = {name: value for name, value in words.items() if name not in _LISTS}
    matter = Matter.objects.create(
        **plain | {"title": title[:200]},
        number=next_number(issuer, at),
        state=State.DRAFT,
        issuer=issuer,
        parent=parent,
        suggested=suggested,
        drafted_by_id=actor.person,
        created_at=at,
    )
    _write_lists(matter, words, _Lists([], []))
    return matter


def suggestions(text: str, named: Sequence[Named], known: Knowledge) -> list[dict[str, Any]]:
    """What ``suggest`` finds, as ``Matter.suggested`` keeps it."""
    return [{"unit": one.unit, "role": one.role, "basis": one.basis, "reason": one.reason} for one in suggest(text, named, known)]


def told_of(matter: Matter) -> dict[str, Any]:
    """What the audit is told of a new draft."""
    told = {"number": matter.number, "title": matter.title, "state": matter.state, "lead": matter.lead_id, "due_on": matter.due_on}
    return told | {"criterion": matter.criterion, "parent": matter.parent_id, "follows": matter.follows_id}


def must_supervise(actor: Actor) -> None:
    """Raises RuleBroken where the actor does not draft for a unit."""
    if actor.unit_id is None or not actor.has(roles.SUPERVISOR):
        raise RuleBroken(_("拟办事项要由本单位的督查员来做。"), hint=_("请系统管理员为您加上督查员的职务。"))


def followed_matter(instruction: Instruction | None) -> Matter | None:
    """The last matter of the instruction that this one follows: the reply to it brought the new one."""
    if instruction is None or instruction.follows_id is None:
        return None
    return Matter.objects.filter(sources__instruction=instruction.follows_id).order_by("-pk").first()


def read_origin(origin: Origin, actor: Actor) -> tuple[Source, Wording]:
    """The source, not saved yet, and the fields that it brings. Raises RuleBroken for what is not of the actor's office."""
    if origin.decision is not None:
        return _from_decision(origin.decision, actor)
    if origin.instruction is not None:
        return _from_instruction(origin.instruction, actor)
    if origin.study is not None:
        study = origin.study
        _must_be_of(actor, study.programme.unit_id, study.programme)
        quote, cited = origin.quote or study.findings, _("学习研讨“{title}”（{day}）").format(title=study.title, day=study.held_on.isoformat())
        return Source(kind=Source.STUDY, study=study, quote=quote, cited_as=cited[:300]), {"programme": study.programme}
    if origin.topic is not None:
        topic = origin.topic
        _must_be_of(actor, topic.programme.unit_id, topic.programme)
        quote, cited = origin.quote or topic.findings, _("调研课题“{title}”").format(title=topic.title)
        return Source(kind=Source.TOPIC, topic=topic, quote=quote, cited_as=cited[:300]), {"programme": topic.programme}
    kind = Source.FINDING if origin.finding else Source.TYPED
    return Source(kind=kind, quote=origin.quote, cited_as=origin.cited_as[:300]), {}


def _from_decision(decision: Decision, actor: Actor) -> tuple[Source, Wording]:
    meeting = decision.meeting
    _must_be_of(actor, meeting.unit_id, meeting.programme)
    cited = _("{meeting}（{day}）议定事项{n}").format(meeting=meeting.title, day=meeting.held_on.isoformat(), n=decision.order)
    words: Wording = {"title": title_of(decision.text), "lead": decision.lead, "due_on": decision.due_on, "programme": meeting.programme}
    return Source(kind=Source.DECISION, decision=decision, quote=decision.text, cited_as=cited[:300], due_on=decision.due_on), words


def _from_instruction(instruction: Instruction, actor: Actor) -> tuple[Source, Wording]:
    _must_be_of(actor, instruction.unit_id, None)
    cited = _("{leader}批示（{day}）").format(leader=instruction.leader, day=instruction.on.isoformat())
    words: Wording = {"due_on": instruction.due_on, "urgency": "urgent" if instruction.urgent else "normal"}
    if instruction.text:
        words["title"] = title_of(instruction.text)
    source = Source(kind=Source.INSTRUCTION, instruction=instruction, quote=instruction.text, cited_as=cited[:300], due_on=instruction.due_on)
    return source, words


def _must_be_of(actor: Actor, unit_id: int, programme: Programme | None) -> None:
    if unit_id in actor.units:
        return
    if programme is not None and (programme.unit_id in actor.units or programme.parts.filter(lead__in=actor.units).exists()):
        return
    raise RuleBroken(_("这个来源不属于您的单位，不能据此立项。"))


class _Lists(NamedTuple):
    """The rows of a draft's lists that are there, in their order."""

    supports: list[Support]
    targets: list[Target]


def _lists_of(matter: Matter, words: Wording) -> _Lists:
    """Those that ``words`` may change."""
    supports = list(matter.supports.order_by("pk")) if "supports" in words else []
    return _Lists(supports, list(matter.targets.order_by("order", "pk")) if "targets" in words else [])


def _differences(matter: Matter, words: Wording, there: _Lists) -> tuple[dict[str, Any], dict[str, Any]]:
    old: dict[str, Any] = {
        "supports": [[one.unit_id, one.contribution, one.due_on] for one in there.supports],
        "targets": [[getattr(one, name) for name in TargetLine._fields] for one in there.targets],
    }
    before, after = {}, {}
    for name, value in words.items():
        old_plain, new_plain = old[name] if name in _LISTS else _plain(getattr(matter, name)), _plain(value)
        if old_plain != new_plain:
            before[name], after[name] = old_plain, new_plain
    return before, after


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.pk if hasattr(value, "pk") else value


def _write_lists(matter: Matter, words: Wording, there: _Lists) -> None:
    """Supports by unit, targets by their place: rows that stay keep their number."""
    if "supports" in words:
        _write_supports(matter, [line for line in words["supports"] if line.unit.pk != matter.lead_id], there.supports)  # who leads does not support himself
    if "targets" in words:
        _write_targets(matter, words["targets"], there.targets)


def _write_supports(matter: Matter, lines: Sequence[SupportLine], there: Sequence[Support]) -> None:
    wanted = {line.unit.pk: line for line in lines}
    gone = [one.pk for one in there if one.unit_id not in wanted]
    if gone:
        Support.objects.filter(pk__in=gone).delete()
    for one in there:
        line = wanted.pop(one.unit_id, None)
        if line is not None and (one.contribution, one.due_on) != (line.contribution, line.due_on):
            one.contribution, one.due_on = line.contribution, line.due_on
            one.save(update_fields=["contribution", "due_on"])
    Support.objects.bulk_create(Support(matter=matter, unit=line.unit, contribution=line.contribution, due_on=line.due_on) for line in wanted.values())


def _write_targets(matter: Matter, lines: Sequence[TargetLine], there: Sequence[Target]) -> None:
    for order, (row, line) in enumerate(zip(there, lines, strict=False)):
        row.order = order
        for name, value in line._asdict().items():
            setattr(row, name, value)
        row.save()
    more = enumerate(lines[len(there) :], start=len(there))
    Target.objects.bulk_create(Target(matter=matter, order=order, **line._asdict()) for order, line in more)
    for row in there[len(lines) :]:
        row.delete()
