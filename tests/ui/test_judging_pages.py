"""A model judges a visitor's interview: who may ask for it, what is shown, what is kept."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.assessment import assess
from interviewer.interview.annotations import JUDGEMENT
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.models.naming import Access, understood
from interviewer.transcript import Transcript
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.drawing import draw_judging
from interviewer.ui.intakes import Intakes
from interviewer.ui.judging import JudgingRoom, UnderWay
from interviewer.ui.pages import add_pages
from interviewer.ui.study import Study
from interviewer.ui.visitors import open_visitors
from interviewer.ui.words import words_for
from interviewer.wiring import Settings, prepare_home
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.fakes import FakeModel, Script, running

FORM = {"Sec-Fetch-Site": "same-origin"}
PATIENCE = 60


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr")
    return held(rehearsals, plan, try_answers("brightwell"))


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    """Return a model on this machine."""
    with running(Script()) as model:
        yield model


class Place:
    """The pages of an app whose model is agreed to, and its visitors."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.room = desk, JudgingRoom(desk)
        self.visitors = open_visitors(settings.home)
        self.app = FastAPI(lifespan=self._lifespan)
        study = Study(Collection(desk, settings, Intakes(desk.research), None))
        add_pages(self.app, study, self.visitors, self.room)
        self.app.add_middleware(CookieGiver, visitors=self.visitors)

    @asynccontextmanager
    async def _lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        yield
        await self.room.close()
        await self.desk.close()

    def browser(self) -> TestClient:
        """Return a visitor's browser."""
        made = TestClient(
            self.app, base_url="http://127.0.0.1", headers=FORM, follow_redirects=False
        )
        made.get("/models")
        return made

    def kept(self, transcript: Transcript, browser: TestClient, name: str) -> str:
        """Keep an interview as a browser's own."""
        visitor = self.visitors.digest(dict(browser.cookies))
        asyncio.run(self.desk.store.create(replace(transcript, id=name), visitor=visitor))
        return name


@pytest.fixture
def place(tmp_path: Path, fake: FakeModel) -> Iterator[Place]:
    """Return an app where INTERVIEWER_MODEL names the fake model."""
    settings = Settings.from_environment(
        {"INTERVIEWER_HOME": str(tmp_path), "INTERVIEWER_MODEL": "openai:fake",
         "OPENAI_BASE_URL": fake.base_url}
    )  # fmt: skip
    prepare_home(settings)
    desk = open_desk(settings, alone=False)
    yield Place(desk, settings)
    desk.research.close()
    desk.store.close()


def waited(browser: TestClient, address: str) -> str:
    """Return where the page of a judgement leads when it is done."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        answer = browser.get(address)
        if answer.status_code == 303:
            return answer.headers["location"]
        assert f'data-poll="{address}/progress"' in answer.text
        time.sleep(0.05)
    raise AssertionError("the judgement does not end")


def test_a_model_judges_and_its_levels_stay(place: Place, over: Transcript) -> None:
    """One form, a page that follows, then the report; what was said is kept beside it."""
    with place.browser() as browser:
        session = place.kept(over, browser, "one")
        address = f"/sessions/{session}/judging"
        begun = browser.post(address, data={"model": "openai:fake"})
        assert (begun.status_code, begun.headers["location"]) == (303, address)
        again = browser.post(address, data={"model": "openai:fake"})
        assert again.status_code == 303
        assert waited(browser, address) == f"/?s={session}"
        assert browser.get(f"{address}/progress").text == ""
    notes = asyncio.run(place.desk.store.annotations(session))
    assert [note.kind for note in notes] == [JUDGEMENT]
    transcript = asyncio.run(place.desk.store.load(session))
    report = asyncio.run(place.desk.report(transcript))
    assert report.judgement is not None
    assert report.judgement.judge == "fake"
    levels = [c.score.level for part in report.rounds for c in part.competencies if c.judged]
    rules = assess(transcript, place.desk.library)
    assert len(levels) > 1
    assert levels != [c.score.level for part in rules.rounds for c in part.competencies]


def test_nobody_else_can_ask_or_look(place: Place, over: Transcript, fake: FakeModel) -> None:
    """A stranger's browser, another site's form and a model that is not offered are refused."""
    owner, stranger = place.browser(), place.browser()
    session = place.kept(over, owner, "two")
    address = f"/sessions/{session}/judging"
    form = {"model": "openai:fake"}
    assert stranger.post(address, data=form).status_code == 404
    assert stranger.get(address).status_code == 404
    foreign = owner.post(address, data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    assert owner.post(address, data={"model": "openai:other"}).status_code == 400
    assert owner.post("/sessions/none/judging", data=form).status_code == 404
    assert fake.requests == []
    assert owner.get(address).headers["location"] == f"/?s={session}"


def test_an_interview_that_goes_on_or_holds_nothing_is_not_judged(
    place: Place, over: Transcript, fake: FakeModel
) -> None:
    """The page says why, and no model is asked."""
    browser = place.browser()
    half = replace(over, turns=over.turns[:4])
    empty = replace(
        over, turns=tuple(replace(t, content="") if t.by_candidate else t for t in over.turns)
    )
    for name, transcript, says in (("half", half, "not over"), ("empty", empty, "No answer")):
        place.kept(transcript, browser, name)
        answer = browser.post(f"/sessions/{name}/judging", data={"model": "openai:fake"})
        assert answer.status_code == 400
        assert says in answer.text
        assert place.room.under_way(name) is None
    assert fake.requests == []


def test_an_interview_forgotten_meanwhile_keeps_nothing(place: Place, over: Transcript) -> None:
    """The judgement ends in silence, and the page says that the interview is not there."""
    with place.browser() as browser:
        session = place.kept(over, browser, "gone")
        address = f"/sessions/{session}/judging"
        browser.post(address, data={"model": "openai:fake"})
        asyncio.run(place.desk.store.forget(session))
        until = time.monotonic() + PATIENCE
        while place.room.under_way(session) and time.monotonic() < until:
            browser.get("/models")
        assert place.room.under_way(session) is None
        assert browser.get(address).status_code == 404


def test_the_form_names_where_answers_go() -> None:
    """Each model with its place; nothing at all where no model can be asked."""
    for language in ("en", "zh"):
        words = words_for(language)
        here = understood("ollama:small", Access())
        there = understood("openai:large", Access("key"))
        form = draw_judging([here, there], None, "s/1", words)
        assert re.findall(r'<option value="([^"]+)"', form) == ["ollama:small", "openai:large"]
        assert "api.openai.com" in form
        assert 'action="/sessions/s/1/judging"' in form
        assert words["judge_lead"] in form
        assert draw_judging([], None, "s", words) == ""
        shown = draw_judging([here], UnderWay("small", 2, 9), "s", words)
        assert "<form" not in shown
        assert words["judging_see"] in shown


def test_the_model_that_spoke_is_offered_first(place: Place, over: Transcript) -> None:
    """It is the one its candidate knows already."""
    place.desk.speakers.allow(["openai:another"])
    told = replace(over, interview=replace(over.interview, model="openai:fake"))
    names = asyncio.run(place.room.offered(told, None))
    assert [name.text for name in names] == ["openai:fake", "openai:another"]


def test_what_is_under_way_ends_with_the_app(place: Place, over: Transcript) -> None:
    """Closing waits for nobody's model."""

    async def scenario() -> None:
        await place.desk.store.create(replace(over, id="late"), visitor="v")
        await place.room.begin("late", "v", "openai:fake")
        await place.room.close()
        assert place.room.under_way("late") is None
        await place.desk.close()

    asyncio.run(scenario())
