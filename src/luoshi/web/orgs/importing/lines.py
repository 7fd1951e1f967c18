"""What the rows of a spreadsheet say, by the words of their heads. No Django: rows in, lines out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

HEADS = {
    "unit": ("单位名称", "机构名称", "单位全称", "单位", "所在单位", "name of unit", "unit"),
    "short_name": ("简称", "单位简称", "short name"),
    "above": ("上级单位", "主管单位", "上级", "parent", "unit above"),
    "level": ("层级", "级别", "level"),
    "kind": ("类型", "单位类型", "kind"),
    "code": ("代码", "单位代码", "机构代码", "code"),
    "aliases": ("别名", "其他名称", "曾用名", "aliases"),
    "duties": ("权责", "权责清单", "权责事项", "职责", "duties"),
    "place": ("地名", "place"),
    "person": ("姓名", "人员姓名", "name"),
    "username": ("用户名", "账号", "登录名", "user name", "username"),
    "role": ("角色", "role"),
    "title": ("职务", "title"),
    "phone": ("电话", "联系电话", "手机", "phone"),
}
HEAD_ROWS = 10
_PARTS = re.compile(r"[;；\n、|]+")
_LINES = re.compile(r"[;；\n|]+")


class RowLike(Protocol):
    """A row: its number in the sheet and its cells by column."""

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> dict[int, str]: ...


class SheetLike(Protocol):
    """A sheet: its name and its rows."""

    @property
    def name(self) -> str: ...

    @property
    def rows(self) -> Sequence[RowLike]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One row under its heads: the sheet, the number of the row, and what stands under which head."""

    sheet: str
    row: int
    told: dict[str, str]

    def get(self, name: str) -> str:
        """What stands under a head; empty where nothing does."""
        return self.told.get(name, "")

    def parts(self, name: str) -> list[str]:
        """Several values in one cell: names may be parted by 、 too, duties only by semicolons and lines."""
        cut = _LINES if name == "duties" else _PARTS
        return list(dict.fromkeys(part.strip() for part in cut.split(self.get(name)) if part.strip()))


@dataclass(slots=True)
class Lines:
    """Lines about units and about people, and sheets whose heads say neither."""

    units: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def lines_of(sheets: Sequence[SheetLike]) -> Lines:
    """Every sheet by its heads: one with 姓名 is about people, one with 单位名称 and no 姓名 about units."""
    found = Lines()
    for number, sheet in enumerate(sheets, 1):
        at, columns = _head(sheet)
        name = sheet.name or str(number)
        if "person" in columns.values():
            found.people += _lines(sheet, name, at, columns)
        elif "unit" in columns.values():
            found.units += _lines(sheet, name, at, columns)
        else:
            found.unknown.append(name)
    return found


def _head(sheet: SheetLike) -> tuple[int, dict[int, str]]:
    """The number of the row with the most known heads among the first, at least two; and column → what stands under it."""
    best: tuple[int, dict[int, str]] = (0, {})
    for row in sheet.rows[:HEAD_ROWS]:
        columns: dict[int, str] = {}
        for column, text in row.cells.items():
            name = _known(text)
            if name and name not in columns.values():
                columns[column] = name
        if len(columns) >= max(2, len(best[1]) + 1):
            best = (row.number, columns)
    return best


def _known(text: str) -> str:
    plain = re.sub(r"[\s*＊:：（）()]|必填|选填", "", text).lower()
    return next((name for name, words in HEADS.items() if plain in {word.replace(" ", "") for word in words}), "")


def _lines(sheet: SheetLike, name: str, at: int, columns: dict[int, str]) -> list[Line]:
    made = []
    for row in sheet.rows:
        told = {columns[column]: text for column, text in row.cells.items() if column in columns}
        if row.number > at and told:
            made.append(Line(name, row.number, told))
    return made
