"""Search finds what brute force finds, on whichever database runs the tests: any run of characters, from one character on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.web.search.folding import fold, places
from luoshi.web.search.models import Indexed
from luoshi.web.search.selectors import matching
from luoshi.web.search.services import forget, index

TEXTS = (
    "各县（市、区）要在2026年12月底前制定建设清单，明确项目、投资、责任单位。",
    "健全“五级”服务体系，打通市、县、乡、村、户服务链条。",
    "到2027年，乡镇区域养老服务\n中心覆盖率达到85%以上；支持 PPP 项目。",
    "支持国有企业将闲置培训疗养机构改造为普惠养老设施，100%达标，试点_一批。",
    "ＡＰＰ 与 app 同为一物，全角，半角,一样",
    "𠮷野县、㐂县等生僻地名 it's \\ 'quoted' & | ! \" OR",
)
LETTERS = "养老服务中心县市区2026年，、。“”（）%_ \n'\"&|!*:()-AaＡ𠮷"


def brute(words: str) -> set[int]:
    wanted = [fold(word) for word in words.split() if fold(word)]
    return {n for n, text in enumerate(TEXTS) if wanted and all(word in fold(text) for word in wanted)}


@pytest.fixture
def filled(db: None) -> None:
    for n, text in enumerate(TEXTS):
        index("matter", n, text)
        index("document", n, "别的种类" + text)


@pytest.mark.parametrize("words", ["县", "，", "养老服务中心", "2026年12月底前", "85%以上", "100%", "_", "APP", "ａｐｐ", "𠮷", "𠮷野", "五级 户服务", "没有", "", "  ", "'", '"', "OR", "\\", "*"])
def test_as_brute_force(filled: None, words: str) -> None:
    assert set(matching("matter", words)) == brute(words)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(LETTERS, max_size=6), st.builds(lambda text, a, n: text[a : a + n], st.sampled_from(TEXTS), st.integers(0, 40), st.integers(1, 12)), st.text(max_size=4).filter(lambda t: "\x00" not in t)))
def test_any_words_as_brute_force(filled: None, words: str) -> None:
    assert set(matching("matter", words)) == brute(words)


def test_a_text_gives_way_to_the_next_and_can_be_forgotten(db: None) -> None:
    index("matter", 1, "旧的说法")
    index("matter", 1, "新的说法")
    assert not set(matching("matter", "旧的")) and set(matching("matter", "新的")) == {1}
    forget("matter", 1)
    assert not Indexed.objects.exists() and not set(matching("matter", "新的"))


@given(st.text(LETTERS, max_size=30), st.text(LETTERS, max_size=3))
def test_places_are_where_the_words_stand(text: str, wanted: str) -> None:
    found = list(places(text, wanted))
    assert all(fold(text[a:b]) == fold(wanted) for a, b in found)
    assert bool(found) == (bool(fold(wanted)) and fold(wanted) in fold(text))
