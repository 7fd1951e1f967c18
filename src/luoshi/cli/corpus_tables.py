"""Tables of the corpus commands as files: Parquet with the names of the columns as they are, the others with headers in words."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.text import UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

_ROWS_OF_EXCEL = 1_048_575
_CELL_OF_EXCEL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_IN_MARKDOWN = 160
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  # as in the zip: bytes do not depend on the clock


def headers() -> dict[str, str]:
    """Column → header in words."""
    sides = {"upper": _("上位"), "lower": _("下位")}
    fields = {"level": _("层级"), "year": _("年份"), "place": _("地方"), "date": _("日期"), "document": _("文件"), "item": _("事项"), "start": _("起"), "end": _("止"), "quote": _("原文")}
    both = {f"{side}_{field}": f"{sides[side]}{word}" for side in sides for field, word in fields.items()}
    more = {
        "rank": _("名次"), "score": _("相近程度"), "direction": _("方向"), "reason": _("依据"), "kind": _("类别"), "group": _("组"), "similarity": _("相似度"), "held": _("包含度"),
        "message": _("说明"), "date_from": _("年份依据"), "times": _("次数"), "indicator": _("指标"), "comparator": _("比较"), "value": _("数值"), "unit": _("单位"),
        "claimed": _("项数"), "status": _("列举"),
    }  # fmt: skip
    return {**fields, **both, **more}


def check_suffix(path: Path, allowed: tuple[str, ...]) -> str:
    """The suffix of ``path`` where it is one of ``allowed``. Raises UsageError otherwise."""
    suffix = path.suffix.lstrip(".").lower()
    if suffix not in allowed:
        raise UsageError(_("不认得输出后缀 .{suffix}。").format(suffix=suffix), hint=_("可选：") + "、".join(allowed) + "。")
    return suffix


def write_table(table: pa.Table, path: Path) -> None:
    """Write ``table`` as its suffix says: parquet, csv, xlsx or md. Raises UsageError where it cannot be written."""
    suffix = check_suffix(path, ("parquet", "csv", "xlsx", "md"))
    if suffix == "xlsx" and table.num_rows > _ROWS_OF_EXCEL:
        raise UsageError(_("结果有 {n} 行，超过 Excel 的上限。").format(n=table.num_rows), hint=_("请输出为 .parquet 或 .csv，或减小 --top。"))
    if suffix == "parquet":
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        write_file(path, sink.getvalue())
    elif suffix == "csv":
        write_file(path, _csv(table))
    elif suffix == "md":
        write_file(path, markdown(table).encode())
    else:
        write_file(path, _xlsx(table))


def write_file(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, its folder made if missing. Raises UsageError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(_("写不了文件：{name}（{why}）。").format(name=path, why=reason(error)), hint=_("请检查路径、权限和磁盘空间。")) from error


def markdown(table: pa.Table) -> str:
    """The table as Markdown, long texts cut."""
    words = headers()
    lines = ["| " + " | ".join(words.get(name, name) for name in table.column_names) + " |", "|" + " --- |" * table.num_columns]
    lines += ["| " + " | ".join(_cut(_plain(value)) for value in row.values()) + " |" for row in table.to_pylist()]
    return "\n".join(lines) + "\n"


def _cut(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= _LONGEST_IN_MARKDOWN else text[: _LONGEST_IN_MARKDOWN - 1] + "…"


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def _csv(table: pa.Table) -> bytes:
    """For Excel: UTF-8 with a mark; a text that a spreadsheet would take for a formula gets an apostrophe."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    words = headers()
    writer.writerow([words.get(name, name) for name in table.column_names])
    for row in table.to_pylist():
        writer.writerow([f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else _plain(value) for value in row.values()])
    return held.getvalue().encode("utf-8-sig")


def _xlsx(table: pa.Table) -> bytes:
    import xlsxwriter

    held = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": False}
    with xlsxwriter.Workbook(held, options) as workbook:
        workbook.set_properties({"created": _EPOCH})
        sheet = workbook.add_worksheet(_("结果"))
        bold = workbook.add_format({"bold": True})
        words = headers()
        for column, name in enumerate(table.column_names):
            sheet.set_column(column, column, 48 if name.endswith(("quote", "reason", "message")) else 14)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)
        for column, name in enumerate(table.column_names):
            sheet.write_string(0, column, words.get(name, name), bold)
        for r, row in enumerate(table.to_pylist(), 1):
            for column, value in enumerate(row.values()):
                cell: Callable[..., Any] = sheet.write_number if isinstance(value, int | float) and not isinstance(value, bool) else sheet.write_string
                if value is not None:
                    cell(r, column, value if isinstance(value, int | float) else str(value)[:_CELL_OF_EXCEL])
    return held.getvalue()
