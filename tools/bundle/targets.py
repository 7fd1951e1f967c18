"""Machines that a bundle is made for: a Python and an architecture of Linux, what pip calls its wheels and how markers are read there."""

import platform
import sys
from collections.abc import Iterator
from typing import NamedTuple

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
GLIBC = 28
"""2.28 of the C library: openEuler 20.03 and later, Kylin V10, UOS 20, Debian 10 and later. install.sh asks for the same."""
OLDEST = {"x86_64": 5, "aarch64": 17}
FORMER = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}


class Target(NamedTuple):
    """One kind of machine: the minor version of CPython and what ``uname -m`` says."""

    python: str
    machine: str

    def __str__(self) -> str:
        return f"CPython {self.python} on {self.machine}"

    @property
    def platforms(self) -> list[str]:
        """Platform tags of wheels that run there, best first."""
        return list(self._platforms())

    def _platforms(self) -> Iterator[str]:
        for minor in range(GLIBC, OLDEST[self.machine] - 1, -1):
            yield f"manylinux_2_{minor}_{self.machine}"
            if minor in FORMER:
                yield f"{FORMER[minor]}_{self.machine}"

    @property
    def tags(self) -> frozenset[Tag]:
        """Every tag of wheels that run there."""
        version = tuple(map(int, self.python.split(".")))
        short = f"cp{self.python.replace('.', '')}"
        return frozenset((*cpython_tags(version, [short], self.platforms), *compatible_tags(version, short, self.platforms)))

    def takes(self, wheel: str) -> bool:
        """True where a wheel with this file name runs there."""
        return bool(self.tags & parse_wheel_filename(wheel)[3])

    def needs(self, marker: str) -> bool:
        """True where a requirement with this marker is installed there."""
        told = {
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "platform_system": "Linux",
            "platform_machine": self.machine,
            "sys_platform": "linux",
            "os_name": "posix",
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
        }
        return not marker or Marker(marker).evaluate(told)


def here() -> Target:
    """This machine."""
    return Target(f"{sys.version_info.major}.{sys.version_info.minor}", platform.machine())
