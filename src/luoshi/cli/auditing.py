"""The heads of ``luoshi audit``. What they need is imported when they run."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="audit", help="审计记录：固证、核验、出具证明、导出。", no_args_is_help=True, rich_markup_mode=None)
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹：数据库、附件和密钥都在里面；默认是当前文件夹下的 luoshi-data。")]


class Hash(StrEnum):
    """Hashes that a tree can be made with."""

    sha256 = "sha256"
    sm3 = "sm3"


@app.command()
def export(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="写到哪个文件；默认写到标准输出。")] = None,
    until: Annotated[int | None, typer.Option("--until", min=0, help="到第几号记录为止；默认全部。")] = None,
    data: Data = None,
) -> None:
    """导出审计记录：一条一行，按规定编码，供外部核验。"""
    from luoshi.cli.audit_proving import export_lines

    export_lines(out, until, data=data)
