"""The life of one matter up to its signature. What follows is in ``working``. Every deed is one service call of the one whose turn it is."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from luoshi.web.common.actor import Actor
from luoshi.web.demo import sayings
from luoshi.web.demo.history import History, day_of
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.services import drafting, issuing
from luoshi.web.ledger.services.drafting import SupportLine, Wording
from luoshi.web.ledger.workflow import Act
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR

HALTS = (
    "draft", "proposed", "issued", "coordinating", "unplanned", "plan_offered", "support_asked", "with_head", "filed", "returned", "report_draft",
    "extension_with_head", "extension_asked", "escalated", "suspended", "to_submit", "submitted", "accepted", "reminded", "commented", "answered", "unreported",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fate:
    """How a matter fares. ``halt`` is the stage at which nobody goes on; ``late`` days after (or before) its day it is submitted; ``never`` it is not."""

    halt: str = ""
    objection: str = ""
    declined: bool = False
    draft_returned: bool = False
    plan_returned: bool = False
    report_returned: bool = False
    extension: str = ""
    pause: str = ""
    comment: bool = False
    late: int = -6
    never: bool = False
    submission_returned: bool = False
    ending: str = "closed"
    pace: float = 1.0
    quick: bool = False


Start = Callable[["Life", datetime], Matter]
Next = Callable[["Life", datetime], None]


@dataclass
class Life:
    """One matter on its way: units by code, what is said of it, and its fate."""

    history: History
    issuer: str
    lead: str
    fate: Fate
    start: Start
    supports: tuple[str, ...] = ()
    due_on: date | None = None
    criterion: str = ""
    theme: str = ""
    number: int = 0  # of supervisors, who take turns
    matter_id: int = 0
    after: Next | None = None  # once it is being worked on
    told: dict[str, int] = field(default_factory=dict)

    @property
    def supervisor(self) -> Actor:
        """Who keeps this matter for its issuer."""
        return self.history.cast.actor(f"{self.issuer.lower()}-{SUPERVISOR}{'2' if self.number % 3 == 2 else ''}")

    @property
    def other_supervisor(self) -> Actor:
        """The colleague, who turns the other key where the first recorded for the lead."""
        return self.history.cast.actor(f"{self.issuer.lower()}-{SUPERVISOR}{'' if self.number % 3 == 2 else '2'}")

    @property
    def recorded(self) -> bool:
        """True where the lead has no accounts."""
        return not self.history.cast.units[self.lead].accounts

    @property
    def liaison(self) -> Actor:
        """Who works on it for the lead."""
        return self.supervisor if self.recorded else self.history.cast.of(self.lead, LIAISON)

    @property
    def head(self) -> Actor:
        """Who releases for the lead."""
        return self.supervisor if self.recorded else self.history.cast.of(self.lead, HEAD)

    @property
    def reviewer(self) -> Actor:
        """Who reviews for the issuer: never the one who wrote."""
        return self.other_supervisor if self.recorded else self.supervisor

    def next(self, at: datetime, days: float, deed: Next) -> None:
        """``deed`` follows ``days`` later, three times as soon where it is quick."""
        moment = self.history.after(at, days / 3 if self.fate.quick else days)
        self.history.plan(moment, deed, self)

    def pick(self, words: tuple[str, ...]) -> str:
        """One of ``words``."""
        return self.history.rng.choice(words)

    def days(self, least: int, most: int) -> int:
        """Some number of days."""
        return self.history.rng.randint(least, most)


def begin(life: Life, at: datetime) -> None:
    """Draft it, then word it."""
    life.matter_id = life.start(life, at).pk
    life.next(at, 0.5, word)


def word(life: Life, at: datetime) -> None:
    """Lead, supporters, criterion, theme."""
    cast = life.history.cast
    matter = Matter.objects.get(pk=life.matter_id)
    words: Wording = {
        "lead": cast.units[life.lead],
        "criterion": life.criterion or _criterion_of(matter),
        "theme": life.theme,
        "supports": [SupportLine(cast.units[code]) for code in life.supports],
        "leader": cast.leader(life.issuer).name,
        "office": "督查科",
        "contact": life.supervisor.name,
    }
    if matter.due_on is None or life.due_on is not None:
        words["due_on"] = life.due_on or day_of(at) + timedelta(days=90)
    drafting.edit_draft(matter_id=matter.pk, words=words, actor=life.supervisor, at=at)
    life.due_on = words.get("due_on", matter.due_on)
    if life.fate.halt != "draft":
        life.next(at, life.days(1, 3), propose)


def _criterion_of(matter: Matter) -> str:
    aims = [f"{aim.indicator}{aim.text or f'{aim.comparator}{aim.value:g}{aim.unit}'}" for aim in matter.targets.all() if aim.value is not None]
    return f"{'、'.join(aims)}，数据可查，抽查属实" if aims else "工作完成，资料齐全，抽查属实"


def propose(life: Life, at: datetime) -> None:
    """Put it before the leader."""
    issuing.propose_matter(matter_id=life.matter_id, approver=life.history.cast.leader(life.issuer), actor=life.supervisor, at=at)
    if life.fate.halt != "proposed":
        life.next(at, life.days(1, 3), judge)


def judge(life: Life, at: datetime) -> None:
    """The leader approves, returns it once, or declines."""
    leader = life.history.cast.of(life.issuer, LEADER)
    if life.fate.declined:
        issuing.decline_matter(matter_id=life.matter_id, reason=life.pick(sayings.DECLINES), actor=leader, at=at)
    elif life.fate.draft_returned and not life.told.get("draft_returned"):
        life.told["draft_returned"] = 1
        issuing.return_draft(matter_id=life.matter_id, reason=life.pick(sayings.DRAFT_RETURNS), actor=leader, at=at)
        life.next(at, 1, propose)
    else:
        issuing.approve_matter(matter_id=life.matter_id, actor=leader, at=at)
        if life.fate.halt != "issued":
            life.next(at, life.days(1, 3), receive)


def receive(life: Life, at: datetime) -> None:
    """The lead signs, or objects first."""
    if life.fate.objection and not life.told.get("objected"):
        life.told["objected"] = 1
        issuing.object_to_matter(matter_id=life.matter_id, reason=life.pick(sayings.OBJECTIONS), actor=life.liaison, at=at)
        if life.fate.halt != "coordinating":
            life.next(at, life.days(1, 3), settle)
        return
    from luoshi.web.demo.working import offer_plan, work

    issuing.sign_matter(matter_id=life.matter_id, actor=life.liaison, at=at)
    if life.after is not None:
        life.next(at, life.days(4, 9), life.after)
    if life.fate.halt == "unplanned":
        return
    life.next(at, life.days(2, 5), offer_plan if not life.recorded else work)


def settle(life: Life, at: datetime) -> None:
    """The issuer decides on the objection."""
    outcome = Act(life.fate.objection)
    cast = life.history.cast
    if outcome == Act.REASSIGN and not life.supports:
        outcome, life.fate = Act.KEEP, replace(life.fate, objection="keep")
    lead, due_on = None, None
    if outcome == Act.REASSIGN:
        life.lead, life.supports, life.after = life.supports[0], (), None  # what the first lead would have handed on is not the second one's
        lead = cast.units[life.lead]
    elif outcome == Act.ADJUST:
        life.due_on = due_on = (life.due_on or day_of(at)) + timedelta(days=20)
    reason = sayings.DECISIONS[str(outcome)]
    issuing.decide_objection(matter_id=life.matter_id, outcome=outcome, reason=reason, lead=lead, due_on=due_on, actor=life.supervisor, at=at)
    life.next(at, 1, receive)
