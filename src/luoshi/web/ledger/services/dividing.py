"""分解: the unit that leads a matter breaks it down into matters of its own for the units below."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import checks
from luoshi.web.ledger.models import Ancestor, Matter, Source
from luoshi.web.ledger.services.drafting import Wording, make_draft, must_supervise, told_of
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.workflow import State

DIVISIBLE = (State.ACTIVE, State.ESCALATED)


@transaction.atomic
def child_matter(*, parent_id: int, words: Wording, actor: Actor, at: datetime) -> Matter:
    """A draft below ``parent``; its issuer is the unit that leads the parent, its sources are the parent's quotes.

    Raises RuleBroken where the actor's unit does not lead it, it is not being worked on, or date or target is over a fifth stricter
    than the parent's and no reason is given.
    """
    must_supervise(actor)
    parent = Matter.objects.select_for_update().get(pk=parent_id)
    if parent.lead_id not in actor.units:
        raise RuleBroken(_("只有牵头单位可以把这一件分解到下级。"))
    if parent.state not in DIVISIBLE:
        raise RuleBroken(_("签收以后、办结以前才能分解。"), hint=_("请先签收。"))
    _must_not_be_stricter(parent, words, at)
    given: Wording = {"category": parent.category, "theme": parent.theme, "urgency": parent.urgency, "programme": parent.programme}
    matter = make_draft({**given, **words}, actor=actor, at=at, suggested=[], parent=parent)
    _hang_below(matter, parent)
    _quote_parent(matter, parent)
    record(act="matter.child", subject=matter, actor=actor, at=at, after=told_of(matter) | {"of": parent.number}, reason=words.get("stricter_reason", ""))
    index_matter(matter)
    return matter


def _must_not_be_stricter(parent: Matter, words: Wording, at: datetime) -> None:
    aims = tuple(checks.Aim(line.indicator, line.comparator, line.value, line.unit, line.text) for line in words.get("targets", ()))
    draft = checks.Draft(id=0, title="", due_on=words.get("due_on"), aims=aims)
    since = timezone.localtime(parent.issued_at).date() if parent.issued_at else None
    above = tuple(checks.Aim(one.indicator, one.comparator, one.value, one.unit, one.text) for one in parent.targets.all())
    found = checks.stricter_than(draft, checks.Upper(parent.number, parent.due_on, since, above), timezone.localtime(at).date())
    if found and not words.get("stricter_reason", "").strip():
        raise RuleBroken("".join(found), hint=_("确需更严的，请在“加码理由”里写明。"))


def _hang_below(matter: Matter, parent: Matter) -> None:
    above = [parent.pk, *Ancestor.objects.filter(matter=parent).values_list("ancestor", flat=True)]
    Ancestor.objects.bulk_create([Ancestor(matter=matter, ancestor_id=pk) for pk in above])


def _quote_parent(matter: Matter, parent: Matter) -> None:
    """The words of the parent's sources, without the way into its document: that is the issuer's alone."""
    cited = [(one.quote, one.cited_as) for one in parent.sources.order_by("pk")] or [(parent.task or parent.title, "")]
    for quote, where in cited:
        Source.objects.create(
            matter=matter, kind=Source.TYPED, quote=quote, cited_as=" · ".join(filter(None, (where, parent.number)))[:300], due_on=parent.due_on
        )
