"""The word lists of reading and of alignment: file, list, comment, words."""

import tomllib
from importlib.resources import files
from pathlib import Path

from luoshi.align import standard
from luoshi.decompose import vocabulary
from tools.reference.marks import code, table

FOLDER = Path(vocabulary.__file__).parent

_INTRO = """# Vocabulary

Word lists that an office can read and extend, one TOML file per subject in `src/luoshi/decompose/vocabulary/`. Words are parted by blanks or stand in a list. The digest of all
lists is part of `engine.rules_sha256` in every result, so a changed list shows. Events that date a text without a year are rows in `periods.py` beside the lists.
"""

_ALIGNMENT_INTRO = """# Vocabulary of alignment

Word lists that an office can read and extend, in `src/luoshi/align/vocabulary/`. What they are for is explained in [alignment](../explanation/alignment.md). Beside them stand two tables of statistics,
`background.npy` and `characters.npy`: how rare pairs of characters, and single characters, are in public documents. They hold no text.
"""


def page() -> str:
    """Every file and list."""
    return "\n".join([_INTRO, *(_file(path) for path in sorted(FOLDER.glob("*.toml")))])


def alignment_page() -> str:
    """Standard wording as lists, subjects and indicators as tables."""
    folder = Path(str(files("luoshi.align"))) / "vocabulary"
    told = _file(folder / "standard_wording.toml", without=("version",))
    lists = [
        f"Version {standard.version()}; every alignment records it.\n",
        _rows(folder / "themes.toml", ("subject", "words")),
        _rows(folder / "indicators.toml", ("standard name", "other names")),
    ]
    return "\n".join([_ALIGNMENT_INTRO, told, *lists])


def _rows(path: Path, heads: tuple[str, str]) -> str:
    """A file of many short lists as a table."""
    text = path.read_text("utf-8")
    rows = ((name, "　".join(words.split())) for name, words in tomllib.loads(text).items())
    return f"## {path.name}\n\n{_opening(text)}\n\n{table(heads, rows)}\n"


def _opening(text: str) -> str:
    """The comment that a file begins with."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)


def _file(path: Path, without: tuple[str, ...] = ()) -> str:
    text = path.read_text("utf-8")
    opening = _opening(text)
    parts = [f"## {path.name}\n", f"{opening}\n" if opening else ""]
    comments = _comments(text)
    for name, words in tomllib.loads(text).items():
        if name in without:
            continue
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
