"""Look-back plans and the checks of their sample. Data and constraints; every write is in ``services``."""

from django.db import models

from luoshi.web.ledger.models import Matter
from luoshi.web.lookback.workflow import State
from luoshi.web.orgs.models import Unit, User


class LookbackPlan(models.Model):
    """A sample of the matters that ``unit`` issued and accepted from ``closed_from`` to ``closed_to``. What was drawn from is kept, so that it can be drawn again."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lookback_plans")
    title = models.CharField(max_length=120)
    closed_from = models.DateField()
    closed_to = models.DateField()
    leads = models.JSONField(default=list)  # numbers of the lead units that it is limited to; empty: all
    theme = models.CharField(max_length=60, blank=True)
    confidence = models.PositiveSmallIntegerField()  # percent
    margin = models.PositiveSmallIntegerField()  # percentage points
    seed = models.CharField(max_length=64)
    typed_seed = models.BooleanField(default=False)  # brought from outside, not drawn here
    population = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    list_hash = models.CharField(max_length=64)
    strata = models.JSONField(default=list)  # [{"unit": id, "name": as it was, "numbers": […], "drawn": n}] in the order of units
    due_on = models.DateField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.TextField(blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title


class LookbackCheck(models.Model):
    """One matter of the sample: what the first person found, what the second says to it, what a leader decided, what help was offered (回头帮)."""

    plan = models.ForeignKey(LookbackPlan, models.PROTECT, related_name="checks")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="lookback_checks")
    order = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # who led it when it was drawn
    unit_name = models.CharField(max_length=120)
    relapses = models.PositiveIntegerField()  # how often it had come back when it was drawn
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")  # does not check it first
    state = models.CharField(max_length=10, default=State.WAITING)

    way = models.CharField(max_length=10, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, blank=True)  # as found; as confirmed once the state says so
    first = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_words = models.TextField(blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_words = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    help = models.TextField(blank=True)
    help_by = models.CharField(max_length=120, blank=True)
    help_until = models.DateField(null=True, blank=True)
    help_done_at = models.DateTimeField(null=True, blank=True)
    help_result = models.TextField(blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("plan", "matter"), name="matter_once_in_a_sample"),)
        indexes = (models.Index(fields=("unit", "state")),)
