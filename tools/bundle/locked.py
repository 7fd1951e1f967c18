"""The locked requirements: name, version, marker and hashes of every line of requirements.txt."""

from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name


class Locked(NamedTuple):
    """One line: ``name==version ; marker --hash=sha256:…``."""

    name: NormalizedName
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """As it stands in a file of requirements."""
        return " ".join((f"{self.name}=={self.version}{f' ; {self.marker}' if self.marker else ''}", *self.hashes))

    @property
    def plain(self) -> str:
        """The same without the marker: pip reads markers for the machine that it runs on."""
        return self._replace(marker="").line


def locked(file: Path) -> list[Locked]:
    """Every requirement of ``file``."""
    return [_parsed(line) for line in file.read_text("utf-8").replace("\\\n", " ").splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _parsed(line: str) -> Locked:
    told, *hashes = line.split(" --hash=")
    one = Requirement(told.strip())
    (pinned,) = one.specifier
    return Locked(canonicalize_name(one.name), pinned.version, str(one.marker or ""), tuple(f"--hash={text.strip()}" for text in hashes))
