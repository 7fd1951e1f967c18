"""``luoshi audit``: what its commands do. The database is read as it is: nothing is brought in step before it is looked at."""

import sys
from pathlib import Path
from typing import Any

from luoshi.text import UsageError
from luoshi.text.language import _


def export_lines(out: Path | None, until: int | None, *, data: Path | None) -> None:
    """The canonical export, to a file or to standard output."""
    look_at(data)
    from luoshi.web.audit.stream import AFTER_ALL, lines

    if out is None:
        for one in lines(until=AFTER_ALL if until is None else until):
            sys.stdout.buffer.write(one + b"\n")
        sys.stdout.buffer.flush()
        return
    count = 0
    with out.open("wb") as stream:
        for one in lines(until=AFTER_ALL if until is None else until):
            stream.write(one + b"\n")
            count += 1
    print(_("已导出 {n} 条审计记录：{file}。").format(n=count, file=out), file=sys.stderr)


def look_at(data: Path | None) -> dict[str, Any]:
    """The installation of the folder, its database as it is; the options. Raises UsageError where there is none."""
    from luoshi.cli.serving import set_up, settle

    told = settle(data=data, port=None, address=None)
    set_up()
    from django.db import OperationalError, connection

    try:
        there = "audit_record" in connection.introspection.table_names()
    except OperationalError as error:
        raise UsageError(_("数据库连不上：{why}。").format(why=" ".join(str(error).split())), hint=_("请检查设置 database 写的地址，以及数据库是否在运行。")) from error
    if not there:
        raise UsageError(_("这个数据文件夹里没有台账。"), hint=_("请用 --data 指明 luoshi serve 所用的数据文件夹。"))
    return told
