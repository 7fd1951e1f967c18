"""Tasks whose worker died in the middle. The library leaves them ``RUNNING`` for ever; here they are taken up again.

A task is one transaction or can be repeated, so that a second run does no harm. One that has taken three workers with it is given up.
"""

import os
import socket
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 3
LONGEST = timedelta(hours=1)  # no task takes longer; for workers on other machines, which cannot be asked
GIVEN_UP = "luoshi.GivenUp"


def worker_name() -> str:
    """Name of this process as a worker: machine and number."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}"


def take_up_abandoned(*, at: datetime) -> int:
    """Put tasks back in the queue whose worker is gone; fail those that have used up their attempts. The number of both."""
    found = 0
    with transaction.atomic():
        for task in DBTaskResult.objects.running().select_for_update():
            if _is_gone(task, at):
                found += 1
                _again(task) if len(task.worker_ids) < ATTEMPTS else _give_up(task, at)
    return found


def _is_gone(task: DBTaskResult[Any, Any], at: datetime) -> bool:
    machine, _sign, number = (task.worker_ids or [""])[-1].rpartition(":")
    if machine == worker_name().rpartition(":")[0] and number.isdigit():
        return int(number) != os.getpid() and not _lives(int(number))
    return bool(task.started_at is None or at - task.started_at > LONGEST)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _again(task: DBTaskResult[Any, Any]) -> None:
    task.status = "READY"
    task.started_at = None
    task.save(update_fields=["status", "started_at"])


def _give_up(task: DBTaskResult[Any, Any], at: datetime) -> None:
    task.status = "FAILED"
    task.finished_at = at
    task.exception_class_path = GIVEN_UP
    task.traceback = f"the worker died {len(task.worker_ids)} times while it ran"
    task.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
