"""A draft whose quote tightens an upper document by more than a fifth is pointed out with the upper wording, by a real alignment."""

from datetime import date

import pytest

from luoshi.web.documents.models import Comparison, Document, DraftItem, UpperLink, Version
from luoshi.web.documents.services.linking import read_data
from luoshi.web.intake.services import compare, read_document
from luoshi.web.ledger.selectors import desk
from luoshi.web.ledger.services import adopting, drafting
from tests.web import kit

pytestmark = pytest.mark.one_database

UPPER = (
    "临江省人民政府关于加快养老服务发展的意见\n临政发〔2026〕1号\n"
    "（一）健全服务网络。到{year}年底前，乡镇区域养老服务中心覆盖率达到{share}%以上。\n（二）加强要素保障。每季度末通报养老服务资金拨付情况。\n2026年3月1日\n"
)
LOWER = (
    "云岭市人民政府关于加快养老服务发展的实施方案\n云政发〔2026〕18号\n"
    "（一）健全服务网络。到2026年底前，乡镇区域养老服务中心覆盖率达到85%以上（市民政局牵头）。\n"
    "（二）加强要素保障。每季度末通报养老服务资金拨付情况（市财政局负责）。\n2026年6月1日\n"
)


def _version(world: kit.World, text: str) -> Version:
    read = read_document(text.encode(), name="文件.txt", without_namespace=True)
    user = world.people["city.supervisor"]
    document = Document.objects.create(unit=world.units["city"], title=text.splitlines()[0], created_by=user, created_at=kit.NOW)
    told = {name: value for name, value in read.items() if name != "text"}
    return Version.objects.create(
        document=document, number=1, file_name="文件.txt", file_sha256="0" * 64, file_size=9, state=Version.READ, text=read["text"], decomposition=told, uploaded_by=user, uploaded_at=kit.NOW,
    )  # fmt: skip


def _drafts(version: Version) -> list[DraftItem]:
    return [
        DraftItem.objects.create(
            version=version, order=n, item_id=one["id"], start=one["start"], end=one["end"], quote=one["quote"], path=one["path"], kind=one["kind"],
            grade=one["grade"], details=one, state=DraftItem.ACCEPTED,
        )
        for n, one in enumerate(version.decomposition["items"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "share", "found"),
    [
        pytest.param(2028, 60, ["时限比", "加码超过两成"], id="both"),
        pytest.param(2026, 60, ["加码超过两成"], id="target"),
        pytest.param(2028, 85, ["时限比"], id="date"),
        pytest.param(2026, 80, [], id="within a fifth"),
    ],
)
def test_what_is_stricter_than_an_upper_document_is_pointed_out(world: kit.World, year: int, share: int, found: list[str]) -> None:
    actor = world.actor("city.supervisor")
    upper, lower = _version(world, UPPER.format(year=year, share=share)), _version(world, LOWER)
    first, second = (adopting.adopt_item(draft_id=one.pk, actor=actor, at=kit.NOW) for one in _drafts(lower))
    data = compare(read_data(upper), read_data(lower), without_namespace=True)
    Comparison.objects.create(upper=upper, lower=lower, state=Version.READ, data=data, made_at=kit.NOW)

    def said(pk: int) -> list[str]:
        [row] = desk.with_facts(type(first).objects.filter(pk=pk))
        return [one.sentence for one in desk.found_in(row, kit.TODAY) if one.code == "stricter.document"]

    assert said(first.pk) == [], "not linked"
    UpperLink.objects.create(document=lower.document, upper=upper.document)
    sentences = said(first.pk)
    assert len(sentences) == len(found) and all(word in sentence for word, sentence in zip(found, sentences, strict=True)), sentences
    assert all("上位文件《临江省人民政府关于加快养老服务发展的意见》" in one and f"覆盖率达到{share}%以上。”" in one for one in sentences)
    assert said(second.pk) == []
    drafting.edit_draft(matter_id=first.pk, words={"stricter_reason": "本市底子好", "due_on": date(2026, 12, 31)}, actor=actor, at=kit.NOW)
    assert said(first.pk) == []
