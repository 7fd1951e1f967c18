"""Evidence of a report that is being written. Part of the draft: what was attached is told by the record of the filing."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import evidence
from luoshi.web.ledger.models import Evidence, Report
from luoshi.web.ledger.services.reporting import locked_report, may_write


@transaction.atomic
def attach_evidence(*, report_id: int, name: str, content: bytes, dated_on: date | None, actor: Actor, at: datetime) -> Evidence:
    """Keep a file with the report. Raises UnsupportedFormat for a kind that is not allowed, LimitExceeded for its size, RuleBroken for one too many."""
    report = locked_report(report_id)
    may_write(report, actor)
    name = evidence.clean_name(name)
    evidence.check(name, content)
    most = settings.OPTIONS["evidence_files"]
    there = set(report.evidence.values_list("sha256", flat=True))
    if len(there) >= most:
        raise RuleBroken(_("一次反馈最多附 {n} 份佐证。").format(n=most), hint=_("请先移除一份，或把几份合成一份。"))
    kept = store.save(content)
    if kept.sha256 in there:
        raise RuleBroken(_("“{name}”已经附上了。").format(name=name), hint=_("内容相同的文件附一份就够。"))
    return Evidence.objects.create(
        report=report, name=name, sha256=kept.sha256, size=kept.size, dated_on=dated_on, added_by_id=actor.person, added_at=at
    )


@transaction.atomic
def remove_evidence(*, evidence_id: int, actor: Actor, at: datetime) -> Report:
    """Take a file off a report that is being written; the store keeps its content, the records keep its SHA-256."""
    report = locked_report(Evidence.objects.values_list("report_id", flat=True).get(pk=evidence_id))
    may_write(report, actor)
    report.evidence.filter(pk=evidence_id).delete()
    return report
