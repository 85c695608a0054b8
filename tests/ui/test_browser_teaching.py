"""What must not be asked, in a real browser: shown in the break by choice, never otherwise."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import choose, settle
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser


def _to_the_break(page: Page) -> None:
    page.click("#begin")
    page.wait_for_selector("#answer textarea:visible")
    for _ in range(12):
        settle(page)
        if page.is_visible("#next-round"):
            return
        page.click("#silence")


def _opened(page: Page, app: App) -> None:
    page.goto(f"{app.address}?company=brightwell")
    page.wait_for_selector("#begin:visible")
    page.wait_for_function("() => document.querySelector('#post input').value")


def test_pairs_of_the_chosen_country_are_in_the_break(app: App, open_page: PageMaker) -> None:
    """Whoever chooses a country sees its pairs after the round; whoever does not sees none."""
    page = open_page()
    _opened(page, app)
    choose(page, "taught", "Taught between rounds: United Kingdom")
    _to_the_break(page)
    text = page.inner_text(".lesson")
    assert "Asked and not asked: United Kingdom" in text
    assert "Equality Act 2010" in text
    assert "Not legal advice" in text
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 860})
    page.reload()
    page.wait_for_selector(".lesson li")
    assert page.locator(".lesson li").count() >= 3
    door = page.locator(".lesson").get_by_role("link", name="Practise turning questions")
    assert door.get_attribute("href") == "/deflect?country=uk&language=en"
    page.click("#next-round")
    page.wait_for_selector("#answer textarea:visible")
    assert page.locator(".lesson").count() == 0
    other = open_page()
    _opened(other, app)
    _to_the_break(other)
    assert other.locator(".lesson").count() == 0
