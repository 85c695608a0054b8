"""Deflection practice in pages, asked without a browser: what it asks for, tells and refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from interviewer.content.library import Library
from interviewer.ui.drawing import draw_report
from interviewer.ui.pages.deflect import LONGEST_REPLY, LONGEST_WISH
from interviewer.ui.words import words_for
from tests.ui.test_pages import FORM, visited

Practising = Callable[..., dict[str, object]]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    """Return a browser that has opened the page."""
    with visited(tmp_path, None) as visiting:
        opened = visiting()
        opened.get("/deflect")
        yield opened


def filled(**given: object) -> dict[str, object]:
    """Return a form as the start page sends it, but for what is given."""
    usual = {"country": "uk", "language": "en", "count": "2", "protect": "children", "agreed": "1"}
    return {**usual, "seed": "5", **given}


def asked(library: Library, text: str, language: str = "en") -> list[str]:
    """Return the questions of the bank that stand in a page."""
    return [q.text for q in library.deflection[language].questions if q.text in text]


def test_the_start_asks_before_it_asks(browser: TestClient, library: Library) -> None:
    """It holds no question, its box is empty, and without the box no question comes."""
    start = browser.get("/deflect?country=cn&language=zh")
    assert start.status_code == 200
    assert '<option value="cn" selected' in start.text
    assert '<option value="zh" selected' in start.text
    assert "checked" not in start.text
    assert asked(library, start.text) == asked(library, start.text, "zh") == []
    refused = browser.post("/deflect", data=filled(agreed=""))
    assert refused.status_code == 400
    assert "choose to hear them" in refused.text
    assert 'value="children"' in refused.text
    assert '<option value="uk" selected' in refused.text
    assert asked(library, refused.text) == []


def test_one_question_a_page_each_debriefed_at_once(browser: TestClient, library: Library) -> None:
    """Two questions, two debriefs with way, parts, rule, place to complain, then what to keep."""
    first = browser.post("/deflect", data=filled()).text
    [question] = asked(library, first)
    assert "Question 1 of 2" in first
    reply = "I would rather keep to the job. I can travel two days a week, thank you."
    told = browser.post("/deflect", data=filled(reply=reply)).text
    assert asked(library, told) == [question]
    for text in (
        reply, "A, you", "C, you", "5 of 5", "In your own words", "What may be asked instead",
        "Not legal advice", "You may end an interview", "Acas",
    ):  # fmt: skip
        assert text in told
    second = browser.post("/deflect", data=filled(said=reply)).text
    assert "Question 2 of 2" in second
    assert asked(library, second) != [question]
    silent = browser.post("/deflect", data=filled(said=reply, reply="Yes.", silent="1")).text
    assert "You said nothing." in silent
    over = browser.post("/deflect", data=filled(said=[reply, ""])).text
    assert "What to keep" in over
    assert "I can travel two days a week" in over
    assert len(asked(library, over)) == 2


def test_it_can_be_stopped_at_any_question(browser: TestClient, library: Library) -> None:
    """Who stops is asked nothing more, and a reply begun is not taken."""
    over = browser.post("/deflect", data=filled(reply="Yes, I", stop="1")).text
    assert "What to keep" in over
    assert "Yes, I" not in over
    assert asked(library, over) == []
    assert "Have one ready" in over


def test_a_form_without_a_seed_begins_anew(browser: TestClient) -> None:
    """The first form names no questions; the page that answers it does, and keeps to them."""
    page = browser.post("/deflect", data=filled(seed="")).text
    [seed] = re.findall(r'name="seed" value="(\d+)"', page)
    put = re.findall(r'put-text"[^>]*>([^<]+)<', page)
    assert (
        re.findall(
            r'put-text"[^>]*>([^<]+)<', browser.post("/deflect", data=filled(seed=seed)).text
        )
        == put
    )


def test_what_is_said_is_escaped(browser: TestClient) -> None:
    """Markup in a reply or a wish is shown as it is typed."""
    told = browser.post(
        "/deflect", data=filled(reply="<script>x</script> the job", protect='"><b>')
    ).text
    assert "<script>x" not in told
    assert "&lt;script&gt;x" in told
    assert "<b>" not in told


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"country": "fr"}, "us, uk, eu, cn"),
        ({"language": "fr"}, "en or zh"),
        ({"count": "4"}, "could not be read"),
        ({"count": "two"}, "could not be read"),
        ({"seed": "-1"}, "could not be read"),
        ({"seed": "9" * 12}, "could not be read"),
        ({"said": ["a", "b", "c"]}, "could not be read"),
        ({"said": "x" * (LONGEST_REPLY + 1)}, str(LONGEST_REPLY)),
        ({"reply": "x" * (LONGEST_REPLY + 1)}, str(LONGEST_REPLY)),
        ({"protect": "x" * (LONGEST_WISH + 1)}, "a few words"),
    ],
    ids=["country", "language", "count", "no-number", "seed", "long-seed", "replies", "said",
         "reply", "wish"],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(
    browser: TestClient, wrong: dict[str, object], says: str
) -> None:
    """A country or language there is nothing for, and a form nobody can have filled in."""
    refused = browser.post("/deflect", data=filled(**wrong))
    assert refused.status_code == 400
    assert says in refused.text
    assert "Traceback" not in refused.text


def test_another_site_cannot_put_a_question(browser: TestClient, library: Library) -> None:
    """A form of another site, or of a browser that never opened the page, is refused."""
    foreign = {**FORM, "Sec-Fetch-Site": "cross-site"}
    refused = browser.post("/deflect", data=filled(), headers=foreign)
    assert refused.status_code == 400
    assert asked(library, refused.text) == []
    stranger = TestClient(browser.app, base_url="http://127.0.0.1", headers=FORM)
    assert stranger.post("/deflect", data=filled()).status_code == 400


def test_nothing_of_it_is_stored(browser: TestClient, tmp_path: Path) -> None:
    """After a whole practice no file of the data folder holds a word of it, and no cache may."""
    reply = "Zebrafinch, I would rather keep to the job."
    for step in ({"reply": reply}, {"said": reply}, {"said": [reply, reply]}):
        answer = browser.post("/deflect", data=filled(protect="okapi", **step))
        assert answer.headers["cache-control"] == "no-store"
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        assert b"ebrafinch" not in path.read_bytes(), path
        assert b"okapi" not in path.read_bytes(), path


def test_a_chinese_practice_is_chinese(browser: TestClient, library: Library) -> None:
    """The practice speaks its own language, whatever the browser prefers."""
    page = browser.post("/deflect", data=filled(language="zh", country="cn")).text
    assert 'lang="zh"' in page
    assert len(asked(library, page, "zh")) == 1
    told = browser.post("/deflect", data=filled(language="zh", country="cn", reply="不方便说。"))
    assert "劳动保障监察" in told.text
    assert "不构成法律意见" in told.text


def test_the_report_has_a_door_where_something_was_taught() -> None:
    """Below the report of an interview that taught, and nowhere else, stands the address."""
    words = words_for("en")
    shown = draw_report("<p>R</p>", "s", words, practise="/deflect?country=uk&language=en")
    assert 'href="/deflect?country=uk&amp;language=en"' in shown
    assert "/deflect" not in draw_report("<p>R</p>", "s", words)


def test_doors_lead_to_it(browser: TestClient) -> None:
    """The list of employers to prepare for and each brief have a door; research has none."""
    assert 'href="/deflect"' in browser.get("/prepare").text
    assert 'href="/deflect?language=en"' in browser.get("/prepare/brightwell").text
    assert "/deflect" not in browser.get("/research").text
