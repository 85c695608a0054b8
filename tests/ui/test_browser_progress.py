"""Progress over several interviews, and a plan from what was missing, in a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.ui.visitors import open_visitors
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.conftest import PageMaker
from tests.ui.running import App
from tests.unit.assessment_fixtures import STORY
from tests.unit.test_progress_carried import OTHER_STORY

pytestmark = pytest.mark.browser


def apart(work: Callable[..., Transcript | None], *given: object) -> Transcript | None:
    """Return what needs an event loop of its own, which the browser's does not let it have."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given).result()


@pytest.fixture(scope="module")
def interviews(make_plan: PlanMaker, voice: BuiltinVoice) -> tuple[Transcript, ...]:
    """Return three finished interviews for one post, on three days."""
    said = try_answers("brightwell")
    unknown = "I do not know."
    answers = (said, [STORY, OTHER_STORY, STORY, *said[3:]], [unknown, *said[1:9], STORY, STORY])
    made = []
    for day, said in enumerate(answers, start=1):
        rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
        found = apart(held, rehearsals, make_plan(seed=day), said)
        assert found is not None
        settled = replace(found.interview, created=f"2026-11-0{day}T10:00:00Z")
        made.append(replace(found, interview=settled))
    return tuple(made)


def keep(app: App, page: Page, *interviews: Transcript) -> None:
    """Keep interviews as those of the browser that has the page open."""
    page.goto(f"{app.address}progress")
    cookies = {c["name"]: c["value"] for c in page.context.cookies()}  # type: ignore[typeddict-item]  # both are there
    visitor = open_visitors(app.home).digest(cookies)
    assert visitor
    store = SqlSessionStore(open_engine(app.home / "interviews.sqlite3"))
    for number, transcript in enumerate(interviews):
        named = replace(transcript, id=f"{visitor[:12]}{number}")
        apart(lambda kept=named: asyncio.run(store.create(kept, visitor=visitor)))
    store.close()


def fits(page: Page) -> bool:
    """Whether the page needs no sideways scroll."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_before_the_first_interview_there_is_nothing_to_compare(
    app: App, open_page: PageMaker
) -> None:
    """The page says so and leads to an interview; the start page offers no last time."""
    page = open_page(strict=False)  # Gradio logs the requests that leaving its page ends
    page.goto(f"{app.address}progress")
    assert "no interview yet" in page.locator(".progress-empty").inner_text()
    page.click("text=Begin an interview")
    page.wait_for_selector("#begin:visible")
    assert page.locator(".progress-door").count() == 0
    assert not page.locator("#since").is_visible()


def test_levels_and_stories_stand_together(
    app: App, open_page: PageMaker, interviews: tuple[Transcript, ...]
) -> None:
    """A line and its words for each competency, stories with their use; nobody else's."""
    page = open_page()
    keep(app, page, *interviews)
    page.goto(f"{app.address}progress")
    lines = page.locator("svg.trend")
    assert lines.count() > 5
    for number in range(lines.count()):
        told = lines.nth(number).get_attribute("aria-label") or ""
        assert "November 2026" in told
    assert "not scored" in " ".join(
        lines.nth(n).get_attribute("aria-label") or "" for n in range(lines.count())
    )
    said = page.locator(".trend-told").all_inner_texts()
    assert any("told from three interviews on" in text for text in said)
    assert any("the scorer alone varies by" in text for text in said)
    assert "have another ready" in page.locator(".story-over").first.inner_text()
    page.locator(".story summary").first.click()
    assert page.locator(".story[open] a, .story details[open] a").count() > 1
    assert page.locator(".story-missing .badge").count() > 0
    other = open_page()
    other.goto(f"{app.address}progress")
    assert other.locator(".progress-empty").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_it_fits_a_phone_in_both_languages(
    app: App, open_page: PageMaker, interviews: tuple[Transcript, ...], locale: str, scheme: str
) -> None:
    """Nothing scrolls sideways at 390 pixels, and the page is in the browser's language."""
    page = open_page(locale=locale, color_scheme=scheme, viewport={"width": 390, "height": 844})
    keep(app, page, *interviews)
    page.goto(f"{app.address}progress")
    page.wait_for_selector("svg.trend")
    assert fits(page)
    heading = page.locator("h1").inner_text()
    assert heading == ("您的进步" if locale == "zh-CN" else "Your progress")


def test_an_interview_starts_from_what_was_missing_unless_turned_off(
    app: App, open_page: PageMaker, interviews: tuple[Transcript, ...]
) -> None:
    """The choice is on, says what it changes, is recorded in the plan, and can be turned off."""
    page = open_page(strict=False)  # as above
    keep(app, page, *interviews)
    address = f"{app.address}?company=brightwell&post=data-engineer"
    for wanted in (True, False):
        page.goto(address)
        page.wait_for_selector("#since:visible")
        assert page.locator("#since input").is_checked()
        hint = page.locator("#since-hint .field-hint").inner_text()
        assert "from your interview on 3 November 2026" in hint
        assert "not scored" in hint or "below what is asked for" in hint
        if not wanted:
            page.locator("#since input").uncheck()
        page.click("#begin")
        page.wait_for_selector("#answer:visible")
        page.wait_for_function("() => location.search.includes('s=')")
        session = page.url.partition("s=")[2].partition("&")[0]
        kept = page.request.get(f"{app.address}sessions/{session}/transcript.jsonl").json()
        assert ("from" in kept["interview"]["plan"]) == wanted
    page.goto(f"{app.address}?company=brightwell&post=transport-planner")
    page.wait_for_selector("#begin:visible")
    assert not page.locator("#since").is_visible()
