"""The desk of drafts in a real browser: rows save themselves, keys lead from row to row, suggestions are taken by a click."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import adopting, drafting
from luoshi.web.ledger.workflow import State
from tests.web import kit, paper
from tests.web.browser import Browsing

pytestmark = pytest.mark.one_database


def test_a_batch_is_completed_row_by_row_and_put_before_its_approver(browsing: Browsing) -> None:
    world = browsing.world
    actor = world.actor("province.supervisor")
    first, second = (adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW).pk for item in paper.drafts(paper.version(world)))
    page = browsing.as_("province.supervisor", reverse("drafts"))
    assert not browsing.faults(page)

    page.click(f"#offers-{first} >> text=牵头")
    expect(page.locator(f"#row-{first}-lead")).to_have_value("临江省民政厅（LJ-MZ）")
    page.click(f"#criterion-{first} button")
    expect(page.locator(f"#row-{first}-criterion")).to_have_value("（拟）达到：覆盖率达到85%以上")
    page.fill(f"#row-{first}-criterion", "系统覆盖率不低于85%")
    page.press(f"#row-{first}-criterion", "Enter")
    expect(page.locator(f"#row-{second}-criterion")).to_be_focused()
    expect(page.locator(f"#state-{first}")).to_contain_text("可报审定")
    page.keyboard.type("每季通报一次")
    page.press(f"#row-{second}-criterion", "Shift+Enter")
    expect(page.locator(f"#row-{first}-criterion")).to_be_focused()
    expect(page.locator(f"#state-{second}")).to_contain_text("已存")

    # Two fields in quick succession: the second waits for the first and knows its number of changes.
    page.fill(f"#row-{second}-title", "每季通报资金拨付")
    page.fill(f"#row-{second}-due_on", "2027-03-31")
    page.fill(f"#row-{second}-lead", "省财政厅不存在")
    page.press(f"#row-{second}-lead", "Tab")
    expect(page.locator(f"#state-{second}")).to_contain_text("没有叫")
    page.fill(f"#row-{second}-lead", "临江省财政厅")
    page.press(f"#row-{second}-lead", "Tab")
    expect(page.locator(f"#state-{second}")).to_contain_text("可报审定")
    browsing.picture(page, "drafts")
    row = Matter.objects.get(pk=second)
    assert (row.title, str(row.due_on), row.lead_id) == ("每季通报资金拨付", "2027-03-31", world.units["finance"].pk)

    page.check("[data-all=ids]")
    expect(page.locator("[data-count]")).to_have_text("2")
    page.click("text=检查并报审定")
    assert not browsing.faults(page)
    browsing.picture(page, "propose")
    page.select_option("[name=approver]", label="provinceleader")
    page.click("text=报审定 2 件")
    expect(page.locator("main")).to_contain_text("已把 2 件报provinceleader审定")

    approver = browsing.as_("province.leader", reverse("approvals"))
    assert not browsing.faults(approver)
    browsing.picture(approver, "approvals")
    approver.click("text=全部同意（2 件）")
    expect(approver.locator("h1")).to_have_text("确认以后会这样办")
    browsing.picture(approver, "approvals-preview")
    approver.click("button:text-is('确认')")
    expect(approver.locator("main")).to_contain_text("同意并交办 2 件")
    assert set(Matter.objects.values_list("state", flat=True)) == {State.ISSUED}
    assert not browsing.noise


def test_somebody_elses_words_are_shown_and_ones_own_are_kept(browsing: Browsing) -> None:
    actor = browsing.world.actor("province.supervisor")
    matter = drafting.draft_matter(words={"title": "原题目"}, origin=Origin(), actor=actor, at=kit.NOW)
    page = browsing.as_("province.supervisor", reverse("drafts"))
    drafting.edit_draft(matter_id=matter.pk, words={"title": "别人的题目"}, actor=actor, at=kit.NOW)
    page.fill(f"#row-{matter.pk}-title", "我的题目")
    page.press(f"#row-{matter.pk}-title", "Tab")
    expect(page.locator(f"#state-{matter.pk}")).to_contain_text("别人的题目")
    expect(page.locator(f"#row-{matter.pk}-title")).to_have_value("我的题目")
    page.click("text=用我填的")
    expect(page.locator(f"#state-{matter.pk}")).to_contain_text("已存")
    matter.refresh_from_db()
    assert matter.title == "我的题目"


def test_the_pages_of_a_draft_have_no_faults(browsing: Browsing) -> None:
    world = browsing.world
    actor = world.actor("province.supervisor")
    matter = adopting.adopt_item(draft_id=paper.drafts(paper.version(world))[0].pk, actor=actor, at=kit.NOW)
    parent = kit.matter(world, state=State.ACTIVE)
    for who, name, args in (
        ("province.supervisor", "drafts", ()),
        ("province.supervisor", "matter_new", ()),
        ("province.supervisor", "matter_edit", (matter.pk,)),
        ("province.supervisor", "matter_propose", (matter.pk,)),
        ("province.supervisor", "matter_merge", (matter.pk,)),
        ("civil.supervisor", "matter_child", (parent.pk,)),
        ("province.supervisor", "instructions", ()),
        ("province.supervisor", "instruction_new", ()),
        ("province.leader", "approvals", ()),
    ):
        assert browsing.unsound(browsing.turn_to(who, reverse(name, args=args)), name) == []
    page = browsing.as_("province.supervisor", reverse("matter_edit", args=[matter.pk]))
    page.click("text=用作牵头")
    expect(page.locator("#id_lead")).to_have_value("临江省民政厅")
    page.click("text=加为配合 >> nth=1")
    expect(page.locator("#id_supports-0-unit")).to_have_value("临江省财政厅")
    page.click("button:text-is('保存')")
    expect(page.locator("main")).to_contain_text("已存")
    matter.refresh_from_db()
    assert (matter.lead, matter.supports.get().unit) == (world.units["civil"], world.units["finance"])
    assert not browsing.noise
