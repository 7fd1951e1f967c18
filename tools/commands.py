"""The command line as data, for the reference and for the catalogue: commands, their arguments, options and help."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typer.main import get_command

from luoshi.cli.app import app


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or an option: ``names`` as typed, ``takes`` what follows it (empty for a switch)."""

    names: tuple[str, ...]
    takes: str
    help: str
    required: bool
    several: bool
    default: str
    variable: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command by the words that call it (``corpus align``); the first one, without a name, is ``luoshi`` itself. A ``group`` has others under it."""

    name: str
    help: str
    arguments: tuple[Parameter, ...]
    options: tuple[Parameter, ...]
    group: bool


def commands() -> list[Command]:
    """Luoshi itself, then its commands in the order of the help, each group before the commands under it."""
    return list(_with_those_under("", get_command(app)))


def _with_those_under(name: str, command: Any) -> Iterator[Command]:
    yield _command(name, command)
    for word, below in getattr(command, "commands", {}).items():
        yield from _with_those_under(f"{name} {word}".strip(), below)


def _command(name: str, command: Any) -> Command:
    parameters = [(given.param_type_name, _parameter(given)) for given in command.params]
    return Command(
        name,
        command.help or "",
        tuple(one for kind, one in parameters if kind == "argument"),
        tuple(one for kind, one in parameters if kind == "option"),
        bool(getattr(command, "commands", None)),
    )


def _parameter(given: Any) -> Parameter:
    return Parameter(
        names=tuple(given.opts) if given.param_type_name == "option" else (given.name.upper(),),
        takes=_takes(given.type),
        help=given.help or "",
        required=given.required,
        several=given.nargs == -1 or getattr(given, "multiple", False),
        default=str(given.default) if isinstance(given.default, str | int) and not isinstance(given.default, bool) else "",
        variable=given.envvar or "",
    )


def _takes(kind: Any) -> str:
    """What stands for the value in the help: its choices, PATH or TEXT; nothing for a switch."""
    if kind.name == "boolean":
        return ""
    if kind.name == "choice":
        return "|".join(map(str, kind.choices))
    return {"path": "PATH", "int": "NUMBER", "int range": "NUMBER"}.get(kind.name, "TEXT")
