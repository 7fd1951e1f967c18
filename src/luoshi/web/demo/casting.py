"""Which matters there are, who leads them and how they fare: so many of each kind that every stage and every list has something in it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from luoshi.web.demo.history import History, day_of
from luoshi.web.demo.lives import HALTS, Fate, Life, Next, Start, begin
from luoshi.web.demo.province import CITIES, COUNTIES, TOWNS, offices, short_of
from luoshi.web.demo.topics import PARTS, TOPICS, Topic
from luoshi.web.documents.models import DraftItem
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.selectors.desk import knowledge_of
from luoshi.web.ledger.services import adopting, dividing, drafting, merging
from luoshi.web.ledger.services.drafting import Wording
from luoshi.web.ledger.suggesting import Knowledge

DEPARTMENTS = ("SL", "ZJ", "SW", "SJ", "FG", "CZ", "NY", "WJ", "GX", "SC", "JT", "ST")
LATE_HALTS = ("suspended", "escalated", "commented", "answered", "filed", "returned", "with_head", "reminded")
EARLY_HALTS = ("draft", "proposed", "issued", "coordinating")
KNOWN_FOR = 60  # uses of what is known of units and past matters before it is looked up again


class Casting:
    """Makes lives and puts them into the history."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.made = 0
        self._known: dict[str, tuple[int, Knowledge]] = {}

    def life(self, issuer: str, lead: str, fate: Fate, **told: object) -> Life:
        """One life, not begun."""
        self.made += 1
        return Life(self.history, issuer, lead, fate, number=self.made, **told)  # type: ignore[arg-type]

    def known(self, life: Life, at: datetime) -> Knowledge:
        """What the issuer's desk knows; looked up now and then."""
        used, known = self._known.get(life.issuer, (KNOWN_FOR, None))
        if known is None or used >= KNOWN_FOR:
            used, known = 0, knowledge_of(life.supervisor, day_of(at))
        self._known[life.issuer] = (used + 1, known)
        return known

    # -- from documents
    def adopt(self, issuer: str, drafts: Iterable[DraftItem], theme: str, at: datetime) -> None:
        """A matter from each accepted item, over the days after the review."""
        for draft in drafts:
            lead, supports = self._named(issuer, draft)
            life = self.life(issuer, lead, self.usual(), supports=supports, theme=theme, start=self._adopted(draft), after=self.divider(lead))
            self.history.plan(self.history.after(at, self.history.rng.randint(1, 4)), begin, life)

    def _adopted(self, draft: DraftItem) -> Start:
        def start(life: Life, at: datetime) -> Matter:
            return adopting.adopt_item(draft_id=draft.pk, actor=life.supervisor, at=at, knowledge=self.known(life, at))

        return start

    def _named(self, issuer: str, draft: DraftItem) -> tuple[str, tuple[str, ...]]:
        by_name = {short_of(office): office.code for office in offices() if office.place == issuer}
        units = [(by_name[one["name"]], one["role"]) for one in draft.details["units"] if one["name"] in by_name]
        if not units:
            below = CITIES if issuer == "LJ" else [code for code, above in COUNTIES.items() if above == issuer]
            return self.history.rng.choice(list(below) or [f"{issuer}-MZ"]), ()
        lead = next((code for code, role in units if role in ("lead", "responsible")), units[0][0])
        return lead, tuple(dict.fromkeys(code for code, _role in units if code != lead))[:2]

    # -- from meetings, instructions, inspections, by telephone
    def typed(self, issuer: str, lead: str, topic: Topic, fate: Fate, at: datetime, *, origin: Origin | None = None, due_on: date | None = None, prefix: str = "") -> Life:
        """A matter that somebody words, with the row that it comes from."""

        def start(life: Life, then: datetime) -> Matter:
            words: Wording = {"title": prefix + topic.title}
            told = origin or Origin(finding=life.number % 4 == 0, quote=f"{topic.title}。", cited_as="督查专报" if life.number % 4 == 0 else "电话交办记录")
            return drafting.draft_matter(words=words, origin=told, actor=life.supervisor, at=then, knowledge=self.known(life, then))

        rng = self.history.rng
        due_on = due_on or day_of(at) + timedelta(days=rng.randint(45, 150))
        supports = tuple(code for code in self._departments(issuer) if code != lead)
        chosen = tuple(rng.sample(supports, min(len(supports), rng.randint(0, 2)))) if issuer in ("LJ", *CITIES) else ()
        life = self.life(issuer, lead, fate, supports=chosen, due_on=due_on, criterion=topic.criterion, theme=topic.theme, start=start, after=self.divider(lead))
        self.history.plan(at, begin, life)
        return life

    def _departments(self, issuer: str) -> list[str]:
        return [office.code for office in offices() if office.place == issuer]

    # -- downwards
    def divider(self, lead: str) -> Next | None:
        """What a government does with a matter that it leads: parts for its departments and for those below."""
        if lead in CITIES:
            below = [code for code, above in COUNTIES.items() if above == lead]
            return lambda life, at: self.divide(life, at, [f"{lead}-{self._kind(life.theme)}", *self.history.rng.sample(below, self.history.rng.randint(1, 2))])
        if lead in COUNTIES and self.history.rng.random() < 0.45:
            towns = [f"{lead}-{number + 1:02}" for number in range(len(TOWNS[lead]))]
            return lambda life, at: self.divide(life, at, [self.history.rng.choice(towns)])
        return None

    @staticmethod
    def _kind(theme: str) -> str:
        return {"营商环境": "SW", "幸福河湖": "NY", "防洪安全": "ZJ", "重大项目": "FG", "乡村振兴": "NY", "基层减负": "SJ"}.get(theme, "MZ")

    def divide(self, life: Life, at: datetime, leads: list[str]) -> None:
        """One child for each of ``leads``."""
        parent = Matter.objects.get(pk=life.matter_id)
        if parent.state != "active":
            return
        parts = PARTS.get(life.theme, PARTS[""])
        for number, lead in enumerate(leads):
            due_on = parent.due_on - timedelta(days=self.history.rng.randint(2, 5)) if parent.due_on else None
            if due_on is None or due_on <= day_of(at) + timedelta(days=12):
                continue
            child = self.life(life.lead, lead, self.usual(), due_on=due_on, theme=life.theme, start=self._child(parent.pk, parts[number % len(parts)], parent.title, due_on))
            child.after = self.divider(lead)
            self.history.plan(self.history.after(at, 0.5 + number * 0.4), begin, child)

    def _child(self, parent: int, part: str, title: str, due_on: date) -> Start:
        def start(life: Life, at: datetime) -> Matter:
            words: Wording = {"title": f"{title[:60]}：{part}", "due_on": due_on, "stricter_reason": "预留汇总核验时间"}
            return dividing.child_matter(parent_id=parent, words=words, actor=life.supervisor, at=at)

        return start

    # -- fates
    def usual(self) -> Fate:
        """How matters fare: most are done in time, some late, some not at all, some come back."""
        rng = self.history.rng
        drawn = rng.random()
        fate = Fate(
            late=rng.choice((-12, -8, -6, -4, -2, -1, 3, 9)),
            pace=rng.choice((1.1, 1.05, 1.05, 1.05, 1.0, 1.0, 0.85, 0.5)),
            draft_returned=rng.random() < 0.05,
            plan_returned=rng.random() < 0.06,
            report_returned=rng.random() < 0.12,
            submission_returned=rng.random() < 0.08,
            comment=rng.random() < 0.06,
            objection=rng.choice(("reassign", "keep", "adjust")) if rng.random() < 0.07 else "",
            extension=rng.choice(("granted", "granted", "refused")) if rng.random() < 0.12 else "",
            ending=rng.choices(("closed", "standing", "reopened"), (88, 8, 4))[0],
        )
        if drawn < 0.03:
            return replace(fate, declined=True)
        if drawn < 0.13:
            return replace(fate, never=True, pace=0.4)
        if drawn < 0.21:
            return replace(fate, pause=rng.choice(("escalate", "suspend", "suspend", "terminate")))
        return fate

    def halted(self, issuer: str, kind: str, halts: tuple[str, ...] = HALTS) -> None:
        """For one department, a matter that waits at each stage: the lists of its people and of its issuer are never empty."""
        for number, halt in enumerate(halts):
            topic, prefix = self._topic(kind, number, issuer)
            late, early = halt in LATE_HALTS, halt in EARLY_HALTS
            days = 130 if halt == "unreported" else self.history.rng.randint(24, 30) if late else self.history.rng.randint(6, 9) if early else self.history.rng.randint(14, 20)
            pause = {"escalated": "escalate", "suspended": "suspend"}.get(halt, "")
            fate = Fate(halt=halt, quick=True, objection="keep" if halt == "coordinating" else "", pause=pause)
            if halt == "reminded":
                fate = replace(fate, pace=0.3)
            due_on = self.history.today + timedelta(days=self.history.rng.choice((5, 9, 16, 30, 48)) if not halt.startswith("extension") else 25)
            if halt == "unreported":
                due_on = self.history.today + timedelta(days=60)
            self.typed(issuer, f"{issuer}-{kind}", topic, fate, self.history.days_ago(days), due_on=due_on, prefix=prefix)

    def _topic(self, kind: str, number: int, issuer: str) -> tuple[Topic, str]:
        topics = TOPICS[kind]
        places = {"LJ": ("", "督促云岭市", "督促江州市", "指导东湖县", "指导临港县"), "YL": ("", "督促东湖县", "督促西河县")}.get(issuer, ("", "再次"))
        return topics[number % len(topics)], places[number // len(topics) % len(places)]

    def merged(self, issuer: str, kind: str) -> None:
        """Two matters about one job become one."""
        topic = TOPICS[kind][0]
        first, second = (
            self.typed(issuer, f"{issuer}-{kind}", topic, Fate(late=40), self.history.days_ago(days), due_on=self.history.today + timedelta(days=30), prefix=prefix)
            for days, prefix in ((70, "进一步"), (48, "抓紧"))
        )

        def merge(at: datetime) -> None:
            merging.merge_matter(matter_id=second.matter_id, into_id=first.matter_id, reason="同一项工作，合并办理，一次反馈。", actor=first.supervisor, at=at)

        self.history.plan(self.history.days_ago(20), merge)

    def ended(self, issuer: str, kind: str) -> None:
        """One matter for each way in which it can end; the one that is kept up is due for review."""
        for number, fate in enumerate((Fate(), Fate(ending="standing"), Fate(pause="terminate"), Fate(declined=True))):
            topic, prefix = self._topic(kind, number, issuer)
            self.typed(issuer, f"{issuer}-{kind}", topic, fate, self.history.days_ago(260 + number), due_on=self.history.today - timedelta(days=160), prefix=prefix or "持续")

    def discarded(self, issuer: str, kind: str) -> None:
        """A draft that was given up."""
        life = self.typed(issuer, f"{issuer}-{kind}", TOPICS[kind][-1], Fate(halt="draft"), self.history.days_ago(33), prefix="研究")
        self.history.plan(self.history.days_ago(30), lambda at: drafting.discard_matter(matter_id=life.matter_id, actor=life.supervisor, at=at))

    def for_governments(self) -> Iterator[Life]:
        """What the province asks of its cities, and the cities of their counties, over the year."""
        for number, topic in enumerate(TOPICS["SEAT"]):
            for city in CITIES:
                ago = 300 - number * 24 + self.history.rng.randint(-6, 6)
                yield self.typed("LJ", city, topic, self.usual(), self.history.days_ago(ago), due_on=self.history.today - timedelta(days=ago - 190))
            county = list(COUNTIES)[number % len(COUNTIES)]
            yield self.typed(COUNTIES[county], county, topic, self.usual(), self.history.days_ago(200 - number * 15), due_on=self.history.today - timedelta(days=60 - number * 14))
