"""Rungs of the ladder as they were served. Nothing of them is changed afterwards but what the unit, the supervisor or the leader adds."""

from django.db import models

from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit, User


class Rung(models.Model):
    """One rung: 提醒, 蓝单, 黄单, 红单 or 通报建议, served on the lead unit of a matter."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rungs")
    rung = models.CharField(max_length=10)
    ground = models.CharField(max_length=12)
    due_on = models.DateField(null=True, blank=True)  # of the matter, as it was then
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_name = models.CharField(max_length=120)
    text = models.TextField()
    reason = models.TextField(blank=True)  # why it was begun with, where it is not the first
    answer_by = models.DateField()
    state = models.CharField(max_length=10, db_index=True)
    served_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    served_at = models.DateTimeField()

    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    leader = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")  # who decides on a suggestion
    verdict = models.TextField(blank=True)
    holds_until = models.DateField(null=True, blank=True)  # how long an accepted reason holds
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("served_at", "pk")
        indexes = (models.Index(fields=("leader", "state"), condition=models.Q(leader__isnull=False), name="rungs_before_leaders"),)
