"""A programme and what belongs to it; each of its meetings' decisions, studies and topics can be the source of a matter."""

from django.db import models
from django.db.models import Q

from luoshi.web.documents.models import Document, Version
from luoshi.web.orgs.models import Unit, User
from luoshi.web.programmes import scheme


class Programme(models.Model):
    """A thin container: who leads it and what it holds. Visible to ``unit`` and to the lead units of its parts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=200)
    aim = models.TextField(blank=True)
    leading_group = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)  # counted up by every change: the optimistic lock

    class Meta:
        ordering = ("-created_at", "-pk")


class Part(models.Model):
    """One part of a programme with its lead unit."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parts")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("programme", "order", "pk")


class Paper(models.Model):
    """A document of a programme. One of its scheme keeps the very version that was on the table, at its stage; others follow the newest."""

    BASIS, SCHEME, OTHER = "basis", "scheme", "other"
    CONSULTED, REVISED, FINAL = scheme.STAGES

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="programme_papers")
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, default=BASIS)
    stage = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)  # of a scheme: whose comments were taken
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("programme", "pk")
        constraints = (
            models.UniqueConstraint(fields=("programme", "document"), condition=Q(version__isnull=True), name="paper_once"),
            models.UniqueConstraint(fields=("programme", "version"), condition=Q(version__isnull=False), name="scheme_version_once"),
        )


class Meeting(models.Model):
    """A meeting, of a programme or of the office alone, with its decisions. ``unit`` called it; ``held_at`` is empty while it is planned."""

    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="meetings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    begins_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=100, blank=True)
    chair = models.CharField(max_length=100, blank=True)
    attending = models.TextField(blank=True)
    agenda = models.TextField(blank=True)
    minutes = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)  # when it was put down as held
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-held_on", "-pk")


class Decision(models.Model):
    """What a meeting decided (议定事项)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    order = models.PositiveIntegerField()
    text = models.TextField()
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("meeting", "order", "pk")


class Study(models.Model):
    """A study session: 第一议题, 读书班; what came of it is counted in matters, never in sessions."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="studies")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    findings = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-held_on", "-pk")


class ResearchTopic(models.Model):
    """A topic of research: question, who, until when, what was found; converted where a matter came of it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="topics")
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    report = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_on", "pk")
