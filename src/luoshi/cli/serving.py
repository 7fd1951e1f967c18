"""``luoshi serve``: check, migrate, load the demo where asked, start the children, print where to look."""

import os
import sys
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from typing import Any

from luoshi.text.language import _

CHILD = "luoshi.web.config.serving.processes"
DEMO = "demo.loaded"
"""A file in the data folder: its accounts are those of the demo."""
LOOK = 2.0  # seconds that the first page may take to answer


def serve(*, data: Path | None, port: int | None, address: str | None, demo: bool, browser: bool) -> None:
    """Serve until a signal. Raises UsageError where the folder, the port, a setting or the database stands against it."""
    from luoshi.web.config.serving import folder
    from luoshi.web.config.serving.supervisor import Supervisor

    told = settle(data=data, port=port, address=address)
    place = Path(os.environ["LUOSHI_DATA"])
    with folder.held(place):
        folder.port_is_free(told["address"], told["port"])
        set_up()
        from luoshi.web.config.serving.tables import migrate

        with folder.guarded(place):
            migrate()
        if demo:
            load_demo(place)
        where = f"http://{_shown(told['address'])}:{told['port']}/"
        children = {name: [sys.executable, "-m", CHILD, kind] for kind, name in _names().items()}

        def on_up() -> None:
            _tell(where, place, told)
            if browser and _has_screen():
                webbrowser.open(where)

        Supervisor(children, say=_say, is_up=lambda: _answers(where, told), on_up=on_up).run()


def settle(*, data: Path | None, port: int | None, address: str | None) -> dict[str, Any]:
    """What the call says goes before what the environment says, for this process and its children; the options that come of it."""
    from luoshi.web.config import options
    from luoshi.web.config.serving import folder

    for name, value in ((options.DATA_FOLDER, data), ("LUOSHI_PORT", port), ("LUOSHI_ADDRESS", address)):
        if value is not None:
            os.environ[name] = str(value)
    place = options.data_folder()
    os.environ[options.DATA_FOLDER] = str(place)
    folder.prepare(place)
    return options.load(os.environ, place / options.FILE)


def set_up() -> None:
    """Django in this process, for migrating and for the demo."""
    from luoshi.web.config.database import prefer_own_sqlite

    prefer_own_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.config.settings")
    import django

    django.setup()


def _names() -> dict[str, str]:
    return {"pages": _("网页服务"), "worker": _("后台任务"), "clock": _("定时任务")}


def load_demo(place: Path) -> None:
    """The demo, once: where this folder has it already, it is served as it is."""
    from luoshi.web.demo import load, tell_again
    from luoshi.web.orgs.models import User

    loaded = place / DEMO
    if loaded.exists() and User.objects.exists():
        tell_again(say=_say, folder=place)
        return
    load(say=_say)
    loaded.touch()


def _shown(address: str) -> str:
    """The address that a browser on this machine can open."""
    if address in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{address}]" if ":" in address else address


def _answers(where: str, told: dict[str, Any]) -> bool:
    asked = urllib.request.Request(f"{where}healthz", headers={"Host": told["hosts"][0], "X-Forwarded-Proto": "https"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy of the environment
    try:
        with opener.open(asked, timeout=LOOK) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _tell(where: str, place: Path, told: dict[str, Any]) -> None:
    from django.db import connection

    from luoshi.web.orgs.models import User

    _say(_("落实已启动：{where}").format(where=where))
    _say(_("数据在 {folder}；按 Ctrl-C 停止。").format(folder=place))
    if _shown(told["address"]) not in ("127.0.0.1", "localhost") or told["address"] == "0.0.0.0":
        _say(_("别的电脑用这些名字访问：{hosts}（设置 hosts）。").format(hosts="、".join(told["hosts"])))
    if not User.objects.exists():
        _say(_("还没有账号。请另开一个窗口运行 luoshi admin first 用户名 姓名 --data {folder}，开设第一位系统管理员。").format(folder=place))
    connection.close()


def _has_screen() -> bool:
    return sys.stdout.isatty() and (sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")))


def _say(line: str) -> None:
    print(line, flush=True)
