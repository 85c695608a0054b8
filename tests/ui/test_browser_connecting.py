"""A model connected in the browser: tried, chosen, heard, and gone after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.screenshots import answer, begin, settle
from tests.fakes import FakeModel, Script, running
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
KEY = "sk-very-secret-key"


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    """Run a fake model."""
    with running(Script(mode="echo", chunk=40)) as made:
        yield made


def test_a_connected_model_speaks_until_the_app_stops(
    fake: FakeModel, open_page: PageMaker, tmp_path: Path
) -> None:
    """It is the one that is chosen, its key lies in no file, and without it the talk goes on."""
    app = App(tmp_path)
    app.start()
    page = open_page()
    page.goto(app.address)
    page.click(".connect")
    page.click("summary:has-text('A server that speaks like OpenAI')")
    form = page.locator("form[action='/models']:has(input[value=compatible])")
    form.locator("input[name=address]").fill(fake.base_url)
    form.locator("input[name=model]").fill("fake")
    form.locator("input[name=key]").fill(KEY)
    page.keyboard.press("Enter")
    page.wait_for_selector("button:has-text('Disconnect')")
    assert "It speaks" in page.locator(".voice").first.inner_text()
    begin(page, app.address)
    assert page.locator(".private").inner_text().startswith("fake words the questions")
    asked = len(fake.requests)
    answer(page, "I built the nightly load at a retailer in 2024.")
    assert len(fake.requests) > asked
    assert "tokens were sent" in page.locator(".private").inner_text()
    room = page.url
    app.stop()
    held = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert KEY.encode() not in held
    app.start()
    page.goto(room)
    page.wait_for_selector("#chat .message-examiner")
    settle(page)
    assert "not connected any more" in page.locator(".private").inner_text()
    before = page.locator("#chat .said").count()
    answer(page, "The load broke in March 2024 and I rewrote it; it has run since.")
    assert page.locator("#chat .said").count() == before + 2
    app.stop()
