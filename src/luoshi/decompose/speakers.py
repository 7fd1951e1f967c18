"""Who speaks: 「市应急局局长张某表示」 makes what follows the word of 市应急局, until another speaks or the text moves on.

Speakers are kept as units; the name of the person is never stored.
"""

import re
from dataclasses import dataclass

from luoshi.decompose.paragraphs import Sentence
from luoshi.decompose.vocabulary import alternatives, words

_POST = alternatives(words("units", "posts"))
_VERB = r"(?:表示|说道|说|介绍|认为|透露|坦言|指出|称|谈到|告诉|强调|看来|来说|表态|承诺|感慨|提醒|回应|解释|补充)"
_SAYS = re.compile(_VERB)
_SPEAKS = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff()“”·]{{2,26}}?)(?:党委|党组|党工委)?(?P<post>(?:{_POST})(?:\([^()]{{1,8}}\))?(?:[、兼](?:党委|党组)?副?(?:{_POST}))*)(?P<name>[\u4e00-\u9fff·]{{0,4}}?)(?P<verb>{_VERB})"
)
_INTRODUCED = re.compile(rf"(?:邻座的|来自|[\u4e00-\u9fff]{{0,4}}的)?(?P<unit>[\u4e00-\u9fff()]{{2,20}}?)(?:党委|党组|党工委)?(?P<post>(?:{_POST})(?:[、兼](?:党委|党组)?副?(?:{_POST}))*)[\u4e00-\u9fff·]{{2,4}}")
_HEADS_OF_STATE = re.compile("习近平|中共中央|国家主席|中央军委|党中央")  # whose words are no pledge of a unit
_CROWD = re.compile(r"(?:大家|与会(?:者|人员|代表|同志|干部)|代表(?:委员)?们|委员们|干部群众|党员干部|群众|村民|居民)(?:[^,。]{0,4})(?:纷纷|一致|普遍|都)?(?:表示|认为|说)")
"""Many who speak with one voice, and no unit that could be held to it."""
_PRONOUN = re.compile(rf"^(?:他|她|其|该负责人|上述负责人)(?:还|又|同时)?{_VERB}")
_UNIT_SAYS = re.compile(r"(?P<unit>(?![年月日我该本])[\u4e00-\u9fff]{1,16}?(?:委|局|部|厅|办|署|行|院|会))(?:、[^,。]{2,40})?(?:会同[^,。:]{2,60})?(?:也|还|等)?(?:研究)?(?:表示|提出了?[^,。:]{0,8}意见|答复)[,:]?")
_PREFIX = re.compile(r"^(?:.*?(?:的|时|中|上|,|。|”|据|对|在|由|是|向|让|来自|如同|正如|作为))?(?=[\u4e00-\u9fff]{2})")
_OF_PLACE = re.compile(r"^(?P<place>[\u4e00-\u9fff]{1,8}[市县区州盟旗镇乡])委$")


@dataclass(frozen=True, slots=True)
class Speech:
    """The unit that speaks; positions are those of the view."""

    name: str
    start: int
    end: int


def speaker_in(text: str, sentence: Sentence) -> Speech | None:
    """The unit whose holder of a post is quoted in this sentence, if one is."""
    for verb in _SAYS.finditer(text, sentence.start, sentence.end):
        said = _SPEAKS.search(text, max(sentence.start, verb.start() - 60), verb.end())
        if said is None or said.end() != verb.end():
            continue
        start, end = said.span("unit")
        if text[end - 1] == "总" or _HEADS_OF_STATE.search(text, start, end):
            continue
        prefix = _PREFIX.match(text[start:end])
        if prefix:
            start += prefix.end()
        name, end = _unit_of(text[start:end], said["post"], start)
        if len(name) >= 2:
            return Speech(name, start, end)
    return None


def introduced(text: str, sentence: Sentence) -> Speech | None:
    """The unit whose head is named at the start of a sentence, with whatever verb: 「青湾县委书记某某的答案很具体」."""
    named = _INTRODUCED.match(text, sentence.start, sentence.end)
    if named is None:
        return None
    start, end = named.span("unit")
    if text[end - 1] == "总" or _HEADS_OF_STATE.search(text, start, end):
        return None
    name, end = _unit_of(text[start:end], named["post"], start)
    return Speech(name, start, end) if len(name) >= 2 else None


def unit_saying(text: str, sentence: Sentence) -> Speech | None:
    """The unit that answers in a letter: 「水利部也表示」「发展改革委研究提出了办理意见：」."""
    said = _UNIT_SAYS.search(text, sentence.start, sentence.end)
    if said is None:
        return None
    start, end = said.span("unit")
    prefix = re.match(r".*?(?:,|。|对|的)(?=[\u4e00-\u9fff]{2})", text[start:end])
    return Speech(text[start + (prefix.end() if prefix else 0) : end], start + (prefix.end() if prefix else 0), end)


def crowd_speaks(line: str) -> bool:
    """True where 大家纷纷表示: nobody's word in particular."""
    return _CROWD.search(line) is not None


def goes_on(text: str, sentence: Sentence) -> bool:
    """True where a pronoun carries the speaker of the sentence before."""
    return _PRONOUN.match(text[sentence.start : sentence.end]) is not None


def _unit_of(words_before: str, post: str, start: int) -> tuple[str, int]:
    """The unit before a post: 青白江区委＋书记 → 青白江区, 市商务局党组＋书记 → 市商务局, 云州市＋市长 → 云州市."""
    name = words_before
    for tail in ("党工委", "党委", "党组", "工委"):
        name = name.removesuffix(tail)
    whole = name + post
    place = re.match(r"^(?P<place>[\u4e00-\u9fff]{1,10}[市县区州盟旗镇乡])委书记", whole)
    if place:
        name = place["place"]
    name = re.sub(r"\([^()]*\)$", "", name)
    return name, start + len(name)
