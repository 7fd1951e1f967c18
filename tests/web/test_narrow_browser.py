"""Narrow windows in a real browser: what opens lies inside the window, the column of the page is in sight, words stay in their buttons. Boxes are measured."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.browser import PHONE, SCREEN, ZOOMED, Browsing

pytestmark = pytest.mark.one_database
SIDES = "e => { const r = e.getBoundingClientRect(); return [r.left, r.right] }"


def _opened(page: Page) -> int:
    """How many menus the page has; each was opened, lay inside the window and left the page as wide as it was."""
    menus = page.locator("details.menu")
    for n in range(menus.count()):
        menus.nth(n).locator("> summary").click()
        card = menus.nth(n).locator("> .card")
        expect(card).to_be_visible()
        page.wait_for_function("e => e.getBoundingClientRect().left >= 0 && e.getBoundingClientRect().right <= innerWidth", arg=card.element_handle())
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        page.keyboard.press("Escape")
    return menus.count()


@pytest.mark.parametrize("size", [PHONE, ZOOMED, SCREEN], ids=["phone", "zoomed", "screen"])
def test_what_opens_lies_inside_the_window(browsing: Browsing, size: tuple[int, int]) -> None:
    matter = kit.matter(browsing.world, state=State.ACTIVE)
    for address in (reverse("must_do"), reverse("matter", args=[matter.pk]), reverse("digests"), reverse("matter_ladder", args=[matter.pk]), reverse("board")):
        assert _opened(browsing.turn_to("province.supervisor", address, size=size)) > 1
    assert not browsing.noise


@pytest.mark.parametrize("name", ["must_do", "papers", "instructions", "units"])
def test_the_column_of_a_page_is_in_sight_on_a_phone(browsing: Browsing, name: str) -> None:
    page = browsing.as_("province.supervisor", reverse(name), size=PHONE)
    left, right = page.locator("nav.side a[aria-current]").evaluate(SIDES)
    assert 0 <= left < right <= PHONE[0]


def test_the_timeline_of_the_map_is_there_at_every_width(browsing: Browsing) -> None:
    matter = kit.matter(browsing.world, state=State.ACTIVE)
    Matter.objects.filter(pk=matter.pk).update(theme="养老", issued_at=timezone.now(), due_on=timezone.localdate() + timedelta(days=9))
    for size in (PHONE, ZOOMED, SCREEN):
        page = browsing.as_("province.supervisor", reverse("board_map"), size=size)
        picture = page.locator("tbody svg.timeline").first
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box is not None and box["width"] > 400
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert page.locator(".battle-hint").is_visible() == (size != SCREEN)


def test_the_words_of_a_button_stay_inside_it(browsing: Browsing) -> None:
    kit.matter(browsing.world, state=State.SUBMITTED)
    page = browsing.as_("province.supervisor", "/")
    button = page.locator(".todo .button").first
    button.evaluate("e => { e.firstChild.textContent = '发通报建议' }")
    assert button.evaluate("e => { const r = document.createRange(); r.selectNode(e.firstChild); return r.getBoundingClientRect().right <= e.getBoundingClientRect().right - 8 }")
