"""The facts of a paper: plain values, in Chinese, from which Word, PDF and the preview are all made. At issue they are frozen in the row."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from luoshi.text.language import current_language, set_language
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.models import Matter, Report, Source, Support, Target
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.colours import of_colour
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.workflow import BEFORE_ISSUE, DONE, OPEN, ReportState
from luoshi.web.papers.kinds import kinds, number_of
from luoshi.web.papers.models import Letterhead, OfficialPaper
from luoshi.web.papers.wording import About, Found, Inspected, Reckoned, bare_end, paper_day, span
from luoshi.web.problems import names
from luoshi.web.problems.models import Inspection, Problem, Visit
from luoshi.web.problems.workflow import VisitState

Facts = dict[str, Any]
NUMERALS = "〇一二三四五六七八九"
LONGEST_QUOTE = 400


@contextmanager
def in_chinese() -> Iterator[None]:
    """Papers are Chinese, whatever language the page is read in."""
    before = current_language()
    set_language("zh")
    try:
        yield
    finally:
        set_language(before)


def facts_of(paper: OfficialPaper, on: date) -> Facts:
    """What the paper says: as frozen, else as it would be issued on a day, with no figure in its number yet."""
    return {"problems": []} | paper.facts if paper.facts else fresh_facts(paper, on)


def fresh_facts(paper: OfficialPaper, on: date) -> Facts:
    """From the rows as they are now; a number of queries that does not grow with the matters."""
    with in_chinese():
        kind, head = kinds()[paper.kind], Letterhead.objects.filter(unit=paper.unit_id).first()
        units = [one.unit_name or one.unit.name for one in paper.addressees.select_related("unit").order_by("order")]
        matters = [_matter(n, row, lights) for lights in [_lights(paper, on)] for n, row in enumerate(_rows(paper), 1)]
        return {
            "kind": kind.name,
            "shape": kind.shape.value,
            "title": one_line(paper.title),
            "number": paper.number or number_of(kind, head.word if head else "", on.year, None),
            "date": paper_day(paper.dated_on or on),
            "red_head": head.red_head if head else "",
            "issuer": paper.unit.name,
            "signature": (head.signature if head else "") or paper.unit.name,
            "contact": head.contact if head else "",
            "to": units,
            "to_line": "、".join(units),
            "opening": lines(paper.opening),
            "requirements": lines(paper.requirements),
            "closing": one_line(paper.closing),
            "answer_by": paper_day(paper.answer_by),
            "period": span((paper.since, paper.until)) if paper.since or paper.until else "",
            "copies": one_line(paper.copies),
            "count": len(matters),
            "matters": matters,
            "problems": [_problem(n, one, paper.inspection_id) for n, one in enumerate(paper.problems.order_by("paper_entries__order"), 1)] if kind.problems else [],
        }


def about(matters: Iterable[Matter], on: date) -> list[About]:
    """What is known of matters when a paper about them begins."""
    rows = list(matters)
    with in_chinese():
        lights = lights_of(rows, on)
    return [
        About(one.title, one.number, one.lead_name or (one.lead.name if one.lead else ""), one.due_on, lights[one.pk][0].word, lights[one.pk][0].colour, one.state in DONE, on)
        for one in rows
    ]


def reckoned(actor: Actor, since: date, until: date, on: date) -> Reckoned:
    """What happened between two days to the matters that the actor's unit issued, and how those stand on a day that are still worked on."""
    own = visible_matters(actor).filter(issuer__in=actor.units).exclude(state__in=BEFORE_ISSUE)
    happened = {"issued": Q(issued_at__date__range=(since, until)), "closed": Q(closed_at__date__range=(since, until)), "running": Q(state__in=OPEN)}
    told = own.aggregate(**{name: Count("pk", filter=when) for name, when in happened.items()})
    return Reckoned(**told, overdue=of_colour(own, "red", on).count(), behind=of_colour(own, "yellow", on).count(), on=on)


def found(problems: Iterable[Problem]) -> list[Found]:
    """What is known of problems when a paper about them begins."""
    with in_chinese():
        return [Found(one.title, names.severity_names()[one.severity], names.state_names()[one.state], one.severity == "grave") for one in problems]


def inspected(inspection: Inspection) -> Inspected:
    """What is known of an inspection when a paper about it begins: the facts that a unit confirmed, or that were settled after it had answered."""
    visits = list(Visit.objects.filter(inspection=inspection).select_related("unit").order_by("unit__path"))
    facts = [(one.unit_name, bare(one.facts)) for one in visits if one.state in (VisitState.CONFIRMED, VisitState.SETTLED)]
    days = (inspection.starts_on, inspection.ends_on)
    return Inspected(inspection.title, inspection.number, days, inspection.leader, one_line(inspection.content), [one.unit_name for one in visits], facts, one_line(inspection.conclusion))


def internal_titles(matters: Iterable[Matter]) -> list[str]:
    """Titles of internal documents that matters come from: what they say does not leave in a paper."""
    found = Source.objects.filter(matter__in=list(matters), version__document__internal=True)
    return list(found.order_by("version__document__title").values_list("version__document__title", flat=True).distinct())


def lines(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [line.strip() for line in printable(text).splitlines() if line.strip()]


def one_line(text: str) -> str:
    """A text without line breaks."""
    return "".join(lines(text))


def bare(text: str) -> str:
    """A text on one line without the stop at its end: templates set their own."""
    return bare_end(one_line(text))


def printable(text: str) -> str:
    """A text without the characters that no file can carry."""
    return "".join(char for char in text if char in "\n\r\t" or (ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF and ord(char) not in (0xFFFE, 0xFFFF)))


def numeral(n: int) -> str:
    """一 … 九十九; the figure above that."""
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[ones] if ones else "")


def _rows(paper: OfficialPaper) -> list[Matter]:
    accepted = Report.objects.filter(state=ReportState.ACCEPTED, filed_at__isnull=False).order_by("filed_at", "pk")
    found = Matter.objects.select_related("lead", "issuer").prefetch_related(
        Prefetch("supports", Support.objects.select_related("unit").order_by("pk")),
        Prefetch("sources", Source.objects.select_related("instruction", "version__document").defer("version__text", "version__decomposition").order_by("pk")),
        Prefetch("targets", Target.objects.order_by("order", "pk")),
        Prefetch("reports", accepted, to_attr="accepted"),
    )
    return list(found.filter(paper_entries__paper=paper).order_by("paper_entries__order"))


def _lights(paper: OfficialPaper, on: date) -> Mapping[int, Light]:
    return {pk: light for pk, (light, _marks) in lights_of(Matter.objects.filter(paper_entries__paper=paper), on).items()}


def _matter(n: int, row: Any, lights: Mapping[int, Light]) -> Facts:
    sources = list(row.sources.all())
    quotes = [one_line(one.quote)[:LONGEST_QUOTE] for one in sources if one.quote]
    cited = list(dict.fromkeys(one_line(one.cited_as) for one in sources if one.cited_as))
    told = row.accepted[-1] if row.accepted else None
    return {
        "n": str(n),
        "numeral": numeral(n),
        "number": row.number,
        "title": one_line(row.title),
        "task": bare(row.task),
        "basis": "；".join([*(f"“{quote}”" for quote in quotes[:2]), *(f"（{one}）" for one in cited[:3])]).replace("”；（", "”（"),
        "cited": "、".join(cited),
        "lead": row.lead_name or (row.lead.name if row.lead else ""),
        "support": "、".join(one.unit_name or one.unit.name for one in row.supports.all()),
        "leader": row.leader,
        "office": row.office,
        "contact": row.contact,
        "due": paper_day(row.due_on),
        "criterion": bare(row.criterion),
        "targets": "；".join(filter(None, map(_target, row.targets.all()))),
        "measures": "；".join(one_line(str(one)) for one in row.measures if str(one).strip()),
        "state": state_names()[row.state],
        "light": lights[row.pk].word,
        "progress": bare(told.text) if told else "",
    }


def _problem(n: int, row: Problem, inspection: int | None) -> Facts:
    """Where the paper is about the inspection that found it, that is not said again."""
    sources = [names.source_names().get(row.source, row.source), one_line(row.cited_as)] if row.inspection_id is None or row.inspection_id != inspection else []
    return {
        "n": str(n),
        "numeral": numeral(n),
        "number": row.number,
        "title": bare(row.title),
        "signs": bare(row.signs),
        "source": "，".join(filter(None, sources)),
        "severity": names.severity_names()[row.severity],
        "owner": row.owner_name,
        "due": paper_day(row.due_on),
        "state": names.state_names()[row.state],
    }


def _target(one: Target) -> str:
    if one.value is None:
        return one_line(one.text or one.indicator)
    words = {"≥": "不低于", "≤": "不高于", ">": "高于", "<": "低于", "=": ""}
    return f"{one.indicator}{words.get(one.comparator, one.comparator)}{one.value:g}{one.unit}"
