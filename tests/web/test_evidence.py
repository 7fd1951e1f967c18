"""Evidence by its content, and its limits."""


import pytest

from luoshi.text import RuleBroken, UnsupportedFormat
from luoshi.web.ledger.services import evidencing, reporting
from tests.web.stage import PDF, SAID, Stage


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        pytest.param("核查表.pdf", PDF, "核查表.pdf", id="pdf"),
        pytest.param("照片.JPEG", b"\xff\xd8\xff\xe0", "照片.JPEG", id="jpeg"),
        pytest.param("截图.png", b"\x89PNG\r\n\x1a\n", "截图.png", id="png"),
        pytest.param("说明.txt", "覆盖率86%".encode("gb18030"), "说明.txt", id="text"),
        pytest.param("名单.docx", b"PK\x03\x04..word/document.xml", "名单.docx", id="docx"),
        pytest.param("明细.xlsx", b"PK\x03\x04..xl/workbook.xml", "明细.xlsx", id="xlsx"),
        pytest.param("公文.ofd", b"PK\x03\x04..OFD.xml", "公文.ofd", id="ofd"),
        pytest.param("../../etc/核查.pdf", PDF, "核查.pdf", id="folders"),
        pytest.param("C:\\x\\核查.pdf", PDF, "核查.pdf", id="other folders"),
        pytest.param("核\u202efdp.pdf\r\n", PDF, "核fdp.pdf", id="turning and control characters"),
        pytest.param("长" * 300 + ".pdf", PDF, "长" * 116 + ".pdf", id="too long"),
        pytest.param(".pdf", PDF, None, id="only an ending"),
        pytest.param("核查表.docx", PDF, None, id="name and content differ"),
        pytest.param("病毒.exe", b"MZ\x90\x00", None, id="program"),
        pytest.param("页.txt", b"<html><script>alert(1)</script>", None, id="markup as text"),
        pytest.param("图.svg", b"<svg onload=alert(1)>", None, id="svg"),
        pytest.param("宏.docx", b"PK\x03\x04..word/document.xml..word/vbaProject.bin", None, id="macros"),
        pytest.param("包.zip", b"PK\x03\x04..a.txt", None, id="any archive"),
        pytest.param("空.txt", b"", None, id="empty"),
        pytest.param("bin.txt", b"\x00\x01\x02", None, id="bytes as text"),
    ],
)
def test_evidence_by_its_content(stage: Stage, name: str, content: bytes, kept: str | None) -> None:
    report = stage.report()
    if kept is None:
        with pytest.raises(UnsupportedFormat):
            stage.with_evidence(report, name=name, content=content)
        assert not report.evidence.exists()
    else:
        stage.with_evidence(report, name=name, content=content)
        assert report.evidence.get().name == kept


def test_evidence_has_limits(stage: Stage) -> None:
    report = stage.report()
    for number in range(3):
        stage.with_evidence(report, content=PDF + bytes([number]))
    with pytest.raises(RuleBroken, match="3 份"):
        stage.with_evidence(report, content=PDF + b"4")
    stage.do(evidencing.remove_evidence, "civil.liaison", evidence_id=report.evidence.first().pk)  # type: ignore[union-attr]
    with pytest.raises(RuleBroken, match="已经附上"):
        stage.with_evidence(report, content=PDF + b"\x01")
    stage.do(reporting.file_report, "civil.head", report_id=report.pk, content=SAID)
    with pytest.raises(RuleBroken, match="不能再改"):
        stage.with_evidence(report, content=PDF + b"5")
