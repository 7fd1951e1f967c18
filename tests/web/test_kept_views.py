"""Views of the ledger table that a person keeps: one's own alone, replaced by name, without a record."""

import pytest

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import SavedView
from luoshi.web.ledger.services.viewing import LONGEST_QUERY, MOST, delete_view, save_view
from tests.web import kit


def test_a_view_keeps_what_filters_and_forgets_the_page(world: kit.World) -> None:
    actor = world.actor("province.supervisor")
    view = save_view(name=" 逾期  的 ", query="light=red&page=3&ids=4&text=", actor=actor, at=kit.NOW)
    assert (view.name, view.query) == ("逾期 的", "light=red")
    again = save_view(name="逾期 的", query="light=yellow", actor=actor, at=kit.NOW)
    assert again.pk == view.pk and SavedView.objects.get().query == "light=yellow"
    assert not Record.objects.exists()


def test_only_ones_own_view_is_forgotten(world: kit.World) -> None:
    view = save_view(name="在办", query="state=active", actor=world.actor("province.supervisor"), at=kit.NOW)
    delete_view(view_id=view.pk, actor=world.actor("province.leader"), at=kit.NOW)
    assert SavedView.objects.exists()
    delete_view(view_id=view.pk, actor=world.actor("province.supervisor"), at=kit.NOW)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        pytest.param(" ", "state=active", id="no name"),
        pytest.param("名" * 61, "state=active", id="a long name"),
        pytest.param("长", f"text={'a' * LONGEST_QUERY}", id="a long query"),
    ],
)
def test_what_cannot_be_kept(world: kit.World, name: str, query: str) -> None:
    with pytest.raises(RuleBroken):
        save_view(name=name, query=query, actor=world.actor("province.supervisor"), at=kit.NOW)


def test_there_is_an_end_of_views(world: kit.World) -> None:
    actor = world.actor("province.supervisor")
    for n in range(MOST):
        save_view(name=f"视图 {n}", query="", actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        save_view(name="再一个", query="", actor=actor, at=kit.NOW)
    assert save_view(name="视图 0", query="state=active", actor=actor, at=kit.NOW).query == "state=active"
