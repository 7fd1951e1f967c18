"""The heads of ``luoshi corpus``. What they need is imported when they run."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from luoshi.cli.inputs import day

app = typer.Typer(name="corpus", help="语料：成批地读，跨层级、跨年份地比。", no_args_is_help=True, add_completion=False, rich_markup_mode=None)

Dataset = Annotated[Path, typer.Argument(help="luoshi corpus decompose 做出的数据集文件夹。")]
Processes = Annotated[int | None, typer.Option("--processes", min=1, help="用几个本机进程；默认有几个核就用几个。")]
Scheduler = Annotated[str | None, typer.Option("--scheduler", help="在已有的 Dask 集群上做，如 tcp://10.0.0.5:8786；须安装 luoshi[cluster]。")]


class Level(StrEnum):
    """Levels of government."""

    national = "national"
    province = "province"
    city = "city"
    county = "county"
    town = "town"


@app.command()
def decompose(
    folder: Annotated[Path, typer.Argument(help="装有原始文件的文件夹，连同子文件夹。")],
    out: Annotated[Path, typer.Option("-o", "--out", help="数据集文件夹；没有就新建，已有就接着做。")],
    processes: Processes = None,
    scheduler: Scheduler = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按这一天判断时限是否已过，如 2026-11-22；默认不判断。")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="每个文件都在受限的子程序里读：限内存、限时间、断网。较慢。")] = False,
) -> None:
    """把一个文件夹里的文件全部拆开，写成 Parquet 数据集；中断后再运行就接着做。"""
    from luoshi.cli.corpus_decomposing import decompose_folder

    raise typer.Exit(decompose_folder(folder, out, processes=processes, scheduler=scheduler, as_of=day(as_of) if as_of else None, isolated=isolated))


@app.command()
def align(
    dataset: Dataset,
    out: Annotated[Path, typer.Option("-o", "--out", help="结果文件：.parquet、.csv 或 .xlsx。")],
    upper_level: Annotated[Level | None, typer.Option("--upper-level", help="上位文件的层级。")] = None,
    lower_level: Annotated[Level | None, typer.Option("--lower-level", help="下位文件的层级。")] = None,
    upper_year: Annotated[int | None, typer.Option("--upper-year", help="上位文件的年份。")] = None,
    lower_year: Annotated[int | None, typer.Option("--lower-year", help="下位文件的年份。")] = None,
    top: Annotated[int, typer.Option("--top", help="每条上位事项列出几条最相近的下位事项。")] = 5,
    processes: Processes = None,
    scheduler: Scheduler = None,
) -> None:
    """在两个层级或两个年份之间，为每条上位事项找出表述最相近的下位事项。"""
    from luoshi.cli.corpus_asking import align_dataset

    above = (str(upper_level) if upper_level else None, upper_year)
    below = (str(lower_level) if lower_level else None, lower_year)
    align_dataset(dataset, out, above, below, top=top, processes=processes, scheduler=scheduler)


@app.command()
def duplicates(
    dataset: Dataset,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="结果文件：.csv、.xlsx、.parquet 或 .md；默认显示在屏幕上。")] = None,
) -> None:
    """找出相同和几乎相同的文件，以及文件名与正文的地名、年份不符的文件。"""
    from luoshi.cli.corpus_asking import list_duplicates

    list_duplicates(dataset, out)


@app.command()
def track(
    dataset: Dataset,
    term: Annotated[str, typer.Argument(help="提法、指标或工作用语，如“城镇新增就业”；不接受人名。")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="结果文件：.svg 只有图，.html 有图有表，.csv、.xlsx、.parquet、.md 只有表；默认把表显示在屏幕上。")] = None,
) -> None:
    """追踪一个提法、指标或用语在历年、各层级文件里的变化。"""
    from luoshi.cli.corpus_tracking import track_term

    track_term(dataset, term, out)
