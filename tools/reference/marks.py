"""Markdown: tables and text that stays text."""

import re
from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; bars and line breaks in cells are taken care of."""
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines += [[cell(value) for value in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(text: str) -> str:
    """``text`` for a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


def code(text: str) -> str:
    """``text`` as code, on one line."""
    marks = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    return f"{marks}{pad}{text}{pad}{marks}"


def prose(docstring: str | None) -> str:
    """A docstring as Markdown: its double backticks made single, its lines joined to paragraphs."""
    paragraphs = re.split(r"\n\s*\n", (docstring or "").strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs).replace("``", "`")


def first_line(docstring: str | None) -> str:
    """The first paragraph of a docstring."""
    return prose(docstring).split("\n\n")[0]
