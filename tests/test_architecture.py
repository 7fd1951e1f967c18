"""The shape of the code: imports point one way, the core knows no clock, no network and no page, and every file says what it is for."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "luoshi"
FILES = sorted(path for path in SRC.rglob("*.py") if path.parent.name != "migrations" and path.read_text("utf-8").strip())

# Who may import whom. Lower layers first; `writers` and `theme` stand beside the row.
LAYERS = ("text", "calendar", "readers", "decompose", "align", "corpus", "score", "web", "cli")
MAY_IMPORT = {
    "text": {"text"},
    "calendar": {"calendar", "text"},
    "readers": {"readers", "calendar", "text"},
    "decompose": {"decompose", "calendar", "text"},
    "align": {"align", "decompose", "calendar", "text"},
    "corpus": {"corpus", "align", "readers", "decompose", "calendar", "text"},
    "score": {"score", "align", "decompose", "text"},
    "web": {"web", "writers", "theme", "readers", "decompose", "align", "calendar", "text"},
    "theme": {"theme"},
    "writers": {"writers", "theme", "align", "decompose", "text"},
    "cli": {*LAYERS, "writers", "theme"},
}
# Within the web: who stands on whom, from the page down. Only ``intake`` knows the reader and the aligner.
WEB_LAYERS = (
    *("demo", "doctor", "keeping", "config", "boards", "notices", "exchange", "papers", "lookback", "problems", "oversight"),
    *("ledger", "programmes", "documents", "orgs", "calendars", "search", "audit", "intake", "common"),
)
READING = {"readers", "decompose", "align"}
# Which files of the web speak to a network, and why; every other leaves it alone.
WEB_NETWORK = {
    "web/notices/adapters.py": "mail and robots, from the clock's process, by channels that an administrator switched on",
    "web/orgs/office.py": "the office's own sign-in, where a setting names its server",
    "web/config/serving/abandoned.py": "the name of this machine",
    "web/config/serving/folder.py": "whether the address of the pages is free",
}
PURE_WEB = ("notices/pacing.py", "notices/digest.py", "ledger/workflow.py", "ledger/lights.py", "problems/workflow.py", "problems/lights.py", "problems/clashes.py", "orgs/roles.py", "audit/encoding.py", "audit/tree.py", "audit/checkpoint.py", "lookback/sampling.py", "lookback/rates.py", "lookback/workflow.py")
CORE = ("text", "calendar", "readers", "decompose", "align")
NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "requests", "urllib3", "httpx", "aiohttp", "django"}
URLLIB_NETWORK = {"urllib.request", "urllib.error", "urllib.robotparser"}
CLOCKS = {"now", "today", "utcnow"}

MAX_LINES = 400
LONGER: dict[str, str] = {}  # file: why it may be longer
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers", "misc"}
CLOCK_NEEDED = {
    "readers/isolated.py": "the wall-clock limit of the child process",
}
PRINT_NEEDED: dict[str, str] = {}


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def package_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports_of(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, lazily or not, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


packages = pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES if p.parent != SRC])
core = pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES if package_of(p) in CORE])
all_files = pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES])


def test_every_package_has_its_place() -> None:
    assert {package_of(path) for path in FILES if path.parent != SRC} == set(MAY_IMPORT)


@packages
def test_imports_point_one_way(path: Path) -> None:
    allowed = MAY_IMPORT[package_of(path)]
    parts = (name.split(".") for name in imports_of(tree_of(path)))
    imported = {name[1] for name in parts if name[0] == "luoshi" and len(name) > 1}
    assert imported - {"__version__"} <= allowed


@pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES if package_of(p) == "web" and p.parent.name != "web"])
def test_apps_import_one_way(path: Path) -> None:
    app = path.relative_to(SRC / "web").parts[0]
    below = set(WEB_LAYERS[WEB_LAYERS.index(app) :])
    parts = [name.split(".") for name in imports_of(tree_of(path)) if name.startswith("luoshi.")]
    assert {name[2] for name in parts if name[1] == "web" and len(name) > 2} - {"luoshi"} <= below
    assert app == "intake" or not {name[1] for name in parts} & READING


@pytest.mark.parametrize("name", PURE_WEB)
def test_decisions_know_no_django(name: str) -> None:
    assert not {one.split(".")[0] for one in imports_of(tree_of(SRC / "web" / name))} & {"django"}


@pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES if package_of(p) == "web"])
def test_no_signals_and_no_overridden_save(path: Path) -> None:
    tree = tree_of(path)
    assert not {name for name in imports_of(tree) if name.startswith(("django.db.models.signals", "django.dispatch"))}
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert path.name != "models.py" or not defined & {"save", "delete"}


@pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES if package_of(p) == "web"])
def test_one_file_of_the_web_speaks_to_a_network(path: Path) -> None:
    named = set(imports_of(tree_of(path)))
    speaks = {name.split(".")[0] for name in named} & (NETWORK - {"django"}) or named & URLLIB_NETWORK
    assert bool(speaks) == (name_of(path) in WEB_NETWORK)


@pytest.mark.parametrize("path", [pytest.param(p, id=name_of(p)) for p in FILES if package_of(p) == "writers"])
def test_writers_know_the_model_and_no_stage(path: Path) -> None:
    named = {name for name in imports_of(tree_of(path)) if name.startswith(("luoshi.decompose.", "luoshi.align."))}
    assert all(name.split(".")[2] in ("model", "edits") for name in named)


@core
def test_core_knows_no_network_and_no_web(path: Path) -> None:
    named = set(imports_of(tree_of(path)))
    assert not {name.split(".")[0] for name in named} & NETWORK
    assert not named & URLLIB_NETWORK


@core
def test_core_knows_no_clock(path: Path) -> None:
    tree = tree_of(path)
    if name_of(path) in CLOCK_NEEDED:
        return
    assert "time" not in set(imports_of(tree))
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    assert not called & CLOCKS


@core
def test_core_never_prints(path: Path) -> None:
    if name_of(path) in PRINT_NEEDED:
        return
    printed = [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name) and node.id == "print"]
    assert not printed


@all_files
def test_files_are_small_and_named_for_what_they_do(path: Path) -> None:
    assert path.stem not in NAMES_THAT_SAY_NOTHING
    assert path.parent.name not in NAMES_THAT_SAY_NOTHING
    if name_of(path) not in LONGER:
        assert path.read_text("utf-8").count("\n") <= MAX_LINES


def test_exceptions_are_still_needed() -> None:
    for name in LONGER:
        assert (SRC / name).read_text("utf-8").count("\n") > MAX_LINES
    for name in CLOCK_NEEDED:
        assert "time" in set(imports_of(tree_of(SRC / name)))


@all_files
def test_docstrings(path: Path) -> None:
    """Every module says what it is for; every public class and function says what it does."""
    tree = tree_of(path)
    assert ast.get_docstring(tree)
    assert not list(_undocumented(tree.body))


def _undocumented(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and node.name != "Meta":
            yield node.name
        if isinstance(node, ast.ClassDef) and not _is_protocol(node):
            yield from _undocumented(node.body)


def _is_protocol(node: ast.ClassDef) -> bool:
    """A protocol's members are shapes: the class says what they are."""
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)


def test_no_handlers_or_managers_among_the_classes() -> None:
    named = [node.name for path in FILES for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    assert not [name for name in named if name.endswith(("Manager", "Handler", "Helper", "Utils"))]


def test_the_command_line_imports_late() -> None:
    """``luoshi --help`` answers at once: the commands' module imports no reader and no stage at its head."""
    head = [node for node in tree_of(SRC / "cli" / "app.py").body if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {name for node in head for name in imports_of(ast.Module([node], []))}
    assert not [name for name in named if name.startswith(("luoshi.readers", "luoshi.decompose", "luoshi.align", "luoshi.corpus", "luoshi.writers", "luoshi.score"))]
