"""How good the reader is: what it found against what a person marked, as precision, recall and F1 per field.

*Score* is about the reader. Judging the work of offices (考核) is *assessment* and lives elsewhere.
"""

from luoshi.score.gold import Gold, load_gold
from luoshi.score.measure import Counts, Score, pool, score

__all__ = ["Counts", "Gold", "Score", "load_gold", "pool", "score"]
