"""``python -m bench.city``: fill the empty installation of this environment."""

import argparse
import json
import time

from bench.city import CITY, Size


def prepare() -> None:
    """The tables of an installation that is empty."""
    from luoshi.web.config.serving.tables import migrate

    migrate()
    from luoshi.web.orgs.models import Unit

    if Unit.objects.exists():
        raise SystemExit("this installation is not empty; point LUOSHI_DATA (and LUOSHI_DATABASE) at a new one")


def main() -> None:
    """Migrate, fill, print what clients need."""
    parser = argparse.ArgumentParser(prog="python -m bench.city")
    for name, most in CITY._asdict().items():
        parser.add_argument(f"--{name}", type=int, default=most, help=f"{most:,} where it is not said")
    size = Size(**vars(parser.parse_args()))
    from luoshi.cli.serving import set_up

    set_up()
    prepare()
    from bench.city.filling import fill

    begun = time.monotonic()
    asked = fill(size)
    print(json.dumps(asked | {"seconds": round(time.monotonic() - begun, 1)}))


if __name__ == "__main__":
    main()
