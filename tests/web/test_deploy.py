"""``check --deploy`` of an installation behind https has nothing to say."""

import os
import subprocess
import sys
from pathlib import Path


def test_an_installation_behind_https_is_clean(tmp_path: Path) -> None:
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    own = usual | {"LUOSHI_DATA": str(tmp_path), "LUOSHI_HTTPS": "1", "LUOSHI_HOSTS": "luoshi.example"}
    command = [sys.executable, "-m", "luoshi.web.manage", "check", "--deploy", "--fail-level", "INFO"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, env=own, check=False)
    assert ended.returncode == 0 and "no issues (0 silenced)" in ended.stdout + ended.stderr, ended.stdout + ended.stderr
