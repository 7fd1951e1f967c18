"""Mood: what makes a sentence an instruction, and what makes it background, a question or a call."""

import re

from luoshi.decompose.rules.cues import ANY, cue, pairs
from luoshi.decompose.rules.rule import Rule, each
from luoshi.decompose.vocabulary import words

_ADVERBS = words("verbs", "adverbs")
_ACTS = words("verbs", "acts")
_ADVERBS_BY_HEAD = {head: tuple(sorted((a for a in _ADVERBS if a[0] == head), key=lambda a: -len(a))) for head in {a[0] for a in _ADVERBS}}
_ACTS_2 = frozenset(word for word in _ACTS if len(word) == 2)
_PREPOSITIONS = frozenset(word for word in _ACTS if len(word) == 1)
_SINGLE = frozenset("抓办建做搞打守用管保促稳强育聚兴护治创争防控破立补稳优治引通改扩")

_YAO = r"要(?<![需重主只纪纲提概摘机首必紧简次索险而还想是就不政扼显]要)(?![求点素件闻害义道塞约职务旨诀隘冲]|领(?!导)|强(?![化调力])|么|是|看|知道|想|清醒)"
_XU_YING = r"|须(?<!必须)(?!知)|应(?<![顺适供反响回对相感效呼照理]应)(?=当|由|按|在|予|不|做|以|及时|坚|加强|建立|将|于|报|设|依|对[^,;。]{2,40}(?:进行(?!了|过)|予以|给予))"
MODAL = Rule(
    id="mood.modal", field="disposition", why="“要、必须、应当、不得、确保、务必”是公文提出要求的标志词。",
    pattern=re.compile(
        _YAO + r"|必须(?!清醒)|务必|应当|不得|严禁|不准|一律|切忌"
        r"|[局委办厅部室院处站府](?:负责)(?!任|人|同志|制|的)|[局委办厅部室院处站府队]会同(?=[^,。;()]{2,30}?(?:做好|推进|开展|制定|落实|组织|抓好|完成|负责)(?!了|[^。;()]*\)))|[局委办厅部室院处站府队区县市]牵头(?=,[^。;()]{2,80}(?:配合|参与|协助|协同|支持)(?![^。;()]*\)))|每(?:个)?(?:月|季度|季|半年|年|两?周|旬)(?:至少)?(?:通报|调度|召开|开展|报送|上报|听取|研究|督查|检查|汇总|更新|公布|考核|会商)|(?:的|单位|者)(?:为|是)(?:总)?(?:牵头|主办)(?:责任)?(?:单位|部门)"
        + _XU_YING + r"|由[^,。;]{2,40}(?:承担|负责(?!同志|人)|牵头|组织|制定|会同|统一|审核|进行|实施|批准|审批|确定|报送?|办理|协调|提出|给予|安排|统筹|会商|研究|督促|跟踪|落实|完成|汇总|起草|修改|配合|处理|解决|签|包[抓保联]|约谈|督办|挂牌)|不(?:高于|低于|超过|少于|多于|晚于)(?!预期)|请(?<![^,;:]请)(?!求|示|假|予)|"
        + each("确保 力争 务求 严格 禁止 不许 杜绝 切实", r"(?<![^,;:“]..)")
    ),
    examples=(
        ("各地区要加强领导。", "要"), ("市政府督查室每季度通报一次进展。", "每季度通报"), ("重要意义", None), ("这是主要任务。", None),
        ("我们也要清醒地看到,问题不少。", None), ("各单位要强化责任。", "要"), ("这人要强。", None),
    ),
)
GOAL = Rule(
    id="mood.goal", field="disposition", why="总要求、目标、重点任务“是：……”，或“到某年”要达到什么，是要求。",
    pattern=re.compile(
        each(
            "总体要求 总的要求 总体思路 指导思想 基本思路 预期目标 主要目标 奋斗目标 目标任务 总目标 工作目标 发展目标 主要任务 重点任务 工作重点 重点 基本要求 方针 基本取向 中心任务 首要任务",
            r"(?:和[^,:]{2,10})?(?:是|为|:)",
        )
        + "|"
        + each(
            r"20\d\d年 20\d\d-20\d\d年 “十[三四五六]五”(?:期)?末 十[三四五六]五(?:期)?末 本世纪",
            "[^,]{0,10},.{0,60}(?:达到|提高|基本|形成|建成|实现|全面|以上|显著|力争|明显|大幅|完成|增长|控制|保持)",
        )
        + r"|[做抓办实推落干](?:好|施|进|实)?(?:以下|下列|这|如下)?[一二两三四五六七八九十\d]+(?:个|项|件|方面|大)(?:方面)?(?:的)?(?:重点)?(?:工作|任务|实事|民生|事情|大事|行动|工程|突破|文章)?"
    ),
    examples=(("今年的主要预期目标是:生产总值增长7%。", "主要预期目标是"[2:]), ("重点工作", None)),
)
FUTURE = Rule(
    id="mood.future", field="disposition", why="“将、计划、拟、下一步、今后”表明尚待去做。",
    pattern=re.compile(
        r"将(?<![即必终是]将)(?!来|士|领|军|近|至|临|会议)(?!进入|面临|迎来|成为|召开|更名|持续存在)|计划(?<![^,;:“]..)|今后(?<![^,;:“]..)|争取(?<![^,;:“]..)|力争(?<![^,;:“]..)|拟(?<![^,;:]拟)|下一步|接下来|我们(?:一定|计划|要|将)|近期计划"
    ),
    examples=(("将加快建设步伐。", "将"), ("即将来临", None)),
)
PAST = Rule(
    id="mood.past", field="disposition", why="“近年来、以来、已、了、过”叙述已经发生的事。",
    pattern=re.compile(
        r"近年来|近些年|多年来|一年来|五年来|过去[一五十几]年|这[一五十几]年|以来,|去年(?<!比去年)|上年(?<!比上年)|前年|年初以来|已(?!有之)|曾|先后|"
        r"了(?<=[草编订达建成完取获作出举提升实现增进化创立设定形发展开通受到给印召署排]了)|过(?<![通超]过)(?=[,。;的])|取得(?:了)?(?!新的?更|更)[^,。]{0,16}(?:成效|成绩|进展|成就|成果|胜利|突破|进步)|成效(?:明显|显著)|效果(?:明显|显著)"
        r"|持续(?:向好|改善|好转|回升)|稳中(?:有进|向好)|获评|荣获|入选|位居|居全[省国市]|跻身|首次(?![登检申入评办注贷公使就创])|再创|创历史|圆满|得到(?:了)?(?:有效|明显|进一步|较好)"
    ),
    examples=(("近年来,我市产业发展较快。", "近年来"), ("加快发展。", None)),
)
SIGNIFICANCE = Rule(
    id="mood.significance", field="disposition", why="“具有重要意义、是重要举措、事关大局”说明意义，不设任务。",
    pattern=re.compile(
        r"未来(?:几|[一二三四五六七两\d]+)(?:小时|天)|在即(?=[,。])|处(?:在|于)[^,。]{2,40}(?:时期|阶段|关口|节点)(?=[,。]|$)|具有[^,。]{0,20}意义|有着[^,。]{0,20}意义|意义(?:十分|非常|特别|尤为|极为|极其)?(?:重大|深远)|事关|关系(?:到)?[^,。]{2,30}(?:大局|全局|利益|稳定|未来|长远)"
        r"|是[^,。]{0,40}(?:的(?:重要|必然|关键|根本|内在|迫切|有效|必由|基本|核心|战略|重大|客观|现实|应有|开局|第一)[^,。]{1,20}|关键(?:之|一)年|开局之年|收官之年|之年|国策|首要任务|第一要务)(?=[,。;!]|$)"
        r"|充分(?:体现|肯定|彰显|说明|证明|展现)|奠定了|指明了|提供了|发挥(?:了|着)|彰显了|体现了|标志着|表明"
    ),
    examples=(("做好这项工作具有十分重要的意义。", "具有十分重要的意义"), ("加快建设。", None)),
)
COPULA = Rule(
    id="mood.copula", field="disposition", why="“……是……”的判断句讲道理、下定义。",
    pattern=re.compile(r"^(?:[^,;:。]{1,36}?(?<![于就凡只要还可总但若如即或特别尤其正])是(?!否|指|以[^,]{2,20}为指导)[^,;:]{2,}|[^,。]{2,30}(?:是指|指的是|包括|属于|源于|离不开|在于|取决于))"),
    examples=(("产业是发展的根基。", "产业是发展的根基。"), ("要加快建设。", None)),
)
PROBLEM = Rule(
    id="mood.problem", field="disposition", why="“还存在、不足、面临、有待”摆问题，不是任务本身。",
    pattern=re.compile(
        each("还 仍 仍然 依然 也 尚 较为 比较", "(?:存在|面临|有|不|需)") + r"|存在(?:着)?[^,。]{0,20}(?:问题|不足|短板|差距|困难|隐患|薄弱)|面临(?:着)?|有待|不(?:落实|健全|完善|全面|彻底|达标|清楚)(?=[,;。、]|$)|未(?:建立|制定|取得|落实|配备|开展|依法|签订|设置|执行|公示)(?![^,;。]*的[,;])|无证(?![^,;。]*的[,;])|不够|不足(?!\d)|不强|不高(?!于)|不优|偏[小弱低少]|短板(?!弱项)|压力(?:较大|增大|加大)|困难(?:较|还|仍|增|不少|与)|挑战(?:较|还|仍|增|不少|与)|风险(?:较|还|仍|增|不少|与)|突出(?=[,。;])|滞后|不容忽视|难度(?:加大|较大|大)|清醒(?:地)?(?:看到|认识)"),
    examples=(("公共服务还有不少短板。", "还有"), ("补齐短板弱项。", None)),
)
STATE = Rule(
    id="mood.state", field="disposition", why="“更加凸显、持续释放、没有变、任务艰巨”描写态势和评价目标，不设任务。",
    pattern=re.compile(
        each("更加 日益 持续 不断 加速 愈发 依然 仍在 显著 始终 十分 高度 全面 正在 较为 更为", r"(?:凸显|显现|释放|增强|澎湃|浓厚|昂扬|高涨|坚定|坚强|旺盛|向好|延续|壮大|强劲|巩固|提升|提高|攀升|显著|明显|彰显|牢固|完善|积累|扩大|形成|加快|推进|满意|靓丽|稳健)(?=[,;。!]|$)")
        + "|" + each("任务 压力 难度 挑战", "(?:较|很|十分|更加|依然|仍然|不断|前所未有|巨大)?[重大多严艰](?=[,。;巨峻])")
        + r"|正(?:是|值)[^,。]{2,20}(?:期|季节|阶段|关口)(?=[,。])|将至(?=[,。])|没有(?:变|改变)|信心和|必将|将会|有望|一定能够|就一定能|完全能够|能够实现|可以达到|经过努力|完全有(?:基础|能力|条件)|可贵|振奋|并不容易|来之不易|抬头|增多(?=[,。;])|趋紧"
        r"|不确定|有利于|符合[^,]{2,20}(?:实际|规律|要求|预期)|突出了|体现了|考虑了?|看:|而言:|来看:|为什么|归根到底|实践(?:证明|告诉)|历史性|更为(?:坚实|完善|主动)|更加(?:坚实|完善|主动)|没有[^,]{2,30},就"
    ),
    examples=(("发展的基础更加巩固。", "更加巩固"), ("要持续巩固成果。", None)),
)
CALL = Rule(
    id="mood.call", field="disposition", why="号召、致谢、祝愿和引语收束讲话，不立事项。",
    pattern=re.compile(
        r"让我们|表示[^,。!]{0,20}(?:感谢|敬意|问候|祝贺|慰问)|致以[^,。!]{0,20}(?:感谢|敬意|问候|祝贺|慰问)|我们(?:坚信|相信|深信|深知|深感)|谢谢|祝(?<![^,]祝)|感谢(?<![^,]..)|不负时代|奋楫|扬帆|百舸|千帆|征程[^,。]{0,12}(?:新|启)|永远在路上|!(?=$)|只要我们[^。]{2,60}就一定|相信"
    ),
    examples=(("让我们更加紧密地团结起来!", "让我们"), ("加快发展。", None)),
)
QUESTION = Rule(
    id="mood.question", field="disposition", why="设问引出下文，自身不提要求。",
    pattern=re.compile(r"\?[”’」』)]*$"),
    examples=(("接下来准备如何干?", "?"), ("要研究如何干。", None)),
)
PURPOSE = Rule(
    id="mood.purpose", field="disposition", why="“为……，现提出如下意见／制定本方案”说明行文目的。",
    pattern=re.compile(
        r"^(?:为(?:了|认真|深入|全面|进一步|切实|贯彻|推动|加快|推进|加强|落实|确保|规范|做好)?|根据|按照|依据|经)[^。]{2,400}(?:现(?:就|将|制定|提出|结合)?|特|制定|提出|印发|通知|决定|作出|签订|形成了)(?:[^,。]{0,40})(?:本|如下|以下|此|该|有关|任务|责任|意见|方案|通知|《通知》|规定|办法|条例|决定|要求|责任书)[^,。]{0,24}[。:]$"
        r"|予以(?:通报)?(?:表扬|表彰|通报|奖励)[^,。]{0,6}。$|(?:现|特)?(?:提出|制定|作出|就|规定)(?:如下|以下|本(?![乡镇县市区地单部行领系辖企校院村级]))[^,。]{0,20}[。:]$|(?:分解|分工|安排|通知|规定|要求|部署|意见)如下[。:]$"),
    examples=(("为贯彻落实国家部署,现提出以下意见:", "为贯彻落实国家部署,现提出以下意见:"), ("为民办实事。", None)),
)
DEMAND = Rule(
    id="mood.demand", field="disposition", why="“请认真贯彻执行、请抓好落实”是印发通知里的要求。",
    pattern=re.compile(
        r"请(?:你[们省市县区厅局]|各[^,。]{1,24}|有关[^,。]{1,20}|遵照|认真|结合|按照|抓紧|贯彻|参照|据此|及时|于|照此|一并|务必)|希(?:望)?(?:你们|各|受到|认真|广大)|同意(?<![^,;。则]..)(?!的|后|,)"
    ),
    examples=(("现印发给你们,请认真贯彻执行。", "请认真"), ("你省请求支持。", None), ("经省政府同意,现予通报。", None)),
)

REQUIRES = re.compile(r"(?:会议|全会|大会|通知|书记|市长|县长|区长|省长)(?:还|同时|特别)?(?:要求|议定|决定)[,:](?!递补|补选|增选)|(?:[^。]{2,200}[,;。:])?会议(?:还|同时|特别)?(?:要求|议定)(?![,:的中书]|递补|补选|增选)")
"""会议要求, at the head; of minutes also behind the name of what was spoken of: 十九中学:会议要求抓紧办理前期手续."""
MUST = re.compile(
    _YAO + r"|必须|务必|应当|不得|严禁|禁止|不许|不准|一律|确保(?<![^,;:“]..)"
    + _XU_YING
)
"""The words of command alone, for the modality of an item: 不少于 sets a number, it does not command."""
COMMAND = re.compile(_YAO + "|必须|务必|应当|不得|严禁|(?:^|[,;])(?:恳?请(?!求|示|假)|建议)")
"""What is a demand even among results: 确保, 切实 and 严格 are said of what was done as well."""
SANCTION = re.compile(
    r"(?:逾期|凡|对[^,。]{0,30}(?:不力|不到位|不落实|不及时|不配合|失职|违反|违规|违纪|违法|弄虚作假|造成))[^。]{0,50}(?:予以|给予|依[规法纪]|追究|约谈|问责|通报|取消|处理|处罚)"
)
"""逾期未报的，予以通报: what follows when a task is not done binds as the task does."""
CALLS_ALL = re.compile(r"欢迎(?:广大|社会|干部|群众|各界|全[省市县区])|(?:各位代表,|同志们,|最后,)?(?:让我们|(?:全会|大会|会议)号召)")
"""让我们……, 全会号召……: the close of a speech, whatever it commands."""
SUSPENDS = re.compile(r"暂缓[\u4e00-\u9fff]{2}|[,待]另行(?:研究|安排|部署|通知)")
BUT_PROBLEM = re.compile(r"(?:^|[,;])(?:但|不过|然而)(?![^。]{0,60}(?:要(?!求)|必须|应(?!用)))[^。]{0,60}(?:不足|不够|突出|短板|薄弱|滞后|不高|不强|不优|不多|差距|困难|问题|不平衡)")
"""但优质供给不足的问题仍然突出: however the sentence begins, it states a problem."""
PAST_OPENING = re.compile(r"近年来|多年来|目前,|当前,|去年|截至")
HOW_IT_CAME = re.compile(r"[^,。]{2,12}(?<!今年)以来,|随着[^。]*(?:越来越|日益|愈[发加]|更加)|没有[^,。]{2,16},?就没有[^,。]{2,16}。$")
"""改革开放以来，……; 随着……，需求越来越紧迫: how it came that something is to be done, in a plan as well."""
NOTE = re.compile(
    r"(?:本[^,。]{1,10})?自(?:本[^,。]{1,8})?(?:印发|发布|公布|\d{4}年[^,。]{0,8})之?日?起(?:施行|实施|执行|生效)|[^。]{0,30}有效期(?:至|为|到|\d)|[^,。]{0,20}由[^,。]{2,24}负责解释|本[\u4e00-\u9fff]{2}所称[^。]{1,60}?,?(?:是指|指|包括)|[^,。:]{2,12}:(?:是?指|即)|(?:注|备注|说明|资料来源|数据来源|计算(?:方法|公式|方式)|指标(?:来源|定义|说明|含义|性质|属性|导向))[:]|[^,。:;=＝]{2,30}[=＝][^,。;=]{1,40}[/×÷+-]|据此测算|本[\u4e00-\u9fff]{2,4}适用于|[^,。]{0,14}(?:实行|采[用取])百分制|[^。]{0,30}\d分(?:\(含\))?(?:及?以上)?[^,。;]{0,8}为(?:优秀|良好|合格|一般|较差|不合格)|[^。]{0,60}的,(?:每[^,。]{1,8})?[扣加]\d+(?:\.\d+)?分|[^。]{0,80}(?:[得扣计减]|[^增参附添]加)\d+(?:\.\d+)?分(?![钟之])|[^。]{0,60}(?:不得分|不计分|扣完为止)|(?:在)?公示(?:期间|期内|期|时间)(?:[:为自从] ?\d[^。]{0,60}|[^。]{0,30}(?:异议|反映)[^。]{0,80})。?$|[^,。]{0,20}可?以?累计扣分。?$|[^。]{0,40}不作为(?:本次|本年度)?(?:考核|评价)(?:指标|内容|项)"
    r"|据(?:初步|不完全|有关(?:部门|方面))?(?:统计|测算|调查)(?:显示|表明)?,(?![^。]*(?:要|必须|应))")

NOTE_CUE = cue(NOTE, "施行 实施 执行 生效 有效 负责 所称 :是 :指 :即 注: 说明 来源 据此 方法 公式 方式 指标 = ＝ 适用 分制 为优 为良 为合 为一 为较 为不 据统 据初 据不 据有 据测 据调 " + pairs("扣加得计减", "0123456789") + " 得分 计分 扣完 扣分 不作 公示")
CALL_CUE = cue(CALL.pattern, "欢迎 号召 让我 表示 致以 我们 谢谢 祝 感谢 不负 奋楫 扬帆 百舸 千帆 征程 永远 ! 相信")
ASKS_WHETHER = re.compile(r"(?:[^,;。]{0,24}是否[^,;。]{1,40}[,;。]?)+")
"""是否建立台账，是否落实责任: what an inspection looks at."""
QUESTION_CUE = cue(QUESTION.pattern, "?")
DEMAND_CUE = cue(DEMAND.pattern, "请 希 同意")
PURPOSE_CUE = cue(PURPOSE.pattern, "本 此 该 如下 以下 有关 任务 责任 意见 方案 通知 规定 办法 条例 决定 要求 予以")
UNUSUAL_CUES = NOTE_CUE | CALL_CUE | QUESTION_CUE | DEMAND_CUE
"""What a note, a question, a call or a demand cannot do without."""
SANCTION_CUES = cue(SANCTION, "逾期 凡 对") | cue(SUSPENDS, "暂缓 另行")
BUT_PROBLEM_CUE = cue(BUT_PROBLEM, "但 不过 然而")
SIGNIFICANCE_CUE = cue(
    SIGNIFICANCE.pattern,
    "未来 在即 处在 处于 意义 事关 关系 的重 的必 的关 的根 的内 的迫 的有 的基 的核 的战 的客 的现 的应 的开 的第 之年 键一 国策 首要 一要 充分 奠定 指明 提供 发挥 彰显 体现 标志 表明",
)
REQUIRES_CUE = cue(REQUIRES, "要求 议定 决定")
MUST_CUE = cue(MUST, "要 须 应 必须 务必 不得 严禁 禁止 不许 不准 一律 确保")

MOOD_RULES = (MODAL, GOAL, FUTURE, PAST, SIGNIFICANCE, COPULA, PROBLEM, STATE, CALL, QUESTION, PURPOSE, DEMAND)

_LEAD_IN = re.compile(
    r"^(?:[“‘「]|[—-]+ ?|[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十]{1,2},|其[一二三四五六七八九十],|首先,|其次,|再次,|最后,|同时,|此外,|另外,|[●◆■★·•▲△▼○◇□] ?"
    r"|\([一二三四五六七八九十\d]{1,3}\) ?|[一二三四五六七八九十]{1,3}、 ?|\d{1,2}(?:\.\d{1,2}){1,3} (?=[\u4e00-\u9fff])|\d{1,3}[.、)] ?|[①-⑳] ?"
    r"|(?:工作(?:任务|内容|措施|举措|要求)|(?:主要|目标|重点)任务|任务内容|具体(?:举措|措施|任务|内容)):"
    r"|第[一二三四五六七八九十百零\d]{1,5}条(?: |[(【][^)】]{2,24}[)】]) ?)+"
)
_LEAD_HEADS = frozenset("“‘「—-一二三四五六七八九十第其首再最同此另工主目重任具●◆■★·•▲△▼○◇□(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
CITES = re.compile(r"^(?:[^,。]{0,24}?)(?:会议|全会|大会|讲话|通知|总书记|同志|书记|省委|市委|县委|区委|党组|常委会|他|她|通报|纪要|意见)[^,。:]{0,8}(?:指出|强调|要求|提出|认为|明确|号召|决定|表示|议定|部署)[,:]")
_CITES_CUE = cue(CITES, pairs("出调求为确召定示署", ",:"))

_VERBAL = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:取得|迈出|提升到|持续|不断|稳步|加速|显著|明显|更加|深入|全面|扎实|成效|增长|达到|突破|超过|完成)(?:[了,。推]|有力|进|$)")
ORDERED = re.compile(r"^[“‘]?[一二三四五六七八九十]{1,2}要")


def may_state_purpose(bare: str) -> bool:
    """False where ``PURPOSE`` cannot match: a cheap question before a dear one."""
    return bare[:1] in "为根按依经" or "如下" in bare[-16:] or "予以" in bare or "本" in bare[-24:] or "以下" in bare[-24:]


def strip_marks(clause: str) -> str:
    """The clause without 一是, ——, 同时 and the like before its first word."""
    return clause[_end(_LEAD_IN, clause) :] if clause[:1] in _LEAD_HEADS else clause


def strip_lead_in(sentence: str, cues: int = ANY) -> str:
    """The sentence without 一是, ——, 会议指出 and the like before its first word."""
    bare = strip_marks(sentence) if sentence[:1] in _LEAD_HEADS else sentence
    cited = _end(CITES, bare) if cues & _CITES_CUE else 0
    return bare[cited + _end(_LEAD_IN, bare[cited:]) :] if cited else bare


def lead_in_length(sentence: str, cues: int = ANY) -> int:
    """How many characters ``strip_lead_in`` takes away."""
    return len(sentence) - len(strip_lead_in(sentence, cues))


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


_NOUN_AFTER = frozenset("是的有出不已也也就则要面势还与和者力较明呈、取得总逐环条难成")
_ACT_HEADS = frozenset(word[0] for word in _ACTS_2) | frozenset(_ADVERBS_BY_HEAD)
_DOUBLE_NATURE = frozenset(["发展", "改革", "创新", "建设", "服务", "管理", "监督", "保障", "工作", "研究", "教育", "治理", "合作", "开放", "投入", "生产", "供给", "消费", "团结", "学习", "实践", "规划", "规定", "监管", "保护", "经济", "支撑", "安排", "就业", "转型", "引领", "示范", "联系", "奖励", "投资", "运行", "考核", "参与", "开发", "流通", "运营", "使用", "支持"])
PLAIN_ACTS = _ACTS_2 - _DOUBLE_NATURE
"""Verbs of doing of two characters that are nothing else."""


def opens_with_act(clause: str) -> bool:
    """True where the clause begins with a verb of doing, adverbs before it or not: 加快推进……, 坚决防范……

    发展, 改革 and their like are nouns too: 发展出题目, 改革有破有立 tell what is, not what to do.
    """
    if clause[:2] in PLAIN_ACTS:
        return True
    if clause[:1] not in _ACT_HEADS:
        return False
    if clause[:2] in _DOUBLE_NATURE and (clause[2:3] in _NOUN_AFTER or _VERBAL.match(clause, 2)):
        return False
    at = 0
    for _ in range(4):
        if clause[at : at + 2] in _ACTS_2:
            return True
        for adverb in _ADVERBS_BY_HEAD.get(clause[at : at + 1], ()):
            if clause.startswith(adverb, at):
                at += len(adverb)
                if clause[at : at + 1] == "地":
                    at += 1
                break
        else:
            break
    head = clause[at : at + 1]
    return at > 0 and head != "" and (head in _SINGLE or clause[at : at + 2] in _ACTS_2)


def is_noun_too(word: str) -> bool:
    """True for 发展, 改革, 服务 …: words that name a thing as often as an act."""
    return word in _DOUBLE_NATURE


def is_act(word: str) -> bool:
    """True for a verb of doing of two characters."""
    return word in _ACTS_2


def opens_with_preposition(clause: str) -> bool:
    """True where the clause begins with 以, 把, 将, 对, 在 …: the verb comes later."""
    return clause[:1] in _PREPOSITIONS
