"""Programmes in a real browser: decisions typed with nothing but the keyboard; no serious fault of access, nothing in the console."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.web.programmes.models import Decision
from tests.web.browser import Browsing
from tests.web.test_programme_pages import Filled


def test_decisions_are_typed_with_the_keyboard_alone(browsing: Browsing) -> None:
    filled = Filled(browsing.world)
    page = browsing.as_("province.supervisor", reverse("meeting", args=[filled.meeting.pk]))
    page.focus("#decision_text")
    for n in range(2):
        page.keyboard.type(f"第{n}件事")
        page.keyboard.press("Tab")
        page.keyboard.type("临江省财政厅")
        page.keyboard.press("Tab")
        page.keyboard.type("12月底前")
        page.keyboard.press("Enter")
        expect(page.locator(".decisions tbody tr")).to_have_count(n + 2)
        expect(page.locator("#decision_text")).to_be_focused()
        expect(page.locator("#decision_text")).to_have_value("")
    page.keyboard.type("写错单位")
    page.keyboard.press("Tab")
    page.keyboard.type("没有的厅")
    page.keyboard.press("Enter")
    expect(page.locator("#decision_lead")).to_be_focused()
    assert page.input_value("#decision_text") == "写错单位"
    assert list(Decision.objects.values_list("order", "text")) == [(1, "摸清校车底数"), (2, "第0件事"), (3, "第1件事")]
    assert browsing.faults(page) == [] and browsing.noise == []


@pytest.mark.one_database
def test_pages_are_sound(browsing: Browsing) -> None:
    filled = Filled(browsing.world)
    shown = [reverse("programmes"), reverse("meetings"), reverse("scheme_compare", args=[filled.programme.pk]), reverse("meeting_new")]
    shown += [reverse("meeting", args=[filled.meeting.pk])]
    shown += [reverse(name, args=[filled.programme.pk]) for name in ("programme", "programme_edit", "scheme_new", "paper_new", "topic_new")]
    for address in shown:
        assert browsing.unsound(browsing.turn_to("province.supervisor", address), address.strip("/").replace("/", "-")) == []
    assert browsing.noise == []
