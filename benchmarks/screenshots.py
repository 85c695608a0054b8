"""Makes the pictures of docs/screenshots: plays an interview in Chromium. `make screenshots`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import click
from PIL import Image
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
COLOURS = 128


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


def settle(page: Page, rated: Callable[[], None] | None = None) -> None:
    """Wait until nobody is speaking and no turn is under way.

    Args:
        page: The page.
        rated: Called when the form for one's own levels stands there, before it is left out.
    """
    page.wait_for_function(
        "() => !document.body.dataset.turn && (document.querySelector('#report-page .report') || "
        "document.querySelector('#rating') || "
        "(document.querySelector('#chat .log') && document.querySelector('#chat .log')"
        ".getAttribute('aria-busy') === 'false'))"
    )
    page.wait_for_timeout(50)  # Gradio takes the next key once its last event is put away
    if rated is not None and page.locator("#rating-skip").is_visible():
        rated()
    skip_rating(page)


def skip_rating(page: Page) -> None:
    """Leave out the form for one's own levels, where it stands before the report."""
    if page.locator("#rating-skip").is_visible():
        page.click("#rating-skip")
        page.wait_for_selector("#report-page .report")


def answer(page: Page, text: str, rated: Callable[[], None] | None = None) -> None:
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
    settle(page, rated)


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


def picture(page: Page, name: str) -> None:
    """Write one picture."""
    path = FOLDER / f"{name}.png"
    # Few colours are on these pages: a palette is a quarter of the bytes.
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    click.echo(f"{path}: {path.stat().st_size // 1000} KB")


def pictures(page: Page, name: str, language: str) -> None:
    """Write one page as it stands in every look: desktop and phone, light and dark."""
    for size, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_timeout(250)
            picture(page, f"{name}-{size}-{scheme}-{language}")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")


def every_page(browser: Browser, address: str, language: str, tour: Tour) -> None:
    """Go the whole way in one language, and take every page on it."""
    page = browser.new_context(viewport=DESKTOP, locale=tour.locale).new_page()
    page.set_default_timeout(60_000)
    opened(page, address, tour.company)
    for number in (1, 2, 3, 4):
        page.click(f".form-steps [data-step='{number}']")
        pictures(page, f"home-{number}", language)
    _before(page, address, language, tour)
    _room(page, address, language, tour)
    page.goto(f"{address}?company={tour.company}&format=written")
    page.wait_for_selector("#begin:visible")
    page.click("#begin")
    page.wait_for_url("**/written/**")
    pictures(page, "written", language)
    page.goto(f"{address}?company={tour.authority}&format=civil_service_cn")
    page.wait_for_selector("#begin:visible")
    start(page)
    pictures(page, "board", language)
    page.context.close()


def _before(page: Page, address: str, language: str, tour: Tour) -> None:
    """Take the pages before an interview."""
    for name, path in (
        ("research", f"research/{tour.company}?ask={quote(tour.searches)}"), ("models", "models"),
        ("prepare", f"prepare/{tour.company}"), ("deflect", "deflect"), ("privacy", "privacy"),
    ):  # fmt: skip
        page.goto(f"{address}{path}")
        if name == "prepare":
            page.click(".cited summary >> nth=2")
        # The folder of this run is nobody's; it is shown as it would be on Linux.
        page.evaluate(
            "document.querySelectorAll('.privacy code').forEach("
            "c => { c.textContent = '~/.local/share/three-rounds'; })"
        )
        pictures(page, name, language)
    page.goto(f"{address}prepare/{tour.company}/quiz?seed=4")
    page.click("button.option >> nth=1")
    page.wait_for_selector(".verdict")
    pictures(page, "quiz", language)


def _room(page: Page, address: str, language: str, tour: Tour) -> None:
    """Take the room, the change of examiners, the own rating, the report and the progress."""
    opened(page, address, tour.company)
    start(page)
    answers = answers_of(tour.company)
    play(page, answers, 2)
    answer(page, tour.asks)
    page.click("a.mark >> nth=-1")
    page.wait_for_timeout(2600)
    pictures(page, "room", language)
    answer(page, answers[2])
    page.click(".retake")
    pictures(page, "retake", language)
    page.click(".retake-keep")
    given = iter(answers[3:] * 4)
    seen = False
    for text in given:
        if page.locator("#report-page .report").is_visible():
            break
        if not seen and page.locator("#next-round").is_visible():
            pictures(page, "scene", language)
            seen = True
        go_on(page)
        answer(page, text, rated=lambda: pictures(page, "rating", language))
    page.wait_for_selector("#report-page .report")
    page.evaluate("scrollTo(0, 0)")
    pictures(page, "report", language)
    page.goto(f"{address}progress")
    pictures(page, "progress", language)
    page.goto(address)
    page.wait_for_selector(".cards .card")
    pictures(page, "home-again", language)


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


@dataclass(frozen=True)
class Tour:
    """Where a language's pictures are taken.

    Attributes:
        locale: What the browser asks for.
        company: The employer of the interview.
        authority: The one of the board.
        asks: A question back that the research answers.
        searches: The same to the research itself.
    """

    locale: str
    company: str
    authority: str
    asks: str
    searches: str


TOURS = {
    "en": Tour(
        "en-GB",
        "brightwell",
        "tarrowmere",
        "Before I answer: how many people are in the data team?",
        "How big is the data team?",
    ),
    "zh": Tour(
        "zh-CN",
        "chengyuan",
        "lanting",
        "回答之前想问一下：数据团队有多少人？",
        "数据团队有多少人？",
    ),
}


@click.command()
@click.option("--browser", "executable", default="/usr/bin/chromium", show_default=True)
@click.option("--language", "languages", multiple=True, type=click.Choice(sorted(TOURS)),
              help="Only this; may be given again.")  # fmt: skip
def main(executable: str, languages: tuple[str, ...]) -> None:
    """Make every picture: every page, desktop and phone, light and dark, in both languages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_app(keep_evaluation) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for language in languages or tuple(TOURS):
            every_page(browser, address, language, TOURS[language])
        evaluating(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
