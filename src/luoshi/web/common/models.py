"""One effect per submission: the key of a form that was sent, kept in the transaction of what it did."""

from django.db import models


class Submission(models.Model):
    """A form that took effect: ``key`` was drawn when the page was made, ``body`` is the digest of what was sent, ``answer`` where it led."""

    key = models.CharField(max_length=64, unique=True)
    user_id = models.BigIntegerField(null=True)
    body = models.CharField(max_length=64)
    answer = models.CharField(max_length=500)
    at = models.DateTimeField()
