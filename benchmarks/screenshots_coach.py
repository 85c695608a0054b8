"""Pictures of a coach's pages, of invented people: `python -m benchmarks.screenshots_coach`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, TypeVar

import click
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.screenshots import DESKTOP, FLAGS, FOLDER, PHONE, picture
from benchmarks.starting import free_port
from interviewer.people.accounts import Account
from interviewer.people.remarks import Remark
from interviewer.storage import SqlPeople, SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.ui.doorkeeper import LOGIN_COOKIE
from interviewer.wiring import Settings
from tests.ui.running import App

T = TypeVar("T")
NAMES = ("Amara Diallo", "Ben Okafor", "Chen Li", "Dara Quinn", "Elif Kaya", "Farid Nasser",
         "Greta Lund", "Hana Sato", "Ivo Marin")  # fmt: skip
_PASSWORD = "four words in a row"
_AUTH = {"INTERVIEWER_AUTH": "on"}


def main_of(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


def simulated(home: Path) -> list[Transcript]:
    """Return two short interviews for each candidate but the last."""
    out = home / "runs"
    subprocess.run(
        [sys.executable, "-m", "interviewer", "simulate", "brightwell", "--role", "data-engineer",
         "--format", "single:technical", "--candidates", str(2 * len(NAMES) - 2), "--seed", "11",
         "--out", str(out)],
        check=True, capture_output=True, env=Settings.from_environment().environment(home=home),
    )  # fmt: skip
    files = sorted(out.glob("simulated-*.jsonl"))
    return [made for path in files for made in load_all(path.read_text(encoding="utf-8"))]


@contextmanager
def coached(home: Path) -> Iterator[tuple[str, str, str]]:
    """Run the app with a coach and candidates; yield address, the coach's token and a session."""
    held = simulated(home)
    app = App(home, free_port(), settings=_AUTH, shows="/healthz")
    app.start()
    engine = open_engine(
        Settings.from_environment({"INTERVIEWER_HOME": str(home), **_AUTH}).database
    )
    store, people = SqlSessionStore(engine), SqlPeople(engine)
    coach = main_of(people.add("Dana Field", "coach", _PASSWORD))
    first = ""
    for number, name in enumerate(NAMES):
        candidate = main_of(people.add(name, "candidate", _PASSWORD))
        main_of(people.accept(main_of(people.invite(coach)), candidate))
        for take, transcript in enumerate(held[2 * number : 2 * number + 2]):
            session = _kept(store, transcript, candidate, number, take)
            main_of(people.share(candidate, session, coach.id, "report"))
            first = first or session
    remark = Remark(
        "comment", "interview", "The two-minute version of this story is the strong one."
    )
    main_of(people.remark(first, coach, remark))
    try:
        yield app.address, main_of(people.let_in(coach)), first
    finally:
        app.stop()
        store.close()


def _kept(
    store: SqlSessionStore, transcript: Transcript, candidate: Account, number: int, take: int
) -> str:
    created = f"2026-11-{2 + 9 * take + number:02d}T09:00:00Z"
    # What is simulated is compared with nobody's interviews; here it stands in for some.
    extra = {k: v for k, v in transcript.interview.extra.items() if k != "simulated"}
    interview = replace(transcript.interview, created=created, extra=MappingProxyType(extra))
    kept = replace(transcript, id=f"{transcript.id}-{number}-{take}", interview=interview)
    main_of(store.create(kept, visitor=candidate.key))
    return kept.id


def both(page: Page, name: str) -> None:
    """Take a page on a desk in the light and on a phone in the dark."""
    for size, viewport, scheme in (("desktop", DESKTOP, "light"), ("phone", PHONE, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
        page.wait_for_timeout(250)
        picture(page, f"{name}-{size}")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")


def every_page(browser: Browser, address: str, token: str, session: str) -> None:
    """Go through a coach's pages."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB")
    context.add_cookies([{"name": LOGIN_COOKIE, "value": token, "url": address}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}coach")
    both(page, "coach")
    page.goto(f"{address}coach/sessions/{session}")
    both(page, "coach-session")
    page.goto(f"{address}coach/sessions/{session}/replay")
    both(page, "coach-replay")
    page.goto(f"{address}coach/cohort")
    page.click("form[action='/coach/cohort/open'] button")
    page.wait_for_selector("#taking", state="detached")
    both(page, "coach-cohort")
    page.goto(f"{address}studio/phrases/hr/en")
    text = page.input_value("textarea >> nth=0")
    page.fill(
        "textarea >> nth=0", text.replace("People first", "What a great answer! People first")
    )
    page.wait_for_timeout(3000)
    both(page, "studio")
    context.close()


@click.command()
@click.option("--browser", "executable", default="/usr/bin/chromium", show_default=True)
def main(executable: str) -> None:
    """Make every picture of a coach's pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as home,
        coached(Path(home)) as (address, token, session),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        every_page(browser, address, token, session)
        browser.close()


if __name__ == "__main__":
    main()
