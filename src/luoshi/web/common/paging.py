"""Pages of a long list: one question finds the numbers of the rows of a page and how many rows there are."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window


def page_of_numbers(found: QuerySet[Any], size: int, asked: str | None) -> Page[int]:
    """The page that is ``asked`` for (the first where it is none, the last where there are not so many), as numbers of rows in their order.

    To sort and to count is most of the work, and both need the same rows: they are looked for once.
    """
    paginator: Paginator[int] = Paginator(found.values_list("pk", flat=True), size)
    number = 1 if asked is None else int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    if number > 0:
        rows = list(found.values_list("pk", Window(Count("pk")))[(number - 1) * size : number * size])
        if rows or number == 1:
            paginator.count = rows[0][1] if rows else 0
            return Page([pk for pk, _all in rows], number, paginator)
    return paginator.get_page(asked)
