"""States, acts and who may, from the tables that drive the checks; the diagram from the same rows."""

from collections.abc import Iterable

from luoshi.web.ledger import workflow
from luoshi.web.ledger.workflow import Transition
from luoshi.web.problems import workflow as problems
from tools.reference.marks import code, table

_INTRO = """# Workflow

A matter moves only by the acts below, each taken by one of the parties named; a *party* is what a person is to one matter. “Keys” are acts that the same person must not have
done before. The tables are those of `luoshi.web.ledger.workflow`: checks, buttons, this page and the tests are made from them.
"""
_TABLES = (
    ("Matters", workflow.MATTERS),
    ("Reports", workflow.REPORTS),
    ("Plans", workflow.PLANS),
    ("Extensions", workflow.EXTENSIONS),
)

_PROBLEMS = """The tables of `luoshi.web.problems.workflow`. A problem that is `on_the_spot` (即知即改) is claimed and mended with one report; closing needs the answer where else it
occurs (举一反三). An inspection can be concluded once every visit is `confirmed` or `settled`.
"""
_PROBLEM_TABLES = (("Problems", problems.PROBLEMS), ("Inspections", problems.INSPECTIONS), ("Visits", problems.VISITS))


def page() -> str:
    """A table and a diagram for each kind of row; the deeds that move nothing."""
    parts = [_INTRO, "Parties: " + ", ".join(map(code, workflow.PARTIES)) + ".\n"]
    for name, rows in _TABLES:
        parts += [f"## {name}\n", _diagram(rows), table(("act", "from", "to", "by", "reason", "keys"), map(_row, rows)) + "\n"]
    parts += ["## Problems and inspections\n", _PROBLEMS]
    parts += ["Parties: " + ", ".join(map(code, (*problems.PARTIES, *problems.VISIT_PARTIES))) + ".\n"]
    for name, rows in _PROBLEM_TABLES:
        parts += [f"### {name}\n", _diagram(rows), table(("act", "from", "to", "by", "reason", "keys"), map(_row, rows)) + "\n"]
    parts += ["### Deeds on a problem\n", table(("deed", "while", "to", "by", "reason", "keys"), map(_row, problems.DEEDS)) + "\n"]
    parts += ["## Deeds that move nothing\n", table(("deed", "while", "to", "by", "reason", "keys"), map(_row, workflow.DEEDS)) + "\n"]
    return "\n".join(parts)


def _row(row: Transition) -> Iterable[str]:
    return (code(row.act), _codes(row.sources), code(row.target) if row.target else "—", _codes(row.by), "yes" if row.reason else "—", _codes(row.keys))


def _codes(words: Iterable[str]) -> str:
    return ", ".join(code(str(word)) for word in sorted(words)) or "—"


def _diagram(rows: Iterable[Transition]) -> str:
    lines = [f"    {source} --> {row.target}: {row.act}" for row in rows for source in sorted(row.sources)]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```\n"])
