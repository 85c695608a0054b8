"""What a coach does while an interview goes on: a hint whispered, a question put in.

Both were allowed by the candidate for that one interview. A hint is the candidate's alone: no
examiner says or hears it. It stands in the transcript with the answer it was given before. A
question is asked by the examiner, in a slot of its own, and marked as the coach's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from interviewer.errors import InputError
from interviewer.transcript import EMPTY, Json, Transcript, Turn

HelpKind = Literal["hint", "question"]
HelpState = Literal["waiting", "seen", "given", "asked", "missed"]
LONGEST_HINT = 280
LONGEST_QUESTION = 400
MOST_WAITING = 3
"""Questions of one coach that wait to be asked."""
MOST_HELPS = 100
"""Hints and questions in one interview, of all coaches."""
COACH = "coach"
WHISPERS = "whispers"
PUT_IN = "put_in"
"""Names under which a turn keeps the hints before it, and a move which question it put in."""


@dataclass(frozen=True, slots=True)
class Help:
    """A hint or a question of a coach, as it waits for its moment.

    Attributes:
        id: Its id, unlike any other.
        kind: What it is.
        text: The hint, or the question.
        competency: Of a question the rubric id it is to bear on, empty for none.
        by: The coach's name.
        at: ISO time in UTC.
        after: How many turns had been said by then.
        seen: ISO time at which the candidate's page showed a hint, empty before.
    """

    id: str
    kind: HelpKind
    text: str
    competency: str = ""
    by: str = ""
    at: str = ""
    after: int = 0
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a hint or a question.

    Attributes:
        help: It.
        state: `waiting` for its moment; a hint is `seen` when the candidate's page has shown it
            and `given` when an answer followed, `missed` when it came too late for one; a
            question is `asked`.
        seq: The turn that asked it or was given after it, None for none.
    """

    help: Help
    state: HelpState
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Whisper:
    """A hint as the transcript keeps it, with the answer it was given before."""

    id: str
    text: str
    at: str = ""


def checked_hint(text: str) -> str:
    """Return a hint that can be whispered.

    Raises:
        InputError: It is empty or too long.
    """
    return _checked(text, LONGEST_HINT)


def checked_length(text: str) -> str:
    """Return a question that is neither empty nor too long.

    Raises:
        InputError: It is.
    """
    return _checked(text, LONGEST_QUESTION)


def _checked(text: str, longest: int) -> str:
    said = " ".join(text.split())
    if not said:
        raise InputError("Nothing was written. Write a sentence first.")
    if len(said) > longest:
        raise InputError(f"This is too long. {longest} characters are taken at most.")
    return said


def with_whispers(hints: Iterable[Help]) -> Json:
    """Return what an answer keeps of the hints that were seen before it, empty for none."""
    kept = [
        {"id": hint.id, "text": hint.text, "at": hint.at, "by": COACH}
        for hint in hints
        if hint.kind == "hint"
    ]
    return MappingProxyType({WHISPERS: kept}) if kept else EMPTY


def whispers_in(turn: Turn) -> tuple[Whisper, ...]:
    """Return the hints a coach whispered before an answer, in the order they were."""
    kept = turn.extra.get(WHISPERS)
    entries = kept if isinstance(kept, list) and turn.by_candidate else []
    return tuple(
        Whisper(str(entry.get("id", "")), entry["text"], str(entry.get("at", "")))
        for entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("text"), str)
    )


def put_in_by(turn: Turn) -> str:
    """Return the id of the coach's question a turn asks, empty where it asks none."""
    kept = turn.move.extra.get(PUT_IN) if turn.move is not None else None
    found = kept.get("id") if isinstance(kept, Mapping) else None
    return found if isinstance(found, str) else ""


def still_to_ask(questions: Iterable[Help], transcript: Transcript) -> tuple[Help, ...]:
    """Return the questions that were not asked, in the order they were put in.

    One that followed on an answer that was taken back waits again.
    """
    asked = {put_in_by(turn) for turn in transcript.counted.turns}
    return tuple(q for q in questions if q.kind == "question" and q.id not in asked)


def standings(helps: Sequence[Help], transcript: Transcript) -> tuple[Standing, ...]:
    """Return what became of hints and questions, newest first."""
    asked = {put_in_by(turn): turn.seq for turn in transcript.counted.turns}
    given = {w.id: turn.seq for turn in transcript.turns for w in whispers_in(turn)}
    answers = [place for place, turn in enumerate(transcript.turns) if turn.by_candidate]
    last = answers[-1] if answers else -1
    found = [_standing(entry, asked, given, last) for entry in helps]
    return tuple(reversed(found))


def _standing(
    entry: Help, asked: Mapping[str, int | None], given: Mapping[str, int | None], last: int
) -> Standing:
    if entry.kind == "question":
        done = entry.id in asked
        return Standing(entry, "asked" if done else "waiting", asked.get(entry.id))
    if entry.id in given:
        return Standing(entry, "given", given[entry.id])
    if last >= entry.after:
        return Standing(entry, "missed")
    return Standing(entry, "seen" if entry.seen else "waiting")
