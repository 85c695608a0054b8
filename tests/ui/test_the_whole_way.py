"""One visitor's whole way: start page, three rounds, report, downloads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from interviewer import transcript_file
from tests.conftest import try_answers
from tests.ui.conftest import PHONE, WIDER_THAN_SCREEN, answer, begin, said, settle, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PERSONAS = ["hr", "technical", "boss"]


@dataclass
class Way:
    """What the visitor saw on the way, and the page with the report."""

    page: Page
    session: str
    steps: list[str] = field(default_factory=list)
    personas: list[str] = field(default_factory=list)
    accents: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    scenes: list[str] = field(default_factory=list)
    wide: list[bool] = field(default_factory=list)

    def look(self) -> None:
        """Remember how the room looks as a round begins."""
        page = self.page
        head = page.locator(".room-head")
        self.personas.append((head.get_attribute("class") or "").split("persona-")[1])
        self.accents.append(
            head.evaluate("e => getComputedStyle(e).getPropertyValue('--accent').trim()")
        )
        self.steps.append(page.locator(".step[aria-current=step] .step-number").inner_text())
        self.names.append(page.locator(".strip h1").inner_text())
        self.lines.append(page.locator(".strip .who p").inner_text())
        self.greetings.append(
            page.locator("#chat .log .message-examiner .said").first.inner_text()
        )
        size = page.viewport_size
        page.set_viewport_size(PHONE)
        page.wait_for_timeout(150)
        self.wide.append(page.evaluate(WIDER_THAN_SCREEN))
        page.set_viewport_size(size)


@pytest.fixture(scope="module")
def way(chromium_browser: Browser, address: str) -> Iterator[Way]:
    """Hold one interview from its start to its report."""
    with visiting(chromium_browser, address) as page:
        way = Way(page, begin(page, address))
        way.look()
        for text in try_answers("brightwell"):
            if page.locator("#report-page .report").is_visible():
                break
            if page.locator("#next-round").is_visible():
                way.scenes.append(page.locator(".scene").inner_text())
                page.click("#next-round")
                page.wait_for_selector("#composer:visible")
                settle(page)
                way.look()
            answer(page, text)
        yield way


def test_three_rounds_end_in_a_report(way: Way) -> None:
    """The answers to try lead through two scenes to a report."""
    assert way.page.locator("#report-page .report").is_visible()
    assert way.page.locator(".report-bar h1").inner_text() == "Your report"
    assert not way.page.locator("#room").is_visible()
    assert ["Round 1 is over" in way.scenes[0], "Round 2 is over" in way.scenes[1]] == [True] * 2
    assert len(way.scenes) == 2


def test_the_head_follows_the_round(way: Way) -> None:
    """Stepper, examiner, line and accent change with each round."""
    assert way.steps == ["1", "2", "3"]
    assert way.personas == PERSONAS
    assert len(set(way.accents)) == 3
    assert len(set(way.names)) == 3
    for number, line in enumerate(way.lines, start=1):
        assert f"Round {number} of 3" in line


def test_every_examiner_greets_in_their_own_way(way: Way) -> None:
    """Each examiner opens with other words, and introduces nobody else."""
    assert len(set(way.greetings)) == 3
    for number, greeting in enumerate(way.greetings):
        first_names = [name.split()[0] for name in way.names]
        assert first_names[number] in greeting
        openings = [other.split()[:4] for other in way.greetings]
        assert openings.count(greeting.split()[:4]) == 1


def test_the_downloads_hold_the_interview(way: Way) -> None:
    """The report is Markdown, and the transcript loads with three closes."""
    report, transcript = (
        way.page.request.get(way.page.locator(f".report-actions a[href$='{name}']").evaluate(
            "a => a.href"))
        for name in ("report.md", "transcript.jsonl")
    )  # fmt: skip
    assert report.status == transcript.status == 200
    assert report.text().startswith("#")
    assert len(report.text()) > 1000
    loaded = transcript_file.load(transcript.text())
    assert loaded.id == way.session
    closes = [turn.round for turn in loaded.turns if turn.move and turn.move.kind == "close"]
    assert closes == PERSONAS
    spoken = {turn.name for turn in loaded.turns if turn.by_examiner and turn.round == "boss"}
    assert len(spoken) == 1


def test_a_download_link_downloads(way: Way) -> None:
    """A click on a link gives a file and leaves the page as it is."""
    with way.page.expect_download() as download:
        way.page.click(".report-actions a[href$='transcript.jsonl']")
    assert download.value.suggested_filename == "transcript.jsonl"
    assert way.page.locator("#report-page .report").is_visible()


def test_nothing_scrolls_sideways_on_a_phone(way: Way) -> None:
    """Room and report fit a screen 390 pixels wide."""
    assert way.wide == [False] * 3
    size = way.page.viewport_size
    way.page.set_viewport_size(PHONE)
    way.page.wait_for_timeout(200)
    assert not way.page.evaluate(WIDER_THAN_SCREEN)
    way.page.set_viewport_size(size)


def test_the_report_stays_after_a_reload(way: Way) -> None:
    """The report's address shows the report again, and the start page lists it as finished."""
    shown = way.page.locator("#report-page .report").inner_text()
    way.page.reload()
    way.page.wait_for_selector("#report-page .report")
    assert way.page.locator("#report-page .report").inner_text() == shown
    way.page.click(".report-actions a.button-quiet")
    way.page.wait_for_selector(".cards-past .card")
    assert way.session in (way.page.locator(".cards-past .card").get_attribute("href") or "")
    assert said(way.page, "candidate") == []
