"""The invented samples in the shapes in which documents really arrive: broken into page lines, flattened to one line, damaged."""

import json
import random
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = tuple(sorted(name.removesuffix(".txt") for name in json.loads((SAMPLES / "expected.json").read_text("utf-8"))))


def sample(name: str) -> str:
    """One of the sample documents as it is."""
    return (SAMPLES / f"{name}.txt").read_text("utf-8")


def wrapped(text: str, width: int, *, lines: int = 22, head: str = "", mark: str = "— {n} —") -> str:
    """``text`` as a PDF copy gives it: lines of ``width`` characters, a page number, and a running head on every page."""
    page_lines: list[str] = []
    for paragraph in text.split("\n"):
        page_lines += [paragraph[i : i + width] for i in range(0, len(paragraph), width)] or [""]
    pages = [page_lines[i : i + lines] for i in range(0, len(page_lines), lines)]
    made: list[str] = []
    for n, page in enumerate(pages, 1):
        made += ([head] if head else []) + page + ([mark.format(n=n)] if mark else [])
    return "\n".join(made) + "\n"


def flattened(text: str, joint: str = "") -> str:
    """``text`` on one line, its paragraphs joined by ``joint``: what a web page's summary field holds."""
    return joint.join(line.strip() for line in text.split("\n") if line.strip())


def damaged(text: str, seed: int, wounds: int = 40) -> str:
    """``text`` with characters lost, doubled, swapped and put in at random, the same for the same ``seed``."""
    chance = random.Random(seed)
    letters = list(text)
    for _ in range(wounds):
        if len(letters) < 2:
            break
        at = chance.randrange(len(letters) - 1)
        wound = chance.randrange(5)
        if wound == 0:
            del letters[at : at + chance.randrange(1, 30)]
        elif wound == 1:
            letters[at:at] = letters[at : at + chance.randrange(1, 40)]
        elif wound == 2:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif wound == 3:
            letters[at:at] = list(chance.choice(NOISE))
        else:
            letters[at] = chance.choice("\n\t 　。，；：（）“”、|")
    return "".join(letters)


NOISE = (
    "（", "）", "“", "”", "《", "\n", "\n\n", "\t", "　　", "\u200b", "\ufeff", "\ufffd", "\ue001", "\x00", "第1页共9页", "— 7 —", "……", "？！", "一、", "（一）", "1.", "①",
    "“三个一批”：", "即", "、、、", "责任单位：", "（市某局牵头，", "20", "2027年", "底前", "到2030年", "不少于", "%", "亿", "|a|b|c|", "序号\t任务\t责任单位\n", "附件", "😀", "\U0002a6a5", "國會發展經濟",
)
