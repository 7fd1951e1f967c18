"""``luoshi align``: formats, dates, several lower documents, and every way to ask for what makes no sense."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Luoshi

UPPER = "临江省渡口改造意见\n临政发〔2026〕1号\n\n一、重点任务\n（一）改造渡口。2027年6月底前，全省改造渡口160处，隐患整改率达到100%。\n（二）更新渡船。必须更新老旧渡船。\n\n临江省人民政府\n2026年3月1日\n"
LOWER = "云州市渡口改造方案\n云政发〔2026〕2号\n\n一、重点任务\n（一）改造渡口。2027年3月底前，全市改造渡口16处，隐患整改率稳步提高。\n（二）培训船员。每年培训船员2次。\n\n云州市人民政府\n2026年5月1日\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An upper document, two lower ones, a blank file and one under a secrecy mark."""
    (tmp_path / "省.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "市.txt").write_text(LOWER, encoding="utf-8")
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "县.txt").write_text(LOWER.replace("云州市", "青湾县").replace("全市", "全县").replace("16处", "3处"), encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "密.txt").write_text("机密\n\n" + LOWER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        pytest.param("报告.html", "<!doctype html>", id="html"),
        pytest.param("报告.HTM", "<!doctype html>", id="htm"),
        pytest.param("报告.json", '{\n "schema": "luoshi.alignment/1"', id="json"),
        pytest.param("报告.md", "# 对标对表：临江省渡口改造意见", id="md"),
        pytest.param("新/报告.markdown", "# 对标对表", id="a new folder"),
    ],
)
def test_the_suffix_says_the_format(luoshi: Luoshi, folder: Path, name: str, begins: str) -> None:
    ran = luoshi("align", "省.txt", "市.txt", "-o", name)
    assert (ran.code, ran.out) == (0, "")
    assert (folder / name).read_text(encoding="utf-8").startswith(begins)
    assert "市.txt：上位事项" in ran.err and "晚于上位文件" in ran.err


def test_a_workbook(luoshi: Luoshi, folder: Path) -> None:
    assert luoshi("align", "省.txt", "市.txt", "-o", "表.xlsx").code == 0
    assert "逐条对照" in openpyxl.load_workbook(folder / "表.xlsx").sheetnames


def test_without_a_file_the_data_is_printed(luoshi: Luoshi, folder: Path) -> None:
    assert json.loads(luoshi("align", "省.txt", "市.txt").out)["lower"]["name"] == "市.txt"
    assert luoshi("align", "省.txt", "市.txt", "--format", "md").out.startswith("# ")


def test_a_folder_takes_the_report(luoshi: Luoshi, folder: Path) -> None:
    (folder / "out").mkdir()
    luoshi("align", "省.txt", "市.txt", "-o", "out", "--format", "md")
    assert [path.name for path in (folder / "out").iterdir()] == ["省-对标对表.md"]


def test_several_lower_documents_and_a_folder(luoshi: Luoshi, folder: Path) -> None:
    data = json.loads(luoshi("align", "省.txt", "市.txt", "县").out)
    assert data["schema"] == "luoshi.alignments/1"
    assert [one["lower"]["name"] for one in data["alignments"]] == ["市.txt", "县.txt"]


def test_a_folder_may_hold_the_upper_document(luoshi: Luoshi, folder: Path) -> None:
    for name in ("空.txt", "密.txt"):
        (folder / name).unlink()
    ran = luoshi("align", "省.txt", ".")
    assert [one["lower"]["name"] for one in json.loads(ran.out)["alignments"]] == ["县.txt", "市.txt"]


@pytest.mark.parametrize(
    ("dates", "lower", "value"),
    [
        pytest.param([], "2026-05-01", "derived", id="as stated"),
        pytest.param(["--lower-date", "2025"], "2025", "same_source", id="lower is earlier"),
        pytest.param(["--lower-date", "2026-4"], "2026-04", "derived", id="a month"),
        pytest.param(["--lower-date", "-"], "2026-05-01", "derived", id="left to the document"),
        pytest.param(["--upper-date", "2026-11-20"], "2026-05-01", "same_source", id="upper is later"),
    ],
)
def test_dates(luoshi: Luoshi, folder: Path, dates: list[str], lower: str, value: str) -> None:
    direction = json.loads(luoshi("align", "省.txt", "市.txt", *dates).out)["direction"]
    assert (direction["lower_date"], direction["value"]) == (lower, value)


def test_dates_follow_the_order_of_the_lower_documents(luoshi: Luoshi, folder: Path) -> None:
    data = json.loads(luoshi("align", "省.txt", "市.txt", "县", "--lower-date", "-", "--lower-date", "2024").out)
    assert [one["direction"]["lower_date"] for one in data["alignments"]] == ["2026-05-01", "2024"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["省.txt"], "没有说下位文件是哪份", id="no lower"),
        pytest.param(["省.txt", "省.txt"], "同一份文件出现了两次", id="upper as lower"),
        pytest.param(["省.txt", "市.txt", "./市.txt"], "同一份文件出现了两次", id="lower twice"),
        pytest.param(["县", "市.txt"], "上位文件只能是一份", id="upper is a folder"),
        pytest.param(["省.txt", "无.txt"], "找不到文件", id="no such lower"),
        pytest.param(["无.txt", "市.txt"], "打不开文件", id="no such upper"),
        pytest.param(["省.txt", "市.txt", "-o", "市.txt"], "不认得输出后缀 .txt", id="a suffix that is none"),
        pytest.param(["省.txt", "市.txt", "-o", "报告.docx"], "不认得输出后缀 .docx", id="not a format of alignments"),
        pytest.param(["省.txt", "市.txt", "-o", "市.txt", "--format", "md"], "输出会盖掉输入文件", id="over an input"),
        pytest.param(["省.txt", "市.txt", "--format", "xlsx"], "不能输出到屏幕", id="a workbook on the screen"),
        pytest.param(["省.txt", "市.txt", "--lower-date", "2026年"], "不是日期", id="no date"),
        pytest.param(["省.txt", "市.txt", "--upper-date", "2026-13"], "不是日期", id="no month"),
        pytest.param(["省.txt", "市.txt", "--upper-date", "2026-02-30"], "不是日期", id="no day"),
        pytest.param(["省.txt", "市.txt", "--lower-date", "2026", "--lower-date", "2026"], "给了2个下位文件日期", id="more dates than files"),
        pytest.param(["省.txt", "市.txt", "--embedder", "无"], "无", id="no such model"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said(luoshi: Luoshi, folder: Path, arguments: list[str], said: str) -> None:
    before = (folder / "市.txt").read_bytes()
    ran = luoshi("align", *arguments)
    assert ran.code == 2 and said in ran.err and ran.out == ""
    assert (folder / "市.txt").read_bytes() == before


def test_one_that_cannot_be_read_does_not_stop_the_others(luoshi: Luoshi, folder: Path) -> None:
    ran = luoshi("align", "省.txt", "空.txt", "市.txt", "密.txt", "-o", "报告.json")
    assert ran.code == 5
    assert "空.txt: input.empty" in ran.err and "密.txt: forbidden.classified" in ran.err
    assert json.loads((folder / "报告.json").read_text(encoding="utf-8"))["lower"]["name"] == "市.txt"


def test_where_no_lower_can_be_read_nothing_is_written(luoshi: Luoshi, folder: Path) -> None:
    assert luoshi("align", "省.txt", "空.txt", "-o", "报告.html").code == 3
    assert not (folder / "报告.html").exists()


def test_a_copy_of_the_upper_document_is_not_compared(luoshi: Luoshi, folder: Path) -> None:
    (folder / "副本.txt").write_text(UPPER, encoding="utf-8")
    ran = luoshi("align", "省.txt", "副本.txt", "市.txt")
    assert ran.code == 2 and "与上位文件内容相同" in ran.err
    assert json.loads(ran.out)["lower"]["name"] == "市.txt"


def test_the_upper_document_must_be_readable(luoshi: Luoshi, folder: Path) -> None:
    assert luoshi("align", "空.txt", "市.txt").code == 3
    assert luoshi("align", "密.txt", "市.txt").code == 5
