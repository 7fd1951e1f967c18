"""Where a matter that is typed comes from. A value: selectors make it, services read it."""

from dataclasses import dataclass

from luoshi.web.ledger.models import Instruction
from luoshi.web.programmes.models import Decision, ResearchTopic, Study


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a matter comes from. At most one row; without one it is typed, or a finding."""

    decision: Decision | None = None
    instruction: Instruction | None = None
    study: Study | None = None
    topic: ResearchTopic | None = None
    finding: bool = False
    quote: str = ""
    cited_as: str = ""
