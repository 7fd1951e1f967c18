"""What every service does: take the row under its lock, check who asks and that nobody was faster, write, record."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Protocol

from django.db import models

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Document
from luoshi.web.programmes.models import Decision, Meeting, Programme
from luoshi.web.programmes.selectors import may_keep, own_documents


class Counted(Protocol):
    """A row with the number of its changes."""

    changes: int


def check_keeper(actor: Actor, unit_id: int) -> None:
    """Raises RuleBroken where the actor is no supervisor of the unit."""
    if not may_keep(actor, unit_id):
        raise RuleBroken(_("这一步由主办单位的督查员来办。"), hint=_("需要改的，请告诉主办单位。"))


def check_unchanged(row: Counted, expected: int | None) -> None:
    """Raises Conflict where the row was changed since the page with ``expected`` changes was made."""
    if expected is not None and row.changes != expected:
        raise Conflict(_("这一条刚刚被别人改过，您这次没有生效。"), hint=_("请对照现在的内容，再决定怎么改。"))


def check_open(programme: Programme | None) -> None:
    """Raises RuleBroken where the programme is closed."""
    if programme is not None and programme.closed_at is not None:
        raise RuleBroken(_("这个专项已经结束，不能再改。"), hint=_("确需修改的，先重新打开专项。"))


def check_no_matter(row: Any) -> None:
    """Raises RuleBroken where a matter came of a decision, a study or a topic: its source does not change under it."""
    if row.sources.exists():
        raise RuleBroken(_("已有事项由这一条立项，不能再改或删除。"), hint=_("需要调整的，请在事项上办理。"))


def own_programme(programme_id: int, actor: Actor, *, expected: int | None = None) -> Programme:
    """An open programme of the actor's unit, under its lock."""
    programme = Programme.objects.select_for_update().get(pk=programme_id)
    check_keeper(actor, programme.unit_id)
    check_unchanged(programme, expected)
    check_open(programme)
    return programme


def own_meeting(meeting_id: int, actor: Actor, *, expected: int | None = None) -> Meeting:
    """A meeting that the actor's unit called, under its lock."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    check_keeper(actor, meeting.unit_id)
    check_unchanged(meeting, expected)
    check_open(meeting.programme)
    return meeting


def own_document(document_id: int | None, actor: Actor) -> Document | None:
    """A document of the actor's unit. Raises RuleBroken where it is another's."""
    if document_id is None:
        return None
    document = own_documents(actor).filter(pk=document_id).first()
    if document is None:
        raise RuleBroken(_("只能挂接本单位上传的文件。"), hint=_("请先在“文件”里上传。"))
    return document


def filled(text: str, what: str) -> str:
    """``text`` without blanks around it. Raises RuleBroken where nothing is left; ``what`` is what it is called."""
    if not text.strip():
        raise RuleBroken(_("还没有填写{what}。").format(what=what))
    return text.strip()


def context_of(meeting: Meeting) -> models.Model:
    """What acts on a meeting are told of: its programme, else the meeting."""
    return meeting.programme or meeting


def told(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Fields of a row for the audit; another row as its number."""
    return {name: _plain(getattr(row, name)) for name in names}


def rewrite(row: Any, changed: Mapping[str, Any], *, act: str, actor: Actor, at: datetime, context: models.Model, reason: str = "") -> None:
    """Write fields of a row, count the change, record what became different."""
    names = tuple(changed)
    before = told(row, names)
    for name, value in changed.items():
        setattr(row, name, value)
    row.changes += 1
    row.save(update_fields=[*names, "changes"])
    after = told(row, names)
    different = [name for name in names if before[name] != after[name]]
    record(
        act=act, subject=row, actor=actor, at=at, context=context, reason=reason,
        before={name: before[name] for name in different}, after={name: after[name] for name in different},
    )  # fmt: skip


def remove(row: Any, names: tuple[str, ...], *, act: str, actor: Actor, at: datetime, context: models.Model) -> None:
    """Delete a row, after putting down what it said."""
    record(act=act, subject=row, actor=actor, at=at, context=context, before=told(row, names))
    row.delete()


def following(decisions: models.QuerySet[Decision]) -> int:
    """The number after the last."""
    last = decisions.aggregate(last=models.Max("order"))["last"]
    return int(last or 0) + 1


def _plain(value: Any) -> Any:
    if hasattr(value, "pk"):
        return value.pk
    return value.isoformat() if isinstance(value, time) else value
