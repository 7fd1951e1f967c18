"""Two provinces with rows of every kind in every relation to a unit, for the checks of who may see what. Rows are put there directly."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator

import luoshi
from luoshi.web.calendars.models import Announcement
from luoshi.web.common.store import save
from luoshi.web.documents.models import Comparison, Document, DraftItem, ReviewNote, UpperLink, Version
from luoshi.web.exchange.models import IncomingTable, RosterRow
from luoshi.web.ledger.models import (
    Ancestor,
    Evidence,
    Extension,
    Instruction,
    Matter,
    Message,
    Milestone,
    Plan,
    Question,
    Report,
    SavedView,
    Source,
    Support,
    Target,
)
from luoshi.web.ledger.workflow import ExtensionState, ReportState, State
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.notices.models import Channel, Digest, Outgoing
from luoshi.web.orgs.models import Alias, Duty, Grant, Invitation, Post, Unit
from luoshi.web.orgs.roles import LIAISON, SUPERVISOR
from luoshi.web.oversight.models import Rung
from luoshi.web.papers.models import Addressee, OfficialPaper
from luoshi.web.problems.models import Inspection, Link, Measure, PlannedVisit, Problem, Proof, Visit
from luoshi.web.programmes.models import Decision, Meeting, Paper, Part, Programme, ResearchTopic, Study
from luoshi.writers.decomposition_json import dumps
from tests.web import kit

# label: issuer, lead, supporters, state, parent
MATTERS: dict[str, tuple[str, str, tuple[str, ...], State, str | None]] = {
    "passed down": ("province", "civil", ("finance",), State.ACTIVE, None),
    "its child": ("civil", "city_civil", (), State.ACTIVE, "passed down"),
    "its grandchild": ("city_civil", "county", (), State.ISSUED, "its child"),
    "its draft child": ("civil", "finance", (), State.DRAFT, "passed down"),
    "to the city": ("province", "city", (), State.ACTIVE, None),
    "the city's child": ("city", "county", (), State.SUBMITTED, "to the city"),
    "civil's own": ("civil", "civil", (), State.ACTIVE, None),
    "the city's own": ("city", "county", (), State.ACTIVE, None),
    "a draft": ("province", "civil", (), State.DRAFT, None),
    "a proposal": ("province", "civil", (), State.PROPOSED, None),
    "of another province": ("other", "other_dept", (), State.ACTIVE, None),
    "to the town": ("county", "town", (), State.ACTIVE, None),
    "of a merged unit": ("province", "old", (), State.CLOSED, None),
    "of a moved unit": ("province", "moved", (), State.ACCEPTED, None),
    "finance's own": ("finance", "finance", (), State.COORDINATING, None),
}
# label: finder, owner, helpers, the matter in which it was found
PROBLEMS: dict[str, tuple[str, str, tuple[str, ...], str | None]] = {
    "problem of civil": ("province", "civil", ("finance",), None),
    "problem of the county": ("city", "county", (), None),
    "problem in the child": ("civil", "city_civil", (), "its child"),
    "problem in another province": ("other", "other_dept", (), None),
}
VISITS = {"visit to civil": ("province", "civil"), "visit to the county": ("city", "county"), "visit in another province": ("other", "other_dept")}  # label: sender, visited
LEADS_PART = {"province": "civil", "city": "county", "other": "other_dept"}


CONTENT = "核查表".encode()
FILE = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Scene:
    """``rows[kind][label]``: the object; ``unit_of`` the code of the unit that a person acts for, empty where none."""

    world: kit.World
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    personas: dict[str, str] = field(default_factory=dict)


def scene() -> Scene:
    """Everything."""
    save(CONTENT)
    made = Scene(kit.world())
    _units(made.world)
    _people(made)
    made.rows = {kind: {} for kind in ("matter", "report", "draft report", "evidence", "draft evidence", "extension", "rung", "question", "message", "milestone", "target", "source", "plan", "roster row")}
    for label in MATTERS:
        _matter(made, label)
    _documents(made)
    _programmes(made)
    _papers(made)
    _lookbacks(made)
    _problems(made)
    _offices(made)
    return made


def _units(world: kit.World) -> None:
    world.units["other"] = kit.unit("HP", "海平省人民政府", kind="government")
    world.units["other_dept"] = kit.unit("HP-MZ", "海平省民政厅", under=world.units["other"])
    world.units["moved"] = kit.unit("LJ-YD", "临江省医疗保障局", under=world.units["province"])
    world.units["old"] = kit.unit("LJ-LL", "临江省老龄工作委员会办公室", under=world.units["province"])
    world.units["granted"] = kit.unit("LJ-SJ", "临江省审计厅", under=world.units["province"])
    world.units["granted once"] = kit.unit("LJ-TJ", "临江省统计局", under=world.units["province"])
    Unit.objects.filter(code="LJ-LL").update(ended_on=date(2026, 6, 30), successor=world.units["civil"])
    for to, until in (("granted", kit.TODAY + timedelta(days=3650)), ("granted once", date(2026, 1, 31))):
        Grant.objects.create(unit=world.units["civil"], to_unit=world.units[to], purpose="专项审计", expires_on=until, created_at=kit.NOW)


def _people(made: Scene) -> None:
    world = made.world
    for code in ("other", "other_dept", "moved", "granted", "granted once"):
        world.people[f"{code}.supervisor"] = kit.person(f"{code}.supervisor".replace(" ", "-"), code, world.units[code], SUPERVISOR, LIAISON)
    made.personas = {name: name.rpartition(".")[0] for name in world.people if "." in name} | dict.fromkeys(("system", "security", "audit"), "")
    world.people["without a post"] = kit.person("postless", "无岗", None)
    world.people["gone to finance"] = kit.person("gone", "调动", world.units["civil"], LIAISON)
    Post.objects.filter(user=world.people["gone to finance"]).update(until=date(2026, 3, 31))
    Post.objects.create(user=world.people["gone to finance"], unit=world.units["finance"], role=LIAISON, since=date(2026, 4, 1))
    for name, now in (("two units, in the city", "city"), ("two units, in civil", "civil")):
        user = world.people[name] = kit.person(f"two-{now}", "两任", world.units["city"], SUPERVISOR)
        Post.objects.create(user=user, unit=world.units["civil"], role=LIAISON, since=date(2025, 1, 1))
        user.current_post = Post.objects.get(user=user, unit=world.units[now])
        user.save()
        made.personas[name] = now
    made.personas |= {"without a post": "", "gone to finance": "finance"}
    disabled = world.people["disabled"] = kit.person("disabled", "停用", world.units["province"], SUPERVISOR)
    disabled.is_active = False
    disabled.save()


def _matter(made: Scene, label: str) -> None:
    world = made.world
    issuer, lead, supporters, state, parent = MATTERS[label]
    matter = kit.matter(world, state=state, issuer=issuer if f"{issuer}.supervisor" in world.people else "province", lead=lead, number=f"LJ-2026-{len(made.rows['matter']):04}")
    matter.issuer, matter.title = world.units[issuer], f"事项：{label}"
    if parent:
        above = made.rows["matter"][parent]
        matter.parent = above
        for one in [above, *(link.ancestor for link in above.ancestors.all())]:
            Ancestor.objects.create(matter=matter, ancestor=one)
    matter.save()
    rows = made.rows
    rows["matter"][label] = matter
    author = next(iter(Post.objects.filter(unit=matter.lead))).user if Post.objects.filter(unit=matter.lead).exists() else world.people["province.supervisor"]
    for code in supporters:
        Support.objects.create(matter=matter, unit=world.units[code], unit_name=world.units[code].name, contribution="安排资金")
    rows["source"][label] = Source.objects.create(matter=matter, kind=Source.TYPED, quote=f"依据：{label}", suspect=True)
    rows["plan"][label] = Plan.objects.create(matter=matter, state="proposed", content={"cadence": "", "milestones": [], "curves": {}}, author=author, proposed_at=kit.NOW)
    target = rows["target"][label] = Target.objects.create(matter=matter, indicator="覆盖率", value=85, unit="%", baseline=60)
    rows["roster row"][label] = RosterRow.objects.create(target=target, order=1, name="柳溪镇养老服务中心")
    rows["milestone"][label] = Milestone.objects.create(matter=matter, title="建设清单", due_on=date(2026, 12, 1))
    made_at = {"created_at": kit.NOW, "saved_at": kit.NOW}
    common = {"matter": matter, "unit": matter.lead, "unit_name": matter.lead.name, "author": author} | made_at
    filed = rows["report"][label] = Report.objects.create(state=ReportState.FILED, text=f"进展：{label}", filed_at=kit.NOW, **common)
    filed.readings.create(target=target, value=66, as_of=date(2026, 9, 30))
    rows["draft report"][label] = Report.objects.create(state=ReportState.DRAFT, text=f"草稿：{label}", **common)
    rows["evidence"][label] = Evidence.objects.create(report=filed, name="核查表.pdf", sha256=FILE, size=9, added_by=author, added_at=kit.NOW)
    rows["draft evidence"][label] = Evidence.objects.create(
        report=rows["draft report"][label], name="草表.pdf", sha256=FILE, size=9, added_by=author, added_at=kit.NOW
    )
    rows["extension"][label] = Extension.objects.create(
        matter=matter, state=ExtensionState.ASKED, reason="雨季停工", due_on=date(2026, 12, 31), asked_on=date(2027, 1, 31), author=author, created_at=kit.NOW
    )
    served = {"rung": "blue", "ground": "overdue", "to_unit": matter.lead, "to_name": matter.lead.name, "text": f"督办：{label}", "answer_by": date(2026, 11, 30)}
    rows["rung"][label] = Rung.objects.create(matter=matter, state="served", served_by=author, served_at=kit.NOW, **served)
    rows["question"][label] = Question.objects.create(
        matter=matter, kind=Question.ESCALATION, unit=matter.lead, reason="需要省级协调", asked_by=author, asked_at=kit.NOW
    )
    rows["message"][label] = Message.objects.create(
        matter=matter, kind=Message.REMINDER, to_unit=matter.lead, text=f"催办：{label}", by=author, by_unit=matter.issuer, at=kit.NOW
    )


def _documents(made: Scene) -> None:
    world = made.world
    text = "关于养老服务的意见\n各县要在2026年12月底前建成失能照护机构。\n"
    read = _read(text)
    kinds = ("document", "version", "draft", "comparison", "note", "upper link", "instruction", "view", "table")
    made.rows |= {kind: {} for kind in kinds}
    for code in ("province", "civil", "finance", "city", "city_civil", "county", "other"):
        user = world.people[f"{code}.supervisor"]
        document = Document.objects.create(unit=world.units[code], title=f"文件{code}", created_by=user, created_at=kit.NOW)
        upper = Document.objects.create(unit=world.units[code], title=f"上位文件{code}", created_by=user, created_at=kit.NOW)
        versions = [
            Version.objects.create(
                document=one, number=1, file_name="意见.txt", file_sha256=FILE, file_size=9, state=Version.READ, text=text, text_sha256="1" * 64,
                decomposition=read, uploaded_by=user, uploaded_at=kit.NOW,
            )
            for one in (document, upper)
        ]  # fmt: skip
        made.rows["upper link"][code] = UpperLink.objects.create(document=document, upper=upper)
        start = text.index("各县")
        made.rows["document"][code], made.rows["version"][code] = document, versions[0]
        made.rows["comparison"][code] = Comparison.objects.create(upper=versions[1], lower=versions[0])
        made.rows["draft"][code] = DraftItem.objects.create(
            version=versions[0], order=1, item_id="i1", start=start, end=len(text) - 1, quote=text[start:-1], kind="requirement", grade="deliverable"
        )
        made.rows["note"][code] = ReviewNote.objects.create(version=versions[0], kind=ReviewNote.SENTENCE, start=0, end=8, code="context", by=user, at=kit.NOW)
        made.rows["instruction"][code] = Instruction.objects.create(
            unit=world.units[code], leader="高省长", on=date(2026, 11, 2), text="请抓紧", created_by=user, created_at=kit.NOW
        )
        made.rows["table"][code] = IncomingTable.objects.create(
            user=user, unit=world.units[code], kind=IncomingTable.FOREIGN, name="分解表.xlsx", sha256=FILE, at=kit.NOW, sheets=[{"name": "", "rows": [[1, {"1": "事项"}], [2, {"1": "甲"}]]}],
            chosen={"sheet": 0, "head": 1, "columns": {"1": "title"}, "names": {}, "days": {}},
        )  # fmt: skip
        made.rows["view"][code] = SavedView.objects.create(user=user, name="我的视图", query="state=active", at=kit.NOW)


def _read(text: str) -> dict[str, Any]:
    """What the reader makes of a text, as it is kept."""
    made: dict[str, Any] = json.loads(dumps(luoshi.decompose(luoshi.read_bytes(text.encode(), name="意见.txt"))))
    del made["text"]
    return made


def _programmes(made: Scene) -> None:
    made.rows |= {kind: {} for kind in ("programme", "part", "paper", "meeting", "decision", "study", "topic")}
    for code, lead in LEADS_PART.items():
        unit, user = made.world.units[code], made.world.people[f"{code}.supervisor"]
        programme = Programme.objects.create(unit=unit, name=f"专项{code}", created_by=user, created_at=kit.NOW)
        made.rows["programme"][code] = programme
        made.rows["part"][code] = Part.objects.create(programme=programme, order=1, title="养老", lead=made.world.units[lead])
        made.rows["paper"][code] = Paper.objects.create(programme=programme, document=made.rows["document"][code], added_at=kit.NOW)
        meeting = made.rows["meeting"][code] = Meeting.objects.create(
            programme=programme, unit=unit, title="推进会", held_on=date(2026, 10, 9), held_at=kit.NOW, created_by=user, created_at=kit.NOW
        )
        made.rows["decision"][code] = Decision.objects.create(meeting=meeting, order=1, text="年底前拿出清单")
        made.rows["study"][code] = Study.objects.create(programme=programme, title="第一议题", held_on=date(2026, 9, 9), created_at=kit.NOW)
        made.rows["topic"][code] = ResearchTopic.objects.create(programme=programme, title="失能照护", created_at=kit.NOW)


def _papers(made: Scene) -> None:
    """A paper that was sent, from one unit to another, and a draft of each unit."""
    made.rows |= {kind: {} for kind in ("official paper", "draft paper", "addressee")}
    facts = dict.fromkeys(("kind", "shape", "number", "date", "red_head", "issuer", "signature", "contact", "to_line", "closing", "answer_by", "period", "copies"), "")
    facts |= {"title": "提醒函", "to": [], "opening": [], "requirements": [], "matters": [], "count": 0}
    for code, to in (("province", "civil"), ("city", "county"), ("other", "other_dept")):
        unit, user = made.world.units[code], made.world.people[f"{code}.supervisor"]
        told = {"kind": "reminder", "unit": unit, "drafted_by": user, "created_at": kit.NOW}
        made.rows["draft paper"][code] = OfficialPaper.objects.create(state="draft", title=f"公文草稿{code}", **told)
        sent = OfficialPaper.objects.create(
            state="issued", title=f"公文{code}", number=f"{code}1号", year=2026, count=1, facts=facts, issued_by=user, issued_at=kit.NOW, dated_on=kit.TODAY, **told
        )
        made.rows["official paper"][f"{code}>{to}"] = sent
        made.rows["addressee"][f"{code}>{to}"] = Addressee.objects.create(paper=sent, unit=made.world.units[to], unit_name=made.world.units[to].name, order=0)


def _problems(made: Scene) -> None:
    world = made.world
    made.rows |= {kind: {} for kind in ("problem", "measure", "proof", "inspection", "visit", "planned visit")}
    for label, (sender, visited) in VISITS.items():
        by, unit = world.people[f"{sender}.supervisor"], world.units[visited]
        inspection = made.rows["inspection"][label] = Inspection.objects.create(
            number=label, title=f"督查：{label}", unit=world.units[sender], content="养老服务", starts_on=kit.TODAY, ends_on=kit.TODAY, leader="组长", state="arranged",
            created_by=by, created_at=kit.NOW,
        )  # fmt: skip
        made.rows["visit"][label] = Visit.objects.create(inspection=inspection, unit=unit, unit_name=unit.name, state="told", facts=f"事实：{label}", told_by=by)
        made.rows["planned visit"][label] = PlannedVisit.objects.create(unit=world.units[sender], visited=unit, year=2026, month=11, created_by=by, created_at=kit.NOW)
    for label, (finder, owner, helpers, matter) in PROBLEMS.items():
        by = world.people[f"{finder}.supervisor"]
        problem = made.rows["problem"][label] = Problem.objects.create(
            number=label, title=f"问题：{label}", finder=world.units[finder], owner=world.units[owner], finder_name=finder, owner_name=owner, state="mending",
            source="check", discovery="self", severity="light", found_on=kit.TODAY, created_by=by, created_at=kit.NOW,
        )  # fmt: skip
        problem.helpers.set(world.units[code] for code in helpers)
        made.rows["measure"][label] = Measure.objects.create(problem=problem, order=0, text="补制度", due_on=date(2026, 12, 1))
        made.rows["proof"][label] = Proof.objects.create(problem=problem, name="核查表.pdf", sha256=FILE, size=9, added_by=by, added_at=kit.NOW)
        if matter:
            Link.objects.create(problem=problem, matter=made.rows["matter"][matter], kind=Link.FOUND_IN)


def _lookbacks(made: Scene) -> None:
    """A plan of three units with a check that is confirmed and one that is not."""
    made.rows |= {kind: {} for kind in ("look-back plan", "look-back check", "unconfirmed look-back check")}
    for code, to in (("province", "civil"), ("city", "county"), ("other", "other_dept")):
        unit, lead, user = made.world.units[code], made.world.units[to], made.world.people[f"{code}.supervisor"]
        matters = [one for one in made.rows["matter"].values() if (one.issuer_id, one.lead_id) == (unit.pk, lead.pk)]
        matters = [*matters, *Matter.objects.exclude(pk__in=[one.pk for one in matters]).order_by("pk")][:2]
        plan = made.rows["look-back plan"][code] = LookbackPlan.objects.create(
            unit=unit, title=f"回头看{code}", closed_from=kit.TODAY, closed_to=kit.TODAY, confidence=90, margin=10, seed="1", population=2, size=2, list_hash="3" * 64,
            strata=[{"unit": lead.pk, "name": lead.name, "numbers": [one.number for one in matters], "drawn": 2}], due_on=kit.TODAY, created_by=user, created_at=kit.NOW,
        )  # fmt: skip
        told = {"plan": plan, "unit": lead, "unit_name": lead.name, "relapses": 0, "first": user, "findings": f"情况{code}", "outcome": "holds"}
        made.rows["look-back check"][f"{code}>{to}"] = LookbackCheck.objects.create(matter=matters[0], order=1, state="confirmed", confirmed_at=kit.NOW, **told)
        made.rows["unconfirmed look-back check"][code] = LookbackCheck.objects.create(matter=matters[1], order=2, state="checked", **told)


def _offices(made: Scene) -> None:
    """Rows of units and people; administrators have their second factor, so that they get past it."""
    world, rows = made.world, made.rows
    for duty in ("system", "security", "audit"):
        Authenticator.objects.create(user=world.people[duty], type=Authenticator.Type.TOTP, data={})
    rows["unit"] = {code: world.units[code] for code in ("province", "civil", "county", "other_dept")}
    rows["person"] = {name: world.people[name] for name in ("civil.liaison", "county.head", "without a post")}
    rows["post"] = {"civil.liaison": Post.objects.get(user=world.people["civil.liaison"])}
    rows["alias"] = {"civil": Alias.objects.create(unit=world.units["civil"], name="省民政")}
    rows["duty"] = {"civil": Duty.objects.create(unit=world.units["civil"], text="养老服务")}
    rows["grant"] = {"civil": Grant.objects.get(to_unit=world.units["granted"])}
    waiting = kit.person("new-audit", "新审计", None, administers="audit")
    waiting.pending = True
    waiting.save()
    rows["pending administrator"] = {"new": waiting}
    rows["digest"] = {code: Digest.objects.create(unit=world.units[code], on=kit.TODAY, content={"liaison": {"do": 1}}, made_at=kit.NOW) for code in ("civil", "city")}
    way = Channel.objects.create(kind="wecom", name="群", address="https://qyapi.example/send?key=1", created_at=kit.NOW)
    rows["channel"] = {"group": way}
    rows["outgoing"] = {"one": Outgoing.objects.create(number="1" * 32, channel=way, digest=rows["digest"]["civil"], made_at=kit.NOW, next_try_at=kit.NOW)}
    rows["announcement"] = {"2027": Announcement.objects.create(title="2027年放假安排", year=2027, entered_by="system", entered_at=kit.NOW)}
    rows["invitation"] = {
        "new": Invitation.objects.create(user=waiting, token_hash="2" * 64, expires_at=kit.NOW + timedelta(days=3650), created_at=kit.NOW)
    }
