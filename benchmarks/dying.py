"""A process that carries an interview on and dies by kill -9 at a named point of a turn."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, event

from interviewer.interview.leasing import Lease
from interviewer.interview.moves import Move
from interviewer.interview.session import Rehearsals, stage_of
from interviewer.interview.voice import Delivery, Scene, Voice
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Passage, Transcript, Turn

WRITTEN, COMMITTED = "written and not committed", "committed and not told"
CREATING = (f"new interview {WRITTEN}", f"new interview {COMMITTED}")
DRAFTING = (f"draft {WRITTEN}", f"draft {COMMITTED}")
ANSWERING = ("answer about to be written", f"answer {WRITTEN}", f"answer {COMMITTED}")
CLAIMING = (f"lease {WRITTEN}", f"lease {COMMITTED}")
RENEWING = (f"renewed lease {WRITTEN}", f"renewed lease {COMMITTED}")
SPEAKING = ("first words said", "all said and nothing written")
REPLYING = (f"reply {WRITTEN}", f"reply {COMMITTED}", "lease given up")
ANY_MOMENT = "any moment"
TURN = (*DRAFTING, *ANSWERING, *CLAIMING, *SPEAKING, *RENEWING, *REPLYING, ANY_MOMENT)
LEASE_SECONDS = 0.3


@dataclass
class Doom:
    """Where a process dies.

    Attributes:
        point: The name of the point.
        time: At which time of reaching it, counted from 1.
    """

    point: str
    time: int = 1

    def reached(self, point: str) -> None:
        """Die here and now where this is the point."""
        if point == self.point:
            self.time -= 1
            if self.time == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class DyingStore(SqlSessionStore):
    """The store, with the points of a turn in it."""

    def __init__(self, engine: Engine, doom: Doom) -> None:
        """Listen to what is committed."""
        super().__init__(engine)
        self.doom = doom
        self._doing: ContextVar[str] = ContextVar("doing", default="")
        event.listen(engine, "commit", self._commits)

    def _commits(self, _connection: object) -> None:
        self.doom.reached(f"{self._doing.get()} {WRITTEN}")

    async def create(
        self, transcript: Transcript, *, owner: str = "me", visitor: str | None = None
    ) -> None:
        """Keep a new session."""
        self._doing.set("new interview")
        await super().create(transcript, owner=owner, visitor=visitor)
        self.doom.reached(f"new interview {COMMITTED}")

    async def save_draft(self, session_id: str, text: str) -> None:
        """Keep what is typed."""
        self._doing.set("draft")
        await super().save_draft(session_id, text)
        self.doom.reached(f"draft {COMMITTED}")

    async def append(
        self,
        session_id: str,
        turn: Turn,
        passages: Iterable[Passage] = (),
        *,
        lease: Lease | None = None,
    ) -> None:
        """Keep an answer or a reply."""
        what = "reply" if lease else "answer"
        self.doom.reached(SPEAKING[1] if lease else ANSWERING[0])
        self._doing.set(what)
        await super().append(session_id, turn, passages, lease=lease)
        self.doom.reached(f"{what} {COMMITTED}")

    async def claim(self, session_id: str, lease: Lease) -> bool:
        """Claim the lease."""
        self._doing.set("lease")
        claimed = await super().claim(session_id, lease)
        if claimed:
            self.doom.reached(f"lease {COMMITTED}")
        return claimed

    async def renew(self, session_id: str, lease: Lease) -> None:
        """Renew the lease."""
        self._doing.set("renewed lease")
        await super().renew(session_id, lease)
        self.doom.reached(f"renewed lease {COMMITTED}")

    async def give_up(self, session_id: str, lease: Lease) -> None:
        """Give the lease up."""
        self._doing.set("")
        await super().give_up(session_id, lease)
        self.doom.reached(REPLYING[-1])


@dataclass(frozen=True)
class DyingVoice:
    """A voice in whose mouth the process may die.

    Attributes:
        voice: Who speaks.
        doom: Where the process dies; where a lease is renewed, the voice takes its time.
    """

    voice: Voice
    doom: Doom

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event
    ) -> AsyncIterator[str | Delivery]:
        """Speak as the voice does."""
        async for piece in self.voice.speak(move, scene, stop):
            yield piece
            self.doom.reached(SPEAKING[0])
        if self.doom.point in RENEWING:
            await asyncio.sleep(LEASE_SECONDS / 2)


@dataclass(frozen=True)
class Life:
    """What an interview is carried on with.

    Attributes:
        rehearsals: Voice, time and secrets; the store is another in every process.
        new: The interview before its first turn.
        answers: The candidate's, in their order.
    """

    rehearsals: Rehearsals
    new: Transcript
    answers: tuple[str, ...]

    async def live(self, where: str | Path, doom: Doom, told: int) -> None:
        """Carry the interview on to its end, or to the point where this process dies.

        Args:
            where: The database.
            doom: Where to die.
            told: File descriptor that every turn is told to as soon as it is acknowledged.
        """
        store = DyingStore(open_engine(where), doom)
        if self.new.id not in {entry.id for entry in await store.sessions()}:
            await store.create(self.new)
            _tell(told, self.new)
        rehearsals = replace(
            self.rehearsals,
            store=store,
            voice=DyingVoice(self.rehearsals.voice, doom),
            lease=Lease(seconds=LEASE_SECONDS),
            _running={},
        )
        async for transcript in self.carried_on(rehearsals):
            _tell(told, transcript)

    async def carried_on(self, rehearsals: Rehearsals) -> AsyncIterator[Transcript]:
        """Carry an interview on to its end; yield it after every turn that was acknowledged."""
        key = self.new.id
        while True:
            transcript = await rehearsals.store.load(key)
            waiting = stage_of(transcript).waiting
            if waiting == "nobody":
                return
            if waiting == "candidate":
                text = self._answer(transcript)
                if isinstance(rehearsals.store, SqlSessionStore):
                    await rehearsals.store.save_draft(key, text[: len(text) // 2])
                yield await rehearsals.answer(key, text, seq=transcript.next_seq)
            async for piece in rehearsals.speak(key):
                if isinstance(piece, Transcript):
                    yield piece

    def _answer(self, transcript: Transcript) -> str:
        given = sum(turn.by_candidate for turn in transcript.turns)
        return self.answers[given] if given < len(self.answers) else ""


def _tell(told: int, transcript: Transcript) -> None:
    last = transcript.last
    line = json.dumps([len(transcript.turns), last.content if last else ""])
    os.write(told, f"{line}\n".encode())
