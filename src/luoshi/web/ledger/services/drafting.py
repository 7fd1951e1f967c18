"""Draft matters."""

from datetime import datetime

from django.db import transaction

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.services.moving import locked, move
from luoshi.web.ledger.workflow import Act


@transaction.atomic
def discard_matter(*, matter_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Give a draft up. Its number is not used again."""
    return move(locked(matter_id, expected=expected), Act.DISCARD, actor=actor, at=at)
