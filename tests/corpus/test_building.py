"""A folder becomes a dataset: what is in its tables, what it keeps, what it refuses."""

import fcntl
import json
import os
import resource
import shutil
import signal
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from luoshi.corpus import building
from luoshi.corpus import dataset as datasets
from luoshi.corpus.building import build, files_of
from luoshi.corpus.columns import TABLES
from luoshi.corpus.engines import LocalEngine
from luoshi.corpus.reading import Chunk, Given, Identity, read_chunk
from luoshi.decompose import decompose
from luoshi.readers import read
from luoshi.text import EmptyDocument, UsageError
from luoshi.text.language import current_language, set_language
from tests.corpus.material import corpus, digests

QUOTED = [name for name in TABLES if name != "documents"]


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


# -- the tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", QUOTED)
def test_every_quote_is_the_slice_of_its_document(dataset: Path, table: str) -> None:
    texts = {row["document"]: row["text"] for row in rows(dataset, "documents")}
    found = rows(dataset, table)
    assert found
    for row in found:
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]  # type: ignore[index,misc]


def test_the_tables_hold_what_the_reader_finds(dataset: Path, folder: Path) -> None:
    name = "city_2026/青湾市.txt"
    made = decompose(read(folder / name))
    of = {table: [row for row in rows(dataset, table) if row["document"] == name] for table in TABLES}
    assert [row["text"] for row in of["documents"]] == [made.source.text]
    assert [(row["start"], row["end"], row["disposition"], row["item"]) for row in of["sentences"]] == [(s.start, s.end, s.disposition, s.item) for s in made.sentences]
    assert [(row["item"], row["quote"], row["grade"], tuple(row["path"])) for row in of["items"]] == [(i.id, i.quote, i.grade, i.path) for i in made.items]  # type: ignore[arg-type]
    assert [(row["quote"], row["value"], row["unit"], row["comparator"]) for row in of["targets"]] == [(t.text, t.value, t.unit, t.comparator) for i in made.items for t in i.targets]
    assert [(row["quote"], row["due"]) for row in of["deadlines"]] == [(d.text, d.due) for i in made.items for d in i.deadlines]
    assert [(tuple(row["lead"]), tuple(row["support"])) for row in of["responsibilities"]] == [(r.lead, r.support) for r in made.responsibilities]  # type: ignore[arg-type]
    assert [row["quote"] for row in of["frameworks"]] == [term.name for term in made.frameworks]


def test_the_manifest_tells_of_every_file_and_table(dataset: Path, folder: Path) -> None:
    made = json.loads((dataset / "manifest.json").read_text("utf-8"))
    assert made["schema"] == "luoshi.corpus/1" and made["version"] and made["rules_sha256"] and made["as_of"] is None
    assert [one["path"] for one in made["files"]] == files_of(folder) == sorted(files_of(folder))
    assert {one["status"] for one in made["files"]} == {"ok"}
    assert {name: table["rows"] for name, table in made["tables"].items()} == {name: pq.read_metadata(dataset / f"{name}.parquet").num_rows for name in TABLES}
    assert set(json.loads((dataset / "timings.json").read_text("utf-8"))) == set(files_of(folder))


def test_where_date_level_and_place_come_from(dataset: Path) -> None:
    found = {row["document"]: row for row in rows(dataset, "documents")}
    city, old, astray = found["city_2026/青湾市.txt"], found["city_2026/旧城市.txt"], found["city_2026/远浦市.txt"]
    assert [city[name] for name in ("date", "date_from", "level", "level_from", "place", "place_from")] == ["2026-01-16", "stated", "city", "stated", "青湾", "stated"]
    assert (old["year"], old["date_from"], old["named_year"]) == (2024, "inferred", 2026)
    assert (astray["place"], astray["level"], astray["named_place"], astray["named_level"]) == ("临海", "province", "远浦", "city")


def test_one_process_and_two_write_the_same_bytes(dataset: Path, folder: Path, tmp_path: Path) -> None:
    with LocalEngine(1) as alone:
        build(folder, tmp_path / "d", alone)
    assert digests(tmp_path / "d") == digests(dataset)


def test_groups_of_rows_have_their_size_whatever_the_parts(tmp_path: Path, folder: Path, dataset: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_FILES", 1)
    build(folder, tmp_path / "d", engine)
    assert digests(tmp_path / "d") == digests(dataset)


def test_the_day_is_part_of_what_a_dataset_is(folder: Path, tmp_path: Path, engine: LocalEngine) -> None:
    build(folder, tmp_path / "d", engine, as_of=date(2026, 11, 22))
    assert "deadline.past" in {code for row in rows(tmp_path / "d", "items") for code in row["doubts"]}  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="另一天"):
        build(folder, tmp_path / "d", engine)


# -- files that fail ------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path, engine: LocalEngine) -> None:
    source = corpus(tmp_path / "原件", cities=2)
    (source / "空.txt").write_bytes(b"")
    (source / "坏.docx").write_bytes(b"PK\x03\x04" + b"\0" * 90)
    (source / "密.txt").write_text("机密★10年\n\n关于某事的通知\n", encoding="utf-8")
    (source / "断.txt").symlink_to(source / "没有.txt")
    built = build(source, tmp_path / "d", engine)
    found = {one["path"]: one for one in json.loads((tmp_path / "d" / "manifest.json").read_text("utf-8"))["files"]}
    assert {path: one["code"] for path, one in found.items() if one["status"] == "error"} == {"空.txt": "input.empty", "坏.docx": "input.damaged", "密.txt": "forbidden.classified"}
    assert all(one["message"] and one["hint"] for one in found.values() if one["status"] == "error")
    assert len(built.errors) == 3 and len(rows(tmp_path / "d", "documents")) == len(found) - 3
    again = build(source, tmp_path / "d", engine)
    assert (again.read, again.kept) == (0, len(found))


@pytest.mark.skipif(os.geteuid() == 0, reason="root opens everything")
def test_a_file_without_permission_is_recorded(tmp_path: Path, engine: LocalEngine) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    (source / "锁.txt").write_text("要改造渡口。", encoding="utf-8")
    (source / "锁.txt").chmod(0)
    assert [(one.path, one.code) for one in build(source, tmp_path / "d", engine).errors] == [("锁.txt", "usage")]


def test_a_file_that_vanishes_while_it_runs_is_recorded(tmp_path: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    paths = files_of(source)
    monkeypatch.setattr(building, "files_of", lambda _folder: sorted([*paths, "走了.txt"]))
    built = build(source, tmp_path / "d", engine)
    assert [(one.path, one.code, one.sha256) for one in built.errors] == [("走了.txt", "usage", "")]
    assert len(rows(tmp_path / "d", "documents")) == len(paths)


def test_a_name_that_is_no_text_is_recorded(tmp_path: Path, engine: LocalEngine) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    (source / os.fsdecode(b"\xc7\xe0.txt")).write_text("要改造渡口。", encoding="utf-8")
    built = build(source, tmp_path / "d", engine)
    assert [(one.path, one.code) for one in built.errors] == [("\ufffd\ufffd.txt", "usage")]
    assert json.loads((tmp_path / "d" / "manifest.json").read_text("utf-8"))["files"][-1]["path"] == "\ufffd\ufffd.txt"


def test_a_dataset_speaks_chinese_in_whatever_language_it_was_made(tmp_path: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    (source / "空.txt").write_bytes(b"")
    paths = files_of(source)
    monkeypatch.setattr(building, "files_of", lambda _folder: sorted([*paths, "走了.txt"]))
    set_language("en")
    try:
        build(source, tmp_path / "d", engine)
        assert current_language() == "en"
    finally:
        set_language("zh")
    messages = [one["message"] for one in json.loads((tmp_path / "d" / "manifest.json").read_text("utf-8"))["files"] if one["message"]]
    with pytest.raises(EmptyDocument) as empty:
        read(source / "空.txt")
    assert messages == [empty.value.message, "打不开文件：走了.txt（没有这个文件或文件夹）。"]


def test_a_file_that_is_too_large_is_recorded(tmp_path: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    (source / "大.txt").write_bytes("要改造渡口。\n".encode() * 2000)
    monkeypatch.setattr(building, "MAX_BYTES", 20_000)
    assert [(one.path, one.code) for one in build(source, tmp_path / "d", engine).errors] == [("大.txt", "limit")]


def test_a_fault_of_the_program_is_recorded_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.corpus import reading

    def breaks(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError("三")

    monkeypatch.setattr(reading, "decompose", breaks)
    part = read_chunk(Chunk((Given("甲.txt", "", "要改造渡口。".encode()),), None, False))
    assert [(one.status, one.code) for one in part.files] == [("error", "error")] and "ZeroDivisionError: 三" in part.files[0].message


def test_a_document_that_fails_half_way_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.corpus import columns

    monkeypatch.setattr(columns, "_deadlines", lambda *_given: 1 / 0)
    part = read_chunk(Chunk((Given("甲.txt", "", "要改造渡口。".encode()),), None, False))
    assert part.files[0].status == "error" and part.files[0].rows == {}
    assert columns.Batch().tables()["sentences"].num_rows == 0


# -- again ----------------------------------------------------------------------------------------------------------


def test_only_what_changed_is_read_again(tmp_path: Path, engine: LocalEngine) -> None:
    source = corpus(tmp_path / "原件", cities=4)
    total = len(files_of(source))
    assert build(source, tmp_path / "d", engine).read == total
    (source / "city_2026" / "青湾市.txt").write_text("青湾市要改造渡口99处。\n", encoding="utf-8")
    (source / "city_2026" / "石渡市.txt").unlink()
    (source / "city_2026" / "新来市.txt").write_text("新来市要改造渡口7处。\n", encoding="utf-8")
    built = build(source, tmp_path / "d", engine)
    assert (built.read, built.kept, built.gone) == (2, total - 2, 1)
    build(source, tmp_path / "anew", engine)
    assert digests(tmp_path / "d") == digests(tmp_path / "anew")


def test_nothing_is_done_where_nothing_changed(tmp_path: Path, engine: LocalEngine) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    build(source, tmp_path / "d", engine)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "d").glob("*.parquet")}
    assert build(source, tmp_path / "d", engine).read == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "d").glob("*.parquet")} == before


def test_a_damaged_part_is_read_again(tmp_path: Path, engine: LocalEngine, dataset: Path, folder: Path) -> None:
    shutil.copytree(dataset, tmp_path / "d")
    (tmp_path / "d" / "manifest.json").unlink()
    part = next((tmp_path / "d" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-40])
    assert build(folder, tmp_path / "d", engine).read > 0
    assert digests(tmp_path / "d") == digests(dataset)


def test_what_a_kill_left_half_written_goes(tmp_path: Path, engine: LocalEngine, dataset: Path, folder: Path) -> None:
    shutil.copytree(dataset, tmp_path / "d")
    for half in (tmp_path / "d" / "items.parquet.half", tmp_path / "d" / "parts" / "甲.half"):
        half.write_bytes(b"PAR1")
    build(folder, tmp_path / "d", engine)
    assert not list((tmp_path / "d").rglob("*.half"))


# -- refused --------------------------------------------------------------------------------------------------------


def test_no_folder(tmp_path: Path, engine: LocalEngine) -> None:
    (tmp_path / "文件.txt").write_text("要改造渡口。", encoding="utf-8")
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / ".藏.txt").write_text("要改造渡口。", encoding="utf-8")
    for name, said in (("没有", "找不到文件夹"), ("文件.txt", "是文件"), ("空", "没有可读的文件")):
        with pytest.raises(UsageError, match=said):
            build(tmp_path / name, tmp_path / "d", engine)
    assert not (tmp_path / "d").exists()


def test_a_folder_that_is_no_dataset_is_never_written_in(tmp_path: Path, folder: Path, engine: LocalEngine) -> None:
    other = tmp_path / "别的"
    other.mkdir()
    (other / "稿.txt").write_text("别动", encoding="utf-8")
    with pytest.raises(UsageError, match="不会覆盖"):
        build(folder, other, engine)
    assert [path.name for path in other.iterdir()] == ["稿.txt"]
    with pytest.raises(UsageError, match="是文件"):
        build(folder, other / "稿.txt", engine)
    with pytest.raises(UsageError, match="本身"):
        build(folder, folder, engine)


def test_a_dataset_in_the_folder_is_no_document(tmp_path: Path, engine: LocalEngine) -> None:
    source = corpus(tmp_path / "原件", cities=1)
    total = len(files_of(source))
    build(source, source / "结果", engine)
    assert build(source, source / "结果", engine).kept == total
    with pytest.raises(UsageError, match="不是原始文件的文件夹"):
        build(source / "结果", tmp_path / "d", engine)


def test_the_dataset_of_another_folder_is_not_emptied(tmp_path: Path, dataset: Path, engine: LocalEngine) -> None:
    shutil.copytree(dataset, tmp_path / "d")
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "甲.txt").write_text("要改造渡口。", encoding="utf-8")
    with pytest.raises(UsageError, match="选错了文件夹"):
        build(tmp_path / "别处", tmp_path / "d", engine)
    assert digests(tmp_path / "d") == digests(dataset)


def test_another_engine_is_refused(tmp_path: Path, dataset: Path, folder: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(dataset, tmp_path / "d")
    own = building.identity()
    for other in (own._replace(rules_sha256="0" * 64), own._replace(version="99")):
        monkeypatch.setattr(building, "identity", lambda other=other: other)
        with pytest.raises(UsageError, match="另一版规则"):
            build(folder, tmp_path / "d", engine)
    assert isinstance(own, Identity) and digests(tmp_path / "d") == digests(dataset)


@pytest.mark.parametrize("content", [pytest.param("{", id="broken"), pytest.param("[]", id="a list"), pytest.param("{}", id="without its keys")])
def test_a_broken_marker_is_refused(tmp_path: Path, folder: Path, engine: LocalEngine, content: str) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / datasets.MARKER).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="说明文件"):
        build(folder, tmp_path / "d", engine)


def test_two_at_once(tmp_path: Path, dataset: Path, folder: Path, engine: LocalEngine) -> None:
    shutil.copytree(dataset, tmp_path / "d")
    with (tmp_path / "d" / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="另一个进程"):
            build(folder, tmp_path / "d", engine)
    assert build(folder, tmp_path / "d", engine).read == 0


def test_a_disk_that_takes_no_more(tmp_path: Path, folder: Path, dataset: Path, engine: LocalEngine) -> None:
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
        with pytest.raises(UsageError, match="写不了文件"):
            build(folder, tmp_path / "d", engine)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert not list((tmp_path / "d").rglob("*.half")) and not (tmp_path / "d" / "manifest.json").exists()
    build(folder, tmp_path / "d", engine)
    assert digests(tmp_path / "d") == digests(dataset)


def test_a_table_that_cannot_be_written(tmp_path: Path, folder: Path, dataset: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.corpus import merging

    def full(_half: Path, _path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(merging, "settle", full)
        with pytest.raises(UsageError, match="磁盘已满"):
            build(folder, tmp_path / "d", engine)
    assert not list((tmp_path / "d").rglob("*.half"))
    again = build(folder, tmp_path / "d", engine)
    assert again.read == 0 and digests(tmp_path / "d") == digests(dataset)
