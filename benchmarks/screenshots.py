"""Makes the pictures of docs/screenshots: plays an interview in Chromium. `make screenshots`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.starting import answers as answering
from benchmarks.starting import free_port
from interviewer.wiring import Settings

FOLDER = Path("docs/screenshots")
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
MOST_TURNS = 60
PACK = Path(__file__).parent / "tuning" / "marlow-general"
GOLD_GIVEN = (
    "nature/about-the-trust.md",
    "performance/inspection-news.md",
    "process/candidates-faq.md",
    "scope/services-by-site.md",
)


@contextmanager
def running_app(prepare: Callable[[Path], None] = lambda home: None) -> Iterator[str]:
    """Run the app in a data folder of its own, prepared before; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        prepare(Path(home))
        process = subprocess.Popen(
            [sys.executable, "-m", "interviewer", "serve", "--port", str(port)],
            env=Settings.from_environment().environment(home=Path(home)),
            stdout=subprocess.DEVNULL,
        )
        try:
            while not answering(port):
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=20)


def begin(page: Page, address: str) -> None:
    """Open a new interview as the start form has it."""
    opened(page, address)
    start(page)


def start(page: Page) -> None:
    """Begin the interview that the start form settles, and hear the first question."""
    page.click("#begin")
    page.wait_for_selector("#chat .message-examiner")
    settle(page)


def opened(page: Page, address: str, company: str = "") -> None:
    """Open the start form, with an employer chosen where one is named."""
    page.goto(f"{address}?company={company}" if company else address)
    page.wait_for_selector("#begin:visible")
    page.wait_for_function("() => document.querySelector('#post input').value")


def choose(page: Page, field: str, option: str) -> None:
    """Choose an option of the start form by the words it shows, on the step where it stands."""
    to_step(page, field)
    page.click(f"#{field} input")
    page.get_by_role("option", name=option, exact=True).click()


def to_step(page: Page, field: str) -> None:
    """Turn the start form to the step of a field."""
    number = page.locator(f"#{field}").evaluate("f => f.closest('.form-step').id.slice(5)")
    page.click(f".form-steps [data-step='{number}']")


def settle(page: Page) -> None:
    """Wait until nobody is speaking and no turn is under way."""
    page.wait_for_function(
        "() => !document.body.dataset.turn && (document.querySelector('#report-page .report') || "
        "document.querySelector('#rating') || "
        "(document.querySelector('#chat .log') && document.querySelector('#chat .log')"
        ".getAttribute('aria-busy') === 'false'))"
    )
    page.wait_for_timeout(50)  # Gradio takes the next key once its last event is put away
    skip_rating(page)


def skip_rating(page: Page) -> None:
    """Leave out the form for one's own levels, where it stands before the report."""
    if page.locator("#rating-skip").is_visible():
        page.click("#rating-skip")
        page.wait_for_selector("#report-page .report")


def answer(page: Page, text: str) -> None:
    """Give one answer and hear the reply; an empty one says nothing."""
    before = page.inner_html("#chat")
    if text:
        page.fill("#answer textarea", text)
        page.keyboard.press("Enter")
    else:
        page.click("#silence")
    page.wait_for_function(
        "before => { const chat = document.querySelector('#chat'); "
        "return !chat || !chat.offsetParent || chat.innerHTML !== before; }",
        arg=before,
    )
    settle(page)


def go_on(page: Page) -> None:
    """Go on to the next round where one has ended."""
    if page.locator("#next-round").is_visible():
        page.click("#next-round")
        page.wait_for_selector("#composer:visible")
        settle(page)


def play(page: Page, answers: list[str], turns: int) -> None:
    """Give so many answers, going on to the next round where one has ended."""
    for text in answers[:turns]:
        if page.locator("#report-page .report").is_visible():
            return
        go_on(page)
        answer(page, text)


def picture(page: Page, name: str, *, full: bool = False) -> None:
    """Write one picture."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=full)
    click.echo(f"{path}: {path.stat().st_size // 1000} KB")


def english(browser: Browser, address: str, answers: list[str]) -> None:
    """The whole way in English: desktop, phone, dark, scene and report."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(60_000)
    opened(page, address)
    picture(page, "home-desktop")
    begin(page, address)
    play(page, answers, 2)
    answer(page, "Before I answer: how many people are in the data team?")
    page.click("a.mark >> nth=-1")
    page.wait_for_timeout(2600)
    picture(page, "room-desktop")
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(400)
    picture(page, "room-phone")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.wait_for_selector("#chat .message-examiner")
    page.wait_for_timeout(800)
    picture(page, "room-dark")
    page.emulate_media(color_scheme="light")
    rest = answers[2:]
    for number, text in enumerate(rest[:MOST_TURNS]):
        if page.locator("#next-round").is_visible():
            picture(page, "scene-desktop")
            break
        play(page, [text], 1)
        rest = rest[:0] or answers[3 + number :]
    play(page, [*rest, *answers], MOST_TURNS)
    page.wait_for_selector("#report-page .report")
    picture(page, "report-desktop")
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(400)
    picture(page, "report-phone")
    context.close()


def chinese(browser: Browser, address: str, answers: list[str]) -> None:
    """The start page and the room in Chinese."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    begin(page, address)
    play(page, answers, 3)
    picture(page, "room-zh")
    context.close()


def preparing(browser: Browser, address: str) -> None:
    """Research put in, asked, and drawn together: desktop, then phone in the dark."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}research")
    page.fill("input[name=name]", "Marlow General")
    page.click(".begin button")
    page.set_input_files("#files", [*(PACK / name for name in GOLD_GIVEN)])
    page.click("#take-in")
    page.wait_for_selector("#held")
    page.fill("[name=ask]", "How many beds does the hospital have?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    page.evaluate("scrollTo(0, 0)")
    picture(page, "research-desktop")
    page.goto(f"{address}prepare/brightwell")
    page.click(".cited summary >> nth=2")
    picture(page, "prepare-desktop")
    page.goto(f"{address}prepare/brightwell/quiz?seed=4")
    page.click("button.option >> nth=1")
    page.wait_for_selector(".verdict")
    picture(page, "quiz-desktop")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}research/marlow-general")
    picture(page, "research-phone")
    page.goto(f"{address}prepare/brightwell")
    picture(page, "prepare-phone")
    context.close()


def preparing_in_chinese(browser: Browser, address: str) -> None:
    """The prepare page in Chinese."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}prepare/chengyuan")
    page.click(".cited summary >> nth=1")
    picture(page, "prepare-zh")
    context.close()


def keep_evaluation(home: Path) -> None:
    """Keep an evaluation of simulated interviews in a data folder."""
    settings = Settings.from_environment()
    for words in (
        ["simulate", "brightwell", "--role", "data-engineer", "--candidates", "20",
         "--out", str(home / "runs")],
        ["evaluate", str(home / "runs"), "--keep", "simulated"],
    ):  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "interviewer", *words], check=True, capture_output=True,
            env=settings.environment(home=home),
        )  # fmt: skip


def evaluating(browser: Browser, address: str) -> None:
    """A run's figures, a transcript with its labels, and the same on a phone in the dark."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}evaluate/simulated")
    picture(page, "evaluate-desktop")
    page.locator(".finding").first.click()
    page.fill("input[name=rater]", "Anna")
    page.click(".rating button")
    page.locator(".verdict button").first.click()
    page.wait_for_selector(".verdict button[aria-pressed=true]")
    picture(page, "evaluate-label")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    picture(page, "evaluate-phone")
    context.close()


def answers_of(company: str) -> list[str]:
    """Return the answers that come with an employer to try."""
    path = Settings.from_environment().knowledge / company / "try" / "answers.txt"
    return path.read_text(encoding="utf-8").splitlines()


@click.command()
@click.option("--browser", "executable", default="/usr/bin/chromium", show_default=True)
def main(executable: str) -> None:
    """Make every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_app(keep_evaluation) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        english(browser, address, answers_of("brightwell"))
        chinese(browser, address, answers_of("chengyuan"))
        preparing(browser, address)
        preparing_in_chinese(browser, address)
        evaluating(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
