"""The Python API: signatures and docstrings as they are in the source."""

import ast
import inspect
from types import ModuleType
from typing import Any

import luoshi.writers
from luoshi.align import align, load_embedder, relate
from luoshi.align import model as align_model
from luoshi.align.embedder import Embedder
from luoshi.align.model import Alignment
from luoshi.decompose import decompose, model
from luoshi.decompose.model import Decomposition
from luoshi.readers.isolated import Limits
from luoshi.text import Cell, Doubt, Origin, SourceText, Span, Table
from tools.reference.marks import prose

_INTRO = """# Python API

```python
from datetime import date
import luoshi

source = luoshi.read("samples/province-opinion.txt")
made = luoshi.decompose(source, as_of=date(2026, 12, 1))
for item in made.items:
    assert source.text[item.start:item.end] == item.quote

lower = luoshi.decompose(luoshi.read("samples/city-plan.txt"), as_of=date(2026, 12, 1))
side_by_side = luoshi.align(made, lower)
for link in side_by_side.links:
    upper_quote, lower_quote = side_by_side.quotes(link)
```

Everything on this page is stable and typed (`py.typed`). `luoshi.decompose` and `luoshi.align` are functions and, at the same time, the packages in which they live:
`from luoshi.decompose import Item` works too. Nothing is loaded before its first use.
"""


def page() -> str:
    """Functions, then the types of a source, of a decomposition, of an alignment, then the writers."""
    functions = (("luoshi.read", luoshi.read), ("luoshi.read_bytes", luoshi.read_bytes), ("luoshi.read_isolated", luoshi.read_isolated))
    source: list[type] = [SourceText, Origin, Table, Cell, Span, Doubt]
    writers = [(name, getattr(luoshi.writers, name)) for name in luoshi.writers.__all__ if name.islower()]
    return "\n".join(
        [
            _INTRO,
            "## Functions\n",
            *(_function(name, function) for name, function in (*functions, ("luoshi.decompose", decompose), ("luoshi.align", align))),
            "## A source (`luoshi.text`)\n",
            *map(_type, source),
            "## A decomposition (`luoshi.decompose`)\n",
            _names(model),
            *map(_type, [Decomposition, *_own(model, Decomposition)]),
            "## An alignment (`luoshi.align`)\n",
            "What the words mean is on the page [relations](relations.md).\n",
            _names(align_model),
            *map(_type, [Alignment, *_own(align_model, Alignment), Embedder]),
            *(_function(f"luoshi.align.{function.__name__}", function) for function in (relate, load_embedder)),
            "## Writers (`luoshi.writers`)\n",
            *(_function(f"luoshi.writers.{name}", function) for name, function in writers),
            "## Limits of an isolated read (`luoshi.readers.isolated`)\n",
            _type(Limits),
        ]
    )


def _function(name: str, function: Any) -> str:
    node = ast.parse(inspect.getsource(function)).body[0]
    assert isinstance(node, ast.FunctionDef) and node.returns is not None
    return f"### {name}\n\n```python\n{name.rpartition('.')[2]}({ast.unparse(node.args)}) -> {ast.unparse(node.returns)}\n```\n\n{prose(function.__doc__)}\n"


def _type(cls: type) -> str:
    """A class: its fields as they are declared, its public methods."""
    node = ast.parse(inspect.getsource(cls)).body[0]
    assert isinstance(node, ast.ClassDef)
    fields = [ast.unparse(one) for one in node.body if isinstance(one, ast.AnnAssign) and not ast.unparse(one.target).startswith("_")]
    methods = [_method(one) for one in node.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")]
    return "\n".join(
        [f"### {cls.__name__}\n", f"{prose(cls.__doc__)}\n", *(["```python", *fields, "```\n"] if fields else []), *([*methods, ""] if methods else [])]
    )


def _method(node: ast.FunctionDef) -> str:
    if any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list):
        shown = node.name
    else:
        node.args.args = node.args.args[1:]
        shown = f"{node.name}({ast.unparse(node.args)})"
    returns = f" → `{ast.unparse(node.returns)}`" if node.returns else ""
    return f"- `{shown}`{returns}: {prose(ast.get_docstring(node))}"


def _own(module: ModuleType, *without: type) -> list[type]:
    """The classes of a module, in its order."""
    return [cls for cls in vars(module).values() if inspect.isclass(cls) and cls.__module__ == module.__name__ and cls not in without]


def _names(module: ModuleType) -> str:
    """The fixed words: dispositions, grades and the like."""
    tree = ast.parse(inspect.getsource(module))
    named = [one for one in tree.body if isinstance(one, ast.Assign) and "Literal[" in ast.unparse(one.value)]
    return "```python\n" + "\n".join(ast.unparse(one) for one in named) + "\n```\n"
