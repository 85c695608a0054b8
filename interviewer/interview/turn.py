"""One turn of the examiner: decide, look up, speak, record. The only place that awaits a voice."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from interviewer.errors import InputError
from interviewer.interview.director import NOTHING_SEALED, decide
from interviewer.interview.model_reading import Reader
from interviewer.interview.moves import Move
from interviewer.interview.overlay import OVERLAY
from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress, follow
from interviewer.interview.rereading import reread
from interviewer.interview.sealed import Sealed
from interviewer.interview.voice import Delivery, Voice, scene_of
from interviewer.interview.written.wording import PAPER
from interviewer.people.helping import Help, still_to_ask
from interviewer.transcript import (
    CANDIDATE,
    EMPTY,
    EXAMINER,
    Found,
    Json,
    Passage,
    Transcript,
    Turn,
)

Clock = Callable[[], datetime.datetime]


class Retriever(Protocol):
    """Finds passages on an employer that answer a question."""

    async def find(self, company: str, question: str, k: int = 4) -> Sequence[Found]:
        """Return passages, best first; empty when nothing answers."""
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finished turn, ready to be recorded.

    Attributes:
        turn: The turn.
        passages: What it used, for the transcript's research.
    """

    turn: Turn
    passages: tuple[Passage, ...]


def utc_now() -> datetime.datetime:
    """Return the time, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def stamp(clock: Clock) -> str:
    """Return the clock's time as the transcript writes it."""
    return clock().astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace(
        "+00:00", "Z"
    )  # fmt: skip


def answer_turn(
    transcript: Transcript,
    round_id: str,
    text: str,
    clock: Clock,
    retakes: int | None = None,
    beside: Json = EMPTY,
) -> Turn:
    """Return the candidate's answer as a turn.

    Args:
        transcript: What was said before.
        round_id: The round.
        text: The answer.
        clock: The time.
        retakes: Number of an answer it stands in for.
        beside: What else the turn keeps, such as hints it was given after.
    """
    return Turn(
        seq=transcript.next_seq,
        role=CANDIDATE,
        content=text,
        at=stamp(clock),
        round=round_id,
        retakes=retakes,
        extra=beside,
    )


async def take_turn(
    plan: Plan,
    transcript: Transcript,
    *,
    voice: Voice,
    retriever: Retriever,
    sealed: Sealed = NOTHING_SEALED,
    clock: Clock = utc_now,
    stop: asyncio.Event | None = None,
    reader: Reader | None = None,
    questions: Sequence[Help] = (),
) -> AsyncIterator[str | Spoken]:
    """Yield the examiner's next turn piece by piece, and last the turn as a value.

    A reader, where there is one, reads the last answer too before the move is decided. Of the
    questions a coach put in, the first that was not asked yet has its turn when there is room.

    Nothing is yielded while the candidate has the word or when the interview is over. Nothing is
    recorded here: whoever calls appends the turn.
    """
    heard = await reread(follow(plan, transcript), plan.language, reader)
    waiting = still_to_ask(questions, transcript)
    move = decide(plan, heard.state, sealed, waiting[0] if waiting else None)
    if move is None:
        return
    spoken = carry_out(
        plan, transcript, move,
        state=heard.state, voice=voice, retriever=retriever, clock=clock, stop=stop,
    )  # fmt: skip
    async for piece in spoken:
        if isinstance(piece, Spoken):
            piece = replace(piece, turn=heard.noted(piece.turn))
        yield piece


async def carry_out(
    plan: Plan,
    transcript: Transcript,
    move: Move,
    *,
    state: Progress,
    voice: Voice,
    retriever: Retriever,
    clock: Clock = utc_now,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[str | Spoken]:
    """Yield the turn of a decided move piece by piece, and last the turn as a value."""
    started = time.perf_counter()
    if move.asked:
        move = move.grounded(await _found(retriever, plan.company, move.asked))
    scene = scene_of(plan, transcript, move, state)
    pieces: list[str] = []
    first = 0.0
    delivery = Delivery()
    async for piece in _speaker(plan, move, voice).speak(move, scene, stop):
        if isinstance(piece, Delivery):
            delivery = piece
            continue
        if not pieces:
            first = time.perf_counter() - started
        pieces.append(piece)
        yield piece
    total = time.perf_counter() - started
    seconds = MappingProxyType({"first": round(first, 4), "total": round(total, 4)})
    turn = _recorded(plan, transcript, move, "".join(pieces), stamp(clock))
    turn = replace(
        turn,
        seconds=seconds,
        usage=delivery.usage,
        fallback=delivery.fallback,
        extra=_account(delivery),
    )
    yield Spoken(turn, move.passages(plan.passages))


def _speaker(plan: Plan, move: Move, voice: Voice) -> Voice:
    """Return who says a move: where its words stand in a file, neither persona nor model."""
    if move.word_for_word:
        return OVERLAY
    part = plan.round(move.round)
    return PAPER if part is not None and part.kind == "written" else voice


async def _found(retriever: Retriever, company: str, question: str) -> tuple[Found, ...]:
    """Return what answers a question; nothing does where the research was deleted meanwhile."""
    try:
        return tuple(await retriever.find(company, question))
    except InputError:
        return ()


def _account(delivery: Delivery) -> Mapping[str, object]:
    """Return what the transcript keeps of how a turn came to be said; nothing when it is plain."""
    account: dict[str, object] = {}
    if delivery.spoken_by:
        account["spoken_by"] = delivery.spoken_by
    if delivery.refusals:
        account["guard"] = [
            {"kind": refusal.kind, "sentence": refusal.sentence} for refusal in delivery.refusals
        ]
    return MappingProxyType(account)


def _recorded(plan: Plan, transcript: Transcript, move: Move, text: str, at: str) -> Turn:
    part = plan.round(move.round) or plan.rounds[0]
    return Turn(
        seq=transcript.next_seq,
        role=EXAMINER,
        content=text,
        name=part.persona,
        at=at,
        round=part.id,
        move=move.record,
        cites=move.cites,
        retrieved=move.retrieved,
    )
