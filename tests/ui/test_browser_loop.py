"""What a candidate does after an interview, in a real browser."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import ParamSpec, TypeVar

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import answer, begin, play, settle, skip_rating
from interviewer.assessment import assess
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.ui.visitors import COOKIE, open_visitors
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.printed import pdf_text, squeezed
from tests.ui.conftest import PageMaker
from tests.ui.running import App
from tests.ui.test_browser import fits
from tests.ui.test_browser_axe import grave_in

P = ParamSpec("P")
T = TypeVar("T")
pytestmark = pytest.mark.browser


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something with an event loop of its own; the browser's is under way in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args, **kwargs).result()


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> dict[str, Transcript]:
    """Return a round that was held to its end, by employer."""
    found = {}
    for company in ("brightwell", "chengyuan"):
        rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
        plan = make_plan(company, format_id="single:hr")
        found[company] = apart(held, rehearsals, plan, try_answers(company))
    return found


def shown_to(page: Page, app: App, transcript: Transcript, name: str) -> str:
    """Keep an interview as this browser's own, open it, and return its address."""
    page.goto(app.address)
    page.wait_for_selector("#begin:visible")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    visitor = open_visitors(app.home).digest({COOKIE: cookies[COOKIE]})
    engine = open_engine(app.home / "interviews.sqlite3")
    try:
        store, kept = SqlSessionStore(engine), replace(transcript, id=name)
        apart(lambda: asyncio.run(store.create(kept, visitor=visitor)))
    finally:
        engine.dispose()
    address = f"{app.address}?s={name}"
    page.goto(address)
    page.wait_for_selector("#rating, .report")
    return address


def test_own_levels_come_before_the_report(
    app: App, open_page: PageMaker, over: dict[str, Transcript], library: Library
) -> None:
    """By keyboard alone one level is chosen and sent; the report has it, and asks never again."""
    page = open_page()
    address = shown_to(page, app, over["brightwell"], "rate-en")
    assert page.locator(".report").count() == 0
    page.wait_for_function("() => document.activeElement.id === 'rating-heading'")
    assert grave_in(page) == []
    page.locator(".rating-levels input:checked").first.focus()
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".rating-item input:checked").first
    assert chosen.get_attribute("value") == "1"
    rubric = library.rubrics[str(chosen.get_attribute("name")).removeprefix("level.")]
    shown = page.locator(".rating-item").first.locator(".rating-anchor:visible")
    assert shown.all_inner_texts() == [f"1 {rubric.anchors[1]['en']}"]
    page.focus("#rating-send")
    page.keyboard.press("Enter")
    page.wait_for_selector(".report")
    assert "your own rating 1" in page.locator(".report-yours:visible").inner_text()
    page.click(".report-all > summary")
    assert "You rated yourself 1" in page.locator(".report-own-level").inner_text()
    page.goto(address)
    page.wait_for_selector(".report")
    assert page.locator("#rating").count() == 0


def test_everything_is_skipped_in_one_click(
    app: App, open_page: PageMaker, over: dict[str, Transcript]
) -> None:
    """On a phone, in Chinese: the form fits, one click leads to the report, and it stays so."""
    page = open_page(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    address = shown_to(page, app, over["chengyuan"], "rate-zh")
    assert "看报告之前" in page.locator("#rating-heading").inner_text()
    assert fits(page)
    small = page.locator(".rating-levels label").evaluate_all(
        "all => all.filter(l => l.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    page.tap("#rating-skip")
    page.wait_for_selector(".report")
    assert page.locator(".report-own-level").count() == 0
    page.goto(address)
    page.wait_for_selector(".report")


def test_another_browser_rates_nothing(
    app: App, open_page: PageMaker, over: dict[str, Transcript]
) -> None:
    """Somebody else's interview is refused in words, and so is a level that nobody offered."""
    page = open_page(strict=False)
    shown_to(page, app, over["brightwell"], "rate-mine")
    action = f"{app.address}sessions/rate-mine/rating"
    wrong = page.request.post(action, form={"level.communication": "9"})
    assert wrong.status == 400
    assert "There is no level 9" in wrong.text()
    odd = page.request.post(action, form={"level.communication": "²"})
    assert (odd.status, "one of the numbers" in odd.text()) == (400, True)
    stranger = open_page(strict=False)
    stranger.goto(app.address)
    refused = stranger.request.post(action, form={"skip": "1"})
    assert refused.status == 404
    assert "another browser" in refused.text()
    page.reload()
    page.wait_for_selector("#rating")


def test_an_interview_leads_to_its_own_levels_first(app: App, open_page: PageMaker) -> None:
    """While the interview goes on nothing can be rated; at its end the form stands there."""
    page = open_page(strict=False)
    begin(page, app.address)
    answer(page, try_answers("brightwell")[0])
    session = re.sub(r".*s=", "", page.url)
    early = page.request.post(f"{app.address}sessions/{session}/rating", form={"skip": "1"})
    assert (early.status, "not over yet" in early.text()) == (400, True)
    play(page, try_answers("brightwell")[1:2], 1)
    assert page.locator("#composer").is_visible()


BETTER = {
    "brightwell": "In March 2025 I rewrote the retry step of the nightly load because two shops "
    "failed. I checked it with the auditor. As a result failures fell from 9 to 1 a month.",
    "chengyuan": "2025年3月，有两家门店的数据没进来，因为上游改了字段。我自己重写了重试步骤，"
    "又和审计核对了行数。结果每月失败次数从9次降到1次，现在还在用。",
}
LOOKS = {
    "brightwell": {"locale": "en-GB"},
    "chengyuan": {"locale": "zh-CN", "viewport": {"width": 390, "height": 844}},
}


@pytest.mark.parametrize("company", sorted(LOOKS))
def test_an_answer_is_given_again(
    app: App, open_page: PageMaker, over: dict[str, Transcript], company: str
) -> None:
    """From the report into a room with the same question, and out to both answers side by side."""
    page = open_page(**LOOKS[company])
    first = shown_to(page, app, over[company], f"again-{company}")
    skip_rating(page)
    page.locator(".beneath form[action$=redo] button").first.click()
    page.wait_for_selector("#chat .message-examiner")
    settle(page)
    assert page.locator(".step").count() == 1
    assert grave_in(page) == []
    for _ in range(4):
        if page.locator(".report").is_visible():
            break
        answer(page, BETTER[company])
    page.wait_for_selector(".report-redo")
    assert page.locator(".report-try").count() == 2
    assert page.locator(".report-try").last.locator("blockquote").count() > 0
    assert fits(page)
    assert grave_in(page) == []
    page.locator(".beneath form[action$=redo] button").first.click()
    page.wait_for_selector("#redo-anyway")
    assert grave_in(page) == []
    page.click("main .button-quiet")
    page.wait_for_selector(".report-redo")
    page.locator(".report-actions .button").first.click()
    page.wait_for_selector(".report-again")
    assert page.url == first
    page.goto(app.address)
    page.wait_for_selector(".card-again a")
    assert page.locator(".card").count() == 1


def test_a_gap_is_disputed_and_a_drill_ticked(
    app: App, open_page: PageMaker, over: dict[str, Transcript]
) -> None:
    """The form takes a sentence, the report says what came of it with the quote, and keeps it."""
    page = open_page()
    address = shown_to(page, app, over["brightwell"], "dispute-en")
    skip_rating(page)
    said = next(turn.content for turn in over["brightwell"].turns if turn.by_candidate)
    sentence = said.split(". ")[0]
    for text, found in ((sentence, sentence), ("Nothing of the kind was ever said.", "")):
        form = page.locator(".dispute").first
        form.locator("summary").click()
        assert grave_in(page) == []
        form.locator("input[type=radio]").first.check()
        form.locator("textarea").fill(text.upper())
        form.locator("button").click()
        page.wait_for_selector(f".report-verdict q:text-is({text.upper()!r})")
        assert found in page.locator(".report-verdict").last.inner_text()
    page.goto(address)
    page.wait_for_selector(".report-verdict")
    assert page.locator(".report-verdict").count() == 2
    assert "was found in what you said" in page.locator(".report-verdict").last.inner_text()


def test_the_loop_is_its_owners_alone(
    app: App, open_page: PageMaker, over: dict[str, Transcript]
) -> None:
    """Nobody else begins a redo, disputes or ticks; what is incomplete is refused in words."""
    page = open_page(strict=False)
    shown_to(page, app, over["brightwell"], "loop-mine")
    base = f"{app.address}sessions/loop-mine"
    empty = page.request.post(f"{base}/dispute", form={"about": "hr/x", "part": "", "said": "x"})
    assert (empty.status, "quote the sentence" in empty.text()) == (400, True)
    unknown = page.request.post(f"{base}/redo", form={"item": "hr.nothing"})
    assert (unknown.status, "cannot be given again" in unknown.text()) == (400, True)
    ticked = page.request.post(f"{base}/drill", form={"about": "hr/teamwork_conflict"})
    assert ticked.status == 200
    stranger = open_page(strict=False)
    stranger.goto(app.address)
    for name in ("redo", "drill", "dispute"):
        form = {"item": "x", "about": "hr/x", "part": "result", "said": "x"}
        refused = stranger.request.post(f"{base}/{name}", form=form)
        assert refused.status == 404
        assert "another browser" in refused.text()


def test_the_report_is_printed_whole(
    app: App, open_page: PageMaker, over: dict[str, Transcript], library: Library
) -> None:
    """From its head to its notice, folds open, in dark ink even where the screen is dark."""
    page = open_page(color_scheme="dark")
    shown_to(page, app, over["brightwell"], "print-en")
    skip_rating(page)
    report = assess(over["brightwell"], library)
    quotes = [quote.text for c in report.rounds[0].competencies for quote in c.quotes]
    text = unicodedata.normalize("NFKC", pdf_text(page.pdf(format="A4")))  # joined letters apart
    for told in (report.words.sentences["notice"], *quotes):
        assert squeezed(told) in text
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.querySelector('.report h3')).color")
    assert ink == "rgb(29, 31, 36)"
    assert not page.locator(".beneath").first.is_visible()
