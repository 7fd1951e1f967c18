"""The heads of ``luoshi audit``. What they need is imported when they run."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="audit", help="审计记录：固证、核验、出具证明、导出。", no_args_is_help=True, rich_markup_mode=None)
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹：数据库、附件和密钥都在里面；默认是当前文件夹下的 luoshi-data。")]
Out = Annotated[Path | None, typer.Option("-o", "--out", help="写到哪个文件；默认写到标准输出。")]


class Hash(StrEnum):
    """Hashes that a tree can be made with."""

    sha256 = "sha256"
    sm3 = "sm3"


@app.command()
def checkpoint(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="写到哪个文件夹：固证单（PDF，带二维码）、文字、带校验值的固证文件；默认只在屏幕上显示文字和二维码。")] = None,
    algorithm: Annotated[Hash, typer.Option("--hash", help="杂凑算法：sha256，或国密 sm3。")] = Hash.sha256,
    data: Data = None,
) -> None:
    """固证：核验全部审计记录，算出它们的根，打印出来存到系统之外。"""
    from luoshi.cli.audit_keeping import make_checkpoint

    make_checkpoint(out, str(algorithm), data=data)


@app.command()
def verify(
    checkpoints: Annotated[list[Path] | None, typer.Argument(help="外面保存的固证单（文字）或固证文件，可以多个；- 表示标准输入。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON：是否完好、第一条有问题的记录、逐条问题。")] = False,
    data: Data = None,
) -> None:
    """核验审计记录：有没有改过、删过、插过、截过、换过，第一条是哪一条。有问题时退出码为 1。"""
    from luoshi.cli.audit_proving import verify_records

    raise typer.Exit(verify_records(checkpoints or [], as_json=as_json, data=data))


@app.command()
def prove(
    seq: Annotated[int, typer.Argument(help="记录的编号。")],
    checkpoint: Annotated[Path | None, typer.Option("--checkpoint", help="哪一次固证；默认是覆盖它的最近一次。")] = None,
    out: Out = None,
    data: Data = None,
) -> None:
    """出具一条记录在固证之内的证明（JSON），不必交出别的记录。"""
    from luoshi.cli.audit_proving import prove_record

    prove_record(seq, checkpoint, out, data=data)


@app.command()
def consistent(
    older: Annotated[Path, typer.Argument(help="较早的固证单或固证文件。")],
    newer: Annotated[Path, typer.Argument(help="较晚的固证单或固证文件。")],
    out: Out = None,
    data: Data = None,
) -> None:
    """证明较晚的固证是较早的固证接着写下去的，中间没有改过（JSON）。"""
    from luoshi.cli.audit_proving import prove_continued

    prove_continued(older, newer, out, data=data)


@app.command()
def export(
    out: Out = None,
    until: Annotated[int | None, typer.Option("--until", min=0, help="到第几号记录为止；默认全部。")] = None,
    data: Data = None,
) -> None:
    """导出审计记录：一条一行，按规定编码，供外部核验。"""
    from luoshi.cli.audit_proving import export_lines

    export_lines(out, until, data=data)


@app.command()
def verifier(out: Out = None) -> None:
    """取出独立核验程序：一个不到 200 行的 Python 文件，不依赖本系统，可以打印出来逐行看。"""
    from luoshi.cli.audit_proving import copy_verifier

    copy_verifier(out)
