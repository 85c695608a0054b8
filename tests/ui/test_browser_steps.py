"""A new interview in steps, in a real browser: nothing typed is lost, one press is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import PHONE, begin, choose, opened, settle
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
FILLED = "() => document.activeElement.matches('.step-lead')"


def step(page: Page) -> str:
    """Return which step of the form is shown and told to be the current one."""
    named = page.locator(".form-steps [aria-current=step]").get_attribute("data-step")
    assert page.locator(".form-step:visible").get_attribute("id") == f"step-{named}"
    return str(named)


def test_steps_keep_what_was_typed(app: App, open_page: PageMaker) -> None:
    """Forth, back, the browser's Back, a reload and a refusal lose nothing; the end tells all."""
    page = open_page(strict=False, viewport=PHONE)  # Gradio logs the requests a reload ends
    opened(page, app.address)
    assert step(page) == "1"
    page.fill("#post input", "Wizard of the night shift")
    page.keyboard.press("Tab")
    page.wait_for_function("() => location.search.includes('post=Wizard')")
    page.locator("#step-next").press("Enter")
    page.wait_for_function(FILLED)
    page.fill("#cv textarea", "- Built a stock model for 12 shops")
    page.click("#step-next")
    assert step(page) == "3"
    page.go_back()
    assert (step(page), page.input_value("#cv textarea")) == (
        "2",
        "- Built a stock model for 12 shops",
    )
    page.reload()
    page.wait_for_selector("#begin:visible")
    page.wait_for_function("() => document.querySelector('#cv textarea').value.includes('stock')")
    assert step(page) == "2"
    assert page.input_value("#post input") == "Wizard of the night shift"
    choose(page, "difficulty", "Hard")
    page.click(".form-steps [data-step='4']")
    terms, texts = (page.locator(f".check {part}").all_inner_texts() for part in ("dt", "dd"))
    told = dict(zip(terms, texts, strict=True))
    assert told["Post"] == "Wizard of the night shift"
    assert (told["Your CV"], told["The job advert"]) == ("given", "not given")
    assert told["Difficulty"] == "Hard"
    assert "about 105 min" in told["Rounds"]
    page.click("#begin")
    page.wait_for_function("() => document.querySelector('#note').innerText.includes('Wizard')")
    assert page.input_value("#cv textarea") == "- Built a stock model for 12 shops"
    choose(page, "post", "Data engineer")
    page.click(".form-steps [data-step='4']")
    page.click("#begin")
    page.wait_for_selector("#chat .message-examiner")
    settle(page)


def test_what_was_begun_comes_first(app: App, open_page: PageMaker) -> None:
    """With an interview under way the way back to it is the one thing that stands out."""
    page = open_page()
    begin(page, app.address)
    page.goto(app.address)
    page.wait_for_selector("#begin:visible")
    paint = "e => getComputedStyle(e).backgroundColor"
    going = page.locator(".cards-going .card").evaluate(paint)
    assert "Data engineer" in page.inner_text(".cards-going .card")
    assert page.locator("#step-next").evaluate(paint) != going
    assert page.locator("#begin").evaluate(paint) != going
