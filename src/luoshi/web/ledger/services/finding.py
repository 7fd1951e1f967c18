"""Making a matter findable: called by every service that writes its words. The index is derived and has no record of its own."""

from luoshi.web.ledger.models import Matter
from luoshi.web.search.folding import joined
from luoshi.web.search.services import index


def index_matter(matter: Matter) -> None:
    """Number, title, task, measures, criterion and quotes of a matter, as they stand now."""
    quotes = matter.sources.order_by("pk").values_list("quote", flat=True)
    index("matter", matter.pk, joined(matter.number, matter.title, matter.task, *map(str, matter.measures), matter.criterion, *quotes))
