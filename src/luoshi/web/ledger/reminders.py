"""What a reminder says where nobody has written one yet: a text per situation, to be edited. No Django, no clock."""

from datetime import date

from luoshi.text.language import _
from luoshi.web.ledger.lights import Standing
from luoshi.web.ledger.workflow import State

UNSIGNED, OVERDUE, UNREPORTED, BEHIND, SOON, PLAIN = "unsigned", "overdue", "unreported", "behind", "soon", "plain"
SITUATIONS = (UNSIGNED, OVERDUE, UNREPORTED, BEHIND, SOON, PLAIN)


def situation_names() -> dict[str, str]:
    """Situation → what it is called."""
    return {
        UNSIGNED: _("未签收"),
        OVERDUE: _("已逾期"),
        UNREPORTED: _("本期未报"),
        BEHIND: _("落后于计划"),
        SOON: _("临近时限"),
        PLAIN: _("其他"),
    }


def situation_of(standing: Standing, colour: str, on: date) -> str:
    """Why this matter would be reminded of on a day."""
    if standing.state == State.ISSUED:
        return UNSIGNED
    if colour == "red":
        return OVERDUE
    if standing.report_due_on is not None and not standing.reported:
        return UNREPORTED
    if colour == "yellow":
        return BEHIND
    return SOON if colour == "blue" else PLAIN


def situations_of(standing: Standing, colour: str, on: date) -> tuple[str, ...]:
    """What may be said of this matter on a day without saying what is not so, in the order of ``SITUATIONS``: ``situation_of`` is among them."""
    true = {
        UNSIGNED: standing.state == State.ISSUED,
        OVERDUE: colour == "red",
        UNREPORTED: standing.report_due_on is not None and not standing.reported,
        BEHIND: colour == "yellow" or bool(standing.missed_milestones) or standing.under_curve,
        SOON: standing.due_on is not None and on <= standing.due_on and standing.state != State.SUBMITTED,
        PLAIN: True,
    }
    return tuple(one for one in SITUATIONS if true[one])


def text_of(situation: str, *, number: str, title: str, due_on: str, report_due_on: str) -> str:
    """The text to begin with."""
    texts = {
        UNSIGNED: _("《{title}》（{number}）已交办，还没有签收。请尽快签收；不属于本单位职责的，请提出异议并写明理由。"),
        OVERDUE: _("《{title}》（{number}）时限为{due_on}，现已逾期。请今天内反馈进展、未完成的原因和预计完成日期，并附佐证。"),
        UNREPORTED: _("《{title}》（{number}）本期反馈应于{report_due_on}前报来，至今未收到。请尽快报送进展和指标数据。"),
        BEHIND: _("《{title}》（{number}）进度落后于商定的计划。请说明差在哪里、怎么赶上、什么时候赶上；需要协调的请写明。"),
        SOON: _("《{title}》（{number}）将于{due_on}到期。请对照办结标准自查，能按时完成的请备好佐证提交验收；确有困难的，请在到期前申请延期。"),
        PLAIN: _("请反馈《{title}》（{number}）的最新进展。"),
    }
    return texts.get(situation, texts[PLAIN]).format(title=title, number=number, due_on=due_on, report_due_on=report_due_on)
