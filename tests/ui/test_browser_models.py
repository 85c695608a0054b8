"""A model that speaks in the browser: said to do so, cut short, and stood in for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.screenshots import begin, settle
from interviewer.transcript_file import load
from tests.fakes import FakeModel, Script, running
from tests.fakes.faults import CANARY
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeModel]:
    """Run a fake model for this file."""
    with running(Script(mode="echo")) as made:
        yield made


@pytest.fixture(scope="module")
def model_app(fake: FakeModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run an app whose model is the fake one."""
    made = App(
        tmp_path_factory.mktemp("home"),
        settings={"INTERVIEWER_MODEL": "openai:fake", "OPENAI_BASE_URL": fake.base_url},
    )
    made.start()
    yield made
    made.stop()


def test_the_page_says_who_speaks(model_app: App, fake: FakeModel, open_page: PageMaker) -> None:
    """Before and during the interview it is said which model speaks and where text goes."""
    fake.script = Script(mode="echo", chunk=40)
    page = open_page()
    page.goto(model_app.address)
    page.wait_for_selector("#begin:visible")
    chosen = page.locator("#speaker input").input_value()
    assert chosen == "fake (on this machine)"
    begin(page, model_app.address)
    notice = page.locator(".private").inner_text()
    assert notice.startswith("fake words the questions on this machine: no text leaves it.")
    assert "tokens were sent" in notice
    assert fake.requests
    assert page.locator(".stepped-in").count() == 0
    assert not page.locator("#stop").is_visible()


def test_a_fault_is_marked_quietly(model_app: App, fake: FakeModel, open_page: PageMaker) -> None:
    """A turn the built-in voice spoke says so in small letters, and nothing of the fault."""
    fake.script = Script(mode="echo", chunk=40)
    page = open_page()
    begin(page, model_app.address)
    fake.script = Script(mode="echo", faults=("status_500",), fault_rate=1)
    page.fill("#answer textarea", "I built the nightly load.")
    page.click("#send")
    page.wait_for_selector(".stepped-in")
    settle(page)
    assert page.locator(".stepped-in").inner_text().startswith("Built-in voice")
    assert CANARY not in page.content()


def test_a_model_can_be_cut_short(model_app: App, fake: FakeModel, open_page: PageMaker) -> None:
    """While a model speaks there is a button; after it the question still comes, once."""
    fake.script = Script(mode="echo", chunk=40)
    page = open_page()
    begin(page, model_app.address)
    fake.script = Script(mode="echo", chunk=3, chunk_seconds=0.4)
    page.fill("#answer textarea", "I built the nightly load at a retailer in 2024.")
    page.click("#send")
    page.wait_for_selector("#stop:visible")
    page.click("#stop")
    page.wait_for_selector(".stepped-in")
    settle(page)
    assert page.locator(".stepped-in").last.inner_text().startswith("Cut short")
    assert page.locator("#chat .log .said").last.inner_text().rstrip().endswith("?")
    session = page.url.split("?s=")[1]
    kept = page.request.get(f"{model_app.address}sessions/{session}/transcript.jsonl")
    turns = load(kept.text()).turns
    assert [turn.seq for turn in turns] == list(range(1, len(turns) + 1))
    assert turns[-1].fallback is not None
    assert turns[-1].fallback["cause"] == "stopped"
    fake.script = Script(mode="echo")
