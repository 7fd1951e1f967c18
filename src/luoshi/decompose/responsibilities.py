"""Who answers: responsibility brackets in all their forms, lines of their own, clauses, and the document's own convention.

A牵头，B配合 → lead A, support B. A会同B负责 → lead A, support B. 列第一位者为牵头单位，下同 → from there on the first is lead.
No lead named → all in ``lead``. Positions are those of the view.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from luoshi.decompose.named_units import IS_OFFICE, TIME, UNIT_LIKE, UNIT_RUN, is_person, listed, may_be_person, pieces_of
from luoshi.decompose.paragraphs import Sentence
from luoshi.decompose.rules.cues import Cues, cue, pairs
from luoshi.decompose.tables import Grid, Row
from luoshi.text import labels

_BRACKET = re.compile(r"[(【\[〔](?P<body>(?:[^()【】\[\]〔〕\n]|\([^()\n]{1,40}\)|〔[^〕\n]{1,20}〕){2,600}?)[)】\]〕]")
_HINT = re.compile(r"负责|牵头|(?:责任|配合|主办|承办|协办|落实|参与|参加|主管|实施|监管)(?:单位|部门|站所)|按职责|分工|会同")
_LABEL = re.compile(rf"(?P<label>{labels.WHO}|{labels.WHEN}|(?:[省市县区]级?)?领导)\s*[:]")
_NAMES_COLUMNS = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[、和及])*(?:责任|牵头|配合|参与|参加|实施)(?:单位|部门)(?:[、和及等][\u4e00-\u9fff]{0,8})*")
"""（行动内容、指标、责任单位）: what there is to look at, and nobody."""
_LABEL_END = re.compile(rf"(?:{labels.UNIT}|领导|责任人|时限|时间|期限)\s*[:]")
_BRACKET_CUE = cue(_BRACKET, "( 【 [ 〔")
_LABEL_END_CUE = cue(_LABEL_END, pairs(labels.ENDS, ":"), *(c + blank for c in labels.ENDS for blank in " \t\n"))
_CONVENTION = re.compile(
    r"(?:列(?:在)?第一位|排(?:在)?(?:第一|首)位|列首位|(?:排名|名列)第一|第一个|首位|列第一|排第一位?|排首位)(?:的|者)?(?:责任)?(?:单位|部门|者)?[^。;)]{0,6}?(?:为|是|系)(?:总|工作|任务|该项(?:工作|任务))?(?:牵头|主办|主责|第一责任|汇总)"
)
_SPOKEN_OF = re.compile(r"(?:以下|上述|下列|各项|各|本方案|文中)?(?:重点)?(?:任务|事项|工作|措施)?(?:分工)?(?:中|的)?,?")
_NOT_CONVENTION = re.compile(r"(?:分工|排名|名次)不分先后|排名不分先后")
_ACTS = re.compile(r"(?:按照?|根据|依|依据|结合)?(?:各自)?(?:职责|职能|职责和?分工|部门职责|实际)?(?:分工)?(?:协作)?(?:分别|共同|具体|组织|统筹|统一)?(?:负责|落实|实施|配合|参与|参加|协助|协同|协办|支持|推进|组织实施|贯彻落实)(?:落实|实施|推进)?$|(?:分别|共同|联合|双)?(?:总)?牵头(?:负责|推进|组织实施|落实)?$")


_WITH_PERSON = re.compile(r"(?<=[局委办厅部院府会站所中心队司团镇乡道])(?::(?P<after>[\u4e00-\u9fff]{2,3})|\((?P<inside>[\u4e00-\u9fff]{2,3})\))$")
"""县水利局：赵磊 is the office alone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One responsibility: where it stands, who leads and who supports, in which form."""

    start: int
    end: int
    lead: tuple[tuple[str, int], ...]
    support: tuple[tuple[str, int], ...]
    form: str
    open_ended: bool
    rows: tuple[Row, ...] = field(default=(), compare=False)
    """The rows of a table by its cells whose units these are: several, where a merged cell names them."""


def convention_from(text: str) -> int | None:
    """Position from which the first unit listed is the lead, None where the document has no such rule.

    Told before the list (in the notice, under the title) or inside the first bracket, it holds for the whole document.
    """
    for anchor in re.finditer("第一|首", text):
        told = _CONVENTION.match(text, max(0, anchor.start() - 4)) or _CONVENTION.search(text, max(0, anchor.start() - 5), anchor.start() + 40)
        if told is not None:
            return None if _NOT_CONVENTION.search(text) else told.start()
    return None


def answers(text: str, cues: Cues | None = None, sentences: Iterable[Sentence] = ()) -> list[Answer]:
    """Every responsibility that the text states in a bracket, on a line of its own, in a sentence or in a clause, in order.

    ``cues`` are those of ``text``, where somebody has looked for them already.
    """
    cues = cues or Cues.of(text)
    first_leads = convention_from(text) is not None
    found: list[Answer] = []
    at = 0
    for place in cues.places(_BRACKET_CUE):
        bracket = _BRACKET.match(text, place) if place >= at else None
        if bracket is None:
            continue
        at = bracket.end()
        body = bracket["body"]
        if _CONVENTION.match(body, _SPOKEN_OF.match(body).end()):  # type: ignore[union-attr]  # it matches nothing too
            continue  # （以下任务列首位的为牵头单位）tells how to read the others
        if _NAMES_COLUMNS.fullmatch(body) or (not _HINT.search(body) and not _only_units(text, bracket)):
            continue
        parsed = _parse(text, bracket.start("body"), bracket.end("body"), first_leads)
        if parsed is not None:
            lead, support, form, open_ended = parsed
            found.append(Answer(bracket.start(), bracket.end(), lead, support, form, open_ended))
    if cues.places(_LABEL_END_CUE):
        found += _lines(text, first_leads)
    found += _sentences(text, sentences, first_leads)
    return sorted(found, key=lambda answer: answer.start)


Names = tuple[tuple[str, int], ...]


def _parse(text: str, start: int, end: int, first_leads: bool) -> tuple[Names, Names, str, bool] | None:
    """Lead, support, form and open end of the words between ``start`` and ``end``; None where they name no one."""
    stop = re.search(r"[。]|[,;](?=(?:列|排|名)[^,;。]{0,12}(?:第一|首位))", text[start:end])
    if stop:
        end = start + stop.start()
    end = _without_note(text, start, end)
    said = list(_LABEL.finditer(text, start, end))
    if not said:
        return _worded(text, start, end, first_leads)
    before = _worded(text, start, said[0].start() - (text[said[0].start() - 1] in ",;"), first_leads) if said[0].start() - start > 2 else None
    if before is None:
        return _labelled(text, said, end, first_leads)
    lead, support, form, open_ended = before  # 市财政局牵头，配合单位：市审计局，完成时限：2026年底
    more, helping, responsible, opened = _under_labels(text, said, end)
    support += tuple(more + helping + responsible)
    return lead, support, "lead_support" if support else form, open_ended or opened


def _without_note(text: str, start: int, end: int) -> int:
    """``end`` moved before a remark that names no unit: ，下同 ，分工不分先后."""
    note = re.search(r"[,;](?:下同|以下同|分工不分先后|不分先后)$", text[start:end])
    return start + note.start() if note else end


def _labelled(text: str, said: list[re.Match[str]], end: int, first_leads: bool) -> tuple[Names, Names, str, bool] | None:
    """责任单位：…；牵头单位：…，配合单位：…"""
    lead, support, responsible, open_ended = _under_labels(text, said, end)
    if lead:
        return tuple(lead), tuple(support + responsible), "lead_support" if support or responsible else "lead_only", open_ended
    return (*_of_responsible(responsible, support, first_leads), open_ended) if responsible else None


def _of_responsible(responsible: list[tuple[str, int]], support: list[tuple[str, int]], first_leads: bool) -> tuple[Names, Names, str]:
    """Lead, support and form where nobody is said to lead: the first does where the document says so, else all of them answer."""
    if first_leads and len(responsible) > 1:
        return tuple(responsible[:1]), tuple(responsible[1:] + support), "first_listed_lead"
    return tuple(responsible), tuple(support), "responsible_units"


def _under_labels(text: str, said: list[re.Match[str]], end: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]], list[tuple[str, int]], bool]:
    """Who leads, supports and is responsible by the labels, and whether a list was left open."""
    lead: list[tuple[str, int]] = []
    support: list[tuple[str, int]] = []
    responsible: list[tuple[str, int]] = []
    open_ended = False
    for label, following in zip(said, [*said[1:], None], strict=True):
        stop = following.start() if following else end
        kind = label["label"]
        if not re.search(labels.UNIT, kind) or re.search(labels.WATCHES, kind):
            continue
        worded = _worded(text, label.end(), stop, False) if re.search(r"牵头[,;][^\n]{2,80}(?:配合|参与|协助)", text[label.end() : stop]) else None
        if worded:  # 责任单位：市经信局牵头，市财政局配合
            lead, support, open_ended = [*lead, *worded[0]], [*support, *worded[1]], open_ended or worded[3]
            continue
        act = _ACTS.search(text[label.end() : stop].rstrip(" ;,。\n"))
        names, opened = listed(text, label.end(), label.end() + act.start() if act and act.start() else stop)
        open_ended = open_ended or opened
        if re.search(labels.LEADS, kind) or (act and "牵头" in act[0]):  # 责任单位：市人社局、市农业农村局分别牵头
            lead += names
        elif re.search(labels.HELPS, kind):
            support += names
        else:
            responsible += names
    return lead, support, responsible, open_ended


def _worded(text: str, start: int, end: int, first_leads: bool) -> tuple[Names, Names, str, bool] | None:
    """…负责, …牵头，…配合, …会同…负责, …按职责分工负责"""
    body = text[start:end]
    first = next((part for part in re.split("[,;]", body) if not all(map(is_person, part.split("、")))), "")
    units_only = bool(UNIT_LIKE.search(first)) and not re.search(r"负责(?:人|同志|制|的)", body)
    if not units_only and not re.search(r"(?:负责|牵头|配合|落实|参与|参加|协助|实施|推进|协办)(?=[,;]|$)", body):
        return None
    lead: list[tuple[str, int]] = []
    support: list[tuple[str, int]] = []
    carried: list[tuple[str, int]] = []
    open_ended = with_others = leads_named = False
    at = start
    for piece in re.split(r"([,;])", body):
        begin, at = at, at + len(piece)
        if piece in ",;" or not piece.strip() or TIME.match(piece.strip()):
            continue
        act = _ACTS.search(piece)
        stop = begin + (act.start() if act else len(piece))
        joint = re.search(r"会同", text[begin:stop])
        names, opened = listed(text, begin, begin + joint.start() if joint else stop)
        open_ended = open_ended or opened
        if not names:
            continue
        if act is None and not joint:
            carried += names
            continue
        kind = act[0] if act else ""
        if joint:
            others, opened = listed(text, begin + joint.end(), stop)
            lead, support = lead + carried + names, support + others
            with_others, open_ended = True, open_ended or opened
        elif "牵头" in kind:
            lead, leads_named = lead + carried + names, True
        elif leads_named or with_others or (lead and re.search(r"配合|参与|参加|协|支持|落实", kind)) or re.search(r"配合|参与|参加|协助|协办|支持", kind):
            support += carried + names
        else:
            lead += carried + names
        carried = []
    if carried:
        (support if leads_named else lead).extend(carried)
    return _form(lead, support, first_leads, leads_named, with_others, open_ended)


def _form(
    lead: list[tuple[str, int]], support: list[tuple[str, int]], first_leads: bool, leads_named: bool, with_others: bool, open_ended: bool
) -> tuple[Names, Names, str, bool] | None:
    if not lead and not support:
        return None
    if leads_named:
        return tuple(lead), tuple(support), "lead_support" if support else "lead_only", open_ended
    if with_others:
        return tuple(lead), tuple(support), "lead_with_others", open_ended
    if first_leads and len(lead) + len(support) > 1 and lead:
        return tuple(lead[:1]), tuple(lead[1:] + support), "first_listed_lead", open_ended
    if support:
        return tuple(lead), tuple(support), "lead_support", open_ended
    form = "first_listed_lead" if first_leads and open_ended else "sole" if len(lead) == 1 else "joint"
    return tuple(lead), (), form, open_ended


def _lines(text: str, first_leads: bool) -> list[Answer]:
    """Labels outside a bracket: lines that begin with 牵头单位： or 责任单位：, or the same words run into a paragraph.

    Labels that follow each other are one responsibility; a label that comes again opens the next.
    """
    groups: list[list[re.Match[str]]] = []
    seen: set[str] = set()
    for anchor in _LABEL_END.finditer(text):
        label = _LABEL.search(text, max(0, anchor.end() - 20), anchor.end())
        while label is not None and label.end() != anchor.end():
            label = _LABEL.search(text, label.start() + 1, anchor.end())
        if label is None:
            continue
        before = text[max(0, label.start() - 1) : label.start()]
        if before not in ("", "\n", "。", ";", " ", ",") or _inside_bracket(text, label.start()):
            continue
        gap = _end_of_list(text, groups[-1][-1].end(), label.start()) if groups else 0
        if groups and label["label"] not in seen and not text[gap : label.start()].strip(" \n;,。"):
            groups[-1].append(label)
        else:
            groups.append([label])
            seen = set()
        seen.add(label["label"])
    found: list[Answer] = []
    for group, following in itertools.zip_longest(groups, groups[1:]):
        end = _end_of_list(text, group[-1].end(), following[0].start() if following else len(text))
        parsed = _labelled(text, group, end, first_leads)
        if parsed is not None:
            found.append(Answer(group[0].start(), end, *parsed))
    return found


_SAYS_WHO = re.compile(rf"由?{UNIT_RUN}(?:负责|牵头|主办|负总责)(?:落实|实施|办理|组织实施|推进)?(?:,由?{UNIT_RUN}(?:等(?:有关|相关)?(?:部门|单位))?(?:负责)?(?:配合|协助|参与|参加|实施|具体实施|组织实施|落实|协办|支持)){{0,3}}。")
_SAYS_WHO_ENDS = ("负责。", "牵头。", "总责。", "主办。", "实施。", "配合。", "落实。", "参与。", "协助。", "参加。", "协办。", "支持。", "办理。", "推进。")


def _sentences(text: str, sentences: Iterable[Sentence], first_leads: bool) -> list[Answer]:
    """Sentences that say no more than who does what the sentence before them says: 由县教育局负责，县城投公司实施。"""
    found: list[Answer] = []
    for one in sentences:
        if one.first or one.end - one.start > 80 or not text.endswith(_SAYS_WHO_ENDS, one.start, one.end) or not _SAYS_WHO.fullmatch(text, one.start, one.end):
            continue
        parsed = _worded(text, one.start + text.startswith("由", one.start), one.end - 1, first_leads)
        if parsed is not None:
            found.append(Answer(one.start, one.end, *parsed))
    return found


def _inside_bracket(text: str, at: int) -> bool:
    """True where ``at`` stands between an opening bracket and its end, on one line; no bracket of units is longer than 600."""
    floor = max(0, at - 600)
    line = text[max(floor, text.rfind("\n", floor, at) + 1) : at]
    return any(line.count(a) > line.count(b) for a, b in ("()", "[]", "〔〕", "【】"))


_LIST_ENDS = re.compile(r"[\n。]")


def _end_of_list(text: str, at: int, limit: int) -> int:
    """Where the list after a label ends: at the end of its line, at 。 or before the next label; blanks before that do not count."""
    stop = _LIST_ENDS.search(text, at, limit)
    end = stop.start() if stop else limit
    while end > at and (text[end - 1].isspace() or (stop is None and text[end - 1] in ",;")):
        end -= 1
    return end


def _only_units(text: str, bracket: re.Match[str]) -> bool:
    """True for a bracket behind a full stop that holds nothing but units, （市财政局，各县〔市、区〕政府，持续推进）; before one they must be offices
    beyond doubt, with persons or without: （王某；县农业农村局、县财政局）。"""
    if bracket.end() - bracket.start() > 200:
        return False
    pieces = [text[a:b] for a, b in pieces_of(text, bracket.start("body"), bracket.end("body"))]
    if text[bracket.start() - 1 : bracket.start()] in "。;":
        units = [piece for piece in pieces if UNIT_LIKE.search(piece) and len(piece) <= 30]
        return bool(units) and all(UNIT_LIKE.search(piece) or TIME.match(piece) for piece in pieces)
    offices = [piece for piece in pieces if IS_OFFICE.fullmatch(piece)]
    closes = text[bracket.end() : bracket.end() + 1] in ("", "。", ";", "\n")
    return closes and bool(offices) and all(piece in offices or TIME.match(piece) or is_person(piece) for piece in pieces)


def table_answers(text: str, grids: list[Grid]) -> list[Answer]:
    """Responsibilities from the columns of a task table; who assesses or supplies figures answers for nothing."""
    first_leads = bool(grids) and convention_from(text) is not None
    found: list[Answer] = []
    for grid in grids:
        for row in grid.rows:
            cells = row.spans("lead", "support", "responsible")
            named = {cell: listed(text, *cell) for cell in cells}
            open_ended = any(opened for _names, opened in named.values())
            lead, support, responsible = ([name for cell in row.spans(column) for name in _offices(named[cell][0])] for column in ("lead", "support", "responsible"))
            if row.header or not (lead or any(UNIT_LIKE.search(name) for name, _ in responsible)):
                continue  # a column 单位 may hold 个 and 万户
            if lead and not any(UNIT_LIKE.search(name) for name, _ in lead):
                continue  # a cell that was broken has put other columns in this place
            answering = (tuple(lead), tuple(support + responsible), "table") if lead else _of_responsible(responsible, support, first_leads)
            answer = Answer(cells[0][0], cells[-1][1], *answering, open_ended, (row,) if row.placed else ())
            if row.placed and found and found[-1] == answer:  # a merged cell names them for both rows
                answer = replace(answer, rows=(*found.pop().rows, row))
            found.append(answer)
    return found


def _offices(names: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The names of a cell without those of persons: beside offices even 张明 is one."""
    own = [(name[: said.start()] if (said := _WITH_PERSON.search(name)) and may_be_person(said["after"] or said["inside"]) else name, at) for name, at in names]
    return [one for one in own if not may_be_person(one[0])] if any(UNIT_LIKE.search(name) for name, _at in own) else own
