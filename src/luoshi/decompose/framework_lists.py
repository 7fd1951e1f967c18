"""The lists that a framework's members stand in: after 即 or a colon, before the term, as heads of parallel clauses, as headings below.

Every finder gives spans of the view, or nothing; a shape that is not plain is no list.
"""

import re

from luoshi.decompose.outline import Heading, Structure
from luoshi.decompose.rules import moods

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
NUMBER = r"(?:[两二三四五六七八九]|十[一二三四五六七八九]?|[二三]十[一二三四五六七八九]?|\d{1,2})"
COUNTED = r"(?:大|个|项|条|类|级|方面|种|件|张|支|座|重)"
NAMED = re.compile(rf"^(?P<count>{NUMBER}){COUNTED}")
NOUN_END = re.compile(
    r"^.*?(?:定位|枢纽|支撑|引领|示范|行动|工程|战略|体系|服务网络|网络|攻坚战|任务|目标|平台|基地|中心|集群|产业链|产业|改革|机制|制度|清单|原则|关系|优势|功能|风险|领域|方面|区|市场|资源|阶段|关键词|项目|学校|实事|等次|赛道|计划|要求|举措|措施|领会|坚持|转变|统筹|群体|人群|补贴|环节|关口|确立|维护|意识|自信|全面|问题|内容|要素|层级|步骤|环境|高地|市|县|镇|村|廊道|通道|轴带|板块|片区|组团|指标|学院|品牌|标准|效应|增长极|走廊|盆地|经济)"
)
_AFTER = re.compile(r"”?(?P<link>[^。;:“”]{0,12}?(?:[:,]? ?即:?|:|是指|,分别(?:是|为)|,包括|指(?![导标引挥示出数定南令望]))) ?")
_ORDINAL_MARK = re.compile(r"(?P<mark>[一二三四五六七八九十]{1,2})(?:是|要)(?P<member>[^,;:。]{2,40})")
_LIST_END = re.compile(r"[。;\n]")


def number_of(words: str) -> int:
    """两 → 2, 十二 → 12, 9 → 9; 0 for 二三, which is no number."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十") if "十" in words else ("", "", words)
    if not ten:
        return _DIGITS.get(words, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


Parent = tuple[Heading, list[Heading]]


def parents_of(structure: Structure) -> dict[int, list[Parent]]:
    """Sections with numbered sections under them, by how many those are."""
    found: dict[int, list[Parent]] = {}
    for section in structure.sections:
        children = [structure.sections[i] for i in section.children if structure.sections[i].number]
        if len(children) > 1:
            found.setdefault(len(children), []).append((section, children))
    return found


def members_of(text: str, parents: list[Parent], name: str, claimed: int, start: int, end: int, quoted: bool) -> tuple[list[tuple[int, int]], bool]:
    """The best list around one mention, and whether the text opened it so plainly that a wrong count is its own."""
    if claimed > 30:
        return [], False
    opened = start - 1 if quoted else start
    closed = end + 1 if quoted else end
    heads = _repeated_heads(text, name, claimed, closed)
    if heads:
        return heads, False
    inside = _in_bracket(text, closed)
    if len(inside) == claimed:
        return inside, False
    after, sure = _after(text, claimed, closed)
    if len(after) == claimed:
        return after, False
    for finder in (_dash_run, _before, _quote_run):
        found = finder(text, claimed, opened)
        if len(found) == claimed:
            return found, False
    for listed in (_parallel(text, claimed, closed), _ordinals(text, claimed, closed), _children(text, parents, opened)):
        if len(listed) == claimed:
            return listed, False
    etc = _open_list(text, opened)
    if etc and len(etc) <= claimed:
        return etc, False
    return (after, sure) if sure and len(after) >= 2 and abs(len(after) - claimed) <= 2 and claimed <= 12 else ([], False)


_ORDER = re.compile(r"[一二三四五六七八九十]{1,2}[是要](?=.)")


def _clean(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " “”‘《(":
        start += 1
    while end > start and text[end - 1] in " ”“。》,;:":
        end -= 1
    if ordered := _ORDER.match(text, start, end):
        start = ordered.end()
    return start, end


def _split(text: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    """Cut at ``marks`` outside quotes, book titles and brackets."""
    found: list[tuple[int, int]] = []
    depth = 0
    at = start
    for i in range(start, end):
        c = text[i]
        if c in "“《(‘":
            depth += 1
        elif c in "”》)’":
            depth = max(0, depth - 1)
        elif depth == 0 and c in marks:
            found.append(_clean(text, at, i))
            at = i + 1
    found.append(_clean(text, at, end))
    return [(a, b) for a, b in found if a < b]


def _after(text: str, claimed: int, closed: int) -> tuple[list[tuple[int, int]], bool]:
    """A list after the term: “六个区”，即A、B…; “五个一批”：A、B…"""
    link = _AFTER.match(text, closed)
    if link is None:
        return [], False
    start = link.end()
    stop = _LIST_END.search(text, start)
    end = stop.start() if stop else len(text)
    if end - start > 1200:
        return [], False
    plain = re.search(r",(?=以|把|努力|推动|确保|为|切实|不断|着力|全力|促进|加快|在此)", text[start:end])
    listed_end = start + plain.start() if plain else end
    comma = text.find(",", start, end)
    for marks, stop_at in (("、", listed_end), ("、", comma if comma > start else listed_end), (",", end), (";", _until_sentence(text, start))):
        pieces = _split(text, start, stop_at, marks)
        if marks == "、" and len(pieces) >= 2:
            pieces = _drop_tail(text, pieces)
        if len(pieces) == claimed and all(b - a <= 60 or marks == ";" for a, b in pieces):
            return [_head(text, a, b) if marks == ";" else (a, b) for a, b in pieces], False
    pieces = _drop_tail(text, _split(text, start, listed_end, "、"))
    sure = (
        link["link"].lstrip(",").startswith((":", "即")) and "等" not in text[start:listed_end] and not any(c in text[start:listed_end] for c in "“《,;(和与及")
        and all(2 <= b - a <= 20 for a, b in pieces)
    )
    return pieces, sure


def _in_bracket(text: str, closed: int) -> list[tuple[int, int]]:
    """A list in a bracket behind the term: “一区三地”战略定位（A、B、C、D）."""
    bracket = _BRACKETED.match(text, closed)
    return _split(text, *bracket.span("list"), "、") if bracket else []


_BRACKETED = re.compile(r"”?[\u4e00-\u9fff]{0,8}\((?:即|指|包括)?(?P<list>[^()]{4,200})\)")
_SENTENCE_END = re.compile(r"[。\n]")


def _until_sentence(text: str, start: int) -> int:
    stop = _SENTENCE_END.search(text, start)
    return stop.start() if stop else len(text)


def _drop_tail(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The last member without what follows it: …样板区，现代化海滨城市 stays, …等 goes; 和 between the last two cuts."""
    if not pieces:
        return pieces
    a, b = pieces[-1]
    comma = text.find(",", a, b)
    if comma > a:
        b = comma
    etc = text.find("等", a + 2, b)
    if etc > a and b - etc <= 5:
        b = etc
    joint = re.search(r"(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})", text[a:b])
    lengths = [y - x for x, y in pieces[:-1]]
    if joint and lengths and b - a > max(lengths) + 2:
        return [*pieces[:-1], (a, a + joint.start()), (a + joint.end(), b)]
    return [*pieces[:-1], (a, b)]


def _head(text: str, a: int, b: int) -> tuple[int, int]:
    comma = text.find(",", a, b)
    return (a, comma) if comma > a else (a, b)


_TAIL = re.compile(r"(?:(?:上|中|方面|里)(?:[充更]?[分好]?)(?:发挥|作出|起到|走在|强化|实现|形成|取得)?(?:好|了|更大)?|等|共|这|的|是|作为|为|,)?\Z")


def _before(text: str, claimed: int, opened: int) -> list[tuple[int, int]]:
    """A list before the term: 打造A、B、C“三个…”, 在A、B、C上发挥“三个…”, A、B、C的三级…"""
    floor = max(text.rfind("。", 0, opened), text.rfind("\n", 0, opened), text.rfind(";", 0, opened), opened - 400) + 1
    tail_from = max(floor, opened - 12)
    tail = _TAIL.search(text, tail_from, opened)
    end = tail.start() if tail else opened
    if text[end:opened].startswith("等"):
        return []
    if end - floor < 3 or text.find("、", floor, end) < 0:
        return []
    pieces = _split(text, floor, end, "、")
    pieces = pieces[-claimed:] if len(pieces) >= claimed else (_drop_tail(text, pieces) if len(pieces) == claimed - 1 else pieces)
    if len(pieces) != claimed:
        return []
    if text[end - 1] == "、" or _ENDS_IN_VERB.search(text[pieces[-1][0] : pieces[-1][1]]):
        return []
    first_a, first_b = pieces[0]
    if any("," in text[a:b] or b - a > 40 for a, b in pieces[1:]):
        return []
    first = _first_member(text, first_a, first_b, pieces[1:])
    return [] if set(text[first[0] - 1 : end]) & set("“”") else [first, *pieces[1:]]


_LIST_VERB = re.compile(r"打造|实施|构建|聚焦|围绕|建成|培育|包括|涵盖|覆盖|突出|做强|壮大|做优|筑牢|紧扣|赋予")


def _cuts(word: str) -> bool:
    """True for a verb that stands before a list and is no part of a name: 打造, 建设, not 创新 or 服务."""
    return moods.is_act(word) and (word in ("建设", "发展") or not moods.is_noun_too(word))


_ENDS_IN_VERB = re.compile(r"(?:建立|建设|新建|打造|培育|实施|设立|成立|开展|推进|推动|完成|落实|发展|建成|创建|引进|举办|形成|提出|明确|改造|新增|总共?|合计)$")


_LEVEL = re.compile(r"(?:[省市县区乡镇村组户州盟旗]|街道|社区|中央|国家|单位|部门)(?:\([^()]{1,12}\))?\Z")
_COUNTED_BEFORE = re.compile(r"[两二三四五六七八九十\d](?:个|大)[^、,]{0,16}?(?:以及|[和与及])(?=..)")


def _first_member(text: str, a: int, b: int, others: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the first member of a list begins: shaped like the others, else behind the last verb or preposition."""
    if (level := _LEVEL.search(text, a, b)) and all(_LEVEL.fullmatch(text, x, y) for x, y in others):
        return level.start(), b  # 公布市、县两级清单
    second = text[others[0][0] : others[0][1]]
    for width in (2, 1):
        if len(second) > width and all(text[x + 1 : x + 1 + width] == second[1 : 1 + width] for x, _ in others) and len(others) > 1:
            at = text.rfind(second[1 : 1 + width], a + 1, b)
            if at > a:
                return at - 1, b
    if len(others) >= 1 and all(text[x : x + 2] == second[:2] for x, _ in others):
        at = text.rfind(second[:2], a, b)
        if at >= a:
            return at, b
    comma = max(text.rfind(mark, a, b) for mark in ",:;")
    if comma >= a and b - comma > 1:
        a = comma + 1
    counted = _COUNTED_BEFORE.search(text, a, b)
    if counted and counted.end() < b - 1:
        a = counted.end()
    located = re.search(r"(?:^|[,:;])[^,:;]{0,24}?(?:在|从)(?=[\u4e00-\u9fff])", text[a:b])
    if located and second[:2] not in ("", "新时") and re.match(r"[\u4e00-\u9fff]{2}", second) and re.match(r"(?:推动|守护|打造|构建|建设|抓|探索|推进|深化|加强|提升|促进|发展|创新|完善)", second):
        return a + located.end(), b
    shortest = min(y - x for x, y in others)
    for verb in reversed(list(_LIST_VERB.finditer(text, a, b))):
        if b - verb.end() >= max(2, shortest // 2):
            return verb.end(), b
    longest = 2 * max(y - x for x, y in others) + 4
    cut = a
    for at in range(a, b - 1):
        end = at + 2 if _cuts(text[at : at + 2]) else at + 1 if text[at] in "以从在把将对为" and at == a else 0
        if end and end < b:
            cut = end
            if b - cut <= longest and not _cuts(text[cut : cut + 2]):
                break
    while text[cut : cut + 1] in "了好" and cut < b - 1:
        cut += 1
    return cut, b


_DASHED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[—-]{1,2}[\u4e00-\u9fff]{1,8})+$")


def _dash_run(text: str, claimed: int, opened: int) -> list[tuple[int, int]]:
    """城区—街道—社区—小区—家庭五级…"""
    near = max(0, opened - 24)
    if text.find("—", near, opened) < 0 and text.find("-", near, opened) < 0:
        return []
    run = _DASHED.search(text[max(0, opened - 120) : opened])
    if run is None:
        return []
    base = max(0, opened - 120)
    pieces = [(base + m.start(), base + m.end()) for m in re.finditer(r"[\u4e00-\u9fff]+", text[base : base + run.end()]) if m.start() >= run.start()]
    if len(pieces) == claimed and len(pieces) > 1:
        width = max(b - a for a, b in pieces[1:])
        a, b = pieces[0]
        pieces[0] = (max(a, b - width), b)
    return pieces


def _quote_run(text: str, claimed: int, opened: int) -> list[tuple[int, int]]:
    """“A”“B”“C”三个…"""
    if text[opened - 1 : opened] not in ("”", "、"):
        return []
    run = re.search(r"(?:“[^“”]{1,24}”[、和]?)+$", text[max(0, opened - 300) : opened])
    if run is None:
        return []
    base = max(0, opened - 300) + run.start()
    return [(base + m.start(1), base + m.end(1)) for m in re.finditer(r"“([^“”]+)”", run[0])][-claimed:]


def _repeated_heads(text: str, name: str, claimed: int, closed: int) -> list[tuple[int, int]]:
    """“十个深刻领会”：深刻领会…；深刻领会…; also before the term."""
    head = NAMED.match(name)
    word = name[head.end() :] if head else ""
    if len(word) < 2 or (NOUN_END.fullmatch(word) and not word.endswith(("领会", "坚持"))):
        return []
    end = text.find("\n", closed + 1200)
    after = [at for at in _places(text, word, closed, len(text) if end < 0 else end) if text[at - 1] in ",;:、。" or (text[at - 1] == "是" and text[at - 2] in _DIGITS)]
    if len(after) >= claimed:
        return [_head_until(text, at) for at in after[:claimed]]
    floor = max(text.rfind("。", 0, closed - len(name) - 2), 0)
    before = _places(text, word, floor, closed - len(name) - 1)
    return [_head_until(text, at) for at in before] if len(before) == claimed else []


def _places(text: str, word: str, start: int, end: int) -> list[int]:
    """Every place of ``word`` between two positions."""
    found: list[int] = []
    at = text.find(word, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + len(word), end)
    return found


_HEAD_END = re.compile(r"[,;。:、“\n]")


def _head_until(text: str, at: int) -> tuple[int, int]:
    stop = _HEAD_END.search(text, at)
    return at, stop.start() if stop else len(text)


def _parallel(text: str, claimed: int, closed: int) -> list[tuple[int, int]]:
    """在A方面，…；在B方面，…；在C方面，…"""
    window = text[closed : closed + 900]
    if window.count(",") < claimed or window.count("在") < claimed:
        return []
    found = [m.span(1) for m in re.finditer(r"(?:(?<=[;。:])|(?<=[\n]))在([^,;。]{2,24}?)(?:方面|上|中),", window)]
    return [(closed + a, closed + b) for a, b in found] if len(found) == claimed else []


_ORDINALS_OPEN = re.compile(r"[^。\n:]{0,60}[:。]\s*(?=一[是要])")


def _ordinals(text: str, claimed: int, closed: int) -> list[tuple[int, int]]:
    """从三个方面…：一是…；二是…；三是…"""
    if _ORDINALS_OPEN.match(text, closed, closed + 80) is None:
        return []
    window_end = min(len(text), _until_sentence(text, closed) + 1500)
    members: list[tuple[int, int]] = []
    for found in _ORDINAL_MARK.finditer(text, closed, window_end):
        expected = len(members) + 1
        if number_of(found["mark"]) != expected:
            if members:
                break
            continue
        members.append(_clean(text, *found.span("member")))
    return members if len(members) == claimed else []


def _children(text: str, parents: list[Parent], opened: int) -> list[tuple[int, int]]:
    """A heading that holds the term, or a sentence just before the headings: its child headings are the members."""
    for section, children in parents:
        if section.title[0] <= opened <= section.title[1]:
            return [_child_title(text, child.title) for child in children]
        between = text[opened : children[0].start].rstrip("。:; \n") if opened < children[0].start <= opened + 120 else "。"
        if section.start <= opened and not set(between) & set("。\n"):
            return [_child_title(text, child.title) for child in children]
    return []


def _child_title(text: str, title: tuple[int, int]) -> tuple[int, int]:
    a, b = _clean(text, *title)
    lead = re.match(r"要(?:加快)?(?:打造|建设|坚持|全力打造)?", text[a:b])
    return (a + lead.end(), b) if lead and a + lead.end() < b else (a, b)


def _open_list(text: str, opened: int) -> list[tuple[int, int]]:
    """A、B、C等9个…"""
    if text[opened - 1 : opened] != "等":
        return []
    base = max(0, opened - 160)
    run = re.search(r"(?P<list>[^,。;:\n]*、[^,。;:\n]*)等$", text[base:opened])
    if run is None:
        return []
    pieces = _split(text, base + run.start("list"), base + run.end("list"), "、")
    return [_first_member(text, *pieces[0], pieces[1:]), *pieces[1:]] if len(pieces) > 1 else []
