"""The command line: every command, argument, option and exit code."""

import gettext
import re

import luoshi.cli
from luoshi.text.errors import all_errors
from luoshi.text.language import LOCALE_FOLDER
from tools.commands import Command, Parameter, commands
from tools.reference.marks import code, table

_INTRO = """# Command line

`luoshi` reads files and writes lists. Results go to standard output or to the files that `-o` names, everything else (progress, summaries, errors) to standard
error. Its own help speaks Chinese; here it stands in English, from the same catalogue as the messages.
"""


def page() -> str:
    """``luoshi`` itself, its commands, the exit codes."""
    root, *rest = commands()
    parts = [_INTRO, _command(root), *map(_command, rest), "## Exit codes\n", _exit_codes()]
    return "\n".join(parts)


def _command(command: Command) -> str:
    name = f"luoshi {command.name}".strip()
    usage = " ".join(
        [name, *(["[OPTIONS]"] if command.options else []), *map(_place, command.arguments), *(["COMMAND"] if command.group else [])]
    )
    rows = [(code(_place(one)), _english(one.help)) for one in command.arguments]
    rows += [(_option(one), _english(one.help) + _more(one)) for one in command.options]
    told = f"\n{table(('', 'meaning'), rows)}\n" if rows else ""
    return f"## {name}\n\n{_english(command.help)}\n\n```\n{usage}\n```\n{told}"


def _place(argument: Parameter) -> str:
    return argument.names[0] + ("…" if argument.several else "")


def _option(option: Parameter) -> str:
    takes = f" {option.takes}" if option.takes else ""
    return ", ".join(code(f"{name}{takes}") for name in option.names)


def _more(option: Parameter) -> str:
    """Default, environment variable, whether it may come again."""
    said = [f"Default: {code(option.default)}."] if option.default else []
    said += [f"Environment: {code(option.variable)}."] if option.variable else []
    return "".join(f" {one}" for one in said)


def _english(message: str) -> str:
    return gettext.translation("luoshi", LOCALE_FOLDER, ["en"]).gettext(message)


def exit_codes() -> dict[int, str]:
    """Exit code and meaning, as the docstring of ``luoshi.cli`` lists them."""
    listed = " ".join((luoshi.cli.__doc__ or "").partition("Exit codes:")[2].split())
    return {int(number): meaning.strip() for number, meaning in re.findall(r"(\d) ([^·.]+)", listed)}


def _exit_codes() -> str:
    by_code: dict[int, list[str]] = {}
    for error in all_errors()[1:]:
        by_code.setdefault(error.exit_code, []).append(error.__name__)
    rows = ((str(number), meaning, ", ".join(map(code, by_code.get(number, [])))) for number, meaning in exit_codes().items())
    last = "Of several files the highest code counts; a file that fails does not stop the others."
    return f"{table(('code', 'meaning', 'errors'), rows)}\n\n{last} The errors are on a [page of their own](errors.md).\n"
