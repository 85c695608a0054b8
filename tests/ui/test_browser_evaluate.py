"""The pages for evaluators and the report of one file, in a real browser."""

from __future__ import annotations

import shutil

import pytest

from interviewer.evaluation.kept.shelf import FOLDER
from tests.reports import report_files
from tests.ui.conftest import PageMaker
from tests.ui.running import App
from tests.ui.test_browser_axe import grave_in
from tests.unit.test_evaluation_kept import kept
from tests.unit.test_evaluation_reports import chat, made_of, written

pytestmark = pytest.mark.browser


def test_findings_are_read_and_labelled_by_everyone(
    app: App, open_page: PageMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From the list to a turn, a word on its finding, kept; no grave fault in any look."""
    made = kept(tmp_path_factory.mktemp("kept"), "browsed")
    shutil.copytree(made.folder, app.home / FOLDER, dirs_exist_ok=True)
    page = open_page()
    page.goto(f"{app.address}evaluate")
    assert grave_in(page) == []
    page.click("text=browsed")
    page.locator(".only").first.click()
    assert page.locator(".finding").count() == 3
    assert grave_in(page) == []
    page.locator(".finding").first.click()
    page.fill("input[name=rater]", "Anna")
    page.click(".rating button")
    page.locator(".verdict button").first.click()
    page.wait_for_selector(".verdict button[aria-pressed=true]")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert grave_in(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shutil.rmtree(app.home / FOLDER / "browsed")


def test_the_report_of_one_file_opens_each_finding_at_its_turn(
    app: App, open_page: PageMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It filters, opens the turn with its words marked, and asks nobody anything."""
    said = [f"Pregnant, question {number}?" for number in range(120)]
    files = written(
        tmp_path_factory.mktemp("runs"), chat("many", *said), chat("one", "Pregnant <b>?")
    )
    page = open_page()
    address = f"{app.address}report"
    body = report_files(made_of(files), ["html"])["report.html"]
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(address)
    assert page.locator(".finding").count() == 100
    page.click("#more")
    assert page.locator(".finding").count() == 121
    page.fill("[name=text]", "<B>")
    assert page.locator(".finding").count() == 1
    page.locator(".finding").click()
    assert page.locator("mark.now").inner_text() == "Pregnant <b>?"
    page.locator(".turn.now .cite").first.click()
    assert "A passage." in page.locator(".turn.now .passage").inner_text()
    assert grave_in(page) == []
    page.goto("about:blank")
    page.goto(f"{address}#f2")
    assert page.locator("mark.now").inner_text() == said[1]
