"""Documents, instructions, what a search found, the decisions of a programme: each as its page lists it."""

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.documents import words
from luoshi.web.documents.models import Document
from luoshi.web.documents.selectors import narrowed_documents
from luoshi.web.exchange.listings.base import CHUNK, Found, View, batches, iso
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors import finding
from luoshi.web.ledger.selectors.origins import visible_instructions
from luoshi.web.programmes.selectors import became_matters, visible_decisions, visible_programmes
from luoshi.web.search.marking import wanted
from luoshi.writers.lists import ListColumn

Shows = Mapping[str, tuple[str, float, Callable[[Any], str]]]
"""Column → its heading, its width, what it says of a row."""


def _names(shows: Callable[[], Shows]) -> Callable[[], dict[str, str]]:
    return lambda: {name: heading for name, (heading, _width, _show) in shows().items()}


def _all(shows: Callable[[], Shows]) -> Callable[[QueryDict], tuple[str, ...]]:
    return lambda query: tuple(shows())


def _columns(shows: Shows, chosen: Sequence[str]) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(shows[name][0], shows[name][1]) for name in chosen)


def _cells(shows: Shows, chosen: Sequence[str], rows: Any) -> Iterator[Sequence[str]]:
    for row in rows:
        yield tuple(shows[name][2](row) for name in chosen)


def _page(name: str) -> Callable[[QueryDict, int | None], str]:
    return lambda query, pk: f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)


# -- documents
def _document_shows() -> Shows:
    levels, states = words.levels(), {name: word for name, (_colour, word) in words.reading_states().items()}
    return {
        "title": (_("文件"), 46, lambda row: row.title),
        "number": (_("文号"), 22, lambda row: row.number),
        "authority": (_("主体"), 24, lambda row: row.authority),
        "level": (_("层级"), 10, lambda row: levels.get(row.level, "")),
        "dated_on": (_("日期"), 12, lambda row: iso(row.dated_on)),
        "internal": (_("内部"), 8, lambda row: _("内部") if row.internal else ""),
        "state": (_("读取"), 12, lambda row: states.get(row.last_state, "")),
        "items": (_("条目"), 8, lambda row: str(row.items or 0)),
        "decided": (_("已处置"), 8, lambda row: str(row.decided or 0)),
        "matters": (_("事项"), 8, lambda row: str(row.matters)),
    }


def _find_documents(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    if actor.unit_id is None:
        raise Http404
    found, shows = narrowed_documents(actor, {name: str(query[name]) for name in query}), _document_shows()
    told = ((_("标题、文号、主体"), query.get("q", "").strip()), (_("层级"), words.levels().get(query.get("level", ""), "")), (_("状态"), _reading(query)))
    said = tuple(_("{field}：{value}").format(field=field, value=value) for field, value in told if value)
    return Found(_("文件清单"), found.count(), _columns(shows, columns), lambda: _cells(shows, columns, found.iterator(CHUNK)), said)


def _reading(query: QueryDict) -> str:
    states = {name: word for name, (_colour, word) in words.reading_states().items()}
    return {**states, "open": _("还有未处理的条目")}.get(query.get("state", ""), "")


DOCUMENTS = View("documents", lambda: _("文件"), _find_documents, _names(_document_shows), _all(_document_shows), _page("documents"))


# -- instructions
def _instruction_shows() -> Shows:
    return {
        "on": (_("日期"), 12, lambda row: iso(row.on)),
        "leader": (_("领导"), 12, lambda row: row.leader),
        "text": (_("批示"), 50, lambda row: row.text),
        "on_paper": (_("批在"), 26, lambda row: row.on_paper),
        "urgent": (_("急"), 6, lambda row: _("急") if row.urgent else ""),
        "due_on": (_("时限"), 12, lambda row: iso(row.due_on)),
        "matters": (_("督查事项"), 10, lambda row: str(row.matters)),
        "replied": (_("回复日期"), 12, lambda row: iso(timezone.localtime(row.replied_at).date()) if row.replied_at else ""),
        "reply": (_("回复"), 40, lambda row: row.reply),
    }


def _find_instructions(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    shows, shown = _instruction_shows(), query.get("show", "")
    rows: Any = visible_instructions(actor).annotate(matters=Count("sources__matter", distinct=True)).order_by("-on", "-pk")
    if shown in ("open", "replied"):
        rows = rows.filter(replied_at__isnull=shown == "open")
    said = {"open": (_("未回复"),), "replied": (_("已回复"),)}.get(shown, ())
    return Found(_("批示登记"), rows.count(), _columns(shows, columns), lambda: _cells(shows, columns, rows.iterator(CHUNK)), said)


INSTRUCTIONS = View("instructions", lambda: _("批示"), _find_instructions, _names(_instruction_shows), _all(_instruction_shows), _page("instructions"))


# -- what a search found
def _search_shows() -> Shows:
    return {
        "kind": (_("种类"), 10, lambda row: row[0]),
        "number": (_("编号或文号"), 20, lambda row: row[1]),
        "title": (_("标题"), 40, lambda row: row[2]),
        "unit": (_("牵头单位或主体"), 24, lambda row: row[3]),
        "on": (_("时限或日期"), 12, lambda row: row[4]),
        "state": (_("状态"), 10, lambda row: row[5]),
        "passages": (_("查到的原文"), 50, lambda row: row[6]),
    }


def _find_search(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    asked, kind, shows = query.get("q", "").strip()[:100], query.get("kind", ""), _search_shows()
    looked = wanted(asked)
    if not looked:
        raise Http404
    matters = finding.found_matters(actor, asked) if kind != "document" else Matter.objects.none()
    documents = finding.found_documents(actor, asked) if kind != "matter" else Document.objects.none()
    internal = set(Source.objects.filter(version__document__internal=True, matter__in=matters.order_by()).values_list("matter", flat=True))
    withheld = (len(internal) + documents.filter(internal=True).count()) if "passages" in columns else 0
    return Found(
        title=_("搜索“{asked}”的结果").format(asked=asked),
        total=matters.count() + documents.count(),
        columns=_columns(shows, columns),
        rows=lambda: _cells(shows, columns, _hits(matters, documents, looked, internal)),
        withheld=withheld,
        why=_("内部文件的原文不导出"),
    )


def _hits(matters: "QuerySet[Matter]", documents: "QuerySet[Document]", looked: Sequence[str], internal: set[int]) -> Iterator[tuple[str, ...]]:
    states, held = state_names(), _("（内部文件，不导出）")
    for batch in batches(matters.values_list("pk", flat=True).iterator(CHUNK), 200):
        for hit in finding.hits_in_matters(batch, looked):
            row: Any = hit.row
            lead = row.lead_name or (row.lead.name if row.lead else "")
            yield _("督查事项"), row.number, row.title, lead, iso(row.due_on), states[row.state], held if row.pk in internal else _said(hit)
    for batch in batches(documents.values_list("pk", flat=True).iterator(CHUNK), 50):
        for hit in finding.hits_in_documents(batch, looked):
            row = hit.row
            yield _("文件"), row.number, row.title, row.authority, iso(row.dated_on), "", held if row.internal else _said(hit)


def _said(hit: finding.Hit) -> str:
    return "\n".join(html.unescape(strip_tags(one.text)) for one in hit.passages)


SEARCH = View("search", lambda: _("搜索结果"), _find_search, _names(_search_shows), _all(_search_shows), _page("search"))


# -- the decisions of a programme
def _decision_shows() -> Shows:
    return {
        "held_on": (_("会议日期"), 12, lambda row: iso(row.meeting.held_on)),
        "meeting": (_("会议"), 26, lambda row: row.meeting.title),
        "order": (_("序号"), 6, lambda row: str(row.order)),
        "text": (_("议定事项"), 50, lambda row: row.text),
        "lead": (_("牵头单位"), 22, lambda row: row.lead.name if row.lead else ""),
        "due_on": (_("时限"), 12, lambda row: iso(row.due_on)),
        "became": (_("立项"), 8, lambda row: _("已立项") if row.became else ""),
    }


def _find_decisions(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    programme, shows = get_object_or_404(visible_programmes(actor), pk=pk), _decision_shows()
    rows: Any = visible_decisions(actor).filter(meeting__programme=programme).select_related("meeting", "lead")
    rows = rows.annotate(became=became_matters(actor, "decision")).order_by("-meeting__held_on", "meeting", "order")
    title = _("{name}议定事项").format(name=programme.name)
    return Found(title, rows.count(), _columns(shows, columns), lambda: _cells(shows, columns, rows.iterator(CHUNK)))


def _programme(query: QueryDict, pk: int | None) -> str:
    return reverse("programme", args=[pk])


DECISIONS = View("decisions", lambda: _("议定事项"), _find_decisions, _names(_decision_shows), _all(_decision_shows), _programme, about=True)
