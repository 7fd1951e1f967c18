"""Quantities to reach in a text: how much of what, and which way it counts.

``find_targets`` looks at the reading view, of a document or of one sentence. It finds every quantity that is written as a target
could be; whether the sentence sets a goal or tells of the past is ``disposition``. Dates, ordinals, numbers of documents and
articles, names (“1+3”, 4A级), thresholds (亿元以上项目) and points of an assessment are no targets.

How a quantity is read: ``value`` is multiplied out (1.4万亿斤 is 1.4e12 斤), in percent for % and 百分之. A range counts by the end
that binds: 3至5个 is ≥ 3, 控制在3%—4% is ≤ 4. Growth and fall (增长, 下降) are ``+`` and ``-`` whatever else is said of them (增长5%以上).
全覆盖 is = 100 %, 翻一番 is + 1 倍. A yardstick without a number has the value 1 and the yardstick as its unit: 不低于全市平均水平 is
≥ 1 全市平均水平.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.decompose.rules import target_rules as rows
from luoshi.decompose.rules.indicators import indicator_after, indicator_before
from luoshi.decompose.rules.numerals import parse_number
from luoshi.decompose.rules.rule import Rule
from luoshi.decompose.rules.target_rules import TARGET_RULES

__all__ = ["TARGET_RULES", "FoundTarget", "find_targets"]

_DIGITS = re.compile(r"[0-9](?<![0-9.A-Za-z第〔+×“\[前/_-][0-9])")
_WORDS = re.compile(
    r"[一二两三四五六七八九十](?<![〇零一二三四五六七八九十百千万亿第几数两0-9.“][一二两三四五六七八九十])(?=[〇零一二三四五六七八九十百千万亿]{0,11}[余多]?[^〇零一二三四五六七八九十百千万亿,。;、:\n])"
)
# Where to look, and which rules to ask there, in their order.
_SCANS: tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...] = (
    (_DIGITS, (rows.QUANTITY, rows.INDEX)),
    (_WORDS, (rows.WORDS_LED, rows.WORDS_LARGE, rows.WORDS_TRAILED)),
    (re.compile("百分之"), (rows.PERCENT,)),
    (re.compile("全覆盖"), (rows.COVERAGE,)),
    (re.compile("翻(?=[一两二三123]?番)"), (rows.DOUBLING,)),
    (re.compile("(?:不低于|不高于|高于|低于|超过|快于|好于|优于|达到)(?=[全国省市同])"), (rows.YARDSTICK,)),
    (re.compile(r"与(?=[^,。;、:\d\n]{2,12}同步)"), (rows.PACE,)),
)
