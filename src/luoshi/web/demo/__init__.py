"""An invented province for trying Luoshi out: units, people, documents and a year of work, all through the services, as the audit shows.

``load`` fills an empty installation: everything or nothing. It is the same every time but for the passwords and the day it ends on.
"""

import gc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from luoshi.text import UsageError
from luoshi.text.language import _
from luoshi.web.demo.casting import DEPARTMENTS, Casting
from luoshi.web.demo.digests import add_robot, tell
from luoshi.web.demo.history import History
from luoshi.web.demo.inspecting import Inspecting
from luoshi.web.demo.listing import name_rosters
from luoshi.web.demo.lives import HALTS
from luoshi.web.demo.looking import look_back
from luoshi.web.demo.papers import PAPERS, Paper
from luoshi.web.demo.programme import add_papers, begin_programme, instruct
from luoshi.web.demo.reading import Read, bring_in, bring_revision, compare_levels, read_all
from luoshi.web.demo.sending import send
from luoshi.web.demo.settling import Cast, accounts, accounts_told, give_passwords, settle
from luoshi.web.documents.models import Document
from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit, User

SEED = 20261126
YEAR = 365
FEW = ("draft", "proposed", "issued", "coordinating", "filed", "extension_asked", "escalated", "suspended", "submitted", "accepted", "reminded", "plan_offered")
"""Stages of the small size."""
Say = Callable[[str], None]


def load(*, say: Say, now: datetime | None = None, small: bool = False) -> Cast:
    """Fill an empty installation and print the accounts. ``small`` leaves most matters out, for tests.

    Raises UsageError where there are accounts already.
    """
    if User.objects.exists():
        raise UsageError(_("这个数据文件夹已有账号，不能再装入示例。"), hint=_("请去掉 --demo，或者用 --data 换一个空文件夹。"))
    now = now or timezone.now()
    say(_("正在装入虚构的临江省示例，约需一至三分钟……"))
    read = read_all(timezone.localtime(now).date(), _papers(small=small))
    gc.disable()  # a hundred thousand rows come and go; looking for cycles among them takes a tenth of the time
    try:
        with transaction.atomic():
            cast = _fill(read, now, say, small=small)
    finally:
        gc.enable()
    _tell(cast, say)
    return cast


def tell_again(*, say: Say, folder: Path) -> None:
    """What is there already, for a second start: the accounts by name, and how to get a new password, since the first is told once."""
    told = {"units": Unit.objects.count(), "matters": Matter.objects.count(), "documents": Document.objects.count()}
    say(_("示例早已装入，这次不再装：{units} 个单位、{documents} 份文件、{matters} 件事项，上次办到哪里还在哪里。").format(**told))
    say(_("账号：{names}。").format(names="、".join(accounts())))
    say(_("口令只在装入时显示过一次。忘了的，另开一个窗口运行 luoshi admin invite 用户名 --data {folder}，用打印的链接重设。").format(folder=folder))
    say(_("要从头再来，请删除这个数据文件夹或者用 --data 换一个；用 PostgreSQL 的，再换一个空库。"))


def _fill(read: Read, now: datetime, say: Say, *, small: bool) -> Cast:
    rng = Random(SEED)
    cast = Cast()
    history = History(cast, rng, now)
    settle(cast, rng, at=history.days_ago(YEAR + 10), today=history.today)
    casting = Casting(history)
    _one_of_each(casting) if small else _a_year(casting, read)
    Inspecting(history).plan()
    send(history)
    tell(history)
    for paper in _papers(small=small):
        history.plan(history.days_ago(paper.days_ago), _receive, casting, paper, read)
    history.run(lambda month: say(_("　　{year} 年 {month} 月……").format(year=month.year, month=month.month)))
    name_rosters(cast, now)
    give_passwords(cast, at=now)
    add_robot(cast, now)
    return cast


def _papers(*, small: bool) -> tuple[Paper, ...]:
    return PAPERS[-1:] if small else PAPERS


def _receive(casting: Casting, paper: Paper, read: Read, at: datetime) -> None:
    drafts = bring_in(casting.history, paper, read, at)
    casting.adopt(paper.unit, drafts, paper.theme, at)


def _one_of_each(casting: Casting) -> None:
    """Every state once."""
    casting.halted("LJ", "MZ", FEW)
    casting.ended("LJ", "MZ")
    casting.merged("LJ", "SL")
    casting.discarded("LJ", "FG")


def _a_year(casting: Casting, read: Read) -> None:
    """Documents, a programme, instructions; something at every stage for those who try it out."""
    history = casting.history
    programme = begin_programme(casting, history.days_ago(330))
    history.plan(history.days_ago(325), add_papers, casting, programme)
    history.plan(history.days_ago(250), compare_levels, history, read)
    history.plan(history.days_ago(4), bring_revision, history, read)
    instruct(casting)
    _one_of_each(casting)
    casting.halted("LJ", "MZ", tuple(halt for halt in HALTS if halt not in FEW))
    casting.halted("YL", "MZ")
    casting.halted("LJ", "SL")
    casting.halted("DH", "MZ", ("issued", "unplanned", "with_head", "filed", "returned", "submitted", "accepted"))
    for number, kind in enumerate(DEPARTMENTS):
        casting.halted("JZ" if f"JZ-{kind}" in casting.history.cast.units else "LJ", kind, (HALTS[(number * 3 + 7) % len(HALTS)],))
    list(casting.for_governments())
    look_back(casting)


def _tell(cast: Cast, say: Say) -> None:
    say("")
    say(_("示例账号（口令随机生成，只显示这一次，请记下）："))
    rows = list(accounts_told(cast))
    widest = max(len(username) for username, _password, _who in rows)
    for username, password, who in rows:
        say(f"  {username:<{widest}}  {password}  {who}")
    say("")
