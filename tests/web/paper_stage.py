"""An office that writes papers: its letterhead, matters to write about, papers begun and issued."""

import io
from typing import Any

import docx
import pypdfium2

from luoshi.web.common.store import read_stored
from luoshi.web.ledger.models import Matter, Source, Support
from luoshi.web.ledger.workflow import State as MatterState
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.services import drafting, heading, issuing
from tests.web import kit

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CLERK, LEADER, LIAISON = "province.supervisor", "province.leader", "civil.liaison"


def do(world: kit.World, service: Any, who: str = CLERK, **told: Any) -> Any:
    return service(actor=world.actor(who), at=kit.NOW, **told)


def headed(world: kit.World) -> None:
    do(world, heading.set_letterhead, word="临督", red_head="临江省人民政府督查室文件", signature="临江省人民政府督查室", contact="赵思远，0531-1234")


def matter(world: kit.World, *, lead: str = "civil", **fields: Any) -> Matter:
    row = kit.matter(world, state=MatterState.ACTIVE, lead=lead)
    Matter.objects.filter(pk=row.pk).update(lead_name=world.units[lead].name, **fields)
    Source.objects.create(matter=row, kind=Source.TYPED, quote="到2027年，每个县至少建成1所失能照护机构。", cited_as="临政发〔2026〕18号")
    Support.objects.create(matter=row, unit=world.units["finance"], unit_name="临江省财政厅")
    return row


def begin(world: kit.World, kind: str = "assignment", *rows: Matter, **told: Any) -> OfficialPaper:
    paper: OfficialPaper = do(world, drafting.begin_paper, kind=kind, matters=[row.pk for row in rows or (matter(world),)], **told)
    return paper


def issued(world: kit.World, kind: str = "assignment", *rows: Matter, **told: Any) -> OfficialPaper:
    headed(world)
    paper = begin(world, kind, *rows, **told)
    if kinds()[kind].direct:
        do(world, issuing.issue_paper, paper_id=paper.pk)
    else:
        do(world, issuing.submit_paper, paper_id=paper.pk, approver=world.people[LEADER])
        do(world, issuing.approve_paper, LEADER, paper_id=paper.pk)
    return OfficialPaper.objects.get(pk=paper.pk)


def text_of(paper: OfficialPaper) -> tuple[str, str]:
    """What the Word file and the PDF say, without blanks."""
    read = docx.Document(io.BytesIO(read_stored(paper.docx_sha256)))
    words = "".join(node.text or "" for node in read.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
    pages = pypdfium2.PdfDocument(read_stored(paper.pdf_sha256))
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    return "".join(words.split()), "".join(printed.split())
