"""Old office formats (.doc .wps .rtf, .xls .et) by way of LibreOffice, where it is installed; then our own readers.

Always through docx: a direct conversion to text would lose the automatic numbers and print deleted text as live text.
Each conversion has a folder and a LibreOffice profile of its own: two that share one fail without a word.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from luoshi.readers.docx import read_docx
from luoshi.readers.xlsx import read_xlsx
from luoshi.text import DamagedFile, LimitExceeded, SourceText, ToolMissing
from luoshi.text.language import _

TIMEOUT = 120.0
_PROGRAMS = ("soffice", "libreoffice")
_ITEM = '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
# No macros, no links refreshed, nothing fetched from outside.
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
)


def read_doc(data: bytes, *, name: str) -> SourceText:
    """A Word 97–2003 or WPS text document."""
    return _as_given(read_docx(convert(data, name=name, suffix="doc", target="docx"), name=name), data, "application/msword")


def read_rtf(data: bytes, *, name: str) -> SourceText:
    """A Rich Text document."""
    return _as_given(read_docx(convert(data, name=name, suffix="rtf", target="docx"), name=name), data, "application/rtf")


def read_xls(data: bytes, *, name: str) -> SourceText:
    """An Excel 97–2003 or WPS workbook."""
    return _as_given(read_xlsx(convert(data, name=name, suffix="xls", target="xlsx"), name=name), data, "application/vnd.ms-excel")


def convert(data: bytes, *, name: str, suffix: str, target: str) -> bytes:
    """``data`` converted by LibreOffice from ``suffix`` to ``target``.

    Raises ToolMissing, LimitExceeded (120 s), or DamagedFile where LibreOffice makes nothing of the file.
    """
    program = next((found for candidate in _PROGRAMS if (found := shutil.which(candidate))), None)
    if program is None:
        raise ToolMissing(
            _("读取 {name} 需要 LibreOffice，本机没有安装。").format(name=name),
            hint=_("请管理员安装 libreoffice-writer 和 libreoffice-calc，或先用 Word、WPS 另存为 docx、xlsx。"),
        )
    with tempfile.TemporaryDirectory(prefix="luoshi-office-") as folder:
        home = Path(folder)
        profile = home / "profile"
        _write_settings(profile)
        source = home / f"input.{suffix}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
                   "--convert-to", target, "--outdir", str(home / "out"), str(source)]  # fmt: skip
        said = _run(command, home, name)
        result = home / "out" / f"input.{target}"
        if not result.is_file():
            raise DamagedFile(
                _("LibreOffice 无法打开 {name}：{said}").format(name=name, said=said or _("没有说明原因。")),
                hint=_("文件可能已损坏或设有密码；请用原软件打开，另存为 docx、xlsx 后再试。"),
            )
        return result.read_bytes()


def _run(command: list[str], home: Path, name: str) -> str:
    """Run LibreOffice to its end; the last line of what it said."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    try:
        output, _none = process.communicate(timeout=TIMEOUT)
    except BaseException as error:
        # The whole group: ``soffice`` is a starter, its children do the work. It is not reaped yet, so the id is still its own.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise LimitExceeded(
                _("LibreOffice 转换 {name} 超过 {n} 秒。").format(name=name, n=int(TIMEOUT)),
                hint=_("请用 Word 或 WPS 另存为 docx、xlsx 后再试。"),
            ) from error
        raise
    return (output.decode("utf-8", "replace").strip().splitlines() or [""])[-1][:200]


def _write_settings(profile: Path) -> None:
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' + items + "</oor:items>",
        encoding="utf-8",
    )


def _as_given(source: SourceText, data: bytes, media_type: str) -> SourceText:
    """The converted source under the identity of the file that was given."""
    return replace(source, file_sha256=hashlib.sha256(data).hexdigest(), media_type=media_type)
