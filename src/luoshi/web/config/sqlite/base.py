"""Django's SQLite, with a line for those who write.

SQLite lets one write at a time. Who waits asks again after pauses that grow to a tenth of a second, and whoever asks at the right moment is
next: of many who write without a pause some waited for twenty seconds. Here the threads of a process stand in line, and the first of it asks every
few milliseconds; so no process has more than one that asks.
"""

from threading import Lock
from time import monotonic, sleep

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_LINE = Lock()
_PAUSE = 0.002


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin in their turn."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin once it is this one's turn; who only reads has no turn. Raises ``OperationalError`` where that takes longer than the ``timeout`` of the options."""
        if self.settings_dict["OPTIONS"]["transaction_mode"] != "IMMEDIATE":
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django has it, its stubs have not
            return
        patience: float = self.settings_dict["OPTIONS"]["timeout"]
        until = monotonic() + patience
        if not _LINE.acquire(timeout=patience):
            raise OperationalError("database is locked")
        try:
            self._wait(0)
            while not self._began() and monotonic() < until:
                sleep(_PAUSE)
        finally:
            _LINE.release()
            self._wait(patience)
        if not self.connection.in_transaction:
            raise OperationalError("database is locked")

    def _began(self) -> bool:
        """Begin, or False where another writes.

        Asked of SQLite itself: what Django makes of an error holds the cursor in a circle, which any thread may clear away while this one goes on.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except self.Database.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != self.Database.SQLITE_BUSY:
                raise
            return False
        return True

    def _wait(self, seconds: float) -> None:
        """How long SQLite itself asks again before it says that it is busy."""
        self.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
