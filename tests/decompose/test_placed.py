"""Tables whose cells are known by their places: headers of two rows, merged cells, cells of several lines, dates as a spreadsheet writes them."""

from luoshi.decompose import decompose
from luoshi.decompose.model import Item
from luoshi.text import Cell, SourceText, Table

Said = str | tuple[str, int, int]
"""What a cell says; with how many rows and columns it spans, where it is merged."""


def sheet(*rows: list[Said], title: str = "石桥市2026年重点任务分解表") -> SourceText:
    """A document of a title and one table; an empty cell is one that a merged one covers, or has nothing in it."""
    text = title + "\n"
    start, cells = len(text), []
    for number, row in enumerate(rows):
        pieces = []
        at = len(text)
        for column, said in enumerate(row):
            words, down, across = said if isinstance(said, tuple) else (said, 1, 1)
            if words:
                cells.append(Cell(at, at + len(words), number, column, down, across))
                pieces.append(words)
                at += len(words) + 1
        text += "\t".join(pieces) + "\n"
    return SourceText(text, "表.xlsx", tables=(Table(start, len(text) - 1, tuple(cells)),))


def told(item: Item) -> tuple[str, dict[str, list[str]], list[str], list[str]]:
    """The task, its units by their part, its days, and what is counted."""
    units: dict[str, list[str]] = {}
    for unit in item.units:
        units.setdefault(unit.role, []).append(unit.name)
    return item.quote, units, [str(one.due or one.period) for one in item.deadlines], [f"{one.indicator} {one.text}" for one in item.targets]


def test_a_header_of_two_rows() -> None:
    made = decompose(
        sheet(
            [("序号", 2, 1), ("重点任务", 1, 2), "", ("责任分工", 1, 2), "", ("时间节点", 1, 2), "", ("备注", 2, 1)],
            ["", "任务内容", "工作目标", "牵头领导/单位", "配合单位", "启动时间", "完成时限", ""],
            [("一、产业发展", 1, 8)],
            ["1", "推进渡口旅游综合体建设", "完成投资1.2亿元", "张明 市文旅局", "市水务局", "3月", "2026年10月底前", ""],
            ["2", "新增规上渡运企业", "12家以上", "市工信局", "各县（区）", "1月", "2026/11/30", ""],
        )
    )
    assert [told(item) for item in made.items] == [
        ("推进渡口旅游综合体建设", {"lead": ["市文旅局"], "support": ["市水务局"]}, ["2026-10-31"], ["投资 1.2亿元"]),
        ("新增规上渡运企业", {"lead": ["市工信局"], "support": ["各县（区）"]}, ["2026-11-30"], ["新增规上渡运企业 12家以上"]),
    ]
    assert [item.path for item in made.items] == [("一、产业发展",)] * 2


def test_a_cell_of_several_lines_does_not_break_its_row() -> None:
    made = decompose(
        sheet(
            ["序号", "任务内容", "牵头单位", "配合单位", "完成时限"],
            ["1", "1.梳理渡运事项清单；\n2.上线办理专窗，新增事项15项以上。", "市行政审批局", "市公安局\n市人社局", "6-9月"],
            ["2", "推进渡口整治", "市水务局", "各县（区）", "每月"],
        )
    )
    both = {"lead": ["市行政审批局"], "support": ["市公安局", "市人社局"]}
    assert [told(item) for item in made.items] == [
        ("1.梳理渡运事项清单；", both, ["2026-09-30"], []),
        ("2.上线办理专窗，新增事项15项以上。", both, ["2026-09-30"], ["事项 15项以上"]),
        ("推进渡口整治", {"lead": ["市水务局"], "support": ["各县（区）"]}, ["monthly"], []),
    ]


def test_a_merged_cell_holds_for_all_of_its_rows() -> None:
    made = decompose(
        sheet(
            ["序号", "类别", "任务内容", "责任单位", "完成时限"],
            [("1", 2, 1), ("渡运安全", 2, 1), "修订渡运安全办法", ("市水务局\n市公安局", 2, 1), "2026.12"],
            ["", "", "开展渡工培训", "", "长期"],
        )
    )
    both = {"responsible": ["市水务局", "市公安局"]}
    assert [told(item) for item in made.items] == [("修订渡运安全办法", both, ["2026-12-31"], []), ("开展渡工培训", both, ["standing"], [])]
    assert [one.items for one in made.responsibilities] == [tuple(item.id for item in made.items)]


def test_a_table_without_a_header_is_read_as_before() -> None:
    made = decompose(sheet(["渡口", "3座"], ["渡船", "12艘"]))
    assert made.items == ()


def test_columns_that_tell_of_other_days_and_of_persons() -> None:
    made = decompose(
        sheet(
            ["序号", "会议时间", "议定事项", "责任领导", "责任单位及责任人", "办理\n时限", "落实情况"],
            ["1", "2026年1月8日", "抓紧起草渡工管理办法，提交市政府常务会议审议。", "张敏", "市水务局：赵磊\n市人社局 孙丽", "2026年3月31日", "已起草"],
        )
    )
    assert [told(item) for item in made.items] == [("抓紧起草渡工管理办法，提交市政府常务会议审议。", {"responsible": ["市水务局", "市人社局"]}, ["2026-03-31"], [])]


def test_a_table_of_figures_with_a_column_for_each_county() -> None:
    made = decompose(
        sheet(
            ["序号", "指标名称", "单位", "2025年完成", "2026年目标", "责任单位", "云岭县", "白石区"],
            ["1", "渡运收入", "亿元", "820.5", "885", "市水务局", "210", "305"],
            ["2", "渡船完好率", "%", "88", "≥89", "市水务局", "", ""],
        )
    )
    assert [(item.quote, [(one.comparator, one.value, one.unit) for one in item.targets]) for item in made.items] == [
        ("渡运收入", [("=", 88500000000.0, "元")]),
        ("渡船完好率", [("≥", 89.0, "%")]),
    ]


def test_the_name_of_a_sheet_is_no_part_of_the_title() -> None:
    made = decompose(sheet(["序号", "任务内容", "牵头单位", "完成时限"], ["1", "推进渡口整治", "市水务局", "6月底"], title="产业\n石桥市2026年重点任务分解表"))
    assert (made.facts.title, made.facts.level) == ("石桥市2026年重点任务分解表", "city")


def test_what_a_task_is_filed_under_heads_it() -> None:
    made = decompose(sheet(["序号", "重点任务", "具体举措", "牵头单位"], ["1", "渡运安全", "修订渡运安全办法，6月底前公布", "市水务局"]))
    assert [(item.quote, item.path) for item in made.items] == [("修订渡运安全办法，6月底前公布", ("渡运安全",))]
    assert [made.source.text[one.start : one.end] for one in made.sentences if one.disposition == "requirement"] == ["修订渡运安全办法，6月底前公布"]


def test_a_form_has_its_fields_beside_their_names() -> None:
    made = decompose(
        sheet(
            ["督办事项", ("关于供水管网漏损整改的督办", 1, 3)],
            ["责任单位", "市住建局", "办理时限", "2026年6月底前"],
            ["督办依据", "市政府常务会议", "交办时间", "2026年5月8日"],
            ["办理要求", ("1.6月15日前完成漏点排查；\n2.6月底前更换主管网3处。", 1, 3)],
            ["联系人", "王小明", "联系电话", "0123-4567890"],
            title="石桥市人民政府督查室督办通知单",
        )
    )
    assert [told(item) for item in made.items] == [
        ("1.6月15日前完成漏点排查；", {"lead": ["市住建局"]}, ["2026-06-15"], []),
        ("2.6月底前更换主管网3处。", {"lead": ["市住建局"]}, ["2026-06-30"], ["更换主管网 3处"]),
    ]
    assert all(item.path == ("关于供水管网漏损整改的督办",) for item in made.items)


def test_a_sum_is_no_task() -> None:
    made = decompose(sheet(["项目名称", "建设内容", "牵头单位"], ["渡口驿站", "新建渡口驿站3座", "市水务局"], ["合计", "3座", ""]))
    assert [item.quote for item in made.items] == ["新建渡口驿站3座"]


def test_of_several_responsible_offices_the_first_leads_where_the_document_says_so() -> None:
    rows = (["序号", "工作任务", "责任单位"], ["1", "修复12处险工险段", "市水务局、市财政局等"], ["2", "开展渡口普查", "市交通局"])
    together, ranked = decompose(sheet(*rows)), decompose(sheet(*rows, ["注：责任单位列首位的为牵头单位。"]))
    assert [told(item)[1] for item in together.items] == [{"responsible": ["市水务局", "市财政局"]}, {"lead": ["市交通局"]}]
    assert [told(item)[1] for item in ranked.items] == [{"lead": ["市水务局"], "support": ["市财政局"]}, {"lead": ["市交通局"]}]
    assert [answer.open_ended for answer in ranked.responsibilities] == [True, False]
