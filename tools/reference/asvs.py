"""OWASP ASVS 5.0 item by item, from docs/security/asvs.toml."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from tools.reference.marks import code, table

FILE = Path(__file__).parent.parent.parent / "docs" / "security" / "asvs.toml"
MET, NOT_MET, NOT_APPLICABLE = "met", "not met", "not applicable"
STATUS = (MET, NOT_MET, NOT_APPLICABLE)
CHAPTERS = {
    "1": "Encoding and sanitization",
    "2": "Validation and business logic",
    "3": "Web frontend",
    "4": "API and web service",
    "5": "Files",
    "6": "Authentication",
    "7": "Sessions",
    "8": "Authorization",
    "9": "Self-contained tokens",
    "10": "OAuth and OIDC",
    "11": "Cryptography",
    "12": "Communication",
    "13": "Configuration",
    "14": "Data protection",
    "15": "Coding and architecture",
    "16": "Logging and errors",
    "17": "WebRTC",
}
_INTRO = """# OWASP ASVS 5.0

Every item of levels 1 and 2 of the Application Security Verification Standard 5.0.0 (OWASP, CC BY-SA 4.0): whether Luoshi meets it, and what shows that. The subjects are short words of ours; the requirements are in the standard under the same number.
It is a judgement of the makers, not of an auditor. *Needs* says what an [installation has to set](../../SECURITY.md#what-an-installation-has-to-do). A test asks that every item is here once, and that every test and file named here exists. The table for programs: `docs/security/asvs.toml`.
"""


def items() -> dict[str, dict[str, Any]]:
    """Every item by its number."""
    with FILE.open("rb") as file:
        told: dict[str, dict[str, Any]] = tomllib.load(file)["items"]
    return told


def page() -> str:
    """Counts, what is not met, then every chapter."""
    told = items()
    counts = Counter((one["level"], one["status"]) for one in told.values())
    rows = ((f"L{level}", *(str(counts[level, status]) for status in STATUS), str(sum(counts[level, status] for status in STATUS))) for level in (1, 2))
    open_rows = ((number, one["about"], one["why"]) for number, one in told.items() if one["status"] == NOT_MET)
    parts = [
        _INTRO,
        table(("level", *STATUS, "items"), rows) + "\n",
        "## What is not met\n",
        table(("item", "subject", "why"), open_rows) + "\n",
    ]
    for chapter, name in CHAPTERS.items():
        chosen = {number: one for number, one in told.items() if number.partition(".")[0] == chapter}
        parts += [f"## V{chapter} {name}\n", table(("item", "level", "subject", "status", "shown by, or why"), (_row(number, one) for number, one in chosen.items())) + "\n"]
    return "\n".join(parts)


def _row(number: str, one: dict[str, Any]) -> tuple[str, ...]:
    needs = f"needs {code(one['needs'])}" if "needs" in one else ""
    shown = "; ".join((*([one["why"]] if "why" in one else []), *([needs] if needs else []), *map(code, one.get("by", ()))))
    return (number, f"L{one['level']}", one["about"], one["status"], shown)
