"""Several processes that carry one interview on: one speaks, the others wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from interviewer.errors import SetupError, StaleTurnError
from interviewer.interview.leasing import Lease, holding
from interviewer.interview.moves import Move
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.voice import Delivery, Scene
from interviewer.transcript import Transcript
from tests.conftest import MemoryStore, PlanMaker, clock

QUICK = 0.12


class Slow:
    """A voice that speaks its words one after another."""

    def __init__(self, *words: str, pause: float = 0.01) -> None:
        """Keep the words."""
        self.words, self.pause, self.asked = words, pause, 0

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event
    ) -> AsyncIterator[str | Delivery]:
        """Yield the words with pauses."""
        self.asked += 1
        for word in self.words:
            await asyncio.sleep(self.pause)
            yield word
        yield Delivery()


@pytest.fixture
def two(rehearsals: Rehearsals, make_plan: PlanMaker) -> tuple[Rehearsals, Rehearsals]:
    """Return two processes on one store that holds a new interview."""
    asyncio.run(rehearsals.store.create(new_transcript("t", make_plan(), model="x", clock=clock)))
    voice = Slow("Good", " morning", ".", pause=0.02)
    one, other = (
        replace(rehearsals, voice=voice, lease=Lease(name, QUICK), _running={})
        for name in ("one", "other")
    )
    return one, other


async def heard(rehearsals: Rehearsals) -> list[str | Transcript]:
    """Let the examiner speak."""
    return [piece async for piece in rehearsals.speak("t")]


def test_a_second_process_waits_and_finds_the_turn(two: tuple[Rehearsals, Rehearsals]) -> None:
    """Both ask at once: the model is asked once, and the second yields what there is by then."""
    one, other = two

    async def both() -> tuple[list[str | Transcript], list[str | Transcript]]:
        return await asyncio.gather(heard(one), heard(other))

    spoken, found = asyncio.run(both())
    assert spoken[:-1] == ["Good", " morning", "."]
    kept = asyncio.run(one.store.load("t"))
    assert (spoken[-1], found) == (kept, [kept])
    assert stage_of(kept).waiting == "candidate"
    assert one.voice.asked == 1  # type: ignore[attr-defined]  # it is the slow one
    assert one.store.holders == {}  # type: ignore[attr-defined]  # it is the store in memory


def test_another_process_goes_on_when_the_holder_is_given_up(
    two: tuple[Rehearsals, Rehearsals],
) -> None:
    """The interview of a process that died is carried on by the one that was waiting."""
    one, other = two
    store = one.store
    assert isinstance(store, MemoryStore)

    async def die() -> list[str | Transcript]:
        assert await store.claim("t", one.lease)
        waiting = asyncio.create_task(heard(other))
        await asyncio.sleep(QUICK)
        assert not waiting.done()
        store.holders.clear()
        return await waiting

    before, *pieces, after = asyncio.run(die())
    assert (before.turns, pieces) == ((), ["Good", " morning", "."])  # type: ignore[union-attr]  # a transcript
    assert asyncio.run(store.load("t")) == after


def test_a_holder_that_was_taken_for_dead_is_told(two: tuple[Rehearsals, Rehearsals]) -> None:
    """It spoke on after another took over: its turn is refused, the other's stays."""
    one, _ = two
    store = one.store
    assert isinstance(store, MemoryStore)

    async def overtaken() -> None:
        speaking = one.speak("t")
        assert await anext(speaking) == "Good"
        store.holders["t"] = "other"
        with pytest.raises(StaleTurnError):
            _ = [piece async for piece in speaking]

    asyncio.run(overtaken())
    assert store.kept["t"].turns == ()
    assert store.holders == {"t": "other"}


class Failing(MemoryStore):
    """A store that cannot be reached while an examiner speaks."""

    async def renew(self, session_id: str, lease: Lease) -> None:
        """Fail, and tell that it was asked."""
        await super().renew(session_id, lease)
        raise SetupError("The database does not answer.")

    async def give_up(self, session_id: str, lease: Lease) -> None:
        """Fail."""
        raise SetupError("The database does not answer.")


@pytest.mark.parametrize("kind", [MemoryStore, Failing])
def test_a_lease_is_renewed_as_long_as_the_block_lasts(kind: type[MemoryStore]) -> None:
    """Again and again, and not afterwards; that a renewal fails ends nothing."""
    store = kind()

    async def hold() -> int:
        async with holding(store, "t", Lease("one", seconds=0.03)) as waited:
            assert not waited
            await asyncio.sleep(0.2)
        count = len(store.renewed)
        assert count >= 2
        await asyncio.sleep(0.05)
        return len(store.renewed) - count

    assert asyncio.run(hold()) == 0
