"""One rehearsal, from its first greeting to its last close: what is stored when.

A candidate's answer is committed before anything is said in reply. If the process dies in between,
the reply is owed and is made when the session is opened again; nothing is asked or stored twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from interviewer.errors import ConversationError, StaleTurnError
from interviewer.interview.leasing import Lease, Leases, holding
from interviewer.interview.model_reading import Reader
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_from_json, plan_record
from interviewer.interview.progress import Progress, after, follow
from interviewer.interview.retaking import retakable
from interviewer.interview.running import RunningTurn
from interviewer.interview.sealed import Sealed
from interviewer.interview.turn import (
    Clock,
    Retriever,
    Spoken,
    answer_turn,
    stamp,
    take_turn,
    utc_now,
)
from interviewer.interview.voice import Voice
from interviewer.people.helping import Help, with_whispers
from interviewer.transcript import Interview, Passage, Transcript, Turn

T = TypeVar("T")
Helping = Callable[[str], Awaitable[Sequence[Help]]]
# Transcripts whose plan and stage are remembered, of some 0.2 MB each.
REMEMBERED = 32


class SessionStore(Leases, Protocol):
    """Keeps transcripts; turns are appended and never changed."""

    async def create(
        self, transcript: Transcript, *, owner: str = "me", visitor: str | None = None
    ) -> None:
        """Keep a new session."""
        ...

    async def load(self, session_id: str) -> Transcript:
        """Return a session's transcript."""
        ...

    async def append(
        self,
        session_id: str,
        turn: Turn,
        passages: Iterable[Passage] = (),
        *,
        lease: Lease | None = None,
    ) -> None:
        """Add a turn in one transaction, and end the lease it was made under.

        Raises StaleTurnError when its number is taken, or the lease is another's by now.
        """
        ...


def new_transcript(
    session_id: str, plan: Plan, *, model: str, clock: Clock = utc_now
) -> Transcript:
    """Return the transcript of an interview before its first turn."""
    return Transcript(
        id=session_id,
        interview=Interview(
            created=stamp(clock),
            company=plan.company,
            role=plan.post,
            language=plan.language,
            format=plan.format,
            seed=plan.seed,
            model=model,
            personas=MappingProxyType({part.persona: part.version for part in plan.conversations}),
            plan=MappingProxyType(plan_record(plan)),
            research=plan.passages,
        ),
    )


def plan_of(transcript: Transcript) -> Plan:
    """Return the plan a transcript was made from.

    Raises:
        InputError: It holds none.
    """
    return _plan(_This(transcript))


def stage_of(transcript: Transcript) -> Progress:
    """Return where a session stands.

    Raises:
        InputError: It holds no plan.
    """
    return _stage(_This(transcript))


class _This(Generic[T]):
    """A value itself, not one like it: what was worked out of it need not be again.

    A turn asks a dozen times for the plan and the stage of the same transcript.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.value is self.value


@dataclass(frozen=True, slots=True)
class _Known:
    """Where a session stood when it was last looked at, and what it was worked out from."""

    interview: Interview
    plan: Plan
    turns: tuple[Turn, ...]
    stage: Progress | None


@lru_cache(maxsize=REMEMBERED)
def _known(session_id: str) -> list[_Known]:
    """Return what is remembered of a session, at most one entry.

    A turn loads its session several times: what is told by an equal plan and the same first turns
    is gone on from. It is compared by value, so that nothing else can come of it.
    """
    return []


@lru_cache(maxsize=REMEMBERED)
def _plan(transcript: _This[Transcript]) -> Plan:
    value = transcript.value
    known = _known(value.id)
    for one in known:
        if one.interview == value.interview:
            return one.plan
    plan = plan_from_json(value.interview.plan, value.interview.research)
    known[:] = [_Known(value.interview, plan, (), None)]
    return plan


@lru_cache(maxsize=REMEMBERED)
def _stage(transcript: _This[Transcript]) -> Progress:
    value, plan = transcript.value, plan_of(transcript.value)
    known = _known(value.id)
    stage, told = None, 0
    for one in known:
        if one.plan is plan and one.turns == value.turns[: len(one.turns)]:
            stage, told = one.stage, len(one.turns)
    again = any(turn.retakes is not None for turn in value.turns[told:])
    if stage is None or again:  # what is taken again changes what came before
        stage = follow(plan, value)
    else:
        for turn in value.turns[told:]:
            stage = after(plan, stage, turn)
    known[:] = [_Known(value.interview, plan, value.turns, stage)]
    return stage


def _check_retake(transcript: Transcript, stage: Progress, seq: int) -> None:
    last = retakable(plan_of(transcript), transcript, stage)
    if last is None or last.seq != seq:
        raise ConversationError(
            "This answer cannot be taken again any more. Answer the question that is open."
        )


def nothing_sealed(plan: Plan) -> Sealed:
    """Return that nothing is kept back, for interviews without content behind them."""
    return Sealed()


def no_reader(model: str | None) -> Reader | None:
    """Return that answers are read by rules alone."""
    return None


async def nobody_helps(session_id: str) -> Sequence[Help]:
    """Return that no coach whispered anything or put anything in."""
    return ()


@dataclass(frozen=True)
class Rehearsals:
    """Carries rehearsals forward, whoever shows them.

    Attributes:
        store: Where they are kept.
        retriever: What answers candidates' questions.
        voice: What words the moves.
        clock: The time.
        seal: What a plan's examiners know and never say.
        reader: What reads answers beside the rules, by the model an interview was settled for.
        questions: What coaches put into a session that waits to be asked.
        hints: What they whispered and the candidate saw before the answer that comes next.
        lease: What this process claims before it lets an examiner speak.
    """

    store: SessionStore
    retriever: Retriever
    voice: Voice
    clock: Clock = utc_now
    seal: Callable[[Plan], Sealed] = nothing_sealed
    reader: Callable[[str | None], Reader | None] = no_reader
    questions: Helping = nobody_helps
    hints: Helping = nobody_helps
    lease: Lease = field(default_factory=Lease)
    _running: dict[str, RunningTurn] = field(default_factory=dict, repr=False)

    async def answer(
        self, session_id: str, text: str, *, seq: int | None = None, retakes: int | None = None
    ) -> Transcript:
        """Commit the candidate's answer and return the transcript with it.

        Args:
            session_id: The session.
            text: What the candidate said; may be empty.
            seq: The number the caller expects the answer to get; None takes the next.
            retakes: The number of the last answer where this one is to stand in for it.

        Raises:
            ConversationError: It is not the candidate's turn, or that answer cannot be taken
                again.
            StaleTurnError: The session has moved on since the caller looked.
            InputError: There is no such session.
        """
        transcript = await self.store.load(session_id)
        stage = stage_of(transcript)
        if seq is not None and seq != transcript.next_seq:
            raise StaleTurnError("This answer was given already. The page shows how things stand.")
        if stage.waiting != "candidate":
            raise ConversationError("It is not your turn yet. Wait for the examiner's question.")
        if retakes is not None:
            _check_retake(transcript, stage, retakes)
        whispered = with_whispers(await self.hints(session_id))
        turn = answer_turn(transcript, stage.round.id, text, self.clock, retakes, whispered)
        await self.store.append(session_id, turn)
        return transcript.add(turn)

    async def speak(self, session_id: str) -> AsyncIterator[str | Transcript]:
        """Yield the examiner's next turn piece by piece, then the transcript with it.

        Yields nothing when the examiner has nothing to say: the candidate has the word or the
        interview is over. Between two rounds it opens the next one.

        There is one turn of a session at a time: who asks while one is being spoken hears that
        one from its beginning. It is spoken and kept to its end even if nobody listens any more.
        Where another process is at it, this one waits until the turn is there or that process is
        given up for dead, and first yields the transcript as it is by then.

        Raises:
            StaleTurnError: Another process took over, as this one did not answer for too long.
            ModelError: A model failed and the built-in voice was not to take over.
            InputError: There is no such session.
        """
        while (running := self._running.get(session_id)) is not None and running.kept:
            await running.ended()
        if running is None:
            running = RunningTurn()
            self._running[session_id] = running
            running.begin(self._spoken(session_id, running), self._forgets(session_id))
        async for piece in running.heard():
            yield piece

    def stop(self, session_id: str) -> bool:
        """Cut a model short that is speaking; the built-in voice ends its turn.

        Returns:
            Whether a turn was being spoken.
        """
        running = self._running.get(session_id)
        if running is not None:
            running.stop.set()
        return running is not None

    def _forgets(self, session_id: str) -> Callable[[], object]:
        return lambda: self._running.pop(session_id, None)

    async def _spoken(
        self, session_id: str, running: RunningTurn
    ) -> AsyncIterator[str | Transcript]:
        async with holding(self.store, session_id, self.lease) as waited:
            transcript = await self.store.load(session_id)
            if waited:
                yield transcript
            asked = await self.questions(session_id)
            async for piece in self._next_turn(transcript, running.stop, asked):
                if isinstance(piece, Spoken):
                    await self.store.append(
                        session_id, piece.turn, piece.passages, lease=self.lease
                    )
                    running.kept = True
                    yield transcript.add(piece.turn, piece.passages)
                else:
                    yield piece

    def _next_turn(
        self, transcript: Transcript, stop: asyncio.Event, questions: Sequence[Help]
    ) -> AsyncIterator[str | Spoken]:
        plan = plan_of(transcript)
        return take_turn(
            plan,
            transcript,
            voice=self.voice,
            retriever=self.retriever,
            sealed=self.seal(plan),
            clock=self.clock,
            stop=stop,
            reader=self.reader(transcript.interview.model),
            questions=questions,
        )
