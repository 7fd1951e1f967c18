"""``luoshi decompose``: one input, several, a folder, standard input; what is refused and how."""

import json
import zipfile
from pathlib import Path

import pytest

from luoshi.text.errors import LuoshiError, all_errors
from tests.cli.conftest import TEXT, Luoshi


def written(folder: Path) -> set[str]:
    """Every file under a folder, by its place in it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_one_file_to_standard_output(luoshi: Luoshi, plan: Path) -> None:
    ran = luoshi("decompose", plan)
    data = json.loads(ran.out)
    assert ran.code == 0 and ran.err == ""
    assert data["schema"] == "luoshi.decomposition/1"
    assert data["source"]["name"] == "方案.txt"
    assert data["text"] == TEXT
    assert len(data["items"]) == 2


FORMATS = [
    pytest.param("json", b"{", id="json"),
    pytest.param("xlsx", b"PK", id="xlsx"),
    pytest.param("docx", b"PK", id="docx"),
    pytest.param("md", b"#", id="md"),
    pytest.param("html", b"<!", id="html"),
]


@pytest.mark.parametrize(("suffix", "begins"), FORMATS)
def test_the_suffix_of_the_output_chooses_the_format(luoshi: Luoshi, plan: Path, suffix: str, begins: bytes) -> None:
    target = plan.with_name(f"台账.{suffix}")
    ran = luoshi("decompose", plan, "-o", target)
    assert ran.code == 0 and ran.out == ""
    assert target.read_bytes().lstrip().lower().startswith(begins.lower())
    assert "2 条事项" in ran.err and str(target) in ran.err


SUFFIXES = [pytest.param("markdown", b"#", id="markdown"), pytest.param("htm", b"<!", id="htm"), pytest.param("JSON", b"{", id="capitals")]


@pytest.mark.parametrize(("suffix", "begins"), SUFFIXES)
def test_other_names_of_the_formats(luoshi: Luoshi, plan: Path, suffix: str, begins: bytes) -> None:
    target = plan.with_name(f"台账.{suffix}")
    assert luoshi("decompose", plan, "-o", target).code == 0
    assert target.read_bytes().lstrip().startswith(begins)


def test_format_wins_over_the_suffix(luoshi: Luoshi, plan: Path) -> None:
    target = plan.with_name("台账.txt")
    assert luoshi("decompose", plan, "-o", target, "--format", "json").code == 0
    assert json.loads(target.read_text("utf-8"))["items"]


@pytest.mark.parametrize("kind", ["md", "html"])
def test_text_formats_to_standard_output(luoshi: Luoshi, plan: Path, kind: str) -> None:
    ran = luoshi("decompose", plan, "--format", kind)
    assert ran.code == 0 and "渡口" in ran.out


def test_a_missing_folder_of_the_output_is_made(luoshi: Luoshi, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "甲" / "乙" / "台账.json"
    assert luoshi("decompose", plan, "-o", target).code == 0
    assert target.is_file()


def test_one_file_into_a_folder_that_is_there(luoshi: Luoshi, plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "输出"
    folder.mkdir()
    assert luoshi("decompose", plan, "-o", folder, "--format", "md").code == 0
    assert written(folder) == {"方案.md"}


def test_several_files_into_a_folder(luoshi: Luoshi, plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "通知.txt"
    other.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "输出"
    assert luoshi("decompose", plan, other, "-o", out, "--format", "md").code == 0
    assert written(out) == {"方案.md", "通知.md"}


def test_the_same_file_twice_is_one(luoshi: Luoshi, plan: Path) -> None:
    ran = luoshi("decompose", plan, plan)
    assert ran.code == 0 and json.loads(ran.out)


def test_a_folder_keeps_its_shape(luoshi: Luoshi, tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    for name in ("省/意见.txt", "市/意见.txt", "市/方案.txt", ".git/忽略.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "输出"
    assert luoshi("decompose", folder, "-o", out).code == 0
    assert written(out) == {"市/方案.json", "市/意见.json", "省/意见.json"}


def test_the_same_stem_keeps_the_whole_name(luoshi: Luoshi, tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    for name in ("方案.txt", "方案.md", "通知.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    out = tmp_path / "输出"
    assert luoshi("decompose", folder, "-o", out).code == 0
    assert written(out) == {"通知.json", "方案.md.json", "方案.txt.json"}


def test_files_of_one_name_from_two_folders_are_both_written(luoshi: Luoshi, tmp_path: Path) -> None:
    paths = []
    for place in ("甲", "乙"):
        path = tmp_path / place / "方案.txt"
        path.parent.mkdir()
        path.write_text(TEXT.replace("16处", f"{len(paths) + 16}处"), encoding="utf-8")
        paths.append(path)
    out = tmp_path / "输出"
    ran = luoshi("decompose", *paths, "-o", out)
    texts = {json.loads((out / name).read_text("utf-8"))["text"] for name in written(out)}
    assert (ran.code, len(texts)) == (0, 2), "one output must not overwrite the other"


def test_standard_input(luoshi: Luoshi) -> None:
    ran = luoshi("decompose", "-", stdin=TEXT.encode("gb18030"))
    data = json.loads(ran.out)
    assert ran.code == 0 and data["text"] == TEXT and data["source"]["name"] == "stdin"


def test_as_of_judges_what_is_past(luoshi: Luoshi, plan: Path) -> None:
    def codes(day: str) -> set[str]:
        return {doubt["code"] for item in json.loads(luoshi("decompose", plan, "--as-of", day).out)["items"] for doubt in item["doubts"]}

    assert "deadline.past" in codes("2026-07-01")
    assert "deadline.past" not in codes("2026-06-30")


def test_the_same_bytes_twice(luoshi: Luoshi, plan: Path) -> None:
    assert luoshi("decompose", plan, "--as-of", "2026-11-22").out == luoshi("decompose", plan, "--as-of", "2026-11-22").out


USAGE = [
    pytest.param(["decompose", "没有.txt"], "没有.txt", id="no such file"),
    pytest.param(["decompose", "方案.txt", "-o", "台账.zip"], ".zip", id="unknown suffix"),
    pytest.param(["decompose", "方案.txt", "--format", "pdf"], "pdf", id="unknown format"),
    pytest.param(["decompose", "方案.txt", "--as-of", "2026-13-01"], "2026-13-01", id="no such day"),
    pytest.param(["decompose", "方案.txt", "--as-of", "明天"], "明天", id="no day at all"),
    pytest.param(["decompose", "方案.txt", "--format", "xlsx"], "-o", id="a workbook to the screen"),
    pytest.param(["decompose", "方案.txt", "--encoding", "xx"], "xx", id="no such encoding"),
    pytest.param(["decompose", "方案.txt", "通知.txt"], "-o", id="several without an output"),
    pytest.param(["decompose", "方案.txt", "通知.txt", "-o", "方案.txt"], "方案.txt", id="several into a file"),
    pytest.param(["decompose", "方案.txt", "-o", "方案.txt", "--format", "json"], "方案.txt", id="the output is the input"),
    pytest.param(["decompose", "空"], "", id="an empty folder"),
    pytest.param(["decompose"], "", id="no argument"),
    pytest.param(["decompose", "方案.txt", "-o", "/dev/null/台账.json"], "台账.json", id="a place where nothing can be written"),
]


@pytest.mark.parametrize(("arguments", "named"), USAGE)
def test_calls_that_make_no_sense(luoshi: Luoshi, plan: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str) -> None:
    monkeypatch.chdir(plan.parent)
    plan.with_name("通知.txt").write_text(TEXT, encoding="utf-8")
    (plan.parent / "空").mkdir()
    before = plan.read_bytes()
    ran = luoshi(*arguments)
    assert ran.code == 2
    assert named in ran.err
    assert ran.out == ""
    assert plan.read_bytes() == before


def test_an_input_is_not_overwritten_through_another_name(luoshi: Luoshi, plan: Path) -> None:
    link = plan.with_name("别名.json")
    link.symlink_to(plan)
    assert luoshi("decompose", plan, "-o", link).code == 2
    assert plan.read_text("utf-8") == TEXT


def test_an_input_in_the_output_folder_is_not_overwritten(luoshi: Luoshi, tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    for name in ("方案.md", "通知.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    ran = luoshi("decompose", folder, "-o", folder, "--format", "md")
    assert ran.code == 2
    assert (folder / "方案.md").read_text("utf-8") == TEXT


BROKEN = [
    pytest.param("坏.docx", b"PK\x03\x04not a zip", 3, id="damaged"),
    pytest.param("空.txt", b"", 3, id="empty"),
    pytest.param("图.png", b"\x89PNG\r\n\x1a\n" + bytes(64), 3, id="an unknown format"),
    pytest.param("密.txt", "机密★1年\n关于渡口改造的通知\n\n要改造渡口。\n".encode(), 5, id="a secrecy mark"),
]


@pytest.mark.parametrize(("name", "content", "code"), BROKEN)
def test_a_broken_file_among_good_ones(luoshi: Luoshi, plan: Path, tmp_path: Path, name: str, content: bytes, code: int) -> None:
    broken = tmp_path / name
    broken.write_bytes(content)
    other = tmp_path / "通知.txt"
    other.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "输出"
    ran = luoshi("decompose", plan, broken, other, "-o", out)
    assert ran.code == code
    assert written(out) == {"方案.json", "通知.json"}
    assert name in ran.err
    assert "机密★1年\n关于" not in ran.err


def test_the_highest_exit_code_counts(luoshi: Luoshi, plan: Path, tmp_path: Path) -> None:
    files = [tmp_path / "空.txt", tmp_path / "密.txt"]
    files[0].write_bytes(b"")
    files[1].write_text("机密\n关于渡口改造的通知\n\n要改造渡口。\n", encoding="utf-8")
    assert luoshi("decompose", *files, plan, "-o", tmp_path / "输出").code == 5


@pytest.mark.parametrize("error", [pytest.param(cls, id=cls.__name__) for cls in all_errors()])
def test_every_error_ends_with_its_exit_code(luoshi: Luoshi, plan: Path, monkeypatch: pytest.MonkeyPatch, error: type[LuoshiError]) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise error("读不了。", hint="请换一个。")

    monkeypatch.setattr("luoshi.cli.decomposing.read_input", refuse)
    ran = luoshi("decompose", plan)
    assert ran.code == error.exit_code
    assert error.code in ran.err and "读不了。" in ran.err and "请换一个。" in ran.err


def test_isolated_gives_the_same(luoshi: Luoshi, plan: Path) -> None:
    ran = luoshi("decompose", plan, "--isolated", "--as-of", "2026-11-22")
    if ran.code == 7:
        pytest.skip("no network namespace can be made here")
    assert ran.out == luoshi("decompose", plan, "--as-of", "2026-11-22").out


def test_a_workbook_holds_no_formula(luoshi: Luoshi, tmp_path: Path) -> None:
    evil = tmp_path / "公式.txt"
    evil.write_text("渡口方案\n\n一、任务\n=1+1，要改造渡口。\n", encoding="utf-8")
    target = tmp_path / "台账.xlsx"
    assert luoshi("decompose", evil, "-o", target).code == 0
    with zipfile.ZipFile(target) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "worksheets/" in name)
