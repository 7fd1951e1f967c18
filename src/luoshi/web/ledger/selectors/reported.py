"""When a matter was reported on last, as a column of its row."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from luoshi.web.ledger.models import Report
from luoshi.web.ledger.workflow import ReportState


def with_last_report(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Each with ``reported_at``: when its lead reported last."""
    told = Report.objects.filter(matter=OuterRef("pk"), unit=OuterRef("lead"), state__in=(ReportState.FILED, ReportState.ACCEPTED)).order_by("-filed_at")
    found: QuerySet[Any, Any] = rows.annotate(reported_at=Subquery(told.values("filed_at")[:1]))
    return found
