"""The last answer taken again in the room, and the axe's word on it."""

from __future__ import annotations

import pytest

from benchmarks.screenshots import answer, begin, choose, opened, settle, start
from tests.ui.conftest import PageMaker
from tests.ui.running import App
from tests.ui.test_browser_axe import grave_in

pytestmark = pytest.mark.browser
FIRST = "I did this and that."
SECOND = (
    "In March 2021 I rebuilt the nightly load of 210 shops in Python. As a result failures fell "
    "from nine a month to one, and I learned to check counts before I load anything."
)


def test_an_answer_is_taken_again_once(app: App, open_page: PageMaker) -> None:
    """The question stands above the box, also after a reload; the first answer stays, folded."""
    page = open_page(strict=False)  # Gradio logs the requests a reload ends
    begin(page, app.address)
    assert page.locator(".retake").count() == 0
    answer(page, FIRST)
    replied = page.locator("#chat .message-examiner .said").last.inner_text()
    page.click(".retake")
    assert page.locator(".retaking-question").is_visible()
    assert not page.locator("#silence").is_visible()
    page.click(".retake-keep")
    assert page.locator("#silence").is_visible()
    page.click(".retake")
    assert grave_in(page) == []
    page.fill("#answer textarea", "half a thought")
    page.reload()
    page.wait_for_selector("#chat .log .message-examiner")
    settle(page)
    assert page.locator(".retaking").is_visible()
    assert page.input_value("#answer textarea") == "half a thought"
    answer(page, SECOND)
    assert page.locator(".retake, .retaking").count() == 0
    page.click(".taken-back summary")
    assert page.locator(".taken-back .said").all_inner_texts() == [FIRST, replied]
    assert SECOND in page.locator("#chat .log > .message-candidate .said").last.inner_text()
    assert grave_in(page) == []


def test_an_examination_offers_no_second_try(app: App, open_page: PageMaker) -> None:
    """What was said there was said."""
    page = open_page()
    opened(page, app.address)
    choose(page, "occasion", "Exam, no hints")
    page.click(".form-steps [data-step='4']")
    start(page)
    answer(page, FIRST)
    assert page.locator(".retake").count() == 0
