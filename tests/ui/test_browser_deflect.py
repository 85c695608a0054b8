"""Deflection practice in a real browser: opted in to, debriefed at once, kept nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import DESKTOP, PHONE
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser

REPLY = "I would rather keep to the job. Two days of travel a week are fine, thank you."


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_practice_from_the_start_page_to_what_to_keep(app: App, open_page: PageMaker) -> None:
    """The door is found, the box must be ticked, keys suffice, a phone fits, nothing stays."""
    page = open_page(viewport=PHONE)
    page.goto(app.address)
    page.get_by_role("link", name="Practise turning questions").click()
    page.wait_for_selector(".deflect-start")
    assert not page.is_checked("[name=agreed]")
    page.click(".deflect-start .button")
    assert page.locator(".put").count() == 0
    page.select_option("[name=country]", "uk")
    page.select_option("[name=count]", "2")
    page.fill("#protect", "children")
    page.check("[name=agreed]")
    page.click(".deflect-start .button")
    question = page.inner_text(".put-text")
    assert page.evaluate("document.activeElement.className") == "put-text"
    assert "Poorly trained examiner (practice)" in page.inner_text(".put")
    assert _fits(page)
    page.keyboard.press("Tab")
    page.keyboard.type(REPLY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rated")
    assert page.inner_text(".put-text") == question
    assert page.inner_text(".own-line p") == REPLY
    assert page.locator(".rated-level").count() == 4
    assert "Not legal advice" in page.inner_text(".question")
    assert _fits(page)
    page.get_by_role("button", name="Next question").click()
    page.wait_for_selector("#reply")
    assert page.inner_text(".put-text") != question
    page.get_by_role("button", name="Say nothing").click()
    page.wait_for_selector(".rated")
    assert "You said nothing." in page.inner_text(".question")
    page.get_by_role("button", name="See what to keep").click()
    page.wait_for_selector("#lines")
    assert page.inner_text(".own-line") == REPLY
    assert page.locator(".taken li").count() == 2
    assert _fits(page)
    assert page.url == f"{app.address}deflect"
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"
    page.get_by_role("link", name="Practise again").click()
    assert not page.is_checked("[name=agreed]")
    assert page.input_value("#protect") == ""
    assert page.input_value("[name=country]") == "uk"


def test_without_scripts_and_in_the_dark_it_works_in_chinese(
    app: App, open_page: PageMaker
) -> None:
    """A browser that runs no script gets the same practice, in Chinese, on dark paper."""
    page = open_page(
        viewport=DESKTOP, locale="zh-CN", java_script_enabled=False, color_scheme="dark"
    )
    page.goto(f"{app.address}deflect?country=cn")
    page.check("[name=agreed]")
    page.get_by_role("button", name="开始练习").click()
    page.fill("#reply", "这个不太方便说，想把话题留在工作上。")
    page.get_by_role("button", name="回应", exact=True).click()
    page.wait_for_selector(".rated")
    assert "C：礼貌地划出了界线" in page.inner_text(".told-way")
    assert "不构成法律意见" in page.inner_text(".question")
    page.get_by_role("button", name="到此为止").click()
    page.wait_for_selector("#lines")
    assert page.locator(".taken li").count() == 1
