"""The commands. What they need is imported when they run, so that ``luoshi --help`` answers at once."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from luoshi.cli import administering, auditing, corpus
from luoshi.cli.inputs import day
from luoshi.text.errors import UsageError
from luoshi.text.language import LANGUAGES, _, set_language

app = typer.Typer(
    name="luoshi", help="落实：把文件变成台账。读文件、拆事项、核来源。", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


class Format(StrEnum):
    """What a decomposition can be written as."""

    json = "json"
    xlsx = "xlsx"
    docx = "docx"
    md = "md"
    html = "html"


class AlignmentFormat(StrEnum):
    """What an alignment can be written as."""

    html = "html"
    xlsx = "xlsx"
    json = "json"
    md = "md"


def _version(wanted: bool) -> None:
    if wanted:
        from luoshi import __version__

        typer.echo(f"luoshi {__version__}")
        raise typer.Exit


@app.callback()
def common(
    language: Annotated[str, typer.Option("--language", envvar="LUOSHI_LANGUAGE", help="界面语言：zh 中文，en English。")] = "zh",
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """落实：把文件变成台账。读文件、拆事项、核来源。"""
    if language not in LANGUAGES:
        raise UsageError(_("没有这种语言：{name}。").format(name=language), hint=_("可选：zh、en。"))
    set_language(language)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="要读的文件；- 表示标准输入。")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON：正文、来源位置、存疑。")] = False,
    encoding: Annotated[str | None, typer.Option(help="文本文件的编码；默认自动识别 UTF-8 和 GB18030。")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="在受限的子进程里读：限内存、限时间、断网。")] = False,
) -> None:
    """读出文件正文。"""
    from luoshi.cli.inputs import read_input

    source = read_input(file, encoding=encoding, isolated=isolated)
    if as_json:
        import json

        typer.echo(json.dumps(source.to_dict(), ensure_ascii=False, indent=1))
    else:
        typer.echo(source.text, nl=not source.text.endswith("\n"))


@app.command()
def decompose(
    files: Annotated[list[Path], typer.Argument(help="文件或文件夹，可以多个；- 表示标准输入。")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="一个输入时是输出文件，多个输入时是输出文件夹（没有就新建）。")] = None,
    format_: Annotated[Format | None, typer.Option("--format", help="输出格式；默认按输出文件的后缀，否则为 json。")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按这一天判断时限是否已过，如 2026-11-22；默认今天。")] = None,
    encoding: Annotated[str | None, typer.Option(help="文本文件的编码；默认自动识别 UTF-8 和 GB18030。")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="在受限的子进程里读：限内存、限时间、断网。")] = False,
) -> None:
    """把文件拆成可追溯的任务清单。"""
    from luoshi.cli.decomposing import decompose_all

    code = decompose_all(
        files, out=out, format_=str(format_) if format_ else None, as_of=day(as_of) if as_of else date.today(),  # noqa: DTZ011  # the office's own day
        encoding=encoding, isolated=isolated,
    )
    raise typer.Exit(code)


@app.command()
def align(
    upper: Annotated[Path, typer.Argument(help="上位文件，一份。")],
    lower: Annotated[list[Path] | None, typer.Argument(help="下位文件，可以多份，也可以是文件夹。")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="报告写到哪里；后缀定格式：html、xlsx、json、md。")] = None,
    format_: Annotated[AlignmentFormat | None, typer.Option("--format", help="输出格式；默认按输出文件的后缀，否则为 json。")] = None,
    upper_date: Annotated[str | None, typer.Option("--upper-date", help="上位文件的日期，如 2026-11-20、2026-11 或 2026；默认按文中所写。")] = None,
    lower_date: Annotated[list[str] | None, typer.Option("--lower-date", help="下位文件的日期，按次序逐份给；- 表示按文中所写。")] = None,
    embedder: Annotated[Path | None, typer.Option("--embedder", help="本地词向量模型的文件夹；只用来把“待核”的看细一些。")] = None,
    encoding: Annotated[str | None, typer.Option(help="文本文件的编码；默认自动识别 UTF-8 和 GB18030。")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="在受限的子进程里读：限内存、限时间、断网。")] = False,
) -> None:
    """对标对表：上下级文件逐条对照，看哪些有对应、怎么写的、目标变没变。"""
    from luoshi.cli.aligning import Reading, align_all

    reading = Reading(date.today(), encoding, isolated)  # noqa: DTZ011  # the office's own day
    code = align_all(
        upper, lower or [], out=out, format_=str(format_) if format_ else None, upper_date=upper_date, lower_dates=lower_date or [], embedder=embedder,
        reading=reading,
    )
    raise typer.Exit(code)


@app.command()
def score(
    gold: Annotated[list[Path], typer.Argument(help="标注文件（.gold.json、.responsibilities.jsonl、.alignments.jsonl）或其文件夹。")],
    documents: Annotated[list[Path] | None, typer.Option("--documents", help="标注所指的文件在哪里；可以多个。")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="基线文件；任何一项低于基线即失败。")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="把本次结果写成基线。")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="逐条列出差异。")] = False,
    lines_from: Annotated[Path | None, typer.Option("--lines-from", help="对照句对（.alignments.jsonl）时，按这一份另外的标注给各方法划线。")] = None,
) -> None:
    """对照标注给读取和对标的质量打分。"""
    from luoshi.cli.scoring import score_all

    raise typer.Exit(score_all(gold, documents=documents or [], baseline=baseline, write_baseline=write_baseline, errors=errors, lines_from=lines_from))


@app.command()
def rules(
    field: Annotated[str | None, typer.Option("--field", help="只看一个字段的规则，如 deadline、target、disposition。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """列出识别规则：编号、字段、理由和例子。"""
    from luoshi.cli.ruling import print_rules

    print_rules(field, as_json=as_json)


@app.command()
def serve(
    data: Annotated[Path | None, typer.Option("--data", help="数据文件夹：数据库、附件和密钥都在里面；默认是当前文件夹下的 luoshi-data。")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="监听的端口；默认 8000。")] = None,
    address: Annotated[str | None, typer.Option("--address", help="监听的地址；默认 127.0.0.1，只供本机访问。")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="装入虚构的临江省示例；只用于还没有账号的数据文件夹，已装入过的直接启动。")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="启动后不打开浏览器。")] = False,
) -> None:
    """启动台账：网页、后台任务和定时任务，一条命令，不需要别的服务。"""
    from luoshi.cli.serving import serve as serve_all

    serve_all(data=data, port=port, address=address, demo=demo, browser=not no_browser)


_DATA_HELP = "数据文件夹：数据库、附件和密钥都在里面；默认是当前文件夹下的 luoshi-data。"
_DIGEST_HELP = "做备份时打印的校验值；默认取备份旁边 .sha256 文件里的。"


@app.command()
def backup(
    where: Annotated[Path, typer.Argument(help="写到哪个文件；给文件夹时，以时间为名写在里面。")],
    data: Annotated[Path | None, typer.Option("--data", help=_DATA_HELP)] = None,
    without_key: Annotated[bool, typer.Option("--without-key", help="不带密钥和设置文件；恢复后，两步验证和发送渠道要重新设置。")] = False,
) -> None:
    """做备份：一个文件，数据、附件、密钥都在里面；不用停止服务。"""
    from luoshi.cli.keeping import back_up

    raise typer.Exit(back_up(where, data=data, with_key=not without_key))


@app.command()
def verify_backup(
    file: Annotated[Path, typer.Argument(help="备份文件。")], digest: Annotated[str | None, typer.Option("--digest", help=_DIGEST_HELP)] = None
) -> None:
    """核对备份：有一个比特不同也能查出，并指出是哪一部分。"""
    from luoshi.cli.keeping import verify_backup as verify

    verify(file, digest=digest)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件。")],
    operator: Annotated[str, typer.Option("--operator", help="操作人姓名，记入审计。")],
    witness: Annotated[str, typer.Option("--witness", help="在场监督的另一人姓名，记入审计。")],
    data: Annotated[Path | None, typer.Option("--data", help=_DATA_HELP)] = None,
    digest: Annotated[str | None, typer.Option("--digest", help=_DIGEST_HELP)] = None,
) -> None:
    """从备份恢复到空的数据文件夹或空的 PostgreSQL 库；两种数据库之间搬迁也用它。"""
    from luoshi.cli.keeping import restore as bring_back

    bring_back(file, data=data, digest=digest, operator=operator, witness=witness)


@app.command()
def doctor(
    data: Annotated[Path | None, typer.Option("--data", help=_DATA_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON：编号、问题、下一步。")] = False,
    skip: Annotated[list[str] | None, typer.Option("--skip", help="不查这一项（编号），可以多个。")] = None,
) -> None:
    """检查安装：哪里不妥，下一步怎么办；有问题时退出码为 1。"""
    from luoshi.cli.doctoring import examine

    raise typer.Exit(examine(data=data, as_json=as_json, skip=skip or []))


app.add_typer(corpus.app, name="corpus")
app.add_typer(administering.app, name="admin")
app.add_typer(auditing.app, name="audit")


def command(arguments: Sequence[str], environment: Mapping[str, str]) -> Callable[[], None]:
    """The program, its help in the language that the call or the environment asks for."""
    root: Any = get_command(app)
    asked = environment.get("LUOSHI_LANGUAGE", "zh")
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        asked = following if argument == "--language" else argument.removeprefix("--language=") if argument.startswith("--language=") else asked
    if asked in LANGUAGES:
        set_language(asked)
        for one in _with_commands(root):
            for told in (one, *one.params):
                told.help = _(told.help) if told.help else told.help
    return root  # type: ignore[no-any-return]


def _with_commands(one: Any) -> Iterator[Any]:
    """A command and every command under it."""
    yield one
    for sub in getattr(one, "commands", {}).values():
        yield from _with_commands(sub)


def columns() -> int:
    """Width of the terminal, 100 where there is none."""
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 100
