"""One matter on paper (一事一档): what it is, what it rests on, and everything that was done, as its page and its history tell it."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.listings.base import Found, View, iso
from luoshi.web.exchange.listings.matters import figure
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.history import History, history_of
from luoshi.writers.lists import ListColumn

Line = tuple[str, str, str, str]


def find(actor: Actor, query: QueryDict, on: date, columns: Sequence[str], pk: int | None) -> Found:
    """The file of a matter."""
    row = visible_matters(actor, few=True).filter(pk=pk or 0).select_related("issuer", "lead", "programme").first()
    if row is None:
        raise Http404
    sources = list(row.sources.select_related("version__document").defer("version__text", "version__decomposition").order_by("pk"))
    told = history_of(row.pk, actor)
    lines = [*_facts(row, sources), *_acts(told)]
    internal = [one for one in sources if _is_internal(one)]
    heads = (ListColumn(_("时间或项目"), 18, True), ListColumn(_("单位"), 24), ListColumn(_("经办"), 12, True), ListColumn(_("内容"), 80))
    said = [_("编号：{number}").format(number=row.number), _("状态：{state}").format(state=state_names()[row.state])]
    if told.head:
        said.append(_("链头：{hash}").format(hash=told.head))
    why = _("出自内部文件的依据不导出原文、任务和举措")
    return Found(row.title, len(lines), heads, lambda: iter(lines), tuple(said), len(internal), why)


def _is_internal(source: Source) -> bool:
    return source.version is not None and source.version.document.internal


def _facts(row: Matter, sources: Sequence[Source]) -> Iterator[Line]:
    held = any(_is_internal(one) for one in sources)
    withheld = _("（内部文件，不导出）")
    lead = row.lead_name or (row.lead.name if row.lead else "")
    facts = [
        (_("督查事项"), "", row.title),
        (_("交办单位"), row.issuer_name or row.issuer.name, ""),
        (_("牵头单位"), lead, "　".join(filter(None, (row.leader, row.office, row.contact)))),
        *((_("配合单位"), one.unit_name or one.unit.name, one.contribution) for one in row.supports.select_related("unit").order_by("pk")),
        (_("时限"), "", iso(row.due_on) + (_("（最初 {day}）").format(day=iso(row.first_due_on)) if row.first_due_on and row.first_due_on != row.due_on else "")),
        (_("任务"), "", withheld if held and row.task else row.task),
        (_("举措"), "", withheld if held and row.measures else "\n".join(map(str, row.measures))),
        (_("办结标准"), "", row.criterion),
        *((_("指标"), "", f"{one.indicator}{one.comparator}{figure(one.value)}{one.unit}") for one in row.targets.order_by("order", "pk")),
        *((_("依据"), one.cited_as, withheld if _is_internal(one) else one.quote) for one in sources),
    ]
    return ((name, unit, "", text) for name, unit, text in facts if unit or text)


def _acts(told: History) -> Iterator[Line]:
    """The oldest first, as a file is read."""
    for line in reversed(told.lines):
        at = timezone.localtime(line.record.at)
        broken = _("〔与校验值不符〕") if line.broken else ""
        yield f"{at:%Y-%m-%d %H:%M}", line.record.unit, line.record.actor, line.text + broken


def _back(query: QueryDict, pk: int | None) -> str:
    return reverse("matter", args=[pk])


VIEW = View("dossier", lambda: _("一事一档"), find, dict, lambda query: (), _back, about=True)
