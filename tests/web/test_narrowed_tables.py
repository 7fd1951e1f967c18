"""The ledger of one unit, document, programme, and the pieces of it on the pages of what matters come from: each shows its own, to those who see them."""

import pytest
from django.urls import reverse

from luoshi.web.ledger.models import Instruction, Matter, Source
from luoshi.web.ledger.workflow import State
from tests.web import kit, paper
from tests.web.test_issuing_pages import client
from tests.web.test_programme_pages import Filled

KINDS = ("decision", "study", "topic", "instruction")


class Ledger:
    """A matter of each source, one of none; the addresses that show one source's."""

    def __init__(self, world: kit.World) -> None:
        self.world, filled, version = world, Filled(world), paper.version(world)
        order = Instruction.objects.create(
            unit=world.units["province"], leader="刘省长", on=kit.TODAY, text="请抓紧", created_by=world.people["province.supervisor"], created_at=kit.NOW
        )
        rows = {"decision": filled.decision, "study": filled.study, "topic": filled.topic, "instruction": order}
        self.matters = {kind: self._matter(kind) for kind in (*KINDS, "document", "programme", "unit", "none")}
        for kind, row in rows.items():
            Source.objects.create(matter=self.matters[kind], kind=kind, **{kind: row})
        Source.objects.create(matter=self.matters["document"], kind=Source.ITEM, version=version)
        Matter.objects.filter(pk=self.matters["programme"].pk).update(programme=filled.programme)
        Matter.objects.filter(pk=self.matters["unit"].pk).update(lead=world.units["finance"])
        self.pieces = {kind: f"{reverse('matters_of_source')}?{kind}={row.pk}" for kind, row in rows.items()}
        self.pieces["document"] = reverse("matters_of_document", args=[version.document_id])
        shown = {"document": version.document_id, "programme": filled.programme.pk, "unit": world.units["finance"].pk}
        self.tables = {kind: f"{reverse('matters')}?{kind}={pk}" for kind, pk in shown.items()}
        self.headings = {"document": version.document.title, "programme": filled.programme.name, "unit": "临江省财政厅牵头的事项"}

    def _matter(self, kind: str) -> Matter:
        made = kit.matter(self.world, state=State.ACTIVE)
        Matter.objects.filter(pk=made.pk).update(title=f"由{kind}立的一件")
        return made

    def shown(self, who: str, address: str) -> tuple[set[str], str]:
        """The kinds whose matter is on a page, and the page."""
        page = client(self.world, who).get(address).content.decode()
        return {kind for kind in self.matters if f"由{kind}立的一件" in page}, page


@pytest.fixture
def ledger(world: kit.World) -> Ledger:
    return Ledger(world)


def test_each_shows_its_own_and_nothing_to_strangers(ledger: Ledger) -> None:
    for kind, address in (*ledger.pieces.items(), *ledger.tables.items()):
        assert ledger.shown("province.supervisor", address)[0] == {kind}, address
        assert ledger.shown("city.head", address)[0] == set(), address
    for kind, title in ledger.headings.items():
        assert title in ledger.shown("province.supervisor", ledger.tables[kind])[1]
    for kind in ("document", "programme"):
        assert ledger.headings[kind] not in ledger.shown("city.head", ledger.tables[kind])[1], "nor its name"


@pytest.mark.parametrize("query", ["", "decision=", "decision=x", "decision=1&study=1", f"decision={'1' * 30}"])
def test_a_piece_is_of_one_source(world: kit.World, query: str) -> None:
    answer = client(world, "province.supervisor").get(f"{reverse('matters_of_source')}?{query}")
    assert answer.status_code == 422 and "请指明一项来源" in answer.content.decode()
