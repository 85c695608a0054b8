"""Two windows, a lost connection, a killed server, the keyboard alone: the interview goes on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Page

from benchmarks.own_postgres import OwnPostgres
from benchmarks.screenshots import answer, begin, settle
from interviewer.transcript_file import load
from tests.conftest import try_answers
from tests.fakes import FakeModel, Script, running
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
SLOWLY = Script(mode="echo", chunk=10, chunk_seconds=0.3)


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    """Run a fake model."""
    with running(Script(mode="echo", chunk=40)) as made:
        yield made


@pytest.fixture
def own(fake: FakeModel, tmp_path: Path) -> Iterator[App]:
    """Run an app of one's own, whose model is the fake one."""
    settings = {"INTERVIEWER_MODEL": "openai:fake", "OPENAI_BASE_URL": fake.base_url}
    made = App(tmp_path / "home", settings=settings)
    made.start()
    yield made
    made.stop()


def said(page: Page) -> list[str]:
    """Return what stands in the chat of the round."""
    return page.locator("#chat .log .said").all_inner_texts()


def kept(page: Page, app: App) -> list[int | None]:
    """Return the numbers of the turns that are kept."""
    session = page.url.split("?s=")[1]
    file = page.request.get(f"{app.address}sessions/{session}/transcript.jsonl")
    return [turn.seq for turn in load(file.text()).turns]


def whole(page: Page) -> None:
    """Wait until the last word is the examiner's, and nothing is under way."""
    page.wait_for_selector("#chat .log .message:last-of-type.message-examiner")
    settle(page)


def test_of_two_windows_one_follows(app: App, open_page: PageMaker) -> None:
    """What is answered in one is shown in the other, and its draft is kept."""
    first = open_page()
    begin(first, app.address)
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_selector("#chat .message-examiner")
    settle(second)
    answer(first, "I built the nightly load at a retailer in 2024.")
    second.wait_for_function(
        "n => document.querySelectorAll('#chat .log .said').length === n", arg=len(said(first))
    )
    assert said(second) == said(first)


def test_a_question_is_not_answered_unseen(app: App, open_page: PageMaker) -> None:
    """An answer from a window that is behind is not taken; it stays in its box, and is told."""
    first = open_page()
    begin(first, app.address)
    second = first.context.new_page()
    second.add_init_script("delete window.BroadcastChannel")
    second.goto(first.url)
    second.wait_for_selector("#chat .message-examiner")
    settle(second)
    answer(first, "I built the nightly load at a retailer in 2024.")
    turns = kept(first, app)
    second.fill("#answer textarea", "An answer to the first question.")
    second.keyboard.press("Enter")
    second.wait_for_selector("#note .note")
    assert "another window" in second.locator("#note").inner_text()
    assert second.input_value("#answer textarea") == "An answer to the first question."
    assert kept(first, app) == turns
    assert said(second) == said(first)


def test_a_lost_connection_loses_nothing(own: App, fake: FakeModel, open_page: PageMaker) -> None:
    """Three seconds without network in the middle of a turn: afterwards it is there, once."""
    page = open_page(strict=False)
    begin(page, own.address)
    fake.script = SLOWLY
    before = len(said(page))
    page.fill("#answer textarea", "I built the nightly load at a retailer in 2024.")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('#chat .log .said').length >= n", arg=before + 2
    )
    page.context.set_offline(True)
    page.wait_for_timeout(3000)
    page.context.set_offline(False)
    whole(page)
    assert len(said(page)) == before + 2
    turns = kept(page, own)
    assert turns == list(range(1, len(turns) + 1))


def test_a_turn_outlives_a_reload_and_a_killed_server(
    own: App, fake: FakeModel, open_page: PageMaker
) -> None:
    """Reload while a model speaks: its turn is heard to the end; kill -9: it is spoken anew."""
    page = open_page(strict=False)
    begin(page, own.address)
    fake.script = SLOWLY
    for stop in ("reload", "kill"):
        before = len(said(page))
        page.fill("#answer textarea", f"I built the nightly load in 2024 ({stop}).")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "n => document.querySelectorAll('#chat .log .said').length >= n", arg=before + 2
        )
        if stop == "kill":
            own.kill()
            own.start()
            # The page may be loading itself again: whoever comes back opens its address anew.
            address, gone = page.url, page
            page = page.context.new_page()
            gone.close()
            page.goto(address)
        else:
            page.reload()
        whole(page)
        assert len(said(page)) == before + 2
        turns = kept(page, own)
        assert turns == list(range(1, len(turns) + 1))
    fake.script = Script(mode="echo", chunk=40)
    answer(page, "Then I wrote a check for each table.")


def test_another_process_goes_on_with_the_interview(
    fake: FakeModel, postgres: OwnPostgres, tmp_path: Path, open_page: PageMaker
) -> None:
    """Two apps, one PostgreSQL, one killed in mid-turn: the other goes on, all is there once."""
    settings = {
        "INTERVIEWER_MODEL": "openai:fake", "OPENAI_BASE_URL": fake.base_url,
        "INTERVIEWER_DATABASE_URL": postgres.url(postgres.new_database()),
    }  # fmt: skip
    one, other = (App(tmp_path / "home", settings=settings) for _ in range(2))
    try:
        one.start()
        other.start()
        page = open_page(strict=False)
        begin(page, one.address)
        fake.script = SLOWLY
        page.fill("#answer textarea", "I built the nightly load in 2024.")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelectorAll('#chat .log .said').length >= 3")
        address = page.url.replace(one.address, other.address)
        one.kill()
        page = page.context.new_page()
        page.goto(address)
        whole(page)
        fake.script = Script(mode="echo", chunk=40)
        answer(page, "Then I wrote a check for each table.")
        turns = kept(page, other)
        assert turns == list(range(1, len(turns) + 1))
        texts = said(page)
        assert [texts.count(text) for text in texts] == [1] * len(texts)
        assert texts[1] == "I built the nightly load in 2024."
        assert texts[3] == "Then I wrote a check for each table."
    finally:
        one.stop()
        other.stop()


def test_the_keyboard_alone_carries_it_to_the_report(app: App, open_page: PageMaker) -> None:
    """Tab and Enter begin it, Enter sends, and every next step can be reached by Tab."""
    page = open_page()
    page.goto(app.address)
    page.wait_for_selector("#begin:visible")
    reach(page, "begin")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .message-examiner")
    settle(page)
    given = cycle(try_answers("brightwell"))
    while not page.locator("#report-page .report").is_visible():
        if page.locator("#next-round").is_visible():
            reach(page, "next-round")
            page.keyboard.press("Enter")
            page.wait_for_selector("#composer:visible")
            settle(page)
        assert page.evaluate("document.activeElement.closest('#answer') !== null")
        before = page.inner_html("#chat")
        page.keyboard.insert_text(next(given))
        page.keyboard.press("Enter")
        page.wait_for_function(
            "before => { const chat = document.querySelector('#chat'); "
            "return !chat || !chat.offsetParent || chat.innerHTML !== before; }",
            arg=before,
        )
        settle(page)
    reach(page, "", "a[download]")


def reach(page: Page, name: str, selector: str = "") -> None:
    """Press Tab until the part of this name, or one like the selector, has the focus."""
    wanted = selector or f"#{name}"
    for _ in range(120):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")
