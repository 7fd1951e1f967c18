"""The reference pages, made from the code: what is here cannot say anything that the code does not.

``python -m tools.reference`` writes docs/reference; ``--check`` changes nothing and fails where a page is not in step.
"""

from collections.abc import Callable
from pathlib import Path

from tools.reference import (
    asvs,
    cli,
    doctor,
    doubts,
    errors,
    json_form,
    limits,
    papers,
    python,
    relations,
    rules,
    settings,
    vocabulary,
    workflow,
)

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Made from the code by `make reference`. Do not edit: `make check` fails where it differs. -->\n\n"

PAGES: dict[str, Callable[[], str]] = {
    "alignment-json.md": json_form.alignment_page,
    "alignment-vocabulary.md": vocabulary.alignment_page,
    "asvs.md": asvs.page,
    "cli.md": cli.page,
    "doctor.md": doctor.page,
    "doubts.md": doubts.page,
    "errors.md": errors.page,
    "json.md": json_form.page,
    "limits.md": limits.page,
    "papers.md": papers.page,
    "python.md": python.page,
    "relations.md": relations.page,
    "rules.md": rules.page,
    "settings.md": settings.page,
    "vocabulary.md": vocabulary.page,
    "workflow.md": workflow.page,
}


def pages() -> dict[str, str]:
    """Name of every page and its text."""
    return {name: NOTE + make().rstrip() + "\n" for name, make in PAGES.items()}


def write() -> list[str]:
    """Write every page that differs; the names of those."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    changed = out_of_step()
    made = pages()
    for name in changed:
        if name in made:
            (FOLDER / name).write_text(made[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    return changed


def out_of_step() -> list[str]:
    """Pages that are missing, differ from the code, or are no longer made."""
    made = pages()
    there = {path.name for path in FOLDER.glob("*.md")}
    differing = [name for name, text in made.items() if name not in there or (FOLDER / name).read_text(encoding="utf-8") != text]
    return sorted([*differing, *(there - set(made))])
