"""How often something is done: 每季度1次, 全年不少于4次, 按月; 定期 where only words say it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from luoshi.decompose.rules.numerals import parse_number

_PER_YEAR = {"天": 365, "日": 365, "工作日": 250, "周": 52, "星期": 52, "旬": 36, "小时": 8760, "月": 12, "季度": 4, "季": 4, "半年": 2, "半月": 24, "半个月": 24, "学期": 2, "学年": 1, "年": 1, "年度": 1}
_NUMERAL = "[0-9]+|[一二两三四五六七八九十]+"
_EVERY = re.compile(rf"(?<!每[户人亩吨床村])每(?P<n>{_NUMERAL})?个?(?P<period>工作日|小时(?<=[0-9一二两三四六八]小时)(?=[^,;。]{{1,14}}次|报)|半年|半个?月|学期|学年|季度|季|年度|年|月|旬|周|星期|天|日)(?!人|户|吨|亩|发(?!布)|底)|(?P<adverb>按季度|按月|按周|按季|按年|逐月|逐季|逐周|逐日|月度|季度(?=[一开调通报评召考])|日(?=[调报]度)|(?<![0-9一二三四五六七八九十每本当上下次单双今明去同全某按逐])(?:周|旬|月|季|年)(?=调度|通报|报告|研判|会商|考核|督查|点评|晾晒|排名|评比|例会|巡查)|全年(?=[^,;。]{{0,10}}[次轮遍])|一年(?=[^,;。内]{{0,6}}[次轮遍]))")
_TIMES = re.compile(rf"(?:(?:至少|不少于|不低于|最少|达到|各|开展|组织|召开|进行|检查|上门|探访|巡查|调度|报送|研究|专题|安排|举办|报告)[\u4e00-\u9fff]{{0,8}}?)?(?P<n>{_NUMERAL})(?:至[0-9一二两三四五六七八九十]+)?(?:[次轮场回遍期]|(?P<days>天|周)(?=$|[,;。])|(?P<minutes>分钟)(?=$|[,;。以])|小时(?=$|[,;。]))(?!性|年(?![轻度终])|级|日(?!常))")
_AT_MOST, _AT_LEAST = re.compile("不(?:得|能|可)?(?:超过|高于|多于)|[至最]多"), re.compile("不(?:得|能)?[少低]于|[至最]少")
_SEASONAL = re.compile(rf"(?P<when>春秋两季|春秋二季|春秋季|四季|[春夏秋冬]季(?!度))各?(?:至少|不少于)?[^,;。0-9一二两三四五六七八九十]{{0,8}}(?P<n>{_NUMERAL})[次轮场遍]")
_SEASONS = {"春秋两季": 2, "春秋二季": 2, "春秋季": 2, "四季": 4}
_ADVERB_PERIOD = {"按季度": 4, "按季": 4, "逐季": 4, "季度": 4, "按月": 12, "逐月": 12, "月度": 12, "按周": 52, "逐周": 52, "按年": 1, "全年": 1, "一年": 1, "逐日": 365, "日": 365, "周": 52, "旬": 36, "月": 12, "季": 4, "年": 1}
_VAGUE_OFTEN = re.compile(r"定期|不定期|经常|适时|常态化|不间断|择机")


@dataclass(frozen=True, slots=True)
class Often:
    """How often something is done: ``per_year`` times, None where only words say it; ``bound`` is ``≤`` for 不超过2次, ``≥`` for 至少2次."""

    start: int
    end: int
    per_year: float | None
    bound: str = "="


@lru_cache(maxsize=512)
def count_of(word: str | None) -> float:
    """The value of a numeral, 1 where there is none."""
    value = parse_number(word) if word else None
    return float(value) if value else 1.0


def often_in(words: str, start: int) -> Often | None:
    """How often the words say, None where they do not."""
    season = _SEASONAL.search(words)
    if season:
        return Often(start + season.start(), start + season.end(), _SEASONS.get(season["when"], 1) * count_of(season["n"]))
    every = _EVERY.search(words)
    if every:
        period = _ADVERB_PERIOD[every["adverb"]] if every["adverb"] else _PER_YEAR[every["period"]] / count_of(every["n"])
        times = _TIMES.search(words, every.end(), every.end() + 40) or _TIMES.search(words, max(0, every.start() - 10), every.start())
        begin, stop = min(every.start(), times.start() if times else every.start()), max(every.end(), times.end() if times else every.end())
        bound = "=" if not times else "≤" if _AT_MOST.search(words, begin, stop) else "≥" if _AT_LEAST.search(words, begin, stop) else "="
        return Often(start + begin, start + stop, period * (_count(times) if times else 1.0), bound)
    vague = _VAGUE_OFTEN.search(words)
    return Often(start + vague.start(), start + vague.end(), None) if vague else None


def _count(times: re.Match[str]) -> float:
    """So many times, days or hours: 2周 are 14 days, 90分钟 an hour and a half."""
    return count_of(times["n"]) * (7 if times["days"] == "周" else 1) / (60 if times["minutes"] else 1)


def vague_often(words: str) -> re.Match[str] | None:
    """Words where a frequency could stand: 定期."""
    return _VAGUE_OFTEN.search(words)
