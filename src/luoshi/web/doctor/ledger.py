"""Looking at the ledger: audit, administrators, what works in the background, backups."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Q
from django_tasks_db.models import DBTaskResult

from luoshi.text.language import _
from luoshi.web.audit.guards import broken_guards
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import last_checkpoint
from luoshi.web.audit.stream import extent
from luoshi.web.config.clock import SEEN, WAITS
from luoshi.web.doctor.finding import Finding
from luoshi.web.keeping.services import MADE, RESTORED
from luoshi.web.notices.models import FAILED, GIVEN_UP, WAITING, Outgoing
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import ADMINISTRATORS, administrator_names

LEEWAY = timedelta(minutes=1)
WEEK = timedelta(days=7)
PATIENCE = timedelta(minutes=10)
OUTBOX = timedelta(hours=1)


def guard_is_missing(_at: datetime) -> Finding | None:
    """A trigger of the audit is gone or another."""
    names = broken_guards()
    if not names:
        return None
    step = _("请查明是谁改的数据库；用 luoshi audit verify 对照固证核验，再从备份恢复。")
    return Finding(_("审计的防改触发器缺失或被改：{names}。").format(names=_("、").join(names)), step)


def counter_is_off(_at: datetime) -> Finding | None:
    """The counter, the highest number and the number of records are one figure."""
    there = extent()
    if there.counter == there.last == there.rows:
        return None
    said = _("审计的计数是 {counter}，最后一条是第 {last} 号，共 {rows} 条：三者应当相同。").format(counter=there.counter, last=there.last, rows=there.rows)
    return Finding(said, _("请用 luoshi audit verify 对照固证核验，找出第一条不对的记录。"))


def clock_went_back(at: datetime) -> Finding | None:
    """The clock of the machine is before what was recorded last."""
    last = Record.objects.aggregate(last=Max("at"))["last"]
    if last is None or at >= last - LEEWAY:
        return None
    return Finding(_("本机时钟比最后一条审计记录还早 {n} 分钟。").format(n=int((last - at).total_seconds() // 60)), _("请校准本机时钟（如启用 chrony），时限和提醒都按它计算。"))


def no_checkpoint(at: datetime) -> Finding | None:
    """Nothing outside vouches for the last week."""
    last = last_checkpoint()
    if last is None and not Record.objects.filter(at__lt=at - WEEK).exists():
        return None
    if last is not None and at - last.head.at <= WEEK:
        return None
    said = _("审计从未固证。") if last is None else _("审计已有 {n} 天没有固证。").format(n=(at - last.head.at).days)
    return Finding(said, _("请审计管理员运行 luoshi audit checkpoint，打印后存放在系统之外。"))


def administrator_is_missing(_at: datetime) -> Finding | None:
    """A kind of administrator that nobody is."""
    there = {user.administers for user in User.objects.filter(is_active=True, pending=False) if user.has_usable_password()}
    missing = [administrator_names()[one] for one in ADMINISTRATORS if one not in there]
    if not missing:
        return None
    return Finding(_("没有能登录的{names}。").format(names=_("、").join(missing)), _("请在服务器上用 luoshi admin first 用户名 姓名 --duty 设立。"))


def administrator_has_posts(_at: datetime) -> Finding | None:
    """An administrator who takes part in the business."""
    found = list(User.objects.exclude(administers="").filter(is_active=True, posts__until=None).exclude(posts=None).distinct())
    if not found:
        return None
    return Finding(_("管理员账号兼有业务职务：{names}。").format(names=_("、").join(user.name for user in found)), _("请另开一个业务账号，并免去管理员账号的职务。"))


def administrator_twice(_at: datetime) -> Finding | None:
    """One person with two duties."""
    active = User.objects.filter(is_active=True).exclude(administers="")
    found = list(active.values("name").annotate(duties=Count("administers", distinct=True)).filter(duties__gt=1).values_list("name", flat=True))
    if not found:
        return None
    return Finding(_("同一个人担任两种管理员：{names}。").format(names=_("、").join(found)), _("三种管理员应由三个人担任；如是同名，请在姓名里加以区分。"))


def worker_is_away(at: datetime) -> Finding | None:
    """Background work that waits and waits."""
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=at - PATIENCE).count()
    if not waiting:
        return None
    return Finding(_("有 {n} 项后台任务等了十分钟以上没人做。").format(n=waiting), _("请看 luoshi serve 的输出里“后台任务”为什么停止，再重新启动。"))


def clock_is_away(at: datetime) -> Finding | None:
    """What is due by time is not done."""
    seen = Path(settings.DATA) / SEEN
    if seen.exists() and at.timestamp() - seen.stat().st_mtime <= WAITS.total_seconds():
        return None
    return Finding(_("定时任务没有在运行：摘要、提醒都不会生成。"), _("请启动 luoshi serve；已启动的，看它的输出里“定时任务”为什么停止。"))


def outbox_is_stuck(at: datetime) -> Finding | None:
    """Messages that did not leave."""
    late = Q(state__in=(WAITING, FAILED), next_try_at__lt=at - OUTBOX) | Q(state=FAILED, made_at__lt=at - OUTBOX) | Q(state=GIVEN_UP, made_at__gt=at - WEEK)
    stuck = Outgoing.objects.filter(late, channel__on=True).count()
    if not stuck:
        return None
    return Finding(_("发件箱里有 {n} 条摘要没有送达。").format(n=stuck), _("请系统管理员在“发送渠道”里看原因并试发。"))


def backup_is_old(at: datetime) -> Finding | None:
    """None for a week."""
    last = Record.objects.filter(act__in=(MADE, RESTORED)).aggregate(last=Max("at"))["last"]
    if last is not None and at - last <= WEEK:
        return None
    said = _("从未做过备份。") if last is None else _("上次备份是 {n} 天前。").format(n=(at - last).days)
    return Finding(said, _("请用定时器每天运行 luoshi backup，写到另一块磁盘。"))


def backup_beside_the_data(_at: datetime) -> Finding | None:
    """One disk that fails takes both."""
    last = Record.objects.filter(act=MADE).order_by("-seq").first()
    place = Path(json.loads(last.after)["place"]) if last else None
    if place is None or not place.exists() or place.stat().st_dev != Path(settings.DATA).stat().st_dev:
        return None
    return Finding(_("上次的备份与数据在同一块磁盘上。"), _("请把备份写到另一块磁盘，并复制到另一台机器。"))
