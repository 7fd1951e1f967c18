"""The rules by field: id, reason, examples."""

from luoshi.decompose.rules import Rule, all_rules
from tools.reference.marks import code, table

_INTRO = """# Rules

{count} rules find dates, quantities and moods. Each is a row of the code with an id that is never reused, the field that it fills, the reason for it (in
Chinese, the language of those who check it) and examples that run as tests. “—” says that the rule must stay silent. Patterns read the
[reading view](../explanation/reading-model.md), in which full-width punctuation is narrow; print them with `luoshi rules --json`. The words that rules share are on
the page [vocabulary](vocabulary.md). What rules do not decide (outline, frameworks, responsibilities, tables) is code in `luoshi.decompose`.
"""


def page() -> str:
    """Every rule, grouped by field in the order of the list."""
    rules = all_rules()
    parts = [_INTRO.format(count=len(rules))]
    for field in dict.fromkeys(rule.field for rule in rules):
        chosen = [rule for rule in rules if rule.field == field]
        parts.append(f"## {field} ({len(chosen)})\n")
        parts.append(table(("id", "why", "examples"), ((code(rule.id), rule.why, _examples(rule)) for rule in chosen)) + "\n")
    return "\n".join(parts)


def _examples(rule: Rule) -> str:
    return "<br>".join(f"{_plain(text)} → {'—' if value is None else '**' + _plain(value) + '**'}" for text, value in rule.examples)


def _plain(text: str) -> str:
    return text.replace("*", "\\*").replace("<", "&lt;").replace("_", "\\_")
