"""Reports: written as a draft that is saved as typed, filed, released by the head, accepted or returned by the issuer. Only an accepted one counts."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Matter, Milestone, Reading, Report, Support
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.periods import period_to_answer
from luoshi.web.ledger.services.advancing import advance, may_do
from luoshi.web.ledger.services.moving import locked, locked_with_matter
from luoshi.web.ledger.services.reckoning import reckon
from luoshi.web.ledger.workflow import ENDED, REPORTS, ReportState

LONGEST = 20_000
EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
_AWAY = (ReportState.FILED, ReportState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an indicator and the day that it was true on."""

    target_id: int
    value: float
    as_of: date


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What a report says. ``final`` says that the work is done: for the lead the submission, for a supporter its contribution."""

    text: str
    problems: str = ""
    final: bool = False
    values: tuple[Value, ...] = ()
    milestones: frozenset[int] = frozenset()
    recorded_note: str = ""


@transaction.atomic
def begin_report(*, matter_id: int, actor: Actor, at: datetime, unit_id: int | None = None) -> Report:
    """The report that this unit is writing: the one that came back, else the open draft, else a new one. A draft is no record yet.

    ``unit_id`` says which, where the issuer records for several units without accounts.
    """
    matter = locked(matter_id)
    unit_id = reporting_unit(matter, actor, unit_id)
    deed = "record" if unit_id not in actor.units else "report"
    fresh = Report(matter=matter, unit_id=unit_id, author_id=actor.person, state=ReportState.DRAFT, recorded_for=deed == "record", created_at=at, saved_at=at)
    may_do(matter, deed, actor=actor, parties=parties_for(fresh, actor, workflow.takers(workflow.DEEDS, deed)))
    there = written_report(matter, unit_id)
    if there is not None:
        return there
    fresh.unit_name = unit_name(matter, unit_id)
    fresh.save()
    return fresh


@transaction.atomic
def save_draft(*, report_id: int, typed: Mapping[str, Any], actor: Actor, at: datetime, expected: int | None = None) -> Report:
    """Keep what was typed, as it was typed. Not a business write: no record. Raises Conflict where a colleague saved in between."""
    report = locked_report(report_id, expected=expected)
    may_write(report, actor)
    if sum(len(str(value)) for value in typed.values()) > 3 * LONGEST:
        raise RuleBroken(_("内容太长，已超过 {n} 字。").format(n=LONGEST), hint=_("请精简，详细材料作为佐证上传。"))
    report.typed, report.saved_at = dict(typed), at
    if report.filed_at is None:  # what was filed stays until it is filed anew
        report.text = str(typed.get("text", ""))[:LONGEST]
    report.changes += 1
    report.save(update_fields=["typed", "text", "saved_at", "changes"])
    return report


@transaction.atomic
def discard_draft(*, report_id: int, actor: Actor, at: datetime) -> Matter:
    """Throw away a draft that was never filed. Not a business write: nobody else has seen it. Raises RuleBroken for any other."""
    report = locked_report(report_id)
    may_write(report, actor)
    if report.state != ReportState.DRAFT or report.filed_at is not None or report.reviewed_at is not None:
        raise RuleBroken(_("这份反馈报出过，不能删除。"), hint=_("可以修改后再报。"))
    matter = report.matter
    report.evidence.all().delete()
    report.delete()
    return matter


@transaction.atomic
def file_report(*, report_id: int, content: ReportContent, actor: Actor, at: datetime, expected: int | None = None) -> Report:
    """File: to the head of the unit, or straight to the issuer where the author is the head (or records for a unit without accounts).

    Raises RuleBroken where the text is missing, a value lies in the future, or the lead's head files the final one: that is ``submit_matter``.
    """
    report = locked_report(report_id, expected=expected)
    parties = parties_for(report, actor)
    may_do(report.matter, "record" if report.recorded_for else "report", actor=actor, parties=parties)
    straight = bool(parties & {workflow.HEAD, workflow.SUPPORT_HEAD})
    if straight and content.final and _is_leads(report):
        raise RuleBroken(_("办结反馈由负责人提交验收。"), hint=_("请用“提交验收”。"))
    _only_one_with_head(report, straight)
    written = write_content(report, content, actor=actor, at=at, filed=straight)
    acts = ("file", "release") if straight else ("file",)
    advance(report, REPORTS, *acts, actor=actor, at=at, parties=parties, keys={}, written=written, told=told_of(report))
    if straight:
        reckon(report.matter)
    return report


@transaction.atomic
def release_report(*, report_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Report:
    """The head lets it leave the unit. The lead's final one leaves by ``submit_matter``."""
    report = locked_report(report_id, expected=expected)
    parties = parties_for(report, actor)
    may_do(report.matter, "report", actor=actor, parties=parties)
    if report.final and _is_leads(report):
        raise RuleBroken(_("办结反馈由负责人提交验收。"), hint=_("请用“提交验收”。"))
    written = let_go(report, actor=actor, at=at)
    advance(report, REPORTS, "release", actor=actor, at=at, parties=parties, keys={}, written=written, told=told_of(report))
    reckon(report.matter)
    return report


@transaction.atomic
def send_back_report(*, report_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Report:
    """The head wants it better before it leaves the unit."""
    report = locked_report(report_id, expected=expected)
    parties = parties_for(report, actor)
    advance(report, REPORTS, "send_back", actor=actor, at=at, parties=parties, keys={}, reason=reason, changed={"review": reason.strip()})
    return report


@transaction.atomic
def accept_report(*, report_id: int, words: str = "", actor: Actor, at: datetime, expected: int | None = None) -> Report:
    """Accept: from now on its values count, its milestones are reached, a supporter's contribution is delivered."""
    report = locked_report(report_id, expected=expected)
    _not_the_final_one(report)
    changed = {"reviewed_by_id": actor.user_id, "reviewed_at": at, "review": words.strip()}
    reached = count_report(report)
    keys, parties = keys_of_report(report), parties_for(report, actor, workflow.takers(REPORTS, "accept"))
    advance(report, REPORTS, "accept", actor=actor, at=at, parties=parties, keys=keys, reason=words, changed=changed, told={"milestones": reached})
    reckon(report.matter, curves=True)
    return report


@transaction.atomic
def return_report(*, report_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Report:
    """Return it with words; what it said stays in the record, the unit edits and files again."""
    report = locked_report(report_id, expected=expected)
    _not_the_final_one(report)
    changed = {"reviewed_by_id": actor.user_id, "reviewed_at": at, "review": reason.strip()}
    keys, parties = keys_of_report(report), parties_for(report, actor, workflow.takers(REPORTS, "return"))
    advance(report, REPORTS, "return", actor=actor, at=at, parties=parties, keys=keys, reason=reason, changed=changed, before=told_of(report))
    reckon(report.matter)
    return report


def written_report(matter: Matter, unit_id: int) -> Report | None:
    """The report that a unit is at: what came back first, then the draft, then the one with its head."""
    at_work = list(matter.reports.filter(unit_id=unit_id, state__in=(*EDITABLE, ReportState.WITH_HEAD)))
    order = (ReportState.RETURNED, ReportState.DRAFT, ReportState.WITH_HEAD)
    return min(at_work, key=lambda report: order.index(ReportState(report.state)), default=None)


def reporting_unit(matter: Matter, actor: Actor, wanted: int | None = None) -> int:
    """The unit that ``actor`` reports for: the lead, a supporter, or one without accounts that the issuer records for (the lead first, or ``wanted``)."""
    works = matter.lead_id if matter.lead_id in actor.units else None
    if works is None:
        works = Support.objects.filter(matter=matter, unit_id__in=actor.units).values_list("unit_id", flat=True).first()
    if works is not None and wanted in (None, works):
        return works
    recorded = [pk for pk, _name in recorded_units(matter, actor)]
    if recorded and wanted in (None, *recorded):
        return wanted or recorded[0]
    raise RuleBroken(_("您的单位不是这件事的牵头或配合单位。"), hint=_("请由承办单位反馈；没有账号的单位由交办单位代录。"))


def recorded_units(matter: Matter, actor: Actor) -> list[tuple[int, str]]:
    """Units at work without accounts, for which the actor's unit records as the issuer: number and name, the lead first."""
    if matter.issuer_id not in actor.units:
        return []
    lead = [(matter.lead.pk, matter.lead_name or matter.lead.name)] if matter.lead is not None and not matter.lead.accounts else []
    supports = matter.supports.filter(unit__accounts=False).select_related("unit").order_by("unit__path")
    return [*lead, *((one.unit_id, one.unit_name or one.unit.name) for one in supports)]


def locked_report(report_id: int, *, expected: int | None = None) -> Report:
    """The report and its matter under their locks. Raises Conflict where it was changed since the page with ``expected`` changes was made."""
    report = locked_with_matter(Report, report_id)
    if expected is not None and report.changes != expected:
        raise Conflict(_("这份反馈刚刚被同事改过，您这次没有生效。"), hint=_("您填写的内容还在下面，请对照后再存。"))
    return report


def parties_for(report: Report, actor: Actor, among: Set[str] = frozenset(workflow.PARTIES)) -> frozenset[str]:
    """The parties that count for this report: those of its own unit, and the issuer's. ``among``: see ``parties_of``."""
    lead = frozenset({workflow.LIAISON, workflow.HEAD})
    own = lead if report.unit_id == report.matter.lead_id else frozenset({workflow.SUPPORT_LIAISON, workflow.SUPPORT_HEAD})
    if not report.recorded_for and report.unit_id not in actor.units:
        own = frozenset()
    counting = own | {workflow.SUPERVISOR}
    return parties_of(actor, report.matter, counting & among) & counting


def keys_of_report(report: Report) -> dict[str, int | None]:
    """Who turned which key."""
    return {"reported": report.author_id, "released": report.released_by_id}


def told_of(report: Report) -> dict[str, Any]:
    """What the report says, for the record: the whole of it, so that what was returned and replaced can still be read."""
    readings = report.readings.select_related("target").order_by("target__order", "target_id")
    return {
        "text": report.text,
        "problems": report.problems,
        "final": report.final,
        "period_end": report.period_end,
        "values": [{"indicator": one.target.indicator, "value": one.value, "unit": one.target.unit, "as_of": one.as_of} for one in readings],
        "milestones": list(report.milestones.order_by("due_on").values_list("title", flat=True)),
        "evidence": list(report.evidence.order_by("pk").values("name", "sha256", "size", "dated_on")),
        **({"recorded_note": report.recorded_note} if report.recorded_for else {}),
    }


def let_go(report: Report, *, actor: Actor, at: datetime) -> list[str]:
    """The report leaves its unit; answers with the columns that were set."""
    report.released_by_id, report.filed_at = actor.person, at
    report.reviewed_by_id, report.reviewed_at = None, None
    return ["released_by_id", "filed_at", "reviewed_by_id", "reviewed_at"]


def write_content(report: Report, content: ReportContent, *, actor: Actor, at: datetime, filed: bool) -> list[str]:
    """Check what is filed, set it and write what lies beside the row; answers with the columns that were set."""
    today = timezone.localtime(at).date()
    _check_content(report, content, today)
    reached = report.matter.milestones.filter(pk__in=content.milestones, done_on__isnull=True) if _is_leads(report) else []
    report.readings.all().delete()
    Reading.objects.bulk_create(Reading(report=report, target_id=one.target_id, value=one.value, as_of=one.as_of) for one in content.values)
    report.milestones.set(reached)
    report.text, report.problems, report.final = content.text.strip(), content.problems.strip(), content.final
    report.recorded_note, report.saved_at, report.author_id = content.recorded_note.strip(), at, actor.person
    report.period_end = report.period_end or _period(report, today)
    report.released_by_id = None
    left = let_go(report, actor=actor, at=at) if filed else ["released_by_id"]
    return ["text", "problems", "final", "recorded_note", "saved_at", "author_id", "period_end", *left]


def _is_leads(report: Report) -> bool:
    return report.unit_id == report.matter.lead_id


def _check_content(report: Report, content: ReportContent, today: date) -> None:
    """Raises RuleBroken where the text is missing or too long, a value lies in the future, or what is recorded for a unit has no proof."""
    matter = report.matter
    if not content.text.strip():
        raise RuleBroken(_("还没有写进展。"), hint=_("请写明做了什么、到了哪一步。"))
    if max(len(content.text), len(content.problems)) > LONGEST:
        raise RuleBroken(_("内容太长，已超过 {n} 字。").format(n=LONGEST), hint=_("请精简，详细材料作为佐证上传。"))
    targets = set(matter.targets.values_list("pk", flat=True)) if _is_leads(report) else set()
    for value in content.values:
        if value.target_id not in targets:
            raise RuleBroken(_("有一个指标不属于这件事。"), hint=_("请刷新页面后重填。"))
        if value.as_of > today:
            raise RuleBroken(_("指标值的截止日期在今天之后。"), hint=_("请填数据截至哪一天。"))
    if report.recorded_for:
        _check_recorded(report, content)


def count_report(report: Report) -> list[str]:
    """Let an accepted report count: milestones are reached on the day that it was filed, a supporter's last one is the delivery."""
    on = timezone.localtime(report.filed_at).date() if report.filed_at else None
    reached = dict(report.milestones.filter(done_on__isnull=True).order_by("due_on").values_list("pk", "title"))
    if reached:
        Milestone.objects.filter(pk__in=list(reached)).update(done_on=on)
    if report.final and not _is_leads(report):
        Support.objects.filter(matter=report.matter, unit_id=report.unit_id).update(state=Support.DONE)
    return list(reached.values())


def may_write(report: Report, actor: Actor) -> None:
    """Raises RuleBroken where this person does not write this report, or it is not to be written any more."""
    if not parties_for(report, actor, workflow.takers(REPORTS, "file")) - {workflow.SUPERVISOR}:
        raise RuleBroken(_("您的角色不能写这份反馈。"), hint=_("请由承办单位的联络员或负责人填写。"))
    if report.state not in EDITABLE:
        raise RuleBroken(_("这份反馈已经报出，不能再改。"), hint=_("退回后才能修改。"))
    if report.matter.state in ENDED:
        raise RuleBroken(_("这件事已经了结，不再反馈。"))


def _only_one_with_head(report: Report, straight: bool) -> None:
    others = Report.objects.filter(matter=report.matter, unit_id=report.unit_id, state__in=(ReportState.DRAFT, ReportState.WITH_HEAD)).exclude(pk=report.pk)
    if not straight and others.exists():
        raise RuleBroken(_("本单位还有一份反馈没有报出。"), hint=_("请先把那一份报出或删除，再报这一份。"))


def _not_the_final_one(report: Report) -> None:
    if report.final and _is_leads(report):
        raise RuleBroken(_("这是办结反馈，随验收一并处理。"), hint=_("请在验收页面通过或退回。"))


def _check_recorded(report: Report, content: ReportContent) -> None:
    if not content.recorded_note.strip():
        raise RuleBroken(_("代录要写明依据。"), hint=_("请写明谁在什么时候以什么方式报来，例如：11月20日电话，镇党政办王某。"))
    if not report.evidence.exists():
        raise RuleBroken(_("代录要附扫描件。"), hint=_("请上传纸质反馈的扫描件或电话记录。"))


def _period(report: Report, today: date) -> date | None:
    matter = report.matter
    if not _is_leads(report) or matter.plan_agreed_at is None:
        return None
    told = matter.reports.filter(unit_id=report.unit_id, state__in=_AWAY, period_end__isnull=False).exclude(pk=report.pk)
    answered = told.order_by("-period_end").values_list("period_end", flat=True).first()
    return period_to_answer(matter.cadence, timezone.localtime(matter.plan_agreed_at).date(), today, answered)


def unit_name(matter: Matter, unit_id: int) -> str:
    """What the reporting unit was called when the matter was issued."""
    if unit_id == matter.lead_id:
        return matter.lead_name or (matter.lead.name if matter.lead else "")
    support = matter.supports.select_related("unit").get(unit_id=unit_id)
    return support.unit_name or support.unit.name
