"""The English catalogue: every message of the code, its translation, and the compiled file that gettext reads.

``python -m tools.catalogue`` brings ``luoshi.po`` in step with the code (translations are kept, messages that are gone go) and compiles
``luoshi.mo`` beside it; ``--check`` changes nothing and exits with 1 where something is missing. Translating is done by a person, in the
.po file, with the words of the glossary.

Messages of pages are those of the tag ``{% t "…" %}``. Messages of code are found in the syntax tree: Babel's own extraction reads tokens and, before Python 3.12, sees none that stand inside an f-string.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from luoshi.text.language import CHOICE

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "luoshi"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "luoshi.po"
MO = PO.with_suffix(".mo")
HEADER = "# English for the messages of Luoshi, which are Chinese in the code. Words: docs/reference and the glossary of the project."

# A .mo carries dates in its header; these do not depend on the clock.
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def messages() -> dict[str, list[str]]:
    """Every message and the files, sorted, that it stands in: calls of ``_``, the help of the command line, options, names of time limits."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for message in _in_code(path.read_text("utf-8")):
            found.setdefault(message, set()).add(path.relative_to(SOURCE).as_posix())
    for path in sorted(SOURCE.rglob("*.html")):
        for message in _in_template(path.read_text("utf-8")):
            found.setdefault(message, set()).add(path.relative_to(SOURCE).as_posix())
    for message in _in_options():
        found.setdefault(message, set()).add("web/config/options.py")
    for _code, message in checks():
        found.setdefault(message, set()).add("web/doctor/checks.py")
    for message in _in_help():
        found.setdefault(message, set()).add("cli/app.py")
    for message in _in_time_limits():
        found.setdefault(message, set()).add("calendar/limits.py")
    return {message: sorted(files) for message, files in found.items()}


def _calls(code: str) -> Iterator[ast.expr]:
    """The argument of every call ``_(…)`` that does not say what it is about."""
    yield from (call.args[0] for call in _called(code, "_") if len(call.args) == 1)


@cache
def _called(code: str, name: str) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name)


def _in_code(code: str) -> Iterator[str]:
    for argument in _calls(code):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _in_template(page: str) -> Iterator[str]:
    """The message of every ``{% t "…" %}`` that does not say what it is about."""
    yield from re.findall(r'\{%\s*t\s+"([^"]*)"(?! about=)', page)


def told_apart() -> dict[tuple[str, str], list[str]]:
    """Words with what they are about, which English says in two ways, and the files, sorted: ``_("新建", "button")``, ``{% t "文件" about="columns" %}``.

    So are the columns on the left; they are read from the code, since their module needs a database.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        code = path.read_text("utf-8")
        for call in _called(code, "_"):
            if len(call.args) == 2 and isinstance(call.args[0], ast.Constant) and isinstance(call.args[1], ast.Constant):
                found.setdefault((str(call.args[0].value), str(call.args[1].value)), set()).add(path.relative_to(SOURCE).as_posix())
        for call in _called(code, "Column") if path.name == "navigation.py" else ():
            if isinstance(call.args[1], ast.Constant):
                found.setdefault((str(call.args[1].value), "columns"), set()).add(path.relative_to(SOURCE).as_posix())
    for path in sorted(SOURCE.rglob("*.html")):
        for word, about in re.findall(r'\{%\s*t\s+"([^"]*)" about="([^"]*)"', path.read_text("utf-8")):
            found.setdefault((word, about), set()).add(path.relative_to(SOURCE).as_posix())
    return {key: sorted(files) for key, files in sorted(found.items())}


def _in_options() -> Iterator[str]:
    from luoshi.web.config.options import OPTIONS

    yield from (option.help for option in OPTIONS)


def checks() -> Iterator[tuple[str, str]]:
    """Code and what is looked for of each check of ``luoshi doctor``, read from the code: their module needs a database."""
    for call in _called((SOURCE / "web" / "doctor" / "checks.py").read_text("utf-8"), "Check"):
        code, about = call.args[:2]
        if isinstance(code, ast.Constant) and isinstance(about, ast.Constant):
            yield str(code.value), str(about.value)


def computed() -> list[str]:
    """Files with a call of ``_`` whose message is not written there: it must come from a list that ``messages`` knows."""
    return [
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if any(not isinstance(call.args[0], ast.Constant) for call in _called(path.read_text("utf-8"), "_"))
    ]


def _in_help() -> Iterator[str]:
    """What ``luoshi --help`` and the help of each command say."""
    from tools.commands import commands

    for command in commands():
        yield command.help
        yield from (one.help for one in (*command.arguments, *command.options))


def _in_time_limits() -> Iterator[str]:
    from luoshi.calendar import TIME_LIMITS

    yield from (limit.name for limit in TIME_LIMITS)


def load() -> Catalog:
    """The catalogue as it is in the repository; an empty one where there is none."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def in_step() -> Catalog:
    """The catalogue with exactly the messages of the code: known translations kept, new messages empty."""
    kept = load()
    # A date or a version in the header would change the file without a reason.
    fresh = Catalog(locale="en", project="luoshi", header_comment=HEADER, charset="utf-8")
    found = messages()
    for message in sorted(found, key=lambda one: (found[one][0], one)):
        old = kept.get(message)
        flags = {"python-brace-format"} if _PLACEHOLDER.search(message) else set[str]()
        fresh.add(message, string=old.string if old else "", locations=[(file, 0) for file in found[message]], flags=flags)
    for (word, about), files in told_apart().items():
        old = kept.get(word, context=about)
        fresh.add(word, string=old.string if old else "", locations=[(file, 0) for file in files], context=about)
    return fresh


def po_bytes(catalogue: Catalog) -> bytes:
    """The .po file."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, omit_header=True, include_lineno=False)
    head = f'{HEADER}\nmsgid ""\nmsgstr ""\n"Project-Id-Version: luoshi\\n"\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
    head += '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    return head.encode() + buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The .mo file: the header that gettext needs and every message that is translated."""
    plain = Catalog(locale="en", charset="utf-8", creation_date=_DAY, revision_date=_DAY)
    for message in catalogue:
        if message.id and message.string:
            plain.add(message.id, string=message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def problems(catalogue: Catalog) -> list[str]:
    """What is wrong with the translations: missing, doubtful, or with other placeholders than the message."""
    found: list[str] = []
    for message in catalogue:
        chinese, english = str(message.id), str(message.string or "")
        if not chinese:
            continue
        if not english:
            found.append(f"not translated: {chinese}")
        elif message.fuzzy:
            found.append(f"fuzzy: {chinese}")
        elif sorted(_PLACEHOLDER.findall(chinese)) != sorted(_PLACEHOLDER.findall(CHOICE.sub("", english))) or not {one[0] for one in CHOICE.findall(english)} <= set(re.findall(r"\{(\w+)", chinese)):
            found.append(f"placeholders differ: {chinese} / {english}")
    return found


def main() -> None:
    """Write, or with ``--check`` compare."""
    catalogue = in_step()
    wrong = problems(catalogue)
    files = ((PO, po_bytes(catalogue)), (MO, mo_bytes(catalogue)))
    if "--check" in sys.argv[1:]:
        wrong += [f"not in step: {path.relative_to(ROOT)}" for path, content in files if not path.exists() or path.read_bytes() != content]
    else:
        for path, content in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for line in wrong:
        print(line, file=sys.stderr)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
