"""The browser kit works: a page of a person who is signed in, without noise and without faults; the triggers stand again afterwards."""

import pytest
from django.db import DatabaseError, transaction

from luoshi.web.audit.models import Record
from luoshi.web.ledger.services import issuing
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.browser import Browsing


@pytest.mark.parametrize("turn", [1, 2])
def test_a_person_is_signed_in(browsing: Browsing, turn: int) -> None:
    matter = kit.matter(browsing.world, state=State.ISSUED)
    issuing.sign_matter(matter_id=matter.pk, actor=browsing.world.actor("civil.liaison"), at=kit.NOW)
    page = browsing.as_("province.supervisor")
    assert "待办" in page.title()
    assert browsing.faults(page) == [] and browsing.noise == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.update(reason="")
