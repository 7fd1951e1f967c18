"""The rows of a comparison: a passage beside another is one pair, however many of their parts match, too."""

from typing import Any

from luoshi.web.documents.comparing import Table

UPPER = "制定专项措施，释放消费潜力。"
LOWER = "出台专项措施，释放服务消费潜力。推动消费提质。"


def link(upper: str, lower: str, relation: str, score: float) -> dict[str, Any]:
    """What an alignment says of two passages."""
    first, second = UPPER.index(upper), LOWER.index(lower)
    spans = {"upper": {"start": first, "end": first + len(upper)}, "lower": {"start": second, "end": second + len(lower)}}
    return spans | {"relation": relation, "also": [], "score": score, "edits": [], "changed": [], "added": []}


def span(text: str, words: str) -> dict[str, int]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def test_parts_of_a_pair_are_not_pairs_of_their_own() -> None:
    links = [
        link(UPPER, "出台专项措施，释放服务消费潜力。", "carried", 0.9),
        link("制定专项措施", "出台专项措施", "copied", 0.8),
        link("释放消费潜力", "释放服务消费潜力", "carried", 0.7),
        link(UPPER, "推动消费提质。", "carried", 0.4),
    ]
    upper = [{"id": "u1", "band": "found", "links": [0, 1, 2, 3]}]
    items = [{"id": "u1", "start": 0, "end": len(UPPER), "path": ["一、消费"]}]
    [row] = Table({"upper_items": upper, "links": links}, UPPER, LOWER, items).rows("found")
    assert [(str(pair.lower), pair.score, pair.again) for pair in row.pairs] == [("出台专项措施，释放服务消费潜力。", 90, False), ("推动消费提质。", 40, True)]
    assert len(row.pairs[0].relations) == 2, "what its parts say is said of the pair"


def test_what_changed_is_said_once_in_words() -> None:
    gone = {"slot": "modality", "how": "dropped", "upper": span(UPPER, "专项"), "lower": None}
    other = {"slot": "number", "how": "replaced", "upper": span(UPPER, "释放"), "lower": span(LOWER, "推动")}
    whole, part = link(UPPER, "出台专项措施，释放服务消费潜力。", "carried", 0.9), link("释放消费潜力", "释放服务消费潜力", "carried", 0.7)
    whole |= {"changed": [gone, other], "added": [{"slot": "place", "span": span(LOWER, "服务")}]}
    part |= {"changed": [other]}
    upper = [{"id": "u1", "band": "found", "links": [0, 1]}]
    [row] = Table({"upper_items": upper, "links": [whole, part]}, UPPER, LOWER, [{"id": "u1", "start": 0, "end": len(UPPER), "path": []}]).rows("found")
    assert row.pairs[0].notes == ("力度用语未保留：专项", "数字不同：释放 → 推动", "增加地名：服务")
