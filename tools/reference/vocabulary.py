"""The word lists: file, list, comment, words."""

import tomllib
from pathlib import Path

from luoshi.decompose import vocabulary
from tools.reference.marks import code

FOLDER = Path(vocabulary.__file__).parent

_INTRO = """# Vocabulary

Word lists that an office can read and extend, one TOML file per subject in `src/luoshi/decompose/vocabulary/`. Words are parted by blanks or stand in a list. The digest of all
lists is part of `engine.rules_sha256` in every result, so a changed list shows. Events that date a text without a year are rows in `periods.py` beside the lists.
"""


def page() -> str:
    """Every file and list."""
    return "\n".join([_INTRO, *(_file(path) for path in sorted(FOLDER.glob("*.toml")))])


def _file(path: Path) -> str:
    text = path.read_text("utf-8")
    first = text.split("\n", 1)[0]
    parts = [f"## {path.name}\n", f"{first.lstrip('# ')}\n" if first.startswith("#") else ""]
    comments = _comments(text)
    for name, words in tomllib.loads(text).items():
        listed = words.split() if isinstance(words, str) else list(words)
        parts += [f"### {code(name)} ({len(set(listed))} words)\n", f"{comments.get(name, '')}\n", f"{'　'.join(dict.fromkeys(listed))}\n"]
    return "\n".join(part for part in parts if part.strip())


def _comments(text: str) -> dict[str, str]:
    """The comment right above each list."""
    found: dict[str, str] = {}
    held: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            held.append(line.lstrip("# "))
            continue
        name, equals, _rest = line.partition(" = ")
        if equals and held:
            found[name.strip()] = " ".join(held)
        held = []
    return found
