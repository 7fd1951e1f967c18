"""Names of units: what looks like one, the lists they stand in, and who is a person and is not kept.

A list is cut at 、 and at 和 and 及 between two units; 各市、县（市、区） and 住建、城管部门 are one name each. Positions are those of the view.
"""

import re

from luoshi.decompose.rules import moods
from luoshi.decompose.vocabulary import alternatives, words

_SUFFIX = alternatives(words("units", "suffixes"))
_COLLECTIVE = alternatives(words("units", "collective"))
_BODY = alternatives(words("units", "bodies"))
PEOPLE = words("units", "people")
_PEOPLE = alternatives(PEOPLE)
TIME = re.compile(r"^(?:于)?(?:20\d\d年|年内|[今明]年底|力争|\d{1,2}月|年底|今年|明年|长期|持续|常态|立即|每[年月季周]|“?十[四五六]五|各项(?!目)|全年|取得|[一二三四上下]季度|上半年|下半年|完成时[限间]|时限|适时|按计划|按期|近期|即日|到20)")
"""What stands among units and says when."""
_JOIN = re.compile(
    rf"(?:以及|及|和|与)(?=省、自治区)|(?:尤其|特别)是(?=[各有相省市县区乡镇])|(?:以及|及|和)(?=各[区县市乡镇级有相部单村街科学]|全体|其他|有关|相关)|(?<=[部委局办厅署院会处组司府行社站所中团企区县市州镇场校业园位门])(?:和|以及|及(?!其)|与|并)(?=(?:[^、,;()]|\([^()]{{1,24}}\)){{2,}}(?:{_SUFFIX}|{_BODY})(?:\([^()]{{1,24}}\))?$|(?:[乡镇县市区]|街道)\([^()]{{1,24}}\)$)"
)
UNIT_LIKE = re.compile(rf"(?:{_SUFFIX}|{_COLLECTIVE}|等(?:部门|单位)?)(?:\([^()]{{1,24}}\))*$|^各|^(?:有关|相关|其他|其它)[^,]{{0,16}}$|[市县区]$")
"""What ends as units do."""
GROUP_LIKE = re.compile(rf"(?:{_BODY})(?<![局委办厅部府]组织)(?:\([^()]{{1,24}}\))?$|^(?:各|全体|本|全[省市县区镇乡村校]).*(?:{_PEOPLE})$|(?:{_SUFFIX})(?:全体|主要|分管|所有)?(?:{_PEOPLE})$")
"""A body or a group that no office is called by: 国有林场, 各科室负责人, 县水利局全体干部职工."""
_AN_OFFICE = re.compile(r"(?:[局委办厅部院会镇乡]|政府|公司|中心|集团|大队|支队|街道|部门|单位)$")
_GROUP = re.compile(r"(?![的在对把将为以按是使让])[^在对把将了要应须,;:。]+")
_MEMBER = re.compile(r"(?:(?![的在对把将了为以按是要应须使让])[\u4e00-\u9fff“”]){2,10}(?<![局委办厅部府]组织)(?:\([^()]{1,24}\))?")
_LONGEST = 40
_ONE_KIND = re.compile(r"(?:部门|单位|机构|组织|机关|企业|队伍|人员)$")
_REMARK = re.compile(r"[(〔](?:以下简称|下称|简称|按|根据|依|分别|牵头|配合|负责|协助|参与|结合|具体|列|排|名列|首位|第一|除|下同|以下同)[^()〔〕]{0,40}[)〕]$")
_AND_OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位)\Z")
_NAMED_WHOLE = re.compile("[局厅委办部院会署处府组司]$|中心$|公司$|部门$|单位$|[省市县区镇乡]$")
_BY = re.compile(r"[^由局委办厅部]{0,10}(?<!自)由(?=[\u4e00-\u9fff]{2})")
_LEVEL_HEAD = re.compile(r"各?(?:省|市|州|县|区|盟|旗|乡|镇)(?:\([^()]{1,8}\))?")
_BARE_LEVEL = re.compile(r"(?:[省市县区乡镇村州盟旗]|街道)(?:、(?:[省市县区乡镇村州盟旗]|街道))*")
_NEXT_LEVEL = re.compile(r"(?:[省市县区乡镇村州盟旗]|街道)")
_LEVELS = re.compile(
    r"(?:(?:各(?:有关|相关)?|有关|相关)(?:省|市|州|县|区|盟|旗)(?:\([^()]{1,8}\))?(?:、(?:省|市|自治区|直辖市|州|县|区|盟|旗)(?:\([^()]{1,8}\))?)+|省(?:、(?:自治区|直辖市))+)"
    r"(?:级?(?:人民政府|政府|党委)(?:[^,;、及和]{0,14}(?:部门|机构))?)?(?=$|[及和])"
)
"""有关省、市、自治区: all of them, by their levels."""
_JOIN_OF_LEVELS = re.compile("(?<=[门关构院])[和及与](?=省(?:$|、))")
_LEVEL_TAIL = re.compile(r"(?:县|区|市|州|旗|自治州|乡|镇|街道)(?:\([^()]{1,12}\)|〔[^〔〕]{1,12}〕)?(?:[两三]?级)?(?:人民政府|政府|党委|管委会)")
_SURE = (
    "人民政府(?!办)|办公室|办公厅|委员会|管委会|联合会|协会|学会|总工会|红十字会|指挥部|领导小组|专班|中心|公司|集团|部门|单位|机构|总队|支队|大队|银行|分行|支行|供销社|联社|妇联|残联|团委|科协|文联|工商联"
    r"|局|厅|院|委(?<![省市县区州]委)(?![托员会])|办(?![法理好事学公])|部(?![分署队])|署(?<!部署)|政府(?!办|督查|研究|采购|性)"
)
_NOT_IN_NAMES = "制定|制订|修订|修改|开展|推进|推动|建立|健全|完善|组织(?!部)|印发|落实|加强|提出|编制|负责|牵头|配合"
_RUN_NAME = rf"(?:(?:(?!{_NOT_IN_NAMES})[\u4e00-\u9fff]){{1,18}}?(?:\([^()]{{1,10}}\))?(?:{_SURE})|[\u4e00-\u9fff]{{1,18}}?(?:{_SUFFIX})(?!(?<=组)织))(?:\([^()]{{1,10}}\))?"
UNIT_RUN = rf"(?:{_RUN_NAME}[、和及])*{_RUN_NAME}"
"""Units joined by 、 in running text, where nothing marks the end of the list."""
OFFICE = (
    r"(?:团[省市县区州旗]委|(?:国家|国务院|中央|省|市|县|区|州|盟|旗)[\u4e00-\u9fff]{2,12}?(?:(?<![布格大全治])局|厅|委(?:员会)?|办公室|办(?![法理好事学公])|领导小组)"
    r"|(?:国家)?(?:发展改革|教育|科技|工业和信息化|公安|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境|住房(?:和)?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|卫生健康|应急管理|退役军人(?:事务)?|审计|市场监管|税务|医保|统计|体育|林草)(?:部|委|局|厅|总局))"
    r"(?:\([^()]{1,12}\))?"
)
"""What can only be the name of an office."""
IS_OFFICE = re.compile(OFFICE)
"""The same, compiled."""
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_PERSON = re.compile(
    rf"(?:分管)?(?:[\u4e00-\u9fff]{{0,8}}?(?:副?(?:省长|市长|县长|区长|州长|镇长|乡长|书记|主任|局长|主席|秘书长|部长)|常委|(?:分管|包联|联系|主要|牵头|[省市县区镇乡])领导)(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})?|[{_SURNAMES}](?:[某××]{{1,2}}|[\u4e00-\u9fff]{{2}}))(?:同志)?"
)
_OPEN = re.compile(r"等(?=(?:有关|相关|市级|省级|部门|单位|按|负责|牵头|配合|参与|共同|参加|$))")


def listed(text: str, start: int, end: int) -> tuple[list[tuple[str, int]], bool]:
    """Unit names between two positions with where each begins, and whether the list was left open by 等."""
    names: list[tuple[str, int]] = []
    opened = False
    for begin, stop in pieces_of(text, start, end):
        piece = text[begin:stop]
        if TIME.match(piece):
            continue
        etc = _OPEN.search(piece)
        tail = ""
        if etc and etc.start() > 0:
            opened = True
            tail = piece[etc.end() :]
            stop = begin + etc.start()
            piece = text[begin:stop]
        topic = _BY.match(piece)  # 改厕由县农业农村局牵头: the matter before 由 is no part of the name
        if topic:
            begin += topic.end()
            piece = piece[topic.end() :]
        remark = _REMARK.search(piece)
        if remark:
            piece = piece[: remark.start()]
        if 2 <= len(piece) <= 40 and not re.fullmatch(r"[\d.\-—/年月日]+", piece) and not is_person(piece):
            names.append((piece, begin))
        if re.fullmatch(r"(?:有关|相关|其他|市级|省级|市直|省直|县直|区直)?(?:有关|相关)?(?:部门|单位)(?:和单位)?", tail) and len(tail) > 2:
            names.append((tail, begin + len(piece) + 1))
    return names, opened


def pieces_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The list cut at 、 ， and, between two unit names, 和 及 与; brackets are never cut."""
    cuts: list[tuple[int, int]] = []
    depth = 0
    begin = start
    for i in range(start, end):
        mark = text[i]
        if mark in "(〈〔":
            depth += 1
        elif mark in ")〉〕":
            depth -= 1
        elif depth == 0 and mark in "、,; \n\t":
            cuts.append((begin, i))
            begin = i + 1
    cuts.append((begin, end))
    cuts = _whole_levels(text, cuts)
    pieces: list[tuple[int, int]] = []
    for a, b in cuts:
        while a < b and text[a] in " :\n":
            a += 1
        while b > a and text[b - 1] in " 。:\n":
            b -= 1
        if a < b:
            pieces += _at_conjunctions(text, a, b)
    return pieces


def _whole_levels(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """各市、县（市、区）人民政府 is one name for all governments of two levels, not a city and a government."""
    whole: list[tuple[int, int]] = []
    for a, b in cuts:
        before = text[whole[-1][0] : whole[-1][1]].strip() if whole and text[whole[-1][1]] == "、" else ""
        if before and (
            (_BARE_LEVEL.fullmatch(before) and _NEXT_LEVEL.match(text[a:b])) or _LEVELS.match(f"{_JOIN_OF_LEVELS.split(before)[-1]}、{text[a:b].strip()}") or (_LEVEL_HEAD.fullmatch(before) and _LEVEL_TAIL.match(text[a:b]))
        ):
            whole[-1] = (whole[-1][0], b)
        else:
            whole.append((a, b))
    return whole


def _at_conjunctions(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """文化和旅游部 stays whole; 市财政局和市税务局 becomes two."""
    joined = next((one for one in _JOIN.finditer(text[a:b]) if text.count("(", a, a + one.start()) == text.count(")", a, a + one.start())), None)
    if joined is None or not is_group(text[a : a + joined.start()]) or (_BARE_LEVEL.fullmatch(text, a, a + joined.start()) and _NEXT_LEVEL.match(text, a + joined.end())):
        return [(a, b)]
    return [(a, a + joined.start()), *_at_conjunctions(text, a + joined.end(), b)]


def is_person(name: str) -> bool:
    """True for who is named by name or post where units are named: 王某, 副县长李建国. No name of a person is kept."""
    return UNIT_LIKE.search(name) is None and _PERSON.fullmatch(name) is not None


def may_be_person(name: str) -> bool:
    """True for two or three characters that are no unit and begin with a surname."""
    return len(name) in (2, 3) and name[0] in _SURNAMES and UNIT_LIKE.search(name) is None


def _with_fields(text: str, names: list[tuple[str, int]], end: int) -> list[tuple[str, int]]:
    """财政、中医药等部门 is one name, as 住建、城管部门 is: the fields behind the last unit that has an end of its own."""
    fields = len(names)
    while fields and len(names[fields - 1][0]) <= 6 and not _NAMED_WHOLE.search(names[fields - 1][0]):
        fields -= 1
    if fields == len(names) or all(UNIT_LIKE.search(name) for name, _at in names):
        return names
    at = names[fields][1]
    return [*names[:fields], (text[at:end], at)]


def is_group(name: str) -> bool:
    """True for what is named as a unit or as a body or group that acts as one."""
    return UNIT_LIKE.search(name) is not None or GROUP_LIKE.search(name) is not None


def unit_list(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The units between two positions if there is nothing else between them, else none: 市财政局、市税务局; 住建、城管部门 is one name."""
    names = _whole_kinds(text, start, end)
    return names if names and all(UNIT_LIKE.search(name) and len(name) <= _LONGEST for name, _ in names) else []


def subject_list(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """Who acts by the words before 要, 应当, 必须: units, and bodies and groups that are none by name; one of which nothing is known may stand among others."""
    names = _whole_kinds(text, start, end)
    if not any(is_group(name) for name, _at in names):
        return []
    return names if all(len(name) <= _LONGEST and _may_act(name) for name, _at in names) else []


def _may_act(name: str) -> bool:
    """False for a stretch that only ends as a group does, 搞好国有企业, and for what is no name at all."""
    if UNIT_LIKE.search(name):
        return True
    known = GROUP_LIKE.search(name) is not None
    return (_GROUP if known else _MEMBER).fullmatch(name) is not None and ("的" in name or not moods.opens_with_act(name))


def _whole_kinds(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """住建、城管部门 and 水库、水闸等水工程管理单位 and 承办的机关、组织 are one name each: what is listed are kinds of the last."""
    names, _ = listed(text, start, end)
    if len(names) > 1 and _AND_OTHERS.search(text, max(start, end - 8), end):
        return _with_fields(text, names, end)
    if len(names) < 2 or not _ONE_KIND.search(names[-1][0]):
        return names
    first, (last, at) = names[0], names[-1]
    others = [name for name, _at in names[:-1]]
    short = last.endswith("部门") and all(len(name) <= 4 for name in others)
    if ("的" in first[0] or (short and not any(map(is_group, others))) or ("等" in last and not any(map(_AN_OFFICE.search, others)))) and not first[0].startswith("各"):
        return [(text[first[1] : at + len(last)], first[1])]
    return names
