"""Words and figures as offices read them."""

import pytest

from luoshi.decompose.rules.targets import find_targets
from luoshi.web.documents.words import quantity as in_the_ledger
from luoshi.writers.labels import quantity


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("农村居民收入增长快于城镇居民收入。", "快于城镇居民收入"),
        ("居民收入与经济增长同步。", "与经济增长同步"),
        ("城乡居民收入比缩小至2.1∶1以内。", "≤2.1:1"),
        ("供电煤耗不高于1吨标准煤。", "≤1吨标准煤"),
    ],
)
def test_a_yardstick_is_told_in_its_own_words_and_a_number_with_its_unit(text: str, told: str) -> None:
    (found,) = find_targets(text)
    assert quantity(found) == told  # type: ignore[arg-type]
    assert in_the_ledger({name: getattr(found, name) for name in ("text", "comparator", "value", "unit")}) == told
