"""Standard wording and subjects: what every document shares tells little, whatever is rare tells much."""

import numpy as np
import pytest

from luoshi.align import align, standard
from luoshi.align.vectors import BUCKETS, grams
from luoshi.text.view import fold
from tests.align.documents import LATER, directive, made_of


def weight(pair: str) -> float:
    return float(standard.pair_weights()[grams([pair], sizes=(2,)).indices].max())


def test_the_version_is_recorded() -> None:
    assert standard.version()
    upper, lower = made_of(directive("省", "新建城市书房120座。")), made_of(directive("市", "新建城市书房14座。", day=LATER))
    assert align(upper, lower).standard_version == standard.version()


@pytest.mark.parametrize("name", ["formulas", "fillers", "own_place"])
def test_lists_are_of_folded_words_the_longest_first(name: str) -> None:
    words = standard.listed(name)
    assert words
    assert [len(word) for word in words] == sorted((len(word) for word in words), reverse=True)
    assert all(word == fold(word).strip() for word in words)


def test_weights_are_of_every_column_and_none_is_negative() -> None:
    for table in (standard.pair_weights(), standard.character_weights()):
        assert table.shape == (BUCKETS,) and table.dtype == np.float32
        assert np.isfinite(table).all() and (table >= 0).all() and table.any()


@pytest.mark.parametrize(("telling", "common"), [("托育", "工作"), ("噪声", "推进"), ("供热", "加强"), ("鉴定", "发展"), ("冷链", "全市")])
def test_what_is_rare_tells_more(telling: str, common: str) -> None:
    assert weight(telling) > weight(common)


@pytest.mark.parametrize("word", [word for word in standard.listed("own_place") if len(word) == 2][:12])
def test_words_of_level_tell_next_to_nothing(word: str) -> None:
    assert weight(word) < weight("托育") / 10


def test_subjects_are_numbered_from_none() -> None:
    names, table = standard.subjects(), standard.subject()
    assert names[0] == "" and all(names[1:]) and len(set(names)) == len(names)
    assert table.shape == (BUCKETS,) and int(table.max()) < len(names)
    assert set(range(1, len(names))) <= set(table.tolist())


@pytest.mark.parametrize("word", ["全省", "全市", "全县", "我省", "我市"])
def test_places_of_level_are_swapped_when_a_document_goes_down(word: str) -> None:
    assert standard.own_place_pattern().fullmatch(word)
    assert not standard.own_place_pattern().search("新建城市书房")


def test_formulas_are_found_in_folded_text() -> None:
    for formula in standard.listed("formulas"):
        assert standard.formula_pattern().search(f"要{formula}。")
    assert not standard.formula_pattern().search("新建城市书房25座")


def test_nothing_but_standard_wording_is_no_match() -> None:
    """Two documents that share set phrases only have nothing that is found."""
    upper = made_of(directive("省", "一、工作要求", "加强组织领导，压实工作责任，确保推进城市书房建设取得实效。"))
    lower = made_of(directive("市", "一、工作要求", "加强组织领导，压实工作责任，确保渔船柴油机检修取得实效。", day=LATER))
    assert "found" not in {one.band for one in align(upper, lower).upper_items}
