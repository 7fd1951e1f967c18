"""Papers and what belongs to them. Data and constraints; every write is in ``services``, every read starts at ``selectors.visible_papers``."""

from django.db import models

from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit, User
from luoshi.web.problems.models import Inspection, Problem


class Letterhead(models.Model):
    """What a unit's papers carry: its own characters in numbers (发文代字), its red head, its signature, whom to ask."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="letterhead")
    word = models.CharField(max_length=20)
    red_head = models.CharField(max_length=60, blank=True)
    signature = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    changes = models.PositiveIntegerField(default=1)


class OfficialPaper(models.Model):
    """One paper. Until it is issued its facts come from its matters; at issue they are frozen in ``facts``, and its files are kept under their SHA-256."""

    kind = models.CharField(max_length=16, db_index=True)
    state = models.CharField(max_length=14, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    matters = models.ManyToManyField(Matter, through="PaperMatter", related_name="papers")
    problems = models.ManyToManyField(Problem, through="PaperProblem", related_name="papers")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, blank=True, related_name="papers")

    title = models.CharField(max_length=200)
    opening = models.TextField(blank=True)
    requirements = models.TextField(blank=True)
    closing = models.CharField(max_length=200, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)  # of a period
    until = models.DateField(null=True, blank=True)
    copies = models.CharField(max_length=300, blank=True)  # 抄送, 分送

    year = models.PositiveIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    template_sha256 = models.CharField(max_length=64, blank=True)  # of the unit's own template; empty: ours
    docx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    fault = models.TextField(blank=True)  # why a file is missing

    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approver = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned = models.TextField(blank=True)  # why the approver sent it back
    void_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("unit", "state")),)
        constraints = (models.UniqueConstraint(fields=("unit", "kind", "year", "count"), name="paper_number_once"),)


class PaperMatter(models.Model):
    """A matter in a paper, in its place."""

    paper = models.ForeignKey(OfficialPaper, models.CASCADE, related_name="entries")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="paper_entries")
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("paper", "matter"), name="matter_once_in_a_paper"),)


class PaperProblem(models.Model):
    """A problem in a paper, in its place."""

    paper = models.ForeignKey(OfficialPaper, models.CASCADE, related_name="problem_entries")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="paper_entries")
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("paper", "problem"), name="problem_once_in_a_paper"),)


class Addressee(models.Model):
    """A unit that a paper is sent to: when it was received and by whom, what was answered. ``recorded`` where the issuer wrote it down (代录)."""

    paper = models.ForeignKey(OfficialPaper, models.CASCADE, related_name="addressees")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers_received")
    unit_name = models.CharField(max_length=120)  # as it was when the paper was issued
    order = models.PositiveIntegerField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=80, blank=True)
    recorded = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("paper", "unit"), name="addressee_once"),)


class PaperNumber(models.Model):
    """The last number that a unit gave to papers of a kind in a year: the row is locked while the next is taken, so that numbers have no gaps."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "kind", "year"), name="paper_numbers_once"),)


class PaperTemplate(models.Model):
    """A Word template of a unit for a kind; the newest that was not put aside is the one in use."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paper_templates")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    places = models.JSONField(default=list)  # the places that it fills in
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-added_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("unit", "kind"), condition=models.Q(dropped_at__isnull=True), name="one_template_in_use"),)
