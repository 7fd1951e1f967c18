"""Matches become links, bands, origins and ratios."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from luoshi.align import quantities, relations, standard
from luoshi.align.changes.added import added_beside
from luoshi.align.changes.numbers import keeps_targets
from luoshi.align.changes.time import moved_as_a_whole
from luoshi.align.changes.who import responsible
from luoshi.align.likeness import THRESHOLDS
from luoshi.align.matching import Match
from luoshi.align.model import (
    LINKING,
    Added,
    Alignment,
    Band,
    Change,
    Direction,
    EmbedderFacts,
    Link,
    LowerItem,
    Origin,
    Ratio,
    Relation,
    UpperItem,
)
from luoshi.align.pairing import link_of, slots_of
from luoshi.align.side import Side
from luoshi.align.slots import is_all, is_whole
from luoshi.align.targets import target_rows
from luoshi.align.wording import has_half, is_copied
from luoshi.text import Span
from luoshi.text.language import _

_LEAST, _WHOLE = 0.12, 0.8
_MOVED, _SURER = frozenset({"raised", "lowered", "earlier", "later", "softened", "hardened", "to_words"}), 0.15
_MUCH = 0.4
_DIGITS = re.compile("[0-9][0-9.]*")
_KEPT: frozenset[Relation] = frozenset({"copied", "same_target"})
_FEW = 2
"""Such numbers are met everywhere: 1所."""
_MORE = 6
"""An upper clause that is longer by this may be answered by two."""
_LABEL = 10
_ANYWHERE = Span(0, sys.maxsize)
"""Who answers for an item may stand in the bracket behind it, too."""
_YEAR = re.compile("20[0-9]{2}年")
_FIGURE = re.compile("[0-9](?:[0-9.]*)[百千万亿]*([^0-9.百千万亿,;。])")
_NO_CLAIM = frozenset({"copied", "carried", "same_target"})
"""What can be said of two wordings whoever was first."""


Matches = tuple[Side, Sequence[Match], Sequence[Match]]
"""Passages of the lower document, which of them answer which of the upper one, and which did before a model had its say."""


def assemble(upper: Side, lower: Side, matches: Sequence[Matches], direction: Direction, embedder: EmbedderFacts | None) -> Alignment:
    """Everything an alignment says, from the matches."""
    links = [link for _upper, group in sorted((group for one in matches for group in _links(upper, *one, direction)), key=itemgetter(0)) for link in group]
    upper_items, lower_items = _upper_items(upper, links), _lower_items(lower, links, direction)
    return Alignment(
        upper.made, lower.made, direction, tuple(links), upper_items, lower_items, tuple(target_rows(upper, lower, links)),
        _measures(lower, links, upper_items, lower_items), standard.version(), embedder,
    )  # fmt: skip


def _links(upper: Side, lower: Side, matches: Sequence[Match], seen: Sequence[Match], direction: Direction) -> Iterator[tuple[int, list[Link]]]:
    """For each match the number of its upper bundle, and its links: that of the bundle, those of its acts behind it."""
    surest = _surest(seen)
    acts = [
        [
            link
            for i, j, score in one.acts
            if not (_is_label(upper, i) or _is_label(lower, j))
            and (link := link_of(upper, lower, Span(*upper.acts[i]), _answering(upper, lower, one, i, j), score)).score >= _LEAST
            and not (_moved(link) and max(surest.above[i], surest.below[j]) > score + _SURER)
        ]
        for one in matches
    ]
    kept_above, kept_below = _answered(acts)
    likeliest = _likeliest(matches)
    sure = [link for own in acts for link in own if link.score >= THRESHOLDS.act]
    said, answering = {link.upper.start for link in sure}, {link.lower.start for link in sure}
    for one, own in zip(matches, acts, strict=True):
        claimed = _claimed(own)
        kept = [link for link in own if not link.changed or not (_counts_for_another(upper, lower, link, kept_above, kept_below) or _is_claimed(link, claimed))]
        beside = tuple(_beside(upper, lower, one, kept, answering)) if kept else ()
        gone = tuple(_gone(upper, lower, one, said)) if kept and one.score >= _WHOLE else ()
        yield one.upper, [_by_direction(link, direction) for link in (_bundle(upper, lower, one, kept, beside, gone, asked=one.score + _SURER > likeliest[one.lower]), *kept)]


def _is_step(clause: str, following: str, year: str) -> bool:
    """2026年达到55%，2027年达到58% : what is to be reached by 2027 is compared with the second, the first is a step towards it."""
    if (own := _YEAR.search(clause)) is None or own[0] >= year or not following.lstrip("到至").startswith(year):
        return False
    step, reached = _FIGURE.search(clause, own.end()), _FIGURE.search(following, len(year))
    return bool(step and reached and step[1] == reached[1])


def _is_label(side: Side, i: int) -> bool:
    """老旧小区：重点查找……: a label tells what belongs together and is nothing to be done."""
    start, end = side.acts[i]
    return end - start <= _LABEL and side.text[end : end + 1] == ":"


def _answering(upper: Side, lower: Side, one: Match, i: int, j: int) -> Span:
    """The lower clause with the one beside it, where the upper clause says in one what the lower document parts in two."""
    (start, end), (a, b) = lower.acts[j], upper.acts[i]
    below, words = lower.passages[one.lower], upper.text[a:b]
    if (year := _YEAR.search(words)) and j + 1 < below.last_act and _is_step(lower.text[start:end], lower.text[slice(*lower.acts[j + 1])], year[0]):
        return Span(*lower.acts[j + 1])
    if b - a < (end - start) + _MORE:
        return Span(start, end)
    for k in (j + 1, j - 1):
        if below.first_act <= k < below.last_act and lower.acts[k][1] <= below.end and all(k != taken for _a, taken, _score in one.acts):
            c, d = lower.acts[k]
            if has_half(words, lower.text[c:d]):
                return Span(min(start, c), max(end, d))
    return Span(start, end)


def _answered(acts: Sequence[Sequence[Link]]) -> tuple[dict[Span, Link], dict[Span, Link]]:
    """For each upper and for each lower clause the surest link by which its numbers are kept."""
    above: dict[Span, Link] = {}
    below: dict[Span, Link] = {}
    for link in (link for own in acts for link in own if _KEPT & {link.relation, *link.also} and link.score >= THRESHOLDS.act):
        for found, clause in ((above, link.upper), (below, link.lower)):
            if clause not in found or found[clause].score < link.score:
                found[clause] = link
    return above, below


def _counts_for_another(upper: Side, lower: Side, link: Link, kept_above: dict[Span, Link], kept_below: dict[Span, Link]) -> bool:
    """True where the lower clause keeps the number of another upper clause, or another lower clause the number of this upper one, and this link
    would have changed it: 占比65% above and below is no answer to the 占比80% of something else. Not where the other is much less sure."""
    numbers = [change for change in link.changed if change.slot == "number"]
    if not numbers:
        return False
    above, below = kept_above.get(link.upper, link), kept_below.get(link.lower, link)
    if above.lower != link.lower and above.score + _MUCH > link.score:
        return True
    return below.upper != link.upper and below.score + _MUCH > link.score and any(_is_said(lower, change.lower, below.upper.of(upper.text)) for change in numbers)


def _is_said(side: Side, number: Span | None, words: str) -> bool:
    """True where the figure of ``number`` stands in ``words``, or there is none."""
    figure = _DIGITS.search(number.of(side.text)) if number else None
    return figure is None or figure[0] in words


def _likeliest(matches: Sequence[Match]) -> dict[int, float]:
    """How likely the likeliest answer of each lower bundle is."""
    found: dict[int, float] = {}
    for one in matches:
        found[one.lower] = max(found.get(one.lower, 0.0), one.score)
    return found


class _Surest(NamedTuple):
    """How likely the likeliest answer of each clause is, by its number above and below."""

    above: dict[int, float]
    below: dict[int, float]


def _surest(matches: Sequence[Match]) -> _Surest:
    found = _Surest({}, {})
    for i, j, score in (act for one in matches for act in one.acts):
        found.above[i], found.below[j] = max(found.above.get(i, 0.0), score), max(found.below.get(j, 0.0), score)
    return found


def _moved(link: Link) -> bool:
    """True where a number or a time limit would have moved. That is said of the likeliest answer only: 企业开办1个工作日 is not answered by
    信用修复7个工作日 where 企业开办 stands below, too."""
    return bool(link.changed) and any(change.how in _MOVED for change in link.changed)


def _claimed(own: Sequence[Link]) -> dict[Span, Link]:
    """For each lower number that is said to have changed, the link that is surest of it."""
    found: dict[Span, Link] = {}
    for link in own:
        for change in link.changed:
            if change.slot == "number" and change.lower and (change.lower not in found or found[change.lower].score < link.score):
                found[change.lower] = link
    return found


def _is_claimed(link: Link, claimed: dict[Span, Link]) -> bool:
    """True where the number with which another clause of the bundle is surely compared would answer this one, too: 55% in the hills is not
    answered by 78% of the whole."""
    return any(change.slot == "number" and change.lower and claimed[change.lower].upper != link.upper for change in link.changed)


def _gone(upper: Side, lower: Side, one: Match, said: set[int]) -> Iterator[Change]:
    """The numbers of clauses of the upper bundle that nothing below answers: of 加强培训，三年培训10万人次 only 加强培训 is left."""
    above = upper.passages[one.upper]
    silent = [act for act in upper.acts[above.first_act : above.last_act] if act[0] not in said] if above.last_act - above.first_act > 1 else []
    for act in silent:
        clause = slots_of(upper, *act)
        for target in clause.goals if not clause.places else ():
            if target.value > _FEW and not (is_all(target) and is_whole(lower.text[lower.passages[one.lower].start : lower.passages[one.lower].end])) and not any(quantities.may_answer(target, other) and quantities.named_alike(target.indicator, other.indicator) > 0 for other in lower.targets):
                yield Change("number", "dropped", Span(target.start, target.end), None)


def _bundle(upper: Side, lower: Side, one: Match, acts: Sequence[Link], beside: Sequence[Added], gone: Sequence[Change], *, asked: bool) -> Link:
    """The link of two bundles: the strongest relation of its acts, ``related`` where none of them belong together. Who answers for them is
    ``asked`` where the lower one answers nothing else much better."""
    above, below = upper.passages[one.upper], lower.passages[one.lower]
    if not acts:
        return Link(Span(above.start, above.end), Span(below.start, below.end), "bundle", "related", (), one.score, above.item, below.item, (), ())
    held: set[Relation] = set()
    changed: dict[Change, None] = {}
    added: dict[Added, None] = {}
    for link in acts:
        held.update((link.relation, *link.also))
        changed.update(dict.fromkeys(link.changed))
        added.update(dict.fromkeys(link.added))
    changed.update(dict.fromkeys(gone))
    added.update(dict.fromkeys(beside))
    if beside:
        held.add("concretised")
    if gone:
        held.add("weakened")
    if upper.items[above.item or ""].targets and keeps_targets(slots_of(upper, above.start, above.end), slots_of(lower, below.start, below.end)):
        held.add("same_target")
    if held == {"copied"} and len(acts) < above.last_act - above.first_act and not is_copied(upper.text[above.start : above.end], lower.text[below.start : below.end]):
        held.add("carried")
    if held > {"copied"} and "same_target" in held and held <= {"copied", "same_target"}:
        held.discard("same_target")
    told = {change.slot for change in changed}
    if one.score >= _WHOLE and "deadline" not in told:
        for change, relation in moved_as_a_whole(upper.items.get(above.item or ""), lower.items.get(below.item or ""), copied="copied" in held):
            changed[change] = None
            held.add(relation)
    if asked and one.score >= THRESHOLDS.found and "unit" not in told:
        for change, _relation in responsible(upper.items.get(above.item or ""), lower.items.get(below.item or ""), _ANYWHERE, _ANYWHERE):
            changed[change] = None
            held.add("carried")
    order = relations.strongest_first(held)
    return Link(
        Span(above.start, above.end), Span(below.start, below.end), "bundle", order[0], tuple(order[1:]), one.score, above.item, below.item,
        tuple(added), tuple(changed),
    )  # fmt: skip


def _beside(upper: Side, lower: Side, one: Match, acts: Sequence[Link], answering: set[int]) -> Iterator[Added]:
    """What the clauses of the lower bundle add that answer nothing above: 其中石桥区110个. Where they are many, the bundle is about more."""
    below = lower.passages[one.lower]
    if below.last_act - below.first_act == 1:
        return
    own = {link.lower.start for link in acts}
    free = [act for act in lower.acts[below.first_act : below.last_act] if act[0] not in answering and act[0] not in own]
    if not free or len(free) > len(acts):
        return
    above = upper.passages[one.upper]
    for clause in (slots_of(lower, *act) for act in free):
        if clause.goals or clause.deadlines or clause.often or clause.places:
            yield from added_beside(slots_of(upper, above.start, above.end), clause, lower.own_names)


def _by_direction(link: Link, direction: Direction) -> Link:
    """Where nothing can have been taken over, what links has a common source."""
    if direction.value == "derived" or link.relation not in LINKING:
        return link
    return link._replace(relation="same_source", also=tuple(one for one in (link.relation, *link.also) if one in _NO_CLAIM))


def _upper_items(upper: Side, links: Sequence[Link]) -> tuple[UpperItem, ...]:
    items = [link.upper_item for link in links]
    of, bundles = _numbers(items, range(len(links))), _bundles(items, links)
    made: list[UpperItem] = []
    for item in upper.made.items:
        best = bundles.get(item.id, _NO_BUNDLE)
        made.append(UpperItem(item.id, None if item.grade == "principle" else best.band, best.score, tuple(of.get(item.id, ()))))
    return tuple(made)


def _numbers(items: Sequence[str | None], order: Iterable[int]) -> dict[str, list[int]]:
    """For each of ``items`` the numbers of its links, in the order in which they come."""
    of: dict[str, list[int]] = {}
    for n in order:
        if item := items[n]:
            of.setdefault(item, []).append(n)
    return of


class _Best(NamedTuple):
    """What the bundles of an item say together: is one of them found, and the score of the surest."""

    band: Band
    score: float


_NO_BUNDLE = _Best("not_seen", 0.0)


def _bundles(items: Sequence[str | None], links: Sequence[Link]) -> dict[str, _Best]:
    """For each of ``items``, which are those of ``links`` in their order, what its bundles say."""
    best: dict[str, _Best] = {}
    for item, link in zip(items, links, strict=True):
        if item and link.level == "bundle":
            before = best.get(item, _NO_BUNDLE)
            found = before.band == "found" or (link.score >= THRESHOLDS.found and link.relation in LINKING)
            best[item] = _Best("found" if found else "to_check", max(before.score, link.score))
    return best


def _lower_items(lower: Side, links: Sequence[Link], direction: Direction) -> tuple[LowerItem, ...]:
    falling, items = [-link.score for link in links], [link.lower_item for link in links]
    of, bundles = _numbers(items, sorted(range(len(links)), key=falling.__getitem__)), _bundles(items, links)
    origins: dict[Band, Origin] = {"found": "derived" if direction.value == "derived" else "same_source", "to_check": "to_check", "not_seen": "local"}
    made: list[LowerItem] = []
    for item in lower.made.items:
        best = bundles.get(item.id, _NO_BUNDLE)
        made.append(LowerItem(item.id, None if item.grade == "principle" else origins[best.band], tuple(of.get(item.id, ()))))
    return tuple(made)


def _measures(lower: Side, links: Sequence[Link], upper_items: Sequence[UpperItem], lower_items: Sequence[LowerItem]) -> tuple[Ratio, ...]:
    counted = [one for one in upper_items if one.band]
    found = [one for one in counted if one.band == "found"]
    more = {link.upper_item for link in links if _is_sure(link) and (link.added or "concretised" in (link.relation, *link.also))}
    concretised = [one for one in found if one.id in more]
    copied, whole = _copied(lower, links)
    own = [one for one in lower_items if one.origin]
    return (
        Ratio("found", len(found), len(counted), _("见到对应表述的上位事项 ÷ 上位事项（原则要求不计）")),
        Ratio("to_check", sum(1 for one in counted if one.band == "to_check"), len(counted), _("待核的上位事项 ÷ 上位事项（原则要求不计）")),
        Ratio("not_seen", sum(1 for one in counted if one.band == "not_seen"), len(counted), _("未见对应表述的上位事项 ÷ 上位事项（原则要求不计）")),
        Ratio("copied", copied, whole, _("下位事项中与上位文件表述相同的字 ÷ 下位事项的字（按相邻两字计；规范表述、层级和地名、原则要求不计）")),
        Ratio("concretised", len(concretised), len(found), _("增加了数量、时限、单位、地点或项目的上位事项 ÷ 见到对应表述的上位事项")),
        Ratio("local", sum(1 for one in own if one.origin == "local"), len(own), _("本地新增的下位事项 ÷ 下位事项（原则要求不计）")),
    )


def _is_sure(link: Link) -> bool:
    return link.score >= THRESHOLDS.act and link.level == "act"


def _copied(lower: Side, links: Sequence[Link]) -> tuple[int, int]:
    """Pairs of characters of the lower items that are worded as above, and all that are counted: those that tell something."""
    telling = np.diff(lower.act_wording.pairs.starts)
    own = np.array([p.item is not None for p in lower.passages], bool)[lower.act_passages]
    same = {link.lower.start for link in links if link.level == "act" and link.lower_item and _is_worded_alike(link)}
    copied = sum(int(telling[n]) for n, (start, _end) in enumerate(lower.acts) if start in same)
    return copied, int(telling[own].sum())


def _is_worded_alike(link: Link) -> bool:
    return "copied" in (link.relation, *link.also) or (link.relation == "same_source" and not link.changed and not link.added and link.score > 0.9)
