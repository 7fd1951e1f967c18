"""The years of the five-year plans: “十五五”末 is the end of 2030."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan by its short name, 十五五, and its years, both included."""

    name: str
    first_year: int
    last_year: int

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.first_year, 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.last_year, 12, 31)


# 1963-1965 were years of adjustment between the second plan and the third.
FIVE_YEAR_PLANS: tuple[Plan, ...] = (
    Plan("一五", 1953, 1957),
    Plan("二五", 1958, 1962),
    Plan("三五", 1966, 1970),
    Plan("四五", 1971, 1975),
    Plan("五五", 1976, 1980),
    Plan("六五", 1981, 1985),
    Plan("七五", 1986, 1990),
    Plan("八五", 1991, 1995),
    Plan("九五", 1996, 2000),
    Plan("十五", 2001, 2005),
    Plan("十一五", 2006, 2010),
    Plan("十二五", 2011, 2015),
    Plan("十三五", 2016, 2020),
    Plan("十四五", 2021, 2025),
    Plan("十五五", 2026, 2030),
)
_BY_NAME = {plan.name: plan for plan in FIVE_YEAR_PLANS}


def find_plan(name: str) -> Plan | None:
    """The plan called ``name`` (十五五, with or without quotation marks), None where there is none."""
    return _BY_NAME.get(name.strip("“”\"'"))
