"""Every rule there is, listed by hand: a rule that is not in this list does not run."""

from luoshi.decompose.rules.deadline_rules import CELL
from luoshi.decompose.rules.deadlines import DEADLINE_RULES
from luoshi.decompose.rules.moods import MOOD_RULES
from luoshi.decompose.rules.records import MEETING_RULES, RECORD_RULES
from luoshi.decompose.rules.rule import Rule
from luoshi.decompose.rules.targets import TARGET_RULES

__all__ = ["Rule", "all_rules"]


def all_rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are asked, field by field."""
    return (*RECORD_RULES, *MEETING_RULES, *MOOD_RULES, *DEADLINE_RULES, CELL, *TARGET_RULES)
