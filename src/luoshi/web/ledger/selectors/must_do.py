"""The must-do list of a person: the rows of ``asking``, each with one line why, its light and the address of the act."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value, Window
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.common.addresses import row_address
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger import must_do
from luoshi.web.ledger.additions import askers
from luoshi.web.ledger.lights import Light, Standing
from luoshi.web.ledger.models import Matter, Message, Question, Report
from luoshi.web.ledger.must_do import KINDS, NO_LIGHT, Asked, Group, kind_words, sentences, who_says
from luoshi.web.ledger.selectors import asking as ask
from luoshi.web.ledger.selectors.colours import gone_wrong, overdue
from luoshi.web.ledger.selectors.counting import asked_picks
from luoshi.web.ledger.selectors.reported import with_last_report
from luoshi.web.ledger.standing import shown, standings
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.roles import SUPERVISOR


class MustDo(NamedTuple):
    """The page: its groups, how many rows ask for something, how many are behind besides."""

    groups: list[Group]
    asked: int
    behind: int


class _Found(NamedTuple):
    kind: str
    matter: Matter | None
    row: Any


class _Facts(NamedTuple):
    """What the lines are made of, by matter (or report): gathered in one question each."""

    questions: Mapping[int, tuple[str, str]]  # who asks, why
    finals: Mapping[int, Report]
    proofs: Mapping[int, int]
    reminded: Mapping[int, tuple[datetime, bool]]
    reported: Mapping[int, datetime]
    on: date


def must_do_list(actor: Actor, on: date, *, group: str = "") -> MustDo:
    """The list, or one ``group`` of it with more of its rows."""
    if actor.unit_id is None or not actor.roles:
        return MustDo([], 0, 0)
    asking = ask.Asking(actor, on, group, must_do.ALL if group else must_do.SHOWN)
    picking = asked_picks(asking)
    found = [_Found(row.asked, row if isinstance(row, Matter) else getattr(row, "matter", None), row) for read, picks in zip(ask.READERS, picking.ledger, strict=True) for row in read(picks)]
    totals = {kind: one.total for picks in (*picking.ledger, *chain(*picking.of_askers)) for kind, one in picks.items()}
    asked = sum(totals.values())
    behind = list(_behind(asking)) if asking.wants("behind") and actor.has(SUPERVISOR) else []
    if behind:
        totals["behind"] = behind[0].asked_total
    found += [_Found("behind", matter, matter) for matter in behind]
    matters = {one.matter.pk: one.matter for one in found if one.matter}
    stands = standings(matters.values(), on)
    lights = {pk: shown(one, on)[0] for pk, one in stands.items()}
    facts = _facts(found, on)
    words = kind_words()
    rows = [_row(one, words[one.kind], lights, facts) for one in found]
    rows = _chased_by_others(rows, {pk: (matter, stands[pk]) for pk, matter in matters.items()}, on)
    for asker, of_tables in zip(askers(), picking.of_askers, strict=True):
        rows += asker.rows(actor, on, of_tables)
    return MustDo(must_do.grouped(rows, totals), asked, totals.get("behind", 0))


def _chased_by_others(rows: list[Asked], matters: Mapping[int, tuple[Matter, Standing]], on: date) -> list[Asked]:
    """Rows of what is chased, with what other apps know to be next."""
    chased = [matters[row.matter] for row in rows if row.group == must_do.CHASE and row.matter is not None]
    for asker in askers():
        found = asker.chases(chased, on) if asker.chases is not None and chased else {}
        for place, row in enumerate(rows):
            chase = found.get(row.matter or 0) if row.group == must_do.CHASE else None
            if chase is not None:
                rows[place] = replace(row, verb=chase.verb, why=chase.why or row.why, address=chase.address)
    return rows


def _behind(asking: ask.Asking) -> QuerySet[Any]:
    """Active matters that the unit issued, neither overdue nor unreported, whose light is yellow: the ones due soonest, with their number."""
    running = Matter.objects.filter(issuer__in=asking.actor.units, state=State.ACTIVE).exclude(overdue(asking.on))
    wrong = running.filter(gone_wrong(asking.on)).exclude(ask.unreported(asking.on))
    counted: QuerySet[Any] = with_last_report(wrong).annotate(asked_total=Window(Count("pk"))).select_related("lead", "issuer")
    soonest: QuerySet[Any] = counted.order_by(F("due_on").asc(nulls_last=True), "pk")[: asking.most]
    return soonest


def _facts(found: list[_Found], on: date) -> _Facts:
    of = _matters_of(found)
    finals = ask.with_proofs(Report.objects.filter(matter__in=of("submission"), final=True, filed_at__isnull=False))
    reports = [one.row for one in found if one.kind in ("filed", "report_to_release", "submit")]
    final = {report.matter_id: report for report in finals}
    chased = of("overdue", "unsigned", "unreported", "behind")
    questions, reminded = _said(of("objection", "escalation"), chased)
    return _Facts(
        questions=questions,
        finals=final,
        proofs={report.pk: report.proofs for report in (*reports, *final.values()) if report.proofs},
        reminded=reminded,
        reported={one.row.pk: one.row.reported_at for one in found if one.kind in _CHASED and one.row.reported_at},
        on=on,
    )


def _said(asking: list[int], chased: list[int]) -> tuple[dict[int, tuple[str, str]], dict[int, tuple[datetime, bool]]]:
    """Matter → who asks and why; matter → when it was reminded of last, and whether that was replied to. One question."""
    open_ones = Question.objects.filter(matter__in=asking, answered_at=None).order_by().annotate(replied=Value(False))
    sent = Message.objects.filter(kind=Message.REMINDER, matter__in=chased).order_by().annotate(replied=Exists(Message.objects.filter(answers=OuterRef("pk"))), who=Value(""), why=Value(""))
    rows = open_ones.values_list("matter_id", "asked_at", "unit__name", "reason", "replied").union(sent.values_list("matter_id", "at", "who", "why", "replied"), all=True)
    questions: dict[int, tuple[str, str]] = {}
    reminded: dict[int, tuple[datetime, bool]] = {}
    for matter, at, who, why, replied in sorted(rows, key=lambda row: row[1]):
        if who:
            questions[matter] = who, why
        else:
            reminded[matter] = at, bool(replied)
    return questions, reminded


def _matters_of(found: Iterable[_Found]) -> Callable[..., list[int]]:
    def of(*kinds: str) -> list[int]:
        return [one.matter.pk for one in found if one.kind in kinds and one.matter]

    return of


def _row(one: _Found, words: tuple[str, str], lights: Mapping[int, Light], facts: _Facts) -> Asked:
    kind, matter = KINDS[one.kind], one.matter
    word, verb = words
    target = one.row.pk if kind.by_row or matter is None else matter.pk
    return Asked(
        kind=one.kind,
        group=kind.group,
        word=word,
        verb=verb,
        matter=matter.pk if matter else None,
        title=matter.title if matter else one.row.text or _("{leader} 批示").format(leader=one.row.leader),
        why=_why(one, facts),
        on=_date(one),
        address=row_address(kind.address, target),
        light=lights.get(matter.pk, NO_LIGHT) if matter else NO_LIGHT,
    )


def _date(one: _Found) -> date | None:
    if one.kind == "contribution":
        return one.row.due_on or one.row.matter.due_on  # type: ignore[no-any-return]
    if one.kind == "resume":
        return one.row.resume_on  # type: ignore[no-any-return]
    if one.kind == "periodic":
        return one.row.review_on  # type: ignore[no-any-return]
    return one.matter.due_on if one.matter else one.row.due_on


def _why(one: _Found, facts: _Facts) -> str:
    if one.kind in _CHASED:
        return _chased(one, facts)
    teller = _TELLERS.get(one.kind)
    if teller is not None:
        return teller(one.row, facts)
    return _of_matter(one.row)


def _of_matter(matter: Matter) -> str:
    return sentences([matter.issuer_name or matter.issuer.name, _("办结标准：{text}").format(text=matter.criterion) if matter.criterion else _("还没有办结标准")])


def _lead(matter: Matter) -> str:
    return matter.lead_name or (matter.lead.name if matter.lead else _("未定牵头单位"))


def _question(matter: Matter, facts: _Facts) -> str:
    question = facts.questions.get(matter.pk)
    return who_says(*question) if question else _lead(matter)


def _submission(matter: Matter, facts: _Facts) -> str:
    report = facts.finals.get(matter.pk)
    return sentences([who_says(_lead(matter), report.text if report else _("已报请验收")), _proofs(facts.proofs.get(report.pk, 0)) if report else ""])


def _proofs(count: int) -> str:
    return _("佐证 {n} 份").format(n=count) if count else _("没有佐证")


def _report(report: Report, facts: _Facts) -> str:
    return sentences([who_says(report.unit_name, report.text), _proofs(facts.proofs.get(report.pk, 0))])


def _returned(report: Report, facts: _Facts) -> str:
    return _("退回意见：{text}").format(text=report.review) if report.review else _("被退回，请补正后再报。")


def _extension(row: Any, facts: _Facts) -> str:
    return sentences([who_says(_lead(row.matter), row.reason), _("请延至 {day}").format(day=day(row.asked_on))])


def _message(message: Message, facts: _Facts) -> str:
    return who_says(f"{message.by_unit.name} {message.by.name}", message.text)


def _source(source: Any, facts: _Facts) -> str:
    return _("文件有了新版本，这一句与引用的不同：{text}").format(text=source.quote)


def _support(support: Any, facts: _Facts) -> str:
    words = who_says(_lead(support.matter), support.contribution or _("请配合办理"))
    return words if support.unit.accounts else sentences([words, _("{unit}没有账号，请代录它的答复").format(unit=support.unit_name or support.unit.name)])


def _draft(matter: Matter, facts: _Facts) -> str:
    missing = [
        word
        for word, value in ((_("牵头单位"), matter.lead_id), (_("时限"), matter.due_on), (_("办结标准"), matter.criterion.strip()))
        if not value
    ]
    return _("还缺：{names}").format(names=_("、").join(missing)) if missing else _("要素已齐，可以拟办")


def _proposal(matter: Matter, facts: _Facts) -> str:
    return sentences([_("拟由{unit}牵头").format(unit=_lead(matter)), _("办结标准：{text}").format(text=matter.criterion)])


def _instruction(row: Any, facts: _Facts) -> str:
    return _("{leader}批示，交办的事项已办完，还没有回复").format(leader=row.leader) if row.due_on is None else _("{leader}批示，请在 {day} 前回复").format(leader=row.leader, day=day(row.due_on))


def _report_draft(report: Report, facts: _Facts) -> str:
    return _("{at} 存的草稿：{text}").format(at=day(report.saved_at), text=report.text) if report.text else _("{at} 开始写，还没有内容").format(at=day(report.saved_at))


_CHASED = ("overdue", "unsigned", "unreported", "behind")
_TELLERS: dict[str, Callable[[Any, _Facts], str]] = {
    "objection": _question,
    "escalation": _question,
    "submission": _submission,
    "proposal": _proposal,
    "draft": _draft,
    "plan_offered": lambda matter, facts: _("{unit}报来计划，请商定").format(unit=_lead(matter)),
    "resume": lambda matter, facts: _("挂起时定的恢复日期已到"),
    "periodic": lambda matter, facts: _("长期坚持事项，到了定期复查的日子"),
    "close": lambda matter, facts: _("{unit}已办结，核对后销号").format(unit=_lead(matter)),
    "plan": lambda matter, facts: _("已签收，还没有定计划；定了计划才看得出是否按序时"),
    "report_due": lambda matter, facts: _("本期反馈的期限已过，还没有报"),
    "filed": _report,
    "report_to_release": _report,
    "submit": _report,
    "returned": _returned,
    "report_draft": _report_draft,
    "extension": _extension,
    "extension_to_release": _extension,
    "comment": _message,
    "reminder": _message,
    "answered": _message,
    "contribution": _support,
    "suspect": _source,
    "instruction": _instruction,
}


def _chased(one: _Found, facts: _Facts) -> str:
    """东湖县：10月31日后未再反馈；上一次催办 11月16日，未答复."""
    matter = one.row
    parts = []
    if one.kind == "unsigned":
        parts.append(_("交办 {n} 个工作日未签收").format(n=_working_days(timezone.localtime(matter.issued_at).date(), facts.on)))
    else:
        last = facts.reported.get(matter.pk)
        parts.append(_("最近一次反馈 {day}").format(day=day(last)) if last else _("还没有反馈过"))
    if matter.pk in facts.reminded:
        at, answered = facts.reminded[matter.pk]
        told = _("上一次催办 {day}，已回复") if answered else _("上一次催办 {day}，未回复")
        parts.append(told.format(day=day(at)))
    return who_says(_lead(matter), sentences(parts))


def _working_days(since: date, on: date) -> int:
    calendar = working_calendar()
    return sum(calendar.is_working_day(date.fromordinal(n)) for n in range(since.toordinal() + 1, on.toordinal() + 1))
