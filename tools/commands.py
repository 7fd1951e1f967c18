"""The command line as data, for the reference and for the catalogue: commands, their arguments, options and help."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

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
    """A command; the first one, without a name, is ``luoshi`` itself."""

    name: str
    help: str
    arguments: tuple[Parameter, ...]
    options: tuple[Parameter, ...]


def commands() -> list[Command]:
    """Luoshi itself, then its commands in the order of the help."""
    root: Any = get_command(app)
    return [_command("", root), *(_command(name, command) for name, command in root.commands.items())]


def _command(name: str, command: Any) -> Command:
    parameters = [(given.param_type_name, _parameter(given)) for given in command.params]
    return Command(
        name,
        command.help or "",
        tuple(one for kind, one in parameters if kind == "argument"),
        tuple(one for kind, one in parameters if kind == "option"),
    )


def _parameter(given: Any) -> Parameter:
    annotation = given.type_descriptor.annotation
    several = get_origin(annotation) is list
    kind = get_args(annotation)[0] if several else annotation
    return Parameter(
        names=tuple(given.opts) if given.param_type_name == "option" else (given.name.upper(),),
        takes="" if kind is bool else _takes(kind),
        help=given.help or "",
        required=given.required,
        several=several,
        default=given.default if isinstance(given.default, str) else "",
        variable=given.envvar or "",
    )


def _takes(kind: Any) -> str:
    """What stands for the value in the help: its choices, PATH or TEXT."""
    if issubclass(kind, Enum):
        return "|".join(str(choice.value) for choice in kind)
    return "PATH" if issubclass(kind, Path) else "TEXT"
