"""What tests of pages share: one Chromium for the whole run, since Playwright holds one loop in a thread."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # no test asserts a time: on a machine that does much beside them any example may take long

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; what needs it is skipped where there is none. Django is told that rows may be read beside its loop."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pages are not tried in a browser")
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: pages are not tried in a browser")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()
