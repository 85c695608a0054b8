"""Every interview format in a real browser, from the start form to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from benchmarks.screenshots import choose, opened, play, start, to_step
from interviewer.transcript import Transcript
from interviewer.transcript_file import load
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
ANSWERS = {
    "en": (
        "At the depot in Leeds I found that two lists did not fit. I compared them line by line, "
        "wrote the check myself and showed it to the team. Errors fell from 40 a week to 3."
    ),
    "zh": (
        "我先弄清楚情况，再分三步办：第一步到现场看，第二步和相关的人商量，第三步写出办法并限时落实，"
        "最后回访一次，看看问题是不是真的解决了。"
    ),
}
# One answer in each round, then nothing more, so that the round closes early.
THEN_SILENT = 6
OWN = """schema = 1
id = "short_talk"
name = {en = "A short talk of my own", zh = "自编短谈"}
probing = "none"
[[rounds]]
id = "chat"
persona = "hr"
minutes = 10
scored_questions = 2
steps = ["open", "motivation", "behaviour", "close"]
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run the app with a format of one's own in its data folder."""
    home = tmp_path_factory.mktemp("home")
    (home / "formats").mkdir()
    (home / "formats" / "short_talk.toml").write_text(OWN, encoding="utf-8")
    running = App(home)
    running.start()
    yield running
    running.stop()


def _begun(page: Page, app: App, company: str, option: str) -> None:
    opened(page, app.address, company)
    choose(page, "format", option)
    start(page)


def _held(page: Page, language: str) -> Iterator[str]:
    """Yield who examines in each round; answer once a round, then say nothing more."""
    while not page.locator("#report-page .report").is_visible():
        play(page, [ANSWERS[language]], 1)
        yield page.locator("h1").inner_text()
        for _ in range(THEN_SILENT):
            if page.locator("#next-round, #report-page .report").locator("visible=true").count():
                break
            play(page, [""], 1)


def _transcript(page: Page) -> Transcript:
    link = page.locator(".report-bar a[href$='transcript.jsonl']").evaluate("a => a.href")
    return load(page.request.get(link).text())


def _moves(page: Page) -> Counter[str]:
    return Counter(turn.move.kind for turn in _transcript(page).turns if turn.move is not None)


@pytest.mark.parametrize(
    ("language", "company", "option", "examiner"),
    [
        ("en", "brightwell", "One examiner, ten minutes: managing director", "Margaret Osei"),
        ("zh", "chengyuan", "单场快练，十分钟：总经理", "沈国栋"),
    ],
    ids=["en", "zh"],
)
def test_the_boss_alone(
    app: App, open_page: PageMaker, language: str, company: str, option: str, examiner: str
) -> None:
    """One round of ten minutes with the boss leads to the report of that round."""
    page = open_page(locale=LOCALES[language])
    _begun(page, app, company, option)
    assert page.locator(".step").count() == 1
    assert "10" in page.locator("#chat .said").first.inner_text()
    assert list(_held(page, language)) == [examiner]
    assert page.locator(".report-round").count() == 1
    assert page.locator(".report-round-boss").is_visible()


@pytest.mark.parametrize(
    ("language", "company", "option", "examiners"),
    [
        (
            "en", "brightwell", "Company, with a colleague",
            ["Helen Marsh", "Nia Roberts", "Margaret Osei"],
        ),
        ("zh", "chengyuan", "企业三轮，含未来同事", ["陈雅文", "林晓", "沈国栋"]),
    ],
    ids=["en", "zh"],
)  # fmt: skip
def test_a_colleague_in_the_second_round(
    app: App,
    open_page: PageMaker,
    language: str,
    company: str,
    option: str,
    examiners: list[str],
) -> None:
    """HR, a future colleague and the boss follow each other; all three are in the report."""
    page = open_page(locale=LOCALES[language])
    _begun(page, app, company, option)
    assert list(_held(page, language)) == examiners
    report = page.locator("#report-page").inner_text()
    assert page.locator(".report-round").count() == 3
    assert all(name in report for name in examiners)


@pytest.mark.parametrize(
    ("language", "company", "option", "chair", "opening"),
    [
        ("en", "tarrowmere", "Public service panel, British", "Celia Wainright", "panel"),
        ("zh", "lanting", "英国公共部门面试小组", "祝文澜", "小组"),
    ],
    ids=["en", "zh"],
)
def test_a_british_panel(
    app: App,
    open_page: PageMaker,
    language: str,
    company: str,
    option: str,
    chair: str,
    opening: str,
) -> None:
    """One round before a panel; the report has its scale of seven."""
    page = open_page(locale=LOCALES[language])
    _begun(page, app, company, option)
    assert opening in page.locator("#chat .said").first.inner_text()
    assert list(_held(page, language)) == [chair]
    assert page.locator(".report-round").count() == 1
    assert "1–7" in page.locator(".report-overview").inner_text()


@pytest.mark.parametrize(
    ("language", "company", "option", "name", "never"),
    [
        (
            "en", "tarrowmere", "Civil service structured interview, Chinese",
            "My name is Rachel Morgan. ", "Rachel",
        ),
        ("zh", "lanting", "公务员结构化面试", "我叫李明辉。", "李明辉"),
    ],
    ids=["en", "zh"],
)  # fmt: skip
def test_a_civil_service_board(
    app: App,
    open_page: PageMaker,
    language: str,
    company: str,
    option: str,
    name: str,
    never: str,
) -> None:
    """Four questions without a probe, one reminder after a name, then a table of points."""
    page = open_page(locale=LOCALES[language])
    _begun(page, app, company, option)
    first = page.locator("#chat .said").first.inner_text()
    assert "20" in first
    assert "60" in first
    given = [f"{name}{ANSWERS[language]}", *[ANSWERS[language]] * 3]
    play(page, given, 4)
    page.wait_for_selector("#report-page .report")
    assert page.locator(".report-board tr").count() == 6
    reminded = page.locator(".report-board .report-note").all_inner_texts()
    assert any("3" in note for note in reminded)
    assert never not in page.locator(".report-board").inner_text()
    assert _moves(page) == {"open": 1, "ask": 3, "close": 1}


def test_preparing_is_for_the_format_that_was_chosen(app: App, open_page: PageMaker) -> None:
    """The format goes with the candidate to the brief and back to the start form."""
    page = open_page()
    opened(page, app.address, "tarrowmere")
    choose(page, "format", "Public service panel, British")
    to_step(page, "language")
    page.click("#prepare")
    page.wait_for_selector(".by-panel")
    assert page.locator(".by-hr").count() == 0
    page.click("a[href*='format=uk_panel'] >> nth=0")
    page.wait_for_selector("#begin:visible")
    assert page.input_value("#format input") == "Public service panel, British"


@pytest.mark.parametrize(
    ("language", "company", "option"),
    [
        ("en", "brightwell", "A short talk of my own"),
        ("zh", "chengyuan", "自编短谈"),
    ],
    ids=["en", "zh"],
)
def test_a_format_of_one_s_own(
    app: App, open_page: PageMaker, language: str, company: str, option: str
) -> None:
    """A file in the data folder is offered in the form and held as it says, without probes."""
    page = open_page(locale=LOCALES[language])
    _begun(page, app, company, option)
    assert len(list(_held(page, language))) == 1
    assert page.locator(".report-round-chat").count() == 1
    assert not _moves(page)["probe"]
