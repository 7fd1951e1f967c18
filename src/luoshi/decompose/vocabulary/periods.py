"""Events that date a text which does not state its year: what is spoken of as coming, present or just past.

A row is a fact of public record; ``months`` narrows it where the event alone would fit two years.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Where ``pattern`` is spoken of as present, a day in ``months`` lies in ``year``."""

    year: int
    pattern: re.Pattern[str]
    reason: str
    months: frozenset[int] | None = None


def _event(year: int, pattern: str, reason: str, months: range | None = None) -> Event:
    return Event(year, re.compile(pattern), reason, frozenset(months) if months else None)


EVENTS: tuple[Event, ...] = (
    _event(2018, r"大学习、大讨论、大调研", "“大学习、大讨论、大调研”活动于2018年开展"),
    _event(2023, r"以(?:成都)?大运会、世界科幻大会[^。]{0,12}举办为契机", "大运会和世界科幻大会都在2023年举办，文中尚在筹备", range(1, 8)),
    _event(2023, r"成都大运会开幕式|(?:出席|来华出席)[^。]{0,12}大运会", "成都大运会于2023年7月28日开幕", range(7, 13)),
    _event(2023, r"(?:第一批)?主题教育(?:省委|中央)?第[一二三四五六七八九十\d]+(?:巡回)?指导组|第一批主题教育", "学习贯彻习近平新时代中国特色社会主义思想主题教育于2023年4月起开展", range(4, 10)),
    _event(2024, r"党的二十届三中全会精神", "党的二十届三中全会于2024年7月召开", range(7, 13)),
    _event(2022, r"(?:学习宣传贯彻|传达学习)党的二十大精神", "党的二十大于2022年10月召开", range(10, 13)),
    _event(2021, r"党史学习教育(?:动员|部署|总结)", "党史学习教育于2021年开展"),
    _event(2019, r"“不忘初心、牢记使命”主题教育(?:动员|部署|工作会议)", "“不忘初心、牢记使命”主题教育于2019年5月起开展", range(5, 13)),
    _event(2024, r"党纪学习教育", "党纪学习教育于2024年4月至7月开展", range(4, 8)),
    _event(2025, r"深入贯彻中央八项规定精神学习教育", "深入贯彻中央八项规定精神学习教育于2025年3月至7月开展", range(3, 8)),
    _event(2025, r"(?:学习宣传贯彻|传达学习)党的二十届四中全会精神", "党的二十届四中全会于2025年10月召开", range(10, 13)),
)
