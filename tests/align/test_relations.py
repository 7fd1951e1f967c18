"""Golden relations: ``relations/*.md`` hold pairs of clauses and what became of the upper in the lower. ``relations/README.md`` describes the form."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from luoshi.align import RELATIONS, Link, relate
from luoshi.align.model import LINKING
from luoshi.text import Span, UsageError
from tests.align.documents import EARLIER, LATER, around

CASES = sorted(path for path in (Path(__file__).parent / "relations").glob("*.md") if path.stem != "README")
HEAD = "| levels | upper | lower | also | changes |"


class Row(NamedTuple):
    """One line of a table; ``also`` and ``changes`` as they are written."""

    relation: str
    above: str
    below: str
    upper: str
    lower: str
    also: str
    changes: str


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every file."""
    found: list[Row] = []
    for path in CASES:
        title, _blank, head, _rule, *lines = path.read_text("utf-8").splitlines()
        assert title.startswith("# ") and head == HEAD, f"the form of {path.name} is described in relations/README.md"
        for line in lines:
            levels, upper, lower, also, changes = (cell.strip() for cell in line.strip("|").split("|"))
            above, below = levels.split(" → ")
            found.append(Row(path.stem, above, below, upper, lower, also, changes))
    return tuple(found)


def related(above: str, upper: str, below: str, lower: str) -> tuple[Link, str, str]:
    """The link of two clauses in small documents, with the texts of both."""
    one, upper_span = around(above, upper, EARLIER)
    other, lower_span = around(below, lower, LATER)
    return relate(upper_span, lower_span, upper=one, lower=other), one.source.text, other.source.text


def changes_of(link: Link) -> list[str]:
    return list(dict.fromkeys([*(f"{c.slot} {c.how}" for c in link.changed), *(f"+{a.slot}" for a in link.added)]))


def _listed(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(",") if one.strip()]


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.relation}-{row.upper[:16]}→{row.lower[:16]}") for row in rows()])
def test_relation(row: Row) -> None:
    link, upper_text, lower_text = related(row.above, row.upper, row.below, row.lower)
    assert (link.relation, list(link.also), sorted(changes_of(link))) == (row.relation, _listed(row.also), sorted(_listed(row.changes)))
    assert (link.upper.of(upper_text), link.lower.of(lower_text)) == (row.upper, row.lower)
    assert 0.0 <= link.score <= 1.0
    assert all(c.upper.of(upper_text) and (c.lower is None or c.lower.of(lower_text)) for c in link.changed)
    assert all(a.lower.of(lower_text) for a in link.added)


# What the evidence points to: the words of each kind of change, above and below; nothing stands above for what is added.
EVIDENCE = [
    ("number", "raised", "到2027年，生活垃圾回收利用率达到38%以上", "到2027年，生活垃圾回收利用率达到42%以上", "38%", "42%"),
    ("number", "lowered", "每个社区配备全科医生至少2名", "每个社区至少配备1名全科医生", "2名", "1名"),
    ("number", "apportioned", "治理水土流失面积320平方公里", "完成水土流失治理41平方公里", "320平方公里", "41平方公里"),
    ("number", "to_words", "城市生活污水处理率达到100%", "城市生活污水基本得到处理", "100%", "基本"),
    ("number", "dropped", "新增城区公共停车泊位5000个", "多渠道新增城区公共停车泊位", "5000个", None),
    ("deadline", "earlier", "2026年12月20日前报送年度总结", "2026年12月5日前报送年度总结", "12月20日前", "12月5日前"),
    ("deadline", "later", "2026年9月底前完成年度征地补偿款兑付", "年底前完成年度征地补偿款兑付", "9月底前", "年底前"),
    ("deadline", "to_words", "2026年底前完成城市桥梁健康监测系统建设", "尽快完成城市桥梁健康监测系统建设", "2026年底前", "尽快"),
    ("deadline", "dropped", "2027年6月底前建成全省统一的不动产登记电子证照库", "建成统一的不动产登记电子证照库", "2027年6月底前", None),
    ("frequency", "raised", "每年开展2次实战演练", "每季度开展1次实战演练", "每年", "每季度"),
    ("frequency", "to_words", "每周通报一次空气质量改善情况", "不定期通报空气质量改善情况", "每周", "不定期"),
    ("frequency", "to_number", "定期调度重大外资项目进展", "每月调度重大外资项目进展", "定期", "每月"),
    ("modality", "softened", "财政资金项目必须开展绩效评价", "鼓励财政资金项目开展绩效评价", "必须", "鼓励"),
    ("modality", "hardened", "企业可建立首席质量官制度", "企业应当建立首席质量官制度", "可", "应当"),
    ("scope", "softened", "所有危旧校舍全部停止使用", "危旧校舍分期分批停止使用", "所有", "分期"),
    ("scope", "shortened", "所有行政备案事项实行容缺受理", "部分行政备案事项实行容缺受理", "所有", "部分"),
    ("list", "shortened", "整治噪声、油烟、扬尘、异味等扰民问题", "整治噪声、油烟等扰民问题", "扬尘", None),
    ("unit", "replaced", "由财政部门负责渡口维修资金管理", "由民政部门负责渡口维修资金管理", "财政部门", "民政部门"),
    ("number", "added", "推进城市书房建设", "新建城市书房25座", None, "25座"),
    ("deadline", "added", "完成乡镇污水处理厂提标改造", "2026年11月底前完成乡镇污水处理厂提标改造", None, "11月底前"),
    ("unit", "added", "开展校园食品安全排查", "由市市场监管局会同市教育局开展校园食品安全排查", None, "市市场监管局"),
    ("place", "added", "建设一批乡镇寄递物流综合服务站", "在禾丰镇、石岭镇、白鹭镇建设寄递物流综合服务站", None, "石岭镇"),
    ("project", "added", "加快骨干水网建设，提高水资源调配能力", "加快清溪口水库、白鹭湖泵站等骨干水网建设，提高水资源调配能力", None, "清溪口水库"),
    ("frequency", "added", "加强野外文物安全巡查", "文物保护员每周至少2次开展野外文物安全巡查", None, "每周"),
]


@pytest.mark.parametrize(("slot", "how", "upper", "lower", "above", "below"), [pytest.param(*row, id=f"{row[0]}-{row[1]}") for row in EVIDENCE])
def test_the_evidence_points_to_the_words(slot: str, how: str, upper: str, lower: str, above: str | None, below: str | None) -> None:
    link, upper_text, lower_text = related("省", upper, "市", lower)
    if how == "added":
        found: list[tuple[str, str]] = [("", one.lower.of(lower_text)) for one in link.added if one.slot == slot]
    else:
        found = [(one.upper.of(upper_text), one.lower.of(lower_text) if one.lower else "") for one in link.changed if (one.slot, one.how) == (slot, how)]
    assert any((above or "") in one and (below or "") in other for one, other in found), link


def test_there_are_rows_of_every_relation_and_change() -> None:
    assert {row.relation for row in rows()} == set(RELATIONS) - {"same_source"}
    told = {change for row in rows() for change in _listed(row.changes)}
    assert told >= {f"{slot} {how}" for slot, how, *_words in EVIDENCE if how != "added"} | {f"+{slot}" for slot, how, *_words in EVIDENCE if how == "added"}
    assert len(set(rows())) == len(rows())


def test_dates_play_no_part() -> None:
    for row in rows()[::12]:
        one, upper = around(row.above, row.upper, LATER)
        other, lower = around(row.below, row.lower, EARLIER)
        assert (relate(upper, lower, upper=one, lower=other).relation in LINKING) == (row.relation in LINKING)


@pytest.mark.parametrize(
    ("upper", "lower", "how"),
    [
        ("9月底前完成渡口隐患整治", "6月15日前完成渡口隐患整治", "earlier"),
        ("6月30日前完成渡口隐患整治", "今年7月上旬前完成渡口隐患整治", "later"),
        ("9月底前完成渡口隐患整治", "9月30日前完成渡口隐患整治", None),
        ("9月前完成渡口隐患整治", "8月底前完成渡口隐患整治", None),
        ("9月底前完成渡口隐患整治", "2027年3月底前完成渡口隐患整治", None),
    ],
)
def test_days_of_no_year_in_documents_without_a_date(upper: str, lower: str, how: str | None) -> None:
    (one, span), (other, lower_span) = around("市", upper, ""), around("县", lower, "")
    link = relate(span, lower_span, upper=one, lower=other)
    assert [change.how for change in link.changed if change.slot == "deadline"] == ([how] if how else [])


def test_a_span_outside_of_its_text_is_refused() -> None:
    one, upper = around("省", "推进城市书房建设", EARLIER)
    other, lower = around("市", "新建城市书房25座", LATER)
    outside, nothing = Span(0, len(other.source.text) + 1), Span(5, 5)
    for wrong in (outside, nothing):
        with pytest.raises(UsageError, match="下位文件"):
            relate(upper, wrong, upper=one, lower=other)
    with pytest.raises(UsageError, match="上位文件"):
        relate(Span(0, len(one.source.text) + 1), lower, upper=one, lower=other)
