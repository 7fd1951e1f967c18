"""Tables that were brought in and are not finished, what was remembered of their headings, and rosters. Data and constraints."""

from django.db import models

from luoshi.web.ledger.models import Target
from luoshi.web.orgs.models import Unit, User


class IncomingTable(models.Model):
    """A spreadsheet that a person brought in: as the child read it, with what was mapped and typed so far. It stays until it is finished or dropped."""

    ROUND, FOREIGN, ROSTER = "round", "foreign", "roster"
    OPEN, QUEUED, DONE, FAILED, DROPPED = "open", "queued", "done", "failed", "dropped"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    sheets = models.JSONField()  # [{"name": …, "rows": [[number, {column: text}], …]}]
    chosen = models.JSONField(default=dict)  # {"sheet", "head", "columns": {column: field}, "names": {as written: unit}, "days": {as written: read}}
    state = models.CharField(max_length=10, default=OPEN)
    result = models.JSONField(default=dict)  # {"done", "skipped"}
    fault = models.TextField(blank=True)
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")


class Headings(models.Model):
    """What the headings of a table meant to a unit: the next table with the same set of headings is mapped alike."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    columns = models.JSONField()  # heading → field
    names = models.JSONField(default=dict)  # a unit as it is written → as it is called here
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "digest"), name="headings_once"),)


class RosterRow(models.Model):
    """One of those that a target counts: 124个项目 are 124 rows."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="roster")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=("target", "name", "unit"), name="roster_row_once"),)
