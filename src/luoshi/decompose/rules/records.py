"""Lines that record: numbers and dates of a document, bylines, page chrome, who met when. They set nobody a task."""

import re

from luoshi.decompose.rules.cues import ANY, cue
from luoshi.decompose.rules.rule import Rule, each

_CN_DATE = r"(?:[一二三四五六七八九○零oO〇0]{4}|\d{4}) ?年 ?[一二三四五六七八九十\d]{1,3} ?月(?: ?[一二三四五六七八九十\d]{1,3} ?日)?"

RECORD_RULES: tuple[Rule, ...] = (
    Rule(
        id="record.date_line", field="disposition", why="成文日期、会议日期单独成行，是文件要素，不是任务。",
        pattern=re.compile(rf"^\(?(?:日期|时间|发布(?:日期|时间)|成文日期|发文日期|印发日期)?[: ]*(?:{_CN_DATE}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?: ?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?: .{{0,24}})?(?:印发)?\)?$"),
        examples=(("2019年1月12日", "2019年1月12日"), ("二○○四年十月十五日", "二○○四年十月十五日"), ("2024年要完成", None)),
    ),
    Rule(
        id="record.occasion_line", field="disposition", why="标题下注明何时在何会议上所作，属于会务信息。",
        pattern=re.compile(rf"^(?:[—-]{{1,4}} ?|\()(?:{_CN_DATE})?[^。]{{0,60}}(?:会议?上|通过|批准|印发|修订|公布|发布|大会上|讲话)\)?[^。]{{0,6}}$"),
        examples=(("——2026年1月26日在临江省第十四届人民代表大会第五次会议上", "——2026年1月26日在临江省第十四届人民代表大会第五次会议上"), ("——加快发展。", None)),
    ),
    Rule(
        id="record.speaker_line", field="disposition", why="报告人署名：职务加姓名。",
        pattern=re.compile(r"^(?:[\u4e00-\u9fff]{0,16}(?:省长|市长|县长|区长|主席|总理|书记|主任|州长|盟长|旗长)|国务院总理|报告人)[: ]{1,6}[\u4e00-\u9fff]{1,3} {0,3}[\u4e00-\u9fff·]{1,8}$"),
        examples=(("临江省省长 李青原", "临江省省长 李青原"), ("市长要负总责", None)),
    ),
    Rule(
        id="record.source_line", field="disposition", why="来源、作者、编辑、字号等是网页或报纸版面信息。",
        pattern=re.compile(
            r"^[∙•·]?【[^】]{2,10}】[^。]{0,80}$|^[\u4e00-\u9fff]{4,24}文件$|^(?:名 *称|标 *题|索 *引 *号|文 *号|发布日期|发文日期|分 *类|信息分类|主题词|有 *效 *性|发布机构|所属机构|生效日期|废止日期) *[: ].{0,160}$|^[【(]?(?:来源|信息来源|稿源|文章来源|作者|编辑|责任编辑|责编|记者|通讯员|审核|校对|监制|摄影|发布机构|发布单位|主办单位|承办单位|出席|列席|请假|缺席|参加人员?|主持人?|记录人?|主持|分送|报送|发送|参会人员|签字人|咨询电话|联系方式|电话|传真|邮编|地址|邮箱|政策解读单位|具体联系人|解读人|浏览次数|点击数?|阅读次数|字号|索引号|文号|分类|主题(?:词|分类)|公开方式|公开形式|有效性|成文日期|发文机关|发文字号|标题|名称|抄送|主送|联系人|联系电话|信息公开)(?:[ :：]|$).{0,120}$"
            r"|^(?:甲方|乙方|丙方|[\u4e00-\u9fff]{2,10}\(?签[字章名]\)?:|代表签字|法定代表人|\([^()]{1,10}\)签字人)[^,。]{0,60}$|^ ?年 ?月 ?日$|^所在位置[: ].{0,80}$|^现(?:将[^。]{2,60})?纪要如下[:。]?$|^(?:本报|本网|[\u4e00-\u9fff]{2,8}(?:日报|晚报|晨报|都市报)?)(?:首席)?记者 [^。]{2,40}$|^\((?:记者|通讯员|本报记者|作者|来源|编辑|责任编辑)[^()]{0,60}\)$|^(?:本报|本台|新华社)[^,。]{0,16}(?:讯|电)$"),
        examples=(("来源：成都日报".replace("：", ":"), "来源:成都日报"), ("(记者王小明)", "(记者王小明)"), ("来源多样化", None)),
    ),
    Rule(
        id="record.page_chrome", field="disposition", why="网页上的按钮、导航和分享提示不是文件内容。",
        pattern=re.compile(
            r"^[【\[(]? ?(?:下载|打印(?:本页)?|全屏|收藏|加大|还原|减小|关闭(?:窗口|本页)?|返回(?:顶部|首页)?|上一[篇页条]|下一[篇页条]|分享(?:到)?.{0,8}|扫一扫.{0,16}|字号.{0,12}|相关(?:报道|链接|阅读|文章)|首页|设为首页|加入收藏|无障碍.{0,4}|长者版|繁體?体?|简体|当前位置.{0,80}|您(?:现在)?的位置.{0,80}|网站地图|联系我们|版权所有.{0,60}|主办[: ].{0,60}|.{0,20}ICP备.{0,40}|目 ?录|页码.{0,10}|推荐阅读|微信|微博|大|中|小|A[+-]?|正文|原标题.{0,60}|展开全文|Copyright.{0,80}|本作品.{0,200}|Public domain.{0,200}|登录|注册|English|微信扫.{0,20}|\[?bookmark.{0,20}) ?[】\]):]?:?$"
            r"|^首页 ?[>›»/].{0,80}$|^(?:[\[【][^\]】]{2,8}[\]】] ?){2,6}$|^[^。]{0,40} > [^。]{0,40}$|^(?:无障碍|繁體|简体|手机版|登录)[^。]{0,8}(?: ?[|] ?[^|。]{1,8}){1,6}$|^[-•·] (?:设为首页|加入收藏|无障碍阅读|长者版)$"),
        examples=(("下载", "下载"), ("扫一扫,分享到手机", "扫一扫,分享到手机"), ("下载中心建设", None)),
    ),
    Rule(
        id="record.publicity_line", field="disposition", why="公开属性和删节说明。",
        pattern=re.compile(r"^\((?:此件|本文|此文|本件|此事)[^()]{2,24}\)$"),
        examples=(("(此件公开发布)", "(此件公开发布)"), ("(市财政局负责)", None)),
    ),
    Rule(
        id="record.attachment_line", field="disposition", why="附件说明行只指出附件名称。",
        pattern=re.compile(r"^附(?:件|表)?(?:[:：] ?.{0,80}|\d{0,2})$|^\d{1,2}\. ?[^。,;:]{2,50}(?:表|方案|清单|名单|任务书)$"),
        examples=(("附件:重点任务分工表", "附件:重点任务分工表"), ("附件工作", None)),
    ),
    Rule(
        id="record.copies_line", field="disposition", why="版记：抄送机关、印发机关和印发日期。",
        pattern=re.compile(rf"^抄送[: ].{{2,200}}$|^[\u4e00-\u9fff ]{{4,30}}(?:办公室|办公厅|秘书处) {{0,20}}{_CN_DATE}印发$"),
        examples=(("抄送:市委各部门,市人大常委会办公室。", "抄送:市委各部门,市人大常委会办公室。"), ("抄送有关部门", None)),
    ),
)

MEETING_RULES: tuple[Rule, ...] = (
    Rule(
        id="record.meeting_held", field="disposition", why="会议何时召开、谁主持、谁参加，是会务。",
        pattern=re.compile(
            each("参加 出席 列席", "(?:了)?(?:会议|全会|活动|开班式|结业式)?。?$") + "|"
            + each(r"\d{1,2}月\d{1,2}日 近日 日前 昨日 今日 今天 昨天 上午 下午", "[^。]{0,40}(?:召开|举行|开幕|闭幕)") + "|"
            + each("全会 会议 大会", r"于\d{4}年\d{1,2}月") + "|"
            + r"主持(?:召开)?(?:了)?(?:会议|全会)[^。]{0,30}。?$|主持召开[^,。]{2,60}会议?[^。]{0,30}。?$|出席这次(?:全会|会议|大会)|常委会(?:议)?主持(?:会议|全会|大会)|主席团主持(?:会议|全会|大会)"
            r"|作了?题为|书记[^,。]{0,6}(?:讲话(?=[并,。])|作了?(?:题为|总结|重要)?[^。]{0,90}讲话。|就[^。]{0,40}作(?:了)?说明)"),
        examples=(("市委书记李某主持会议并讲话。", "主持会议并讲话。"), ("要主持好工作。", None)),
    ),
    Rule(
        id="record.agenda", field="disposition", why="会议审议、听取、通过了什么，是议程。",
        pattern=re.compile(
            r"^(?:[\u4e00-\u9fff]{2,24}第[一二三四五六七八九十\d]{1,3}次)?(?:会议|全会|大会|常务会|会上)(?:[^,。]{0,8})(?:审议|审议并|审议通过|审议并通过|听取|讨论|通过|传达学习|研究|书面审议|书面听取)了?(?:《|[^,。]{0,40}(?:汇报|报告|情况|议题|决议|意见|说明|方案|草案|精神|讲话|指示))"
            r"|^(?:会议|全会|大会)[^。]{0,16}决定(?:递补|补选|增选|任命|免去|接受)"
            r"|^(?:会议|全会)还(?:研究|讨论|审议)了?[^,。]{0,12}(?:事项|工作|议题)。?$"
            r"|^(?:会议|全会)(?:还)?(?:通报|宣读|宣布|书面通报)了"),
        examples=(("会议听取了全市重点项目推进情况汇报。", "会议听取了全市重点项目推进情况汇报"), ("会议要求,听取群众意见。", None)),
    ),
    Rule(
        id="record.transmission", field="disposition", why="收悉、函复、转发等例行用语，本身不设任务。",
        pattern=re.compile(r"收悉[。,]?|现(?:函复|批复|答复|通报|公布|公告|将[^。]{2,90}(?:函复|通报|答复|公布|通告|公告|函告|报告|传达|解读))(?:如下|予以)?[^。]{0,8}[:。]$|予以通报。$|现(?:予以?)?印发(?:给你们)?。$|特此(?:通知|通报|公告|函告|函复|批复)。$"),
        examples=(("你省《关于设立开发区的请示》收悉。", "收悉。"), ("要做好通报工作。", None)),
    ),
    Rule(
        id="record.attribution", field="disposition", why="“某某表示。”只交代谁说的，话在引号里。",
        pattern=re.compile(r"^[\u4e00-\u9fff·]{2,22}(?:表示|说|说道|介绍|介绍说|告诉记者|坦言)。$"),
        examples=(("市委组织部相关负责人表示。", "市委组织部相关负责人表示。"), ("要表示感谢。", None)),
    ),
    Rule(
        id="record.opening", field="disposition", why="报告开场白和提请审议的话。",
        pattern=re.compile(r"请予审议|向大会(?:作)?报告(?:工作)?[,。]|报告如下[:。]|提请(?:大会|本次会议|会议)?(?:审议|审查)|提出意见[^。]{0,20}。?$"),
        examples=(("现在,我代表市人民政府向大会报告工作,请予审议。", "向大会报告工作,"), ("要认真审议。", None)),
    ),
    Rule(
        id="record.salutation", field="disposition", why="称呼语。",
        pattern=re.compile(r"^(?:各位(?:代表|委员|领导|同志)|同志们|朋友们)(?:[、,](?:各位)?(?:代表|委员|同志们?|朋友们))*[:!,。]?$"),
        examples=(("各位代表!", "各位代表!"), ("各位代表要认真审议。", None)),
    ),
)


LICENCE = re.compile(r"^(?:本作品(?:来自|是|在|[^,。]{0,8}(?:公有|版权))|Public domain|版权所有|相关(?:链接|阅读|报道|文章)[: ]?|上一[篇条][: ]|扫一扫|分享到[: ]?)")
"""Where a page begins to speak of itself: all that follows is the page, not the document."""


_RECORD = re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in RECORD_RULES))
# Rules that begin at the head of a sentence are asked apart: with them in it, the other pattern could not skip ahead.
_MEETING_HEAD = re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in MEETING_RULES if rule.pattern.pattern.startswith("^")))
_MEETING = re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in MEETING_RULES if not rule.pattern.pattern.startswith("^")))
_MEETING_HEAD_CUE = cue(_MEETING_HEAD, "会议 全会 大会 务会 会上 示。 说。 道。 绍。 者。 言。 各位 同志 朋友")
_MEETING_CUE = cue(
    _MEETING,
    "参加 出席 列席 召开 举行 开幕 闭幕 会于 议于 主持 题为 讲话 说明 收悉 现函 现批 现答 现通 现公 现将 现印 现予 通报 特此 请予 向大 告如 提请 出意",
)


def is_record_line(line: str) -> bool:
    """True for a paragraph of its own that is page chrome or an element of the form, not of the text."""
    return len(line) <= 260 and _RECORD.match(line) is not None


def is_meeting_record(sentence: str, cues: int = ANY) -> bool:
    """True for a sentence that tells who met, when, and what was on the agenda."""
    if cues & _MEETING_HEAD_CUE and _MEETING_HEAD.match(sentence):
        return True
    return cues & _MEETING_CUE != 0 and _MEETING.search(sentence) is not None
