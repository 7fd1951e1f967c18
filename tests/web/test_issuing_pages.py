"""The pages from the adopted item to the signature, and of instructions: who sees them, what they do, what stays when something is wrong."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from luoshi.web.audit.models import Record
from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger.models import Instruction, Matter, Source
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import adopting, drafting, instructing, issuing
from luoshi.web.ledger.workflow import State
from tests.web import kit, paper


def client(world: kit.World, who: str) -> Client:
    """A browser in which ``who`` has signed in."""
    made = Client()
    made.force_login(world.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def send(browser: Client, name: str, *args: object, **data: Any) -> HttpResponse:
    """Send a form."""
    return browser.post(reverse(name, args=args), {FIELD: fresh_key(), **data})  # type: ignore[return-value]


LINES = {f"{prefix}-{name}": value for prefix in ("supports", "targets") for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))}


def test_items_become_drafts_and_lead_to_the_desk(world: kit.World) -> None:
    items = paper.drafts(paper.version(world))
    browser = client(world, "province.supervisor")
    answer = send(browser, "adopt", ids=[item.pk for item in items])
    assert answer.status_code == 302 and "batch=" in answer["Location"]
    page = browser.get(answer["Location"]).content.decode()
    assert "这一批草稿 2 件" in page and "原文写明“省民政厅”牵头" in page and "已生成 2 件草稿" in page
    assert Record.objects.filter(act="matter.adopt").count() == 2
    again = send(browser, "adopt", ids=[items[0].pk])
    assert "已经生成过" in browser.get(again["Location"]).content.decode()
    assert Matter.objects.count() == 2
    assert send(client(world, "city.supervisor"), "adopt", ids=[items[0].pk]).status_code == 404


def test_a_row_saves_itself_and_suggestions_are_taken_by_a_click(world: kit.World) -> None:
    item = paper.drafts(paper.version(world))[0]
    matter = adopting.adopt_item(draft_id=item.pk, actor=world.actor("province.supervisor"), at=kit.NOW)
    browser = client(world, "province.supervisor")
    typed = {"title": matter.title, "lead": "", "due_on": "2026-12-30", "criterion": "抽查合格", "expected": 1}
    page = browser.post(reverse("draft_row", args=[matter.pk]), typed).content.decode()
    assert "已存" in page and "还没有定牵头单位" in page
    page = browser.post(reverse("draft_row", args=[matter.pk]), {**typed, "expected": 2, "take_lead": world.units["civil"].pk}).content.decode()
    assert "可报审定" in page and f'hx-swap-oob="true" id="row-{matter.pk}-lead"' in page.replace("\n", " ")
    page = browser.post(reverse("draft_row", args=[matter.pk]), {**typed, "lead": "省民政厅？", "expected": 3}).content.decode()
    assert "没有叫“省民政厅？”的单位" in page
    page = browser.post(reverse("draft_row", args=[matter.pk]), {**typed, "lead": "临江省民政厅", "criterion": "改了", "expected": 1}).content.decode()
    assert "刚刚被别人改过" in page and "抽查合格" in page and "改了" in page
    matter.refresh_from_db()
    assert (matter.lead, matter.criterion, matter.changes) == (world.units["civil"], "抽查合格", 3)
    assert Record.objects.filter(act="matter.edit").count() == 2
    assert client(world, "city.supervisor").post(reverse("draft_row", args=[matter.pk]), typed).status_code == 404


def test_a_batch_is_checked_proposed_and_decided(world: kit.World) -> None:
    good, bad, third, fourth = kit.matter(world), kit.matter(world, lead=None), kit.matter(world), kit.matter(world)
    browser = client(world, "province.supervisor")
    ids = [good.pk, bad.pk, third.pk, fourth.pk]
    page = browser.get(reverse("propose_many"), {"ids": ids}).content.decode()
    assert "须改 1 件" in page and "可报 3 件" in page and "相同或很相近" in page
    leader = world.people["province.leader"]
    send(browser, "propose_chosen", ids=ids, approver=leader.pk)
    assert [Matter.objects.get(pk=pk).state for pk in ids] == ["proposed", "draft", "proposed", "proposed"]
    approver = client(world, "province.leader")
    assert "待您审定 3 件" in approver.get(reverse("approvals")).content.decode()
    choices = {f"choice-{good.pk}": "approve", f"choice-{third.pk}": "return_draft"}
    assert "请写明理由" in send(approver, "approvals", **choices, step="preview").content.decode()
    choices |= {f"reason-{third.pk}": "补办结标准"}
    assert "同意并交办 1 件" in send(approver, "approvals", **choices, step="preview").content.decode()
    assert Matter.objects.get(pk=good.pk).state == State.PROPOSED, "the preview does nothing"
    send(approver, "approvals", **choices, step="confirm")
    assert [Matter.objects.get(pk=pk).state for pk in ids] == ["issued", "draft", "draft", "proposed"]
    acts = list(Record.objects.values_list("act", flat=True))
    assert sorted(acts) == ["matter.approve", *["matter.propose"] * 3, "matter.return_draft"]
    assert "现在没有报您审定" in client(world, "province.head").get(reverse("approvals")).content.decode()


ACTS: list[tuple[str, State, str, dict[str, Any], str]] = [
    ("matter_propose", State.DRAFT, "province.supervisor", {"approver": "province.leader"}, State.PROPOSED),
    ("matter_approve", State.PROPOSED, "province.leader", {}, State.ISSUED),
    ("matter_decline", State.PROPOSED, "province.leader", {"reason": "不办"}, State.DECLINED),
    ("matter_return_draft", State.PROPOSED, "province.leader", {"reason": "再改"}, State.DRAFT),
    ("matter_discard", State.DRAFT, "province.supervisor", {}, State.DISCARDED),
    ("matter_sign", State.ISSUED, "civil.liaison", {}, State.ACTIVE),
    ("matter_object", State.ISSUED, "civil.head", {"reason": "不归我厅"}, State.COORDINATING),
    ("matter_decide", State.COORDINATING, "province.supervisor", {"outcome": "keep", "reason": "就归你厅"}, State.ISSUED),
    ("matter_decide", State.COORDINATING, "province.supervisor", {"outcome": "reassign", "lead": "临江省财政厅", "reason": "改派"}, State.ISSUED),
    ("matter_decide", State.COORDINATING, "province.supervisor", {"outcome": "adjust", "due_on": "2027-01-31", "reason": "延一月"}, State.ISSUED),
]


@pytest.mark.parametrize(("name", "state", "who", "data", "after"), [pytest.param(*row, id=f"{row[0]} {row[3].get('outcome', '')}") for row in ACTS])
def test_every_act_has_its_page(world: kit.World, name: str, state: State, who: str, data: dict[str, Any], after: str) -> None:
    matter = kit.matter(world, state=state)
    Matter.objects.filter(pk=matter.pk).update(approver=world.people["province.leader"], proposed_by=world.people["province.supervisor"])
    given = {key: world.people[value].pk if key == "approver" else value for key, value in data.items()}
    for other, status in (("finance.supervisor", 404), ("province.liaison", 422), (who, 200)):
        assert client(world, other).get(reverse(name, args=[matter.pk])).status_code == status
    browser = client(world, who)
    answer = send(browser, name, matter.pk, expected=1, **given)
    assert (answer.status_code, answer["Location"]) == (302, f"/matters/{matter.pk}/")
    matter.refresh_from_db()
    assert matter.state == after and Record.objects.count() == 1
    late = send(browser, name, matter.pk, expected=1, **given)
    assert late.status_code == 422 and Record.objects.count() == 1
    if "reason" in given:
        assert given["reason"] in late.content.decode(), "what was typed stays"


def test_who_was_slower_sees_what_happened_and_keeps_the_own_words(world: kit.World) -> None:
    matter = kit.matter(world, state=State.ISSUED)
    issuing.object_to_matter(matter_id=matter.pk, reason="不归我厅", actor=world.actor("civil.liaison"), at=kit.NOW)
    browser = client(world, "province.supervisor")
    answer = send(browser, "matter_decide", matter.pk, expected=1, outcome="keep", reason="就归你厅")
    page = answer.content.decode()
    assert answer.status_code == 409 and "不归我厅" in page and "就归你厅" in page and 'name="expected" value="2"' in page


def test_a_draft_is_made_by_hand_edited_and_a_conflict_shows_both(world: kit.World) -> None:
    browser = client(world, "province.supervisor")
    assert browser.get(reverse("matter_new")).status_code == 200
    made = {"title": "办一件事", "urgency": "normal", "kind": "finding", "quote": "三处没有消防设施", "cited_as": "11月督查", **LINES}
    made |= {"supports-TOTAL_FORMS": "1", "supports-0-unit": "临江省财政厅", "supports-0-contribution": "拨款"}
    answer = send(browser, "matter_new", **made)
    matter = Matter.objects.get()
    assert answer["Location"] == reverse("matter_edit", args=[matter.pk])
    assert (matter.sources.get().kind, matter.supports.get().contribution) == (Source.FINDING, "拨款")
    assert "三处没有消防设施" in browser.get(answer["Location"]).content.decode()
    drafting.edit_draft(matter_id=matter.pk, words={"title": "别人的题目"}, actor=world.actor("province.supervisor"), at=kit.NOW)
    mine = {"title": "我的题目", "urgency": "normal", "expected": 1, **LINES}
    page = send(browser, "matter_edit", matter.pk, **mine)
    assert page.status_code == 409 and "别人的题目" in page.content.decode() and "我的题目" in page.content.decode()
    assert send(browser, "matter_edit", matter.pk, **mine | {"expected": 2}).status_code == 302
    assert Matter.objects.get().title == "我的题目"
    wrong = send(browser, "matter_edit", matter.pk, **mine | {"expected": 3, "lead": "没有这个单位", "task": "写了很久的任务"})
    assert wrong.status_code == 422 and "写了很久的任务" in wrong.content.decode()
    assert client(world, "province.leader").get(reverse("matter_edit", args=[matter.pk])).status_code == 422
    assert client(world, "civil.supervisor").get(reverse("matter_edit", args=[matter.pk])).status_code == 404


def test_a_leading_unit_breaks_down_on_its_page(world: kit.World) -> None:
    parent = kit.matter(world, state=State.ACTIVE)
    browser = client(world, "civil.supervisor")
    assert browser.get(reverse("matter_child", args=[parent.pk])).status_code == 200
    made = {"title": "云岭市分解", "urgency": "normal", "lead": "云岭市民政局", "due_on": "2026-12-30", "required": "on", **LINES}
    assert send(browser, "matter_child", parent.pk, **made, another="1")["Location"] == reverse("matter_child", args=[parent.pk])
    assert parent.children.get().required
    early = send(browser, "matter_child", parent.pk, **made | {"due_on": "2026-11-28"})
    assert early.status_code == 422 and "提前" in early.content.decode()
    assert client(world, "province.supervisor").get(reverse("matter_child", args=[parent.pk])).status_code == 422
    assert client(world, "city.supervisor").get(reverse("matter_child", args=[parent.pk])).status_code == 404


def test_merging_on_its_page(world: kit.World) -> None:
    one, two = kit.matter(world), kit.matter(world)
    browser = client(world, "province.supervisor")
    assert two.number in browser.get(reverse("matter_merge", args=[one.pk]), {"into": two.pk}).content.decode()
    assert send(browser, "matter_merge", one.pk, expected=1, into="LJ-0000", reason="一样").status_code == 422
    send(browser, "matter_merge", one.pk, expected=1, into=f"{two.number} 题目", reason="一样")
    one.refresh_from_db()
    assert one.merged_into == two


def test_the_fix_of_a_finding_is_one_click(world: kit.World) -> None:
    item = paper.drafts(paper.version(world))[0]
    matter = adopting.adopt_item(draft_id=item.pk, actor=world.actor("province.supervisor"), at=kit.NOW)
    browser = client(world, "province.supervisor")
    for code in ("owner.missing", "criterion.missing"):
        send(browser, "draft_fix", matter.pk, code=code, ids=[matter.pk])
    matter.refresh_from_db()
    assert (matter.lead, matter.criterion) == (world.units["civil"], "（拟）达到：覆盖率达到85%以上")
    assert "还是按指标拟的" in browser.get(reverse("propose_many"), {"ids": matter.pk}).content.decode()
    assert send(browser, "draft_fix", matter.pk, code="owner.missing").status_code == 422


def test_instructions_are_registered_answered_and_followed(world: kit.World) -> None:
    browser = client(world, "province.supervisor")
    leader = world.people["province.leader"]
    made = {"leader": "王省长", "leader_user": leader.pk, "on": "2026-11-20", "text": "请抓紧", "on_paper": "第12期专报"}
    send(browser, "instruction_new", **made)
    first = Instruction.objects.get()
    page = browser.get(reverse("instruction", args=[first.pk])).content.decode()
    assert "请抓紧" in page and f"/matters/new/?instruction={first.pk}" in page
    answer = browser.post(f"{reverse('matter_new')}?instruction={first.pk}", {FIELD: fresh_key(), "title": "抓紧办", "urgency": "urgent", **LINES})
    assert answer.status_code == 302 and Source.objects.get().instruction == first
    send(browser, "instruction_reply", first.pk, reply="已办成", expected=1)
    assert "已办成" in client(world, "province.leader").get(reverse("instruction", args=[first.pk])).content.decode()
    answer = browser.post(f"{reverse('instruction_new')}?follows={first.pk}", {FIELD: fresh_key(), **made, "on": "2026-11-25", "text": "再扩大"})
    second = Instruction.objects.get(follows=first)
    assert answer["Location"] == reverse("instruction", args=[second.pk])
    browser.post(f"{reverse('matter_new')}?instruction={second.pk}", {FIELD: fresh_key(), "title": "扩大办", "urgency": "urgent", **LINES})
    assert Matter.objects.get(title="扩大办").follows == Matter.objects.get(title="抓紧办")
    assert "续批" in browser.get(reverse("instructions")).content.decode()
    for name in ("instruction", "instruction_reply"):
        assert client(world, "city.supervisor").get(reverse(name, args=[first.pk])).status_code == 404
    assert client(world, "city.supervisor").get(f"{reverse('matter_new')}?instruction={first.pk}").status_code == 404


def test_a_suspect_source_is_settled_on_its_page(world: kit.World) -> None:
    old = paper.version(world)
    matter = adopting.adopt_item(draft_id=paper.drafts(old)[0].pk, actor=world.actor("province.supervisor"), at=kit.NOW)
    new = paper.version(world, text=paper.TEXT.replace("85%", "90%"), of=old.document, number=2)
    start, end = new.text.index("到2026"), new.text.index("配合）。") + 4
    new.drafts.create(order=0, start=start, end=end, quote=new.text[start:end], kind="requirement", grade="deliverable")
    source = matter.sources.get()
    Source.objects.filter(pk=source.pk).update(suspect=True)
    browser = client(world, "province.supervisor")
    assert "90%" in browser.get(reverse("source_settle", args=[source.pk])).content.decode()
    send(browser, "source_settle", source.pk, choice=f"{start}-{end}", reason="按新版")
    source.refresh_from_db()
    assert "90%" in source.quote and not source.suspect
    assert client(world, "city.supervisor").get(reverse("source_settle", args=[source.pk])).status_code == 404


@pytest.mark.parametrize("rows", [3, 60])
def test_the_desk_asks_the_same_number_of_questions(world: kit.World, rows: int, django_assert_max_num_queries: Any) -> None:
    actor = world.actor("province.supervisor")
    for n in range(rows):
        words: drafting.Wording = {"title": f"第{n}件", "lead": world.units["civil"], "due_on": date(2026, 12, 30)}
        drafting.draft_matter(words=words, origin=Origin(quote=f"第{n}句"), actor=actor, at=kit.NOW)
    browser = client(world, "province.supervisor")
    approver = client(world, "province.leader")
    with django_assert_max_num_queries(25):
        assert browser.get(reverse("drafts")).status_code == 200
    ids = list(Matter.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(25):
        browser.get(reverse("propose_many"), {"ids": ids})
    Matter.objects.update(state=State.PROPOSED, approver=world.people["province.leader"], proposed_by=world.people["province.supervisor"])
    with django_assert_max_num_queries(25):
        assert approver.get(reverse("approvals")).status_code == 200


def test_the_list_of_instructions_asks_few_questions(world: kit.World, django_assert_max_num_queries: Any) -> None:
    for n in range(30):
        instructing.register_instruction(leader=f"领导{n}", on=date(2026, 11, 20), actor=world.actor("province.supervisor"), at=kit.NOW)
    browser = client(world, "province.supervisor")
    with django_assert_max_num_queries(25):
        browser.get(reverse("instructions"))
