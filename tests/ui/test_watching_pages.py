"""An interview that goes on, without a browser: looked on at, whispered into, played back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.put_in import weighed_in
from interviewer.interview.session import Rehearsals, plan_of, stage_of
from interviewer.people.helping import put_in_by, whispers_in
from interviewer.transcript import Transcript, Turn
from interviewer.ui.pages.replaying import gap_of, steps
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.coached import Place, coached, said

QUESTION = "Which of your habits would you not take to a new team?"


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    return held(
        rehearsals, make_plan("brightwell", format_id="single:hr"), try_answers("brightwell")
    )


class Room:
    """Ann in an interview, Cleo who may help in it."""

    def __init__(self, place: Place) -> None:
        self.place, self.desk = place, place.desk
        self.given = iter(try_answers("brightwell"))
        self.session = self.begun()
        self.show("help")
        self.coach, self.ann = place.browser(place.cleo), place.browser(place.ann)
        self.here = f"/coach/sessions/{self.session}"

    def begun(self, *, practice: bool = True) -> str:
        """Begin an interview and let the examiner open it."""

        async def begin() -> str:
            session = await self.desk.begin(
                self.place.ann.key, company="brightwell", role="data-engineer", language="en",
                cv="", advert="", format_id="single:hr", practice=practice,
            )  # fmt: skip
            async for _ in self.desk.speak(session, self.place.ann.key):
                pass
            return session

        return asyncio.run(begin())

    def show(self, shown: str) -> None:
        """Let Ann show so much of it."""
        people, ann, cleo = self.place.people, self.place.ann, self.place.cleo
        asyncio.run(people.share(ann, self.session, cleo.id, shown))  # type: ignore[arg-type]  # one of the choices

    def answered(self) -> Transcript:
        """Let Ann answer and the examiner go on."""

        async def answer() -> Transcript:
            key = self.place.ann.key
            await self.desk.answer(self.session, key, next(self.given), None)
            async for _ in self.desk.speak(self.session, key):
                pass
            return await self.desk.store.load(self.session)

        return asyncio.run(answer())

    def live(self, known: str = "", after: int = 0) -> object:
        """Return what Cleo's page gets when it asks."""
        return self.coach.get(f"{self.here}/live", params={"known": known, "after": after})

    def put(self, what: str, browser: TestClient | None = None, **form: str) -> int:
        """Let Cleo, or another, whisper or put something in; return the status."""
        answer = (browser or self.coach).post(f"{self.here}/{what}", data=form)
        return answer.status_code


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, over: Transcript, library: Library
) -> Iterator[Place]:
    """Return the pages with a coach and a candidate."""
    with (
        pytest.MonkeyPatch.context() as patched,
        coached(tmp_path_factory.mktemp("home"), patched, over, library) as made,
    ):
        yield made


@pytest.fixture
def room(place: Place) -> Room:
    """Return an interview under way."""
    return Room(place)


def test_a_turn_is_there_as_soon_as_it_is_committed(room: Room) -> None:
    """The page asks with what it shows: nothing where that is all, else what follows."""
    page = room.coach.get(f"{room.here}/watch")
    assert page.status_code == 200
    assert "the round begins" in said(page.text)
    token = re.search(r'data-token="([^"]+)" data-count="1"', page.text)
    assert token is not None
    assert room.live(token[1], 1).status_code == 204  # type: ignore[attr-defined]  # an answer
    transcript = room.answered()
    fresh = room.live(token[1], 1).text  # type: ignore[attr-defined]  # the same
    assert re.findall(r'id="turn-(\d+)"', fresh) == ["2", "3"]
    for turn in transcript.turns[1:]:
        assert " ".join(turn.content.split()) in said(fresh)
    assert transcript.turns[2].move is not None
    assert transcript.turns[2].move.reason in said(fresh)


def test_taking_back_ends_looking_on_at_the_next_moment(room: Room) -> None:
    """Page, live turns, replay and forms are gone; the candidate is told of nobody any more."""
    room.show("transcript")
    assert room.live().status_code == 200  # type: ignore[attr-defined]  # an answer
    assert room.put("whisper", text="x") == 404
    assert "lets you watch, not help" in said(room.coach.get(f"{room.here}/watch").text)
    room.show("nothing")
    for path in ("watch", "live", "replay"):
        assert room.coach.get(f"{room.here}/{path}").status_code == 404
    for path in ("whisper", "question", "takeback"):
        assert room.put(path, text="Why?", number="x") == 404
    assert "Cleo" not in room.ann.get(f"/sessions/{room.session}/beside").text


def test_the_candidate_is_told_who_may_be_watching(room: Room) -> None:
    """Who may look in, and who has the page open; a stranger is told nothing."""
    beside = f"/sessions/{room.session}/beside"
    assert "Cleo can look in." in said(room.ann.get(beside).text)
    room.live()
    assert "Cleo may be watching." in said(room.ann.get(beside).text)
    assert room.coach.get(beside).status_code == 404
    stranger = room.place.browser(room.place.made("Ben", "candidate"))
    assert stranger.get(beside).status_code == 404


def test_a_whisper_reaches_the_candidate_and_stands_with_the_answer(room: Room) -> None:
    """Shown once it is asked for, kept with the answer, over with it."""
    beside = f"/sessions/{room.session}/beside"
    assert room.put("whisper", text="Name the figure.") == 303
    assert "not seen yet" in said(room.coach.get(f"{room.here}/watch").text)
    shown = said(room.ann.get(beside).text)
    assert "Cleo whispers to you alone Name the figure." in shown
    assert "seen, no answer yet" in said(room.coach.get(f"{room.here}/watch").text)
    transcript = room.answered()
    assert [hint.text for hint in whispers_in(transcript.turns[1])] == ["Name the figure."]
    assert all("Name the figure." not in turn.content for turn in transcript.turns)
    assert "Name the figure." not in room.ann.get(beside).text
    page = said(room.coach.get(f"{room.here}/watch").text)
    assert "seen before answer 2" in page
    assert "whispered by the coach Name the figure." in page
    room.put("whisper", text="Too late.")
    room.answered()
    assert "the answer was quicker; not seen" in said(room.coach.get(f"{room.here}/watch").text)


def test_a_question_put_in_is_asked_and_marked(room: Room) -> None:
    """Refused with a sentence where nobody may ask it; else asked as the coach's."""
    refused = room.coach.post(f"{room.here}/question", data={"text": "Are you married?"})
    assert refused.status_code == 400
    assert "nobody may ask" in said(refused.text)
    assert "Are you married?" in refused.text
    plan = plan_of(asyncio.run(room.desk.store.load(room.session)))
    about = weighed_in(plan.rounds[0])[0]
    assert room.put("question", text=QUESTION, about=about) == 303
    assert "waits for its moment" in said(room.coach.get(f"{room.here}/watch").text)
    for _ in range(12):
        transcript = room.answered()
        if put_in_by(transcript.turns[-1]):
            break
    asked = transcript.turns[-1]
    assert (asked.content, asked.move.by if asked.move else "") == (QUESTION, "coach")
    assert stage_of(transcript).pending is not None
    page = said(room.coach.get(f"{room.here}/watch").text)
    assert f"asked in turn {asked.seq}" in page
    assert "put in by the coach" in page
    assert "put in by the coach" in said(room.coach.get(room.here).text)


def test_a_question_is_taken_back_before_it_is_asked(room: Room) -> None:
    """By whoever put it in, and then it is asked by nobody."""
    room.put("question", text=QUESTION)
    page = room.coach.get(f"{room.here}/watch").text
    number = re.search(r'name="number" value="([^"]+)"', page)
    assert number is not None
    assert room.put("takeback", number=number[1]) == 303
    assert room.put("takeback", number=number[1]) == 404
    for _ in range(4):
        assert not put_in_by(room.answered().turns[-1])


def test_nobody_helps_in_an_examination_or_when_it_is_over(room: Room) -> None:
    """The page says so, and so does a form that is sent all the same."""
    room.session = room.begun(practice=False)
    room.here = f"/coach/sessions/{room.session}"
    room.show("help")
    page = said(room.coach.get(f"{room.here}/watch").text)
    assert "nobody helps in it" in page
    assert room.put("whisper", text="x") == 400
    room.session, room.here = "one", "/coach/sessions/one"
    room.show("help")
    assert "The interview is over." in said(room.coach.get(f"{room.here}/watch").text)
    assert room.put("question", text=QUESTION) == 400
    assert "whispers" not in room.ann.get("/sessions/one/beside").text


def test_an_interview_is_played_back_with_what_the_director_knew(
    room: Room, over: Transcript
) -> None:
    """Every turn with its time, and before each of the examiner's what was known."""
    room.session = "one"
    room.show("transcript")
    page = room.coach.get("/coach/sessions/one/replay").text
    assert re.findall(r'id="played-(\d+)"', page) == [str(n + 1) for n in range(len(over.turns))]
    words = said(page)
    for turn in over.turns:
        assert " ".join(turn.content.split()) in words
    assert page.count("What the director knew") == sum(turn.by_examiner for turn in over.turns)
    assert "Next in the plan" in words


def test_times_between_turns_are_told_where_they_are_known(library: Library) -> None:
    """A file that gives no times is played step by step; one without a plan too."""
    turns = (
        Turn(1, "assistant", "Why?", round="hr", at="2026-11-22T10:00:00Z"),
        Turn(2, "user", "So.", round="hr", at="2026-11-22T10:01:05.4Z"),
        Turn(3, "user", "And.", round="hr", at="yesterday"),
        Turn(4, "user", "Then.", round="hr"),
    )
    played = steps(Transcript("t", turns=turns), library)
    assert [(step.gap, step.at) for step in played] == [(0, 0), (65.4, 65.4), (0, 65.4), (0, 65.4)]
    assert [step.known for step in played] == [None] * 4
    assert [gap_of(seconds) for seconds in (5, 65.4, 3725)] == ["0:05", "1:05", "1:02:05"]
