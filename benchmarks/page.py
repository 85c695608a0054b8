"""How heavy the page is and how quick it feels, in a real browser on the same machine."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import Measure
from benchmarks.screenshots import FLAGS, answers_of, begin, play, running_app
from interviewer.research.sentences import sentences
from tests.fakes import FakeModel, Request, Script, running
from tests.ui.running import App

CHROMIUM = "/usr/bin/chromium"
LOADS = 5
ANSWERS = 8
# The longest talk the page has to draw: with the rounds before it folded above.
LONG = 60
# The page's own clock runs from the key to the first drawing of what is awaited.
_WATCH = """() => {
  window.seen = {};
  const own = document.querySelectorAll('#chat .message-candidate').length;
  const said = document.querySelectorAll('#chat .message-examiner').length;
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') window.seen.pressed = performance.now();
  }, { capture: true, once: true });
  const watch = new MutationObserver(() => {
    const now = performance.now(), count = (name) => document.querySelectorAll(name).length;
    if (!window.seen.own && count('#chat .message-candidate') > own) window.seen.own = now;
    if (!window.seen.said && count('#chat .message-examiner') > said) window.seen.said = now;
    if (window.seen.own && window.seen.said) watch.disconnect();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}"""


def measure_page() -> Iterator[Measure]:
    """Yield requests, bytes and seconds of the first load, and how soon an answer shows."""
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield from _load(browser, address)
        yield from _talk(browser, address)
        browser.close()


def measure_model_sentence() -> Iterator[Measure]:
    """Yield how long after a model has said its first sentence the page shows it."""
    with tempfile.TemporaryDirectory() as home, running(Script(mode="echo", chunk=400)) as fake:
        settings = {"INTERVIEWER_MODEL": "openai:fake", "OPENAI_BASE_URL": fake.base_url}
        app = App(Path(home), settings=settings)
        app.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                waits = _waits(browser, app.address, fake)
                browser.close()
        finally:
            app.stop()
    yield Measure(f"a model's first sentence to the page, some {LONG} messages, median of "
                  f"{len(waits)}", statistics.median(waits), "ms", 150)  # fmt: skip


def _waits(browser: Browser, address: str, fake: FakeModel) -> list[float]:
    """Return the milliseconds from a sentence's end at the model to its place in the page."""
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    begin(page, address)
    given = cycle(answers_of("brightwell"))
    waits: list[float] = []
    while len(waits) < ANSWERS and not page.locator("#report-page .report").is_visible():
        if page.locator("#next-round").is_visible() or (
            page.locator("#chat .message").count() < LONG - 2 * ANSWERS
        ):
            play(page, [next(given)], 1)
            continue
        fake.script, asked = Script(mode="echo", chunk=4, chunk_seconds=0.02), len(fake.requests)
        page.evaluate(_WATCH)
        play(page, [next(given)], 1)
        said = page.evaluate("window.seen.said && performance.timeOrigin + window.seen.said")
        spoken = [request for request in fake.requests[asked:] if request.moments]
        if said and spoken:
            waits.append(said - 1000 * _complete(spoken[0]))
        fake.script = Script(mode="echo", chunk=400)
    return waits


def _complete(request: Request) -> float:
    """Return when a model had said its first sentence: the next one began, or all was said.

    The last sentence is held until the reply has ended well, so the end counts for it.
    """
    first = sentences(request.reply, "en")[0]
    piece = (len(first) + 1) // 4
    return request.moments[min(piece, len(request.moments) - 1)]


def _load(browser: Browser, address: str) -> Iterator[Measure]:
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    cold = _usable(page, address)
    page.wait_for_timeout(1000)
    yield Measure("first load of the page", len(sizes), "requests")
    yield Measure("first load of the page, transferred", sum(sizes) / 1e3, "KB", 600)
    yield Measure("first load to a usable page, cold", cold, "s")
    warm = [_usable(page, address) for _ in range(LOADS)]
    yield Measure(f"load to a usable page, warm, median of {LOADS}", statistics.median(warm), "s",
                  1.5)  # fmt: skip
    context.close()


def _usable(page: Page, address: str) -> float:
    """Return the seconds until the first button can be pressed."""
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("#begin:visible")
    return time.perf_counter() - started


def _talk(browser: Browser, address: str) -> Iterator[Measure]:
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    begin(page, address)
    given = cycle(answers_of("brightwell"))
    own, said, messages = [], [], 0
    while len(own) < ANSWERS and not page.locator("#report-page .report").is_visible():
        if page.locator("#next-round").is_visible() or messages < LONG - 2 * ANSWERS:
            play(page, [next(given)], 1)
        else:
            page.evaluate(_WATCH)
            play(page, [next(given)], 1)
            seen = page.evaluate("window.seen")
            if seen.get("said"):
                own.append(seen["own"] - seen["pressed"])
                said.append(seen["said"] - seen["pressed"])
        messages = page.locator("#chat .message").count()
    if own:
        where = f"after some {messages} messages, median of {len(own)}"
        yield Measure(f"Enter to one's own words, {where}", statistics.median(own), "ms", 100)
        yield Measure(f"Enter to the built-in voice's first words, {where}",
                      statistics.median(said), "ms")  # fmt: skip
