"""Invented facts with something at every place: a new template is tried with them before it is taken. No Django."""

from typing import Any

from luoshi.web.papers.kinds import Kind

_MATTERS = (
    ("乡镇（街道）区域养老服务中心覆盖率达到85%以上", "临江省民政厅", "2026年12月31日", "民政信息系统覆盖率不低于85%，抽查30处在营"),
    ("养老护理员三年培训不少于3万人次", "临江省人力资源和社会保障厅", "2027年6月30日", "培训实名台账3万人次，抽查合格率不低于95%"),
)


_PROBLEMS = (
    ("4处区域养老服务中心挂牌未运营", "现场大门紧锁，入住登记册空白", "较重"),
    ("护理员培训台账与名册不符", "抽查60人，11人查无签到记录", "一般"),
)


def sample_facts(kind: Kind) -> dict[str, Any]:
    """Facts of a paper of a kind."""
    return {
        "kind": kind.name,
        "shape": kind.shape.value,
        "title": f"关于2件督查事项的{kind.name}（样例）",
        "number": "2026年第3期" if kind.by_issue else f"临督{kind.mark}〔2026〕12号",
        "date": "2026年11月26日",
        "red_head": "临江省人民政府督查室文件",
        "issuer": "临江省人民政府",
        "signature": "临江省人民政府督查室",
        "contact": "赵思远，0531-00000000",
        "to": ["临江省民政厅", "临江省人力资源和社会保障厅"],
        "to_line": "临江省民政厅、临江省人力资源和社会保障厅",
        "opening": ["本次涉及督查事项2件，均在办理中。", "其中1件进度落后于计划。"],
        "requirements": ["请对照办结标准，逐项核对进度。", "请书面反馈当前进展和预计完成时间。"],
        "closing": "特此通知。",
        "answer_by": "2026年12月10日",
        "period": "2026年11月16日至11月22日",
        "copies": "省委办公厅、省政协办公厅",
        "count": len(_MATTERS),
        "matters": [_matter(n, *told) for n, told in enumerate(_MATTERS, 1)],
        "problems": [_problem(n, *told) for n, told in enumerate(_PROBLEMS, 1)] if kind.problems else [],
    }


def _problem(n: int, title: str, signs: str, severity: str) -> dict[str, str]:
    told = {"n": str(n), "numeral": "一二"[n - 1], "number": f"LJ-WT-2026-{n:04}", "title": title, "signs": signs, "severity": severity}
    return told | {"source": "督查", "owner": "临江省民政厅", "due": "2026年12月31日", "state": "整改中"}


def _matter(n: int, title: str, lead: str, due: str, criterion: str) -> dict[str, str]:
    return {
        "n": str(n),
        "numeral": "一二"[n - 1],
        "number": f"LJ-2026-{n:04}",
        "title": title,
        "task": "每个县至少建成1所失能照护机构",
        "basis": "“到2027年，每个县至少建成1所失能照护机构。”（临政发〔2026〕18号 第一部分（一））",
        "cited": "临政发〔2026〕18号",
        "lead": lead,
        "support": "临江省财政厅、临江省卫生健康委员会",
        "leader": "周文博",
        "office": "养老服务处",
        "contact": "李雅琴",
        "due": due,
        "criterion": criterion,
        "targets": "覆盖率不低于85%",
        "measures": "新建改扩建120处",
        "state": "办理中",
        "light": "滞后",
        "progress": "新增41个中心，全省覆盖率66.5%",
    }
