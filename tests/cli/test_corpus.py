"""``luoshi corpus``: what is printed and written, and with which exit code."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq
import pytest

from luoshi.cli import corpus_asking, corpus_engines, corpus_tables
from luoshi.corpus.engines import LocalEngine
from luoshi.text.language import set_language
from tests.cli.conftest import Luoshi
from tests.corpus.material import corpus, digests


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("cli") / "原件")


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Path:
    """Made in a process of its own, as an office does it."""
    target = folder.parent / "数据集"
    ran = subprocess.run([sys.executable, "-m", "luoshi.cli", "corpus", "decompose", folder, "-o", target, "--processes", "2"], capture_output=True, check=False, timeout=6000)
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout == b"" and ran.stderr.decode().splitlines()[-2:] == ["已读 10/10", f"{target}：10 个文件，读成 10 个；这次读了 10 个，沿用 0 个"]
    return target


# -- decompose ------------------------------------------------------------------------------------------------------


def test_again_and_nothing_is_read(luoshi: Luoshi, folder: Path, dataset: Path) -> None:
    before = digests(dataset)
    ran = luoshi("corpus", "decompose", folder, "-o", dataset)
    assert (ran.code, ran.out) == (0, "") and "这次读了 0 个，沿用 10 个" in ran.err
    assert digests(dataset) == before


def test_a_file_that_fails_is_named_and_decides_the_exit_code(luoshi: Luoshi, tmp_path: Path) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    (source / "空.txt").write_bytes(b"")
    (source / "密.txt").write_text("机密★10年\n\n关于某事的通知\n", encoding="utf-8")
    ran = luoshi("corpus", "decompose", source, "-o", tmp_path / "d", "--processes", "1", "--as-of", "2026-11-22")
    assert ran.code == 5
    assert "空.txt: input.empty: " in ran.err and "密.txt: forbidden.classified: " in ran.err and "读成 5 个" in ran.err
    assert json.loads((tmp_path / "d" / "manifest.json").read_text("utf-8"))["as_of"] == "2026-11-22"
    assert "机密" not in (tmp_path / "d" / "documents.parquet").read_bytes().decode("utf-8", "ignore")


def test_many_that_fail_are_not_all_named(luoshi: Luoshi, tmp_path: Path) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    for n in range(25):
        (source / f"空{n:02d}.txt").write_bytes(b"")
    ran = luoshi("corpus", "decompose", source, "-o", tmp_path / "d")
    assert ran.code == 3 and ran.err.count("input.empty") == 20 and "另有 5 个文件没有读成" in ran.err


def test_files_that_are_gone_are_said(luoshi: Luoshi, tmp_path: Path) -> None:
    source = corpus(tmp_path / "原件", cities=2)
    luoshi("corpus", "decompose", source, "-o", tmp_path / "d")
    (source / "city_2026" / "青湾市.txt").unlink()
    assert "去掉已不在的 1 个" in luoshi("corpus", "decompose", source, "-o", tmp_path / "d").err


@pytest.mark.parametrize("isolated", [pytest.param((), id="as it is"), pytest.param(("--isolated",), id="confined")])
def test_both_ways_of_reading_write_the_same(luoshi: Luoshi, tmp_path: Path, isolated: tuple[str, ...]) -> None:
    source = tmp_path / "原件"
    source.mkdir()
    (source / "甲.txt").write_text("青湾县渡口方案\n\n要在2026年6月底前改造渡口16处。\n", encoding="utf-8")
    ran = luoshi("corpus", "decompose", source, "-o", tmp_path / "d", "--processes", "1", *isolated)
    assert ran.code == 0, ran.err
    assert [row["quote"] for row in pq.read_table(tmp_path / "d" / "targets.parquet").to_pylist()] == ["16处"]


REFUSED = [
    pytest.param(["没有", "-o", "d"], "找不到文件夹", id="no such folder"),
    pytest.param(["文件.txt", "-o", "d"], "是文件", id="a file"),
    pytest.param(["空", "-o", "d"], "没有可读的文件", id="an empty folder"),
    pytest.param(["原件", "-o", "别的"], "不会覆盖", id="a folder of something else"),
    pytest.param(["原件", "-o", "d", "--as-of", "明天"], "不是日期", id="no day"),
    pytest.param(["原件", "-o", "d", "--processes", "0"], "--processes", id="no process"),
    pytest.param(["原件", "-o", "d", "--processes", "2", "--scheduler", "tcp://127.0.0.1:9"], "只能用一个", id="both engines"),
    pytest.param(["原件", "-o", "/dev/null/d"], "写不了文件", id="no place"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_decompose_refuses(luoshi: Luoshi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path / "原件", cities=1)
    for name in ("空", "别的"):
        Path(name).mkdir()
    Path("文件.txt").write_text("要改造渡口。", encoding="utf-8")
    Path("别的/稿.txt").write_text("别动", encoding="utf-8")
    ran = luoshi("corpus", "decompose", *arguments)
    assert ran.code == 2 and said in ran.err and ran.out == "" and not Path("d").exists()


def test_interrupted_and_how_to_go_on(luoshi: Luoshi, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(LocalEngine, "run", interrupted)
    ran = luoshi("corpus", "decompose", folder, "-o", tmp_path / "d")
    assert ran.code == 130 and "接着做" in ran.err


def test_as_many_processes_as_there_are_processors() -> None:
    assert corpus_engines.engine_of(None, None).slots >= 1
    assert corpus_engines.engine_of(3, None).slots == 3


# -- align ----------------------------------------------------------------------------------------------------------

SIDES = ("--upper-level", "province", "--lower-level", "city", "--top", "2")


def test_align_writes_what_the_suffix_says(luoshi: Luoshi, dataset: Path, tmp_path: Path) -> None:
    for name in ("对.parquet", "对.csv", "新/对.xlsx"):
        ran = luoshi("corpus", "align", dataset, "-o", tmp_path / name, *SIDES)
        assert ran.code == 0 and re.search(r"\d+ 对，涉及上位文件 2 份、下位文件 6 份", ran.err), ran.err
    table = pq.read_table(tmp_path / "对.parquet").to_pylist()
    with (tmp_path / "对.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.DictReader(stream))
    sheet = openpyxl.load_workbook(tmp_path / "新" / "对.xlsx").active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert [row["上位原文"] for row in written] == [row["upper_quote"] for row in table] == [row[cells[0].index("上位原文")] for row in cells[1:]]
    assert {row["direction"] for row in table} <= {"derived", "same_source"}


def test_align_needs_two_sides(luoshi: Luoshi, dataset: Path, tmp_path: Path) -> None:
    ran = luoshi("corpus", "align", dataset, "-o", tmp_path / "对.csv")
    assert ran.code == 2 and "没有说拿什么和什么比" in ran.err


@pytest.mark.parametrize("name", ["对.txt", "对"])
def test_align_knows_its_formats(luoshi: Luoshi, dataset: Path, tmp_path: Path, name: str) -> None:
    ran = luoshi("corpus", "align", dataset, "-o", tmp_path / name, *SIDES)
    assert ran.code == 2 and "不认得输出后缀" in ran.err


def test_a_result_that_excel_cannot_hold(luoshi: Luoshi, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_tables, "_ROWS_OF_EXCEL", 3)
    ran = luoshi("corpus", "align", dataset, "-o", tmp_path / "对.xlsx", *SIDES)
    assert ran.code == 2 and "超过 Excel 的上限" in ran.err


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    import pyarrow as pa

    table = pa.table({"quote": ["=1+1", "-cmd", "要改造"], "value": [1.5, None, 2.0]})
    for name in ("表.csv", "表.xlsx"):
        corpus_tables.write_table(table, tmp_path / name)
    assert (tmp_path / "表.csv").read_text("utf-8-sig").splitlines()[1:] == ["'=1+1,1.5", "'-cmd,", "要改造,2"]
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx").active
    assert sheet is not None and [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [("=1+1", "s"), ("-cmd", "s"), ("要改造", "s")]


# -- duplicates -----------------------------------------------------------------------------------------------------


def test_duplicates_on_the_screen(luoshi: Luoshi, dataset: Path) -> None:
    ran = luoshi("corpus", "duplicates", dataset)
    assert ran.code == 0 and "重复 1 组；文件名与正文不符 3 处" in ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "第 1 组，2 份是同一篇文字：" and lines[1] == "  city_2026/远浦市.txt"
    assert re.fullmatch(r"  province_2025/临海省\.txt  与第一份相似度 9\d\.\d%，较短一份的 (?:9\d\.\d|100\.0)% 在另一份里", lines[2])
    assert "city_2026/远浦市.txt  文件名写的是远浦，正文里没有出现这个地名：很可能是采集时放错了文件。" in lines


def test_duplicates_as_a_table(luoshi: Luoshi, dataset: Path, tmp_path: Path) -> None:
    assert luoshi("corpus", "duplicates", dataset, "-o", tmp_path / "重.csv").out == ""
    with (tmp_path / "重.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["类别"] for row in rows] == ["重复", "重复", "年份不符", "地名不符", "年份不符"]
    assert luoshi("corpus", "duplicates", dataset, "-o", tmp_path / "重.md").code == 0
    assert (tmp_path / "重.md").read_text("utf-8").startswith("| 类别 | 组 | 文件 |")


def test_identical_files_are_said_to_be_so(luoshi: Luoshi, tmp_path: Path) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    (source / "副本.txt").write_bytes((source / "city_2026" / "青湾市.txt").read_bytes())
    luoshi("corpus", "decompose", source, "-o", tmp_path / "d")
    assert "副本.txt  与第一份文字相同" in luoshi("corpus", "duplicates", tmp_path / "d").out


# -- track ----------------------------------------------------------------------------------------------------------


def test_track_on_the_screen(luoshi: Luoshi, dataset: Path) -> None:
    ran = luoshi("corpus", "track", dataset, "城镇新增就业")
    assert ran.code == 0 and "“城镇新增就业”作为目标：9 份文件，9 处；与别的文件相同的 1 份没有重复计算" in ran.err
    assert ran.out.splitlines()[0] == "| 年份 | 年份依据 | 层级 | 地方 | 文件 | 指标 | 原文 | 比较 | 数值 | 单位 |"
    assert "| 2026 | 文中写明 | 市级 | 青湾 | city_2026/青湾市.txt | 城镇新增就业 | 1.2万人以上 | ≥ | 12000 | 人 |" in ran.out


def test_track_as_a_chart_a_page_and_tables(luoshi: Luoshi, dataset: Path, tmp_path: Path) -> None:
    for suffix in ("svg", "html", "csv", "xlsx", "parquet", "md"):
        ran = luoshi("corpus", "track", dataset, "三个转变", "-o", tmp_path / f"追踪.{suffix}")
        assert (ran.code, ran.out) == (0, "") and "作为提法" in ran.err
    ElementTree.parse(tmp_path / "追踪.svg")
    page = (tmp_path / "追踪.html").read_text("utf-8")
    assert "<svg" in page and "default-src &#x27;none&#x27;" in page and "<script" not in page and "city_2026/青湾市.txt" in page
    assert set(re.findall(r'(?:src|href)="([^"#]+)"', page)) == set()
    assert pq.read_table(tmp_path / "追踪.parquet").num_rows == 9


def test_a_page_without_a_chart_where_there_is_nothing_to_draw(luoshi: Luoshi, dataset: Path, tmp_path: Path) -> None:
    ran = luoshi("corpus", "track", dataset, "没有人说过的提法", "-o", tmp_path / "无.html")
    assert ran.code == 0 and "没有一份文件提到" in ran.err and "<svg" not in (tmp_path / "无.html").read_text("utf-8")
    assert luoshi("corpus", "track", dataset, "没有人说过的提法", "-o", tmp_path / "无.svg").code == 2


@pytest.mark.parametrize("term", ["习近平", "习近平总书记", "王清源主任"])
def test_a_person_is_refused(luoshi: Luoshi, dataset: Path, tmp_path: Path, term: str) -> None:
    ran = luoshi("corpus", "track", dataset, term, "-o", tmp_path / "人.svg")
    assert ran.code == 5 and ran.err.startswith("forbidden: ") and "不统计、不检索具体的人" in ran.err and not (tmp_path / "人.svg").exists()


# -- what they share ------------------------------------------------------------------------------------------------

NO_DATASET = [("align", "-o", "对.csv", *SIDES), ("duplicates",), ("track", "渡口")]


@pytest.mark.parametrize("call", NO_DATASET, ids=[call[0] for call in NO_DATASET])
def test_no_dataset_and_one_that_is_not_complete(luoshi: Luoshi, folder: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]) -> None:
    monkeypatch.chdir(tmp_path)
    where = ("track", str(folder), call[1]) if call[0] == "track" else (call[0], str(folder), *call[1:])
    ran = luoshi("corpus", *where)
    assert ran.code == 2 and "不是语料数据集" in ran.err
    half = tmp_path / "半"
    half.mkdir()
    (half / "luoshi-corpus.json").write_bytes((dataset / "luoshi-corpus.json").read_bytes())
    ran = luoshi("corpus", *(str(half) if word == str(folder) else word for word in where))
    assert ran.code == 2 and "还没有做完" in ran.err


def test_a_table_that_cannot_be_written(luoshi: Luoshi, dataset: Path) -> None:
    ran = luoshi("corpus", "duplicates", dataset, "-o", "/dev/null/重.csv")
    assert ran.code == 2 and "写不了文件" in ran.err


@pytest.mark.parametrize("name", ["", "decompose", "align", "duplicates", "track"])
def test_help(luoshi: Luoshi, name: str) -> None:
    ran = luoshi("corpus", *filter(None, [name]), "--help")
    assert ran.code == 0 and "--help" in ran.out


def test_the_heads_import_nothing_heavy() -> None:
    code = "import sys, luoshi.cli.app; print([name for name in ('numpy', 'pyarrow', 'scipy', 'altair', 'rich') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=600)
    assert ran.stdout.decode().strip() == "[]"


def test_words_follow_the_language(luoshi: Luoshi) -> None:
    set_language("zh")
    assert corpus_tables.headers()["upper_quote"] == "上位原文" and corpus_asking.opened is not None


def test_a_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "luoshi.cli", "corpus", "decompose", str(folder), "-o", str(tmp_path / "d"), "--processes", "1"]
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other end is closed
            pass
        finally:
            os.close(ours)
    assert process.returncode == 0
    said = shown.decode("utf-8", "replace")
    assert "10/10" in said and "━" in said and "已读" not in said and "读成 10 个" in said
