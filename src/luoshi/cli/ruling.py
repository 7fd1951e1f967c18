"""``luoshi rules``: the rule table, for the reference and for whoever asks why a sentence was read so."""

import json

from luoshi.decompose.rules import all_rules
from luoshi.text import UsageError
from luoshi.text.language import _


def print_rules(field: str | None, *, as_json: bool) -> None:
    """Print the rules of ``field``, or all of them. Raises ``UsageError`` for a field that has none."""
    rules = [rule for rule in all_rules() if field in (None, rule.field)]
    if not rules:
        fields = "、".join(sorted({rule.field for rule in all_rules()}))
        raise UsageError(_("没有这个字段的规则：{field}。").format(field=field), hint=_("可选：") + fields + "。")
    if as_json:
        print(json.dumps([{"id": r.id, "field": r.field, "why": r.why, "pattern": r.pattern.pattern, "examples": r.examples} for r in rules], ensure_ascii=False, indent=1))
        return
    for rule in rules:
        print(f"{rule.id}  [{rule.field}]\n    {rule.why}")
        for text, value in rule.examples:
            print(f"    {text} → {value if value is not None else '—'}")
