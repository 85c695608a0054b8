"""A server of the tests' own, a browser, and visitors whose pages must not complain."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from benchmarks.starting import free_port
from interviewer.wiring import Settings
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > innerWidth"
Visit = Callable[..., "Page"]


@dataclass
class House:
    """A server in a process of its own, which may be killed and started again."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the app is."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "interviewer", "serve", "--port", str(self.port)],
            env=Settings.from_environment().environment(home=self.home),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not self._healthy():
            assert self.process.poll() is None, "the server has ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the server as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self) -> None:
        """End the server as Ctrl-C would."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def _healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().read() == b"ok"
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def open_house(home: Path) -> Iterator[House]:
    """Run a server as long as it is needed."""
    house = House(home)
    try:
        house.start()
        yield house
    finally:
        house.stop()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return the server that most tests share."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="session")
def address(house: House) -> str:
    """Return where the shared server is."""
    return house.address


# A module's own, not the session's: Playwright's event loop keeps others from `asyncio.run`.
@pytest.fixture(scope="module")
def chromium_browser() -> Iterator[Browser]:
    """Return Chromium, or skip with the reason; where CI runs a missing one is a failure."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    if not CHROMIUM.exists():
        _missing(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":  # noqa: TID251  # a test may ask where it runs
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def visiting(
    browser: Browser, address: str, *, watched: bool = True, **more: Any
) -> Iterator[Page]:
    """Yield the page of a new visitor; fail at the end when it complained or went elsewhere."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **more})
    context.set_default_timeout(PATIENCE)
    allowed = (address, "data:", f"blob:{address}")
    context.on(
        "request",
        lambda r: None if r.url.startswith(allowed) else wrong.append(f"asked for {r.url[:200]}"),
    )
    context.on("weberror", lambda error: wrong.append(f"page error: {error.error}"))
    context.on("dialog", lambda dialog: (wrong.append("a dialog opened"), dialog.dismiss()))
    context.on(
        "console",
        lambda m: wrong.append(f"console: {m.text[:300]}") if m.type == "error" else None,
    )
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not (watched and wrong), wrong


@pytest.fixture
def visit(chromium_browser: Browser, address: str) -> Iterator[Visit]:
    """Return a function that brings a new visitor with a browser of their own."""
    with ExitStack() as visitors:
        yield lambda **more: visitors.enter_context(visiting(chromium_browser, address, **more))


@pytest.fixture
def visitor_page(visit: Visit) -> Page:
    """Return the page of a new visitor, before it has opened anything."""
    return visit()


def settle(page: Page) -> None:
    """Wait until nobody is speaking."""
    page.wait_for_function(
        """() => {
          if (document.querySelector('#report-page .report')) return true;
          const log = document.querySelector('#chat .log');
          return log && log.getAttribute('aria-busy') === 'false';
        }"""
    )
    page.wait_for_timeout(100)


def begin(page: Page, address: str) -> str:
    """Begin an interview with what the page suggests; return its id."""
    page.goto(address)
    page.wait_for_selector("#begin:visible")
    page.click("#begin")
    page.wait_for_selector("#chat .message-examiner")
    page.wait_for_url("**/?s=*")
    settle(page)
    return page.url.split("?s=")[1]


def answer(page: Page, text: str) -> None:
    """Give one answer and hear the reply."""
    before = page.inner_html("#chat")
    page.fill("#answer textarea", text)
    page.press("#answer textarea", "Enter")
    page.wait_for_function(
        "before => { const chat = document.querySelector('#chat'); "
        "return !chat || !chat.offsetParent || chat.innerHTML !== before; }",
        arg=before,
    )
    page.wait_for_timeout(50)
    settle(page)


def said(page: Page, side: str) -> list[str]:
    """Return what one side has said, earlier rounds included."""
    return page.locator(f"#chat .message-{side} .said").all_text_contents()
