"""The stages of a scheme (征求意见稿 → 修改稿 → 定稿) and which may follow which. No Django."""

from luoshi.text import RuleBroken
from luoshi.text.language import _

CONSULTED, REVISED, FINAL = STAGES = ("consulted", "revised", "final")
_NEXT = {"": STAGES, CONSULTED: STAGES, REVISED: (REVISED, FINAL), FINAL: ()}


def stage_names() -> dict[str, str]:
    """Stage → what it is called."""
    return {CONSULTED: _("征求意见稿"), REVISED: _("修改稿"), FINAL: _("定稿")}


def next_stages(last: str) -> tuple[str, ...]:
    """Stages that the next version may have; ``last`` is the stage of the newest, empty where there is none."""
    return _NEXT[last]


def check_step(last: str, stage: str, note: str) -> None:
    """Raises RuleBroken where ``stage`` cannot follow ``last``, or where nothing is said of whose comments were taken."""
    names = stage_names()
    if stage not in names:
        raise RuleBroken(_("请选定这一稿的阶段。"))
    if last == FINAL:
        raise RuleBroken(_("方案已经定稿，不能再加新稿。"), hint=_("确需修订的，先移出定稿，再加修改稿。"))
    if stage not in next_stages(last):
        raise RuleBroken(_("{last}之后不能再是{stage}。").format(last=names[last], stage=names[stage]), hint=_("请改选阶段。"))
    if last and not note.strip():
        raise RuleBroken(_("请写明采纳了谁的意见。"), hint=_("没有意见的，写“各单位无意见”。"))
