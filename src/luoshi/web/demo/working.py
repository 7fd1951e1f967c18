"""The life of one matter from its plan to its end: reports, extensions, pauses, acceptance, closing."""

from datetime import date, datetime, timedelta

from luoshi.web.demo import sayings
from luoshi.web.demo.climbing import climb
from luoshi.web.demo.history import day_of
from luoshi.web.demo.lives import Life
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.models import Extension, Instruction, Matter, Message, Plan, Report, Target
from luoshi.web.ledger.periods import QUARTERLY, end_on_or_after
from luoshi.web.ledger.plans import PlanContent, Step, straight_line
from luoshi.web.ledger.services import closing, evidencing, extending, holding, instructing, planning, reporting, talking
from luoshi.web.ledger.services.reporting import ReportContent, Value
from luoshi.web.ledger.standing import is_falling
from luoshi.web.ledger.workflow import OPEN
from luoshi.web.orgs.roles import LEADER, LIAISON

STAY = frozenset({"with_head", "filed", "returned", "report_draft", "extension_with_head", "extension_asked", "escalated", "suspended", "commented", "answered", "support_asked", "reminded", "unreported"})
"""Stages at which a matter is left, so that nobody submits it."""
SHARES = frozenset({"%", "个百分点", "万人次", "万人", "亿元", "万元", "万亩"})  # what is told with a decimal; anything else is counted whole
STEPS = ("制定工作方案，明确分工", "过半任务完成", "全面完成并自查")


def offer_plan(life: Life, at: datetime) -> None:
    """Milestones, and a curve where a target can be counted."""
    matter = Matter.objects.get(pk=life.matter_id)
    due_on = matter.due_on or day_of(at) + timedelta(days=60)
    content = _plan(matter, day_of(at), max(due_on, day_of(at) + timedelta(days=2)) if matter.due_on is None else due_on)
    planning.propose_plan(matter_id=matter.pk, content=content, actor=life.liaison, at=at)
    if life.fate.halt != "plan_offered":
        life.next(at, life.days(1, 3), answer_plan)


def _plan(matter: Matter, on: date, due_on: date) -> PlanContent:
    span = max(1, (due_on - on).days)
    steps = _steps(on, due_on)
    aim = next((aim for aim in matter.targets.order_by("order") if aim.value is not None), None)
    if aim is None or aim.value is None or span < 40:
        return PlanContent(QUARTERLY if span > 120 else "", steps)
    curve = straight_line(Point(on, value_at(aim, 0.0)), Point(due_on, float(aim.value)), QUARTERLY)
    return PlanContent(QUARTERLY, steps, {aim.pk: curve})


def _steps(on: date, due_on: date) -> tuple[Step, ...]:
    """Milestones at the ends of quarters, when reports come, and the last one at the due day."""
    days = [on + timedelta(days=round((due_on - on).days * share)) for share in (0.2, 0.6)]
    ends = sorted({end for end in (end_on_or_after(QUARTERLY, day) for day in days) if end < due_on})
    return tuple(Step(title, day) for title, day in zip((*STEPS[: len(ends)], STEPS[-1]), (*ends, due_on), strict=True))


def value_at(aim: Target, share: float) -> float:
    """What the indicator is when ``share`` of the way is done."""
    goal = float(aim.value or 0)
    first = goal * 1.35 if is_falling(aim.comparator) else goal * (0.55 if aim.unit == "%" else 0.0)
    value = first + (goal - first) * share
    return round(value, 1) if aim.unit in SHARES else float(round(value))


def answer_plan(life: Life, at: datetime) -> None:
    """The issuer agrees, or wants it better once."""
    plan = Plan.objects.filter(matter=life.matter_id).latest("pk")
    if life.fate.plan_returned and not life.told.get("plan_returned"):
        life.told["plan_returned"] = 1
        planning.return_plan(plan_id=plan.pk, reason="节点过于集中在期末，请按季度均衡安排。", actor=life.reviewer, at=at)
        life.next(at, 2, offer_plan)
        return
    planning.agree_plan(plan_id=plan.pk, actor=life.reviewer, at=at)
    life.next(at, 1, work)


def work(life: Life, at: datetime) -> None:
    """What is done besides reporting, and when the first report comes."""
    fate = life.fate
    if life.supports and not life.recorded:
        life.next(at, 1, ask_supporters)
    if fate.pause:
        life.next(at, life.days(15, 40), pause)
    if fate.comment or fate.halt in ("commented", "answered"):
        life.next(at, life.days(8, 24), comment)
    if fate.halt == "report_draft":
        life.next(at, 2, begin_only)
    if fate.extension or fate.halt.startswith("extension"):
        life.next(at, 3 if fate.quick else max(2, _days_until(life, at) - life.days(6, 14)), ask_extension)
    if fate.halt in ("with_head", "filed", "returned"):
        life.next(at, 4, report)
    elif fate.halt == "reminded":
        life.next(at, 4, chase)
    elif fate.halt not in STAY:
        _plan_next_report(life, at)
        if fate.never:
            life.next(at, max(3, _days_until(life, at) + 4), climb)
        else:
            life.next(at, 6 if fate.quick else max(3, _days_until(life, at) + fate.late), finish)


def _days_until(life: Life, at: datetime) -> int:
    return ((life.due_on or day_of(at)) - day_of(at)).days


def _plan_next_report(life: Life, at: datetime) -> None:
    """After the end of the quarter."""
    end = end_on_or_after(QUARTERLY, day_of(at) + timedelta(days=6))
    if life.fate.pace > 0.3 or life.history.rng.random() < 0.4:
        life.next(at, (end - day_of(at)).days + life.days(1, 4), report)


def ask_supporters(life: Life, at: datetime) -> None:
    """The lead says what it needs of each."""
    matter = Matter.objects.get(pk=life.matter_id)
    if matter.state != "active":
        return
    for support in matter.supports.select_related("unit"):
        due_on = min(matter.due_on or day_of(at), day_of(at) + timedelta(days=life.days(10, 30))) if matter.due_on else None
        planning.ask_support(
            matter_id=matter.pk, support_id=support.pk, contribution=life.pick(sayings.SUPPORTS), due_on=due_on, actor=life.liaison, at=at
        )
        if life.fate.halt != "support_asked":
            life.told[f"support{support.unit.code}"] = support.pk
    life.next(at, life.days(2, 5), answer_supports)


def answer_supports(life: Life, at: datetime) -> None:
    """Supporters agree; one in twelve declines."""
    if Matter.objects.get(pk=life.matter_id).state != "active":
        return
    for code in life.supports:
        support = life.told.get(f"support{code}")
        if support is not None:
            agreed = life.history.rng.random() > 0.08
            words = "" if agreed else "此项数据不在本部门，建议向数据局申请。"
            planning.answer_support(support_id=support, agreed=agreed, words=words, actor=life.history.cast.of(code, LIAISON), at=at)


def begin_only(life: Life, at: datetime) -> None:
    """A draft that nobody filed yet."""
    made = reporting.begin_report(matter_id=life.matter_id, actor=life.liaison, at=at)
    reporting.save_draft(report_id=made.pk, typed={"text": "已完成摸底，正在汇总各地数据，"}, actor=life.liaison, at=at)


def report(life: Life, at: datetime) -> None:
    """A report of progress: written, filed, released."""
    matter = Matter.objects.get(pk=life.matter_id)
    if matter.state != "active":
        return
    made = reporting.begin_report(matter_id=matter.pk, actor=life.liaison, at=at)
    if made.state == "with_head":
        return
    if life.recorded or life.history.rng.random() < 0.6:
        attach(life, made, at)
    reporting.file_report(report_id=made.pk, content=_content(life, matter, at), actor=life.liaison, at=at)
    life.told["report"] = made.pk
    if life.recorded:
        life.next(at, 2, review)
    elif life.fate.halt != "with_head":
        life.next(at, 1, release)


def _content(life: Life, matter: Matter, at: datetime, *, final: bool = False) -> ReportContent:
    on = day_of(at)
    begun = day_of(matter.signed_at or at)
    whole = max(1, ((matter.due_on or on) - begun).days)
    share = 1.0 if final else min(0.97, max(0.05, (on - begun).days / whole * life.fate.pace))
    values, parts = [], []
    for aim in matter.targets.order_by("order"):
        if aim.value is not None:
            value = value_at(aim, share)
            values.append(Value(aim.pk, value, on - timedelta(days=1)))
            parts.append(f"{aim.indicator}{'为' if aim.unit == '%' else '完成'}{value:g}{aim.unit}")
    reached = matter.milestones.filter(done_on__isnull=True, due_on__lte=on if not final else date.max)
    if life.fate.pace < 0.6 and not final:
        reached = reached[:0]
    return ReportContent(
        text=sayings.progress_text(life.history.rng, f"{on.month}月{on.day}日", parts, final=final),
        problems="" if final else life.pick(sayings.PROBLEMS),
        final=final,
        values=() if life.recorded and not values else tuple(values),
        milestones=frozenset(step.pk for step in reached),
        recorded_note=f"{life.history.cast.units[life.lead].name}来电报告，附传真件" if life.recorded else "",
    )


def attach(life: Life, made: Report, at: datetime) -> None:
    """A file that proves it."""
    on = day_of(at)
    content = f"{made.matter.number} {made.unit_name} {on.isoformat()}\n现场核查记录：逐点核对，与反馈一致。\n".encode()
    evidencing.attach_evidence(report_id=made.pk, name=f"核查记录{on:%m%d}.txt", content=content, dated_on=on, actor=life.liaison, at=at)


def release(life: Life, at: datetime) -> None:
    """The head lets it out."""
    if not Report.objects.filter(pk=life.told["report"], state="with_head", matter__state="active").exists():
        return
    reporting.release_report(report_id=life.told["report"], actor=life.head, at=at)
    if life.fate.halt != "filed":
        life.next(at, life.days(1, 4), review)


def review(life: Life, at: datetime) -> None:
    """The issuer accepts it, or returns it once."""
    report_id = life.told["report"]
    if not Report.objects.filter(pk=report_id, state="filed", final=False).exists():
        return
    if (life.fate.report_returned or life.fate.halt == "returned") and not life.told.get("report_returned"):
        life.told["report_returned"] = 1
        reporting.return_report(report_id=report_id, reason=life.pick(sayings.RETURNS), actor=life.reviewer, at=at)
        if life.fate.halt != "returned":
            life.next(at, 2, report)
        return
    reporting.accept_report(report_id=report_id, words="收到，情况清楚。", actor=life.reviewer, at=at)
    _plan_next_report(life, at)


def ask_extension(life: Life, at: datetime) -> None:
    """A later date, with the reason."""
    matter = Matter.objects.get(pk=life.matter_id)
    if matter.state != "active" or matter.due_on is None or day_of(at) > matter.due_on:
        return
    later = matter.due_on + timedelta(days=life.days(20, 45))
    asked = extending.ask_extension(matter_id=matter.pk, new_due_on=later, reason=life.pick(sayings.EXTENSIONS), actor=life.liaison, at=at)
    life.told["extension"] = asked.pk
    if life.fate.halt == "extension_with_head":
        return
    if asked.state == "with_head":
        life.next(at, 0.5, release_extension)
    else:
        life.next(at, 1, answer_extension)


def release_extension(life: Life, at: datetime) -> None:
    """The head stands by it."""
    extending.release_extension(extension_id=life.told["extension"], actor=life.head, at=at)
    if life.fate.halt != "extension_asked":
        life.next(at, 1, answer_extension)


def answer_extension(life: Life, at: datetime) -> None:
    """Granted, with the date that the issuer sets, or refused."""
    asked = Extension.objects.select_related("matter").get(pk=life.told["extension"])
    if asked.state != "asked" or asked.matter.state != "active":
        return
    if life.fate.extension == "refused":
        extending.refuse_extension(extension_id=asked.pk, reason="时限为上级所定，不宜顺延，请加快进度。", actor=life.reviewer, at=at)
        return
    life.due_on = asked.asked_on - timedelta(days=life.days(0, 5))
    extending.grant_extension(extension_id=asked.pk, granted_on=life.due_on, reason="情况属实，同意顺延，请按新时限倒排工期。", actor=life.reviewer, at=at)


def pause(life: Life, at: datetime) -> None:
    """Suspended, escalated or terminated; not where the last report waits for the head's signature."""
    matter = Matter.objects.get(pk=life.matter_id)
    if matter.state != "active" or Report.objects.filter(matter=matter, final=True, state="with_head").exists():
        return
    how = life.fate.pause
    if how == "escalate":
        holding.escalate_matter(matter_id=matter.pk, reason=life.pick(sayings.ESCALATIONS), actor=life.head, at=at)
        if life.fate.halt != "escalated":
            life.next(at, life.days(2, 6), resume)
    elif how == "suspend":
        wait = 3 if life.fate.halt == "suspended" else life.days(20, 40)
        on = day_of(at) + timedelta(days=wait)
        holding.suspend_matter(matter_id=matter.pk, basis=life.pick(sayings.SUSPENSIONS), resume_on=on, actor=life.supervisor, at=at)
        if life.fate.halt != "suspended":
            life.next(at, wait, resume)
    else:
        holding.terminate_matter(matter_id=matter.pk, basis=life.pick(sayings.TERMINATIONS), actor=life.supervisor, at=at)


def resume(life: Life, at: datetime) -> None:
    """On with it."""
    if life.fate.pause == "escalate":
        holding.resolve_escalation(matter_id=life.matter_id, words=life.pick(sayings.RESOLVED), actor=life.supervisor, at=at)
    else:
        holding.resume_matter(matter_id=life.matter_id, words="条件已具备，恢复办理。", actor=life.supervisor, at=at)
    _plan_next_report(life, at)


def comment(life: Life, at: datetime) -> None:
    """The leader says a word; the lead replies."""
    if not Matter.objects.filter(pk=life.matter_id, state="active").exists():
        return
    said = talking.comment(matter_id=life.matter_id, text=life.pick(sayings.COMMENTS), actor=life.history.cast.of(life.issuer, LEADER), at=at)
    life.told["comment"] = said.pk
    if life.fate.halt != "commented":
        life.next(at, life.days(1, 4), answer_comment)


def answer_comment(life: Life, at: datetime) -> None:
    """The reply goes back to the leader."""
    _reply(life, life.told["comment"], life.pick(sayings.COMMENT_REPLIES), at)


def chase(life: Life, at: datetime) -> None:
    """A reminder where nothing came; answered, or not."""
    if not Matter.objects.filter(pk=life.matter_id, state="active").exists():
        return
    lead = life.history.cast.units[life.lead].pk
    said = talking.remind(matter_id=life.matter_id, to_unit_id=lead, text=life.pick(sayings.REMINDERS), actor=life.supervisor, at=at)
    life.told["reminder"] = said.pk
    if life.fate.halt != "reminded":
        life.next(at, life.days(1, 4), answer_reminder)


def answer_reminder(life: Life, at: datetime) -> None:
    """What the unit says."""
    _reply(life, life.told["reminder"], life.pick(sayings.REPLIES), at)


def _reply(life: Life, message_id: int, words: str, at: datetime) -> None:
    message = Message.objects.select_related("matter").get(pk=message_id)
    if message.matter.state == "active" and message.matter.lead_id == life.history.cast.units[life.lead].pk:
        talking.reply(message_id=message_id, text=words, actor=life.liaison, at=at)


def finish(life: Life, at: datetime) -> None:
    """The final report with its proof; the head submits."""
    matter = Matter.objects.get(pk=life.matter_id)
    if matter.due_on is not None and life.fate.extension == "granted" and day_of(at) < matter.due_on + timedelta(days=life.fate.late):
        life.next(at, max(2, (matter.due_on - day_of(at)).days + life.fate.late), finish)
        return
    if matter.state != "active" or _one_below_is_open(life):
        if matter.state in ("active", "suspended", "escalated"):
            life.next(at, 12, finish)
        return
    made = reporting.begin_report(matter_id=matter.pk, actor=life.liaison, at=at)
    if made.state == "with_head":
        life.next(at, 2, finish)
        return
    attach(life, made, at)
    content = _content(life, matter, at, final=True)
    if life.recorded:
        closing.submit_matter(report_id=made.pk, content=content, actor=life.supervisor, at=at)
        life.next(at, 2, verify)
        return
    reporting.file_report(report_id=made.pk, content=content, actor=life.liaison, at=at)
    life.told["final"] = made.pk
    if life.fate.halt != "to_submit":
        life.next(at, 1, submit)


def submit(life: Life, at: datetime) -> None:
    """The head's signature under it."""
    if _one_below_is_open(life):
        life.next(at, life.days(4, 9), submit)
        return
    closing.submit_matter(report_id=life.told["final"], actor=life.head, at=at)
    if life.fate.halt != "submitted":
        life.next(at, life.days(2, 6), verify)


def _one_below_is_open(life: Life) -> bool:
    """True where a required matter below was opened again since the last report was written."""
    return Matter.objects.filter(parent=life.matter_id, required=True, state__in=OPEN).exists()


def verify(life: Life, at: datetime) -> None:
    """The issuer looks, and accepts or returns it once."""
    if life.fate.submission_returned and not life.told.get("submission_returned"):
        life.told["submission_returned"] = 1
        closing.return_matter(matter_id=life.matter_id, reason=life.pick(sayings.RETURNS), actor=life.reviewer, at=at)
        life.next(at, life.days(4, 9), finish)
        return
    if _one_below_is_open(life):
        life.next(at, life.days(4, 9), verify)
        return
    closing.accept_matter(matter_id=life.matter_id, words=life.pick(sayings.ACCEPTED), actor=life.reviewer, at=at)
    if life.fate.halt != "accepted":
        life.next(at, life.days(1, 5), end)


def end(life: Life, at: datetime) -> None:
    """Closed once every leader has the reply; or kept up, or reopened later."""
    if life.fate.ending == "standing":
        review_on = day_of(at) + timedelta(days=life.days(60, 120))
        closing.mark_standing(matter_id=life.matter_id, reason=life.pick(sayings.STANDING), review_on=review_on, actor=life.supervisor, at=at)
        return
    for instruction in closing.unanswered(Matter.objects.get(pk=life.matter_id)):
        _answer(life, instruction, at)
    closing.close_matter(matter_id=life.matter_id, actor=life.supervisor, at=at)
    if life.fate.ending == "reopened":
        life.next(at, life.days(25, 50), reopen)


def _answer(life: Life, instruction: Instruction, at: datetime) -> None:
    words = f"{instruction.leader}批示事项已办结：{life.history.cast.units[life.lead].name}按要求完成，经核查属实。"
    instructing.reply_to_instruction(instruction_id=instruction.pk, reply=words, actor=life.supervisor, at=at)


def reopen(life: Life, at: datetime) -> None:
    """The look-back found that it did not hold."""
    due_on = day_of(at) + timedelta(days=life.days(30, 60))
    closing.reopen_matter(matter_id=life.matter_id, reason=life.pick(sayings.REOPENINGS), due_on=due_on, actor=life.supervisor, at=at)
