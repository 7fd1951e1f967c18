"""Who may see which row of ``scene``, written by hand from the design; what the checks of visibility hold the pages against."""

from luoshi.web.ledger.workflow import BEFORE_ISSUE, State
from luoshi.web.orgs.roles import LIAISON
from tests.web.routes import Route
from tests.web.scene import LEADS_PART, MATTERS, PROBLEMS, VISITS, Scene

SEES_PROBLEMS: dict[str, set[str]] = {
    "province": {"problem of civil", "problem in the child"},
    "civil": {"problem of civil", "problem in the child"},
    "finance": {"problem of civil"},
    "city": {"problem of the county"},
    "city_civil": {"problem in the child"},
    "county": {"problem of the county"},
    "other": {"problem in another province"},
    "other_dept": {"problem in another province"},
    "granted": {"problem of civil", "problem in the child"},
}
SEES_VISITS: dict[str, set[str]] = {
    "province": {"visit to civil"},
    "civil": {"visit to civil"},
    "granted": {"visit to civil"},
    "city": {"visit to the county"},
    "county": {"visit to the county"},
    "other": {"visit in another province"},
    "other_dept": {"visit in another province"},
}
# Written by hand from the design: what a unit issued, leads or supports, what descends from that below, nothing before issue but one's own.
SEES: dict[str, set[str]] = {
    "province": {
        "passed down", "its child", "its grandchild", "to the city", "the city's child", "a draft", "a proposal", "of a merged unit", "of a moved unit",
    },
    "civil": {"passed down", "its child", "its grandchild", "its draft child", "civil's own", "of a merged unit"},
    "finance": {"passed down", "its child", "its grandchild", "finance's own"},
    "city": {"to the city", "the city's child", "the city's own"},
    "city_civil": {"its child", "its grandchild"},
    "county": {"its grandchild", "the city's child", "the city's own", "to the town"},
    "other": {"of another province"},
    "other_dept": {"of another province"},
    "moved": {"of a moved unit"},
    "granted": {"passed down", "its child", "its grandchild", "civil's own"},
    "granted once": set(),
    "": set(),
}  # fmt: skip


def sees(made: Scene, persona: str, kind: str, label: str) -> bool:
    """True where ``persona`` may see ``rows[kind][label]``: the declared policy, in one place."""
    unit = made.personas.get(persona, "")
    if kind in ("draft report", "draft evidence"):
        lead = MATTERS[label][1]
        return label in SEES[unit] and (unit == lead or (unit == "civil" and lead == "old"))
    if label in VISITS:
        return label in SEES_VISITS.get(unit, set())
    if label in PROBLEMS:
        return label in SEES_PROBLEMS.get(unit, set())
    if label in MATTERS:
        return label in SEES[unit]
    if kind in ("official paper", "addressee", "look-back check"):
        return unit in label.split(">")
    if kind in ("look-back plan", "unconfirmed look-back check", "draft paper", "document", "version", "draft", "comparison", "note", "upper link", "instruction", "paper"):
        return unit == label
    if kind in ("view", "table"):
        return persona == f"{label}.supervisor"
    if kind in ("programme", "part", "meeting", "decision", "study", "topic"):
        return unit in (label, LEADS_PART[label])
    raise KeyError(kind)


def is_there(made: Scene, persona: str, route: Route, kind: str, label: str) -> bool:
    """True where a route about a row is there for ``persona``."""
    unit = made.personas.get(persona, "")
    if persona not in made.personas:
        return False
    if isinstance(route.there, tuple):
        if route.there == ("civil",):
            return persona in ("civil.head", "civil.leader")
        return persona in route.there or ("offices" in route.there and unit != "")
    if route.there == "seen":
        return sees(made, persona, kind, label)
    if route.there == "issued":
        return sees(made, persona, kind, label) and MATTERS[label][3] not in BEFORE_ISSUE
    if route.there == "answering":
        held = made.world.people[persona].posts.filter(until__isnull=True, unit=made.world.units[unit]) if unit else ()
        return sees(made, persona, kind, label) and any(post.role != LIAISON for post in held)
    if route.there in ("issuing", "drafting"):
        issuer, state = MATTERS[label][0], MATTERS[label][3]
        return unit == issuer and (route.there == "issuing" or state == State.DRAFT)
    if label in VISITS:  # kept by the supervisors of the unit that sends
        return unit == VISITS[label][0] and supervises(persona)
    return unit == label and (route.there == "own" or supervises(persona))


def supervises(persona: str) -> bool:
    """True for people who hold the post of supervisor in the unit that they act for."""
    return persona.endswith(".supervisor") or persona == "two units, in the city"
