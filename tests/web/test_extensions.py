"""Extensions: all dates are kept, one at a time, before the date."""

from datetime import date

import pytest

from luoshi.text import RuleBroken
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.services import extending
from tests.web import kit
from tests.web.stage import Stage


def test_all_dates_are_kept(stage: Stage) -> None:
    asked = stage.asked()
    stage.do(extending.grant_extension, "province.supervisor", extension_id=asked.pk, granted_on=date(2027, 1, 15), reason="同意到一月")
    asked.refresh_from_db()
    assert (asked.due_on, asked.asked_on, asked.granted_on) == (date(2026, 12, 31), date(2027, 2, 1), date(2027, 1, 15))
    assert stage.fresh().due_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("due_on", "new", "words"),
    [
        pytest.param(date(2026, 11, 25), date(2027, 1, 1), "已过", id="after the due date"),
        pytest.param(date(2026, 12, 31), date(2026, 12, 31), "晚于现在", id="not later"),
        pytest.param(None, date(2027, 1, 1), "没有时限", id="no date"),
    ],
)
def test_when_no_extension_can_be_asked(stage: Stage, due_on: date | None, new: date, words: str) -> None:
    Matter.objects.filter(pk=stage.matter.pk).update(due_on=due_on)
    with pytest.raises(RuleBroken, match=words):
        stage.do(extending.ask_extension, "civil.head", matter_id=stage.matter.pk, new_due_on=new, reason="雨季")


def test_one_extension_at_a_time_and_on_the_day_itself(stage: Stage) -> None:
    Matter.objects.filter(pk=stage.matter.pk).update(due_on=kit.TODAY)
    stage.asked()
    with pytest.raises(RuleBroken, match="在办"):
        stage.asked()
