"""The entry for the server."""

import os

from luoshi.web.config.database import prefer_own_sqlite

prefer_own_sqlite()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  # after SQLite is chosen

application = get_wsgi_application()
