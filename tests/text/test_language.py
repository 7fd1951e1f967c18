"""Messages: Chinese as written, another language from its catalogue, each context its own."""

from collections.abc import Iterator
from contextvars import copy_context

import pytest

from luoshi.text.language import LANGUAGES, _, current_language, set_language


@pytest.fixture(autouse=True)
def back_to_chinese() -> Iterator[None]:
    yield
    set_language("zh")


def test_chinese_is_as_written() -> None:
    assert current_language() == "zh"
    assert _("请核对") == "请核对"


def test_what_the_catalogue_does_not_hold_stays_chinese() -> None:
    set_language("zh")
    assert _("这一句没有译文") == "这一句没有译文"


def test_no_such_language() -> None:
    with pytest.raises(ValueError, match="no such language"):
        set_language("xx")


def test_each_context_has_its_own() -> None:
    context = copy_context()
    context.run(set_language, LANGUAGES[-1])
    assert context.run(current_language) == LANGUAGES[-1]
    assert current_language() == "zh"


@pytest.mark.parametrize(
    ("message", "one", "two"),
    [
        ("反弹 {n} 次", "relapsed 1 time", "relapsed 2 times"),
        ("逾期 {n} 天未办结", "1 day overdue", "2 days overdue"),
        ("已选 {n} 个问题，请选文种。", "1 problem chosen: choose a kind.", "2 problems chosen: choose a kind."),
        ("指标曲线 {n} 条", "1 indicator curve", "2 indicator curves"),
    ],
)
def test_one_is_not_said_as_several(message: str, one: str, two: str) -> None:
    set_language("en")
    assert (_(message).format(n=1), _(message).format(n=2)) == (one, two)
