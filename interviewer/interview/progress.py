"""How far an interview is: a fold over the transcript, computed anew whenever it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from interviewer.interview.heard import Heard, kind_of, mended
from interviewer.interview.ledger.keeping import kept_of
from interviewer.interview.memory import CONTRADICTION, NOTHING_HEARD, Memory
from interviewer.interview.negotiation import Table
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.put_in import STEP, item_put_in
from interviewer.interview.table_file import table_from
from interviewer.people.helping import COACH
from interviewer.reading.answer import read_once
from interviewer.transcript import EMPTY, Json, MoveRecord, Transcript, Turn

# People read and speak at about these rates; time in an interview is counted in spoken minutes,
# not by the clock, so that the same transcript always gives the same next move.
WORDS_A_MINUTE = 150
CHARACTERS_A_MINUTE = 240
# One answer is counted as at most this much, so that one flood of text does not end a round.
LONGEST_ANSWER_MINUTES = 4.0
# An examiner's turn counts the same however it is worded, so that no model's words move the clock.
EXAMINER_TURN_MINUTES = 0.25

NOTHING_YET = Table()

Waiting = Literal["examiner", "candidate", "between", "nobody"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Where practice on an improper question stands, while the interview itself waits.

    Attributes:
        item: The question.
        reply: What was said to it.
        told: Whether that was debriefed.
    """

    item: PlannedItem
    reply: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the interview stands.

    Attributes:
        round: The round that is under way or comes next; the last one when all is over.
        waiting: Whose turn it is: `between` rounds the candidate decides when to go on.
        pending: The item that was asked last, None before the first question of a round.
        asked: Ids of items asked in this round, in order.
        answers: The candidate's answers to the pending item, oldest first.
        probed: Parts already asked for under the pending item.
        probes: Probes in this round.
        brought_back: Times the pending question was put again, for whatever reason.
        answered_questions: Questions of the candidate answered in this round.
        silences: Empty answers in a row, the last turns of this round.
        minutes: Spoken minutes of this round.
        kinds: Kinds of the examiner's moves in this round, in order.
        slots: Slots of the examiner's moves in this round.
        offered: Whether the pending pay question has been followed by an offer.
        table: What the boss has put on the table.
        hints: Hints given to the pending item.
        moments: Moments to think that were given under the pending question.
        repeats: Times the candidate was told the pending question again, on asking.
        language_named: Whether the candidate was led back to the language in this round.
        climbed: Rung and case of every question of the pending ladder, in order.
        reached: The highest step of it that was answered soundly, empty for none.
        said: What the examiner said last.
        memory: What is remembered of all rounds.
        put: Ids of improper questions that were put in this round.
        aside: The one that was put last, None once the interview has gone on.
    """

    round: PlannedRound
    waiting: Waiting = "examiner"
    pending: PlannedItem | None = None
    asked: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    probed: tuple[str, ...] = ()
    probes: int = 0
    brought_back: int = 0
    answered_questions: int = 0
    silences: int = 0
    minutes: float = 0.0
    kinds: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    offered: bool = False
    table: Table = NOTHING_YET
    hints: int = 0
    moments: int = 0
    repeats: int = 0
    language_named: bool = False
    climbed: tuple[tuple[int, int], ...] = ()
    reached: str = ""
    said: str = ""
    memory: Memory = NOTHING_HEARD
    put: tuple[str, ...] = ()
    aside: Aside | None = None

    @property
    def heard(self) -> tuple[Heard, ...]:
        """Every answer of the interview, all rounds, oldest first."""
        return self.memory.heard

    def hearing(self, heard: tuple[Heard, ...]) -> Progress:
        """Return the same with the answers read anew."""
        return replace(self, memory=replace(self.memory, heard=heard))

    @property
    def left(self) -> tuple[PlannedItem, ...]:
        """Items of the round that have not been asked, in plan order."""
        return tuple(item for item in self.round.items if item.id not in self.asked)

    @property
    def question(self) -> str:
        """The words of the open question; empty when the phrasebook has them."""
        if self.pending is None:
            return ""
        if self.climbed:
            return self.pending.question_at(*self.climbed[-1])
        return self.pending.text


def follow(plan: Plan, transcript: Transcript) -> Progress:
    """Return where an interview stands after its transcript.

    Rounds are told by their ids, not by counting turns, so a turn put in by a coach does no harm.
    Where an answer was taken again, it stands as if it had been given so at first.
    """
    state = Progress(round=plan.rounds[0])
    for turn in transcript.counted.turns:
        state = after(plan, state, turn)
    return state


def after(plan: Plan, state: Progress, turn: Turn) -> Progress:
    """Return where the interview stands after one more turn."""
    if turn.by_candidate:
        if state.aside is not None and state.waiting == "candidate":
            # No answer of the interview: nothing reads, keeps or counts it.
            aside = replace(state.aside, reply=turn.content)
            return replace(state, waiting="examiner", aside=aside)
        return _heard(state, turn, plan.language)
    if not turn.by_examiner or turn.move is None:
        return state
    # What the examiner heard is kept with what was said next.
    state = state.hearing(mended(state.heard, turn.extra.get("heard")))
    spoken = plan.round(turn.round)
    if spoken is not None and spoken.id != state.round.id:
        state = _in_round(spoken, state)
    improper = plan.improper_item(turn.move.item)
    if improper is not None:
        return _aside_from(state, improper, turn.move)
    state = replace(_said(state, turn, turn.move), aside=None)
    state = replace(state, said=turn.content, memory=state.memory.spoke(turn, turn.move))
    if turn.move.kind != "close":
        return replace(state, waiting="candidate")
    following = plan.round_after(state.round.id)
    if following is None:
        return replace(state, waiting="nobody", pending=None)
    return replace(_in_round(following, state), waiting="between")


def _in_round(part: PlannedRound, state: Progress) -> Progress:
    """Return the beginning of a round, with what is remembered of those before."""
    return Progress(round=part, memory=state.memory)


def _heard(state: Progress, turn: Turn, language: str) -> Progress:
    if state.round.kind == "written":
        # A test is no talk: nobody comes back to it, and nothing of it is handed on.
        return replace(state, waiting="examiner", answers=(*state.answers, turn.content))
    silent = not turn.content.strip()
    item = state.pending
    spent = min(spoken_minutes(turn.content, language), LONGEST_ANSWER_MINUTES)
    if item is not None and item.step == STEP:
        spent = 0.0  # what a coach puts in takes no time from what is planned
    reading = read_once(turn.content, language, _put(state), kind_of(item))
    round_id = turn.round or state.round.id
    entries = kept_of(turn, reading, item, round_id=round_id, asked=state.said)
    heard = Heard(
        turn.seq, round_id, item.id if item else None, turn.content, reading, entries=entries
    )
    return replace(
        state,
        waiting="examiner",
        answers=(*state.answers, turn.content),
        silences=state.silences + 1 if silent else 0,
        minutes=state.minutes + spent,
        memory=state.memory.listened(heard),
    )


def _put(state: Progress) -> str:
    """Return the question an answer is held against, empty once it has been gone into.

    What answers a probe need not have a word of the first question in it.
    """
    return "" if state.answers else state.question


def _said(state: Progress, turn: Turn, move: MoveRecord) -> Progress:
    state = replace(
        state,
        table=table_from(move.extra, state.table),
        minutes=state.minutes + (EXAMINER_TURN_MINUTES if move.by != COACH else 0.0),
        kinds=(*state.kinds, move.kind),
        slots=(*state.slots, move.slot) if move.slot else state.slots,
        answered_questions=state.answered_questions + (move.kind == "answer"),
        language_named=state.language_named or "language" in (move.slot, *move.extra),
    )
    pending = state.pending.id if state.pending else None
    if move.item is not None and move.item != pending:
        item = state.round.item(move.item) or item_put_in(turn)
        return replace(
            state,
            pending=item,
            asked=(*state.asked, move.item),
            answers=(),
            probed=(),
            brought_back=0,
            offered=move.kind == "offer",
            hints=0,
            moments=0,
            repeats=0,
            climbed=((item.start, 0),) if item and item.rungs else (),
            reached="",
        )
    rung = _rung(move, state.pending)
    if rung is not None:
        return _climbed(state, rung, move)
    if move.kind == "probe":
        slot = move.slot or "more"
        # What was put side by side takes no probe from the questions that follow.
        counted = slot != CONTRADICTION
        return replace(state, probed=(*state.probed, slot), probes=state.probes + counted)
    if move.kind == "bridge" and move.slot in ("time", "repeat"):
        return _aside(state, move.slot)
    if move.kind == "hint":
        return replace(state, hints=state.hints + 1)
    if move.kind == "offer":
        return replace(state, offered=True)
    return replace(state, brought_back=state.brought_back + 1)


def _aside(state: Progress, slot: str) -> Progress:
    """Return the state after something asked in passing: no answer, and nothing put again."""
    return replace(
        state,
        answers=state.answers[:-1],
        moments=state.moments + (slot == "time"),
        repeats=state.repeats + (slot == "repeat"),
    )


def _aside_from(state: Progress, item: PlannedItem, move: MoveRecord) -> Progress:
    """Return the state after an improper question, or after the word on the reply to it."""
    if move.kind == "ask":
        return replace(state, waiting="candidate", put=(*state.put, item.id), aside=Aside(item))
    aside = replace(state.aside or Aside(item), told=True)
    return replace(state, waiting="examiner", aside=aside)


def _ladder(move: MoveRecord) -> Json:
    kept = move.extra.get("ladder")
    return kept if isinstance(kept, Mapping) else EMPTY


def _rung(move: MoveRecord, item: PlannedItem | None) -> tuple[int, int] | None:
    """Return rung and case of a ladder's later question, None for any other move."""
    match _ladder(move).get("rung"):
        case [int(rung), int(case)] if item and item.question_at(rung, case):
            return rung, case
    return None


def _climbed(state: Progress, rung: tuple[int, int], move: MoveRecord) -> Progress:
    """Return the state after a ladder's later question: a new question of the same item."""
    reached = _ladder(move).get("reached")
    return replace(
        state,
        answers=(),
        probed=(),
        brought_back=0,
        moments=0,
        repeats=0,
        climbed=(*state.climbed, rung),
        reached=reached if isinstance(reached, str) else "",
    )


def spoken_minutes(text: str, language: str) -> float:
    """Return how long it takes to say a text, in minutes."""
    if language.startswith("zh"):
        return len(text) / CHARACTERS_A_MINUTE
    return len(text.split()) / WORDS_A_MINUTE
