"""Background work of the ledger. Each can be run twice without harm."""

from django.utils import timezone
from django_tasks import task

from luoshi.web.ledger.services.suspecting import mark_suspects


@task
def check_sources(document_id: int) -> None:
    """A version of a document was read: sources that quote an older one and are no longer worded so are marked."""
    mark_suspects(at=timezone.now(), document_id=document_id)
