"""Tables of tasks: which column holds the task, who leads, until when.

Three layouts are met: cells parted by tabs or bars, one row a line; cells one a line, flattened by copying out of a page;
and cells that a reader of docx, xlsx or html handed over with their places. All end as rows of cells with a role.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Column = Literal["number", "task", "target", "measure", "leader", "lead", "support", "responsible", "deadline", "score", "criteria", "assessor", "remark", "other"]

_HEADERS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|No\.?|项号)$")),
    ("measure", re.compile(r"^(?:计量)?单位$")),
    ("remark", re.compile(r"^(?:启动|开始|开工|起始|填报|更新|会议|来文|发文|收文|交办|批示|下达|接收|登记|立项|发现|检查|督查|反馈|召开)(?:时间|日期)$")),
    ("lead", re.compile(r"牵头(?:责任|领导[/、和及])?(?:单位|部门|处室|科室|股室)|主办(?:单位|部门)|主责(?:单位|部门)|第一责任单位|总牵头单位|承办单位")),
    ("support", re.compile(r"(?:配合|协办|参与|协同|协助|参加|支持)(?:单位|部门|处室|科室|股室)")),
    ("assessor", re.compile(r"(?:考核|评分|评价|验收|考评|数据(?:来源|提供)|监督)(?:责任)?(?:单位|部门|主体)|数据来源|考核主体")),
    ("responsible", re.compile(r"(?:责任|负责|落实|承办)(?:单位|部门)(?:及|和|与|、|/)(?:责任|负责|联系)?(?:人|领导)")),
    ("leader", re.compile(r"(?:责任|牵头|分管|包联|挂点|联系)?(?:市|县|区|省|州)?(?:级)?领导|责任人|负责人|联系人|电话")),
    ("responsible", re.compile(r"(?:责任|负责|落实|实施|被考核|承担|完成)(?:单位|部门|主体|科室|股室)|单位$|责任分工|责任主体")),
    ("deadline", re.compile(r"(?:完成|办结|时间|进度|推进|整改|计划)?(?:时限|时间|期限|节点|进度(?:要求|安排))|完成时(?:间|限)")),
    ("score", re.compile(r"^(?:分值|分数|权重|标准分|满分|得分|自评分|考核得分|扣分|分\s*值|权\s*重|赋分)")),
    ("criteria", re.compile(r"(?:评分|考核|计分|评价|扣分|赋分|验收|办结)(?:标准|办法|细则|方法|依据|方式|要点)|考核要求|衡量标准|评估要点")),
    ("target", re.compile(r"目标(?:值|要求|任务值)|年度目标|20\d\d年?(?:计划|预期|预计|任务)|目标任务|指标(?:值|要求)|工作目标|预期目标|量化目标|目标$")),
    ("remark", re.compile(r"备注|说明|资料|佐证|来源|出处|依据")),
    ("task", re.compile(r"任务|事项|实事|内容|指标|项目|措施|举措|要求|工作|名称|要点|问题")),
)
_OFFICE = re.compile(r"(?:局|委|办|厅|部|院|府|会|社|处|科|股|室|站|所|队|行|中心|公司|集团|单位|部门|街道|[镇乡村县市区])(?:\([^()]*\))?(?:$|[、,;])")
_UNIT_CELL = re.compile(r"(?:局|委|府|会|办|中心|公司|单位|部门|、|,|集团|部|[镇乡]|街道|联|院|指挥部)$")
"""How a cell of units ends; one unit a line makes several of them."""
_NUMBER_CELL = re.compile(r"\(?\d{1,3}(?:[.\-]\d{1,2})*\)?[.、]?|[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十]{1,3}\)")


_GROUP = re.compile(r"[一二三四五六七八九十]{1,3}、[^。]{2,30}|\([一二三四五六七八九十]{1,3}\)[^。]{2,24}")


@dataclass(slots=True)
class Row:
    """One row: for every column its role and where its cell is in the view, one entry for each of its lines. ``carried`` are tasks of merged cells
    above; ``placed`` says that the cells were handed over with their places: merged ones that hold for the row are among them. ``part`` says that the
    task is one of several numbered lines of its cell."""

    cells: list[tuple[Column, int, int]]
    header: bool = False
    carried: tuple[tuple[int, int], ...] = ()
    placed: bool = False
    part: bool = False

    @property
    def content(self) -> tuple[int, int] | None:
        """The cell that says what is to be done: the longest task, or the standard where the task is only a name."""
        tasks = self.spans("task") or self.spans("target")
        task = max(tasks, key=lambda cell: (cell[1] - cell[0], cell[0]), default=None)
        criteria = max(self.spans("criteria"), key=lambda cell: cell[1] - cell[0], default=None)
        if task is None or (criteria and task[1] - task[0] <= 16 and criteria[1] - criteria[0] > task[1] - task[0]):
            return criteria
        return task

    def kinds(self, start: int) -> list[tuple[int, int]]:
        """What the task at ``start`` is filed under: the shorter task cells of its row, or those of a merged cell above."""
        own = [(a, b) for a, b in self.spans("task") if a != start and b - a <= 30]
        return own or [(a, b) for a, b in self.carried if a != start and b - a <= 30]

    def roles(self) -> dict[int, Column | None]:
        """The role of each cell by where it begins, None for what heads others: a name of a column, or what the task is filed under."""
        content = None if self.header else self.content
        heads = {start for start, _ in self.kinds(content[0])} if content else set()
        return {start: None if self.header or start in heads else column for column, start, _ in self.cells}

    def spans(self, *columns: Column) -> list[tuple[int, int]]:
        """Where the cells of these roles are."""
        return [(start, end) for column, start, end in self.cells if column in columns]


@dataclass(slots=True)
class Grid:
    """The rows of one table under its header."""

    rows: list[Row] = field(default_factory=list)


def cell_starts(text: str, grids: list[Grid]) -> frozenset[int]:
    """Where cells begin; a row of one numbered cell is a heading across the table and not counted."""
    return frozenset(
        start
        for grid in grids
        for row in grid.rows
        for _, start, end in row.cells
        if row.header or len(row.cells) > 1 or not _GROUP.fullmatch(text[start:end])
    )


def column_of(name: str) -> Column | None:
    """The role of a column by what its header says; None for what is no header."""
    bare = re.sub(r"\s+|\([^()]*\)", "", name)
    if not 1 <= len(bare) <= 14:
        return None
    for column, pattern in _HEADERS:
        if pattern.search(bare):
            return column
    return None


def tables(text: str, blocks: list[tuple[int, int]], placed: Sequence[tuple[Grid, int, int]] = ()) -> list[Grid]:
    """Every table that the view shows, rows by line or cells by line, besides those whose cells are known by their places."""
    taken = [(start, end) for _grid, start, end in placed]
    grids = [grid for grid, _start, _end in placed] + _by_line(text, taken) + _cell_a_line(text, [one for one in blocks if not any(a <= one[0] < b for a, b in taken)])
    for grid in grids:
        _settle_units(text, grid)
    return grids


def _settle_units(text: str, grid: Grid) -> None:
    """单位 heads a column of measures (万人, %) or of offices: its cells tell, and so does a column of targets beside it."""
    cells = [text[a:b] for row in grid.rows if not row.header for a, b in row.spans("measure")]
    offices = sum(1 for cell in cells if _OFFICE.search(cell))
    if offices * 2 > len(cells):
        for row in grid.rows:
            row.cells = [("responsible" if column == "measure" else column, a, b) for column, a, b in row.cells]


def _by_line(text: str, taken: list[tuple[int, int]]) -> list[Grid]:
    """Tables whose rows are lines with tabs or bars in them, outside of what is taken."""
    grids: list[Grid] = []
    header: list[Column] | None = None
    grid: Grid | None = None
    at = 0
    for line in text.split("\n"):
        start = at
        at += len(line) + 1
        mark = "\t" if "\t" in line else "|" if line.count("|") >= 2 else ""
        if not mark or any(a <= start < b for a, b in taken):
            if line.strip():
                header, grid = None, None
            continue
        cells = _cells(line, start, mark)
        names = [column_of(text[a:b]) for a, b in cells if a < b]
        known = [name for name in names if name is not None]
        if len(known) >= 2 and len(known) >= 0.7 * len(names) and all(b - a <= 16 for a, b in cells) and (header is None or "number" in known):
            header = [column_of(text[a:b]) or "other" for a, b in cells]
            grid = Grid([Row([(c, a, b) for c, (a, b) in zip(header, cells, strict=True)], header=True)])
            grids.append(grid)
        elif header is not None and grid is not None and not set(line) <= set("|-: \t"):
            row = _row(text, header, cells)
            if header.count("task") > 1:
                above = grid.rows[-1]
                row.carried = tuple(above.spans("task")[:-1] or above.carried) if len(row.spans("task")) == 1 and not above.header else ()
            grid.rows.append(row)
    return grids


def _cells(line: str, start: int, mark: str) -> list[tuple[int, int]]:
    parts = line.split(mark)
    if mark == "|" and line.lstrip().startswith("|"):
        lead = len(line) - len(line.lstrip()) + 1
        start += lead
        parts = line.strip().strip("|").split("|") if line.rstrip().endswith("|") else line.lstrip()[1:].split("|")
    cells = []
    for part in parts:
        inner = part.strip()
        offset = start + (part.find(inner) if inner else 0)
        cells.append((offset, offset + len(inner)))
        start += len(part) + 1
    return cells


def _row(text: str, header: list[Column], cells: list[tuple[int, int]]) -> Row:
    """Cells under their columns; a row that lost its first cells to a merge is matched from the right."""
    if len(cells) < len(header) and cells and not _NUMBER_CELL.fullmatch(text[cells[0][0] : cells[0][1]].strip()):
        header = header[len(header) - len(cells) :]
    return Row([(column, a, b) for column, (a, b) in zip(header, cells, strict=False) if a < b])


def _cell_a_line(text: str, blocks: list[tuple[int, int]]) -> list[Grid]:
    """Tables that lost their lines: a run of column names, then one cell a line, each row led by its number."""
    grids: list[Grid] = []
    i = 0
    while i < len(blocks):
        header = _header_run(text, blocks, i)
        if header is None:
            i += 1
            continue
        grid, i = _rows_by_number(text, blocks, i, header)
        if len(grid.rows) > 1:
            grids.append(grid)
    return grids


def _header_run(text: str, blocks: list[tuple[int, int]], i: int) -> list[Column] | None:
    """Three column names or more in a row, beginning with 序号."""
    if text[blocks[i][0] : blocks[i][1]] not in ("序号", "编号"):
        return None
    columns: list[Column] = []
    for start, end in blocks[i : i + 14]:
        column = column_of(text[start:end])
        if column is None or "\t" in text[start:end] or text[end : end + 2].strip(" ")[:1] in ("\t", "|"):
            break
        columns.append(column)
    return columns if len(columns) >= 3 else None


def _rows_by_number(text: str, blocks: list[tuple[int, int]], i: int, header: list[Column]) -> tuple[Grid, int]:
    """Rows of a table of one cell a line; a number one or a few above the last one opens a row."""
    grid = Grid([Row([(c, *blocks[i + k]) for k, c in enumerate(header)], header=True)])
    i += len(header)
    last = 0
    row: list[tuple[int, int]] = []
    while i < len(blocks):
        cell = text[blocks[i][0] : blocks[i][1]]
        if len(cell) <= 4 and cell.isdecimal() and last < int(cell) <= last + 12:  # ① is a digit, and no number
            _close_row(grid, header, row, text)
            row, last = [blocks[i]], int(cell)
        elif _GROUP.fullmatch(cell):
            _close_row(grid, header, row, text)
            row = []
        elif row and len(row) < len(header) + 3 and not _opens_text(cell):
            row.append(blocks[i])
        elif row or not cell[:1].isdigit():
            break
        i += 1
    _close_row(grid, header, row, text)
    return grid, i


def _opens_text(cell: str) -> bool:
    """True for what ends a table: a long paragraph, a note, a heading of the text."""
    return len(cell) > 160 or re.match(r"(?:注|说明|备注)[:]|[一二三四五六七八九十]{1,2}、|附件", cell) is not None


def _close_row(grid: Grid, header: list[Column], row: list[tuple[int, int]], text: str) -> None:
    """File a row; a cell that was broken into two lines makes it longer than the header, so units and dates find their place by what they say."""
    if len(row) < 2:
        return
    if len(row) <= len(header):
        grid.rows.append(Row([(column, a, b) for column, (a, b) in zip(header, row, strict=False)]))
        return
    cells: list[tuple[Column, int, int]] = []
    k = 0
    surplus = len(row) - len(header)
    for n, (a, b) in enumerate(row):
        if k == len(header) and row[n:] and _merged(header, row[n:], text):
            grid.rows += [Row(cells), Row([("task", a, b), ("deadline", *row[n + 1])])]
            return
        column = header[min(k, len(header) - 1)]
        cells.append((column, a, b))
        following = header[k + 1] if k + 1 < len(header) else "other"
        goes_on = text[a:b].endswith(("、", ",")) or (n + 1 < len(row) and _UNIT_CELL.search(text[slice(*row[n + 1])]))
        if surplus and column in ("support", "responsible", "task") and _UNIT_CELL.search(text[a:b]) and goes_on and following == "deadline" and not re.search(r"\d", text[a:b]):
            surplus -= 1
            continue
        k += 1
    grid.rows.append(Row(cells))


def _merged(header: list[Column], left: list[tuple[int, int]], text: str) -> bool:
    """True for a second task with its own time limit, whose number and units stand once for both."""
    return len(left) == 2 and header[-1] == "deadline" and "task" in header and not _UNIT_CELL.search(text[slice(*left[0])]) and left[0][1] - left[0][0] >= 4
