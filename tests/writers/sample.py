"""One invented document, decomposed by hand, with every kind of thing that writers must show."""

from datetime import date
from functools import cache
from itertools import pairwise

from luoshi.decompose.model import (
    DatedFact,
    Deadline,
    Decomposition,
    Disposition,
    Facts,
    Framework,
    Grade,
    Item,
    Measure,
    Member,
    Modality,
    Responsibility,
    Section,
    Sentence,
    Target,
    Unit,
)
from luoshi.text import Cell, Doubt, Origin, SourceText, Span, Table

Q: Disposition = "requirement"
P: Disposition = "pledge"
C: Disposition = "context"
R: Disposition = "record"
H: Disposition = "heading"
U: Disposition = "unread"

# A paragraph: its indent, then its sentences.
PARAGRAPHS: list[tuple[str, list[tuple[Disposition, str]]]] = [
    ("", [(H, "临江省人民政府办公厅关于加快城乡物流网络建设的实施意见")]),
    ("", [(R, "临政办发〔2026〕7号")]),
    ("", [(R, "各市、县（市、区）人民政府，省政府各部门、各直属机构：")]),
    (
        "　　",
        [
            (C, "近年来，全省物流规模持续扩大，县乡村配送明显提速。"),
            (C, "但末端网点不稳、成本偏高、冷链不足等问题仍然存在。"),
            (R, "经省政府第72次常务会议同意，现提出如下意见。"),
        ],
    ),
    ("　　", [(H, "一、总体要求")]),
    ("　　", [(H, "（一）指导思想。"), (Q, "坚持以人民为中心，统筹发展和安全，推动物流网络由“有没有”向“好不好”转变。")]),
    (
        "　　",
        [
            (H, "（二）主要目标。"),
            (
                Q,
                "到2027年，县级物流中心、乡镇综合服务站、村级寄递点“三级物流网络”基本建成，建制村通快递率达到98%以上，社会物流总费用占比下降1.5个百分点左右。",
            ),
            (C, "到“十五五”末，全省物流网络更加成熟定型。"),
        ],
    ),
    ("　　", [(H, "二、重点任务")]),
    ("　　", [(H, "（三）建强县级物流中心")]),
    (
        "　　",
        [
            (Q, "2026年12月底前，各县（市、区）要制定建设清单，明确项目、投资、责任单位。"),
            (Q, "2027年底前每个县（市、区）至少建成1个县级物流中心，配套分拣、仓储、冷链、直播等功能，力争冷库容量不少于5000立方米。"),
            (Q, "鼓励利用闲置校舍、厂房改造，不搞大拆大建。"),
            (R, "（省交通运输厅牵头，省发展改革委、省商务厅、省自然资源厅配合）"),
        ],
    ),
    ("　　", [(H, "（四）补齐冷链短板")]),
    (
        "　　",
        [
            (Q, "围绕产地预冷、骨干冷库、冷藏运输、末端冷柜等六大环节，加快补齐短板。"),
            (Q, "实施产地预冷、骨干冷库、冷藏运输、末端冷柜、数字监测“六大工程”，三年新增冷藏车1200辆。"),
            (Q, "建立冷链食品追溯机制，每季度末通报抽检结果。"),
            (R, "（责任单位：省市场监管局、省农业农村厅、省供销社等）"),
        ],
    ),
    ("　　", [(H, "（五）降低物流成本")]),
    (
        "　　",
        [
            (Q, "自本意见印发之日起30个工作日内，省发展改革委会同省财政厅出台降本措施，清理不合理收费。"),
            (Q, "推动公路、铁路、水路“公转铁”“公转水”，尽快形成一批示范线路。"),
            (Q, "持续降低通行费用，长期坚持、久久为功。"),
        ],
    ),
    ("　　", [(H, "三、保障措施")]),
    (
        "　　",
        [
            (Q, "认真学习领会省委、省政府关于物流工作的决策部署，开展一次专题学习。"),
            (Q, "落实好“四项机制”，压实工作责任。"),
            (P, "云州市交通运输局局长表示，将在2026年国庆节前打通22条乡村配送线路。"),
            (P, "青湾县有关负责同志表示，争取早日实现村村有网点。"),
            (C, "全省上下要齐心协力，奋力谱写新篇章！"),
        ],
    ),
    ("　　", [(Q, "健全县、乡、村三级物流体系，建设内河国际开放合作先行区。"), (Q, "打造内河开放国际合作先行区，打通\n最后一公里。")]),
    ("", [(U, "锟斤拷锟斤拷烫烫烫")]),
    ("　　", [(R, "附件：任务分工表")]),
    ("　　　　　　　　　　　　　　　　", [(R, "临江省人民政府办公厅")]),
    ("　　　　　　　　　　　　　　　　", [(R, "2026年3月9日")]),
    ("　　", [(R, "（此件公开发布）")]),
]
TABLE: list[list[tuple[Disposition, str]]] = [
    [(H, "任务"), (H, "牵头单位"), (H, "完成时限")],
    [(Q, "新建村级寄递点2600个"), (R, "省邮政管理局"), (R, "2027年6月底前")],
    [(Q, "开通县乡客货邮线路180条"), (R, "省交通运输厅"), (R, "2026年底前")],
]

# Start of a sentence → grade, modality and what stands in it.
SPECS: dict[str, dict[str, object]] = {
    "坚持以人民": {"grade": "principle", "modality": "must"},
    "到2027年，县级": {
        "deadlines": [("到2027年", date(2027, 12, 31), None, None, "deadline.by_year")],
        "targets": [
            ("建制村通快递率达到98%以上", "≥", 98.0, "%", "建制村通快递率"),
            ("社会物流总费用占比下降1.5个百分点左右", "-", 1.5, "个百分点", "社会物流总费用占比"),
        ],
        "measures": [
            "县级物流中心、乡镇综合服务站、村级寄递点“三级物流网络”基本建成",
            "建制村通快递率达到98%以上",
            "社会物流总费用占比下降1.5个百分点左右",
        ],
    },
    "2026年12月底前": {
        "units": [("各县（市、区）", "responsible")],
        "deadlines": [("2026年12月底前", date(2026, 12, 31), None, None, "deadline.before_month_end")],
        "measures": ["制定建设清单", "明确项目、投资、责任单位"],
        "doubts": [("unit.collective", "集体主语：是否逐县分办？", "采纳时可按县拆分。", "各县（市、区）")],
    },
    "2027年底前每个": {
        "deadlines": [("2027年底前", date(2027, 12, 31), None, None, "deadline.before_year_end")],
        "targets": [
            ("至少建成1个县级物流中心", "≥", 1.0, "个", "县级物流中心"),
            ("冷库容量不少于5000立方米", "≥", 5000.0, "立方米", "冷库容量"),
        ],
        "measures": ["至少建成1个县级物流中心", "配套分拣、仓储、冷链、直播等功能", "力争冷库容量不少于5000立方米"],
    },
    "鼓励利用": {"modality": "explore", "measures": ["鼓励利用闲置校舍、厂房改造", "不搞大拆大建"]},
    "围绕产地": {"modality": "should", "doubts": [("framework.short", "“六大环节”只列出4个。", "核对原件。", "六大环节")]},
    "实施产地": {
        "targets": [("新增冷藏车1200辆", "+", 1200.0, "辆", "冷藏车")],
        "deadlines": [("三年", None, None, None, "deadline.years")],
        "doubts": [("deadline.no_base", "“三年”没有写明起算年份。", "采纳时请填写完成时限。", "三年")],
        "measures": ["实施产地预冷、骨干冷库、冷藏运输、末端冷柜、数字监测“六大工程”", "三年新增冷藏车1200辆"],
    },
    "建立冷链": {
        "grade": "standing",
        "deadlines": [("每季度末", None, "quarter-end", None, "deadline.quarterly")],
        "mechanisms": ["冷链食品追溯机制"],
        "measures": ["建立冷链食品追溯机制", "每季度末通报抽检结果"],
    },
    "自本意见": {
        "units": [("省发展改革委", "lead"), ("省财政厅", "support")],
        "deadlines": [("自本意见印发之日起30个工作日内", date(2026, 4, 21), None, "2026-03-09", "deadline.working_days")],
        "measures": ["出台降本措施", "清理不合理收费"],
    },
    "推动公路": {
        "modality": "should",
        "deadlines": [("尽快", None, None, None, "deadline.soon")],
        "doubts": [
            ("deadline.vague", "“尽快”不是时限。", "请与起草单位商定日期。", "尽快"),
            ("unit.none", "没有责任单位。", "立项时指定牵头单位。", "推动公路"),
        ],
    },
    "持续降低": {"grade": "standing", "modality": "should", "deadlines": [("长期坚持", None, "standing", None, "deadline.standing")]},
    "认真学习": {"grade": "study"},
    "落实好": {"modality": "must"},
    "云州市交通": {
        "speaker": "云州市交通运输局",
        "deadlines": [("2026年国庆节前", date(2026, 9, 30), None, None, "deadline.before_holiday")],
        "targets": [("打通22条乡村配送线路", "=", 22.0, "条", "乡村配送线路")],
    },
    "青湾县有关": {"speaker": "青湾县", "doubts": [("target.vague", "“早日”不是时限。", "请承诺单位补充日期。", "早日")]},
    "健全县、乡": {"modality": "should"},
    "打造内河": {"modality": "should"},
    "新建村级": {
        "units": [("省邮政管理局", "lead")],
        "deadlines": [("2027年6月底前", date(2027, 6, 30), None, None, "deadline.before_month_end")],
        "targets": [("新建村级寄递点2600个", "=", 2600.0, "个", "村级寄递点")],
    },
    "开通县乡": {
        "units": [("省交通运输厅", "lead")],
        "deadlines": [("2026年底前", date(2026, 12, 31), None, None, "deadline.before_year_end")],
        "targets": [("开通县乡客货邮线路180条", "=", 180.0, "条", "县乡客货邮线路")],
    },
}


class _Layout:
    """Joins the paragraphs and remembers where everything is."""

    def __init__(self) -> None:
        self.text = ""
        self.sentences: list[tuple[int, int, Disposition]] = []
        self.cells: list[Cell] = []
        self.starts: list[int] = []
        for indent, sentences in PARAGRAPHS:
            self.starts.append(len(self.text))
            self.text += indent
            for disposition, sentence in sentences:
                self.add(disposition, sentence)
            self.text += "\n"
        self.table_start = len(self.text)
        for row, cells in enumerate(TABLE):
            for col, (disposition, sentence) in enumerate(cells):
                self.text += "\t" if col else ("\n" if row else "")
                self.cells.append(Cell(len(self.text), len(self.text) + len(sentence), row, col))
                self.add(disposition, sentence)

    def add(self, disposition: Disposition, sentence: str) -> None:
        self.sentences.append((len(self.text), len(self.text) + len(sentence), disposition))
        self.text += sentence

    def span(self, phrase: str, after: int = 0) -> Span:
        start = self.text.index(phrase, after)
        return Span(start, start + len(phrase))

    def ends(self, phrase: str) -> tuple[int, int]:
        span = self.span(phrase)
        return span.start, span.end


def _sections(layout: _Layout) -> tuple[Section, ...]:
    rows = [
        ("一、", "总体要求", 1),
        ("（一）", "指导思想", 2),
        ("（二）", "主要目标", 2),
        ("二、", "重点任务", 1),
        ("（三）", "建强县级物流中心", 2),
        ("（四）", "补齐冷链短板", 2),
        ("（五）", "降低物流成本", 2),
        ("三、", "保障措施", 1),
    ]
    starts = [layout.span(number + title).start for number, title, _level in rows]
    found: list[Section] = []
    for i, (number, title, level) in enumerate(rows):
        end = next((starts[j] for j in range(i + 1, len(rows)) if rows[j][2] <= level), len(layout.text))
        parent = next((s.id for s in reversed(found) if s.level < level), None)
        heading = next(Span(a, b) for a, b, d in layout.sentences if a == starts[i])
        found.append(Section(f"s{i + 1}", number, title, level, starts[i], end, parent, heading))
    return tuple(found)


def _item(layout: _Layout, number: int, sentence: tuple[int, int, Disposition], path: tuple[str, ...]) -> Item:
    start, end, kind = sentence
    quote = layout.text[start:end]
    spec = next((dict(s) for key, s in SPECS.items() if quote.startswith(key)), {})

    def place(phrase: str) -> tuple[int, int]:
        # A cell of the same row may hold the unit or the date.
        span = layout.span(phrase, start)
        return span.start, span.end

    def rows(name: str) -> list[tuple]:  # type: ignore[type-arg]
        return spec.get(name, [])  # type: ignore[return-value]

    grade: Grade = spec.get("grade", "deliverable")  # type: ignore[assignment]
    modality: Modality = spec.get("modality", "must")  # type: ignore[assignment]
    speaker = spec.get("speaker")
    return Item(
        id=f"i{number:04d}",
        start=start,
        end=end,
        quote=quote,
        path=path,
        lead=layout.span("围绕产地预冷", start - 80) if quote.startswith("实施产地") else None,
        kind="pledge" if kind == P else "requirement",
        grade=grade,
        modality=modality,
        speaker=Unit(str(speaker), "speaker", *place(str(speaker))) if speaker else None,
        units=tuple(Unit(name, unit_role, *place(name)) for name, unit_role in rows("units")),
        deadlines=tuple(Deadline(*place(text), text, *rest) for text, *rest in rows("deadlines")),
        targets=tuple(Target(*place(text), text, *rest) for text, *rest in rows("targets")),
        measures=tuple(Measure(*place(text), text) for text in spec.get("measures", [])),  # type: ignore[attr-defined]
        mechanisms=tuple(Measure(*place(text), text) for text in spec.get("mechanisms", [])),  # type: ignore[attr-defined]
        doubts=tuple(Doubt(code, message, hint, *place(phrase)) for code, message, hint, phrase in rows("doubts")),
    )


def _frameworks(layout: _Layout) -> tuple[Framework, ...]:
    def members(texts: list[str], after: str) -> tuple[Member, ...]:
        at = layout.span(after).start
        return tuple(Member(*((s := layout.span(text, at)).start, s.end), text) for text in texts)

    cold = ["产地预冷", "骨干冷库", "冷藏运输", "末端冷柜"]
    again = layout.span("三级物流体系")
    zones = layout.span("内河国际开放合作先行区"), layout.span("内河开放国际合作先行区")
    return (
        Framework(
            "三级物流网络",
            3,
            "complete",
            members(["县级物流中心", "乡镇综合服务站", "村级寄递点"], "到2027年，县级"),
            (layout.span("三级物流网络"), again),
        ),
        Framework("六大环节", 6, "open", members(cold, "围绕产地"), (layout.span("六大环节"),)),
        Framework("六大工程", 6, "mismatch", members([*cold, "数字监测"], "实施产地"), (layout.span("六大工程"),), (zones,)),
        Framework("四项机制", 4, "mention", (), (layout.span("四项机制"),)),
    )


def _responsibilities(layout: _Layout, items: tuple[Item, ...]) -> tuple[Responsibility, ...]:
    def ids(*starts: str) -> tuple[str, ...]:
        return tuple(item.id for item in items if item.quote.startswith(starts))

    return (
        Responsibility(
            *layout.ends("（省交通运输厅牵头，省发展改革委、省商务厅、省自然资源厅配合）"),
            ("省交通运输厅",),
            ("省发展改革委", "省商务厅", "省自然资源厅"),
            "lead_support",
            False,
            ids("2026年12月底前", "2027年底前每个", "鼓励利用"),
        ),
        Responsibility(
            *layout.ends("（责任单位：省市场监管局、省农业农村厅、省供销社等）"),
            ("省市场监管局", "省农业农村厅", "省供销社"),
            (),
            "responsible_units",
            True,
            ids("围绕产地", "实施产地", "建立冷链"),
        ),
        Responsibility(
            *layout.ends("省发展改革委会同省财政厅"), ("省发展改革委",), ("省财政厅",), "lead_with_others", False, ids("自本意见")
        ),
        Responsibility(*layout.ends("省邮政管理局"), ("省邮政管理局",), (), "table", False, ids("新建村级")),
        Responsibility(
            layout.text.rindex("省交通运输厅"),
            layout.text.rindex("省交通运输厅") + 6,
            ("省交通运输厅",),
            (),
            "table",
            False,
            ids("开通县乡"),
        ),
    )


def _source(layout: _Layout) -> SourceText:
    half = len(layout.starts) // 2
    bounds = [*layout.starts, layout.table_start, len(layout.text)]
    origins = tuple(Origin(a, b, 1 if n < half else 2, f"p:{n + 1}") for n, (a, b) in enumerate(pairwise(bounds)) if a < b)
    return SourceText(
        text=layout.text,
        name="临政办发〔2026〕7号.docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        file_sha256="ab" * 32,
        origins=origins,
        generated=(layout.span("（四）"),),
        tables=(Table(layout.table_start, len(layout.text), tuple(layout.cells)),),
        doubts=(Doubt("text.mojibake", "这一行是乱码。", "请核对原件。", *layout.ends("锟斤拷锟斤拷烫烫烫")),),
    )


@cache
def sample() -> Decomposition:
    """The whole document: 49 sentences, 19 items."""
    layout = _Layout()
    sections = _sections(layout)
    names = {s.id: f"{s.number}{s.title}" for s in sections}
    sentences: list[Sentence] = []
    items: list[Item] = []
    for start, end, disposition in layout.sentences:
        inside = [s for s in sections if s.start <= start < s.end]
        item_id = None
        if disposition in (Q, P):
            items.append(_item(layout, len(items) + 1, (start, end, disposition), tuple(names[s.id] for s in inside)))
            item_id = items[-1].id
        sentences.append(Sentence(start, end, disposition, inside[-1].id if inside else None, item_id))
    issued = layout.span("2026年3月9日")
    meeting = layout.span("省政府第72次常务会议")
    return Decomposition(
        source=_source(layout),
        facts=Facts(
            title="临江省人民政府办公厅关于加快城乡物流网络建设的实施意见",
            number="临政办发〔2026〕7号",
            level="province",
            authority="临江省人民政府",
            transmitter="临江省人民政府办公厅",
            publisher=None,
            dates=(
                DatedFact("issued", "2026-03-09", "day", "stated", issued),
                DatedFact("meeting", "2026-03", "month", "inferred", meeting, "常务会议在印发前不久召开"),
            ),
            kind="opinion",
        ),
        sections=sections,
        sentences=tuple(sentences),
        items=tuple(items),
        responsibilities=_responsibilities(layout, tuple(items)),
        frameworks=_frameworks(layout),
        doubts=(Doubt("framework.mismatch", "“六大工程”说是6个，列出5个。", "核对原件，或在采纳时注明。", *layout.ends("六大工程")),),
        rules_sha256="cd" * 32,
    )
