"""Notices and their days. A day of a later notice stands before that of an earlier one; what was withdrawn is kept and does not count."""

from django.db import models


class Announcement(models.Model):
    """What the government announced for a year: 国务院办公厅关于2027年部分节假日安排的通知."""

    title = models.CharField(max_length=200)
    year = models.PositiveIntegerField()
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "-pk")


class Day(models.Model):
    """One day of a notice: people work, or rest."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="days")
    on = models.DateField()
    works = models.BooleanField()

    class Meta:
        ordering = ("on",)
        constraints = (models.UniqueConstraint(fields=("announcement", "on"), name="day_of_an_announcement_once"),)
