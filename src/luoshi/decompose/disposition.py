"""One disposition for every sentence: requirement, pledge, context, record, heading or unread.

The order of the questions is the rule: first what the form says (chrome, head, heading), then who speaks, then the mood of
the sentence within the regime of its section.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from luoshi.decompose import items as making
from luoshi.decompose import mood
from luoshi.decompose.head import Head
from luoshi.decompose.model import Disposition
from luoshi.decompose.named_units import unit_list
from luoshi.decompose.outline import ANSWERS, SIGNATURE, Structure
from luoshi.decompose.paragraphs import NUMBER, Sentence
from luoshi.decompose.regimes import Regime, regimes, root_regime
from luoshi.decompose.responsibilities import Answer
from luoshi.decompose.rules import moods
from luoshi.decompose.rules.cues import ANY, cue
from luoshi.decompose.rules.decisions import DECIDES_CUE, decision
from luoshi.decompose.rules.records import LICENCE, is_meeting_record, is_record_line, tells_who
from luoshi.decompose.speakers import Speech, crowd_speaks, goes_on, introduced, speaker_in, unit_saying
from luoshi.decompose.tables import Column, Grid
from luoshi.text import labels

_TURN_PLAN = re.compile(
    r"(?:今年|明年|新的一年|下一步|今后|20\d\d年|未来五年|“?十[四五六]五”?)[^。]{0,24}(?:总体?的?要求|总体思路|主要(?:预期)?目标|工作(?:的)?(?:重点|任务|要求|思路)|必须|(?<![重主需])要(?![求点])|建议|预期目标)|(?:重点|着力|突出)(?:做好|抓好)[^。]{0,12}(?:工作|方面)|做好[^。]{0,20}工作,(?:必须|要)"
)
_PLAN_BEGINS = re.compile(r"(?:今年|新的一年|明年|20\d\d年|做好)[^。]{0,40}(?:总体?的?要求|总体思路|预期目标|目标任务)(?:是|为|:)|^重点(?:做好|抓好|推进)(?:以下)?[一二三四五六七八九十\d]+(?:个|项|方面)")
_ACHIEVED = re.compile(r"(?:完成|实现)了?[^,。;]{0,40}(?:确定|提出|下达|部署|安排)的[^,。;]{0,16}(?:目标|任务)")
_TURN_REVIEW = re.compile(r"(?:^|,)(?:过去(?:的)?(?:一年|五年)|一年来|五年来|回顾(?:过去|一年|五年)|刚刚过去的)|工作回顾")
_TURN_NEXT = re.compile(r"(?:^|,)(?:下一?步|下一?阶段|下半年|明年|来年|今后|接下来|新的一年)(?:工作)?(?:,|:|[^,。]{0,30}(?:将|要(?!求)|拟|计划|继续|重点|打算|进一步))|^(?:针对[^,。]{2,20},|为[^,。]{2,40},|对此,)?请?各[^,。]{0,20}要(?!求)")
_TURN_PLAN_CUE = cue(_TURN_PLAN, "要 要求 体思 主要 预期 期目 工作 方面 必须 建议")
_PLAN_BEGINS_CUE = cue(_PLAN_BEGINS, "要求 体思 期目 标任 点做 点抓 点推")
_TURN_REVIEW_CUE = cue(_TURN_REVIEW, "过去 年来 回顾")
_DEBRIS = re.compile(r"[\ufffd\ue000-\uf8ff\u0000-\u0008]")
_COMMITS = re.compile(r"(?<![即必])将(?!来)|计划|拟(?!定)|正在|争取|继续|予以(?:重点)?支持|抓紧|尽快|统筹(?:考虑|安排)|力争|则可|可相应考虑")
_WE = re.compile(r"我们|我[部委局厅办院行会署]|该[部委局厅办院行会署]")
_ASKS = re.compile(r"^(?:你[省市区部们]|[^,。]{2,10}(?:省|市|自治区))[^,。]{0,12}(?:请求|建议|希望|反映|提出)")
_EXPLAINS = re.compile(r"(?:解读|图解|一图读懂|问答)(?:材料|文本)?$")
"""政策解读: tells what another document sets."""


@dataclass(slots=True)
class Judgement:
    """Disposition of every sentence, the unit that speaks it, whether it commands (要, 必须, 不得), how long 一是, 会议指出 is before its first word, which a meeting decided, and which head what follows in their paragraph."""

    dispositions: list[Disposition]
    speakers: list[Speech | None]
    commanded: list[bool]
    lead_ins: list[int]
    decided: set[int]
    heads_parts: set[int]


_QUOTES_UPPER = re.compile(r"(?:《[^》]+》|党的[^,。]{2,10}(?:报告|全会|大会)|中央[^,。]{0,14}会议|(?:习近平)?总书记|党中央)[^,。]{0,40}(?:提出|要求|指出|强调|明确)")
_UNIT_WILL = re.compile(r"(?:[^,。]{2,24},){0,3}(?:下一步|接下来)?(?P<unit>[\u4e00-\u9fff]{1,12}?(?:部门|机关|局|委|办|厅|署|院|银行|区|县|市|镇|街道|公司|集团|中心|医院|学校|党支部|党委))(?:还|也|今年)?将")
_DEMANDS_OF_OTHERS = re.compile(r"(?:强调|要求)[,:“][^。]{0,30}(?:各[级县市区部单乡]|全[市省县区])[^。]{0,24}要|^(?:各级|各县|各区|各部门|各单位|全市上下)[^,。]{0,24}要")
_TELLS_STATE = re.compile("(?:整改|办理|落实|工作)?(?:进展|完成|办理|整改)(?:情况)?:|(?:具体|问题)表现:|存在(?:的)?问题:|(?:" + labels.WHAT + "):")
_LEADS_ON = re.compile("(?:会议|研究,?)(?:原则)?(?:议定|决定|明确|商定)[^,。;]{0,8}(?:事项|如下|意见):")
_ADDRESSES = re.compile("[^。;:要如样做抓有明定]{2,120}:")
_AGREED = re.compile(r"会议[^,。;:]{0,8}(?:议定|商定|决定|明确|要求)[^,。;:]{0,12}:\Z|^(?:整改|办理|督办|交办|具体)(?:要求|措施):\Z")
"""会议议定：1.…2.…: what is numbered below it was agreed."""
_ANNOUNCES = re.compile(
    r"(?:通知|要求|安排|部署|分工|分解|规定|议定|决定)(?:事项|意见)?如下:\Z|(?:议定|商定|决定|明确|要求)(?:了?(?:以下|下列|如下))?[^,。;:]{0,6}(?:事项|意见):\Z"
    r"|(?:抓好|做好|落实|完成|推进|办理)[^,。;:]{0,12}(?:以下|下列|如下)[^,。;:]{0,12}:\Z"
)
"""经研究，议定如下事项：…, 请抓好以下工作：…: what stands below it is to be done, numbered or not."""
_DEMANDS_BEHIND = re.compile(r"会议(?:传达|听取|审议|研究|学习)[^。]{2,120}[,;](?:并)?(?:要求|责成|明确|决定)[^,。]{2,40}(?:完成|修改|印发|落实|推进|整改|制定|抓|报|开展|做好)")
"""会议听取了县水利局汇报，要求县水利局5月底前完成整改: the second half is what binds."""
_DEMANDS_BEHIND_CUE = cue(_DEMANDS_BEHIND, "要求 责成 明确 决定")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CASES_FOLLOW = re.compile(r"(?:下列|以下|如下)[^,。:]{0,16}(?:之一|的单位|的个人|的,)")
_CASES_FOLLOW_CUE = cue(_CASES_FOLLOW, "下列 以下 如下")
_CASE = re.compile(r"[(]?[一二三四五六七八九十\d]{1,3}[)、.] ?(?:[^。]{2,160}的[;。]|[^,。]{0,24}其他[^,。]{2,12}。)")
"""(1)挪用款物的; a case of what was named before the list, and no task."""

_GRADES = re.compile(r"(?:为|属于|启动|构成|视为)[^,。:要]{1,20}:\Z")
"""有下列情况之一的，为Ⅰ级响应：(1)某流域发生特大洪水; what a grade is, and which cases are of it."""


def judge(text: str, found: list[Sentence], cues: list[int], structure: Structure, head: Head, grids: list[Grid]) -> Judgement:
    """Judge every sentence in the order of the text; the state that is carried is the speaker and, in reports, the regime.

    ``cues`` are those that each sentence holds.
    """
    judge_ = _Judge(text, found, cues, structure, head, grids)
    judged = Judgement([], [], [False] * len(found), [0] * len(found), set(), set())
    for i, sentence in enumerate(found):
        disposition, speech = judge_.take(i, sentence)
        judged.dispositions.append(disposition)
        judged.speakers.append(speech)
        if disposition in ("requirement", "pledge"):
            _note_wording(judged, i, text[sentence.start : sentence.end], cues[i], judge_.lead_in)
            if judge_.decided:
                judged.decided.add(i)
    return judged


def _note_wording(judged: Judgement, i: int, line: str, cues: int, lead_in: int | None = None) -> None:
    judged.lead_ins[i] = moods.lead_in_length(line, cues) if lead_in is None else lead_in
    judged.commanded[i] = cues & moods.MUST_CUE != 0 and moods.MUST.search(line) is not None


class _Judge:
    def __init__(self, text: str, found: list[Sentence], cues: list[int], structure: Structure, head: Head, grids: list[Grid]) -> None:
        self.text = text
        self.cues = cues
        self.debris = _DEBRIS.search(text) is not None
        self.quotes = head.kind in ("news", "other", "letter")
        self.orders = head.kind in ("directive", "minutes")
        self.decides = head.kind in ("minutes", "meeting")
        self.spoken = head.kind in ("report", "outline", "other")
        self.found = found
        self.structure = structure
        self.head = head
        self.regime_of = regimes(text, structure, "report" if head.results else head.kind)
        self.explains = bool(head.title) and _EXPLAINS.search(text[found[head.title[0]].start : found[head.title[-1]].end]) is not None
        self.results = head.results
        self.turned: Regime | None = None
        self.turned_at: int | None = None
        self.turned_depth = 0
        self.speech: Speech | None = None
        self.speech_paragraph = -1
        self.section: int | None = None
        self.in_cases = self.lists_cases = False
        self.agreed = self.announced = False
        self.page_tail = False
        self.decided = False
        self.lead_in: int | None = None  # of the sentence that was taken last, where its mood was asked
        self.next_of = {s.start: n for s, n in pairwise(found) if s.paragraph == n.paragraph} if head.kind == "news" else {}
        self.blocks_start = {s.paragraph: s.start for s in found if s.first}
        self.cells: dict[int, Column | None] = {}
        self.in_head: dict[int, Disposition] = dict.fromkeys(head.title, "heading")
        self.in_head.update(dict.fromkeys(head.records, "record"))
        self.tabular = bool(grids) or "\t" in text
        for grid in grids:
            for row in grid.rows:
                self.cells |= row.roles()

    def take(self, i: int, sentence: Sentence) -> tuple[Disposition, Speech | None]:
        """Disposition of sentence ``i`` and its speaker."""
        line = self.text[sentence.start : sentence.end]
        self.lead_in = None
        self.decided = False
        section = self.structure.section_of[i]
        if section != self.section:
            self.section = section
            if section is not None and self.regime_of[section] != "mixed":
                self.turned = "plan" if self.regime_of[section] == "plan" else None
            elif self.results and section is not None and self.structure.sections[section].level <= self.turned_depth:
                self.turned = None
        self.in_cases = self._in_cases(i, line)
        if line[-1] == ":":
            self.lists_cases = self.in_cases and not _CASE.fullmatch(line)
            if self.lists_cases and _GRADES.search(line) and not mood.commanded(line):
                return "context", None
        elif self.lists_cases and sentence.first:
            self.lists_cases = NUMBER.match(line) is not None
            if self.lists_cases and not mood.commanded(line):
                return "context", None
        if sentence.first and self.agreed:
            self.agreed = i not in self.structure.headings and (self.announced or NUMBER.match(line) is not None)
        if line[-1] == ":":
            self.announced = self.orders and i not in self.structure.headings and _ANNOUNCES.search(line) is not None
            self.agreed = self.agreed or self.announced or _AGREED.search(line) is not None
        by_form = "context" if self.in_cases and _CASE.fullmatch(line) else self._by_form(i, sentence, line)
        if by_form is not None:
            if by_form == "heading":
                self.speech = None
            return by_form, None
        if self.quotes:
            spoken = self._by_speaker(sentence, line)
            if spoken is not None:
                return spoken
        return self._by_mood(i, sentence, line), None

    def _in_cases(self, i: int, line: str) -> bool:
        """True from 有下列行为之一的 to the last case that it announces."""
        if self.in_cases and _CASE.fullmatch(line):
            return True
        return self.cues[i] & _CASES_FOLLOW_CUE != 0 and _CASES_FOLLOW.search(line) is not None

    def _by_form(self, i: int, sentence: Sentence, line: str) -> Disposition | None:
        if self.tabular:
            in_cell = self._in_cell(sentence, line)
            if in_cell is not None:
                return in_cell
        self.page_tail = self.page_tail or (sentence.first and LICENCE.match(line) is not None)
        if self.page_tail:
            return "record"
        if i in self.in_head:
            return self.in_head[i]
        if self.debris and len(_DEBRIS.findall(line)) * 4 > len(line):
            return "unread"
        alone = sentence.first and sentence.last
        if alone and ANSWERS.match(line):
            return "requirement"
        if i in self.structure.attachments or ((alone or len(line) < 20) and is_record_line(line)):
            return "record"
        if tells_who(line, self.cues[i]) or (alone and self._signs(i, line)):
            return "record"
        if not "\u4e00" <= line[0] <= "\u9fff" and not _CHINESE.search(line):
            return "record"
        if i in self.structure.headings:
            return "heading"
        if sentence.first and _TELLS_STATE.match(line):
            return "requirement" if mood.expects(line) else "context"
        if line[-1] == ":" and (_LEADS_ON.search(line) or (alone and _ADDRESSES.fullmatch(line) and unit_list(self.text, sentence.start, sentence.end - 1))):
            return "record"
        if self.orders and self.cues[i] & _DEMANDS_BEHIND_CUE and _DEMANDS_BEHIND.search(line):
            return "requirement"
        if self.decides and self.cues[i] & DECIDES_CUE and (decided := decision(line)):
            self.lead_in = decided.begins
            self.decided = decided.binds
            return "requirement" if decided.binds else "record"
        if is_meeting_record(line, self.cues[i]) and not moods.MODAL.pattern.search(moods.strip_lead_in(line)):
            return "record"
        return None

    def _in_cell(self, sentence: Sentence, line: str) -> Disposition | None:
        """What a table cell says by its column; None for what stands in no table."""
        begins = self.blocks_start.get(sentence.paragraph, -1)
        if begins in self.cells:
            column = self.cells[begins]
            if column is None:
                return "heading"
            return "requirement" if column in ("task", "target", "criteria") and len(line) > 1 and _CHINESE.search(line) else "record"
        if self.text[sentence.start - 1 : sentence.start] == "\t" or self.text[sentence.end : sentence.end + 1] == "\t":
            says = len(line) > 8 and not unit_list(self.text, sentence.start, sentence.end) and len(_CHINESE.findall(line)) * 2 > len(line)
            return "requirement" if says and self.head.kind in ("table", "directive", "other") else "record"
        return None

    def _signs(self, i: int, line: str) -> bool:
        """True for a line that only names who issues: a date stands below it, or nothing does."""
        if len(line) > 40 or not SIGNATURE.fullmatch(line):
            return False
        following = self.text[self.found[i + 1].start : self.found[i + 1].end] if i + 1 < len(self.found) else ""
        return following == "" or is_record_line(following) or SIGNATURE.fullmatch(following) is not None

    # -- who speaks ---------------------------------------------------------------------------------------------

    def _by_speaker(self, sentence: Sentence, line: str) -> tuple[Disposition, Speech | None] | None:
        """Pledge or context where a unit speaks; None where nobody does."""
        letter = self.head.kind == "letter"
        if not letter and crowd_speaks(line):
            self.speech = None
            return "context", None
        named = unit_saying(self.text, sentence) if letter else speaker_in(self.text, sentence)
        if named is None and self.head.kind == "news":
            named = introduced(self.text, sentence)
            if named is None and sentence.first and line[0] == "“" and line[-1] == "”":
                said_by, only_says = self._attributed(sentence)
                if said_by is not None:
                    return ("pledge", said_by) if only_says and mood.pledges(line) else ("context", None)
            if _DEMANDS_OF_OTHERS.search(line):
                self.speech = None
                return None
        if named is not None:
            self.speech, self.speech_paragraph = named, sentence.paragraph
        elif self.speech is not None and not self._still_speaks(sentence, line):
            self.speech = None
        if letter:
            return self._in_letter(sentence, line)
        if self.speech is None and self.head.kind == "news":
            own = _UNIT_WILL.match(line)
            if own:
                self.speech = Speech(own["unit"], sentence.start + own.start("unit"), sentence.start + own.end("unit"))
                self.speech_paragraph = sentence.paragraph
                return "pledge", Speech(own["unit"], sentence.start + own.start("unit"), sentence.start + own.end("unit"))
        if self.speech is None:
            return ("context", None) if line[0] == "“" and self.head.kind == "news" else None
        return ("pledge", self.speech) if mood.pledges(line) else ("context", None)

    def _attributed(self, sentence: Sentence) -> tuple[Speech | None, bool]:
        """Who said it by the next sentence of the paragraph, which wins over the last speaker; and whether that one says no more."""
        if (following := self.next_of.get(sentence.start)) is None:
            return None, False
        said_by = speaker_in(self.text, following) or introduced(self.text, following)
        return said_by, self.text[following.end - 2 : following.end] in ("说。", "示。", "诺。", "道。", "绍。")

    def _still_speaks(self, sentence: Sentence, line: str) -> bool:
        if sentence.paragraph == self.speech_paragraph or goes_on(self.text, sentence):
            self.speech_paragraph = sentence.paragraph
            return True
        if self.head.kind == "letter":
            return not sentence.first
        if sentence.paragraph == self.speech_paragraph + 1 and sentence.first and line.startswith(("“", "同时", "下一步", "比如", "特别是", "此外")):
            self.speech_paragraph = sentence.paragraph
            return True
        return False

    def _in_letter(self, sentence: Sentence, line: str) -> tuple[Disposition, Speech | None] | None:
        if _ASKS.match(line):
            return "context", None
        if moods.DEMAND.pattern.search(line):
            return "requirement", None
        acts = re.search(r"(?P<unit>(?![年月日我该本])[\u4e00-\u9fff]{1,12}?(?:委|局|部|厅|办|署|有关部门))(?:等)?(?:会同[^,。]{2,40})?(?:还|也|正|在[^,。]{2,30})?(?:将|正在|正按|继续|着重)", line)
        speaks = self.speech or (Speech(acts["unit"], sentence.start + acts.start("unit"), sentence.start + acts.end("unit")) if acts else None)
        if _COMMITS.search(line) and (speaks is not None or _WE.search(line)):
            return "pledge", speaks
        if speaks is not None:
            return "context", None
        return None

    # -- what is said -------------------------------------------------------------------------------------------

    def _regime(self, i: int, line: str) -> Regime:
        if self.explains:
            return "analysis"
        if self.agreed:
            return "plan"
        section = self.structure.section_of[i]
        regime = self.regime_of[section] if section is not None else root_regime("report" if self.results else self.head.kind)
        if regime == "review" and self.head.kind in ("report", "other"):
            if self.cues[i] & _PLAN_BEGINS_CUE and _PLAN_BEGINS.search(line) and not _ACHIEVED.search(line):
                self.turned_at = section
            if self.turned_at is not None and section is not None and self._after_turn(section):
                return "plan"
        if self.results and regime == "mixed":
            return self._among_results(section, line)
        if regime == "mixed":
            if self.cues[i] & _TURN_PLAN_CUE and _TURN_PLAN.search(line) and not _ACHIEVED.search(line):
                self.turned = "plan"
            elif self.cues[i] & _TURN_REVIEW_CUE and _TURN_REVIEW.search(line):
                self.turned = "review"
            return self.turned or "neutral"
        if section is None and regime == "plan":
            return "neutral"
        return regime

    def _among_results(self, section: int | None, line: str) -> Regime:
        """Results until a sentence or a heading turns to what comes next; a sentence does so for the section that it stands in."""
        if self.turned is None and _TURN_NEXT.search(line):
            self.turned = "plan"
            self.turned_depth = 0 if section is None else self.structure.sections[section].level
        return self.turned or "results"

    def _after_turn(self, section: int) -> bool:
        """True for the section in which the plan began without a heading, and for those after it that announce no new review."""
        own = self.structure.sections[section]
        return section == self.turned_at or (section > (self.turned_at or 0) and (own.level > 1 or "回顾" not in self.text[own.title[0] : own.title[1]]))

    def _by_mood(self, i: int, sentence: Sentence, line: str) -> Disposition:
        regime = self._regime(i, line)
        if regime in ("review", "praise"):
            return "context"
        cues = self.cues[i]
        bare = moods.strip_lead_in(line, cues)
        self.lead_in = len(line) - len(bare)
        if not bare or mood.only_leads(bare):
            return "context"
        if (bare is not line and moods.ORDERED.match(line)) or (cues & moods.REQUIRES_CUE and moods.REQUIRES.match(line)):
            return "requirement"
        if cues & moods.SANCTION_CUES and (moods.SANCTION.search(bare) or moods.SUSPENDS.search(bare)):
            return "requirement"
        if cues & moods.UNUSUAL_CUES or "是否" in bare:
            said = mood.unusual(bare, cues)
            if said:
                return said
        if cues & moods.PURPOSE_CUE and moods.may_state_purpose(bare) and moods.PURPOSE.pattern.search(bare):
            return "requirement" if re.search(r"(?:力争|到)20\d\d年", bare) else "context"
        if self.structure.section_of[i] is None and _QUOTES_UPPER.match(bare):
            return "context"
        if regime == "analysis":
            return "requirement" if mood.commanded(bare) and not moods.PAST.pattern.search(bare) else "context"
        if regime == "results":
            return mood.in_results(bare)
        ordered = mood.without_cases(bare)
        if regime == "plan":
            return mood.in_plan(ordered, cues, spoken=self.spoken)
        if self.orders and making.office_acts(self.text, sentence.start + self.lead_in, sentence.end) and not moods.PAST.pattern.search(bare) and not mood.reports(bare):
            return "requirement"
        return mood.in_neutral(ordered, cues, orders=self.orders)


_BACKGROUND = re.compile(f"^(?:存在的?|反馈|主要)?问题(?:描述|表现|[一二三四五六七八九十\\d]+)?:|{moods.QUESTION.pattern.pattern}|^(?:{moods.PAST_OPENING.pattern})|是[^,。]{{0,40}}的(?:重要|必然|关键|根本|内在|必由|有效)[^,。]{{1,12}}。$|{moods.BUT_PROBLEM.pattern}")


def heed_answers(text: str, found: list[Sentence], judged: Judgement, answers: list[Answer]) -> None:
    """An office puts （市民政局牵头） behind tasks only: what was taken for background before such a bracket is a requirement."""
    previous, starts = 0, [sentence.start for sentence in found]
    for answer in sorted(answers, key=lambda a: a.start):
        last = bisect_right(starts, answer.start) - 1
        i = above = last
        while above > 0 and ANSWERS.match(text, found[above].start):
            above -= 1
        before = [above] if above < last and NUMBER.match(text, found[above].start) else []
        while i >= 0 and found[i].start >= previous and found[i].paragraph == found[last].paragraph:
            before.append(i)
            i -= 1
        for n in before:
            line = text[found[n].start : found[n].end]
            if judged.dispositions[n] == "context" and not _BACKGROUND.search(line):
                judged.dispositions[n] = "requirement"
                _note_wording(judged, n, line, ANY)
        previous = answer.end
