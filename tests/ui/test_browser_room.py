"""Beside the talk: the clock, the hint, the folded sources, the change of examiners."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import PHONE, answer, answers_of, begin, go_on, settle
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser


def to_the_work(page: Page) -> None:
    """Answer the supervisor until a piece of work is put, which has hints."""
    given = iter(answers_of("brightwell")[9:] * 3)
    while not page.locator("#hint").is_visible():
        go_on(page)
        answer(page, next(given))


def test_clock_hint_scene_and_folded_sources(app: App, open_page: PageMaker) -> None:
    """The clock hides for good, a hint costs no draft, and a phone keeps its sources folded."""
    page = open_page(strict=False)  # Gradio logs the requests a reload ends
    begin(page, app.address)
    assert not page.locator("#hint").is_visible()
    assert "of about 30 minutes" in page.inner_text(".clock")
    page.click(".clock-switch")
    assert page.inner_text(".clock").strip() == "Show the clock"
    while not page.locator(".scene").is_visible():
        answer(page, "")
    assert page.locator(".scene.persona-technical .scene-avatar svg").count() == 1
    assert page.locator(".clock").count() == 0
    to_the_work(page)
    page.fill("#answer textarea", "half a thought")
    before = page.locator("#chat .log .said").count()
    page.click("#hint")
    page.wait_for_function(
        "n => document.querySelectorAll('#chat .log .said').length >= n", arg=before + 2
    )
    settle(page)
    assert "hint" in page.locator("#chat .message-candidate .said").last.inner_text()
    assert page.input_value("#answer textarea") == "half a thought"
    page.set_viewport_size(PHONE)
    page.reload()
    page.wait_for_selector("#chat .log .message-examiner")
    settle(page)
    assert page.inner_text(".clock").strip() == "Show the clock"
    assert page.locator(".sources-fold[open]").count() == 0
    page.click(".sources-fold > summary")
    assert page.locator(".source summary, .sources-none").first.is_visible()
