"""The record and its counter. Rows are only ever added: triggers of the database refuse UPDATE, DELETE, REPLACE and TRUNCATE."""

from django.db import models


class Counter(models.Model):
    """One row: the highest ``seq``. It is locked while a record is written, so that numbers have no gaps."""

    seq = models.BigIntegerField(default=0)


class Record(models.Model):
    """One act. Names are copied, so that what was true then is read later; ``before`` and ``after`` are canonical JSON."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    unit_id = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=120)
    act = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)  # "matter:12"
    context = models.CharField(max_length=80, db_index=True)  # the matter or document that the subject belongs to; else the subject itself
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField()
    previous = models.CharField(max_length=64)  # hash of the record before it of the same subject; empty for the first
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("seq",)
