"""The documentation against the code: reference in step, links that lead somewhere, twins that say the same, commands that exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.commands import Command, commands
from tools.reference import FOLDER, out_of_step, relations

from luoshi.align import RELATIONS
from luoshi.web.config.clock import JOBS
from luoshi.web.config.options import OPTIONS
from luoshi.web.ledger import workflow
from luoshi.web.problems import workflow as problems

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "SECURITY.md", ROOT / "samples" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"```(?P<language>\w*)\n(?P<body>.*?)```", re.DOTALL)


def without_code(text: str) -> str:
    """``text`` without its blocks and stretches of code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def headings(path: Path) -> list[str]:
    """Headings of a page, with their marks."""
    return [line for line in FENCE.sub("", path.read_text("utf-8")).splitlines() if line.startswith("#")]


def anchor(heading: str) -> str:
    """The anchor that a heading gets on a forge."""
    return re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower()).replace(" ", "-")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_reference_is_in_step_with_the_code() -> None:
    assert out_of_step() == [], "run: make reference"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for found in LINK.finditer(without_code(page.read_text("utf-8"))):
        target, _, place = found["target"].partition("#")
        if "://" in target:
            continue
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), found["target"]
        assert not place or place in map(anchor, headings(there)), found["target"]


def test_every_page_of_the_documentation_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    missing = [
        named(page) for page in PAGES if page.parent.parent == ROOT / "docs" and page.relative_to(ROOT / "docs").as_posix() not in index
    ]
    assert missing == []


def test_every_long_proof_is_explained() -> None:
    page = (ROOT / "docs" / "explanation" / "proofs.md").read_text("utf-8")
    proofs = [named(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if re.search(r"^(@|pytestmark = .*)pytest\.mark\.prove", path.read_text("utf-8"), re.MULTILINE)]
    assert len(proofs) > 10 and [name for name in proofs if name not in page] == []


def test_the_readmes_are_twins() -> None:
    english, chinese = ROOT / "README.md", ROOT / "README.zh.md"
    assert [line.count("#") for line in headings(english)] == [line.count("#") for line in headings(chinese)]
    assert FENCE.findall(english.read_text("utf-8")) == FENCE.findall(chinese.read_text("utf-8"))
    tables = [[line.count("|") for line in page.read_text("utf-8").splitlines() if line.startswith("|")] for page in (english, chinese)]
    assert tables[0] == tables[1]


def test_every_command_and_option_is_in_the_reference() -> None:
    text = (FOLDER / "cli.md").read_text("utf-8")
    for command in commands():
        assert f"## luoshi {command.name}".strip() in text
        for option in command.options:
            assert all(f"`{name}" in text for name in option.names)
    assert "## Exit codes" in text


def test_every_setting_and_job_is_in_the_reference() -> None:
    text = (FOLDER / "settings.md").read_text("utf-8")
    assert [one.name for one in OPTIONS if f"`{one.name}`" not in text or one.variable not in text] == []
    assert [job.name for job in JOBS if f"`{job.name}`" not in text] == []


@pytest.mark.parametrize(
    "rows",
    [workflow.MATTERS, workflow.REPORTS, workflow.PLANS, workflow.EXTENSIONS, problems.PROBLEMS, problems.INSPECTIONS, problems.VISITS],
    ids=["matters", "reports", "plans", "extensions", "problems", "inspections", "visits"],
)
def test_every_transition_is_in_the_reference(rows: tuple[workflow.Transition, ...]) -> None:
    lines = set((FOLDER / "workflow.md").read_text("utf-8").splitlines())
    assert [row.act for row in rows for source in row.sources if f"    {source} --> {row.target}: {row.act}" not in lines] == []


def calls() -> Iterator[tuple[str, list[str]]]:
    """Every call of ``luoshi`` in a block of the documentation, with its page."""
    for page in PAGES:
        for found in FENCE.finditer(page.read_text("utf-8")):
            for line in found["body"].splitlines():
                for part in re.split(r"\|\|?|&&", line.partition("# ")[0]):
                    words = shlex.split(part) if "luoshi" in part and found["language"] in ("sh", "") else []
                    if words and words[0].rpartition("/")[2] == "luoshi" and "OPTIONS" not in part:
                        yield named(page), words[1:]


@pytest.mark.parametrize(("page", "words"), [pytest.param(page, words, id=f"{page}: {' '.join(words)}") for page, words in calls()])
def test_every_call_in_the_documentation_is_one_that_exists(page: str, words: list[str]) -> None:
    root, *rest = commands()
    by_name: dict[str, Command] = {command.name: command for command in rest}
    told = f" {' '.join(words)} "
    command = by_name.get(max((name for name in by_name if f" {name} " in told), key=len, default=""))
    assert command is not None, page
    known = {name for one in (*root.options, *command.options) for name in one.names}
    assert {word for word in words if re.match(r"--?\w", word)} <= known, page


@pytest.mark.parametrize(
    "path", sorted({path for page in PAGES for path in re.findall(r"(?<![\w/.])samples/[\w.-]+\.\w+", page.read_text("utf-8"))})
)
def test_every_sample_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", ["must-do.png", "report.png", "alignment.png"])
def test_the_screenshot_is_there(name: str) -> None:
    assert (ROOT / "docs" / "images" / name).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("relation", RELATIONS)
def test_the_example_of_a_relation_is_one(relation: str) -> None:
    assert relations.relation_shown(relation) == relation


@pytest.mark.parametrize(("slot", "how"), relations.CHANGE_EXAMPLES)
def test_the_example_of_a_change_is_one(slot: str, how: str) -> None:
    found = relations.compared(*relations.CHANGE_EXAMPLES[slot, how]).link.changed
    assert (slot, how) in {(change.slot, change.how) for change in found}


@pytest.mark.parametrize("slot", relations.ADDED_EXAMPLES)
def test_the_example_of_an_addition_is_one(slot: str) -> None:
    assert slot in {one.slot for one in relations.compared(*relations.ADDED_EXAMPLES[slot]).link.added}
