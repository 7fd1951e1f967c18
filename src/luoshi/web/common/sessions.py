"""Sessions in the database. Where the disk is full, a page is still shown though the moment it was asked for cannot be noted."""

import logging

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import DatabaseError

from luoshi.web.common.outages import causes, is_full

log = logging.getLogger("luoshi.web")


class SessionStore(InDatabase):
    """As Django's, but for what is only noted: beginning a session still fails where it cannot be kept."""

    def save(self, must_create: bool = False) -> None:
        """Keep the session. On a full disk an existing one stays as it was last kept."""
        try:
            super().save(must_create)
        except (DatabaseError, UpdateError) as error:  # UpdateError: what Django makes of any failure to update; the failure stands behind it
            fault = next((one for one in causes(error) if isinstance(one, DatabaseError)), error)
            if must_create or not is_full(fault):
                raise fault from None
            log.warning("the disk is full: a session was not kept")
