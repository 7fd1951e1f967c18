"""What is asked of a person, as one list: kinds of asking, the groups they stand in, one sentence each. No Django, no clock.

``selectors.must_do`` finds the rows; this says what they are called, in which group and order they stand, and what their button does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.text.language import _
from luoshi.web.ledger.lights import Light

DECIDE, RELEASE, DO, REVIEW, REPORT, CHASE, SOON, DRAFTS, DOUBTS, TOLD = (
    "decide",
    "release",
    "do",
    "review",
    "report",
    "chase",
    "soon",
    "drafts",
    "doubts",
    "told",
)
GROUPS = (DECIDE, RELEASE, DO, REVIEW, REPORT, CHASE, SOON, DRAFTS, DOUBTS, TOLD)
SHOWN = 10
"""Rows of one kind on the page; the rest is a click away."""
ALL = 200
"""Rows of one kind where one group is looked at alone."""
SIGN_WITHIN = 3
"""Working days in which a unit signs what was issued to it."""
SOON_DAYS = 10
"""Working days before the due date from which a unit is told."""
TOLD_DAYS = 10
"""Working days for which an answer to a leader stays on the leader's list."""
NO_LIGHT = Light("", "")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of asking: its group, the name of the address that its button opens, and whether the light's own reckoning finds it."""

    group: str
    address: str
    computed: bool = False
    by_row: bool = False  # the address takes the number of the report, request or message, not that of the matter


KINDS: dict[str, Kind] = {
    "proposal": Kind(DECIDE, "matter_approve"),
    "objection": Kind(DECIDE, "matter_decide"),
    "escalation": Kind(DECIDE, "matter_resolve"),
    "extension": Kind(DECIDE, "extension_grant", by_row=True),
    "submission": Kind(DECIDE, "matter_accept"),
    "plan_offered": Kind(DECIDE, "matter_plan"),
    "resume": Kind(DECIDE, "matter_resume"),
    "periodic": Kind(DECIDE, "matter"),
    "close": Kind(DECIDE, "matter_close"),
    "instruction": Kind(DECIDE, "instruction", by_row=True),
    "report_to_release": Kind(RELEASE, "report", by_row=True),
    "extension_to_release": Kind(RELEASE, "extension_release", by_row=True),
    "submit": Kind(RELEASE, "matter_submit"),
    "sign": Kind(DO, "matter_sign"),
    "returned": Kind(DO, "report", by_row=True),
    "comment": Kind(DO, "matter_reply"),
    "reminder": Kind(DO, "matter_reply"),
    "contribution": Kind(DO, "matter_support"),
    "plan": Kind(DO, "matter_plan"),
    "filed": Kind(REVIEW, "report", by_row=True),
    "report_due": Kind(REPORT, "matter_report"),
    "overdue": Kind(CHASE, "matter_remind"),
    "behind": Kind(CHASE, "matter_remind", computed=True),
    "unreported": Kind(CHASE, "matter_remind"),
    "unsigned": Kind(CHASE, "matter_remind"),
    "due_over": Kind(SOON, "matter"),
    "due_soon": Kind(SOON, "matter"),
    "draft": Kind(DRAFTS, "matter_edit"),
    "report_draft": Kind(DRAFTS, "matter_report"),
    "suspect": Kind(DOUBTS, "matter"),
    "answered": Kind(TOLD, "matter"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: what is asked, about which matter, why in one line, by when, and where it is done."""

    kind: str
    group: str
    word: str  # what it is, in two or three characters
    verb: str  # what the button says
    matter: int | None
    title: str
    why: str
    on: date | None
    address: str
    light: Light = NO_LIGHT


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one heading; ``rest`` are not shown."""

    name: str
    title: str
    rows: tuple[Asked, ...]
    total: int

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


def grouped(rows: Iterable[Asked], totals: Mapping[str, int]) -> list[Group]:
    """The groups that have rows, in their order; within one, kind by kind, those of other apps last, each in the order it came."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    found: dict[str, list[Asked]] = {}
    kinds: dict[str, str] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
        kinds[row.kind] = row.group
    titles = group_titles()
    made = []
    for name in GROUPS:
        if name in found:
            inside = tuple(sorted(found[name], key=lambda row: order.get(row.kind, len(order))))
            total = sum(count for kind, count in totals.items() if kinds.get(kind) == name)
            made.append(Group(name, titles[name], inside, total))
    return made


def group_titles() -> dict[str, str]:
    """Group → its heading."""
    return {
        DECIDE: _("要你定的"),
        RELEASE: _("要你审签的"),
        DO: _("要你办的"),
        REVIEW: _("待审反馈"),
        REPORT: _("本期该报的"),
        CHASE: _("该催的"),
        SOON: _("快到期的"),
        DRAFTS: _("没写完的"),
        DOUBTS: _("原文有变化的"),
        TOLD: _("已回复你的"),
    }


def kind_words() -> dict[str, tuple[str, str]]:
    """Kind → what it is called, and what its button says."""
    return {
        "proposal": (_("拟办"), _("审定")),
        "objection": (_("异议"), _("裁定")),
        "escalation": (_("提级"), _("协调")),
        "extension": (_("延期"), _("批复")),
        "submission": (_("验收"), _("验收")),
        "plan_offered": (_("计划"), _("商定")),
        "resume": (_("挂起"), _("恢复")),
        "periodic": (_("复查"), _("查看")),
        "close": (_("办结"), _("销号")),
        "instruction": (_("批示"), _("回复")),
        "report_to_release": (_("反馈"), _("审签")),
        "extension_to_release": (_("延期"), _("审签")),
        "submit": (_("报验"), _("提交")),
        "sign": (_("签收"), _("签收")),
        "returned": (_("退回", "must do"), _("补正")),
        "comment": (_("意见"), _("回复")),
        "reminder": (_("催办"), _("回复")),
        "contribution": (_("配合"), _("答复")),
        "plan": (_("计划"), _("定计划")),
        "filed": (_("反馈"), _("审核")),
        "report_due": (_("报送"), _("反馈")),
        "overdue": (_("逾期"), _("催办")),
        "behind": (_("滞后"), _("催办")),
        "unreported": (_("未报"), _("催办")),
        "unsigned": (_("未签收"), _("催办")),
        "due_over": (_("逾期"), _("查看")),
        "due_soon": (_("临近"), _("查看")),
        "draft": (_("草稿"), _("完善")),
        "report_draft": (_("草稿"), _("接着写")),
        "suspect": (_("核对"), _("核对")),
        "answered": (_("回复"), _("查看")),
    }


def who_says(unit: str, text: str, most: int = 80) -> str:
    """省科技厅：建议由省经信厅牵头."""
    told = " ".join(text.split())
    told = told if len(told) <= most else told[: most - 1] + "…"
    return unit + _("：") + told if unit and told else unit or told


def sentences(parts: Sequence[str]) -> str:
    """What there is of ``parts``, one after the other; the full stop of one does not stand before the next."""
    *first, final = [part for part in parts if part] or [""]
    return _("；").join([*(part.rstrip("。；;. ") for part in first), final])
