"""``python -m tools.bundle [--out FOLDER] [--python 3.11 …] [--machine x86_64 …] [--here] [--no-archive]``."""

import argparse
import sys
from pathlib import Path

from tools.bundle import archive, build
from tools.bundle.targets import MACHINES, PYTHONS, Target, here


def main() -> None:
    """Build the bundle and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle", description="The bundle for a closed network.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where it is made")
    parser.add_argument("--python", nargs="+", choices=PYTHONS, default=PYTHONS, help="minor versions of CPython")
    parser.add_argument("--machine", nargs="+", choices=MACHINES, default=MACHINES, help="architectures, as uname -m says")
    parser.add_argument("--here", action="store_true", help="only for the Python and the machine that this runs on")
    parser.add_argument("--no-archive", action="store_true", help="leave the folder as it is, make no .tar of it")
    told = parser.parse_args()
    targets = [here()] if told.here else [Target(python, machine) for machine in told.machine for python in told.python]
    try:
        folder = build(told.out, targets, say=print)
    except ValueError as error:
        sys.exit(str(error))
    print(folder if told.no_archive else archive(folder))


if __name__ == "__main__":
    main()
