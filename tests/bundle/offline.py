"""Run by ``unshare -n``: install the bundle where there is no network, serve the demo from it, tell the story; what came of it as JSON.

``python -m tests.bundle.offline BUNDLE FOLDER DOCUMENT``
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bundle.alone import Leaving
from tests.bundle.story import Story, tell

PORT = 8000
PATIENCE = 600  # seconds
ACCOUNT = re.compile(r"^  (\S+)\s+(\S+)  \S", re.MULTILINE)
QUIET = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # the browser's own curiosity is not Luoshi's; what a page asks for is seen in the story
ELSEWHERE = ("192.0.2.1", 443)


def main(bundle: Path, folder: Path, document: Path) -> None:
    """All of it in ``folder``, which is empty."""
    leaving = Leaving()
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    began = time.monotonic()
    subprocess.run(["sh", str(bundle / "install.sh"), str(folder / "luoshi")], env=bare, check=True, stdout=sys.stderr)
    installed = time.monotonic() - began
    with serving(folder, bare) as out:
        served = time.monotonic() - began - installed
        story = told(out, document)
    before = list(leaving.tried)
    _try_to_leave()
    print(
        json.dumps(
            {
                "install_seconds": round(installed, 1),
                "demo_seconds": round(served, 1),
                "story_seconds": round(time.monotonic() - began - installed - served, 1),
                "packages": len(list((folder / "luoshi").glob("lib/python*/site-packages/*.dist-info"))),
                "told": story.told,
                "strange": story.strange,
                "left": before,
                "left_when_tried": leaving.tried[len(before) :],
                "server": out.read_text("utf-8"),
            },
            ensure_ascii=False,
        )
    )


@contextmanager
def serving(folder: Path, bare: dict[str, str]) -> Iterator[Path]:
    """The installed Luoshi with its demo; what it prints."""
    out = folder / "server.out"
    command = [str(folder / "luoshi" / "bin" / "luoshi"), "serve", "--demo", "--data", str(folder / "data"), "--port", str(PORT), "--no-browser"]
    with out.open("w") as stream, subprocess.Popen(command, env=bare, cwd=folder, stdout=stream, stderr=stream) as server:
        until = time.monotonic() + PATIENCE
        while "落实已启动" not in out.read_text("utf-8"):
            if server.poll() is not None or time.monotonic() > until:
                sys.exit(out.read_text("utf-8"))
            time.sleep(0.2)
        try:
            yield out
        finally:
            server.terminate()


def told(out: Path, document: Path) -> Story:
    """The story in a browser of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", QUIET])
        story = Story(browser, f"http://127.0.0.1:{PORT}", dict(ACCOUNT.findall(out.read_text("utf-8"))))
        tell(story, document)
        browser.close()
    return story


def _try_to_leave() -> None:
    """Now somebody does: the counterproof that it would have been seen."""
    with socket.socket() as one:
        one.settimeout(1)
        try:
            one.connect(ELSEWHERE)
        except OSError:
            return
    sys.exit("there is a network here")


if __name__ == "__main__":
    main(*(Path(word).absolute() for word in sys.argv[1:4]))
