"""Digests, channels that carry them, and the outbox. What leaves the house is counted here message by message."""

from django.db import models

from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.sealing import seal, unseal

SMTP, DINGTALK, FEISHU, WECOM = "smtp", "dingtalk", "feishu", "wecom"
ADDRESS, SECRET = "channel address", "channel secret"
"""What is sealed for one does not open as the other."""
WAITING, FAILED, SENT, GIVEN_UP = "waiting", "failed", "sent", "given_up"


def _choices(*words: str) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class Digest(models.Model):
    """What was asked of a unit on the morning of a working day: counts by role and group, see ``digest``. One a day, also where nothing is asked."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="digests")
    on = models.DateField()
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "unit_id")
        constraints = (models.UniqueConstraint(fields=("unit", "on"), name="digest_of_a_unit_once_a_day"),)


class Channel(models.Model):
    """A way out of the house, of one unit or (``unit`` empty) for all: an address of mail, or the robot of a group. Off until it is switched on.

    ``address`` and ``secret`` are sealed under the key of the installation: a copy of the database sends nothing.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="channels")
    kind = models.CharField(max_length=10, choices=_choices(SMTP, DINGTALK, FEISHU, WECOM))
    name = models.CharField(max_length=60)
    sealed_address = models.TextField()
    security = models.CharField(max_length=10, blank=True, choices=_choices("tls", "starttls", "plain"))  # of mail
    login = models.CharField(max_length=120, blank=True)  # of mail
    sender = models.CharField(max_length=120, blank=True)  # of mail
    receivers = models.CharField(max_length=500, blank=True)  # of mail: addresses; empty: the people of the unit
    sealed_secret = models.TextField(blank=True)
    on = models.BooleanField(default=False)
    per_minute = models.PositiveIntegerField(default=20)
    per_day = models.PositiveIntegerField(default=200)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)  # it failed: nothing is tried before
    created_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)

    @property
    def address(self) -> str:
        """Of a robot its URL, which is a secret too; of mail the server, host:port. Raises DamagedFile under another key."""
        return unseal(self.sealed_address, ADDRESS) if self.sealed_address else ""

    @address.setter
    def address(self, text: str) -> None:
        """Sealed as it is kept."""
        self.sealed_address = seal(text, ADDRESS) if text else ""

    @property
    def secret(self) -> str:
        """Password of mail, key by which a robot's messages are signed; never shown. Raises DamagedFile under another key."""
        return unseal(self.sealed_secret, SECRET) if self.sealed_secret else ""

    @secret.setter
    def secret(self, text: str) -> None:
        """Sealed as it is kept."""
        self.sealed_secret = seal(text, SECRET) if text else ""


class Outgoing(models.Model):
    """One message of the outbox, written in the transaction of its digest. ``number`` never changes: a repeat carries it again."""

    number = models.CharField(max_length=32, unique=True)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="outgoing")
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, blank=True, related_name="outgoing")  # empty: a trial
    state = models.CharField(max_length=10, choices=_choices(WAITING, FAILED, SENT, GIVEN_UP), default=WAITING, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)  # what went wrong last

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("digest", "channel"), name="digest_once_a_channel"),)
        indexes = (models.Index(fields=("channel", "tried_at"), name="tried_by_channel"),)
