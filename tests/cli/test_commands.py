"""``luoshi read``, ``score``, ``rules`` and what all commands share."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi import __version__
from luoshi.decompose.rules import all_rules
from tests.cli.conftest import TEXT, Luoshi

# -- read -----------------------------------------------------------------------------------------------------------


def test_read_prints_the_text(luoshi: Luoshi, plan: Path) -> None:
    ran = luoshi("read", plan)
    assert (ran.code, ran.out, ran.err) == (0, TEXT, "")


def test_read_ends_with_a_newline(luoshi: Luoshi, tmp_path: Path) -> None:
    path = tmp_path / "短.txt"
    path.write_text("要改造渡口。", encoding="utf-8")
    assert luoshi("read", path).out == "要改造渡口。\n"


def test_read_as_json(luoshi: Luoshi, plan: Path) -> None:
    data = json.loads(luoshi("read", plan, "--json").out)
    assert data["text"] == TEXT and data["name"] == "方案.txt" and len(data["file_sha256"]) == 64


def test_read_gb18030(luoshi: Luoshi, tmp_path: Path) -> None:
    path = tmp_path / "旧.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert luoshi("read", path).out == TEXT
    assert luoshi("read", path, "--encoding", "gb18030").out == TEXT


def test_read_standard_input(luoshi: Luoshi) -> None:
    assert luoshi("read", "-", stdin=TEXT.encode()).out == TEXT


READ_REFUSED = [
    pytest.param("没有.txt", 2, id="no such file"),
    pytest.param(".", 2, id="a folder"),
    pytest.param("空.txt", 3, id="empty"),
    pytest.param("密.txt", 5, id="a secrecy mark"),
]


@pytest.mark.parametrize(("name", "code"), READ_REFUSED)
def test_read_refuses(luoshi: Luoshi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    monkeypatch.chdir(tmp_path)
    Path("空.txt").write_bytes(b"")
    Path("密.txt").write_text("秘密\n关于渡口改造的通知\n\n要改造渡口。\n", encoding="utf-8")
    ran = luoshi("read", name)
    assert ran.code == code and ran.err and ran.out == ""


# -- score ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def gold(plan: Path) -> Path:
    """Annotations of the plan: one sentence as it is read, one target."""
    start = TEXT.index("要更新渡船。")
    target = TEXT.index("16处")
    marked = {
        "document": "方案.txt",
        "sentences": [{"start": start, "end": start + 6, "text": "要更新渡船。", "label": "requirement"}],
        "targets": [{"start": target, "end": target + 3, "text": "16处"}],
    }
    path = plan.with_name("方案.gold.json")
    path.write_text(json.dumps(marked, ensure_ascii=False), encoding="utf-8")
    return path


def test_score_prints_a_table(luoshi: Luoshi, gold: Path) -> None:
    ran = luoshi("score", gold)
    assert ran.code == 0
    assert "disposition.requirement" in ran.out and "targets" in ran.out and "1.000" in ran.out


def test_score_of_a_folder(luoshi: Luoshi, gold: Path) -> None:
    assert luoshi("score", gold.parent).out == luoshi("score", gold).out


def test_a_document_elsewhere(luoshi: Luoshi, gold: Path, plan: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("别处")
    plan.rename(elsewhere / "方案.txt")
    assert luoshi("score", gold).code == 2
    assert luoshi("score", gold, "--documents", elsewhere).code == 0


def test_a_baseline_to_be_written_needs_a_place(luoshi: Luoshi, gold: Path) -> None:
    assert luoshi("score", gold, "--write-baseline").code == 2
    assert luoshi("score", gold, "--write-baseline", "--baseline", "/dev/null/基线.json").code == 2


def test_the_baseline_is_written_and_kept(luoshi: Luoshi, gold: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "基线.json"
    assert luoshi("score", gold, "--baseline", baseline, "--write-baseline").code == 0
    kept = json.loads(baseline.read_text("utf-8"))
    assert kept["disposition.requirement.f1"] == 1.0 and kept["false_mismatches"] == 0
    assert luoshi("score", gold, "--baseline", baseline).code == 0


FALLS = [
    pytest.param("sentences", {"label": "context"}, "disposition", id="a label"),
    pytest.param("targets", {"end": 9}, "targets", id="a target"),
]


@pytest.mark.parametrize(("field", "changed", "named"), FALLS)
def test_a_figure_below_the_baseline_fails(luoshi: Luoshi, gold: Path, tmp_path: Path, field: str, changed: dict[str, object], named: str) -> None:
    baseline = tmp_path / "基线.json"
    luoshi("score", gold, "--baseline", baseline, "--write-baseline")
    data = json.loads(gold.read_text("utf-8"))
    data[field][0] |= changed
    gold.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    ran = luoshi("score", gold, "--baseline", baseline)
    assert ran.code == 1
    assert "低于基线" in ran.err and named in ran.err


def test_differences_are_listed_when_asked_for(luoshi: Luoshi, gold: Path) -> None:
    data = json.loads(gold.read_text("utf-8"))
    data["sentences"][0]["label"] = "context"
    gold.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert "context → requirement: 要更新渡船。" in luoshi("score", gold, "--errors").out
    assert "context → requirement" not in luoshi("score", gold).out


BAD_GOLD = [
    pytest.param("{", id="broken JSON"),
    pytest.param("[]", id="a list"),
    pytest.param('{"sentences": [{"start": 0}]}', id="a sentence without its label"),
    pytest.param('{"sentences": 5}', id="no list of sentences"),
]


@pytest.mark.parametrize("content", BAD_GOLD)
def test_bad_annotations_are_an_error_with_a_next_step(luoshi: Luoshi, gold: Path, content: str) -> None:
    gold.write_text(content, encoding="utf-8")
    ran = luoshi("score", gold)
    assert ran.code == 2 and gold.name in ran.err


BAD_BASELINE = [pytest.param(None, id="none there"), pytest.param("{", id="broken JSON"), pytest.param("[]", id="a list")]


@pytest.mark.parametrize("content", BAD_BASELINE)
def test_a_bad_baseline_is_an_error_with_a_next_step(luoshi: Luoshi, gold: Path, tmp_path: Path, content: str | None) -> None:
    baseline = tmp_path / "基线.json"
    if content is not None:
        baseline.write_text(content, encoding="utf-8")
    ran = luoshi("score", gold, "--baseline", baseline)
    assert ran.code == 2 and "基线.json" in ran.err


SCORE_REFUSED = [pytest.param("没有.gold.json", id="no such file"), pytest.param("方案.txt", id="not an annotation"), pytest.param("空", id="an empty folder")]


@pytest.mark.parametrize("name", SCORE_REFUSED)
def test_score_refuses(luoshi: Luoshi, plan: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(plan.parent)
    Path("空").mkdir()
    ran = luoshi("score", name)
    assert ran.code == 2 and ran.err


# -- rules ----------------------------------------------------------------------------------------------------------


def test_rules_lists_every_rule_with_its_reason(luoshi: Luoshi) -> None:
    out = luoshi("rules").out
    for rule in all_rules():
        assert rule.id in out and rule.why in out


def test_rules_of_one_field(luoshi: Luoshi) -> None:
    out = luoshi("rules", "--field", "target").out
    assert "[target]" in out and "[deadline]" not in out


def test_rules_as_json(luoshi: Luoshi) -> None:
    rows = json.loads(luoshi("rules", "--json").out)
    assert [row["id"] for row in rows] == [rule.id for rule in all_rules()]
    assert all(row["why"] and row["pattern"] and row["examples"] for row in rows)


def test_no_such_field(luoshi: Luoshi) -> None:
    ran = luoshi("rules", "--field", "没有")
    assert ran.code == 2 and "deadline" in ran.err


# -- what all commands share ----------------------------------------------------------------------------------------


def test_version(luoshi: Luoshi) -> None:
    assert luoshi("--version").out == f"luoshi {__version__}\n"


@pytest.mark.parametrize("arguments", [pytest.param(["--help"], id="all"), *[pytest.param([name, "--help"], id=name) for name in ("read", "decompose", "score", "rules")]])
def test_help(luoshi: Luoshi, arguments: list[str]) -> None:
    ran = luoshi(*arguments)
    assert ran.code == 0 and "--help" in ran.out


def test_help_names_every_command(luoshi: Luoshi) -> None:
    out = luoshi("--help").out
    assert all(name in out for name in ("read", "decompose", "score", "rules"))


@pytest.mark.parametrize("arguments", [pytest.param(["没有"], id="no such command"), pytest.param(["read"], id="an argument is missing"), pytest.param(["rules", "--没有"], id="no such option")])
def test_wrong_calls(luoshi: Luoshi, arguments: list[str]) -> None:
    ran = luoshi(*arguments)
    assert ran.code == 2 and ran.err


def test_english(luoshi: Luoshi, plan: Path) -> None:
    ran = luoshi("--language", "en", "decompose", plan.with_name("没有.txt"))
    assert ran.code == 2
    assert "No such file" in ran.err and "找不到" not in ran.err


def test_english_from_the_environment(luoshi: Luoshi, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_LANGUAGE", "en")
    assert "No such file" in luoshi("decompose", plan.with_name("没有.txt")).err


@pytest.mark.parametrize("arguments", [("--language", "en", "--help"), ("--language=en", "decompose", "--help")])
def test_english_help(luoshi: Luoshi, arguments: tuple[str, ...]) -> None:
    told = luoshi(*arguments).out
    assert "documents" in told and not any("\u4e00" <= c <= "\u9fff" for c in told)
    assert "文件" in luoshi("--help").out, "and the next call is Chinese again"


def test_no_such_language(luoshi: Luoshi) -> None:
    ran = luoshi("--language", "fr", "rules")
    assert ran.code == 2 and "fr" in ran.err


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own."""
    return subprocess.run([sys.executable, "-m", "luoshi.cli", *arguments], capture_output=True, check=False, env={"PATH": "/usr/bin:/bin", **environment}, timeout=600)


def test_as_a_process_where_the_locale_is_posix(plan: Path) -> None:
    ran = started("read", str(plan), LANG="C", LC_ALL="C", PYTHONUTF8="0")
    assert ran.returncode == 0
    assert ran.stdout.decode("utf-8") == TEXT


def test_an_error_of_a_process_is_one_line_in_utf_8(tmp_path: Path) -> None:
    ran = started("read", str(tmp_path / "没有.txt"), LANG="C")
    assert ran.returncode == 2
    assert ran.stderr.decode("utf-8").startswith("usage: ") and b"Traceback" not in ran.stderr


def test_a_pipe_that_closes_is_no_error(plan: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "luoshi.cli", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
