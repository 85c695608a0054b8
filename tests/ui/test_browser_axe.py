"""Every page under axe-core: nothing serious or critical, light and dark, desktop and phone."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from benchmarks.screenshots import DESKTOP, PHONE, answer, begin, opened, play, start
from tests.conftest import try_answers
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
# Colours are read as they are drawn, so what was changed must have been drawn.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
GRAVE = ("serious", "critical")
READ = (
    "research", "research/brightwell?ask=nightly+load", "prepare/brightwell",
    "prepare/brightwell/quiz?seed=4", "research/nobody-of-that-name", "models", "deflect",
)  # fmt: skip


def grave_in(page: Page) -> list[str]:
    """Return what axe finds grave on a page as it stands, in each look."""
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(DRAWN)
            report: dict[str, Any] = Axe().run(page).response
            found += [
                f"{size['width']} {scheme} {rule['id']}: {node['target']} {node['failureSummary']}"
                for rule in report["violations"]
                if rule["impact"] in GRAVE
                for node in rule["nodes"]
            ]
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("path", READ)
def test_a_page_to_read_can_be_used_by_everyone(app: App, open_page: PageMaker, path: str) -> None:
    """Research, brief, quiz and a refusal have no grave fault, folds open."""
    page = open_page(strict=False)  # a refusal is an error to the console
    page.goto(f"{app.address}{path}")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert grave_in(page) == []


def test_an_interview_can_be_held_by_everyone(app: App, open_page: PageMaker) -> None:
    """The start page, the room with its sources, the break and the report have no grave fault."""
    page = open_page()
    page.goto(app.address)
    page.wait_for_selector("#begin:visible")
    assert grave_in(page) == []
    begin(page, app.address)
    answer(page, "Before I answer: how many people are in the data team?")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert grave_in(page) == []
    given = cycle(try_answers("brightwell"))
    while not page.locator("#next-round").is_visible():
        play(page, [next(given)], 1)
    assert grave_in(page) == []
    while not page.locator("#report-page .report").is_visible():
        play(page, [next(given)], 1)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert grave_in(page) == []


def test_steps_paper_board_and_progress_can_be_used_by_everyone(
    app: App, open_page: PageMaker
) -> None:
    """Every step of a new interview, a written test, a board in Chinese, privacy, progress."""
    page = open_page(strict=False)  # Gradio logs the requests that leaving its page ends
    opened(page, app.address, "brightwell")
    for number in (2, 3, 4):
        page.click(f".form-steps [data-step='{number}']")
        assert grave_in(page) == []
    page.goto(f"{app.address}?company=brightwell&format=written")
    page.wait_for_selector("#begin:visible")
    page.click("#begin")
    page.wait_for_url("**/written/**")
    assert grave_in(page) == []
    page.goto(f"{app.address}?company=lanting&format=civil_service_cn")
    page.wait_for_selector("#begin:visible")
    start(page)
    assert grave_in(page) == []
    page.goto(f"{app.address}privacy")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert grave_in(page) == []
    page.goto(f"{app.address}progress")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert grave_in(page) == []
