"""Head and tail of a document: title, number, addressee, bylines, page chrome, signature; and what kind of document it is."""

import re
from dataclasses import dataclass
from typing import Literal

from luoshi.decompose.outline import MAIN, SIGNATURE, closed_up, is_title
from luoshi.decompose.paragraphs import NUMBER, Sentence
from luoshi.decompose.rules.records import is_record_line
from luoshi.text import labels

Kind = Literal["report", "resolution", "letter", "bulletin", "regulation", "directive", "outline", "minutes", "meeting", "news", "table", "other"]

DOCUMENT_NUMBER = re.compile(r"(?:(?<=通知)|(?<=意见)|(?<=决定)|(?<=方案)|(?<=办法)|(?<=规定)|(?<=批复)|(?<=通报)|(?<=的函)|(?<![\u4e00-\u9fff]))[\u4e00-\u9fffA-Z]{1,10} ?[〔\[(【] ?(?:19|20)\d{2} ?[〕\])】] ?第? ?\d{1,4} ?号")
_YEAR_IN_BRACKETS = re.compile(r"[〔\[(【] ?(?:19|20)\d{2} ?[〕\])】] ?第? ?\d{1,4} ?号")
BARE_NUMBER = re.compile(r"\(?[〔\[(【] ?(?:19|20)\d{2} ?[〕\])】] ?第? ?\d{1,4} ?[号期]\)?|第 ?\d{1,4} ?[号期]")
_URGENT = re.compile(r"(?:特急|加急|急件|特提|平急|密级[:：]?|秘密|机密)[ \u3000]*")
"""How fast a paper goes, before its number."""
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}: ?[^。]{1,30}$")
_SALUTATION = re.compile(r"(?:各位代表|同志们|各位委员|各位领导|朋友们)")
_ADDRESSEE = re.compile(r"(?!.*(?:如下|通知|要求|意见|强调|指出|任务|目标|是):$)(?=.{0,400}(?:各|人民政府|政府|委|局|部|厅|办|院|会|公司|代表|委员|单位|部门|社|处|中心)).{2,400}:$")
_ENDS_SENTENCE = frozenset("。?!;,")
TELLS_RESULTS = re.compile(r"(?:情况|进展|成效|经过|结果)(?:的|工作)?(?:报告|汇报|总结|小结|材料|公示|(?:公示(?:情况)?)?说明)(?:\(.*\))?$|(?:工作|年度|专项|季度|半年|阶段性?)(?:总结|小结)(?:报告)?(?:[和与及暨][^,。]{2,24}(?:打算|计划|安排|要点|思路))?$|(?:自查|自评|述职|述责|整改|调查)(?:述廉|自评)?报告$")
"""整改进展情况的报告, 上半年工作总结: what was done, until it turns to what comes next."""
_TELLS_STATE = re.compile(r"(?:(?:推进|进展|完成|落实|执行|办理|运行|督查|督导|检查|考核|整改)(?:工作)?|工作)情况的?通报(?:\(.*\))?$")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("outline", re.compile(r"传达提纲|精神传达|宣讲提纲|学习提纲|精神要点")),
    ("minutes", re.compile(r"纪要")),
    ("resolution", re.compile(r"大会.{0,24}(?:关于.{0,40})?决议$")),
    ("report", re.compile(r"工作(?:的)?报告(?:\(.*\))?$|代表大会上的报告$|执行情况[^。]{0,40}草案的报告$|执行情况的报告$")),
    ("report", TELLS_RESULTS),
    ("table", re.compile(r"(?:考核|评分|评价|指标|任务|分解|责任).{0,16}(?:表|细则|目标责任书)(?:\(.*\))?$")),
    ("directive", re.compile(r"(?:印发|转发)[^。《]{0,6}《?[^》]{0,60}(?:意见|方案|计划|规划|纲要|要点|措施|行动|指引|细则|预案)[^》]{0,8}》?[^。]{0,6}的函$")),
    ("letter", re.compile(r"(?:函|复函|批复|答复|答复意见|情况的函)(?:\(.*\))?$")),
    ("bulletin", re.compile(r"通报(?:\(.*\))?$|表彰.{0,20}决定$|奖励的决定$|奖励的通报$")),
    ("regulation", re.compile(r"(?:条例|规定|办法|规则|章程)(?:\(.*\))?$")),
    ("directive", re.compile(r"(?:意见|方案|计划|规划|通知|纲要|要点|分工|决定|措施|行动|清单|安排|指引|举措|任务|公告|细则|分解|任务书|责任书|台账|作战图|预案|(?:督办|交办|通知|任务)单)(?:\(.*\))?$")),
)


@dataclass(frozen=True, slots=True)
class Head:
    """Index of the first sentence of the body, the sentences that make up the title, the kind of document, and whether it tells results by its title."""

    body: int
    title: tuple[int, ...]
    kind: Kind
    records: frozenset[int]
    results: bool = False


_SHEET_NAME = 8
_OPENS_WHOLE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|市|县|区|州|旗|镇|乡)|20\d\d年")


def read_head(text: str, found: list[Sentence]) -> Head:
    """Title, records and kind from the lines before the body begins."""
    title: list[int] = []
    body = front = _front_matter(text, found)
    records = set(range(front))
    for i, sentence in enumerate(found[front : front + 60], front):
        line = _URGENT.sub("", closed_up(text[sentence.start : sentence.end]), count=1) or text[sentence.start : sentence.end]
        if _begins_body(text, found, i, line, bool(title)) or (MAIN.match(line) and is_title(_said(text, found, title))):
            break
        body = i + 1
        if DOCUMENT_NUMBER.fullmatch(line) or BARE_NUMBER.fullmatch(line) or is_record_line(line) or _ADDRESSEE.fullmatch(line) or _SALUTATION.match(line) or line.endswith(":"):
            records.add(i)
            if title and DOCUMENT_NUMBER.fullmatch(line) and SIGNATURE.fullmatch(_said(text, found, title)):  # what stands above the number is the letterhead
                records.update(title)
                title.clear()
            if (_ADDRESSEE.fullmatch(line) and not is_record_line(line)) or _SALUTATION.match(line):
                break
        elif title and _LABELLED.match(line):
            records.add(i)
        elif _may_be_title(line, title, text, found) or (title and re.fullmatch(r"[\u4e00-\u9fff“”《》、,]{9,60}", line)):
            if len(title) == 1 and _is_sheet_name(_said(text, found, title), line):
                records.update(title)
                title.clear()
            title.append(i)
        else:
            records.add(i)
    title = title or _passed_on(text, found)
    kind = _kind(text, found, title)
    results = (kind == "report" and _any(TELLS_RESULTS, text, found, title)) or (kind == "bulletin" and _any(_TELLS_STATE, text, found, title))
    return Head(body, tuple(title), kind, frozenset(records), results)


def _any(pattern: re.Pattern[str], text: str, found: list[Sentence], title: list[int]) -> bool:
    """True where a line of the title, or all of them together, hold it."""
    return any(pattern.search(closed_up(text[found[i].start : found[i].end])) for i in title) or pattern.search(_said(text, found, title)) is not None


def _passed_on(text: str, found: list[Sentence]) -> list[int]:
    """The line that names what a covering letter without a title passes on: 现将《云州市2027年方案》印发给你们."""
    told = re.search(r"(?:现将|^|(?<=\n))《(?P<name>[^《》\n]{6,60})》[^。\n]{0,60}(?:印发|下发|发给)", text[:2000])
    name = told["name"] if told else ""
    return [i for i, s in enumerate(found[:60]) if name and closed_up(text[s.start : s.end]) == name][:1]


_TASKED = re.compile(r"[。;][(【][^()【】]*(?:牵头|负责|配合|(?:责任|牵头|承办)单位)[^()【】]*[)】]。?\Z")
_FIELD = re.compile(rf"(?:{labels.WHO}|{labels.DUE}|{labels.GOAL}|{labels.HOW}):")
_CITED = re.compile("根据|按照|依据|贯彻|深入|落实|参照|执行|对照|见|原|与|和|及|按")


def first_document_number(text: str, end: int) -> re.Match[str] | None:
    """The first document number before ``end``: looked for from its year in brackets, which is rare, not from the characters before it."""
    for year in _YEAR_IN_BRACKETS.finditer(text, 0, end):
        for start in range(max(0, year.start() - 11), year.start()):
            found = DOCUMENT_NUMBER.match(text, start, end)
            if found and not _CITED.match(found[0]) and not _cited_in_brackets(text, found):
                return found
            if found:
                break
    return None


def _cited_in_brackets(text: str, number: re.Match[str]) -> bool:
    """True for the number of another document behind its name, where the sentence goes on: 根据《规划》（云政发〔2026〕7号）精神."""
    if text[number.start() - 1 : number.start()] != "(":
        return False
    behind = text[number.end() : number.end() + 1]
    return behind in (",", ";", "、") or (behind == ")" and text[number.end() + 1 : number.end() + 2] not in ("", "\n"))  # （国发〔2019〕4号，以下简称……）


def _front_matter(text: str, found: list[Sentence]) -> int:
    """How many sentences a data base put in front between two lines of ---, with the quoted notes (>) behind them."""
    lines = [text[sentence.start : sentence.end] for sentence in found[:80]]
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        return 0
    end = lines.index("---", 1) + 1
    while end < len(lines) and not (lines[end].startswith("#") or (found[end].paragraph > found[end - 1].paragraph and not lines[end].startswith((">", "&")))):
        end += 1
    return end


def _begins_body(text: str, found: list[Sentence], i: int, line: str, titled: bool) -> bool:
    sentence = found[i]
    if titled and (_TASKED.search(line) or _FIELD.match(line) or ("。" in line[:-1] and not is_record_line(line))):
        return True
    if titled and ("\t" in (text[sentence.start - 1 : sentence.start], text[sentence.end : sentence.end + 1]) or "|" in (text[max(0, sentence.start - 2) : sentence.start].strip(), text[sentence.end : sentence.end + 2].strip())):
        return True
    if not sentence.last or (line[-1] in _ENDS_SENTENCE and len(line) > 6 and not is_record_line(line) and not _is_title_question(line, i)):
        return True
    if NUMBER.match(text, sentence.start) and not DOCUMENT_NUMBER.match(line):
        return not line.startswith("(") or titled
    return len(line) > 120 and not line.endswith(":")


def _is_title_question(line: str, i: int) -> bool:
    return i == 0 and line.endswith("?") and len(line) <= 30


def _may_be_title(line: str, title: list[int], text: str, found: list[Sentence]) -> bool:
    """A line of the title: nothing before it was complete, or it goes on where the line before broke off."""
    if not re.search(r"[\u4e00-\u9fff]{2}", line) or len(line) > 80:
        return False
    if not title:
        return True
    said = _said(text, found, title)
    return len(title) < 4 and (not is_title(said) or (is_title(line) and said not in line))


def _is_sheet_name(said: str, line: str) -> bool:
    """True for 产业 above 石桥市重点任务台账: the name of a sheet over a title that is whole without it."""
    return len(said) <= _SHEET_NAME and not is_title(said) and not SIGNATURE.fullmatch(said) and is_title(line) and _OPENS_WHOLE.match(line) is not None


def _said(text: str, found: list[Sentence], title: list[int]) -> str:
    return "".join(closed_up(text[found[i].start : found[i].end]) for i in title)


def _kind(text: str, found: list[Sentence], title: list[int]) -> Kind:
    if re.search(r"向大会(?:作|报告|提出)[^。]{0,12}(?:报告|工作)|报告(?:政府)?工作,请", text[:1500]):
        return "report"
    lines = [DOCUMENT_NUMBER.sub("", closed_up(text[found[i].start : found[i].end])).strip() for i in title]
    named = "".join(lines)
    for name, pattern in _KINDS:
        if any(pattern.search(line) for line in lines) or pattern.search(named):
            return name
    start = text[:1500]
    if re.search(r"会议[^。]{0,20}纪要如下[:。]", text[:400]):
        return "minutes"
    if re.search(r"各位代表[:!,].{0,60}报告工作|向大会(?:作政府工作)?报告", start, re.DOTALL) or "工作回顾" in text[:3000]:
        return "report"
    if len(re.findall(r"会议(?:指出|强调|要求|认为)", text[:20000])) >= 2 or re.search(r"召开.{0,30}会议", start[:300]):
        return "meeting"
    if re.search(r"印发《[^》]{4,60}(?:意见|方案|计划|规划|办法|措施|通知)》|》(?:主要内容|全文)如下", text[:1200]):
        return "directive"
    if re.search(r"本报讯|\((?:本报|全媒体|首席)?记者|[\u4e00-\u9fff]{2,6}(?:日报|晚报)", start[:400]):
        return "news"
    speakers = len(re.findall(r"(?:书记|局长|主任|[区县市镇]长|董事长|负责人)[^,。]{0,8}(?:表示|说|介绍)[,:]", text[:20000]))
    if speakers >= 2:
        return "news"
    for name, pattern in _KINDS:
        if name in ("outline", "minutes", "report", "regulation", "directive") and pattern is not TELLS_RESULTS and re.search(pattern.pattern.replace("$", r"(?=\n)"), text[:400]):
            return name
    if re.search(r"印发给你们|通知如下[:。]|(?:特|现)?(?:制定|提出)(?:本|以下|如下)|经.{0,12}同意,现", text[:3000]):
        return "directive"
    if re.search(r"\n一、", text) and re.search(r"责任单位|牵头单位|目标任务", text):
        return "directive"
    return "other"
