"""Views of the ledger table that a person keeps: a preference, so without a record (see ``audit.exempt``)."""

from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import SavedView

MOST = 30
LONGEST_QUERY = 1000
NOT_KEPT = frozenset({"page", "ids", "do"})


@transaction.atomic
def save_view(*, name: str, query: str, actor: Actor, at: datetime) -> SavedView:
    """Keep ``query`` (that of the table's address) under ``name``; one of that name is replaced. Raises RuleBroken for too long or too many."""
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise RuleBroken(_("请给视图起一个名字，不超过 60 字。"))
    kept = urlencode([(key, value) for key, values in QueryDict(query).lists() if key not in NOT_KEPT for value in values if value])
    if len(kept) > LONGEST_QUERY:
        raise RuleBroken(_("筛选条件太长，存不下。"), hint=_("请减少条件后再存。"))
    mine = SavedView.objects.filter(user=actor.person)
    if mine.exclude(name=name).count() >= MOST:
        raise RuleBroken(_("最多存 {n} 个视图。").format(n=MOST), hint=_("请先删去不用的。"))
    view, _made = SavedView.objects.update_or_create(user_id=actor.person, name=name, defaults={"query": kept, "at": at})
    return view


@transaction.atomic
def delete_view(*, view_id: int, actor: Actor, at: datetime) -> None:
    """Forget a view of one's own."""
    SavedView.objects.filter(user=actor.person, pk=view_id).delete()
