"""Which database: SQLite in the data folder, or PostgreSQL by one setting.

SQLite runs through ``pysqlite3``, whose wheel carries a version without the WAL-reset fault of 3.7.0–3.51.2 (sqlite.org, 2026-03-13);
where it is not installed and the interpreter's own is older, a rollback journal takes the place of WAL.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from luoshi.text import UsageError
from luoshi.text.language import _

FIXED = (3, 51, 3)
BUSY_SECONDS = 20
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""What may stand behind the question mark of an address: how the connection is encrypted and whom it trusts."""
KEPT = 60  # seconds that a connection is kept between requests
CACHE = 64_000  # KiB that a connection to SQLite may keep of the file


def prefer_own_sqlite() -> None:
    """Put ``pysqlite3`` in the place of ``sqlite3``, before Django is imported; leave things as they are where it is not installed."""
    if "django.db.backends.sqlite3.base" in sys.modules:
        return
    try:
        own = import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = own
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's entry for the database. Raises UsageError for an address that is not one of PostgreSQL."""
    if not url:
        return _sqlite(folder / "luoshi.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise UsageError(_("数据库地址不对：{url}。").format(url=parts.scheme), hint=_("请写成 postgresql://用户:口令@主机:端口/库名。"))
    told = dict(parse_qsl(parts.query))
    if set(told) - set(TLS):
        raise UsageError(
            _("数据库地址里有不认识的参数：{names}。").format(names=_("、").join(sorted(set(told) - set(TLS)))), hint=_("可以写：{names}。").format(names=_("、").join(TLS))
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": told | {"options": "-c jit=off -c max_parallel_workers_per_gather=0"},  # a question of many parts is compiled for seconds that reading its few rows does not take
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(file: Path) -> dict[str, Any]:
    import sqlite3

    journal = "WAL" if sqlite3.sqlite_version_info >= FIXED else "DELETE"
    return {
        "ENGINE": "luoshi.web.config.sqlite",
        "NAME": str(file),
        "CONN_MAX_AGE": KEPT,  # to open it anew for every request costs more than most questions; the last to close would write the whole WAL back
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            # Without a larger cache the counts of a city read the same pages again and again.
            # Recursive triggers: without them INSERT OR REPLACE deletes a row of the audit behind the back of its trigger.
            "init_command": f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;PRAGMA mmap_size=0;PRAGMA cache_size=-{CACHE};",
        },
    }
