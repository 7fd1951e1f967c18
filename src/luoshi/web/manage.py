"""Django's own commands, with the settings of Luoshi: ``python -m luoshi.web.manage check --deploy``."""

import os
import sys


def main() -> None:
    """Run one command of Django."""
    from luoshi.web.config.database import prefer_own_sqlite

    prefer_own_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
