"""Documents, their versions, and what a person is reviewing in them. Data and constraints; every write is in ``services``."""

from django.db import models

from luoshi.web.orgs.models import Unit, User


class Document(models.Model):
    """A directive as a unit received or made it; its text is in its versions. Visible to ``unit`` alone."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=10, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    internal = models.BooleanField(default=False)  # 内部: no export
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)  # counted up by every change: the optimistic lock


class Version(models.Model):
    """One file of a document, read once. ``text`` never changes; ``decomposition`` is ``luoshi.decomposition/1`` without the text, and ``layout``.

    ``file_sha256`` is empty where the file was refused and removed from the store.
    """

    QUEUED, READING, READ, FAILED = "queued", "reading", "read", "failed"

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # its place in the store
    file_size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, default=QUEUED)
    fault_code = models.CharField(max_length=40, blank=True)
    fault = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    decomposition = models.JSONField(default=dict)  # empty until read
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    carried = models.PositiveIntegerField(default=0)  # decisions taken over from the version before

    class Meta:
        ordering = ("document", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="version_number_once"),)


class DraftItem(models.Model):
    """One item under review. ``text[start:end] == quote`` of its version; what a person changed stands beside it, never in its place."""

    PENDING, ACCEPTED, REJECTED, BASIS = "pending", "accepted", "rejected", "basis"
    MERGED, SPLIT, WITHDRAWN = "merged", "split", "withdrawn"  # no longer shown: its parent or its parts stand for it; made and taken back
    DECIDED = (ACCEPTED, REJECTED, BASIS)
    SHOWN = (PENDING, *DECIDED)

    version = models.ForeignKey(Version, models.PROTECT, related_name="drafts")
    order = models.PositiveIntegerField()
    item_id = models.CharField(max_length=20, blank=True)  # of the decomposition; empty where a person made the row
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    path = models.JSONField(default=list)
    kind = models.CharField(max_length=12)
    grade = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True)  # as a person worded it
    details = models.JSONField(default=dict)  # units, deadlines, targets, measures: as read, then as edited
    state = models.CharField(max_length=10, default=PENDING)
    unconfirmed = models.BooleanField(default=False)  # 待认领: a pledge that its unit has not confirmed
    confirmed_word = models.CharField(max_length=120, blank=True)  # who of the unit confirmed it, and how
    before = models.JSONField(null=True)  # what its last decision changed, for taking it back once
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("version", "start", "order")
        indexes = (models.Index(fields=("version", "state")),)


class ReviewNote(models.Model):
    """What a person settled about a version besides its items: a sentence put in its place, a doubt answered."""

    SENTENCE, DOUBT = "sentence", "doubt"

    version = models.ForeignKey(Version, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.CharField(max_length=60, blank=True)  # of the doubt; the new disposition of the sentence
    text = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class UpperLink(models.Model):
    """``document`` carries out ``upper``; the alignment of their newest versions is made when asked for."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="uppers")
    upper = models.ForeignKey(Document, models.PROTECT, related_name="lowers")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "upper"), name="upper_once"),)


class Comparison(models.Model):
    """The alignment of two versions (``luoshi.alignment/1``), or why there is none yet."""

    upper = models.ForeignKey(Version, models.PROTECT, related_name="+")
    lower = models.ForeignKey(Version, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=Version.QUEUED)
    fault = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    data = models.JSONField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("upper", "lower"), name="comparison_once"),)
