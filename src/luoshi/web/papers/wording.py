"""The words that a paper begins with, for the clerk to change. Papers are Chinese whatever language the pages are read in. No Django, no clock."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.web.papers.kinds import Kind

TO_WRITE = "（请写明"
"""How a passage begins that only a person can write; a paper with it in does not leave."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a matter when a paper about it begins ``on`` a day: its title and number, the lead, the date, the word of its light."""

    title: str
    number: str
    lead: str
    due_on: date | None
    light: str = ""
    colour: str = ""
    done: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a problem when a paper about it begins: its title, the words of its grade and of where it stands."""

    title: str
    severity: str
    state: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is known of an inspection: days, who led it, what about, whom; ``facts``: units with what was found there and confirmed or settled."""

    title: str
    number: str
    days: tuple[date, date]
    leader: str
    content: str
    units: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What happened in a period, and how many matters are worked on, overdue and behind on the day ``on``."""

    issued: int
    closed: int
    running: int
    overdue: int
    behind: int
    on: date


@dataclass(frozen=True, slots=True)
class Text:
    """The typed parts of a paper: paragraphs are lines."""

    title: str
    opening: str
    requirements: str
    closing: str = ""


def paper_day(on: date | None) -> str:
    """2026年11月26日; empty where there is none."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def begun(
    kind: Kind,
    matters: Sequence[About],
    *,
    problems: Sequence[Found] = (),
    inspection: Inspected | None = None,
    period: tuple[date | None, date | None] = (None, None),
    reckoned: Reckoned | None = None,
) -> Text:
    """The text to begin with for a kind and its matters, or problems (in the order of the paper), or an inspection, or what was reckoned of a period."""
    if kind.problems and (problems or inspection):
        return _reported(problems, inspection) if kind.by_issue else _rectified(problems, inspection)
    only = matters[0] if len(matters) == 1 else None
    subject = f"“{only.title}”" if only else f"{len(matters)}件督查事项"
    late = _late(matters)
    texts = {
        "assignment": Text(
            "督查事项交办单",
            f"经批准，现将{subject}交由你单位牵头办理。",
            "收到后请在3个工作日内签收，明确责任领导和联系人，并报送工作计划。\n对照办结标准推进，按时反馈进展，附佐证材料；需要协调解决的及时提出。\n确不能按期办结的，应在到期前申请延期并说明理由。",
        ),
        "reminder": Text(
            f"关于{subject}的提醒函",
            f"你单位牵头的{subject}，{late or '时限将到'}。为确保按期落实，现予提醒。",
            "请对照办结标准和商定的计划，逐项核对进度，查明原因，抓紧推进。\n请书面反馈当前进展、存在困难和预计完成时间；需要协调解决的一并说明。",
            "专此函告。",
        ),
        "notice": Text(
            "督办通知单",
            f"你单位牵头的{subject}，{late or '进展未达到计划要求'}。现予督办。",
            "主要负责同志要亲自研究，明确专人，限期拿出赶上进度的具体措施和时间表。\n请按期书面回复办理情况，说明原因、措施、完成时间，并附佐证材料；回复须经主要负责同志签批。",
        ),
        "rectification": Text(
            f"关于{subject}的整改通知",
            f"经核查，你单位牵头的{subject}存在以下问题：\n{TO_WRITE}发现的具体问题，一个问题一段。）",
            "请立即制定整改方案，逐条明确措施、责任人和完成时限。\n坚持举一反三，查明原因，堵塞漏洞，防止反弹。\n整改情况请按期书面报送，并附佐证材料。",
            "特此通知。",
        ),
        "bulletin": Text(f"关于{len(matters)}件督查事项落实情况的通报", _situation(matters), _demands(), "特此通报。"),
        "report": Text(f"关于{len(matters)}件督查事项落实情况的报告", _situation(matters), "对进展滞后的事项，建议由分管领导召集牵头单位专题研究，逐项明确赶进度的措施和时限。"),
        "weekly": Text(
            "督查事项办理情况" + (f"（{span(period)}）" if period[0] else ""), _of_period(period, reckoned) if reckoned else _situation(matters), "下周重点跟踪逾期和滞后事项，督促有关单位限期反馈。"
        ),
        "task_book": Text(
            "督查任务书",
            f"为压实责任、确保落实，现将你单位牵头的{len(matters)}项任务下达如下。",
            "按照办结标准和时限推进，定期反馈进展，如实提供佐证材料。\n任务需要调整的，应在到期前书面申请。\n本任务书一式两份，交办单位、责任单位各执一份。",
        ),
        "task_table": Text("重点任务分解表", "", "牵头单位列在首位，负责组织协调、汇总反馈；配合单位按职责分工落实。"),
    }
    return texts[kind.code]


def _rectified(problems: Sequence[Found], inspection: Inspected | None) -> Text:
    subject = f"“{problems[0].title}”问题" if len(problems) == 1 else f"{len(problems)}个问题"
    since = f"{span(inspection.days)}开展的“{inspection.title}”（{inspection.number}）发现" if inspection else "经核查，"
    several = f"{len(problems)}个" if len(problems) > 1 else ""
    return Text(
        f"关于{subject}的整改通知",
        f"{since}你单位存在以下{several}问题。现予通知，请限期整改。",
        "请立即制定整改方案，逐条明确措施、责任人和完成时限。\n坚持举一反三，查明原因，堵塞漏洞，防止反弹。\n整改情况请按期书面报送，并附佐证材料。",
        "特此通知。",
    )


def _reported(problems: Sequence[Found], inspection: Inspected | None) -> Text:
    """What was inspected, where, and what was found; or of problems alone how many there are and where they stand."""
    said: list[str] = []
    if inspection:
        units = "、".join(inspection.units)
        said.append(f"{span(inspection.days)}，由{inspection.leader}带队，对{units}开展督查。督查内容：{bare_end(inspection.content)}。")
        said += [f"{unit}：{facts}。" for unit, facts in inspection.facts]
        said += [f"{bare_end(inspection.conclusion)}。"] if inspection.conclusion else []
    said.append(_counted(problems))
    grave = any(one.grave for one in problems)
    advice = ["对发现的问题，建议责成有关单位限期整改，督查机构逐项验收销号。"] if problems else ["建议继续跟踪，防止反弹。"]
    advice += ["对重大问题，建议由分管领导召集有关单位专题研究。"] if grave else []
    title = f"关于{inspection.title}情况的报告" if inspection else f"关于{len(problems)}个问题整改情况的报告"
    return Text(title, "\n".join(said), "\n".join(advice))


def _counted(problems: Sequence[Found]) -> str:
    if not problems:
        return "督查没有发现问题。"
    grades, states = (Counter(words).items() for words in ([one.severity for one in problems], [one.state for one in problems]))
    return f"共发现问题{len(problems)}个：" + "、".join(f"{word}{n}个" for word, n in grades) + "；目前" + "、".join(f"{word}{n}个" for word, n in states) + "。"


def bare_end(text: str) -> str:
    """A text without the stop at its end."""
    return text.rstrip("。；;.")


def _of_period(period: tuple[date | None, date | None], found: Reckoned) -> str:
    """新交办3件，销号2件；在办20件，其中逾期1件."""
    happened = "、".join(part for part in (f"新交办督查事项{found.issued}件" if found.issued else "", f"销号{found.closed}件" if found.closed else "") if part)
    counted = "、".join(part for part in (f"逾期{found.overdue}件" if found.overdue else "", f"进度滞后{found.behind}件" if found.behind else "") if part)
    standing = f"在办督查事项{found.running}件，" + (f"其中{counted}" if counted else "没有逾期和滞后") if found.running else "没有在办的督查事项"
    return f"{span(period)}，{happened or '没有新交办和销号的督查事项'}。\n截至{paper_day(found.on)}，{standing}。"


def _situation(matters: Sequence[About]) -> str:
    """3件：已办结1件，按序时推进1件，逾期1件; for the clerk to write where there are none."""
    if not matters:
        return f"{TO_WRITE}这段时间的办理情况）"
    total, done = len(matters), sum(one.done for one in matters)
    red, yellow = (sum(one.colour == colour for one in matters) for colour in ("red", "yellow"))
    said = f"本次涉及督查事项{total}件，" + (f"其中已办结{done}件，在办{total - done}件" if done else "均在办理中")
    counted = [f"逾期{red}件" if red else "", f"进度滞后{yellow}件" if yellow else ""]
    found = "、".join(part for part in counted if part)
    late = [f"{one.lead}牵头的“{one.title}”" for one in matters if one.colour in ("red", "yellow")]
    return said + (f"；在办事项中{found}。" if found else "。") + (f"\n进展较慢的有：{'；'.join(late)}。" if late else "")


def _demands() -> str:
    return "有关单位要对照办结标准查找差距，对滞后事项逐项制定赶上进度的措施。\n要如实反馈进展，不得以文件落实代替工作落实；需要协调的问题及时提出。\n各单位落实情况将在下一期跟踪核查。"


def _late(matters: Sequence[About]) -> str:
    words = {"red": "已超过时限", "yellow": "进度落后于计划", "blue": "时限将到"}
    worst = next((colour for colour in words if any(one.colour == colour for one in matters)), "")
    only = matters[0] if len(matters) == 1 else None
    if only and only.due_on and worst:
        return f"时限为{paper_day(only.due_on)}，{_days_late(only) if worst == 'red' else words[worst]}"
    return ("部分" if len(matters) > 1 and worst else "") + words.get(worst, "")


def _days_late(one: About) -> str:
    """How long as of the day that is told with it: a draft may be issued later."""
    days = (one.on - one.due_on).days if one.on and one.due_on else 0
    return f"截至{paper_day(one.on)}已逾期{days}天" if days > 0 else "现已超过时限"


def span(period: tuple[date | None, date | None]) -> str:
    """2026年11月16日至11月22日."""
    since, until = period
    if since is None or until is None:
        return paper_day(since or until)
    short = f"{until.month}月{until.day}日" if since.year == until.year else paper_day(until)
    return f"{paper_day(since)}至{short}"
