"""The real app on the loopback, and a real browser that may talk to nobody else."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.screenshots import FLAGS
from tests.ui.running import PATIENCE, App

CHROMIUM = "/usr/bin/chromium"
PageMaker = Callable[..., Page]
# Gradio's own script gives up its streams when a page is left, and tells the console so.
LEFT = re.compile(r"AbortError: signal is aborted without reason\s+at \w+ \(\S+/assets/index-")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run the app for all browser tests."""
    running = App(tmp_path_factory.mktemp("home"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium_browser() -> Iterator[Browser]:
    """Start headless Chromium; without it tests are skipped, with CI=true they fail.

    For one module only: while it runs, its event loop keeps other tests from having their own.
    """
    if not shutil.which("chromium") and not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":  # noqa: TID251  # says whether a browser is required
            pytest.fail("Chromium is required when CI=true.")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or CHROMIUM, args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium_browser: Browser) -> Iterator[PageMaker]:
    """Return a function that opens a page as a new visitor; nobody else may be asked anything."""
    contexts = []
    wrong: list[str] = []

    def open_one(*, strict: bool = True, **context: object) -> Page:
        made = chromium_browser.new_context(
            **{"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **context}  # type: ignore[arg-type]  # passed on
        )
        contexts.append(made)
        page = made.new_page()
        page.set_default_timeout(PATIENCE * 1000)

        def request(url: str) -> None:
            if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
                wrong.append(f"asked {url}")

        def said(kind: str, text: str) -> None:
            if kind == "error" and not LEFT.match(text):
                wrong.append(text)

        page.on("request", lambda made: request(made.url))
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        if strict:
            page.on("console", lambda message: said(message.type, message.text))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)
