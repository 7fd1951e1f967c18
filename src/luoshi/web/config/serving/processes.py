"""What a child of ``luoshi serve`` runs: ``python -m luoshi.web.config.serving.processes pages|worker|clock``.

Every child ends by itself when its parent is gone, so that nothing goes on serving that nobody looks after.
"""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping

PARENT_LOOK = 0.5  # seconds
THREADS = 4  # of one process of pages: the database and the interpreter serve no more at once
TASK_LOOK = 0.5  # seconds between two looks for a task
COLLECTED = (20_000, 20, 20)  # new objects before the youngest are looked through, and how often the older ones
STOP = 5  # seconds that a process of pages has to answer what it has begun


def end_with_parent() -> None:
    """Ask this process to end as soon as the one that started it is gone."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_LOOK)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="parent", daemon=True).start()


def pages() -> None:
    """Granian with as many processes as the options say; one where SQLite is too old for several."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from luoshi.web.config.database import prefer_own_sqlite
    from luoshi.web.config.options import options

    prefer_own_sqlite()
    told = options()
    Granian(
        "luoshi.web.config.serving.processes:page",
        address=told["address"],
        port=told["port"],
        interface=Interfaces.WSGI,
        workers=page_processes(),
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP,
        factory=True,
    ).serve()


def page_processes() -> int:
    """How many processes answer: several writers need a SQLite without the WAL fault, or PostgreSQL."""
    import sqlite3

    from luoshi.web.config.database import FIXED
    from luoshi.web.config.options import options

    told = options()
    return int(told["workers"]) if told["database"] or sqlite3.sqlite_version_info >= FIXED else 1


def page() -> Callable[..., object]:
    """The entry of one process of pages."""
    end_with_parent()
    from luoshi.web.config.wsgi import application

    _settle()
    return application


def _settle() -> None:
    """Import what the first request would, and let the collector of cycles pass by all that stays: to look through it took an eighth of the time of a page."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  # reading it imports the pages
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)


def worker() -> None:
    """Background work, task by task. What a dead worker left half done is taken up first."""
    _set_up()
    from django.utils import timezone
    from django_tasks_db.management.commands.db_worker import Worker

    from luoshi.web.config.serving.abandoned import take_up_abandoned, worker_name

    take_up_abandoned(at=timezone.now())
    one = Worker(
        queue_names=["*"],
        interval=TASK_LOOK,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name(),
        excluded_queue_names=[],
    )
    one.configure_signals()
    one.run()


def clock() -> None:
    """What is due by time: the table of ``config.clock``."""
    _set_up()
    from luoshi.web.config.clock import run

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    run(ended)


def _set_up() -> None:
    from luoshi.web.config.database import prefer_own_sqlite

    prefer_own_sqlite()
    import logging

    import django

    django.setup()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)


KINDS: Mapping[str, Callable[[], None]] = {"pages": pages, "worker": worker, "clock": clock}


def main() -> None:
    """One child."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.config.settings")
    end_with_parent()
    KINDS[sys.argv[1]]()


if __name__ == "__main__":
    main()
