"""Which of the chosen matters may be reminded of, with the words to begin with; in a number of questions that does not grow with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger import reminders
from luoshi.web.ledger.lights import Light, Standing
from luoshi.web.ledger.models import Matter, Message
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.standing import shown, standings
from luoshi.web.ledger.workflow import OPEN
from luoshi.web.orgs.roles import SUPERVISOR


@dataclass(frozen=True, slots=True)
class Reminding:
    """One chosen matter: what it would be told, or why it cannot be."""

    matter: Matter
    light: Light
    situation: str
    text: str
    today: int  # reminders sent on this day already
    why_not: str

    @property
    def lead_name(self) -> str:
        """The unit that would be told."""
        return self.matter.lead_name or (self.matter.lead.name if self.matter.lead else "")


def begun_text(matter: Matter, standing: Standing, colour: str, on: date, wanted: str = "") -> tuple[str, str]:
    """The situation of a matter, or the one that is ``wanted`` where it is so on that day, and the words that fit it."""
    situation = wanted if wanted in reminders.situations_of(standing, colour, on) else reminders.situation_of(standing, colour, on)
    dates = {"due_on": day(matter.due_on), "report_due_on": day(standing.report_due_on)}
    return situation, reminders.text_of(situation, number=matter.number, title=matter.title, **dates)


def remindings(actor: Actor, keys: Collection[int], on: date) -> list[Reminding]:
    """The chosen matters that the actor sees, the more pressing first."""
    matters = list(visible_matters(actor, few=True).filter(pk__in=keys).select_related("lead", "issuer").order_by("due_on", "pk"))
    found = standings(matters, on)
    sent: dict[int, int] = {}
    for pk, at in Message.objects.filter(kind=Message.REMINDER, matter__in=[one.pk for one in matters]).values_list("matter_id", "at"):
        if timezone.localtime(at).date() == on:
            sent[pk] = sent.get(pk, 0) + 1
    names = reminders.situation_names()
    made = []
    for matter in matters:
        light, _marks = shown(found[matter.pk], on)
        situation, text = begun_text(matter, found[matter.pk], light.colour, on)
        made.append(Reminding(matter, light, names[situation], text, sent.get(matter.pk, 0), _why_not(matter, actor)))
    return made


def _why_not(matter: Matter, actor: Actor) -> str:
    if matter.issuer_id not in actor.units or not actor.has(SUPERVISOR):
        return _("不是您单位交办的")
    if matter.state not in OPEN:
        return _("不在办理")
    return "" if matter.lead_id else _("还没有牵头单位")
