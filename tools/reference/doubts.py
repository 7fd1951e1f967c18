"""The doubts: every code with its message and hint, found in the syntax tree of the code."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import luoshi
from luoshi.text.language import CHOICE, LOCALE_FOLDER
from tools.reference.marks import code, table

_INTRO = """# Doubts

What the reader is unsure of is data for the reviewer: a code that is never reused, a message, a hint, and the place in the text. Doubts of the reading stand with the
document, doubts of an item with the item. Messages are Chinese in the code and English with `--language en`.
"""
_CODE = re.compile(r"[a-z]+\.[a-z_]+")
_SOURCE = Path(luoshi.__file__).parent


def page() -> str:
    """The table, by code."""
    return (
        f"{_INTRO}\n{table(('code', 'message', 'hint', 'raised in'), [(code(c), m, h, code(f)) for c, m, h, f in sorted(set(found()))])}\n"
    )


def found() -> Iterator[tuple[str, str, str, str]]:
    """Code, message, hint and module of every doubt; a code with a variable part is given once for each value."""
    for path in sorted(_SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for one, message, hint in _in_function(function):
                    yield one, message, hint, path.relative_to(_SOURCE).as_posix()


def _in_function(function: ast.FunctionDef) -> Iterator[tuple[str, str, str]]:
    """The doubts of one function, with the last message assigned before each where its own is a name."""
    known: dict[str, str] = {}
    for node in sorted((one for one in ast.walk(function) if isinstance(one, (ast.expr, ast.stmt))), key=lambda one: one.lineno):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and (said := _words(node.value, {})):
            known[node.targets[0].id] = said
        parts = node.args if isinstance(node, ast.Call) and _is_doubt(node.func) else node.elts if isinstance(node, ast.Tuple) else []
        if len(parts) >= 3 and (message := _words(parts[1], known)):
            yield from ((one, message, _words(parts[2], known)) for one in _codes(parts[0]))


def _is_doubt(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    return name in ("Doubt", "doubt")


def _codes(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        return [node.value]
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[-1], ast.Constant):
        return [f"{kind}{node.values[-1].value!s}" for kind in ("pdf", "ofd")]
    return []


def _words(node: ast.expr, known: dict[str, str]) -> str:
    """The English of the first message in an expression, as it is said of many."""
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    for inner in ast.walk(node):
        if (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Name)
            and inner.func.id == "_"
            and isinstance(inner.args[0], ast.Constant)
        ):
            english = gettext.translation("luoshi", LOCALE_FOLDER, ["en"]).gettext(str(inner.args[0].value)).strip()
            return CHOICE.sub(r"\3", english)
    return ""
