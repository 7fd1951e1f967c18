"""What is due by time, in one table. Every job can run again at any moment: none keeps a note of when it ran last."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from luoshi.web.config.options import data_folder, options

TICK = 1.0  # seconds between two looks at the table
SEEN = "clock.seen"
"""A file of the data folder, touched while the clock runs."""
WAITS = timedelta(minutes=5)
"""For how long nothing is thought of a clock that was not seen."""
log = logging.getLogger("luoshi.web.clock")


@dataclass(frozen=True, slots=True)
class Job:
    """One row: runs at the start and then ``every`` so often."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    why: str


def _be_seen(at: datetime) -> None:
    (data_folder() / SEEN).touch()


def _take_up_abandoned(at: datetime) -> None:
    from luoshi.web.config.serving.abandoned import take_up_abandoned

    take_up_abandoned(at=at)


def _check_sources(at: datetime) -> None:
    from luoshi.web.ledger.services.suspecting import mark_suspects

    mark_suspects(at=at)


def _forget_sessions(at: datetime) -> None:
    from django.contrib.sessions.models import Session

    Session.objects.filter(expire_date__lt=at).delete()


def _forget_submissions(at: datetime) -> None:
    from luoshi.web.common.models import Submission

    Submission.objects.filter(at__lt=at - timedelta(days=30)).delete()


def _forget_tasks(at: datetime) -> None:
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.finished().filter(finished_at__lt=at - timedelta(days=30)).delete()


def _forget_attempts(at: datetime) -> None:
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(attempt_time__lt=at - timedelta(days=200)).delete()


def _tend_database(at: datetime) -> None:
    """SQLite keeps its statistics fresh only when told to; PostgreSQL does so by itself."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def _verify_records(at: datetime) -> None:
    from luoshi.web.audit.tasks import verify_nightly

    verify_nightly(at)


def _make_digests(at: datetime) -> None:
    from luoshi.web.notices.services.digesting import make_digests

    make_digests(at)


def _send_waiting(at: datetime) -> None:
    from luoshi.text.language import set_language
    from luoshi.web.notices.services.sending import send_waiting

    set_language(options()["language"])
    send_waiting(at)


JOBS: tuple[Job, ...] = (
    Job("be_seen", timedelta(minutes=1), _be_seen, "记下定时任务还在运行，供 luoshi doctor 查看。"),
    Job("take_up_abandoned", timedelta(seconds=30), _take_up_abandoned, "后台任务做到一半、进程没了的，重新排队；三次都没做完的记为失败。"),
    Job("check_sources", timedelta(hours=1), _check_sources, "文件有了新版的，核对事项的引文还在不在；读完新版时已核对过一次，这里补漏。"),
    Job("make_digests", timedelta(minutes=1), _make_digests, "到了 digest_at，为每个有账号的单位生成今日摘要，每个工作日一份；停机后当天补上，过去的日子不补。"),
    Job("send_waiting", timedelta(seconds=10), _send_waiting, "把发件箱里到时候的摘要经启用的通道发出；没发成的隔一会儿再试，五天后不再发。"),
    Job("verify_records", timedelta(hours=1), _verify_records, "每天凌晨两点以后请后台核验一次全部审计记录，结果记入审计；停机错过的，开机后补。"),
    Job("forget_sessions", timedelta(hours=1), _forget_sessions, "删除已过期的登录会话。"),
    Job("forget_submissions", timedelta(hours=6), _forget_submissions, "删除 30 天前的表单编号；它只用来防止同一张表单提交两次。"),
    Job("forget_tasks", timedelta(hours=6), _forget_tasks, "删除 30 天前已做完的后台任务记录。"),
    Job("forget_attempts", timedelta(hours=24), _forget_attempts, "删除 200 天前的登录尝试记录；法律要求留存不少于六个月。"),
    Job("tend_database", timedelta(hours=6), _tend_database, "更新 SQLite 的统计信息，查询才会走对索引。"),
)


def run(ended: threading.Event, jobs: Sequence[Job] = JOBS, tick: float = TICK) -> None:
    """Run what is due until ``ended``. A job that fails is told in the log and comes again in its turn; the others do not wait for it."""
    due = dict.fromkeys((job.name for job in jobs), 0.0)
    while not ended.wait(tick):
        for job in jobs:
            if time.monotonic() >= due[job.name] and not ended.is_set():
                due[job.name] = time.monotonic() + job.every.total_seconds()
                run_job(job, timezone.now())


def run_job(job: Job, at: datetime) -> bool:
    """One job; False where it failed."""
    close_old_connections()
    try:
        job.run(at)
    except Exception:
        log.exception("job %s failed", job.name)
        return False
    finally:
        close_old_connections()
    return True
