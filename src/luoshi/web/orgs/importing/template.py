"""The empty table to fill in: a sheet of units, a sheet of people, and what the words mean."""

from io import BytesIO

import xlsxwriter

from luoshi.text.language import _
from luoshi.web.orgs.roles import kind_names, level_names, role_names

UNITS = ("单位名称", "简称", "上级单位", "层级", "类型", "代码", "地名", "别名", "权责")
PEOPLE = ("姓名", "用户名", "单位", "角色", "职务", "电话")


def template_table() -> bytes:
    """The bytes of the workbook."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#e4eef8", "border": 1})
        for name, columns in (("单位", UNITS), ("人员", PEOPLE)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns, head)
            sheet.set_column(0, len(columns) - 1, 18)
            sheet.freeze_panes(1, 0)
            _choices(sheet, columns)
        notes = book.add_worksheet("说明")
        notes.set_column(0, 0, 100)
        notes.write_column(0, 0, _notes())
    return stream.getvalue()


def _choices(sheet: "xlsxwriter.worksheet.Worksheet", columns: tuple[str, ...]) -> None:
    """Drop-down lists where only some words are allowed."""
    for name, words in (("层级", level_names()), ("类型", kind_names()), ("角色", role_names())):
        if name in columns:
            at = columns.index(name)
            sheet.data_validation(1, at, 2000, at, {"validate": "list", "source": list(words.values())})


def _notes() -> list[str]:
    return [
        _("上级单位可以写名称、简称或代码；可以是本表里新建的单位，先后不限。不写上级的放在最上层。"),
        _("层级不写时与上级单位相同；类型不写时为“部门”；代码不写时自动编号。"),
        _("别名用顿号或分号隔开；权责一项一条，用分号或换行隔开。"),
        _("用户名不写时用姓名。单位和角色要一起写；一人多职的写多行，用户名相同。"),
        _("账号没有初始口令：导入后在“邀请”里发链接，由本人设置。"),
    ]
