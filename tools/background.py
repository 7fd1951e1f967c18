"""How rare characters and pairs of characters are in government documents: makes ``background.npy`` and ``characters.npy`` in
``src/luoshi/align/vocabulary`` from a folder of texts.

``python -m tools.background FOLDER`` cuts every ``.txt`` below FOLDER into clauses at ，。；、：！？ and line ends and counts in how many clauses each
occurs. Of pairs it keeps, in 2**16 columns by the first bits of the hash, the idf of the most frequent pair there in steps of 1/16: a
frequent pair is never taken for a rare one; a rare pair may be taken for a less rare one. Of characters it keeps, by code, the idf less the
share of the clauses in which the character stands in standard wording. Each is 64 KiB of statistics and no text. The tables in the
repository were made from 314 documents: reports to the people's congresses of cities (2024), provinces (2026) and the nation since 1954,
reports to party congresses, and documents of the State Council; 369,497 clauses, 4.05 million characters.
"""

import math
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from luoshi.align import standard
from luoshi.align.vectors import BACKGROUND_BITS, BACKGROUND_STEP, BITS, document_frequency, grams

VOCABULARY = Path(__file__).parent.parent / "src" / "luoshi" / "align" / "vocabulary"
_HAN = range(0x4E00, 0xA000)
_UNSEEN = 9.0
"""What a character is worth that no clause has."""
_CLAUSE_END = re.compile(r"[，。；、：！？\n]")


def main(folder: Path) -> None:
    """Write the table and say what it was made from."""
    frequency = document_frequency(grams([]))
    files = sorted(folder.rglob("*.txt"))
    held: Counter[str] = Counter()
    standing: Counter[str] = Counter()
    wording = re.compile("|".join(sorted((word for name in ("fillers", "formulas", "own_place") for word in standard.listed(name)), key=lambda word: -len(word))))
    clauses = characters = 0
    for file in files:
        texts = [clause for clause in map(str.strip, _CLAUSE_END.split(file.read_text("utf-8"))) if clause]
        frequency = frequency + document_frequency(grams(texts, sizes=(2,)))
        for text in texts:
            held.update(set(text))
            standing.update(set(text) - set(wording.sub("", text)))
        clauses += len(texts)
        characters += sum(map(len, texts))
    if not clauses:
        sys.exit(f"no .txt file with text below {folder}")
    most = np.zeros(1 << BACKGROUND_BITS, dtype=np.int64)
    np.maximum.at(most, frequency.columns >> (BITS - BACKGROUND_BITS), frequency.counts)
    worth = np.rint((np.log((1 + clauses) / (1 + most)) + 1) / BACKGROUND_STEP)
    np.save(VOCABULARY / "background.npy", worth.astype(np.uint8), allow_pickle=False)
    np.save(VOCABULARY / "characters.npy", _characters(held, standing, clauses), allow_pickle=False)
    print(f"{len(files)} documents, {clauses} clauses, {characters} characters; {np.count_nonzero(most)} columns in use; {worth.min():.0f} to {worth.max():.0f} steps")


def _characters(held: Counter[str], standing: Counter[str], clauses: int) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    """By code what each Chinese character tells, in steps of ``BACKGROUND_STEP``; nothing of all others."""
    table = np.zeros(1 << 16, dtype=np.uint8)
    for code in _HAN:
        character = chr(code)
        worth = math.log((1 + clauses) / (1 + held[character])) * (1 - standing[character] / held[character]) if held[character] else _UNSEEN
        table[code] = min(255, round(worth / BACKGROUND_STEP))
    return table


if __name__ == "__main__":
    main(Path(sys.argv[1]))
