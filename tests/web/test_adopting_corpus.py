"""A real document, read and adopted item by item: every source of every draft quotes the text."""

from pathlib import Path

import pytest

from luoshi.decompose import decompose
from luoshi.readers import read
from luoshi.web.audit.models import Record
from luoshi.web.documents.models import DraftItem
from luoshi.web.ledger.models import Source
from luoshi.web.ledger.selectors.desk import knowledge_of
from luoshi.web.ledger.services import adopting
from luoshi.writers.decomposition_json import to_json
from tests.web import kit, paper

pytestmark = pytest.mark.one_database

SOURCES = sorted((Path(__file__).parents[3] / "shared" / "corpus" / "source").glob("*.txt"))


@pytest.mark.skipif(not SOURCES, reason="the corpus of real documents is not beside the repository (../shared/corpus)")
def test_every_deliverable_of_a_real_document_is_adopted(world: kit.World) -> None:
    told = to_json(decompose(read(SOURCES[0])))
    version = paper.version(world, text=told["text"])
    fields = ("start", "end", "quote", "path", "kind", "grade")
    details = ("units", "deadlines", "targets", "measures")
    items = [
        DraftItem.objects.create(
            version=version,
            order=order,
            state=DraftItem.ACCEPTED,
            details={name: item[name] for name in details},
            **{name: item[name] for name in fields},
        )
        for order, item in enumerate(told["items"])
    ]
    actor = world.actor("province.supervisor")
    known = knowledge_of(actor, kit.TODAY)
    for item in items:
        matter = adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW, knowledge=known)
        assert matter.title
    assert items and Source.objects.count() == len(items) == Record.objects.filter(act="matter.adopt").count()
    assert all(version.text[one.start : one.end] == one.quote for one in Source.objects.all())
