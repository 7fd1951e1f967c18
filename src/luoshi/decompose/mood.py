"""Mood: what a sentence sets out to do, by its words and the regime of its section.

``disposition`` asks first what the form says and who speaks; what is left is decided here, sentence by sentence, without a state.
"""

import re

from luoshi.decompose.model import Disposition
from luoshi.decompose.rules import moods

_DUE = re.compile(r"(?:\d日|月底|年底|月末|季度末|\d月)之?前[^。]{0,24}(?:达到|完成|全部|实现|清零|新增|建成|改造|更新|到位|整改|办结|投[产用入]|开工|竣工|销号)")
_WITHIN = re.compile(r"\d{1,3}个?(?:工作日|日|天|小时|月)(?:之内|以内|内)(?![^,。]{0,12}[涨跌增减])|(?:\d{1,2}月底|年底|\d{1,2}日)前(?=[^,。]*[\u4e00-\u9fff])(?!夕|后)")
_DATED = re.compile(
    r"(?:^|[,;])(?:[^,;。\d]{0,12}[^,;。\d年今自从过截])?(?:\d{1,2}月(?:\d{1,2}日|份?底|末|[上中下]旬|份)?|(?:今年|年)底|[一二三四]季度末?|[上下]半年|年内)(?:之?前|以?内)?,?"
    r"[^,;。\d]{0,14}?(?:完成|建成|新建|改造|开工|竣工|动工|完工|封顶|投产|投用|投入|交付|通车|启动|具备|进场|验收|上线|达产)"
)
"""9月底完成主体工程, 11月底新建机耕路25公里: in a plan a date without a year and what is complete by then."""
_REPORTS = re.compile(r"(?:日|底|月|内|前|期限)(?:之前|以前|前|内)?(?:[^,;。前内的]{0,8})(?:上报|报送|报备|报告|反馈|汇报)[^,;。]{0,16}[。;]?$")
"""各项进展情况每月5日前上报: who keeps a rule of reporting needs no 要."""
_TOLD = re.compile(r"^[^,。]{2,24}(?:汇报|通报|介绍|说明|反映|传达|宣读|发言|[\u4e00-\u9fff]了(?!解))")
_DID = re.compile(r"[\u4e00-\u9fff]{2,6}了(?!解)")
_GOES_BETTER = re.compile("持续(?:向好|改善|好转|回升)|稳中(?:有进|向好)")
_REACHES = re.compile(r"(?:达到?|超过?|(?:控制|保持|稳定)在|[提升][高升][到至]|降[到至]|不[低少]于|不超过)\d")
_EXPECTED = re.compile(r"预计(?:于|在|到)?(?:20\d\d年)?(?:\d{1,2}月|\d{1,2}日|年底|[上中下]旬|[一二三四]季度|底|末|前|内)+[^,;。]{0,14}(?:完成|到位|办结|竣工|完工|投[产用入]|开工|通车|建成|销号)")
"""未整改到位，预计8月15日整改到位: told among results, and still to be done."""
_COMES = re.compile(rf"(?:^|[,;])[^,;。]{{0,14}}[局委办厅部院司县市区镇乡]将(?:于|在|对|按|以|把|进|继|加|抓|严|持|积|全|认|着|强|深|组|开|推|完|做|落)|将(?:进一步|继续|持续|于\d|在\d)|{_EXPECTED.pattern}|拟[于在]|计划[于在]?(?=20|\d{{1,2}}月|年)")
"""我局将加大力度, 拟于6月开工; 将整改纳入考核 has 将 for 把, and 争取资金2亿元 may be a result."""
_TELLS_COUNT = re.compile(r"(?:《[^》]{2,60}》[^,;。]{0,12}|[^,;。]{0,8}(?:清单|方案|附件|分工|任务书|分解表?))(?:共|明确了?|细化了?|包括|包含|涉及|列出|列明|梳理)[^,;。]{0,6}\d+[项条件个]")
"""《任务分解》明确133项具体任务: what a list holds."""
_FOR_WHOM = re.compile(r"[为在对给向](?:[^,;。]{2,24}?(?:开展|提供|建设|布局|布设|新增|增设|设置|发放|实施|配备|组织|安装|加装|改造)[^,;。]*\d|\d[^,;。]{2,20}?(?:开展|提供|发放|办理|实施))")
"""为200万中小学生开展测评: one of many things to be done, with its number."""
_BY_WHEN = re.compile(r"^[到于在]?(?:20\d\d年|今年|明年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?底|末|[上中下]旬|[一二三四]季度|上半年|下半年)?(?:之?前|以前|内),?")
_WHEN_HEADS = frozenset("到于在今明年上下一二三四0123456789")
_PROMISED_BY = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末|份)?前|年(?:内|底前)|今年[^。]{0,20}\d")
_AS_OF = re.compile(r"截(?:至|止)[^,。;]{2,14}(?<!前),")
"""截至2025年底，建成146个: where things stand."""
_SINCE = re.compile(r"[^,。]{0,12}以来,")
_OFFICE_WILL = re.compile(r"(?:^|[,;])[^,;。]{1,20}[局委办厅室院会府组部处科镇乡司]将(?:适时|定期|不定期|会同|按[月季周照]|根据|依据|严格|及时|全程|继续|进一步|常年|持续|对[^,;。]{2,40}(?:进行|予以|给予|开展)|组织|抽查|通报|开展)")
"""县政府督查室将常年跟踪: what an office binds itself to in a notice."""
_ONLY_LEADS = re.compile(r"(?:具体|时间|工作|人员|进度|有关|主要|总体|分组|日程)?(?:安排|要求|分工|步骤|内容|事项|标准|程序|流程|情况)(?:如下)?:")
"""具体安排: what follows is meant, and the label asks for nothing."""
_ONLY_WHEN = re.compile(r"[^,;。:]{0,16}(?<![成办改结])时间(?:从|自|为|是)[^,;。]{3,50}(?:至|起|—|-|开始)[^,;。]{0,40}(?:[,;](?:共|分|历时|为期|持续)[^,;。]{1,24}){0,2}[。:]?")
"""整治时间从3月1日起至5月31日结束，分三个阶段: when it is, and nothing to be done."""
_ONLY_MATTERS = re.compile(r"(?:,|^[^,]*)(?:意义(?:十分|非常|特别|尤为|极为|极其)?(?:重大|深远)|(?:对[^,。]{2,90})?具有(?:十分|非常|特别|极为)?(?:重要|重大|深远|特殊)[^,。]{0,12}意义)[。;]?$")
"""做好今年的工作，意义特别重大: what is to be done is only what matters so much."""
_FEELS = re.compile(r"收获|感悟|体会|受益|解渴|振奋|启发|有助于|信心|必要性|意义|很受|让人|让我|豁然|深受|印象|感受|明确了|坚定了|增强了对|学到|目的(?:在于|是)|必然要求|课堂|授课")
_CLAUSE_MARKS = re.compile("[,;:]")
_OF_BEFORE = re.compile(r"(?:^|(?<=[,;]))(?:对|针对|将|把)[^,;。了]{0,10}(?:去年|上年|前年|往年|近年来|近年|历年|已)[^,;。了]{0,20}的(?=[^,;。]{2,})")
"""对上年形成的问题清单逐项整改: what is to be put right is of last year, the putting right is not."""
_CASE = re.compile(r"(?:^|(?<=;))(?:对于?|凡是?|已经?|尚未|存在|仍)[^,;。]{2,40}[^目有标]的,")


def without_cases(bare: str) -> str:
    """The sentence without the cases for which it orders something: 对已经建成的, says what is to be done and tells nothing of the past, nor does what it deals with: 对上年形成的清单."""
    if "年" in bare or "已" in bare:
        bare = _OF_BEFORE.sub("对", bare)
    return _CASE.sub("", bare) if "的," in bare else bare


def only_leads(bare: str) -> bool:
    """True for a label that leads on to what is asked, and for a sentence that only says when something is held."""
    return (bare[-1] == ":" and _ONLY_LEADS.fullmatch(bare) is not None) or ("时间" in bare and _ONLY_WHEN.fullmatch(bare) is not None)


def unusual(bare: str, cues: int) -> Disposition | None:
    """A note, a question, a call or a plain demand, whatever the section is about."""
    if (cues & moods.NOTE_CUE and moods.NOTE.match(bare)) or (cues & moods.QUESTION_CUE and moods.QUESTION.pattern.search(bare)):
        return "context"
    if "是否" in bare and moods.ASKS_WHETHER.fullmatch(bare) and not commanded(bare):
        return "context"
    if cues & moods.CALL_CUE and (moods.CALLS_ALL.match(bare) or (moods.CALL.pattern.search(bare) and not commanded(bare))):
        return "context"
    return "requirement" if cues & moods.DEMAND_CUE and moods.DEMAND.pattern.search(bare) else None


def _is_significant(bare: str, cues: int) -> bool:
    return cues & moods.SIGNIFICANCE_CUE != 0 and moods.SIGNIFICANCE.pattern.search(bare) is not None


def _ordered_clause(bare: str) -> bool:
    """True where 要, 必须 or the like stands near the head of the first clause."""
    found = moods.MODAL.pattern.search(bare)
    return found is not None and found.start() <= 20 and "," not in bare[: found.start()]


def expects(line: str) -> bool:
    """True where it is told until when something will be done."""
    return "预计" in line and _EXPECTED.search(line) is not None


def reports(bare: str) -> bool:
    """True where an office told something: 县水利局汇报了供水情况."""
    return _TOLD.search(bare) is not None


def commanded(bare: str) -> bool:
    """True where 要, 必须, 不得 or the like commands."""
    return moods.MODAL.pattern.search(bare) is not None


def in_plan(bare: str, cues: int, *, spoken: bool) -> Disposition:
    """In a plan everything is a task unless it plainly is not; a speech pauses more often to explain itself."""
    acts = moods.opens_with_act(bare) or (bare[:1] in _WHEN_HEADS and moods.opens_with_act(_BY_WHEN.sub("", bare, count=1)))
    if (_TELLS_COUNT.match(bare) or moods.HOW_IT_CAME.match(bare)) and not commanded(bare):
        return "context"
    if cues & moods.SIGNIFICANCE_CUE and _ONLY_MATTERS.search(bare) and not commanded(bare):
        return "context"
    if spoken and not acts and moods.STATE.pattern.search(bare) and not moods.GOAL.pattern.search(bare) and not _ordered_clause(bare):
        return "context"
    if acts and not spoken:
        return "requirement"
    if cues & moods.BUT_PROBLEM_CUE and moods.BUT_PROBLEM.search(bare):
        return "context"
    significant = _is_significant(bare, cues)
    if significant and not commanded(bare) and not moods.GOAL.pattern.search(bare):
        return "context"
    if acts or commanded(bare) or moods.GOAL.pattern.search(bare):
        return "requirement"
    if significant or moods.COPULA.pattern.search(bare):
        return "context"
    clauses = _CLAUSE_MARKS.split(bare)
    if any(moods.opens_with_act(clause) and not _DID.match(clause) for clause in clauses) and not moods.PAST.pattern.match(bare):
        return "requirement"
    if moods.FUTURE.pattern.search(bare) and not moods.PROBLEM.pattern.search(bare):
        return "requirement"
    if moods.PROBLEM.pattern.search(bare) or (moods.PAST.pattern.search(bare) and not _improves_to(bare)):
        return "context"
    return "requirement"


def _improves_to(bare: str) -> bool:
    """True for 居民健康状况持续改善，人均预期寿命达到82岁 of a plan: how things are to become, with the figure; nothing else in it tells of the past."""
    return _REACHES.search(bare) is not None and moods.PAST.pattern.search(_GOES_BETTER.sub("", bare)) is None


def in_neutral(bare: str, cues: int, *, orders: bool = False) -> Disposition:
    """Outside a plan a sentence must say itself that something is to be done; ``orders`` tells of a notice or of minutes, whose dates are to come."""
    past = moods.PAST.pattern.search(bare)
    if _TELLS_COUNT.match(bare) and not commanded(bare):
        return "context"
    if cues & moods.BUT_PROBLEM_CUE and moods.BUT_PROBLEM.match(bare):
        return "context"
    if _AS_OF.match(bare) and not commanded(bare):
        return "context"
    if commanded(bare):
        return "requirement" if not (past and _is_significant(bare, cues)) else "context"
    if _is_significant(bare, cues) or moods.COPULA.pattern.match(bare) or _SINCE.match(bare):
        return "context"
    if moods.GOAL.pattern.search(bare) and not (past and "截至" in bare):
        return "requirement"
    if past:
        return "context"
    if _DUE.search(bare) or _REPORTS.search(bare) or (orders and (_DATED.search(bare) or _OFFICE_WILL.search(bare))):
        return "requirement"
    if moods.PROBLEM.pattern.search(bare):
        return "context"
    if _WITHIN.search(bare) or _FOR_WHOM.match(bare):
        return "requirement"
    clauses = _CLAUSE_MARKS.split(_BY_WHEN.sub("", bare, count=1))
    acts = sum(1 for clause in clauses if moods.opens_with_act(clause))
    if moods.opens_with_act(clauses[0]) or (moods.opens_with_preposition(clauses[0]) and acts):
        return "requirement"
    return "requirement" if acts * 2 > len(clauses) else "context"


def in_results(bare: str) -> Disposition:
    """Where results are told, 清退违规资金66万元 is one: only what is plainly asked for or still to come is a task."""
    if moods.PAST.pattern.search(bare) or _AS_OF.match(bare) or moods.PROBLEM.pattern.search(bare):
        return "context"
    return "requirement" if moods.COMMAND.search(bare) or _COMES.search(bare) or _DUE.search(bare) else "context"


def pledges(line: str) -> bool:
    """True where what is said is a thing to do, not a feeling about the meeting."""
    after = re.split(r"(?:表示|说|认为|透露|坦言|介绍|看来|来说)[,:“]", line, maxsplit=1)[-1]
    bare = re.sub(r"^我们", "", moods.strip_lead_in(after))
    if moods.QUESTION.pattern.search(line) or _FEELS.search(line):
        return False
    if moods.FUTURE.pattern.search(bare) or commanded(bare) or _PROMISED_BY.search(bare):
        return True
    clauses = _CLAUSE_MARKS.split(bare)
    if moods.COPULA.pattern.match(bare) or moods.PAST.pattern.search(clauses[0]):
        return False
    acts = [moods.strip_marks(clause) for clause in clauses]
    return sum(1 for clause in acts if moods.opens_with_act(clause) or moods.opens_with_preposition(clause)) * 2 >= len(clauses)
