"""Golden cases: ``cases/*.md`` hold a passage above and what is read from it below. ``cases/README.md`` describes the form."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from luoshi.decompose import decompose
from luoshi.decompose.model import Deadline, Decomposition, Item
from luoshi.text import SourceText
from tests.decompose.contract import assert_contract

CASES = sorted(path for path in (Path(__file__).parent / "cases").glob("*.md") if path.stem != "README")
AS_OF = date(2026, 11, 22)
_FORM = re.compile(r"# (?P<title>[^\n]+)\n\n```text\n(?P<passage>.*?)```\n\n```expected\n(?P<expected>.*?)```\n", re.DOTALL)
_SHOWN = 30


def render(made: Decomposition) -> str:
    """The decomposition as the lines that a case expects."""
    facts = made.facts
    lines = [f"kind {facts.kind} · level {facts.level or '-'} · number {facts.number or '-'} · by {facts.authority or '-'}"]
    lines += [f"date {d.kind} {d.date} {d.how}" for d in facts.dates]
    items = {item.start: item for item in made.items}
    for sentence in made.sentences:
        lines.append(f"{sentence.disposition}  {_shown(made.source.text[sentence.start : sentence.end])}")
        if sentence.start in items:
            lines += [f"    {detail}" for detail in _details(items[sentence.start])]
    for one in made.responsibilities:
        lines.append(f"answers {one.form}{' …' if one.open_ended else ''}: {_names(one.lead)} / {_names(one.support)} → {_names(one.items)}")
    for term in made.frameworks:
        members = "、".join(member.text for member in term.members) or "-"
        lines.append(f"framework {term.name} {term.claimed} {term.status}: {members}")
        lines += [f"    variant {a.of(made.source.text)} / {b.of(made.source.text)}" for a, b in term.variants]
    lines += [f"doubt {code}" for code in sorted({doubt.code for doubt in made.doubts})]
    residue = made.residue
    return "\n".join([*lines, f"unread {residue['unread']} of {residue['sentences']}"]) + "\n"


def _shown(quote: str) -> str:
    line = re.sub(r"\s*\n\s*", "⏎", quote).replace("\t", "⇥")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _names(names: tuple[str, ...]) -> str:
    return "、".join(names) or "-"


def _details(item: Item) -> list[str]:
    """What an item holds, one kind a line; what it does not hold is not named."""
    found = [f"{item.id} {item.grade} {item.modality}"]
    found += [f"{unit.role} {unit.name}" for unit in item.units]
    found += [_due(deadline) for deadline in item.deadlines]
    found += [f"target {target.text}" for target in item.targets]
    if len(item.measures) > 1:
        found.append(f"measures {len(item.measures)}")
    found += [f"mechanism {mechanism.text}" for mechanism in item.mechanisms]
    found += [f"doubt {code}" for code in sorted({doubt.code for doubt in item.doubts})]
    return found


def _due(deadline: Deadline) -> str:
    return f"deadline {deadline.text} → {deadline.due or deadline.period or '?'}"



@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CASES])
def test_case(path: Path) -> None:
    form = _FORM.fullmatch(path.read_text("utf-8"))
    assert form, "the form of a case is described in cases/README.md"
    made = decompose(SourceText.from_text(form["passage"]), as_of=AS_OF)
    assert_contract(made)
    found = render(made)
    if os.environ.get("LUOSHI_WRITE_CASES"):
        path.write_text(f"# {form['title']}\n\n```text\n{form['passage']}```\n\n```expected\n{found}```\n", encoding="utf-8")
    else:
        assert found == form["expected"]


def test_there_are_cases_of_every_kind() -> None:
    kinds = {"directive", "report", "minutes", "meeting", "outline", "news", "letter", "bulletin", "regulation", "resolution", "table", "other"}
    named = {line.split()[1] for path in CASES for line in path.read_text("utf-8").splitlines() if line.startswith("kind ")}
    assert kinds <= named
    assert len(CASES) >= 20
