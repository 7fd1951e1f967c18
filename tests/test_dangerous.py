"""What a program must not do with what it was given: each way is looked for in all of the source, and each exception has its reason."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "luoshi"
CODE = sorted(path for path in SRC.rglob("*.py") if path.parent.name != "migrations")
TEMPLATES = sorted((SRC / "web").rglob("*.html"))
SCRIPTS = sorted((SRC / "theme").glob("*.js"))

PICKLED = {"corpus/engines.py": "results of the corpus command's own workers, in a folder that it made"}
SQL_PUT_TOGETHER = {
    "web/ledger/services/reckoning.py": "the ORM put it together, its values apart; kept, for it is the same each time",
    "web/audit/stream.py": "columns and bounds that are constants of the module",
    "web/ledger/selectors/counting.py": "a question that Django put into words, its values apart",
    "web/doctor/databases.py": "names of settings that the checks write out",
    "web/search/services.py": "the name of a column, by the vendor",
}
PATTERNS_PUT_TOGETHER = {
    "web/ledger/forms/planning.py": "names of fields, with the number of a target",
    "web/problems/forms/fields.py": "names of fields, as the form gives them",
}
SAFE = {
    "boards/map.html": "a picture that we drew",
    "ledger/plan_write.html": "a chart that we drew",
    "boards/leader.html": "a chart that we drew",
    "ledger/parts/indicator.html": "a chart that we drew",
}
MARKED_SAFE = {
    "web/search/marking.py": "pieces that are escaped one by one",
    "web/ledger/cells.py": "cells that format_html made, one behind the other",
    "web/documents/comparing.py": "pieces that are escaped one by one",
    "web/documents/source_page.py": "blocks that are escaped one by one",
    "web/orgs/forms/fields.py": "a constant",
    "web/common/templatetags/pages.py": "an empty text",
}
CHANCE = {"web/demo": "the demo is the same every time"}
RUNNERS = {"eval", "exec", "compile", "__import__"}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call: what it is called on (``os`` of ``os.system``) and its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield node, function.value.id if isinstance(function.value, ast.Name) else "", function.attr
            elif isinstance(function, ast.Name):
                yield node, "", function.id


def runs_what_it_was_given(tree: ast.AST) -> list[str]:
    found = []
    for call, owner, name in calls(tree):
        bare = isinstance(call.func, ast.Name)
        if (bare and name in RUNNERS) or (owner == "os" and name in ("system", "popen")) or owner in ("pickle", "marshal", "yaml", "shelve") or name == "xpath":
            found.append(f"{owner}.{name}")
        if any(word.arg == "shell" and getattr(word.value, "value", None) is not False for word in call.keywords):
            found.append(f"{owner}.{name} in a shell")
    return found


def sql_put_together(tree: ast.AST) -> list[str]:
    return [name for call, owner, name in calls(tree) if (name == "execute" and owner == "cursor") or name in ("RawSQL", "raw", "extra") if not _constant(call.args)]


def patterns_put_together(tree: ast.AST) -> list[str]:
    names = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
    return [ast.unparse(call)[:80] for call, owner, name in calls(tree) if owner == "re" and name in names and not _constant(call.args)]


def weak_hashes(tree: ast.AST) -> list[str]:
    return [name for call, owner, name in calls(tree) if owner == "hashlib" and (name in ("md5", "sha1") or (name == "new" and re.search("md5|sha1", ast.unparse(call))))]


def formats_what_it_was_given(tree: ast.AST) -> list[str]:
    """Texts that are filled in and are neither written out nor a message of the catalogue: what a request, a form or a row holds."""
    given = ("request", "cleaned_data", "POST", "GET", "data")
    return [
        ast.unparse(call)[:80]
        for call, _owner, name in calls(tree)
        if name == "format" and isinstance(call.func, ast.Attribute) and any(word in ast.unparse(call.func.value).replace("[", ".").split(".") for word in given)
    ]


def _constant(arguments: list[ast.expr]) -> bool:
    first = arguments[0] if arguments else None
    return isinstance(first, ast.Constant) or (isinstance(first, ast.Name) and first.id.isupper())


@pytest.mark.parametrize(
    ("look", "code"),
    [
        (runs_what_it_was_given, "eval(x)"),
        (runs_what_it_was_given, "subprocess.run(x, shell=True)"),
        (runs_what_it_was_given, "os.system(x)"),
        (runs_what_it_was_given, "pickle.loads(x)"),
        (runs_what_it_was_given, "tree.xpath(x)"),
        (sql_put_together, "cursor.execute(f'SELECT {x}')"),
        (sql_put_together, "cursor.execute('SELECT ' + x)"),
        (sql_put_together, "RawSQL(x, [])"),
        (patterns_put_together, "re.search(x, y)"),
        (weak_hashes, "hashlib.md5(x)"),
        (weak_hashes, "hashlib.new('md5', x)"),
        (formats_what_it_was_given, "request.POST['x'].format(y=z)"),
    ],
)
def test_each_way_would_be_seen(look: Callable[[ast.AST], list[str]], code: str) -> None:
    assert look(ast.parse(code))


def test_nothing_runs_what_it_was_given() -> None:
    assert {name_of(path) for path in CODE if runs_what_it_was_given(tree_of(path))} == set(PICKLED)


def test_sql_is_a_constant() -> None:
    assert {name_of(path) for path in CODE if sql_put_together(tree_of(path))} <= set(SQL_PUT_TOGETHER)


def test_patterns_are_ours() -> None:
    web = [path for path in CODE if name_of(path).startswith("web/")]
    assert {name_of(path): patterns_put_together(tree_of(path)) for path in web if patterns_put_together(tree_of(path))}.keys() == PATTERNS_PUT_TOGETHER.keys()


def test_messages_are_ours() -> None:
    assert [found for path in CODE for found in formats_what_it_was_given(tree_of(path))] == []


def test_no_weak_hash() -> None:
    assert [name_of(path) for path in CODE if weak_hashes(tree_of(path))] == []


def test_chance_comes_from_the_system() -> None:
    web = [path for path in CODE if name_of(path).startswith("web/")]
    users = {name_of(path) for path in web for node in ast.walk(tree_of(path)) if isinstance(node, ast.Import | ast.ImportFrom) and re.match(r"(from|import) random\b", ast.unparse(node))}
    assert [name for name in users if not name.startswith(tuple(CHANCE))] == []


def test_templates_escape_everything() -> None:
    texts = {path.relative_to(SRC / "web").as_posix().partition("/templates/")[2]: path.read_text("utf-8") for path in TEMPLATES}
    assert [name for name, text in texts.items() if "autoescape" in text or "|safeseq" in text] == []
    assert {name for name, text in texts.items() if "|safe" in text} <= set(SAFE)


def test_marked_safe_only_where_it_was_escaped() -> None:
    users = {name_of(path) for path in CODE for call, _owner, name in calls(tree_of(path)) if name in ("SafeString", "mark_safe", "SafeText")}
    assert users <= set(MARKED_SAFE)


def test_no_script_stands_in_a_page() -> None:
    wrong = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)
    assert [path.name for path in TEMPLATES if wrong.search(path.read_text("utf-8"))] == []


def test_scripts_write_text_as_text() -> None:
    wrong = re.compile(r"\.(inner|outer)HTML\s*\+?=|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|onmessage|onpaste|[\"']paste[\"']|__proto__|Object\.assign")
    assert [f"{path.name}: {found[0]}" for path in SCRIPTS if (found := wrong.search(path.read_text("utf-8")))] == []


def test_debug_cannot_be_switched_on() -> None:
    text = (SRC / "web" / "config" / "settings.py").read_text("utf-8")
    assert re.findall(r"^DEBUG = .*$", text, re.MULTILINE) == ["DEBUG = False"]


def asks_for_post(function: ast.FunctionDef) -> bool:
    """It is decorated so, or looks at the method, or is an act (``act_view`` does), or the part of a class that only a post reaches."""
    told = ast.unparse(function)
    return "require_POST" in told or ".method" in told or "act_view(" in told or function.name in ("post", "form_valid")


def writing_without_post(path: Path) -> list[str]:
    """Public views that call a service that writes, and never ask whether it was a post."""
    tree = tree_of(path)
    services = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and ".services" in str(node.module)
        for alias in node.names
        if alias.name[0].islower()
    }
    views = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _takes_a_request(node)]
    return [
        view.name
        for view in views
        if not asks_for_post(view)
        if any(name in services and {word.arg for word in call.keywords} >= {"actor", "at"} for call, _owner, name in calls(view))
    ]


def _takes_a_request(view: ast.FunctionDef) -> bool:
    return bool(view.args.args) and view.args.args[0].arg == "request"


def test_writing_asks_for_post() -> None:
    views = [path for path in CODE if "views" in path.parts or path.name == "views.py"]
    assert {name_of(path): writing_without_post(path) for path in views if writing_without_post(path)} == {}
