"""The clock's jobs and the tasks that a dead worker left behind."""

import os
import subprocess
import threading
from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from luoshi.web.common.models import Submission
from luoshi.web.config import clock
from luoshi.web.config.serving.abandoned import ATTEMPTS, take_up_abandoned, worker_name
from tests.web.kit import NOW

HERE = worker_name().rpartition(":")[0]


def dead() -> str:
    """The name of a worker of this machine that has ended."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    return f"{HERE}:{ended.pid}"


def task(*workers: str, status: str = "RUNNING", **more: Any) -> DBTaskResult:
    fields = {"started_at": NOW, "run_after": NOW, "backend_name": "default", "task_path": "tests.none", "args_kwargs": {"args": [], "kwargs": {}}}
    return DBTaskResult.objects.create(status=status, worker_ids=list(workers), **fields | more)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("workers", "minutes", "after"),
    [
        pytest.param(("dead",), 0, "READY", id="its worker died"),
        pytest.param(("me",), 0, "RUNNING", id="its worker is this one"),
        pytest.param(("parent",), 0, "RUNNING", id="its worker lives"),
        pytest.param(("elsewhere:1",), 10, "RUNNING", id="on another machine"),
        pytest.param(("elsewhere:1",), 61, "READY", id="on another machine, for too long"),
        pytest.param(("dead",) * (ATTEMPTS - 1), 0, "READY", id="the last try"),
        pytest.param(("dead",) * ATTEMPTS, 0, "FAILED", id="given up"),
        pytest.param((), 61, "READY", id="nobody"),
    ],
)
def test_tasks_of_dead_workers_are_taken_up(workers: tuple[str, ...], minutes: int, after: str) -> None:
    names = {"dead": dead(), "me": worker_name(), "parent": f"{HERE}:{os.getppid()}"}
    one = task(*(names.get(name, name) for name in workers))
    others = [task(names["dead"], status=status) for status in ("READY", "FAILED", "SUCCESSFUL")]
    found = take_up_abandoned(at=NOW + timedelta(minutes=minutes))
    one.refresh_from_db()
    assert one.status == after
    assert found == (0 if after == "RUNNING" else 1)
    assert [DBTaskResult.objects.get(pk=other.pk).status for other in others] == ["READY", "FAILED", "SUCCESSFUL"]
    assert take_up_abandoned(at=NOW + timedelta(minutes=minutes)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("job", clock.JOBS, ids=lambda job: job.name)
def test_every_job_can_run_again(job: clock.Job) -> None:
    job.run(NOW)
    job.run(NOW)


@pytest.mark.django_db
def test_old_keys_of_forms_are_forgotten() -> None:
    for key, days in (("old", 31), ("new", 29)):
        Submission.objects.create(key=key, body="", answer="/", at=NOW - timedelta(days=days))
    next(job for job in clock.JOBS if job.name == "forget_submissions").run(NOW)
    assert [one.key for one in Submission.objects.all()] == ["new"]


def test_a_job_that_fails_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    ended = threading.Event()

    def fails(at: object) -> None:
        ran.append("fails")
        raise RuntimeError("on purpose")

    def works(at: object) -> None:
        ran.append("works")
        if ran.count("works") == 2:
            ended.set()

    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    clock.run(ended, [clock.Job("fails", timedelta(0), fails, ""), clock.Job("works", timedelta(0), works, "")], tick=0.01)
    assert ran == ["fails", "works", "fails", "works"]


def test_jobs_have_names_of_their_own() -> None:
    assert len({job.name for job in clock.JOBS}) == len(clock.JOBS)
