"""Addresses of stylesheets, scripts and pictures: with a digest of the content, so that a browser keeps them and still sees a new release."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class DigestStorage(StaticFilesStorage):
    """``web.css`` becomes ``/static/web.css?v=1f0c…``; nothing is collected, files are served from where they are installed."""

    def url(self, name: str | None) -> str:
        """The address with the digest; without where there is no such file."""
        address = super().url(name)
        digest = _digest(str(name))
        return f"{address}?v={digest}" if digest else address


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if isinstance(found, str) else ""
