"""Deflection practice in a real browser: opted in to, debriefed at once, kept nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import DESKTOP, PHONE, answer, answers_of, choose, settle
from tests.ui.conftest import PageMaker
from tests.ui.running import App
from tests.ui.test_browser_axe import grave_in

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
    assert grave_in(page) == []
    page.set_viewport_size(PHONE)
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
    assert grave_in(page) == []
    page.set_viewport_size(PHONE)
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


def test_in_an_interview_they_are_chosen_marked_and_debriefed(
    app: App, open_page: PageMaker
) -> None:
    """Nothing is preselected; who chooses sees one marked, replies, is debriefed, and goes on."""
    page = open_page()
    _opened(page, app)
    assert page.input_value("#taught input") == "Not asked, not taught"
    assert "in this one interview" in page.inner_text(".field-hint")
    choose(page, "taught", "Asked for practice: United Kingdom")
    page.click("#begin")
    page.wait_for_selector("#chat .message-examiner")
    settle(page)
    for text in answers_of("brightwell")[:9]:
        if page.locator(".message-aside").count():
            break
        answer(page, text)
    asked = page.inner_text(".message-aside strong")
    assert page.inner_text(".pinned-text") == asked
    assert "Practice, apart from the interview" in page.inner_text(".message-aside")
    page.click(".why summary")
    assert "Nobody should ask this" in page.inner_text(".why")
    page.reload()
    page.wait_for_selector(".message-aside strong")
    settle(page)
    page.set_viewport_size(PHONE)
    assert _fits(page)
    answer(page, REPLY)
    page.wait_for_function("() => document.querySelectorAll('.message-aside').length === 2")
    settle(page)
    told = page.locator(".message-aside").last
    assert "C, you drew a polite line" in told.inner_text()
    assert "Not legal advice" in told.inner_text()
    assert page.inner_text(".pinned-text") != asked
    assert page.locator("#chat .message").last.get_attribute("class") == (
        "message message-examiner"
    )
    assert page.is_enabled("#send")
    page.wait_for_function(
        "() => { const log = document.querySelector('#chat .log');"
        " const told = [...log.querySelectorAll('.message-aside')].pop();"
        " return told.getBoundingClientRect().top >= log.getBoundingClientRect().top - 1; }"
    )
    other = open_page()
    _opened(other, app)
    assert other.input_value("#taught input") == "Not asked, not taught"
    page.set_viewport_size(DESKTOP)
    _opened(page, app)
    assert page.input_value("#taught input") == "Not asked, not taught"


def _opened(page: Page, app: App) -> None:
    page.goto(f"{app.address}?company=brightwell")
    page.wait_for_selector("#begin:visible")
    page.wait_for_function("() => document.querySelector('#post input').value")
