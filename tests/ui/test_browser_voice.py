"""Voice in a real browser: a microphone of tones, a server on loopback, the box between."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.screenshots import FLAGS, begin, settle
from tests.fakes import FakeModel, Script
from tests.fakes.sound import length
from tests.ui.conftest import CHROMIUM, PageMaker
from tests.ui.running import App
from tests.ui.test_browser_axe import grave_in

pytestmark = pytest.mark.browser
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SAID = Script().heard


@pytest.fixture(scope="module")
def chromium_browser() -> Iterator[Browser]:
    """Start Chromium with a microphone that hears tones."""
    if not shutil.which("chromium") and not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or CHROMIUM, args=[*FLAGS, *MICROPHONE]
        )
        yield browser
        browser.close()


def connect(page: Page, app: App, fake: FakeModel) -> None:
    """Connect the fake voice on the page of the models."""
    page.goto(f"{app.address}models")
    page.click("#voice summary:has-text('A server that speaks like OpenAI')")
    form = page.locator("#voice form:has(input[value=compatible])")
    for name, text in (("voice_address", fake.base_url), ("hears", "whisper"),
                       ("speaks", "tts"), ("voice", "alloy")):  # fmt: skip
        form.locator(f"input[name={name}]").fill(text)
    form.locator("button").click()
    page.wait_for_selector("#voice button:has-text('Disconnect')")


def test_an_answer_is_spoken_and_questions_are_heard(
    app: App, fake: FakeModel, open_page: PageMaker
) -> None:
    """Recorded and recognised into the box; a failure keeps what is there; sent by its writer."""
    page = open_page(strict=False)  # a failure that is answered 400 is an error of the console
    connect(page, app, fake)
    begin(page, app.address)
    assert "this machine" in page.locator(".voice-line").inner_text()

    assert grave_in(page) == []

    # Off by default; switched on, the last question is read, and every new one after it.
    switch = page.get_by_role("switch", name="Read questions aloud")
    assert not switch.is_checked()
    with page.expect_response("**/speech/1") as spoken:
        switch.focus()
        page.keyboard.press("Space")
    assert spoken.value.status == 200

    page.fill("#answer textarea", "First of all:")
    mic = page.locator("#by-voice .mic")
    mic.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".mic[data-state=on]")
    page.wait_for_timeout(1500)
    fake.script = Script(faults=("status_500",), fault_rate=1)
    page.keyboard.press("Enter")
    page.wait_for_selector(".voice-again:visible")
    assert "fault of its own" in page.locator(".voice-status").inner_text()
    assert page.input_value("#answer textarea") == "First of all:"
    fake.script = Script()
    page.click(".voice-again")
    page.wait_for_function("() => document.querySelector('#answer textarea').value.length > 20")
    assert page.input_value("#answer textarea") == f"First of all: {SAID}"
    assert length(fake.requests[-1].sound) > 1
    assert page.locator("#chat .message-candidate").count() == 0

    # Escape throws a recording away.
    asked = len(fake.requests)
    mic.click()
    page.wait_for_selector(".mic[data-state=on]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".mic[data-state=off]")
    assert len(fake.requests) == asked

    with page.expect_response("**/speech/3") as spoken:
        page.click("#send")
    assert spoken.value.status == 200
    settle(page)
    assert "Not part of the levels." in page.locator(".spoken-how").inner_text()
    page.keyboard.press("Escape")
    page.locator("#chat .read-aloud").first.click()
    page.wait_for_selector(".read-aloud.reading[aria-label='Stop reading']")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('.read-aloud.reading')")


def test_without_a_server_the_browser_reads_or_nothing_is_offered(
    app: App, open_page: PageMaker
) -> None:
    """A voice of this machine's own reads; one that would send the text away is never used."""
    page = open_page()
    page.add_init_script(
        "window.heard = []; window.given = [];"
        "const own = { localService: true, lang: 'en-GB', name: 'own' };"
        "const theirs = { localService: false, lang: 'en-US', name: 'theirs', default: true };"
        "speechSynthesis.getVoices = () => window.given;"
        "window.SpeechSynthesisUtterance = function (text) { this.text = text; };"
        "speechSynthesis.speak = (said) => {"
        " heard.push([said.voice.name, said.text]); said.onend(); };"
        "window.arrive = (with_own) => { given = with_own ? [theirs, own] : [theirs];"
        " speechSynthesis.dispatchEvent(new Event('voiceschanged')); };"
    )
    begin(page, app.address)
    page.evaluate("arrive(false)")
    assert not page.locator("#by-voice").is_visible()
    assert page.locator("#chat .read-aloud:visible").count() == 0
    page.evaluate("arrive(true)")
    page.locator("#chat .read-aloud").first.click()
    page.wait_for_function("() => heard.length === 1")
    name, text = page.evaluate("heard[0]")
    assert name == "own"
    assert "Helen Marsh" in text
    assert not page.locator("#by-voice .mic").is_visible()
