"""A document with items under review, for tests of what is made of them. The text is invented."""

from typing import Any

from luoshi.web.documents.models import Document, DraftItem, Version
from tests.web import kit

TEXT = (
    "临江省关于加快养老服务发展的实施意见\n"
    "（一）健全服务网络。到2026年底前，乡镇区域养老服务中心覆盖率达到85%以上（省民政厅牵头，省财政厅配合）。\n"
    "（二）加强要素保障。每季度末通报养老服务资金拨付情况（省财政厅负责）。\n"
    "（三）坚持党的领导。把养老服务摆在更加突出的位置。\n"
)
QUOTES = (
    "到2026年底前，乡镇区域养老服务中心覆盖率达到85%以上（省民政厅牵头，省财政厅配合）。",
    "每季度末通报养老服务资金拨付情况（省财政厅负责）。",
)
DETAILS: tuple[dict[str, Any], ...] = (
    {
        "units": [{"name": "省民政厅", "role": "lead"}, {"name": "省财政厅", "role": "support"}],
        "deadlines": [{"text": "2026年底前", "due": "2026-12-31", "period": None}],
        "targets": [{"text": "覆盖率达到85%以上", "comparator": "≥", "value": 85.0, "unit": "%", "indicator": "乡镇区域养老服务中心覆盖率"}],
        "measures": [{"text": "乡镇区域养老服务中心覆盖率达到85%以上"}],
    },
    {
        "units": [{"name": "省财政厅", "role": "responsible"}],
        "deadlines": [{"text": "每季度末", "due": None, "period": "quarter-end"}],
        "targets": [],
        "measures": [{"text": "通报养老服务资金拨付情况"}],
    },
)


def version(world: kit.World, *, text: str = TEXT, owner: str = "province", of: Document | None = None, number: int = 1) -> Version:
    """A read version of a document."""
    user = world.people[f"{owner}.supervisor"]
    document = of or Document.objects.create(
        unit=world.units[owner], title="临江省关于加快养老服务发展的实施意见", number="临政发〔2026〕18号", created_by=user, created_at=kit.NOW
    )
    return Version.objects.create(
        document=document,
        number=number,
        file_name="意见.txt",
        file_sha256="0" * 64,
        file_size=len(text),
        state=Version.READ,
        text=text,
        uploaded_by=user,
        uploaded_at=kit.NOW,
        read_at=kit.NOW,
    )


def drafts(made: Version, *, state: str = DraftItem.ACCEPTED) -> list[DraftItem]:
    """The two items of the text, reviewed."""
    found = []
    for order, (quote, details) in enumerate(zip(QUOTES, DETAILS, strict=True)):
        start = made.text.index(quote)
        found.append(
            DraftItem.objects.create(
                version=made,
                order=order,
                start=start,
                end=start + len(quote),
                quote=quote,
                path=["（一）健全服务网络" if order == 0 else "（二）加强要素保障"],
                kind="requirement",
                grade="deliverable",
                details=details,
                state=state,
            )
        )
    return found
