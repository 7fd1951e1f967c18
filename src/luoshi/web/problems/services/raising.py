"""A problem raises a matter: a draft of the finder's office, tied to the problem."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import drafting
from luoshi.web.ledger.services.drafting import Wording
from luoshi.web.ledger.workflow import decide
from luoshi.web.problems import workflow
from luoshi.web.problems.models import Link
from luoshi.web.problems.parties import parties_of
from luoshi.web.problems.services.moving import locked_problem


@transaction.atomic
def raise_matter(*, problem_id: int, title: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """A draft matter whose source is the problem. Its record is that of the draft (``matter.draft``), which names the problem's number."""
    problem = locked_problem(problem_id, expected=expected)
    decide(workflow.DEEDS, problem.state, "raise", parties=parties_of(actor, problem), user_id=actor.user_id)
    if not title.strip():
        raise RuleBroken(_("事项名称不能空着。"))
    words: Wording = {"title": title.strip(), "lead": problem.owner, "due_on": problem.due_on}
    quote = _("：").join(filter(None, (problem.title, problem.signs)))
    origin = Origin(finding=True, quote=quote, cited_as=_("问题清单 {number}").format(number=problem.number))
    matter = drafting.draft_matter(words=words, origin=origin, actor=actor, at=at)
    Link.objects.create(problem=problem, matter=matter, kind=Link.RAISED)
    return matter
