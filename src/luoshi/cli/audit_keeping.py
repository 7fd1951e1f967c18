"""``luoshi audit checkpoint``: the head over all records, on the screen and as the files that are kept outside."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from luoshi.cli.administering import set_up_in_step
from luoshi.text import ToolMissing, UsageError
from luoshi.text.language import _

if TYPE_CHECKING:
    from luoshi.web.audit.checkpoint import Checkpoint


def make_checkpoint(folder: Path | None, algorithm: str, *, data: Path | None) -> None:
    """Verify, make the checkpoint, print it; with a folder, write the sheet, the lines and the file there."""
    from django.utils import timezone

    set_up_in_step(data)
    from luoshi.web.audit import services
    from luoshi.web.audit.printing import in_terminal
    from luoshi.web.audit.selectors import origin
    from luoshi.web.audit.verifying import verify
    from luoshi.web.common.actor import SYSTEM

    if folder is not None:
        _prepare(folder)
    head = services.make_checkpoint(verified=verify(algorithm=algorithm), origin=origin(), actor=SYSTEM, at=timezone.now())
    typer.echo(head.text(), nl=False)
    if folder is None:
        if sys.stdout.isatty():
            typer.echo(in_terminal(head))
        typer.echo(_("请把这几行抄到或打印到系统之外保存；要打印的固证单和带校验值的固证文件，请加 -o 文件夹。"), err=True)
        return
    for file in _written(head, folder):
        typer.echo(_("已写出 {file}").format(file=file), err=True)
    typer.echo(_("请把这个文件夹拷到系统之外（如审计管理员的 U 盘），把固证单打印出来锁好。"), err=True)


def _written(head: "Checkpoint", folder: Path) -> list[Path]:
    from luoshi.web.audit.printing import sheet
    from luoshi.web.audit.selectors import checkpoint_file
    from luoshi.web.common.actor import SYSTEM

    name = f"checkpoint-{head.size}"
    lines, hashes, paper = (folder / f"{name}{ending}" for ending in (".txt", ".luoshi", ".pdf"))
    lines.write_text(head.text(), "utf-8")
    with hashes.open("wb") as stream:
        for piece in checkpoint_file(head):
            stream.write(piece)
    try:
        paper.write_bytes(sheet(head, by=SYSTEM.name))
    except ToolMissing as error:  # the lines are there and say the same
        typer.echo(str(error), err=True)
        return [lines, hashes]
    return [lines, hashes, paper]


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(_("写不了 {file}：{why}。").format(file=folder, why=error.strerror), hint=_("请换一个地方。")) from error
