"""What a backup holds: every table but those of this list, and the files that these columns name."""

from typing import NamedTuple

from django.apps import apps
from django.db import models

LEFT_OUT: dict[str, str] = {
    "sessions.Session": "whoever was signed in signs in again",
    "usersessions.UserSession": "the browser of such a session",
    "contenttypes.ContentType": "made by migrating; nothing refers to it",
    "auth.Permission": "made by migrating; nothing refers to it",
    "auth.Group": "not used: what a person may do comes from posts",
    "auth.Group_permissions": "the same",
}
"""Models whose rows are not kept, and why. Tables without a model (the cache, the index of character pairs) are made again from what is kept."""


class Column(NamedTuple):
    """A column that names a file of the store by its SHA-256, or is empty."""

    model: str
    field: str


STORED: tuple[Column, ...] = (
    Column("documents.Version", "file_sha256"),
    Column("ledger.Evidence", "sha256"),
    Column("problems.Proof", "sha256"),
    Column("papers.PaperTemplate", "sha256"),
    Column("papers.OfficialPaper", "template_sha256"),
    Column("papers.OfficialPaper", "docx_sha256"),
    Column("papers.OfficialPaper", "pdf_sha256"),
    Column("exchange.IncomingTable", "sha256"),
)
NOT_STORED: dict[Column, str] = {Column("documents.Version", "text_sha256"): "of the text, which stands in the row"}


def kept_models() -> list[type[models.Model]]:
    """The models whose tables are kept, in the order of the apps."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT]


def part_of(model: type[models.Model]) -> str:
    """Name of the part that holds the rows of a model."""
    return f"tables/{model._meta.label}.jsonl"


def named_files(using: str = "default") -> set[str]:
    """SHA-256 of every file that a row names."""
    found: set[str] = set()
    for model, field in STORED:
        rows = apps.get_model(model)._base_manager.using(using)
        found.update(rows.exclude(**{field: ""}).values_list(field, flat=True).distinct().iterator())
    return found
