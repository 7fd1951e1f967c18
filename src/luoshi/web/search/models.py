"""What can be found. The index of character pairs stands beside it, in the database's own form (see the migration)."""

from django.db import models


class Indexed(models.Model):
    """The folded text of one row of another app: ``kind`` is ``matter`` or ``document``, ``object_id`` its number."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "object_id"), name="indexed_once"),)
