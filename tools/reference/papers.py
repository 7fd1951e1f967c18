"""Papers: their kinds, how they move, and the places of their templates."""

from luoshi.web.papers.kinds import kinds, number_of
from luoshi.web.papers.placeholders import PLACES
from luoshi.web.papers.workflow import PAPERS

FROM = {"unit": "matters of one lead unit", "any": "any matters of the office", "period": "a period, with or without matters"}


def page() -> str:
    """The page."""
    return "\n".join(["# Papers", "", *_kinds(), *_workflow(), *_places()])


def _kinds() -> list[str]:
    rows = [
        f"| {kind.name} | `{kind.code}` | {FROM[kind.scope]}{', or none' if kind.bare else ''} | {'supervisor' if kind.direct else 'leader or head'} | {'yes' if kind.answer else ''} | {number_of(kind, '临督', 2026, 12)} |"
        for kind in kinds().values()
    ]
    return ["## Kinds", "", "| kind | code | made from | issued by | answer by a day | number |", "|---|---|---|---|---|---|", *rows, ""]


def _workflow() -> list[str]:
    lines = [f"    {source} --> {row.target}: {row.act}" for row in PAPERS for source in sorted(row.sources)]
    return ["## Workflow", "", "```mermaid", "stateDiagram-v2", *lines, "```", ""]


def _places() -> list[str]:
    lines = ["## Places of a template", "", "| place | what stands there |", "|---|---|"]
    for place in PLACES:
        lines.append(f"| `{place.name}` | {place.what} |")
        lines += [f"| `项.{one.name}` | {one.what} |" for one in place.entries or ()]
    return [*lines, "", "`{%p for 段 in 要求 %}` … `{{ 段 }}` … `{%p endfor %}` goes through a list, a paragraph each; in tables `{%tr for 项 in 事项 %}`, a row each."]
