"""A real browser on a real server, for tests that look at pages: the system's Chromium, a person of ``kit.world`` signed in, axe.

``browsing`` is a fixture (see ``conftest``): ``browsing.as_("province.supervisor")`` gives a page of its own session;
``browsing.faults(page)`` is what axe finds serious or critical; ``browsing.noise`` is what the console complained about.
"""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.web import kit

PATIENCE = 120_000  # milliseconds; a machine that runs two suites at once is slow
expect.set_options(timeout=PATIENCE)

SCREEN, PHONE, ZOOMED = (1366, 768), (390, 844), (683, 384)
SIZES = {"screen": SCREEN, "phone": PHONE, "zoomed": ZOOMED}
"""An office screen, a telephone, the same office screen at 200 %."""
PICTURES = os.environ.get("LUOSHI_PICTURES", "")
"""Where pictures of the pages are kept, if anywhere: a folder."""


@dataclass
class Browsing:
    """A browser on a live server over the rows of ``world``."""

    browser: Browser
    address: str
    world: kit.World
    noise: list[str] = field(default_factory=list)
    _tabs: dict[tuple[object, ...], Page] = field(default_factory=dict)

    def as_(
        self, person: str, path: str = "/", *, size: tuple[int, int] = SCREEN, dark: bool = False, language: str = "zh-hans", confirmed: bool = False
    ) -> Page:
        """A page at ``path`` in a session of ``person`` (``province.supervisor``); no name is nobody. ``confirmed``: the password was asked for just now."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE)
        if person:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(self.world, person, confirmed=confirmed), "url": self.address}])
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.address}])
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.goto(self.address + path)
        return page

    def turn_to(self, person: str, path: str, *, size: tuple[int, int] = SCREEN, dark: bool = False, language: str = "zh-hans") -> Page:
        """As ``as_``, in the tab that the person has for this already: for looking at many pages, each of which would wait for a browser."""
        told = (person, size, dark, language)
        if told not in self._tabs:
            self._tabs[told] = self.as_(person, path, size=size, dark=dark, language=language)
            return self._tabs[told]
        page = self._tabs[told]
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(self.address + path)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.noise.append(f"{message.text} {message.location.get('url', '')}")

    def faults(self, page: Page) -> list[str]:
        """What axe finds serious or critical on the page, one line each."""
        found: list[dict[str, Any]] = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{one['id']}: {one['help']} — {'; '.join(node['html'][:120] for node in one['nodes'][:3])}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    def unsound(self, page: Page, name: str) -> list[str]:
        """What is wrong with a page: where it is wider than its window, and what axe finds at 200 %. Keeps a picture of each size."""
        found: list[str] = []
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            self.picture(page, f"{name}-{size}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{name}: wider than the window, {size}")
        return found + [f"{name}: {fault}" for fault in self.faults(page)]

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page, where pictures are wanted."""
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def session_of(world: kit.World, person: str, *, confirmed: bool = False) -> str:
    """The key of a fresh session of a person, as signing in makes it; ``confirmed``: so lately that nothing is asked again."""
    user = world.people[person]
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    if confirmed:
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session.save()
    return str(session.session_key)
