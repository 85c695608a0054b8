"""The written test in a real browser: drafts, hand-in, what comes after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.screenshots import choose, opened
from tests.conftest import ROOT
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """Run the app with content in which data engineers have a written test."""
    personas = tmp_path / "personas"
    shutil.copytree(ROOT / "personas", personas)
    written = personas / "_shared" / "written"
    bank = (written / "nurse.toml").read_text(encoding="utf-8")
    own = bank.replace('id = "nurse"', 'id = "data_engineer"', 1)
    (written / "data_engineer.toml").write_text(own, encoding="utf-8")
    running = App(tmp_path / "home", settings={"INTERVIEWER_PERSONAS": str(personas)})
    running.start()
    yield running
    running.stop()


def test_a_test_before_the_interview_is_sat_and_the_interview_goes_on(
    app: App, open_page: PageMaker
) -> None:
    """Drafts live through a restart, keys suffice, a phone fits, and round two begins."""
    page = open_page()
    opened(page, app.address, "brightwell")
    choose(page, "written", "First, before the rounds")
    page.click("#begin")
    page.wait_for_url("**/written/**")
    first = page.locator("fieldset").first.locator("input").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("fieldset").first.locator("input").nth(1)
    assert chosen.is_checked()
    page.locator("textarea").last.fill("To the manager\n\nThe figures do not fit.")
    app.kill()
    app.start()
    page.reload()
    assert chosen.is_checked()
    assert "do not fit" in page.locator("textarea").last.input_value()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click("#hand-in")
    assert page.locator(".note-fault").inner_text().startswith("You left out 15")
    assert page.evaluate("document.activeElement.className").startswith("note")
    page.click("#hand-in")
    page.wait_for_selector("#next-round:visible")
    assert page.evaluate("Object.keys(localStorage).filter((n) => n.includes('written'))") == []
    assert "The figures do not fit." in page.inner_text("#chat")
    page.click("#next-round")
    page.wait_for_selector("#answer textarea:visible")
    assert page.locator("#chat summary").inner_text().startswith("1. Written test")


def test_a_test_alone_ends_in_its_report_and_a_post_without_one_is_told(
    app: App, open_page: PageMaker
) -> None:
    """Marks and right answers after handing in; elsewhere a sentence that says who has a test."""
    page = open_page()
    opened(page, app.address, "brightwell")
    choose(page, "format", "Written test")
    page.click("#begin")
    page.wait_for_selector("#hand-in")
    page.click("#hand-in")
    page.wait_for_selector(".note-fault")
    page.click("#hand-in")
    page.wait_for_selector(".report-written")
    assert "Best answer" in page.inner_text(".report-written")
    opened(page, app.address, "brightwell")
    choose(page, "post", "Transport planner")
    choose(page, "format", "Written test")
    page.click("#begin")
    page.wait_for_function(
        "() => document.querySelector('#note').innerText.includes('no written')"
    )
    assert "data engineer" in page.inner_text("#note")
