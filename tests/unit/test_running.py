"""A turn that is being spoken: heard by all who listen, finished even if nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.leasing import Lease
from interviewer.interview.moves import Move
from interviewer.interview.running import Piece, RunningTurn
from interviewer.interview.session import Rehearsals, new_transcript
from interviewer.interview.voice import Delivery, Scene
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock


async def words(*said: str | Exception) -> AsyncIterator[Piece]:
    """Yield words with pauses, or fail."""
    for word in said:
        await asyncio.sleep(0.001)
        if isinstance(word, Exception):
            raise word
        yield word


def test_everybody_hears_everything() -> None:
    """Who comes late hears the turn from its beginning, and `after` is called once."""

    async def listen() -> tuple[list[Piece], list[Piece], int]:
        over: list[int] = []
        turn = RunningTurn()
        turn.begin(words("a", "b", "c"), lambda: over.append(1))
        early = [piece async for piece in turn.heard()]
        late = [piece async for piece in turn.heard()]
        return early, late, len(over)

    assert asyncio.run(listen()) == (["a", "b", "c"], ["a", "b", "c"], 1)


def test_what_ends_it_early_is_told_to_all() -> None:
    """Pieces before a failure are heard, then the failure."""

    async def listen() -> list[Piece]:
        heard: list[Piece] = []
        turn = RunningTurn()
        turn.begin(words("a", ValueError("x")), lambda: None)
        for _ in range(2):
            with pytest.raises(ValueError, match="x"):
                await _into(turn, heard)
        return heard

    assert asyncio.run(listen()) == ["a", "a"]


def test_a_turn_is_finished_though_nobody_listens(
    rehearsals: Rehearsals, make_plan: PlanMaker
) -> None:
    """A page that is closed in mid-sentence finds the whole turn when it is opened again."""

    async def leave() -> int:
        await rehearsals.store.create(new_transcript("t", make_plan(), model="x", clock=clock))
        async for _ in rehearsals.speak("t"):
            break
        await asyncio.sleep(0.05)
        return len((await rehearsals.store.load("t")).turns)

    assert asyncio.run(leave()) == 1


def test_a_turn_that_is_kept_is_not_heard_again(voice: BuiltinVoice, make_plan: PlanMaker) -> None:
    """Whoever answers before its lease is given up hears the next turn, not that one again."""

    class Slow(MemoryStore):
        async def give_up(self, session_id: str, lease: Lease) -> None:
            await asyncio.sleep(0.05)
            await super().give_up(session_id, lease)

    async def run() -> tuple[list[str], list[str]]:
        rehearsals = Rehearsals(Slow(), ScriptedRetriever(), voice, clock)
        await rehearsals.store.create(new_transcript("t", make_plan(), model="x", clock=clock))
        first = await _until_kept(rehearsals)
        await rehearsals.answer("t", "I built the nightly load.")
        return first, await _until_kept(rehearsals)

    first, second = asyncio.run(run())
    assert first
    assert second
    assert first != second


async def _until_kept(rehearsals: Rehearsals) -> list[str]:
    """Return what is said until the transcript comes, and listen no longer."""
    said: list[str] = []
    async for piece in rehearsals.speak("t"):
        if not isinstance(piece, str):
            break
        said.append(piece)
    return said


def test_two_listeners_make_one_turn(rehearsals: Rehearsals, make_plan: PlanMaker) -> None:
    """Two windows that ask at once hear the same turn, which is kept once."""

    async def both() -> tuple[list[str], list[str], int]:
        await rehearsals.store.create(new_transcript("t", make_plan(), model="x", clock=clock))

        async def one() -> list[str]:
            return [str(piece) async for piece in rehearsals.speak("t") if isinstance(piece, str)]

        first, second = await asyncio.gather(one(), one())
        return first, second, len((await rehearsals.store.load("t")).turns)

    first, second, turns = asyncio.run(both())
    assert first == second
    assert turns == 1


def test_stopping_says_whether_anything_ran(rehearsals: Rehearsals, make_plan: PlanMaker) -> None:
    """Only a turn that is being spoken can be cut short."""

    async def stop() -> tuple[bool, bool]:
        await rehearsals.store.create(new_transcript("t", make_plan(), model="x", clock=clock))
        before = rehearsals.stop("t")
        spoken = rehearsals.speak("t")
        await anext(spoken)
        during = rehearsals.stop("t")
        async for _ in spoken:
            pass
        return before, during

    assert asyncio.run(stop()) in {(False, True), (False, False)}


class UntilStopped:
    """A voice that goes on until it is cut short."""

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str | Delivery]:
        """Say one sentence, then wait to be stopped."""
        assert stop is not None
        yield "Good morning. "
        await stop.wait()
        yield Delivery()


def test_a_turn_that_is_being_spoken_is_cut_short(
    rehearsals: Rehearsals, make_plan: PlanMaker
) -> None:
    """The voice hears of it, and the turn that was said so far is kept."""
    waiting = replace(rehearsals, voice=UntilStopped())

    async def stop() -> tuple[bool, str]:
        await waiting.store.create(new_transcript("t", make_plan(), model="x", clock=clock))
        spoken = waiting.speak("t")
        await anext(spoken)
        stopped = waiting.stop("t")
        async for _ in spoken:
            pass
        return stopped, (await waiting.store.load("t")).turns[0].content

    assert asyncio.run(stop()) == (True, "Good morning. ")


def test_a_turn_ends_with_its_program() -> None:
    """When the loop ends, whoever listens is not left waiting."""

    async def cancel() -> str:
        turn = RunningTurn()
        turn.cancel()
        turn.begin(words("a", *["b"] * 1000), lambda: None)
        listener = asyncio.create_task(_all(turn))
        await asyncio.sleep(0.01)
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listener
        return "ended"

    assert asyncio.run(cancel()) == "ended"


async def _into(turn: RunningTurn, heard: list[Piece]) -> None:
    async for piece in turn.heard():
        heard.append(piece)


async def _all(turn: RunningTurn) -> list[Piece]:
    return [piece async for piece in turn.heard()]
