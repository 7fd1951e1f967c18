"""How rare character pairs are in government documents: makes ``src/luoshi/align/vocabulary/background.npy`` from a folder of texts.

``python -m tools.background FOLDER`` cuts every ``.txt`` below FOLDER into clauses at ，。；、：！？ and line ends, counts in how many clauses
each pair of characters occurs, and keeps in 2**16 columns, by the first bits of the hash, the idf of the most frequent pair there in steps
of 1/16: 64 KiB of statistics and no text. So a frequent pair is never taken for a rare one; a rare pair may be taken for a less rare one. The table in the repository was made from 314 documents: reports to the people's congresses of cities (2024),
provinces (2026) and the nation since 1954, reports to party congresses, and documents of the State Council; 369,497 clauses, 4.05 million characters.
"""

import re
import sys
from pathlib import Path

import numpy as np

from luoshi.align.vectors import BACKGROUND_BITS, BACKGROUND_STEP, BITS, document_frequency, grams

TABLE = Path(__file__).parent.parent / "src" / "luoshi" / "align" / "vocabulary" / "background.npy"
_CLAUSE_END = re.compile(r"[，。；、：！？\n]")


def main(folder: Path) -> None:
    """Write the table and say what it was made from."""
    frequency = document_frequency(grams([]))
    files = sorted(folder.rglob("*.txt"))
    clauses = characters = 0
    for file in files:
        texts = [clause for clause in map(str.strip, _CLAUSE_END.split(file.read_text("utf-8"))) if clause]
        frequency = frequency + document_frequency(grams(texts, sizes=(2,)))
        clauses += len(texts)
        characters += sum(map(len, texts))
    if not clauses:
        sys.exit(f"no .txt file with text below {folder}")
    most = np.zeros(1 << BACKGROUND_BITS, dtype=np.int64)
    np.maximum.at(most, frequency.columns >> (BITS - BACKGROUND_BITS), frequency.counts)
    worth = np.rint((np.log((1 + clauses) / (1 + most)) + 1) / BACKGROUND_STEP)
    np.save(TABLE, worth.astype(np.uint8), allow_pickle=False)
    print(f"{len(files)} documents, {clauses} clauses, {characters} characters; {np.count_nonzero(most)} columns in use; {worth.min():.0f} to {worth.max():.0f} steps")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
