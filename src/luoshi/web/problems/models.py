"""Inspections (督查) and the problem list (问题清单). Data and constraints; every write is in ``services``, every read starts at ``selectors.visible_…``."""

from django.db import models

from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit, User


class Count(models.Model):
    """The last number that a unit gave in a year, for problems and for inspections apart: the row is locked while the next is taken."""

    PROBLEM, INSPECTION = "WT", "DC"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=2)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "kind", "year"), name="count_of_a_year_once"),)


class PlannedVisit(models.Model):
    """One line of the yearly plan: how often ``unit`` will visit ``visited`` in a month, and what about."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="planned_visits")
    visited = models.ForeignKey(Unit, models.PROTECT, related_name="visits_planned")
    year = models.PositiveIntegerField()
    month = models.PositiveSmallIntegerField()
    visits = models.PositiveSmallIntegerField(default=1)
    content = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("year", "month", "visited__path")
        constraints = (
            models.UniqueConstraint(fields=("unit", "visited", "year", "month"), name="planned_visit_once"),
            models.CheckConstraint(condition=models.Q(month__gte=1, month__lte=12), name="planned_visit_month"),
        )


class Inspection(models.Model):
    """An inspection on the spot: what about, whom, how far, who goes, when. Each unit that is visited is a ``Visit``."""

    number = models.CharField(max_length=50, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections")
    office = models.CharField(max_length=120, blank=True)  # which office of the unit sends it
    title = models.CharField(max_length=200)
    content = models.TextField()
    scope = models.TextField(blank=True)
    filed_as = models.CharField(max_length=80, blank=True)  # 备案号, where the plan was filed with somebody above
    starts_on = models.DateField()
    ends_on = models.DateField()
    leader = models.CharField(max_length=60)
    team = models.TextField(blank=True)  # one member a line
    state = models.CharField(max_length=10)
    conclusion = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)  # counted up by every change: the optimistic lock

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="inspection_days_in_order"),)


class Visit(models.Model):
    """An inspection at one unit: facts found, the unit's answer within a window. ``reason``: why it is made although the plan has no more of them."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits")
    unit_name = models.CharField(max_length=120)
    over_plan = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=10)
    facts = models.TextField(blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    settlement = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("inspection", "unit__path")
        constraints = (models.UniqueConstraint(fields=("inspection", "unit"), name="visit_once_per_inspection"),)


class Problem(models.Model):
    """One row of the problem list. ``state`` is written by ``services`` alone; overdue and lights are computed, never stored."""

    number = models.CharField(max_length=50, unique=True)
    finder = models.ForeignKey(Unit, models.PROTECT, related_name="found_problems")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="problems")
    finder_name = models.CharField(max_length=120)  # names as they were when it was found
    owner_name = models.CharField(max_length=120)
    helpers = models.ManyToManyField(Unit, blank=True, related_name="helped_problems")
    state = models.CharField(max_length=12, db_index=True)

    title = models.CharField(max_length=200)
    signs = models.TextField(blank=True)  # 表现
    source = models.CharField(max_length=12)
    discovery = models.CharField(max_length=8)  # 主动, 上级, 群众
    severity = models.CharField(max_length=8)
    cited_as = models.CharField(max_length=300, blank=True)  # the paper that says so
    found_on = models.DateField()
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, blank=True, related_name="problems")

    leader = models.CharField(max_length=60, blank=True)  # 责任领导
    office = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    objection = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True, db_index=True)
    result = models.TextField(blank=True)  # 整改情况
    mechanism = models.TextField(blank=True)  # 长效机制
    elsewhere = models.BooleanField(null=True, blank=True)  # 举一反三: does it occur elsewhere?
    elsewhere_done = models.TextField(blank=True)
    review = models.TextField(blank=True)  # what was judged last: accepted or returned
    returned = models.BooleanField(default=False)  # the last report came back and nothing has followed

    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("owner", "state")), models.Index(fields=("finder", "state")))


class Relapse(models.Model):
    """A closed problem that was found again: when, by what, what was seen. The problem is open again; how often is the number of these rows."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="relapses")
    found_on = models.DateField()
    source = models.CharField(max_length=12)
    discovery = models.CharField(max_length=8)
    signs = models.TextField()
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, blank=True, related_name="relapses")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")


class Measure(models.Model):
    """What is done about a problem (措施), by which office, until when. ``round`` counts from 0, one more after each relapse."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="measures")
    round = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    office = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done = models.CharField(max_length=500, blank=True)  # what came of it
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("problem", "round", "order", "pk")


class Proof(models.Model):
    """A file that shows that a problem is mended; it is in the store under its SHA-256."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="proofs")
    round = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "pk")


class Consultation(models.Model):
    """会商研判: a meeting about one problem, its opinions by unit, and what was decided."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="consultations")
    held_on = models.DateField()
    chair = models.CharField(max_length=100, blank=True)
    decision = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("held_on", "pk")


class Opinion(models.Model):
    """What one unit said in a consultation."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="opinions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("consultation", "pk")


class Link(models.Model):
    """A problem and a matter: the matter in which it was found, or one that was raised because of it."""

    FOUND_IN, RAISED = "found_in", "raised"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="links")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="problem_links")
    kind = models.CharField(max_length=8)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("problem", "matter"), name="problem_and_matter_once"),)
