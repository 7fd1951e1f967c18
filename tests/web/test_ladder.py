"""The ladder: which rung is due (pure), and the services that climb it, each with its one record; a clock that is only told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import Extension, Matter, Report, Support
from luoshi.web.ledger.selectors.counting import asked_count
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.services import talking
from luoshi.web.ledger.workflow import ExtensionState, ReportState, State
from luoshi.web.oversight import ladder, services
from luoshi.web.oversight.ladder import BLUE, BULLETIN, RED, REMIND, YELLOW, CaughtUp, Served, next_step, open_period, periods_of
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.selectors import climbed_matters, standing_ladder
from luoshi.web.oversight.workflow import RungState
from tests.web import kit

DUE = date(2026, 10, 30)


def at(text: str) -> datetime:
    month, day = text.split("-")
    return datetime(2026, int(month), int(day), 2, 0, tzinfo=UTC)


def on(text: str) -> date:
    return at(text).date()


def served(rung: str, day: str, *, state: str = RungState.SERVED, ground: str = "overdue", holds: str = "") -> Served:
    return Served(RUNG_ID[rung], rung, ground, at(day), on(day), on(day) + timedelta(days=3), state, on(holds) if holds else None)


def by_hand(day: str, how: Any = "sent") -> Served:
    return Served(-1, REMIND, "overdue", at(day), on(day), on(day) + timedelta(days=3), RungState.SERVED, by_hand=how)


RUNG_ID = {name: place for place, name in enumerate(ladder.RUNGS, 1)}


@pytest.mark.parametrize(
    ("rungs", "ground", "day", "due", "waits"),
    [
        pytest.param([], "", "11-2", "", "", id="nothing wrong"),
        pytest.param([], "overdue", "11-2", REMIND, "", id="the first is a reminder"),
        pytest.param([served(REMIND, "11-2")], "overdue", "11-4", "", "unit", id="its day has not come"),
        pytest.param([served(REMIND, "11-2")], "overdue", "11-6", BLUE, "", id="lapsed"),
        pytest.param([served(REMIND, "11-2", state="answered")], "overdue", "11-9", "", "supervisor", id="a reply is judged first"),
        pytest.param([served(REMIND, "11-2", state="refused")], "overdue", "11-3", BLUE, "", id="not accepted: at once"),
        pytest.param([served(BLUE, "11-2", state="excused", holds="11-20")], "overdue", "11-19", "", "", id="accepted: not before its day"),
        pytest.param([served(BLUE, "11-2", state="excused", holds="11-20")], "overdue", "11-21", YELLOW, "", id="accepted, and over"),
        pytest.param([served(BLUE, "11-2", ground="soon")], "soon", "11-9", "", "", id="no yellow for what is not behind"),
        pytest.param([served(YELLOW, "11-2", ground="behind")], "behind", "11-9", "", "", id="no red before the date has passed"),
        pytest.param([served(YELLOW, "11-2", ground="behind")], "overdue", "11-9", RED, "", id="red once it has"),
        pytest.param([served(RED, "11-2")], "overdue", "11-9", BULLETIN, "", id="then a suggestion"),
        pytest.param([by_hand("11-2")], "overdue", "11-4", "", "unit", id="a call by hand is the reminder: its days"),
        pytest.param([by_hand("11-2")], "overdue", "11-6", BLUE, "", id="a call without a reply has lapsed"),
        pytest.param([by_hand("11-2", "replied")], "overdue", "11-6", BLUE, "", id="a reply to a call mends nothing"),
        pytest.param([served(BLUE, "11-2"), by_hand("11-5")], "overdue", "11-6", YELLOW, "", id="a call on a rung that stands counts no more"),
        pytest.param([by_hand("11-2"), by_hand("11-5")], "overdue", "11-6", BLUE, "", id="the first call counts"),
        pytest.param([served(BULLETIN, "11-2")], "overdue", "11-4", "", "unit", id="the unit may speak first"),
        pytest.param([served(BULLETIN, "11-2")], "overdue", "11-9", "", "leader", id="then the leader decides"),
        pytest.param([served(BULLETIN, "11-2", state="agreed")], "overdue", "11-9", "", "", id="decided"),
        pytest.param([served(REMIND, "11-2"), served(BLUE, "11-6", state="withdrawn")], "overdue", "11-9", BLUE, "", id="withdrawn: as if it had not been"),
    ],
)
def test_which_rung_is_due(rungs: list[Served], ground: Any, day: str, due: str, waits: str) -> None:
    step = next_step(open_period(periods_of(rungs, [])), ground, on(day))
    assert (step.rung, step.waits_for) == (due, waits)
    assert step.why


@pytest.mark.parametrize(
    ("ground", "urgency", "may"),
    [("overdue", "normal", (BLUE,)), ("overdue", "urgent", (BLUE, YELLOW, RED)), ("behind", "very_urgent", (BLUE, YELLOW)), ("soon", "urgent", (BLUE,))],
)
def test_urgent_matters_may_begin_higher(ground: Any, urgency: str, may: tuple[str, ...]) -> None:
    assert next_step(None, ground, on("11-2"), urgency=urgency).may == may


def test_a_late_catch_up_turns_the_period_yellow_and_keeps_the_history() -> None:
    rungs = [served(REMIND, "11-2"), served(BLUE, "11-6"), served(YELLOW, "11-10"), served(RED, "11-16")]
    [period] = periods_of(rungs, [])
    assert (period.colour, period.light.word) == ("red", "红单")
    caught = CaughtUp(at("11-20"), on("11-20"), "accepted")
    [period] = periods_of(rungs, [caught])
    assert (period.colour, period.light.word, len(period.rungs)) == ("yellow", "红单，已补齐", 4)
    again = [*rungs, served(REMIND, "11-25")]
    assert [one.colour for one in periods_of(again, [caught])] == ["yellow", "grey"]
    [blue] = periods_of(rungs[:2], [caught])
    assert blue.colour == "green"


def test_a_report_alone_does_not_end_what_is_past_its_date() -> None:
    report = CaughtUp(at("11-20"), on("11-20"), "report")
    [period] = periods_of([served(RED, "11-16")], [report])
    assert period.ended is None
    [period] = periods_of([served(YELLOW, "11-16", ground="behind")], [report])
    assert period.ended == report


# -- services


@pytest.fixture
def late(world: kit.World) -> Matter:
    matter = kit.matter(world, state=State.ACTIVE)
    matter.due_on, matter.signed_at = DUE, at("9-1")
    matter.save()
    return matter


def serve(world: kit.World, matter: Matter, rung: str, day: str, *, who: str = "province.supervisor", **more: Any) -> Rung:
    told = {"text": f"请抓紧：{rung}", "answer_by": on(day) + timedelta(days=3)} | more
    if rung == BULLETIN:
        return services.suggest_bulletin(matter_id=matter.pk, leader=world.people["province.leader"], actor=world.actor(who), at=at(day), **told)
    return services.serve_rung(matter_id=matter.pk, rung=rung, actor=world.actor(who), at=at(day), **told)


def climbed(world: kit.World, matter: Matter, *rungs: str, last: str = "") -> Rung:
    """The rungs in their order, a week apart."""
    made = None
    for place, rung in enumerate(rungs or (REMIND,)):
        made = serve(world, matter, rung, f"11-{2 + 5 * place}")
    assert made is not None
    return made


def do(world: kit.World, service: Any, who: str, rung: Rung, day: str, **told: Any) -> Rung:
    made: Rung = service(rung_id=rung.pk, actor=world.actor(who), at=at(day), **told)
    return made


def test_all_the_way_up(world: kit.World, late: Matter) -> None:
    rung = climbed(world, late, REMIND, BLUE, YELLOW, RED, BULLETIN)
    assert rung.leader == world.people["province.leader"]
    with pytest.raises(RuleBroken, match="还不能决定"):
        do(world, services.decide_bulletin, "province.leader", rung, "11-23", agreed=True, reason="")
    do(world, services.reply_to_rung, "civil.head", rung, "11-23", text="正在补救")
    do(world, services.decide_bulletin, "province.leader", rung, "11-24", agreed=True, reason="同意")
    assert standing_ladder(late, on("11-26")).step.rung == ""
    acts = list(Record.objects.order_by("seq").values_list("act", "context"))
    assert acts == [(act, f"matter:{late.pk}") for act in ("rung.remind", "rung.blue", "rung.yellow", "rung.red", "rung.bulletin", "rung.reply", "rung.agree")]


def test_the_unit_may_reply_first_and_an_accepted_reason_holds(world: kit.World, late: Matter) -> None:
    rung = climbed(world, late, REMIND, BLUE)
    do(world, services.reply_to_rung, "civil.liaison", rung, "11-9", text="雨季停工，20日前完成")
    with pytest.raises(RuleBroken, match="先认定"):
        serve(world, late, YELLOW, "11-16")
    do(world, services.accept_reason, "province.supervisor", rung, "11-10", reason="情况属实", holds_until=on("11-20"))
    with pytest.raises(RuleBroken, match="理由已认可"):
        serve(world, late, YELLOW, "11-16")
    assert serve(world, late, YELLOW, "11-23").ground == "overdue"
    assert list(Record.objects.order_by("seq").values_list("act", flat=True))[2:] == ["rung.reply", "rung.accept", "rung.yellow"]


def test_a_refused_reason_leads_on_at_once(world: kit.World, late: Matter) -> None:
    rung = climbed(world, late)
    do(world, services.reply_to_rung, "civil.liaison", rung, "11-3", text="人手不够")
    do(world, services.refuse_reason, "province.supervisor", rung, "11-3", reason="没有写完成日期")
    serve(world, late, BLUE, "11-3")
    assert Record.objects.filter(act="rung.refuse").get().reason == "没有写完成日期"


def test_what_was_served_by_mistake_is_withdrawn(world: kit.World, late: Matter) -> None:
    first = climbed(world, late, REMIND, BLUE)
    do(world, services.withdraw_rung, "province.supervisor", first, "11-8", reason="发错单位")
    assert standing_ladder(late, on("11-9")).step.rung == BLUE
    assert Record.objects.filter(act="rung.withdraw").count() == 1
    serve(world, late, BLUE, "11-9")
    with pytest.raises(RuleBroken, match="后面已有"):
        do(world, services.reply_to_rung, "civil.head", Rung.objects.get(rung=REMIND), "11-9", text="迟了")


def test_declined(world: kit.World, late: Matter) -> None:
    rung = climbed(world, late, REMIND, BLUE, YELLOW, RED, BULLETIN)
    with pytest.raises(RuleBroken, match="不是请您"):
        do(world, services.decide_bulletin, "province.supervisor", rung, "11-27", agreed=False, reason="先约谈")
    with pytest.raises(RuleBroken, match="理由"):
        do(world, services.decide_bulletin, "province.leader", rung, "11-27", agreed=False, reason="")
    assert do(world, services.decide_bulletin, "province.leader", rung, "11-27", agreed=False, reason="先约谈").state == RungState.DECLINED
    assert Record.objects.order_by("-seq")[0].act == "rung.decline"


REFUSALS = [
    pytest.param({"rung": BLUE}, "理由", id="not from the first without a reason"),
    pytest.param({"rung": RED, "reason": "领导要求"}, "现在不能发", id="red at once only where it is urgent"),
    pytest.param({"rung": REMIND, "who": "civil.supervisor"}, "角色", id="another unit's supervisor"),
    pytest.param({"rung": REMIND, "who": "province.liaison"}, "角色", id="no supervisor"),
    pytest.param({"rung": REMIND, "text": " "}, "写好内容", id="no words"),
    pytest.param({"rung": REMIND, "answer_by": date(2026, 11, 2)}, "今天以后", id="no time to answer"),
    pytest.param({"rung": BULLETIN}, "现在不能发", id="no suggestion before red"),
]


@pytest.mark.parametrize(("told", "why"), REFUSALS)
def test_refusals(world: kit.World, late: Matter, told: dict[str, Any], why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        serve(world, late, told.pop("rung"), "11-2", **told)
    assert not Record.objects.exists()


def test_urgent_begins_with_red_and_two_keys_judge(world: kit.World, late: Matter) -> None:
    late.urgency = "urgent"
    late.save()
    rung = serve(world, late, RED, "11-2", reason="防汛急件")
    assert Record.objects.get().reason == "防汛急件"
    with pytest.raises(Conflict):
        do(world, services.reply_to_rung, "civil.head", rung, "11-3", text="马上办", expected=7)
    with pytest.raises(RuleBroken, match="角色"):
        do(world, services.reply_to_rung, "finance.head", rung, "11-3", text="不是我们")
    do(world, services.reply_to_rung, "civil.head", rung, "11-3", text="马上办")
    with pytest.raises(RuleBroken, match="今天以后"):
        do(world, services.accept_reason, "province.supervisor", rung, "11-3", reason="可以", holds_until=on("11-3"))


def test_acceptance_ends_the_period_and_an_extension_does_too(world: kit.World, late: Matter) -> None:
    climbed(world, late, REMIND, BLUE, YELLOW, RED)
    common = {"matter": late, "unit": late.lead, "unit_name": "民政厅", "author": world.people["civil.liaison"], "created_at": at("11-18"), "saved_at": at("11-18")}
    Report.objects.create(state=ReportState.ACCEPTED, filed_at=at("11-18"), reviewed_at=at("11-19"), **common)
    assert standing_ladder(late, on("11-26")).open is not None
    Extension.objects.create(
        matter=late, state=ExtensionState.GRANTED, reason="雨季", due_on=DUE, asked_on=on("12-20"), author=world.people["civil.head"], created_at=at("11-19"), decided_at=at("11-20")
    )
    late.due_on = on("12-20")
    found = standing_ladder(late, on("11-26"))
    assert found.open is None
    assert found.periods[0].light.word == "红单，已延期"
    Extension.objects.update(decided_at=None)
    late.accepted_at = at("11-20")
    assert standing_ladder(late, on("11-26")).periods[0].light == ("yellow", "红单，已补齐")


def _asked(world: kit.World, who: str, day: str) -> list[tuple[str, str, str]]:
    listed = must_do_list(world.actor(who), on(day))
    assert sum(group.total for group in listed.groups if group.name != "chase") <= asked_count(world.actor(who), on(day))
    return [(group.name, row.word, row.verb) for group in listed.groups for row in group.rows]


def test_what_is_asked_of_whom(world: kit.World, late: Matter) -> None:
    late.plan_agreed_at = at("9-2")
    late.save()
    assert _asked(world, "province.supervisor", "11-2") == [("chase", "逾期", "提醒")]
    rung = climbed(world, late)
    assert ("do", "提醒", "答复") in _asked(world, "civil.liaison", "11-3")
    assert _asked(world, "province.supervisor", "11-3") == [("chase", "逾期", "查看")]
    assert _asked(world, "province.supervisor", "11-9") == [("chase", "逾期", "发蓝单")]
    do(world, services.reply_to_rung, "civil.liaison", rung, "11-3", text="在办")
    assert ("do", "提醒", "答复") not in _asked(world, "civil.liaison", "11-3")
    assert _asked(world, "province.supervisor", "11-3") == [("chase", "逾期", "认定")]
    late.due_on = on("12-1")
    late.save()
    assert ("decide", "提醒", "认定") in _asked(world, "province.supervisor", "11-3")
    late.due_on = DUE
    late.save()
    do(world, services.refuse_reason, "province.supervisor", rung, "11-3", reason="太笼统")
    for place, name in enumerate((BLUE, YELLOW, RED, BULLETIN)):
        serve(world, late, name, f"11-{4 + 5 * place}")
    assert _asked(world, "province.leader", "11-20") == []
    assert _asked(world, "province.leader", "11-25") == [("decide", "通报建议", "决定")]


def test_the_list_holds_what_is_overdue_or_climbed(world: kit.World, late: Matter) -> None:
    kit.matter(world, state=State.ACTIVE)
    actor = world.actor("province.supervisor")
    assert list(climbed_matters(actor, on("11-9"))) == [late]
    assert list(climbed_matters(actor, on("11-9"), rung="none")) == [late]
    climbed(world, late, REMIND, BLUE)
    assert list(climbed_matters(actor, on("11-9"), rung=BLUE)) == [late]
    assert not climbed_matters(actor, on("11-9"), rung=REMIND).exists()
    assert not climbed_matters(actor, on("11-9"), unit=world.units["finance"].pk).exists()
    assert not climbed_matters(world.actor("finance.head"), on("11-9")).exists()


@pytest.mark.parametrize(("day", "to", "due"), [("11-2", "civil", BLUE), ("10-28", "civil", REMIND), ("11-2", "finance", REMIND)], ids=["overdue, the lead", "before the date", "a supporter"])
def test_a_call_of_the_lead_of_an_overdue_matter_is_the_first_rung(world: kit.World, late: Matter, client: Client, day: str, to: str, due: str) -> None:
    Support.objects.create(matter=late, unit=world.units["finance"], unit_name="财政厅")
    actor = world.actor("province.supervisor")
    talking.remind(matter_id=late.pk, to_unit_id=world.units[to].pk, text="请今天反馈", actor=actor, at=at(day))
    assert standing_ladder(late, on("11-9")).step.rung == due
    assert climbed_matters(actor, on("11-9"), rung="none").exists() == (due == REMIND)
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("matter_ladder", args=[late.pk])).content.decode()
    assert ("算作提醒" in page) == (due == BLUE)
    assert serve(world, late, due, "11-9").rung == due


def test_a_paper_is_begun_in_the_words_of_a_rung_on_its_day_alone(world: kit.World, late: Matter, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    rung = serve(world, late, REMIND, "11-2", text="已逾期3天")
    for served_at, brought in ((timezone.now(), True), (timezone.now() - timedelta(days=2), False)):
        Rung.objects.filter(pk=rung.pk).update(served_at=served_at)
        page = client.get(reverse("matter_ladder", args=[late.pk])).content.decode()
        assert f"?kind=reminder&amp;matter={late.pk}" in page and ("&amp;opening=" in page) == brought == ("&amp;answer_by=" in page)
