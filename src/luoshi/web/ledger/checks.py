"""What is looked at before a matter is issued. No Django, no clock: values in, findings out.

``stops`` must be put right before the draft goes to its approver; ``warns`` is for a person to weigh. A finding has a fix that one click takes
(an act with values), or the field where it is put right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from luoshi.text.language import _
from luoshi.web.ledger.likeness import NEAR_SAME, Index, pairs
from luoshi.web.ledger.limits import Proposed

Severity = Literal["stops", "warns"]
STRICTER = 0.2
PROPOSED = "（拟）"  # stands before a criterion that nobody has worded yet
_DOUBLES = 3  # that are told of a draft
_DUTY_PAIRS = 2  # shared with one line of the duty list are enough to be within it


class Aim(NamedTuple):
    """A target: what is measured, the comparator, the number (None where it is only words), its unit, the words of the source."""

    indicator: str
    comparator: str
    value: float | None
    unit: str
    text: str


class Owner(NamedTuple):
    """A unit that is asked: ``duties`` empty where it has no duty list; without ``accounts`` it is recorded for."""

    id: int
    name: str
    accounts: bool
    duties: tuple[str, ...] = ()


class Upper(NamedTuple):
    """What stands above: the parent matter, or a passage of an upper document (with its ``quote``). ``since`` is when its time began."""

    name: str
    due_on: date | None
    since: date | None
    aims: tuple[Aim, ...] = ()
    quote: str = ""


class Suggested(NamedTuple):
    """A suggested unit with the reason for it."""

    unit: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the checks look at in one draft."""

    id: int
    title: str
    quotes: tuple[str, ...] = ()
    owner: Owner | None = None
    supports: tuple[Owner, ...] = ()
    due_on: date | None = None
    due_phrase: str = ""
    cadence: str = ""
    criterion: str = ""
    aims: tuple[Aim, ...] = ()
    uppers: tuple[Upper, ...] = ()
    stricter_reason: str = ""
    suspects: int = 0
    suggested: tuple[Suggested, ...] = ()
    limit: Proposed | None = None  # where the sources name no day


class Fix(NamedTuple):
    """One click: ``act`` is ``edit`` (with the fields to set) or ``merge`` (with ``into``); ``label`` is on the button."""

    act: str
    values: Mapping[str, str]
    label: str


class Finding(NamedTuple):
    """One thing found: its code, how grave, the sentence, the fix or None, the field where it is put right."""

    code: str
    severity: Severity
    sentence: str
    fix: Fix | None = None
    field: str = ""


class Other(NamedTuple):
    """Another open matter or draft of the same office."""

    id: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Others:
    """The open matters that a draft may double, indexed once for many drafts."""

    index: Index[Other] = field(default_factory=lambda: Index(()))

    @classmethod
    def of(cls, entries: Sequence[tuple[Other, str]]) -> "Others":
        """From matters with one of their texts each: the title, a quote."""
        return cls(Index(entries))


def check(draft: Draft, on: date, others: Others) -> list[Finding]:
    """Everything found in a draft on a day, what stops it first."""
    found = [*_owner(draft), *_date(draft, on), *_criterion(draft), *_targets(draft), *_stricter(draft, on), *_duplicates(draft, others), *_duties(draft)]
    if draft.suspects:
        found.append(Finding("source.suspect", "warns", _("依据的原文在文件新版本里已经变了，请核对。"), field="sources"))
    for unit in (*((draft.owner,) if draft.owner else ()), *draft.supports):
        if not unit.accounts:
            found.append(Finding("unit.recorded_for", "warns", _("{unit}没有账号，进展由交办单位代录，请先约好怎么报。").format(unit=unit.name), field="lead"))
    return sorted(found, key=lambda one: one.severity != "stops")


def _owner(draft: Draft) -> list[Finding]:
    if draft.owner is not None:
        return []
    best = draft.suggested[0] if draft.suggested else None
    fix = Fix("edit", {"lead": str(best.unit)}, _("采用{unit}（{reason}）").format(unit=best.name, reason=best.reason)) if best else None
    return [Finding("owner.missing", "stops", _("还没有定牵头单位。"), fix, "lead")]


def _date(draft: Draft, on: date) -> list[Finding]:
    if draft.due_on is None:
        phrase = _("原文写的是“{phrase}”。").format(phrase=draft.due_phrase) if draft.due_phrase else ""
        severity: Severity = "warns" if draft.cadence else "stops"
        limit = draft.limit if not draft.due_phrase and not draft.cadence else None
        label = _("按“{limit}”定到 {day}").format(limit=limit.why, day=limit.due_on.isoformat()) if limit else ""
        fix = Fix("edit", {"due_on": limit.due_on.isoformat()}, label) if limit else None
        return [Finding("date.missing", severity, _("还没有定时限。") + phrase, fix, "due_on")]
    if draft.due_on < on:
        sentence = _("时限 {day} 已经过去 {n} 天，请重定。").format(day=draft.due_on.isoformat(), n=(on - draft.due_on).days)
        return [Finding("date.past", "stops", sentence, field="due_on")]
    return []


def _criterion(draft: Draft) -> list[Finding]:
    if draft.criterion.strip().startswith(PROPOSED):
        return [Finding("criterion.proposed", "warns", _("办结标准还是按指标拟的，请改定后去掉开头的“{mark}”。").format(mark=PROPOSED), field="criterion")]
    if draft.criterion.strip():
        return []
    proposed = proposed_criterion(draft)
    fix = Fix("edit", {"criterion": proposed}, _("先填：{text}").format(text=proposed)) if proposed else None
    return [Finding("criterion.missing", "stops", _("还没有写办结标准。"), fix, "criterion")]


def _reached(aim: Aim) -> str:
    """What is to be reached, in the words of its source, with what is measured where those do not say it: 精品赛事100项."""
    words = (aim.text or f"{aim.comparator}{aim.value or ''}{aim.unit}").removeprefix("达到")
    said = aim.indicator in words or any(aim.indicator.endswith(words[:n]) for n in range(2, len(words)))  # 乡镇中心覆盖率 · 覆盖率达到85%
    return words if said else f"{aim.indicator}{words}"


def proposed_criterion(draft: Draft) -> str:
    """达到 {target}, from the words of the targets alone and marked as a proposal; empty where there is no target."""
    words = "；".join(_reached(aim) for aim in draft.aims)
    return PROPOSED + _("达到：{targets}").format(targets=words) if words else ""


def _targets(draft: Draft) -> list[Finding]:
    bare = [aim for aim in draft.aims if aim.value is None]
    return [Finding("target.number", "warns", _("指标“{name}”没有数值，验收时无从对照。").format(name=aim.indicator or aim.text), field="targets") for aim in bare]


def _duplicates(draft: Draft, others: Others) -> list[Finding]:
    best: dict[int, tuple[float, Other]] = {}
    for text in (draft.title, *draft.quotes):
        for key, score in others.index.near(text, NEAR_SAME, _DOUBLES + 1):
            if key.id != draft.id and score > best.get(key.id, (0.0, key))[0]:
                best[key.id] = (score, key)
    found = []
    for score, other in sorted(best.values(), key=lambda one: (-one[0], one[1].id))[:_DOUBLES]:
        sentence = _("与 {number}“{title}”相同或很相近。").format(number=other.number, title=other.title)
        code = "duplicate.same" if score == 1 else "duplicate.near"
        found.append(Finding(code, "warns", sentence, Fix("merge", {"into": str(other.id)}, _("并入 {number}").format(number=other.number))))
    return found


def _duties(draft: Draft) -> list[Finding]:
    wanted = pairs(" ".join((draft.title, *draft.quotes)))
    found = []
    for unit in ((draft.owner,) if draft.owner else ()) + draft.supports:
        if unit.duties and not any(len(pairs(duty) & wanted) >= _DUTY_PAIRS for duty in unit.duties):
            found.append(Finding("duty.outside", "warns", _("{unit}的职责清单里没有相近的一条，请核对该不该由它办。").format(unit=unit.name), field="lead"))
    return found


def _stricter(draft: Draft, on: date) -> list[Finding]:
    if draft.stricter_reason.strip():
        return []
    found = []
    severity: Severity
    for upper in draft.uppers:
        code, severity, quoted = ("stricter.document", "warns", _("上位原文：“{quote}”").format(quote=upper.quote)) if upper.quote else ("stricter", "stops", "")
        found += [Finding(code, severity, sentence + quoted, field="stricter_reason") for sentence in stricter_than(draft, upper, on)]
    return found


def stricter_than(draft: Draft, upper: Upper, on: date) -> list[str]:
    """In what a draft is more than a fifth stricter than what stands above it; a sentence for each."""
    found = []
    if draft.due_on and upper.due_on:
        since = min(upper.since or on, on)
        given, left = (upper.due_on - since).days, (draft.due_on - since).days
        if given > 0 and left < given * (1 - STRICTER):
            sentence = _("时限比{upper}（{day}）提前超过两成，请写明理由或放宽。")
            found.append(sentence.format(upper=upper.name, day=upper.due_on.isoformat()))
    for aim in draft.aims:
        above = next((one for one in upper.aims if _same_aim(one, aim)), None)
        if above is not None and is_stricter(aim, above):
            sentence = _("指标“{name}”比{upper}（{value:g}{unit}）加码超过两成，请写明理由或放宽。")
            found.append(sentence.format(name=aim.indicator, upper=upper.name, value=above.value, unit=above.unit))
    return found


def _same_aim(one: Aim, other: Aim) -> bool:
    return one.indicator.strip() == other.indicator.strip() and one.unit == other.unit and one.value is not None and other.value is not None


def is_stricter(aim: Aim, above: Aim) -> bool:
    """True where ``aim`` demands over a fifth more than ``above``: more where more is wanted, less where less is."""
    if aim.value is None or above.value is None:
        return False
    if above.comparator in ("≤", "<"):
        return aim.value < above.value * (1 - STRICTER)
    return aim.value > above.value * (1 + STRICTER)
