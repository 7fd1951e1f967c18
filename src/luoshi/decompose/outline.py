"""The outline: headings of any depth, and for every sentence the section it stands in.

A number's style decides its place: a style already open above closes back to it, a new one goes one level deeper. So
一、（一）第一，1. nest as they stand, whatever order the author chose.
"""

import re
from dataclasses import dataclass, field

from luoshi.decompose.cards import Cards
from luoshi.decompose.paragraphs import NUMBER, Sentence
from luoshi.decompose.rules import moods
from luoshi.decompose.rules.decisions import decision
from luoshi.text import labels

_MODAL = re.compile(r"^(?:[^,;:]{0,14}?(?<![需重主纪纲提概摘机首必])要(?![求点素件闻害领义道]|么)|必须|务必|应当?|不得|严禁)")
_DUTY = re.compile(r"[局委办厅部组会室院府](?:负责|牵头|统筹)(?!任|人)|[局委办厅部组会室院府位门关人员者](?:应(?![急用对])|必须|须(?!知)|不得|严禁)")
_SOMEBODY_ACTS = re.compile(
    r"(?:(?!加强|强化|推进|建立|完善|落实|健全|发挥|明确|组建|成立|优化|提高|提升|压实|严格|加快)[\u4e00-\u9fff]{0,10}?(?:政府|[局委办厅院]|中心|公司|学校|领导小组|指挥部)|各[\u4e00-\u9fff、()]{1,12}?(?:[县区市镇乡村校]|部门|单位|街道|社区))"
    r"(?:组织|召开|成立|负责|制定|开展|安排|建立|组建|牵头|督促|利用|加强|完善|落实|推进|统一|印发|会同)[^,]*,"
)
"""1.镇政府组织两辆宣传车，播放通告。每天…: a task that goes on, and no heading of what follows."""
_NO_HEADING_END = "。;,、:"
_BRIEF = 10
_BRIEF_DEMAND = re.compile("(?:务必|必须)[^,]+$")  # 务必高度重视。 before a paragraph is its heading
_KIND_WORD = re.compile(
    r"(?:意见|方案|通知|决定|办法|规定|细则|规划|纲要|计划|要点|报告|通报|公告|通告|批复|复函|函|答复|纪要|条例|决议|公报|清单|分工|措施|指引|标准|指南|讲话|提纲|任务书|责任书|台账|分解表?|主要指标|指标体系|一览表|指标表|细则表|安排|会议|精神|建议|倡议书|总结|实施|明细表|汇总表)"
    r"(?:\((?:试行|草案|修订|共计?\d{1,4}[项条件个款]|征求意见稿|摘要|暂行|[^()]{1,20}年[^()]{0,8}|代拟稿|送审稿|\d{4}[^()]*)\))?$"
)
_CLOSING = re.compile(r"(?:全会|会议|大会)(?:号召|还|同时)|让我们")
_ATTACHMENT = re.compile(r"附件\d{0,2}[一二三四五六七八九十]?[:：]?$|附件\d{1,2}$|附[:]$|附表\d{0,2}$|附录\d{0,2}$")
ANSWERS = re.compile(rf"[(【\[〔]?(?:{labels.WHO}) ?[:]|[(【\[〔]?(?:{labels.DUE})")
"""A line that says who answers for the item above it, or until when."""

MAIN = re.compile(r"^(?:(?:19|20)\d\d年|今年|明年|过去|“?十[一二三四五]五).{0,24}(?:回顾|总结|安排|任务|打算|部署|建议|重点|思路|工作|目标)$|^(?:全面)?(?:加强)?政府自身建设$")
"""A main heading without a number: 2026年工作安排, 过去五年工作回顾."""

_MONTH = re.compile(r"\d{1,2}月")
_FIRST = re.compile(r"\(?(?:一|1|第一)[、.),部章节]")
_LABELLED = re.compile("[\u4e00-\u9fff]{2,10}:")
_FIGURE = re.compile(r"\d(?:\.\d+)?(?:%|个|万|亿|户|家|项|人|公里|亩|分|元|次|套|天|日|所|场|处|座|条|台|辆|吨|平方|名|件|张|支|期|批|门|条|艘|岁|小时)")
_WHEN = re.compile(r"\([^()]{2,30}\)。$")
SIGNATURE = re.compile(r"[\u4e00-\u9fff ·、()]{2,36}(?:院|府|厅|室|委|局|部|会|办|署|行|社|组|公司|集团|中心|指挥部|人大|政协| 院)")
"""What only an office that issues a document can be called."""

_DATE_LINE = re.compile(r"[〇○零一二三四五六七八九\d]{4} ?年 ?[一二三四五六七八九十\d]{1,3} ?月(?: ?[一二三四五六七八九十\d]{1,3} ?日)?")
_NOT_A_TITLE = re.compile(r"[。;,:!?]")
_PLAIN_MAX = 32


@dataclass(slots=True)
class Heading:
    """A section in the making; positions are those of the view."""

    index: int
    number: str
    title: tuple[int, int]
    style: str
    level: int
    start: int
    end: int
    parent: int | None
    head_end: int
    sentence: int
    is_heading: bool
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    """Sections, the section of every sentence, and which sentences are headings."""

    sections: list[Heading]
    section_of: list[int | None]
    headings: set[int]
    attachments: set[int] = field(default_factory=set)
    """The lines of a list of attachments: 附件：1.任务清单, 2.联系人名单."""


def outline(text: str, blocks: list[tuple[int, int]], found: list[Sentence], body: int, cards: Cards, *, cells: frozenset[int] = frozenset(), table: bool = False) -> Structure:
    """Sections over ``found``; sentences before index ``body`` are the head of the document and stand in none.

    ``cells`` are the places where cells of tables begin: they open no section. ``table`` says that the whole document is a table
    flattened to text: its short lines are cells, and few of them head anything.
    """
    numbered = any(NUMBER.match(text, s.start) for s in found if s.first)
    builder = _Builder(text, blocks, found, numbered, cards, table)
    for i in range(body, len(found)):
        if found[i].start in cells:
            builder.pass_by()
        else:
            builder.take(i)
    builder.close(0, len(text))
    head: list[int | None] = [None] * body
    return Structure(builder.sections, head + builder.section_of, builder.headings, builder.attachments)


_ATTACHMENTS_BEGIN = re.compile(r"附(?:件|表)[:：] ?1[.、]")
_ATTACHMENTS_GO_ON = re.compile(r"\d{1,2}[.、] ?[^。;,]{2,60}$")


def _lists_attachments(line: str, before: bool) -> bool:
    """True for a line of a list of attachments; ``before`` says that the line above is one."""
    return _ATTACHMENTS_BEGIN.match(line) is not None or (before and _ATTACHMENTS_GO_ON.match(line) is not None)


class _Builder:
    """Walks the sentences once and keeps the stack of open sections."""

    def __init__(self, text: str, blocks: list[tuple[int, int]], found: list[Sentence], numbered: bool, cards: Cards, table: bool) -> None:
        self.text = text
        self.blocks = blocks
        self.found = found
        self.numbered = numbered
        self.cards = cards
        self.table = table
        self.sections: list[Heading] = []
        self.section_of: list[int | None] = []
        self.headings: set[int] = set()
        self.attachments: set[int] = set()
        self.in_attachments = False
        self.stack: list[Heading] = []
        self.latest: dict[tuple[int | None, str], Heading] = {}

    def take(self, i: int) -> None:
        """Place sentence ``i``: it opens a section, closes some, or stands in the open one."""
        sentence = self.found[i]
        if sentence.first:
            number = NUMBER.match(self.text, sentence.start, sentence.end)
            self.in_attachments = _lists_attachments(self.text[sentence.start : sentence.end], self.in_attachments)
            if self.in_attachments:
                self.attachments.add(i)
            elif number is not None and _is_list_number(self.text, number, sentence):
                self._numbered(i, number)
            elif _ATTACHMENT.match(self.text[sentence.start : sentence.end]):
                self.close(0, sentence.start)
                self._open(i, "", (sentence.start, sentence.end), "attachment", sentence.end, True)
            elif i in self.cards.over:
                self.headings.add(i)
            elif i not in self.cards.labels and not ANSWERS.match(self.text, sentence.start) and self._is_plain_heading(i):
                self._plain(i)
            elif _CLOSING.match(self.text, sentence.start, sentence.end):
                self.close(1 if self.text.startswith(("全会还", "会议还"), sentence.start) else 0, sentence.start)
        self.section_of.append(self.stack[-1].index if self.stack else None)

    def pass_by(self) -> None:
        """Place a sentence that opens and closes nothing."""
        self.section_of.append(self.stack[-1].index if self.stack else None)

    def close(self, depth: int, at: int) -> None:
        """Close sections until ``depth`` are open."""
        while len(self.stack) > depth:
            self.stack.pop().end = at

    def _numbered(self, i: int, number: re.Match[str]) -> None:
        sentence = self.found[i]
        style = str(number.lastgroup)
        if _FIRST.match(number[0]) and self.stack and self.stack[-1].style == "plain":
            self._raise_plain(style)
        depth = next((d for d, h in enumerate(self.stack) if h.style == style), None)
        if depth is None and style in ("chapter", "part"):
            depth = 0
        if depth is None and style == "cn":
            depth = next((d for d, h in enumerate(self.stack) if h.style not in ("chapter", "part", "attachment", "article", "plain")), len(self.stack))
        if depth is None:
            depth = len(self.stack)
        self.close(depth, sentence.start)
        title, head_end, is_heading = self._numbered_title(i, sentence, number)
        self._open(i, self.text[number.start() : number.end()], title, style, head_end, is_heading)

    def _raise_plain(self, style: str) -> None:
        """A heading without a number under which numbers begin again stands above them: 2024年工作安排 over a new 一、."""
        plain = self.stack[-1]
        depth = next((d for d, h in enumerate(self.stack[:-1]) if h.style == style), None)
        if depth is None:
            return
        if depth and self.stack[depth - 1].style == "plain":
            depth -= 1
        old = plain.parent
        self.stack.pop()
        self.close(depth, plain.start)
        parent = self.stack[-1].index if self.stack else None
        if old is not None and plain.index in self.sections[old].children:
            self.sections[old].children.remove(plain.index)
        if parent is not None:
            self.sections[parent].children.append(plain.index)
        plain.parent, plain.level = parent, len(self.stack) + 1
        self.stack.append(plain)

    def _numbered_title(self, i: int, sentence: Sentence, number: re.Match[str]) -> tuple[tuple[int, int], int, bool]:
        """Title span, where the heading ends, and whether the sentence is a heading and nothing else."""
        start = number.end()
        while start < sentence.end and self.text[start] == " ":
            start += 1
        body = self.text[start : sentence.end]
        length = len(body)
        if number.lastgroup == "article":
            bracket = re.match(r"[(【]([^)】]{2,24})[)】]", body)
            if sentence.last and not bracket and 2 <= length <= 20 and not _NOT_A_TITLE.search(body):
                return (start, sentence.end), sentence.end, True
            title = (start + 1, start + 1 + len(bracket.group(1))) if bracket else (start, start)
            return title, number.end(), False
        if i in self.cards.heads:
            return (start, sentence.end - (body[-1:] in "。;:")), sentence.end, True
        answered = i + 1 < len(self.found) and ANSWERS.match(self.text, self.found[i + 1].start) is not None and not self._heads_something(i, str(number.lastgroup))
        if sentence.last and body[-1:] not in _NO_HEADING_END + "!?" and length <= 60 and "。" not in body and not answered:
            task = ("," in body and (_MODAL.match(body) or self.table)) or (self.table and _FIGURE.search(body) is not None and moods.opens_with_act(body))
            return (start, sentence.end), sentence.end, not task
        ends = body[-1:] == "。" and not ((decided := decision(body)) and decided.binds) and not _FIGURE.search(_WHEN.sub("", body)) and not ("," in body and self._lists_tasks(str(number.lastgroup)))
        if ends and length <= 46 and (not _MODAL.match(body) or (not sentence.last and length <= _BRIEF and _BRIEF_DEMAND.match(body))) and not _DUTY.search(body) and not _SOMEBODY_ACTS.match(body) and not (not sentence.last and self._is_answered(i, str(number.lastgroup))) and (not sentence.last or self._heads_something(i, str(number.lastgroup))):
            return (start, sentence.end - 1), sentence.end, True
        if sentence.last and body[-1:] in ":;" and length <= 30:
            return (start, sentence.end - 1), sentence.end, body[-1:] == ":"
        clause = re.match(r"[^,;:。!?]{2,60}", body)
        title_end = start + (clause.end() if clause else 0)
        return (start, title_end), title_end, False

    def _heads_something(self, i: int, style: str) -> bool:
        """True where the next paragraph is no sibling: a numbered sentence alone heads it, in a list it does not. Lines of units between the two do not count."""
        below = i + 1
        while below < len(self.found) and ANSWERS.match(self.text, self.found[below].start):
            below += 1
        if below == len(self.found):
            return False
        following = NUMBER.match(self.text, self.found[below].start)
        if below > i + 1 and (following is not None or self.text[self.found[below].end - 1] != "。" or _LABELLED.match(self.text, self.found[below].start)):
            return False
        if following is None or following.lastgroup != style:
            sibling = self.latest.get((self.stack[-1].index if self.stack else None, style))
            return sibling is None or sibling.is_heading
        return False

    def _is_answered(self, i: int, style: str) -> bool:
        """True for 3.清理河道。牵头单位：县水利局。 which has nothing numbered below it: a task, and no heading."""
        below = i + 1
        while below < len(self.found) and ANSWERS.match(self.text, self.found[below].start):
            below += 1
        if below == i + 1:
            return False
        following = NUMBER.match(self.text, self.found[below].start) if below < len(self.found) else None
        return following is None or following.lastgroup == style or any(known == following.lastgroup for _parent, known in self.latest)

    def _lists_tasks(self, style: str) -> bool:
        """True where the numbers before this one begin tasks, and none is a heading: in such a list two clauses are one task more."""
        parent = self.stack[-1].index if self.stack else None
        before = [one for one in self.sections if one.parent == parent and one.style == style] if (parent, style) in self.latest else []
        return bool(before) and not any(one.is_heading for one in before)

    def _is_plain_heading(self, i: int) -> bool:
        """A short line of its own without a number that heads what follows."""
        sentence = self.found[i]
        if not sentence.last:
            return False
        line = self.text[sentence.start : sentence.end]
        if is_title(line) and len(line) <= 64:
            return i + 1 < len(self.found)
        if not 2 <= len(line) <= _PLAIN_MAX or "。" in line or (line[-1] in "。;,、!”)》…" and not line.endswith("”")):
            return False
        if not re.search(r"[\u4e00-\u9fff]{2}", line) or i + 1 >= len(self.found) or _CLOSING.match(line):
            return False
        if line[-1] == ":" or self._signs(i, line):
            return False
        if line[0] == "(" or (self.table and ("," in line or moods.opens_with_act(line))):
            return False
        before = self.text[self.found[i - 1].end - 1] if i else "。"
        if before not in "。!?:;…”)》】" and i - 1 not in self.headings and self.found[i - 1].end - self.found[i - 1].start > _PLAIN_MAX:
            return False
        following = self.found[i + 1]
        # A heading stands over text: the next paragraph is longer, or itself a heading.
        begin, end = self.blocks[following.paragraph]
        return end - begin > len(line) or NUMBER.match(self.text, following.start) is not None or following.last

    def _signs(self, i: int, line: str) -> bool:
        """True for an office that signs: the date stands below it, or another office that signs."""
        following = self.text[self.found[i + 1].start : self.found[i + 1].end]
        return SIGNATURE.fullmatch(line) is not None and (_DATE_LINE.fullmatch(following) is not None or SIGNATURE.fullmatch(following) is not None)

    def _plain(self, i: int) -> None:
        sentence = self.found[i]
        if MAIN.search(self.text[sentence.start : sentence.end]):
            self.close(0, sentence.start)
        elif self.numbered:
            while self.stack and self.stack[-1].style == "plain":
                self.close(len(self.stack) - 1, sentence.start)
        else:
            self.close(0, sentence.start)
        self._open(i, "", (sentence.start, sentence.end), "plain", sentence.end, True)

    def _open(self, i: int, number: str, title: tuple[int, int], style: str, head_end: int, is_heading: bool) -> None:
        sentence = self.found[i]
        parent = self.stack[-1].index if self.stack else None
        heading = Heading(
            len(self.sections), number, title, style, len(self.stack) + 1, sentence.start, sentence.end, parent, head_end, i, is_heading
        )
        self.sections.append(heading)
        self.latest[parent, style] = heading
        if parent is not None:
            self.sections[parent].children.append(heading.index)
        self.stack.append(heading)
        if is_heading:
            self.headings.add(i)


def _is_list_number(text: str, number: re.Match[str], sentence: Sentence) -> bool:
    """False for a number that belongs to the text: 1. 5 亿, 三、四线."""
    after = text[number.end() : number.end() + 2].lstrip()
    if not after:
        return number.lastgroup in ("article", "chapter", "part")
    if number.lastgroup in ("digit", "dotted"):
        if after[0].isdigit():
            return _MONTH.match(text, number.end()) is not None  # 2.6月底前完成登记
        return (number[0][-1] == "、" or after[0] not in "%万亿年月日℃.-~至") and sentence.end - number.end() >= 2
    return True


_SPREAD = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){4,}(?![\u4e00-\u9fff])")


def closed_up(line: str) -> str:
    """A line without the spaces between characters that are spread over its width, 几 个 问 题 的 通 知; fewer than five may be a person's name."""
    return _SPREAD.sub(lambda found: re.sub(r"[ \u3000]+", "", found[0]), line)


def is_title(line: str) -> bool:
    """True for a line that ends in the name of a kind of document: …的通知, …实施方案（试行）."""
    return _KIND_WORD.search(line) is not None
