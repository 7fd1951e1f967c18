"""No search counts a named person. Whether a term is a person's name, told by a rule that can be read and tried.

A term *is* a name when nothing but a name is left of it: 某同志, 书记某某, 某某某. Where more follows, it is a term, whatever it begins
with (习近平新时代中国特色社会主义思想). What is left is shaped like a name when it is a surname and one or two characters more, is not on the
list of words that only look so, and does not end as units do (水利局). Then

1. with a post or form of address in the term itself, it is a name: 总书记, 同志, 主任;
2. else the dataset decides: where a twentieth of its occurrences or more stand beside a post, it is a name;
3. a word that stands in a framework, an indicator or a heading of the dataset is none;
4. nor are three characters of which the last two stand without the first, a fifth as often at least: 名单 of 白名单;
5. all others count as names: better a term that must be written out than a person who is counted.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

from luoshi.corpus.vocabulary import words
from luoshi.text import ForbiddenError
from luoshi.text.language import _

Ground = Literal["post", "dataset", "shape"]
SHARE = 0.05
SHARE_ALONE = 0.2
_PARTED = re.compile(r"[、，,；;/|]+")
_UNITS = "委组局厅部办院会府处校区县市省镇乡村室科司署社团厂所站队网"
_PAIR = 2


def refuse_person(term: str, texts: Callable[[], Iterable[str]], known: Callable[[], Iterable[str]]) -> None:
    """Raises ForbiddenError where the term, or a part of it between commas, is a person's name; ``texts`` and ``known`` are asked for only if needed."""
    for part in _PARTED.split("".join(term.split())):
        ground = person_in(part, texts, known)
        if ground is not None:
            why = {"post": _("带有职务或称谓"), "dataset": _("在语料中与职务连用"), "shape": _("形同姓名，语料中也看不出是别的词")}[ground]
            raise ForbiddenError(
                _("“{part}”像是人名（{why}）：落实不统计、不检索具体的人。").format(part=part, why=why), hint=_("请改用提法、指标或工作用语；如确非人名，请写得更完整些，如“白名单制度”。")
            )


def person_in(part: str, texts: Callable[[], Iterable[str]], known: Callable[[], Iterable[str]]) -> Ground | None:
    """On what ground these words are a person's name; None where they are none."""
    bare, post = _without_posts(part)
    if post:
        return "post" if is_shaped(bare) or bare in _surnames() else None
    if not is_shaped(bare):
        return None
    seen = _Seen(bare)
    for text in texts():
        seen.look(text)
    if seen.beside_posts and seen.beside_posts >= SHARE * seen.times:
        return "dataset"
    if bare[:2] in words("persons", "words") or seen.is_compound() or any(bare in name for name in known()):
        return None
    return "shape"


def is_shaped(bare: str) -> bool:
    """True where the characters could be a Chinese name."""
    if bare in words("persons", "words") or not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", bare) or bare[-1] in _UNITS:
        return False
    if bare[:2] in words("persons", "compound"):
        return len(bare) in (3, 4)
    return len(bare) in (2, 3) and bare[0] in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(words("persons", "surnames")))


@cache
def _posts() -> str:
    return "|".join(sorted(words("persons", "posts"), key=lambda word: (-len(word), word)))


def _without_posts(part: str) -> tuple[str, bool]:
    """The words without the posts before and after them, and whether there were any: 国务院总理某某 leaves 某某."""
    bare = re.sub(rf"(?:{_posts()})+$", "", part)
    before = re.fullmatch(rf".*?(?:{_posts()})(?P<rest>[\u4e00-\u9fff]{{2,4}})", bare)
    if before and is_shaped(before["rest"]):
        bare = before["rest"]
    return bare, bare != part


class _Seen:
    """How a name-like word occurs: how often, how often beside a post, and how often its end stands alone."""

    def __init__(self, bare: str) -> None:
        self.times = self.beside_posts = self.alone = 0
        self._bare = bare
        posts = _posts()
        self._beside = re.compile(
            rf"(?:{posts})[\s:：]*{bare}|{bare}\s*(?:等?同志|{posts}|所作|摄[\s)）])|(?:^|[\s:：、]){bare}[ \u3000\t]+[\u4e00-\u9fff]{{2,24}}?(?:{posts})", re.MULTILINE
        )

    def look(self, text: str) -> None:
        """Take one text into account."""
        times = text.count(self._bare)
        self.times += times
        if times:
            self.beside_posts += sum(1 for _found in self._beside.finditer(text))
        if len(self._bare) > _PAIR:
            self.alone += text.count(self._bare[1:]) - times

    def is_compound(self) -> bool:
        """True where the end is a word of its own."""
        return self.alone >= max(2, SHARE_ALONE * self.times)
