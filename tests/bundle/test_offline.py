"""With no network at all the bundle installs into an empty folder and the main story runs. The whole of it by ``make prove``."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.bundle import ROOT, build
from tools.bundle.targets import here

from tests.bundle.alone import TUN
from tests.proving import FULL

DOCUMENT = ROOT / "samples" / "province-opinion-word.docx"


def missing() -> str:
    """Why it cannot be shown here; empty where it can."""
    if not FULL:
        return "the whole of it by make prove"
    for name in ("unshare", "ip", "chromium"):
        if shutil.which(name) is None:
            return f"no {name}"
    if subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode:
        return "no network namespace may be made here"
    return "" if TUN.exists() else "no /dev/net/tun"


@pytest.mark.prove
@pytest.mark.skipif(bool(missing()), reason=missing())
def test_the_bundle_installs_and_the_main_story_runs_without_a_network(tmp_path: Path) -> None:
    bundle = build(tmp_path, [here()], say=print)
    empty = tmp_path / "empty"
    empty.mkdir()
    command = ["unshare", "-n", sys.executable, "-m", "tests.bundle.offline", str(bundle), str(empty), str(DOCUMENT)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-4000:]
    told = json.loads(ended.stdout)
    print(json.dumps(told | {"server": ""}, ensure_ascii=False, indent=1))
    assert told["left"] == [], "something wanted to leave the machine"
    assert any(one.startswith("192.0.2.1 port 443") for one in told["left_when_tried"]), "an attempt would not have been seen"
    assert told["strange"] == [], "a page asked for something elsewhere"
    assert len(told["told"]) > 10
    assert "Traceback" not in told["server"], told["server"][-4000:]
