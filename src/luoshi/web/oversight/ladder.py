"""The ladder: which rung is due on a matter, and why; what the periods of lateness were. No Django, no clock.

提醒 → 蓝 → 黄 → 红 → 通报建议. 蓝 is for a date that comes near, 黄 for work behind its plan, 红 for a date that has passed. The next rung is
due only where the earlier one lapsed: its day for an answer passed, or the reason given was not accepted, or an accepted one held no longer.
A 催办 of an overdue matter is its 提醒 where no rung stands yet: it begins the period, and 蓝 follows when its days for an answer are over.
A period ends when the matter catches up. A red period that was caught up is yellow from then on, and all its rungs are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from luoshi.text.language import _
from luoshi.web.ledger.lights import Colour, Light, Standing
from luoshi.web.ledger.workflow import State
from luoshi.web.oversight.workflow import RungState

REMIND, BLUE, YELLOW, RED, BULLETIN = "remind", "blue", "yellow", "red", "bulletin"
RUNGS = (REMIND, BLUE, YELLOW, RED, BULLETIN)
COLOURS: dict[str, Colour] = {REMIND: "grey", BLUE: "blue", YELLOW: "yellow", RED: "red", BULLETIN: "red"}
ANSWER_DAYS = {REMIND: 3, BLUE: 3, YELLOW: 3, RED: 2, BULLETIN: 3}
"""Working days for an answer, to begin with: whoever serves a rung sets the day."""

Ground = Literal["", "unsigned", "soon", "unreported", "behind", "overdue"]
CEILING: dict[str, str] = {"unsigned": YELLOW, "soon": BLUE, "unreported": YELLOW, "behind": YELLOW, "overdue": BULLETIN}
"""The highest rung of a ground: red is for a date that has passed."""
URGENT = ("urgent", "very_urgent")


@dataclass(frozen=True, slots=True)
class Served:
    """One rung as it was served."""

    id: int
    rung: str
    ground: str
    at: datetime
    on: date
    answer_by: date
    state: str
    holds_until: date | None = None  # of a reason that was accepted
    by_hand: Literal["", "sent", "replied"] = ""  # a 催办, whether the unit replied to it; ``id`` is none of a rung


class CaughtUp(NamedTuple):
    """Something that ends a period: a report that was accepted, the acceptance of the matter, a later due date."""

    at: datetime
    on: date
    kind: Literal["report", "accepted", "extended"]


@dataclass(slots=True)
class Period:
    """One time of lateness: its rungs in their order, and how it ended."""

    rungs: list[Served] = field(default_factory=list)
    ended: CaughtUp | None = None

    @property
    def highest(self) -> str:
        """The highest rung that was served and not withdrawn; empty where all were."""
        return max((one.rung for one in self.standing), key=RUNGS.index, default="")

    @property
    def standing(self) -> list[Served]:
        """Those that were not withdrawn."""
        return [one for one in self.rungs if one.state != RungState.WITHDRAWN]

    @property
    def colour(self) -> Colour:
        """That of its highest rung; caught up late, red is yellow, and what was no more than blue is green."""
        if not self.highest:
            return "grey"
        own = COLOURS[self.highest]
        if self.ended is None:
            return own
        return "yellow" if own in ("red", "yellow") else "green"

    @property
    def light(self) -> Light:
        """Its colour with a word."""
        if not self.highest:
            return Light("grey", _("已撤回"))
        name = rung_names()[self.highest]
        if self.ended is None:
            return Light(self.colour, name)
        return Light(self.colour, _("{rung}，已补齐").format(rung=name) if self.ended.kind != "extended" else _("{rung}，已延期").format(rung=name))


class Step(NamedTuple):
    """What is next: the rung that is due, or empty; why; until when it waits; which rungs may be begun with, with a reason."""

    rung: str
    why: str
    until: date | None = None
    waits_for: Literal["", "unit", "supervisor", "leader"] = ""
    may: tuple[str, ...] = ()


def ground_of(standing: Standing, colour: str, on: date, *, unsigned: bool) -> Ground:
    """On what ground a matter would be climbed on a day: the gravest one."""
    if standing.state in (State.SUBMITTED, State.SUSPENDED, State.COORDINATING, State.ESCALATED) or not colour:
        return ""
    if standing.due_on is not None and on > standing.due_on:
        return "overdue"
    if standing.state == State.ISSUED:
        return "unsigned" if unsigned else ""
    if standing.report_due_on is not None and not standing.reported:
        return "unreported"
    if colour == "yellow":
        return "behind"
    return "soon" if colour == "blue" else ""


def periods_of(served: Sequence[Served], caught_up: Sequence[CaughtUp]) -> list[Period]:
    """The periods of a matter, the earliest first; the last one is open where it has not ended."""
    found: list[Period] = []
    events: list[tuple[datetime, int, Served | CaughtUp]] = [(one.at, 0, one) for one in served] + [(one.at, 1, one) for one in caught_up]
    for _at, _kind, event in sorted(events, key=lambda one: one[:2]):
        open_one = found[-1] if found and found[-1].ended is None else None
        if isinstance(event, Served):
            if event.by_hand and open_one is not None and open_one.standing:
                continue
            if open_one is None:
                open_one = Period()
                found.append(open_one)
            open_one.rungs.append(event)
        elif open_one is not None and _ends(event, open_one):
            open_one.ended = event
    return found


def _ends(event: CaughtUp, period: Period) -> bool:
    """A report alone does not end what is past its date: there the matter itself must be accepted, or the date moved."""
    return event.kind != "report" or all(one.ground != "overdue" for one in period.standing)


def open_period(periods: Sequence[Period]) -> Period | None:
    """The one that has not ended."""
    return periods[-1] if periods and periods[-1].ended is None else None


def next_step(period: Period | None, ground: Ground, on: date, *, urgency: str = "", days_late: int = 0) -> Step:
    """Which rung is due on a day, and why."""
    if not ground:
        return Step("", _("没有逾期、滞后或临近时限，不用催。"))
    said = ground_names(days_late)[ground]
    last = period.standing[-1] if period and period.standing else None
    if last is None:
        return Step(REMIND, _("{ground}，这一次还没有督办：先提醒。").format(ground=said), may=_may_begin(ground, urgency))
    return _after(last, ground, said, on)


def _may_begin(ground: Ground, urgency: str) -> tuple[str, ...]:
    """Rungs to begin with besides the first, with a reason: 蓝 always, 黄 and 红 for what is urgent."""
    top = RUNGS.index(CEILING[ground])
    return tuple(rung for rung in (BLUE, YELLOW, RED) if RUNGS.index(rung) <= top and (rung == BLUE or urgency in URGENT))


def _after(last: Served, ground: Ground, said: str, on: date) -> Step:
    name = rung_names()[last.rung] if not last.by_hand else _("催办")
    if last.rung == BULLETIN:
        return _after_suggestion(last, on)
    if last.state == RungState.ANSWERED:
        return Step("", _("{rung}已答复，先认定理由是否成立。").format(rung=name), waits_for="supervisor")
    if last.state == RungState.SERVED and on <= last.answer_by:
        return Step("", _("{rung}的答复期限还没有到。").format(rung=name), last.answer_by, "unit")
    if last.state == RungState.EXCUSED and last.holds_until is not None and on <= last.holds_until:
        return Step("", _("{rung}的理由已认可，到期前不再上一级。").format(rung=name), last.holds_until)
    lapsed = _lapsed(last, name)
    if last.rung == CEILING[ground]:
        return Step("", said + _("；") + lapsed + _("现在的情形不再上一级。"))
    rung = RUNGS[RUNGS.index(last.rung) + 1]
    if RUNGS.index(rung) > RUNGS.index(CEILING[ground]):
        return Step("", said + _("；") + lapsed + _("现在的情形不再上一级。"))
    return Step(rung, said + _("；") + lapsed + _("该上一级：{rung}。").format(rung=rung_names()[rung]))


def _lapsed(last: Served, name: str) -> str:
    if last.by_hand:
        return _("催办已回复，还是没有赶上，") if last.by_hand == "replied" else _("催办到期未回复，")
    if last.state == RungState.REFUSED:
        return _("{rung}的理由不成立，").format(rung=name)
    if last.state == RungState.EXCUSED:
        return _("{rung}认可的期限已过，").format(rung=name)
    return _("{rung}到期未答复，").format(rung=name)


def _after_suggestion(last: Served, on: date) -> Step:
    if last.state == RungState.SERVED and on <= last.answer_by:
        return Step("", _("已建议通报，单位可以先说明情况。"), last.answer_by, "unit")
    if last.state in (RungState.SERVED, RungState.ANSWERED):
        return Step("", _("已建议通报，等领导决定。"), waits_for="leader")
    return Step("", _("领导已决定：同意通报。") if last.state == RungState.AGREED else _("领导已决定：不予通报。"))


def may_decide(answer_by: date, state: str, on: date) -> bool:
    """True where a leader may decide on a suggestion: the unit has replied, or its time for that is over."""
    return state == RungState.ANSWERED or on > answer_by


def rung_names() -> dict[str, str]:
    """Rung → what it is called."""
    return {REMIND: _("提醒"), BLUE: _("蓝单"), YELLOW: _("黄单"), RED: _("红单"), BULLETIN: _("通报建议")}


def ground_names(days_late: int = 0) -> dict[str, str]:
    """Ground → what it is called."""
    return {
        "unsigned": _("交办多日未签收"),
        "soon": _("临近时限"),
        "unreported": _("本期未报"),
        "behind": _("未达序时进度"),
        "overdue": _("逾期 {n} 天未办结").format(n=days_late) if days_late else _("逾期未办结"),
    }


def start_text(rung: str, ground: str, *, number: str, title: str, due_on: str, answer_by: str, days_late: int) -> str:
    """The words that a rung begins with; a person edits them."""
    head = _("《{title}》（{number}）").format(title=title, number=number)
    facts = {"unsigned": _("交办后至今未签收。"), "soon": _("将于{due_on}到期。"), "unreported": _("本期反馈至今未报。"), "behind": _("进度落后于商定的计划。")}
    facts["overdue"] = _("时限为{due_on}，已逾期{n}天。")
    asks = {
        REMIND: _("请于{answer_by}前反馈进展；有困难的请写明困难和需要的支持。"),
        BLUE: _("请对照办结标准抓紧办理，并于{answer_by}前答复能否按时完成；不能的，写明原因和补救措施。"),
        YELLOW: _("请于{answer_by}前书面答复：差在哪里、原因是什么、什么时候赶上。"),
        RED: _("请由主要负责人研究，于{answer_by}前书面答复未办结的原因、补救措施和完成日期。逾期不答复又无正当理由的，将建议通报。"),
        BULLETIN: _("经提醒和督办仍未办结，拟建议通报。贵单位如有需要说明的情况，请于{answer_by}前提出。"),
    }
    told = {"due_on": due_on, "answer_by": answer_by, "n": days_late}
    return head + facts.get(ground, "").format(**told) + asks[rung].format(**told)
