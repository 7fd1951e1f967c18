"""One disposition for every sentence: requirement, pledge, context, record, heading or unread.

The order of the questions is the rule: first what the form says (chrome, head, heading), then who speaks, then the mood of
the sentence within the regime of its section.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from luoshi.decompose.head import Head
from luoshi.decompose.model import Disposition
from luoshi.decompose.outline import ANSWERS, Structure
from luoshi.decompose.paragraphs import Sentence
from luoshi.decompose.regimes import Regime, regimes, root_regime
from luoshi.decompose.responsibilities import Answer, unit_list
from luoshi.decompose.rules import moods
from luoshi.decompose.rules.cues import ANY, cue
from luoshi.decompose.rules.records import LICENCE, is_meeting_record, is_record_line
from luoshi.decompose.speakers import Speech, goes_on, introduced, speaker_in, unit_saying
from luoshi.decompose.tables import Column, Grid

_TURN_PLAN = re.compile(
    r"(?:今年|明年|新的一年|下一步|今后|20\d\d年|未来五年|“?十[四五六]五”?)[^。]{0,24}(?:总体?的?要求|总体思路|主要(?:预期)?目标|工作(?:的)?(?:重点|任务|要求|思路)|必须|(?<![重主需])要(?![求点])|建议|预期目标)|(?:重点|着力|突出)(?:做好|抓好)[^。]{0,12}(?:工作|方面)|做好[^。]{0,20}工作,(?:必须|要)"
)
_PLAN_BEGINS = re.compile(r"(?:今年|新的一年|明年|20\d\d年|做好)[^。]{0,40}(?:总体?的?要求|总体思路|预期目标|目标任务)(?:是|为|:)|^重点(?:做好|抓好|推进)(?:以下)?[一二三四五六七八九十\d]+(?:个|项|方面)")
_TURN_REVIEW = re.compile(r"(?:^|,)(?:过去(?:的)?(?:一年|五年)|一年来|五年来|回顾(?:过去|一年|五年)|刚刚过去的)|工作回顾")
_TURN_PLAN_CUE = cue(_TURN_PLAN, "要 要求 体思 主要 预期 期目 工作 方面 必须 建议")
_PLAN_BEGINS_CUE = cue(_PLAN_BEGINS, "要求 体思 期目 标任 点做 点抓 点推")
_TURN_REVIEW_CUE = cue(_TURN_REVIEW, "过去 年来 回顾")
_DEBRIS = re.compile(r"[\ufffd\ue000-\uf8ff\u0000-\u0008]")
_COMMITS = re.compile(r"(?<![即必])将(?!来)|计划|拟(?!定)|正在|争取|继续|予以(?:重点)?支持|抓紧|尽快|统筹(?:考虑|安排)|力争|则可|可相应考虑")
_PROMISED_BY = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末|份)?前|年(?:内|底前)|今年[^。]{0,20}\d")
_DUE = re.compile(r"(?:\d日|月底|年底|月末|季度末|\d月)之?前[^。]{0,24}(?:达到|完成|全部|实现|清零|新增|建成|改造|更新|到位|整改|办结|投[产用入]|开工|竣工|销号)")
_WE = re.compile(r"我们|我[部委局厅办院行会署]|该[部委局厅办院行会署]")
_ASKS = re.compile(r"^(?:你[省市区部们]|[^,。]{2,10}(?:省|市|自治区))[^,。]{0,12}(?:请求|建议|希望|反映|提出)")
_FEELS = re.compile(r"收获|感悟|体会|受益|解渴|振奋|启发|有助于|信心|必要性|意义|很受|让人|让我|豁然|深受|印象|感受|明确了|坚定了|增强了对|学到|目的(?:在于|是)|必然要求|课堂|授课")
_BY_WHEN = re.compile(r"^[到于在]?(?:20\d\d年|今年|明年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?底|末|[上中下]旬|[一二三四]季度|上半年|下半年)?(?:之?前|以前|内),?")
_WITHIN = re.compile(r"\d{1,3}个?(?:工作日|日|天|小时|月)(?:之内|以内|内)(?![^,。]{0,12}[涨跌增减])|(?:\d{1,2}月底|年底|\d{1,2}日)前(?=[^,。]*[\u4e00-\u9fff])(?!夕|后)")
_COMMENT = re.compile(r"^(?:这(?:是|一|些|次|个|种)|他|她|其中|目前|当前|同时也|事实|可以说|正是)")


@dataclass(slots=True)
class Judgement:
    """Disposition of every sentence, the unit that speaks it, whether it commands (要, 必须, 不得), and how long 一是, 会议指出 is before its first word."""

    dispositions: list[Disposition]
    speakers: list[Speech | None]
    commanded: list[bool]
    lead_ins: list[int]


_QUOTES_UPPER = re.compile(r"(?:《[^》]+》|党的[^,。]{2,10}(?:报告|全会|大会)|中央[^,。]{0,14}会议|(?:习近平)?总书记|党中央)[^,。]{0,40}(?:提出|要求|指出|强调|明确)")
_UNIT_WILL = re.compile(r"(?:[^,。]{2,24},){0,3}(?P<unit>[\u4e00-\u9fff]{1,12}?(?:部门|局|委|办|区|县|市|镇|公司|集团|中心|医院|学校))(?:还|也|今年)?将")
_DEMANDS_OF_OTHERS = re.compile(r"(?:强调|要求)[,:“][^。]{0,30}(?:各[级县市区部单乡]|全[市省县区])[^。]{0,24}要|^(?:各级|各县|各区|各部门|各单位|全市上下)[^,。]{0,24}要")
_CLAUSE_MARKS = re.compile("[,;:]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SIGNATURE = re.compile(r"[\u4e00-\u9fff ·、()]{2,36}(?:院|府|厅|室|委|局|部|会|办|署|行|社|组|公司|集团|中心|指挥部|人大|政协| 院)")


def judge(text: str, found: list[Sentence], cues: list[int], structure: Structure, head: Head, grids: list[Grid]) -> Judgement:
    """Judge every sentence in the order of the text; the state that is carried is the speaker and, in reports, the regime.

    ``cues`` are those that each sentence holds.
    """
    judge_ = _Judge(text, found, cues, structure, head, grids)
    judged = Judgement([], [], [False] * len(found), [0] * len(found))
    for i, sentence in enumerate(found):
        disposition, speech = judge_.take(i, sentence)
        judged.dispositions.append(disposition)
        judged.speakers.append(speech)
        if disposition in ("requirement", "pledge"):
            _note_wording(judged, i, text[sentence.start : sentence.end], cues[i], judge_.lead_in)
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
        self.spoken = head.kind in ("report", "outline", "other")
        self.found = found
        self.structure = structure
        self.head = head
        self.regime_of = regimes(text, structure, head.kind)
        self.turned: Regime | None = None
        self.turned_at: int | None = None
        self.speech: Speech | None = None
        self.speech_paragraph = -1
        self.section: int | None = None
        self.page_tail = False
        self.lead_in: int | None = None  # of the sentence that was taken last, where its mood was asked
        self.next_of = {s.start: n for s, n in pairwise(found) if s.paragraph == n.paragraph} if head.kind == "news" else {}
        self.blocks_start = {s.paragraph: s.start for s in found if s.first}
        self.cells: dict[int, Column | None] = {}
        self.in_head: dict[int, Disposition] = dict.fromkeys(head.title, "heading")
        self.in_head.update(dict.fromkeys(head.records, "record"))
        self.tabular = bool(grids) or "\t" in text
        for grid in grids:
            for row in grid.rows:
                self.cells |= {start: None if row.header else column for column, start, _ in row.cells}

    def take(self, i: int, sentence: Sentence) -> tuple[Disposition, Speech | None]:
        """Disposition of sentence ``i`` and its speaker."""
        line = self.text[sentence.start : sentence.end]
        self.lead_in = None
        section = self.structure.section_of[i]
        if section != self.section:
            self.section = section
            if section is not None and self.regime_of[section] != "mixed":
                self.turned = "plan" if self.regime_of[section] == "plan" else None
        by_form = self._by_form(i, sentence, line)
        if by_form is not None:
            if by_form == "heading":
                self.speech = None
            return by_form, None
        if self.quotes:
            spoken = self._by_speaker(sentence, line)
            if spoken is not None:
                return spoken
        return self._by_mood(i, sentence, line), None

    def _by_form(self, i: int, sentence: Sentence, line: str) -> Disposition | None:
        if self.tabular:
            in_cell = self._in_cell(sentence, line)
            if in_cell is not None:
                return in_cell
        if sentence.first and LICENCE.match(line):
            self.page_tail = True
        if self.page_tail:
            return "record"
        if i in self.in_head:
            return self.in_head[i]
        if self.debris and len(_DEBRIS.findall(line)) * 4 > len(line):
            return "unread"
        alone = sentence.first and sentence.last
        if alone and ANSWERS.match(line):
            return "requirement"
        if (alone or len(line) < 12) and is_record_line(line):
            return "record"
        if alone and self._signs(i, line):
            return "record"
        if not "\u4e00" <= line[0] <= "\u9fff" and not _CHINESE.search(line):
            return "record"
        if i in self.structure.headings:
            return "heading"
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
        if len(line) > 40 or not _SIGNATURE.fullmatch(line):
            return False
        following = self.text[self.found[i + 1].start : self.found[i + 1].end] if i + 1 < len(self.found) else ""
        return following == "" or is_record_line(following) or _SIGNATURE.fullmatch(following) is not None

    # -- who speaks ---------------------------------------------------------------------------------------------

    def _by_speaker(self, sentence: Sentence, line: str) -> tuple[Disposition, Speech | None] | None:
        """Pledge or context where a unit speaks; None where nobody does."""
        letter = self.head.kind == "letter"
        named = unit_saying(self.text, sentence) if letter else speaker_in(self.text, sentence)
        if named is None and self.head.kind == "news":
            named = introduced(self.text, sentence)
            if named is None and sentence.first and line[0] == "“" and line[-1] == "”":
                said_by, only_says = self._attributed(sentence)
                if said_by is not None:
                    return ("pledge", said_by) if only_says and _pledges(line) else ("context", None)
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
        return ("pledge", self.speech) if _pledges(line) else ("context", None)

    def _attributed(self, sentence: Sentence) -> tuple[Speech | None, bool]:
        """Who said it by the next sentence of the paragraph, which wins over the last speaker; and whether that one says no more."""
        following = self.next_of.get(sentence.start)
        if following is None:
            return None, False
        said_by = speaker_in(self.text, following) or introduced(self.text, following)
        return said_by, self.text[following.end - 2 : following.end] in ("说。", "示。", "诺。", "道。", "绍。")

    def _still_speaks(self, sentence: Sentence, line: str) -> bool:
        if sentence.paragraph == self.speech_paragraph or goes_on(self.text, sentence):
            self.speech_paragraph = sentence.paragraph
            return True
        if self.head.kind == "letter":
            return not sentence.first
        if sentence.paragraph == self.speech_paragraph + 1 and sentence.first and line[0] in "“同下比特在":
            self.speech_paragraph = sentence.paragraph
            return True
        return False

    def _in_letter(self, sentence: Sentence, line: str) -> tuple[Disposition, Speech | None] | None:
        if _ASKS.match(line):
            return "context", None
        if moods.DEMAND.pattern.search(line):
            return "requirement", None
        acts = re.search(r"(?P<unit>[\u4e00-\u9fff]{2,12}(?:委|局|部|厅|办|署|有关部门))(?:等)?(?:会同[^,。]{2,40})?(?:还|也|正|在[^,。]{2,30})?(?:将|正在|正按|继续|着重)", line)
        speaks = self.speech or (Speech(acts["unit"], sentence.start + acts.start("unit"), sentence.start + acts.end("unit")) if acts else None)
        if _COMMITS.search(line) and (speaks is not None or _WE.search(line)):
            return "pledge", speaks
        if speaks is not None:
            return "context", None
        return None

    # -- what is said -------------------------------------------------------------------------------------------

    def _regime(self, i: int, line: str) -> Regime:
        section = self.structure.section_of[i]
        regime = self.regime_of[section] if section is not None else root_regime(self.head.kind)
        if regime == "review" and self.head.kind in ("report", "other"):
            if self.cues[i] & _PLAN_BEGINS_CUE and _PLAN_BEGINS.search(line):
                self.turned_at = section
            if self.turned_at is not None and section is not None and self._after_turn(section):
                return "plan"
        if regime == "mixed":
            if self.cues[i] & _TURN_PLAN_CUE and _TURN_PLAN.search(line):
                self.turned = "plan"
            elif self.cues[i] & _TURN_REVIEW_CUE and _TURN_REVIEW.search(line):
                self.turned = "review"
            return self.turned or "neutral"
        if section is None and regime == "plan":
            return "neutral"
        return regime

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
        if not bare:
            return "context"
        if bare is not line and (moods.ORDERED.match(line) or moods.REQUIRES.match(line)):
            return "requirement"
        if cues & moods.UNUSUAL_CUES:
            unusual = _unusual(bare, cues)
            if unusual:
                return unusual
        if cues & moods.PURPOSE_CUE and moods.may_state_purpose(bare) and moods.PURPOSE.pattern.search(bare):
            return "requirement" if re.search(r"(?:力争|到)20\d\d年", bare) else "context"
        if self.structure.section_of[i] is None and _QUOTES_UPPER.match(bare):
            return "context"
        if regime == "analysis":
            return "requirement" if _commanded(bare) and not moods.PAST.pattern.search(bare) else "context"
        if regime == "plan":
            return _in_plan(bare, cues, spoken=self.spoken)
        return _in_neutral(bare, cues)


def heed_answers(text: str, found: list[Sentence], judged: Judgement, answers: list[Answer]) -> None:
    """An office puts （市民政局牵头） behind tasks only: what was taken for background before such a bracket is a requirement."""
    previous = 0
    starts = [sentence.start for sentence in found]
    for answer in sorted(answers, key=lambda a: a.start):
        last = bisect_right(starts, answer.start) - 1
        i = last
        while i >= 0 and found[i].start >= previous and found[i].paragraph == found[last].paragraph:
            line = text[found[i].start : found[i].end]
            if judged.dispositions[i] == "context" and not moods.QUESTION.pattern.search(line) and not moods.PAST_OPENING.match(line):
                judged.dispositions[i] = "requirement"
                _note_wording(judged, i, line, ANY)
            i -= 1
        previous = answer.end


def _unusual(bare: str, cues: int) -> Disposition | None:
    """A note, a question, a call or a plain demand, whatever the section is about."""
    if (cues & moods.NOTE_CUE and moods.NOTE.match(bare)) or (cues & moods.QUESTION_CUE and moods.QUESTION.pattern.search(bare)):
        return "context"
    if cues & moods.CALL_CUE and moods.CALL.pattern.search(bare) and not _commanded(bare):
        return "context"
    return "requirement" if cues & moods.DEMAND_CUE and moods.DEMAND.pattern.search(bare) else None


def _is_significant(bare: str, cues: int) -> bool:
    return cues & moods.SIGNIFICANCE_CUE != 0 and moods.SIGNIFICANCE.pattern.search(bare) is not None


def _ordered_clause(bare: str) -> bool:
    """True where 要, 必须 or the like stands near the head of the first clause."""
    found = moods.MODAL.pattern.search(bare)
    return found is not None and found.start() <= 20 and "," not in bare[: found.start()]


def _commanded(bare: str) -> bool:
    return moods.MODAL.pattern.search(bare) is not None


def _in_plan(bare: str, cues: int, *, spoken: bool) -> Disposition:
    """In a plan everything is a task unless it plainly is not; a speech pauses more often to explain itself."""
    acts = moods.opens_with_act(bare)
    if spoken and not acts and moods.STATE.pattern.search(bare) and not moods.GOAL.pattern.search(bare) and not _ordered_clause(bare):
        return "context"
    if acts and not spoken:
        return "requirement"
    significant = _is_significant(bare, cues)
    if significant and not _commanded(bare) and not moods.GOAL.pattern.search(bare):
        return "context"
    if acts or _commanded(bare) or moods.GOAL.pattern.search(bare):
        return "requirement"
    if significant or moods.COPULA.pattern.search(bare):
        return "context"
    clauses = _CLAUSE_MARKS.split(bare)
    if any(moods.opens_with_act(clause) for clause in clauses) and not moods.PAST.pattern.match(bare):
        return "requirement"
    if moods.FUTURE.pattern.search(bare) and not moods.PROBLEM.pattern.search(bare):
        return "requirement"
    if moods.PROBLEM.pattern.search(bare) or moods.PAST.pattern.search(bare):
        return "context"
    return "requirement"


def _in_neutral(bare: str, cues: int) -> Disposition:
    """Outside a plan a sentence must say itself that something is to be done."""
    past = moods.PAST.pattern.search(bare)
    if _commanded(bare):
        return "requirement" if not (past and _is_significant(bare, cues)) else "context"
    if _is_significant(bare, cues) or moods.COPULA.pattern.match(bare):
        return "context"
    if moods.GOAL.pattern.search(bare):
        return "requirement"
    if past:
        return "context"
    if _DUE.search(bare):
        return "requirement"
    if moods.PROBLEM.pattern.search(bare):
        return "context"
    if _WITHIN.search(bare):
        return "requirement"
    clauses = _CLAUSE_MARKS.split(_BY_WHEN.sub("", bare, count=1))
    acts = sum(1 for clause in clauses if moods.opens_with_act(clause))
    if moods.opens_with_act(clauses[0]) or (moods.opens_with_preposition(clauses[0]) and acts):
        return "requirement"
    return "requirement" if acts * 2 > len(clauses) else "context"


def _pledges(line: str) -> bool:
    """True where what is said is a thing to do, not a feeling about the meeting."""
    after = re.split(r"(?:表示|说|认为|透露|坦言|介绍|看来|来说)[,:“]", line, maxsplit=1)[-1]
    bare = re.sub(r"^我们", "", moods.strip_lead_in(after))
    if moods.QUESTION.pattern.search(line) or _FEELS.search(line):
        return False
    if moods.FUTURE.pattern.search(bare) or _commanded(bare) or _PROMISED_BY.search(bare):
        return True
    clauses = _CLAUSE_MARKS.split(bare)
    if moods.COPULA.pattern.match(bare) or moods.PAST.pattern.search(clauses[0]):
        return False
    acts = [moods.strip_marks(clause) for clause in clauses]
    return sum(1 for clause in acts if moods.opens_with_act(clause) or moods.opens_with_preposition(clause)) * 2 >= len(clauses)
