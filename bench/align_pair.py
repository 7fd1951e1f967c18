"""How long it takes to align two documents of 300 items each, classification and target table included.

``python -m bench.align_pair``. The pair is cut from two real documents where the corpus is there, else from samples put one behind the other.
The first line is of documents never compared before. The second is of those compared a moment ago: what belongs to one document alone ``align`` works out once and keeps.
The peer, in the same run and in turn with ours, only looks for the most similar item of the other side: scikit-learn's TfidfVectorizer over
characters, a product, and the best of each row; it names no relation. The best of the rounds counts, because a machine is rarely idle.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from luoshi.align import align
from luoshi.align.side import side
from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.readers import read
from luoshi.text import SourceText

ROOT = Path(__file__).parent.parent
PAIR = ROOT.parent / "shared" / "corpus" / "pairs" / "national-to-province"
UPPER, LOWER = "upper_national_2025.txt", "lower_guangdong_2026.txt"
SAMPLES = ("province-opinion.txt", "city-plan.txt")
ITEMS, ROUNDS = 300, 15


def main() -> None:
    """Print the figures."""
    upper, lower, where = pair()
    found = align(upper, lower)
    texts = [[item.quote for item in made.items if item.grade != "principle"] for made in (upper, lower)]
    ours: list[float] = []
    again: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        ours.append(_milliseconds(lambda: align(replace(upper), replace(lower))))
        again.append(_milliseconds(lambda: align(upper, lower)))
        theirs.append(_milliseconds(lambda: scikit_learn(*texts)))
    acts = tuple(len(side(one, searched=one is lower).acts) for one in (upper, lower))
    of_acts = sum(1 for link in found.links if link.level == "act")
    print(f"pair from {where}: {len(texts[0])} × {len(texts[1])} items, {acts[0]} × {acts[1]} acts")
    print(f"links: {len(found.links)}, of them {of_acts} of acts; rows of targets: {len(found.targets)}\n")
    print(f"luoshi.align, everything    best {min(ours):6.1f} ms   median {statistics.median(ours):6.1f} ms")
    print(f"the same pair once more     best {min(again):6.1f} ms   median {statistics.median(again):6.1f} ms")
    print(f"scikit-learn, nearest only  best {min(theirs):6.1f} ms   median {statistics.median(theirs):6.1f} ms   {min(theirs) / min(ours):.2f} x ours")


def pair() -> tuple[Decomposition, Decomposition, str]:
    """Two documents of ``ITEMS`` items each, and where they are from."""
    if (PAIR / UPPER).exists():
        upper, lower = (decompose(read(PAIR / name)) for name in (UPPER, LOWER))
        return _cut(upper), _cut(lower), "corpus/pairs"
    texts = [read(ROOT / "samples" / name).text for name in SAMPLES]
    upper, lower = (decompose(SourceText.from_text("\n".join([text] * 30))) for text in texts)
    return _cut(upper), _cut(lower), "samples, repeated"


def _cut(made: Decomposition) -> Decomposition:
    """The document up to its item number ``ITEMS``; principles do not count."""
    items = [item for item in made.items if item.grade != "principle"][:ITEMS]
    return replace(made, items=tuple(items), sentences=tuple(sentence for sentence in made.sentences if sentence.end <= items[-1].end))


def scikit_learn(upper: Sequence[str], lower: Sequence[str]) -> object:
    """For each of ``upper`` the nearest of ``lower``."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit_transform([*upper, *lower])
    return (rows[: len(upper)] @ rows[len(upper) :].T).toarray().argmax(axis=1)


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
