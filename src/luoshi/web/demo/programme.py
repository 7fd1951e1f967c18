"""One programme with its papers, meetings, decisions, studies and topics; and the instructions of leaders. Matters come of them."""

from datetime import datetime, time, timedelta

from luoshi.web.demo.casting import Casting
from luoshi.web.demo.history import day_of
from luoshi.web.demo.lives import Fate
from luoshi.web.demo.topics import TOPICS, Topic
from luoshi.web.documents.models import Document
from luoshi.web.ledger.models import Instruction
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import instructing
from luoshi.web.orgs.roles import SUPERVISOR
from luoshi.web.programmes.models import Programme
from luoshi.web.programmes.services import containers, decisions, learning, meetings, papers

_DECISIONS = (
    ("LJ-MZ", "由省民政厅牵头，一个月内建立养老服务重点任务调度表，按季度报省政府。", "养老服务"),
    ("LJ-CZ", "由省财政厅牵头，会同省民政厅提高经济困难失能老年人服务补助标准。", "养老服务"),
    ("LJ-SJ", "由省数据局牵头，打通民政、卫健、医保数据，凡能归集的数据不再要求基层填报。", "基层减负"),
    ("LJ-ZJ", "由省住房城乡建设厅牵头，将适老化改造与老旧小区改造同步安排。", "养老服务"),
    ("LJ-WJ", "由省卫生健康委牵头，推动乡镇卫生院与区域养老服务中心毗邻建设。", "养老服务"),
    ("LJ-RS", "由省人力资源社会保障厅牵头，制定护理员岗位津贴办法。", "养老服务"),
)
_INSTRUCTIONS = (
    ("LJ-MZ", "请民政厅核实群众反映的老年食堂停业问题，举一反三，结果报我。", "养老服务"),
    ("LJ-SL", "汛期将至，请水利厅对小型水库再作一次排查，不留死角。", "防洪安全"),
    ("LJ-GX", "企业反映的拖欠款问题要逐笔核实，能清偿的立即清偿。", "营商环境"),
    ("LJ-SW", "这家企业反映的问题有代表性，请商务厅牵头研究，提出办法。", "营商环境"),
    ("LJ-SC", "校园周边食品安全不能放松，请市场监管局开展一次暗访。", "民生保障"),
    ("LJ-ZJ", "城区积水点年年治、年年有，请住建厅拿出治本措施。", "城市更新"),
    ("LJ-MZ", "冬春救助款物要在降温之前发到群众手上。", "社会救助"),
    ("LJ-SJ", "基层反映应用太多、重复填报，请数据局限期归并。", "基层减负"),
)


def begin_programme(casting: Casting, at: datetime) -> Programme:
    """The container, its parts, its meetings over the year."""
    history = casting.history
    actor, units = history.cast.of("LJ", SUPERVISOR), history.cast.units
    programme = containers.start_programme(
        name="养老服务提质专项",
        aim="用一年时间补齐县域养老服务短板，做到有人管、有床住、有饭吃、有人探访。",
        leading_group="省政府分管领导任组长，民政、财政、卫健、住建等部门参加，办公室设在省民政厅。",
        starts_on=day_of(at),
        ends_on=history.today + timedelta(days=120),
        actor=actor,
        at=at,
    )
    for title, lead in (("设施网络", "LJ-MZ"), ("医养结合", "LJ-WJ"), ("要素保障", "LJ-CZ"), ("数据平台", "LJ-SJ")):
        containers.add_part(programme_id=programme.pk, title=title, lead=units[lead], actor=actor, at=at)
    for days, title in ((205, "专项第一次调度会"), (104, "专项第二次调度会")):
        moment = history.days_ago(days)
        history.plan(moment, _meet, casting, programme, title)
    history.plan(history.days_ago(5), _call, casting, programme)
    history.plan(history.days_ago(180), _learn, casting, programme)
    return programme


def add_papers(casting: Casting, programme: Programme, at: datetime) -> None:
    """The documents that it rests on."""
    actor = casting.history.cast.of("LJ", SUPERVISOR)
    for document in Document.objects.filter(unit=casting.history.cast.units["LJ"]).order_by("pk")[:1]:
        papers.link_paper(programme_id=programme.pk, document_id=document.pk, kind="basis", note="总体依据", actor=actor, at=at)


def _meet(casting: Casting, programme: Programme, title: str, at: datetime) -> None:
    history = casting.history
    actor = history.cast.of("LJ", SUPERVISOR)
    plan = meetings.Plan(title=title, held_on=day_of(at), begins_at=time(9, 0), place="省政府三楼会议室", chair=history.cast.leader("LJ").name, attending="领导小组成员单位", agenda="听取进展；研究困难；部署下一步")
    meeting = meetings.plan_meeting(plan=plan, programme_id=programme.pk, actor=actor, at=at)
    meetings.hold_meeting(meeting_id=meeting.pk, actor=actor, at=at)
    first = "第一" in title
    for lead, text, theme in _DECISIONS[:3] if first else _DECISIONS[3:]:
        unit = history.cast.units[lead]
        due_on = day_of(at) + timedelta(days=130)
        decision = decisions.add_decision(meeting_id=meeting.pk, text=text, lead=unit, due_on=due_on, actor=actor, at=at)
        topic = Topic(text.rstrip("。").partition("，")[2][:60], "文件印发并执行，数据可查", theme)
        casting.typed("LJ", lead, topic, casting.usual(), history.after(at, 1), origin=Origin(decision=decision), due_on=due_on)


def _call(casting: Casting, programme: Programme, at: datetime) -> None:
    """The next meeting is planned."""
    history = casting.history
    plan = meetings.Plan(title="专项第三次调度会", held_on=history.today + timedelta(days=6), begins_at=time(15, 0), place="省政府三楼会议室", chair=history.cast.leader("LJ").name, attending="领导小组成员单位", agenda="研究逾期事项；审议工作方案修改稿")
    meetings.plan_meeting(plan=plan, programme_id=programme.pk, actor=history.cast.of("LJ", SUPERVISOR), at=at)


def _learn(casting: Casting, programme: Programme, at: datetime) -> None:
    """A study session and a topic of research, and a matter that came of it."""
    history = casting.history
    actor, unit = history.cast.of("LJ", SUPERVISOR), history.cast.units["LJ-MZ"]
    session = learning.Session(title="第一议题：积极应对人口老龄化", held_on=day_of(at), findings="对照要求找差距：农村助餐覆盖不足，护理员流失较多。")
    learning.add_study(programme_id=programme.pk, session=session, actor=actor, at=at)
    topic = learning.Topic(title="农村互助养老怎样不靠补贴也能办下去", question="运营成本由谁负担，人从哪里来", lead=unit, due_on=day_of(at) + timedelta(days=60), findings="以乡镇中心带村级点、统一采购和配送，单点成本可降三成。")
    row = learning.add_topic(programme_id=programme.pk, topic=topic, actor=actor, at=at)
    matter = Topic("推广乡镇中心带村级点的运营办法", "试点县不少于5个，运营满三个月，成本核算报告印发", "养老服务")
    casting.typed("LJ", "LJ-MZ", matter, casting.usual(), history.after(at, 12), origin=Origin(topic=row))


def instruct(casting: Casting) -> None:
    """Instructions of the leader over the year, each with its matter; one is due and unanswered, one brought the next."""
    history = casting.history
    for number, (lead, text, theme) in enumerate(_INSTRUCTIONS):
        ago = 260 - number * 32
        history.plan(history.days_ago(ago), _instructed, casting, lead, text, theme, number)
    history.plan(history.days_ago(28), _follow, casting)


def _register(casting: Casting, text: str, at: datetime, days: int, follows: int | None = None) -> Instruction:
    leader = casting.history.cast.leader("LJ")
    return instructing.register_instruction(
        leader=leader.name, leader_user=leader, on=day_of(at), text=text, on_paper="信访摘报", due_on=day_of(at) + timedelta(days=days), follows_id=follows,
        actor=casting.history.cast.of("LJ", SUPERVISOR), at=at,
    )  # fmt: skip


def _instructed(casting: Casting, lead: str, text: str, theme: str, number: int, at: datetime) -> None:
    instruction = _register(casting, text, at, 40)
    fate = Fate(late=-3, ending="closed") if number < 6 else Fate(never=True, pace=0.5, comment=True)
    topic = Topic(text.partition("，")[0].rstrip("。")[:60], "情况核实清楚，整改到位，报告批示领导", theme)
    casting.typed("LJ", lead, topic, fate, casting.history.after(at, 0.5), origin=Origin(instruction=instruction), due_on=day_of(at) + timedelta(days=35))


def _follow(casting: Casting, at: datetime) -> None:
    """The reply to one instruction brought a new one."""
    answered = Instruction.objects.filter(replied_at__isnull=False, sources__isnull=False).order_by("pk").first()
    if answered is None:
        return
    instruction = _register(casting, "看了报告，停业的三家要逐家说明怎么办，不能一关了之。", at, 25, answered.pk)
    topic = TOPICS["MZ"][5]
    casting.typed("LJ", "LJ-MZ", topic, Fate(never=True, quick=True), casting.history.after(at, 0.5), origin=Origin(instruction=instruction), due_on=day_of(at) + timedelta(days=60))
