"""Somebody's page of writing a report, and days that pages count from today."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger.models import Extension, Matter, Report
from luoshi.web.ledger.services import extending
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import Stage
from tests.web.test_issuing_pages import client

PDF, PNG = b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n"


def day(ahead: int) -> date:
    """A day so many days ahead: pages go by the clock."""
    return timezone.localdate() + timedelta(days=ahead)


def stage_of_today(world: kit.World) -> Stage:
    """A matter that is worked on and due in five weeks from today."""
    made = Stage(world, kit.matter(world, state=State.ACTIVE))
    Matter.objects.filter(pk=made.matter.pk).update(due_on=day(35))
    made.matter.refresh_from_db()
    return made


def asked(stage: Stage, who: str = "civil.head") -> Extension:
    """A later date that somebody asked for, counted from today."""
    told = {"matter_id": stage.matter.pk, "new_due_on": day(60), "reason": "雨季停工"}
    made: Extension = stage.do(extending.ask_extension, who, **told)
    return made


def expected_in(html: str) -> str:
    """The optimistic lock that a page carries."""
    found = re.search(r'name="expected" value="(\d+)"', html)
    assert found, "the page has no optimistic lock"
    return found[1]


class Desk:
    """Somebody's page of writing a report."""

    def __init__(self, stage: Stage, who: str = "civil.liaison", query: str = "") -> None:
        self.stage, self.browser = stage, client(stage.world, who)
        self.address = reverse("matter_report", args=[stage.matter.pk]) + query

    def open(self) -> str:
        """The page."""
        answer = self.browser.get(self.address)
        assert answer.status_code == 200
        self.expected = expected_in(answer.content.decode())
        return answer.content.decode()

    def send(self, do: str, **data: Any) -> Any:
        """Press a button."""
        return self.browser.post(self.address, {FIELD: fresh_key(), "do": do, "expected": self.expected, "text": "新增41个中心", **data})

    def save(self, **data: Any) -> Any:
        """What the script sends while one types."""
        address, _mark, query = self.address.partition("?")
        return self.browser.post(f"{address}save/" + (f"?{query}" if query else ""), {"expected": self.expected, **data})

    def attach(self, *files: tuple[str, bytes], **data: Any) -> Any:
        """Attach files."""
        self.open()
        return self.send("attach", files=[SimpleUploadedFile(name, content) for name, content in files], **data)

    def report(self) -> Report:
        """The one report of the matter."""
        return self.stage.matter.reports.get()
