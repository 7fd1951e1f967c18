"""Background work: looking through all records takes seconds, and holds no lock while it does. What was found is a record of the audit.

Run twice, it looks twice and tells twice, without harm. The clock asks for a verification every night.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from luoshi.web.audit import services
from luoshi.web.audit.checkpoint import Kept, parse
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import origin
from luoshi.web.audit.verifying import VERIFIED, verify
from luoshi.web.common import store
from luoshi.web.common.actor import SYSTEM, Actor

NIGHT = 2
"""The hour of the nightly verification."""
WORKING = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@task
def make_checkpoint(algorithm: str, user_id: int, name: str) -> None:
    """A checkpoint, where the records are in order; else what is wrong with them."""
    actor = Actor(user_id, name, administers="audit")
    verified = verify(algorithm=algorithm)
    if verified.good:
        services.make_checkpoint(verified=verified, origin=origin(), actor=actor, at=timezone.now())
    else:
        services.record_verification(verified=verified, actor=actor, at=timezone.now())


@task
def verify_records(lines: str, sha256: str, user_id: int | None, name: str) -> None:
    """A verification against the lines of a checkpoint and the file of one, where they are given; the file is put away after it."""
    actor = Actor(user_id, name, administers="audit") if user_id is not None else SYSTEM
    given = given_of(lines, store.read_stored(sha256) if sha256 else b"")
    verified = verify(given)
    services.record_verification(verified=verified, given=given, actor=actor, at=timezone.now())
    if sha256:
        store.remove(sha256)


def given_of(lines: str, file: bytes) -> list[Kept]:
    """Checkpoints as a page brings them. Raises InputError for what is none."""
    return [parse(one) for one in (lines.strip().encode(), file) if one]


def last_work() -> "DBTaskResult[Any, Any] | None":
    """The last of these tasks that was asked for, done or not."""
    paths = [make_checkpoint.module_path, verify_records.module_path]
    return DBTaskResult.objects.filter(task_path__in=paths).order_by("-enqueued_at").first()


def verify_nightly(at: datetime) -> None:
    """Ask for a verification, once a night."""
    here = timezone.localtime(at)
    night = here.replace(hour=NIGHT, minute=0, second=0, microsecond=0) - timedelta(days=here.hour < NIGHT)
    last = last_work()
    is_done = Record.objects.filter(act=VERIFIED, actor_id=None, at__gte=night).exists()
    if Record.objects.exists() and not is_done and (last is None or last.status not in WORKING):
        verify_records.enqueue("", "", None, SYSTEM.name)
