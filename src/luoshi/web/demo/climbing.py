"""A matter that is late climbs the ladder in the demo: a rung when the earlier one has lapsed, now and then a reply with its verdict."""

from datetime import datetime
from typing import Any

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.templatetags.pages import day
from luoshi.web.demo import sayings
from luoshi.web.demo.history import day_of
from luoshi.web.demo.lives import Life
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.roles import LEADER
from luoshi.web.oversight import ladder, services
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.selectors import standing_ladder

APART = 6
"""Days from one rung to the next."""


def climb(life: Life, at: datetime) -> None:
    """Serve the rung that is due, if the matter is still late; every second one is answered."""
    matter = Matter.objects.get(pk=life.matter_id)
    on = day_of(at)
    if matter.state != State.ACTIVE or matter.lead is None:
        return
    found = standing_ladder(matter, on)
    rung = found.step.rung
    if rung:
        answer_by = working_calendar().add_working_days(on, ladder.ANSWER_DAYS[rung]).date
        told: dict[str, Any] = {"number": matter.number, "title": matter.title, "due_on": day(matter.due_on), "answer_by": day(answer_by), "days_late": found.days_late}
        text = ladder.start_text(rung, found.ground, **told)
        given: dict[str, Any] = {"matter_id": matter.pk, "text": text, "answer_by": answer_by, "actor": life.supervisor, "at": at}
        if rung == ladder.BULLETIN:
            services.suggest_bulletin(leader=life.history.cast.leader(life.issuer), **given)
            life.next(at, APART, decide)
            return
        made = services.serve_rung(rung=rung, **given)
        if not life.recorded and made.pk % 2:
            life.told["rung"] = made.pk
            life.next(at, 1, answer)
    life.next(at, APART, climb)


def answer(life: Life, at: datetime) -> None:
    """What the unit says, and that it is not enough."""
    rung = Rung.objects.select_related("matter").get(pk=life.told["rung"])
    if rung.state == "served" and rung.matter.state == State.ACTIVE:
        services.reply_to_rung(rung_id=rung.pk, text=life.pick(sayings.REPLIES), actor=life.liaison, at=at)
        life.next(at, 0.5, judge)


def judge(life: Life, at: datetime) -> None:
    """The supervisor wants a date."""
    rung = Rung.objects.select_related("matter").get(pk=life.told["rung"])
    if rung.state == "answered":
        services.refuse_reason(rung_id=rung.pk, reason="没有写明完成日期和每周的安排，请重新说明。", actor=life.supervisor, at=at)


def decide(life: Life, at: datetime) -> None:
    """The leader would rather talk first."""
    rung = Rung.objects.filter(matter=life.matter_id, rung=ladder.BULLETIN, state__in=("served", "answered")).first()
    if rung is not None and ladder.may_decide(rung.answer_by, rung.state, day_of(at)):
        services.decide_bulletin(rung_id=rung.pk, agreed=False, reason="先约谈一次，月底再看。", actor=life.history.cast.of(life.issuer, LEADER), at=at)
