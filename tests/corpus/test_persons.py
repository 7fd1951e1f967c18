"""Which terms are refused as names of persons, and which are not. The dataset here is a few invented sentences."""

import pytest

from luoshi.corpus.persons import person_in, refuse_person
from luoshi.text import ForbiddenError

TEXTS = (
    "省长王清源作报告。市长　李禾　主持。记者陈小舟摄。\n组长：赵海平\n成员：孙立本　市发展改革委主任\n习近平总书记指出，要马上办、网上办。",
    "推行白名单管理，公布名单。加快云计算建设，提升计算能力。发展康养产业。防范金融风险。河长制和湖长制、林长制一体推进。安全生产责任落实到人。",
    "张守田不怕苦，张守田不怕累，张守田的事迹人人传颂。宁可慢一点。水利工程开工，水利局局长到场。",
)
KNOWN = ("发展康养产业", "城镇新增就业", "三个转变")

PERSONS = [
    pytest.param("习近平", id="习近平"),
    pytest.param("习近平总书记", id="with a post"),
    pytest.param("习近平同志", id="with a form of address"),
    pytest.param("习 近 平", id="with blanks"),
    pytest.param("王清源", id="after a post"),
    pytest.param("李禾", id="two characters, blanks before"),
    pytest.param("陈小舟", id="a reporter"),
    pytest.param("赵海平", id="in a list of members"),
    pytest.param("孙立本", id="before a post"),
    pytest.param("国务院总理李禾", id="a post before"),
    pytest.param("张书记", id="a surname with a post"),
    pytest.param("欧阳文山主任", id="two characters of surname"),
    pytest.param("诸葛文山", id="two characters of surname, no post"),
    pytest.param("张守田", id="no post anywhere, and no word"),
    pytest.param("周不见", id="not in the dataset"),
    pytest.param("高质量发展、王清源", id="beside a term"),
]
TERMS = [
    *(pytest.param(term, id=term) for term in ("习近平新时代中国特色社会主义思想", "高质量发展", "马上办", "白名单", "江河战略", "安全生产", "金融风险", "高标准农田")),
    *(pytest.param(term, id=term) for term in ("云计算", "康养", "林长制", "水利", "水利局", "水利局局长", "党委书记", "市长", "省委书记", "安全", "金融", "城镇新增就业", "三个转变", "国内生产总值")),
    *(pytest.param(term, id=term) for term in ("粮食", "5G", "一网通办", "王清源奖学金管理办法", "党建", "马拉松", "高铁", "农业农村局")),
]


@pytest.mark.parametrize("term", PERSONS)
def test_refused(term: str) -> None:
    with pytest.raises(ForbiddenError, match="不统计、不检索具体的人") as caught:
        refuse_person(term, lambda: TEXTS, lambda: KNOWN)
    assert caught.value.hint


@pytest.mark.parametrize("term", TERMS)
def test_not_refused(term: str) -> None:
    refuse_person(term, lambda: TEXTS, lambda: KNOWN)


def test_the_ground_is_told() -> None:
    assert [person_in(term, lambda: TEXTS, lambda: KNOWN) for term in ("王清源省长", "王清源", "张守田", "白名单")] == ["post", "dataset", "shape", None]
