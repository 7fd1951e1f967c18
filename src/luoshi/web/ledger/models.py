"""Matters and what belongs to them. Data and constraints; every write is in ``services``, every read starts at ``selectors.visible_matters``."""

from django.db import models
from django.db.models import Q

from luoshi.web.documents.models import DraftItem, Version
from luoshi.web.orgs.models import Unit, User
from luoshi.web.programmes.models import Decision, Programme, ResearchTopic, Study


class Instruction(models.Model):
    """An instruction of a leader (批示), registered with leader and day; its text is optional. The reply goes back to that leader."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="instructions")
    leader = models.CharField(max_length=60)
    leader_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    text = models.TextField(blank=True)
    on_paper = models.CharField(max_length=200, blank=True)  # what it was written on
    urgent = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")  # the reply to that one brought this one
    replied_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=1)


LIT_BY = ("due_on", "cadence", "plan_agreed_at", "reported_until", "accepted_until", "step_due_on", "under_curve", "came_back", "theme")
"""What lights are counted by stands in the index of each side, so that to count the matters of an office reads no row of them."""


class Matter(models.Model):
    """One row of the ledger. ``state`` is written by ``services`` alone, after ``workflow.decide``; lights are computed, never stored."""

    number = models.CharField(max_length=50, unique=True)
    title = models.CharField(max_length=200)
    task = models.TextField(blank=True)  # what is to be done, where the title does not say it all
    measures = models.JSONField(default=list)
    criterion = models.TextField(blank=True)  # 办结标准, set before issue
    state = models.CharField(max_length=14, db_index=True)

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="issued_matters")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="led_matters")
    suggested = models.JSONField(default=list)  # [{"unit": id, "role": "lead"|"support", "reason": …}]
    issuer_name = models.CharField(max_length=120, blank=True)  # names as they were at issue
    lead_name = models.CharField(max_length=120, blank=True)
    leader = models.CharField(max_length=60, blank=True)
    office = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=120, blank=True)

    due_on = models.DateField(null=True, blank=True, db_index=True)
    first_due_on = models.DateField(null=True, blank=True)
    due_phrase = models.CharField(max_length=200, blank=True)  # as the source says it
    cadence = models.CharField(max_length=12, blank=True)  # weekly, monthly, quarterly, half-yearly; empty: by milestones alone
    category = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=60, blank=True, db_index=True)
    urgency = models.CharField(max_length=10, default="normal")
    stricter_reason = models.TextField(blank=True)  # why its date or target is stricter than that of the upper level

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    required = models.BooleanField(default=True)  # its parent waits for it
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="matters")

    plan_kind = models.CharField(max_length=12, blank=True)  # milestones, curve; empty: 未定计划
    plan_agreed_at = models.DateTimeField(null=True, blank=True)
    resume_on = models.DateField(null=True, blank=True)
    # What reports, steps and curves add to its light, kept by ``services.reckoning`` in the transaction of what changes them. The light itself is computed.
    reported_until = models.DateField(null=True, blank=True)  # the last period that its lead reported on, and that was accepted
    accepted_until = models.DateField(null=True, blank=True)
    step_due_on = models.DateField(null=True, blank=True)  # of the first step that is neither done nor claimed in time
    under_curve = models.BooleanField(default=False)  # the last accepted value of an indicator
    came_back = models.BooleanField(default=False)  # the last report, and nothing has followed
    review_on = models.DateField(null=True, blank=True)  # 长期坚持: the next periodic review
    relapses = models.PositiveIntegerField(default=0)

    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approver = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)  # counted up by every change: the optimistic lock

    class Meta:
        ordering = ("-created_at", "-pk")
        # With the number at the end PostgreSQL, too, finds the matters of a unit without reading their rows.
        indexes = (models.Index(fields=("issuer", "state", *LIT_BY, "id"), name="matters_of_issuer"), models.Index(fields=("lead", "state", *LIT_BY, "id"), name="matters_of_lead"))


class Number(models.Model):
    """The last number that a unit gave in a year: the row is locked while the next is taken, so that numbers have no gaps."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "year"), name="numbers_of_a_year_once"),)


class Ancestor(models.Model):
    """Matter ↔ every matter above it: what a unit may see below its own is asked of this table."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="ancestors")
    ancestor = models.ForeignKey(Matter, models.PROTECT, related_name="descendants")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "ancestor"), name="ancestor_once"),)


class Source(models.Model):
    """Where a matter comes from; many to one matter. ``quote`` is ``version.text[start:end]`` where it comes from a document."""

    ITEM, DECISION, INSTRUCTION, FINDING, STUDY, TOPIC, TYPED = "item", "decision", "instruction", "finding", "study", "topic", "typed"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=12)
    quote = models.TextField(blank=True)
    cited_as = models.CharField(max_length=300, blank=True)  # 临政发〔2026〕18号 第二部分（一）
    due_on = models.DateField(null=True, blank=True)  # what this source demands
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="sources")
    draft = models.ForeignKey(DraftItem, models.PROTECT, null=True, blank=True, related_name="sources")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="sources")
    instruction = models.ForeignKey(Instruction, models.PROTECT, null=True, blank=True, related_name="sources")
    study = models.ForeignKey(Study, models.PROTECT, null=True, blank=True, related_name="sources")
    topic = models.ForeignKey(ResearchTopic, models.PROTECT, null=True, blank=True, related_name="sources")
    suspect = models.BooleanField(default=False)  # a newer version of the document words it differently
    checked_against = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")  # the newest version that it was held against
    merged_from = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("matter",), condition=Q(suspect=True), name="suspect_sources"),)


class Support(models.Model):
    """A supporting unit with its contribution and its own date."""

    OPEN, AGREED, DECLINED, DONE = "open", "agreed", "declined", "done"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="supports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supported_matters")
    unit_name = models.CharField(max_length=120, blank=True)
    contribution = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default=OPEN)
    answer = models.TextField(blank=True)
    recorded_for = models.BooleanField(default=False)  # 代录
    recorded_note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "unit"), name="support_once"),)


class Target(models.Model):
    """What is to be reached: comparator, value, unit, what is measured. Its values come from accepted reports."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField(default=0)
    indicator = models.CharField(max_length=120)
    comparator = models.CharField(max_length=2, default="≥")
    value = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=200, blank=True)
    baseline = models.FloatField(null=True, blank=True)


class Milestone(models.Model):
    """A step of the plan with its day; passed when an accepted report says so."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)


class CurvePoint(models.Model):
    """A point of the agreed curve: what the indicator should be on a day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="curve")
    on = models.DateField()
    value = models.FloatField()

    class Meta:
        ordering = ("on",)
        constraints = (models.UniqueConstraint(fields=("target", "on"), name="curve_day_once"),)


class Plan(models.Model):
    """A plan that the lead unit put forward: milestones, points of curves, how often it reports. It holds once the issuer agreed to it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="plans")
    state = models.CharField(max_length=10)
    content = models.JSONField()  # {"cadence": …, "milestones": [{"title", "due_on"}], "curves": {target id: [{"on", "value"}]}}
    note = models.TextField(blank=True)  # why this plan, or why it changes
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = (models.UniqueConstraint(fields=("matter",), condition=Q(state="proposed"), name="one_open_plan"),)


class Report(models.Model):
    """What was done, told by a unit. Only an accepted report moves progress."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    unit_name = models.CharField(max_length=120)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    typed = models.JSONField(default=dict)  # the fields of the draft exactly as typed; what was filed is in the other columns
    period_end = models.DateField(null=True, blank=True)  # the reporting day that it answers
    final = models.BooleanField(default=False)  # goes with the submission for acceptance
    recorded_for = models.BooleanField(default=False)  # 代录
    recorded_note = models.CharField(max_length=200, blank=True)
    milestones = models.ManyToManyField(Milestone, blank=True, related_name="reports")
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    review = models.TextField(blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("unit", "state"), name="reports_of_unit"), models.Index(fields=("matter", "state", "unit", "filed_at"), name="reports_of_matter"))
        constraints = (
            # A returned one may stand beside: the next may have been begun while it waited for its review.
            models.UniqueConstraint(fields=("matter", "unit"), condition=Q(state__in=("draft", "with_head")), name="one_open_report_per_unit"),
        )


class Reading(models.Model):
    """A value of an indicator in a report, with the day it was true on."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="readings")
    target = models.ForeignKey(Target, models.PROTECT, related_name="readings")
    value = models.FloatField()
    as_of = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("report", "target"), name="reading_once"),)


class Evidence(models.Model):
    """A file that proves what a report says; the file is in the store under its SHA-256."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    dated_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()


class Extension(models.Model):
    """A later date asked for before the due date, with its reason; the reviewer sets the date; all dates are kept."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=10)
    reason = models.TextField()
    due_on = models.DateField()  # when it was asked
    asked_on = models.DateField()  # the date asked for
    granted_on = models.DateField(null=True, blank=True)  # the date given
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (models.UniqueConstraint(fields=("matter",), condition=Q(state__in=("asked", "with_head")), name="one_open_extension"),)


class Question(models.Model):
    """What the lead unit put to the issuer: an objection (异议) before signing, a request for help from above (提级协调) while working."""

    OBJECTION, ESCALATION = "objection", "escalation"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)  # reassigned, kept, adjusted, resolved
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")


class Message(models.Model):
    """A reminder (催办) of the issuer, a reply of the unit, a comment of a leader: words tied to a matter, recorded as they were sent."""

    REMINDER, REPLY, COMMENT = "reminder", "reply", "comment"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10)
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    instruction = models.OneToOneField(Instruction, models.PROTECT, null=True, blank=True, related_name="comment")  # of a leader's comment
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("to_unit", "kind"), name="messages_to_unit"),)


class SavedView(models.Model):
    """A view of the ledger table that a person keeps: filters, columns and order, as the query of its address."""

    user = models.ForeignKey(User, models.CASCADE, related_name="views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="view_name_once"),)


class OwnLimits(models.Model):
    """The time limits of an office where they differ from the templates (``limits.Days``): proposed for drafts without a day."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="own_limits")
    days = models.JSONField(default=dict)
    changes = models.PositiveIntegerField(default=0)
