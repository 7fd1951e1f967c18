"""How good the reader is: what it found against what a person marked, as precision, recall and F1 per field; and how well pairs are known.

*Score* is about the reader. Judging the work of offices (考核) is *assessment* and lives elsewhere.
"""

from luoshi.score.gold import Gold, load_gold
from luoshi.score.measure import Counts, Score, pool, score
from luoshi.score.pairs import MarkedPair, MethodScore, load_pairs, score_pairs

__all__ = ["Counts", "Gold", "MarkedPair", "MethodScore", "Score", "load_gold", "load_pairs", "pool", "score", "score_pairs"]
