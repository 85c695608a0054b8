"""Voice over HTTP: connected by its visitor, asked by its visitor, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.audio.recording import MOST_BYTES
from interviewer.transcript import Transcript, Turn
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.spoken import read_aloud
from interviewer.ui.study import Study
from interviewer.ui.view import room_view
from interviewer.ui.visitors import Visitors, open_visitors
from interviewer.ui.who_speaks import voice_line
from interviewer.ui.words import words_for
from interviewer.wiring import Settings, prepare_home
from tests.fakes import FakeModel, Script
from tests.fakes.sound import wav

KEY = "sk-very-secret-key"
SAID = Script().heard


class House:
    """The pages, with one interview that has begun."""

    def __init__(self, desk: Desk, visitors: Visitors, app: FastAPI, portal: Any) -> None:
        """Keep everything a test needs."""
        self.desk, self.visitors, self.app, self.portal = desk, visitors, app, portal

    def visit(self) -> TestClient:
        """Open a browser on the pages."""
        browser = TestClient(
            self.app, base_url="http://127.0.0.1", headers={"Sec-Fetch-Site": "same-origin"}
        )
        browser.portal = self.portal
        browser.get("/models")
        return browser

    def begun(self, browser: TestClient) -> str:
        """Begin an interview and hear the first question."""
        visitor = self.visitors.digest(browser.cookies)
        assert visitor is not None

        async def begin() -> str:
            session = await self.desk.begin(
                visitor,
                company="brightwell",
                role="data-engineer",
                language="en",
                cv="",
                advert="",
            )
            async for _ in self.desk.speak(session, visitor):
                pass
            return session

        return str(self.portal.call(begin))

    def answer(self, browser: TestClient, session: str, text: str) -> Transcript:
        """Send an answer as the page does."""
        visitor = self.visitors.digest(browser.cookies)
        held: Transcript = self.portal.call(self.desk.answer, session, visitor, text, None)
        return held


@contextmanager
def opened(home: Path, *, alone: bool) -> Iterator[House]:
    """Open the pages, all in one event loop as in the app."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home)})
    prepare_home(settings)
    desk = open_desk(settings, alone=alone)
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, Study(Collection(desk, settings, Intakes(desk.research), None)), visitors)
    app.add_middleware(CookieGiver, visitors=visitors)
    with start_blocking_portal() as portal:
        yield House(desk, visitors, app, portal)
        portal.call(desk.close)
    desk.research.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Pages that only this machine can reach."""
    with opened(tmp_path_factory.mktemp("home"), alone=True) as made:
        yield made


def connect(browser: TestClient, fake: FakeModel, **changes: str) -> str:
    """Connect the fake voice; return the page that follows."""
    filled = {"voice_kind": "compatible", "hears": "whisper", "speaks": "tts", "voice": "alloy",
              "voice_address": fake.base_url, "key": KEY, **changes}  # fmt: skip
    return browser.post("/voice", data=filled).text


def test_a_voice_is_tried_then_kept_for_its_visitor(house: House, fake: FakeModel) -> None:
    """What works is said; the key stands on no page; another browser sees nothing of it."""
    browser, other = house.visit(), house.visit()
    page = connect(browser, fake)
    assert "hears with whisper, reads aloud with tts, alloy." in page
    assert "It reads aloud" in page
    assert KEY not in page
    assert "hears with" not in other.get("/models").text
    other.post("/voice/disconnect")
    assert "hears with" in browser.get("/models").text
    assert "hears with" not in browser.post("/voice/disconnect").text


def test_a_voice_that_fails_is_not_kept(house: House, fake: FakeModel) -> None:
    """The reason is told, what was typed stands in the form, and the key does not."""
    browser = house.visit()
    fake.script = Script(faults=("status_404",), fault_rate=1)
    page = connect(browser, fake)
    assert "knows no such model" in page
    assert f'value="{fake.base_url}"' in page
    assert KEY not in page
    assert house.desk.voices.of(house.visitors.digest(browser.cookies)) is None


def test_an_answer_is_spoken_corrected_and_counted_apart(house: House, fake: FakeModel) -> None:
    """Its words come back to be corrected; sent, it has a line on pace; no sound is kept."""
    browser = house.visit()
    connect(browser, fake)
    session = house.begun(browser)
    heard = browser.post(f"/sessions/{session}/hearing", content=wav(6))
    assert heard.json() == {"text": SAID}
    assert heard.headers["cache-control"] == "no-store"
    transcript = house.answer(browser, session, SAID.removeprefix("Um, "))
    spoken = house.portal.call(house.desk.spoken.kept, transcript)
    assert transcript.last is not None
    assert set(spoken) == {transcript.last.seq}
    view = room_view(transcript, house.desk.library, words_for("en"), spoken=spoken)
    assert "words a minute, 1 filler word heard. Not part of" in view.shown.messages[-1].aloud
    kept = b"".join(
        file.read_bytes() for file in house.desk.own.parent.rglob("*") if file.is_file()
    )
    assert KEY.encode() not in kept
    assert wav(6)[100:400] not in kept


def test_an_answer_that_was_typed_instead_is_not_counted(house: House, fake: FakeModel) -> None:
    """Words that were recognised and thrown away leave no trace."""
    browser = house.visit()
    connect(browser, fake)
    session = house.begun(browser)
    browser.post(f"/sessions/{session}/hearing", content=wav(6))
    transcript = house.answer(browser, session, "In 2024 my team at a hospital opened a ward.")
    assert house.portal.call(house.desk.spoken.kept, transcript) == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "did not arrive as sound"),
        (wav(0.1), "too short"),
        (wav(1, level=0), "Nothing can be heard"),
        (bytes(MOST_BYTES + 1), "at most 5 minutes"),
    ],
)
def test_a_recording_that_cannot_be_used_is_told_why(
    house: House, fake: FakeModel, content: bytes, says: str
) -> None:
    """The script gets one sentence, and the server of sound is not asked."""
    browser = house.visit()
    connect(browser, fake)
    session = house.begun(browser)
    asked = len(fake.requests)
    answer = browser.post(f"/sessions/{session}/hearing", content=content)
    assert answer.status_code == 400
    assert says in answer.json()["fault"]
    assert len(fake.requests) == asked


def test_a_server_that_is_down_is_a_sentence(house: House, fake: FakeModel) -> None:
    """For hearing and for speech, and the interview does not move."""
    browser = house.visit()
    connect(browser, fake)
    session = house.begun(browser)
    fake.script = Script(faults=("status_500",), fault_rate=1)
    hearing = browser.post(f"/sessions/{session}/hearing", content=wav(1))
    speech = browser.get(f"/sessions/{session}/speech/1")
    for answer in (hearing, speech):
        assert answer.status_code == 400
        assert "fault of its own" in answer.json()["fault"]


def test_a_question_is_read_aloud_without_its_marks(house: House, fake: FakeModel) -> None:
    """What an examiner said is spoken, to its visitor alone; nothing else is."""
    browser, other = house.visit(), house.visit()
    connect(browser, fake)
    connect(other, fake)
    session = house.begun(browser)
    spoken = browser.get(f"/sessions/{session}/speech/1")
    assert spoken.headers["content-type"] == "audio/wav"
    assert spoken.headers["cache-control"] == "no-store"
    assert "Helen Marsh" in fake.requests[-1].body["input"]
    turn = Turn(1, "assistant", "We have nine people [2]. Why us?", cites=("a", "b"))
    voice = house.desk.voices.of(house.visitors.digest(browser.cookies))
    house.portal.call(read_aloud, Transcript("t", turns=(turn,)), voice, 1)
    assert fake.requests[-1].body["input"] == "We have nine people. Why us?"
    house.answer(browser, session, "I built it.")
    for browser_of, seq, status in ((browser, 2, 400), (browser, 99, 400), (other, 1, 404)):
        assert browser_of.get(f"/sessions/{session}/speech/{seq}").status_code == status


def test_strangers_and_other_sites_get_nothing(house: House, fake: FakeModel) -> None:
    """Another browser's interview, a forged page, and a browser without a voice are refused."""
    browser, other = house.visit(), house.visit()
    connect(other, fake)
    session = house.begun(browser)
    asked = len(fake.requests)
    address = f"/sessions/{session}/hearing"
    assert "not yours" in other.post(address, content=wav(1)).json()["fault"]
    assert "No voice is connected" in browser.post(address, content=wav(1)).json()["fault"]
    forged = other.post(address, content=wav(1), headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 400
    told = other.post("/voice", data={"hears": "w"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert told.status_code == 400
    assert len(fake.requests) == asked


def test_where_others_reach_the_app_only_openai_can_be_connected(
    tmp_path: Path, fake: FakeModel
) -> None:
    """Nobody makes the server ask an address or open a folder."""
    with opened(tmp_path, alone=False) as open_house:
        browser = open_house.visit()
        page = browser.get("/models").text
        assert 'name="voice_address"' not in page
        assert "alone. Here, connect OpenAI" in connect(browser, fake)
        assert "alone. Here, connect OpenAI" in connect(browser, fake, voice_kind="local")
    assert not fake.requests


def test_the_lasting_line_says_where_sound_goes(house: House, fake: FakeModel) -> None:
    """On this machine nothing leaves it; without a voice nothing is said."""
    browser = house.visit()
    connect(browser, fake)
    voice = house.desk.voices.of(house.visitors.digest(browser.cookies))
    assert "this machine" in voice_line(voice, words_for("en"))
    assert voice_line(None, words_for("en")) == ""
