"""The table of the cache, see ``CACHES`` in the settings."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(_apps: Any, editor: Any) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ("common", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
