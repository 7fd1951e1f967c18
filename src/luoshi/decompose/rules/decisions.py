"""Decisions of a meeting: 会议同意拨付80万元 binds as 要 does, though it has no word of command.

What was passed, 会议原则同意《……方案》 or ……提出的方案, is a record unless it is told what happens next; who was appointed is one too.
"""

import re
from typing import NamedTuple

from luoshi.decompose.rules.cues import cue
from luoshi.decompose.rules.moods import strip_marks

_STUDIED = "经(?:会议)?(?:研究|讨论|审议),?"
_MEETING = "(?:[\u4e00-\u9fff]{0,12}(?:常务会|办公会|专题会|联席会|党组会|常委会)|[本此]次会|会)议?"
_HOW = "(?:还|也|同时|最后|一致|经?(?:研究|讨论|审议)(?:后|并)?|并|最终)*(?:原则上?)?"
DECIDES = re.compile(
    rf"(?:^|[,;:。])(?:(?:{_STUDIED}(?:{_MEETING})?|{_MEETING}){_HOW}(?P<verb>同意|决定|明确|确定|商定|批准|责成)|(?:原则上?|一致)?同意)"
    r"(?!的|后|了|提出|事项|如下|以下|指出|要求|国务院|全国)[,:]?"
)
"""会议决定……, 经研究，会议同意……, ……的汇报，同意……"""
_PAPERS = "(?:意见|方案|建议|请示|报告|汇报|计划|规划|办法|草案|名单|事宜|请求|设想|思路|细则|预案|安排|要点|政策|措施)"
_BROUGHT = "(?:提出|提请|提交|上报|报送|呈报|拟[定订]|起草|编制|制[定订]|修订|汇报|所提|关于)"
_PASSED = re.compile(
    rf"(?:了)?(?:(?:[^,;。《]{{2,24}}?{_BROUGHT}的?)?(?:《[^》]{{2,80}}》(?:\([^()]*\))?[、和及]?){{1,6}}[^,;。]{{0,12}}|(?:[^,;。]{{0,24}}?(?:{_BROUGHT}|[局委办厅部院会司镇乡府处](?:的)?)|该|此|以上|上述|其)[^,;。]{{0,60}}?{_PAPERS})(?=[,;。]|$)"
)
"""A paper that lay before the meeting: 《……方案》, 县商务局提出的修改意见."""
_PERSONS = re.compile(r"[^,;。]{0,40}(?:任命|免去|聘任|解聘|同志(?:任|为|担任|兼任)|任职|免职|递补|补选|增选|辞去|辞职|提名|处分|接受)")
_NEXT = re.compile(r"[,;](?:会后|并|请|待|按|根据|由|同时|要求|责成|[^,;。]{0,20}(?:要|应|须|负责|牵头|抓紧|尽快|完善|印发|实施|组织|安排|列支|上报|报)|[^,;。]{0,24}\d)")


class Decision(NamedTuple):
    """What a meeting decided: whether it binds, and where what is to be done begins, behind 会议同意."""

    binds: bool
    begins: int


def decision(line: str) -> Decision | None:
    """The decision that the sentence ``line`` tells; None where it tells none."""
    marks = len(line) - len(strip_marks(line))
    said = DECIDES.search(line) if not marks else DECIDES.search(line[marks:])
    if said is None or marks + said.end() >= len(line) - 1:
        return None
    begins = marks + said.end()
    if _PERSONS.match(line, begins):
        return Decision(False, begins)
    if said["verb"] in ("决定", "明确", "确定", "商定", "责成"):
        return Decision(True, begins)
    passed = _PASSED.match(line, begins)
    if passed is None:
        return Decision(True, begins)
    if _NEXT.match(line, passed.end()):
        return Decision(True, passed.end() + 1)
    return Decision(False, begins)


DECIDES_CUE = cue(DECIDES, "同意 决定 明确 确定 商定 批准 责成")
