"""``luoshi admin``: the first administrator by a link that works once, told in the audit as the command line's own act."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def said(data: Path, *words: str, code: int = 0) -> str:
    """What a call prints."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    command = [sys.executable, "-m", "luoshi.cli", "admin", *words, "--data", str(data)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, env=usual, check=False)
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stdout + ended.stderr


def test_the_first_administrator(migrated: Path, tmp_path: Path) -> None:
    data = shutil.copytree(migrated, tmp_path / "data")
    first = said(data, "first", "sysadmin", "陈守信").splitlines()[-1]
    assert first.startswith("http://127.0.0.1:8000/")
    assert "sysadmin\t陈守信\t系统管理员\t未设口令" in said(data, "list")
    assert said(data, "first", "sysadmin", "陈守信").splitlines()[-1] != first
    again = said(data, "invite", "sysadmin").splitlines()[-1]
    assert again.startswith("http://127.0.0.1:8000/")
    script = "import django; django.setup(); from luoshi.web.audit.models import Record; print([(r.act, r.actor) for r in Record.objects.all()])"
    environment = os.environ | {"LUOSHI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "luoshi.web.config.settings"}
    environment.pop("LUOSHI_DATABASE", None)
    script = "from luoshi.web.config.database import prefer_own_sqlite; prefer_own_sqlite(); " + script
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True).stdout
    assert told.strip() == "[('user.create', '系统'), ('invitation.issue', '系统'), ('invitation.issue', '系统')]"


def test_what_cannot_be_done_is_a_sentence(migrated: Path) -> None:
    assert "没有这种管理员" in said(migrated, "first", "boss", "王某", "--duty", "boss", code=5)
    assert "没有用户名是nobody的账号" in said(migrated, "invite", "nobody", code=5)
    assert "没有被锁定" in said(migrated, "unlock", "nobody", code=5)
