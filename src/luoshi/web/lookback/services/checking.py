"""The check of one matter by two people, a leader where they differ, and the help that is offered (回头帮).

A relapse that is confirmed moves nothing: the matter is reopened by the supervisor of its issuer, with ``ledger.services.closing.reopen_matter``.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.lookback.models import LookbackCheck
from luoshi.web.lookback.names import WAYS
from luoshi.web.lookback.selectors import parties_of
from luoshi.web.lookback.services.moving import locked_check, move, write
from luoshi.web.lookback.workflow import OUTCOMES, Act, State


@dataclass(frozen=True, slots=True)
class Found:
    """What a person saw: how, when, what, shown by what, and whether it holds."""

    way: str
    looked_on: date
    findings: str
    evidence: str
    outcome: str


@transaction.atomic
def check_matter(*, check_id: int, found: Found, actor: Actor, at: datetime, expected: int | None = None) -> LookbackCheck:
    """The first look; again after a colleague saw it differently. Whoever accepted the matter does not look first."""
    check = locked_check(check_id, expected=expected)
    if found.way not in WAYS or found.outcome not in OUTCOMES:
        raise RuleBroken(_("请选定检查方式和结论。"))
    if not found.findings.strip():
        raise RuleBroken(_("请写明查到的情况。"), hint=_("看了什么、抽查多少、与办结标准相比怎样。"))
    if found.looked_on > timezone.localtime(at).date():
        raise RuleBroken(_("检查日期不能在今天之后。"), hint=_("请填实际去查的那一天。"))
    changed = asdict(found) | {"first_id": actor.person, "first_at": at, "second_id": None, "second_at": None, "second_words": ""}
    return move(check, Act.CHECK, actor=actor, at=at, changed=changed)


@transaction.atomic
def confirm_check(*, check_id: int, words: str, actor: Actor, at: datetime, expected: int | None = None) -> LookbackCheck:
    """Another person confirms what was found."""
    check = locked_check(check_id, expected=expected)
    return move(check, Act.CONFIRM, actor=actor, at=at, changed={"second_id": actor.person, "second_at": at, "second_words": words.strip()}, reason=words)


@transaction.atomic
def differ_check(*, check_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> LookbackCheck:
    """Another person sees it differently: it is checked again, or a leader settles it."""
    check = locked_check(check_id, expected=expected)
    return move(check, Act.DIFFER, actor=actor, at=at, changed={"second_id": actor.person, "second_at": at, "second_words": reason.strip()}, reason=reason)


@transaction.atomic
def settle_check(*, check_id: int, outcome: str, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> LookbackCheck:
    """A leader who did neither look decides between the two."""
    check = locked_check(check_id, expected=expected)
    if outcome not in OUTCOMES:
        raise RuleBroken(_("请选定结论。"))
    changed = {"outcome": outcome, "settled_by_id": actor.person, "settled_words": reason.strip()}
    return move(check, Act.SETTLE, actor=actor, at=at, changed=changed, reason=reason)


@transaction.atomic
def offer_help(*, check_id: int, text: str, by: str, until: date, actor: Actor, at: datetime, expected: int | None = None) -> LookbackCheck:
    """回头帮: what help is given, by whom, until when; again, to change what was offered."""
    check = _helped(check_id, actor, expected=expected)
    if not text.strip() or not by.strip():
        raise RuleBroken(_("请写明帮什么、由谁帮。"))
    if until < timezone.localtime(at).date():
        raise RuleBroken(_("帮到哪一天不能早于今天。"), hint=_("请另选一天。"))
    before = {"help": check.help, "help_by": check.help_by, "help_until": check.help_until}
    check.help, check.help_by, check.help_until = text.strip(), by.strip(), until
    write(check, "help", "help_by", "help_until")
    after = {"help": check.help, "help_by": check.help_by, "help_until": until}
    record(act="lookback.help", subject=check, actor=actor, at=at, before=before, after=after, reason=check.help, context=check.matter)
    return check


@transaction.atomic
def help_done(*, check_id: int, result: str, actor: Actor, at: datetime, expected: int | None = None) -> LookbackCheck:
    """What came of the help."""
    check = _helped(check_id, actor, expected=expected)
    if not check.help:
        raise RuleBroken(_("还没有登记帮扶。"), hint=_("请先写明帮什么、由谁帮。"))
    if not result.strip():
        raise RuleBroken(_("请写明帮扶的结果。"))
    check.help_done_at, check.help_result = at, result.strip()
    write(check, "help_done_at", "help_result")
    record(act="lookback.help_done", subject=check, actor=actor, at=at, after={"help_result": check.help_result}, reason=check.help_result, context=check.matter)
    return check


def _helped(check_id: int, actor: Actor, *, expected: int | None) -> LookbackCheck:
    check = locked_check(check_id, expected=expected)
    if not parties_of(actor, check.plan):
        raise RuleBroken(_("您的角色不能办这一步。"), hint=_("请由安排回头看的单位办理。"))
    if check.state != State.CONFIRMED:
        raise RuleBroken(_("结果还没有认定。"), hint=_("请先由第二人复核。"))
    if check.help_done_at is not None:
        raise RuleBroken(_("这项帮扶已经办完。"))
    return check
