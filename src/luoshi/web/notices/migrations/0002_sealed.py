"""Addresses and secrets of channels, until now as they were typed, are sealed."""

from typing import Any

from django.db import migrations, models

from luoshi.web.notices.models import ADDRESS, SECRET
from luoshi.web.orgs.sealing import seal


def seal_all(apps: Any, editor: Any) -> None:
    """What each channel says, sealed."""
    for channel in apps.get_model("notices", "Channel").objects.all():
        channel.sealed_address = seal(channel.address, ADDRESS)
        channel.sealed_secret = seal(channel.secret, SECRET) if channel.secret else ""
        channel.save(update_fields=["sealed_address", "sealed_secret"])


class Migration(migrations.Migration):
    """Two columns are filled from two, which go."""

    dependencies = (("notices", "0001_initial"),)
    operations = (
        migrations.AddField("channel", "sealed_address", models.TextField(default=""), preserve_default=False),
        migrations.AddField("channel", "sealed_secret", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
        migrations.RemoveField("channel", "address"),
        migrations.RemoveField("channel", "secret"),
    )
