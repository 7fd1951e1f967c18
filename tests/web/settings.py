"""The settings of the tests: those of an installation in a folder that is made for them. ``LUOSHI_DATABASE`` chooses PostgreSQL."""

import atexit
import os
import shutil
import tempfile

if "LUOSHI_TEST_DATA" not in os.environ:
    os.environ["LUOSHI_TEST_DATA"] = os.environ["LUOSHI_DATA"] = tempfile.mkdtemp(prefix="luoshi-test-")
    atexit.register(shutil.rmtree, os.environ["LUOSHI_DATA"], ignore_errors=True)

from luoshi.web.config.settings import *  # noqa: F403  # after the folder is chosen

CALENDAR_SECONDS = 3600  # tests count questions: none of them is asked by the clock; conftest forgets between tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}  # noqa: F405  # a file, as in an office: in memory, connections share their locks
