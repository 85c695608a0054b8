"""An interview with a simulated candidate, from the first greeting to the last close.

Nothing is stored on the way and nothing waits: with the built-in voice an interview takes a
fraction of a second. The state is carried from turn to turn instead of being folded anew.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from interviewer.errors import ConversationError
from interviewer.interview.director import decide
from interviewer.interview.plan import Plan
from interviewer.interview.progress import (
    EXAMINER_TURN_MINUTES,
    Progress,
    after,
    spoken_minutes,
)
from interviewer.interview.sealed import Sealed
from interviewer.interview.session import new_transcript
from interviewer.interview.turn import Retriever, Spoken, answer_turn, carry_out
from interviewer.interview.voice import Voice
from interviewer.simulation.answering import answer
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.mixed import levels_of
from interviewer.simulation.sheet import sheet_for
from interviewer.simulation.truth import Truth, record
from interviewer.transcript import EMPTY, MoveRecord, Transcript, Turn

BUILTIN = "builtin"
# No plan asks for as many turns; an interview that does has a director that goes round in circles.
MOST_TURNS = 600
_DAYS = 28


@dataclass(frozen=True)
class Examiners:
    """The other side of the table.

    Attributes:
        voice: What words the moves.
        retriever: What answers candidates' questions.
        model: Who the voice is, as the transcript names it.
    """

    voice: Voice
    retriever: Retriever
    model: str = BUILTIN


@dataclass
class Watch:
    """A clock that goes on as people speak, so that a simulated interview has times of its own.

    Attributes:
        time: What it shows.
    """

    time: datetime.datetime

    def __call__(self) -> datetime.datetime:
        """Return the time."""
        return self.time

    def go_on(self, minutes: float) -> None:
        """Let so many minutes pass."""
        self.time += datetime.timedelta(milliseconds=round(minutes * 60_000))


def begins_at(day: datetime.date, seed: int) -> datetime.datetime:
    """Return when the interview of a seed begins: within four weeks of a day, in the daytime."""
    start = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
    return start + datetime.timedelta(days=seed % _DAYS, minutes=15 * (seed // _DAYS % 28))


def interview_id(plan: Plan, candidate: Candidate) -> str:
    """Return the id of an interview, the same for the same plan and candidate."""
    parts = (
        plan.company, plan.post, plan.language, plan.format, plan.seed,
        candidate.manner, candidate.profile, candidate.seed,
    )  # fmt: skip
    text = "\x1f".join(map(str, parts))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an interview stands after a turn, or before the first.

    Attributes:
        transcript: What was said so far.
        state: Where the plan stands.
        truth: What the candidate's answers really were, once the interview is over.
    """

    transcript: Transcript
    state: Progress
    truth: Mapping[str, object] = field(default_factory=lambda: EMPTY)


async def hold(
    plan: Plan,
    candidate: Candidate,
    examiners: Examiners,
    *,
    begins: datetime.datetime,
    sealed: Sealed,
) -> Transcript:
    """Return the transcript of a whole interview, with `interview.simulated`.

    Raises:
        ConversationError: It does not come to an end.
        ModelError: A model failed and the built-in voice was not to take over.
    """
    last: Moment | None = None
    async for moment in moments(plan, candidate, examiners, begins=begins, sealed=sealed):
        last = moment
    if last is None:
        raise ConversationError("The interview has no beginning.")
    return _with_truth(last.transcript, last.truth)


async def moments(
    plan: Plan,
    candidate: Candidate,
    examiners: Examiners,
    *,
    begins: datetime.datetime,
    sealed: Sealed,
) -> AsyncIterator[Moment]:
    """Yield an interview turn by turn: before its first one, and after each; it may be left early.

    Raises:
        ConversationError: It does not come to an end.
        ModelError: A model failed and the built-in voice was not to take over.
    """
    watch = Watch(begins)
    transcript = new_transcript(
        interview_id(plan, candidate), plan, model=examiners.model, clock=watch
    )
    state = Progress(round=plan.rounds[0])
    sheet = sheet_for(candidate, sealed.pay)
    told: tuple[Truth, ...] = ()
    move: MoveRecord | None = None
    yield Moment(transcript, state)
    for _ in range(MOST_TURNS):
        if state.waiting == "nobody":
            levels = levels_of(candidate, plan)
            yield Moment(transcript, state, record(candidate, sheet, told, levels))
            return
        if state.waiting == "candidate" and move is not None:
            asked = Asked(
                plan, state, move, transcript.next_seq, sheet, told, sealed.points, begins.year,
                sealed.keys,
            )  # fmt: skip
            said = answer(candidate, asked)
            told = (*told, said.truth)
            turn = answer_turn(transcript, state.round.id, said.text, watch)
            transcript = transcript.add(turn)
            watch.go_on(spoken_minutes(said.text, plan.language))
        else:
            spoken = await _examiner(plan, transcript, state, sealed, examiners, watch)
            turn, move = spoken.turn, spoken.turn.move
            transcript = transcript.add(turn, spoken.passages)
            watch.go_on(EXAMINER_TURN_MINUTES)
        state = after(plan, state, turn)
        yield Moment(transcript, state)
    raise ConversationError(
        f"The interview {transcript.id} has {MOST_TURNS} turns and no end. This is a fault of the "
        "program; send the seed of the interview with your report."
    )


async def _examiner(
    plan: Plan,
    transcript: Transcript,
    state: Progress,
    sealed: Sealed,
    examiners: Examiners,
    watch: Watch,
) -> Spoken:
    """Return the examiner's next turn."""
    move = decide(plan, state, sealed)
    if move is None:
        raise ConversationError("The examiner has the word and nothing to say.")
    pieces = carry_out(
        plan, transcript, move,
        state=state, voice=examiners.voice, retriever=examiners.retriever, clock=watch,
    )  # fmt: skip
    spoken: Spoken | None = None
    async for piece in pieces:
        if isinstance(piece, Spoken):
            spoken = piece
    if spoken is None:
        raise ConversationError("The voice ended without a turn.")
    return replace(spoken, turn=_timeless(spoken.turn, examiners.model))


def _timeless(turn: Turn, model: str) -> Turn:
    """Return a turn of the built-in voice without how long this machine took to make it."""
    return replace(turn, seconds=EMPTY) if model == BUILTIN else turn


def _with_truth(transcript: Transcript, simulated: Mapping[str, object]) -> Transcript:
    extra = MappingProxyType({**transcript.interview.extra, "simulated": simulated})
    return replace(transcript, interview=replace(transcript.interview, extra=extra))
