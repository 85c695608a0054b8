"""What became of a coach's hints and questions, read from the transcript alone."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from interviewer.errors import InputError
from interviewer.people.helping import (
    LONGEST_HINT,
    Help,
    checked_hint,
    put_in_by,
    standings,
    still_to_ask,
    whispers_in,
    with_whispers,
)
from interviewer.transcript import EMPTY, MoveRecord, Transcript, Turn

ONE = Help("q1", "question", "Why that one?", after=1)
TWO = Help("q2", "question", "What else?", after=1)
HINT = Help("h1", "hint", "Name the figure.", after=1, at="2026-11-27T10:00:00Z")


def asks(seq: int, number: object) -> Turn:
    """Return the turn that asks a coach's question."""
    move = MoveRecord("ask", "hr.coach.1", by="coach", extra={"put_in": {"id": number}})
    return Turn(seq, "assistant", "Why that one?", round="hr", move=move)


def said(*turns: Turn) -> Transcript:
    """Return an interview that begins with a question."""
    return Transcript("t", turns=(Turn(1, "assistant", "Tell me.", round="hr"), *turns))


def test_a_question_waits_until_it_is_asked() -> None:
    """The order is that in which they were put in; a hint is never asked."""
    assert still_to_ask((ONE, HINT, TWO), said()) == (ONE, TWO)
    assert still_to_ask((ONE, HINT, TWO), said(asks(2, "q1"))) == (TWO,)


def test_a_question_that_was_taken_back_with_an_answer_waits_again() -> None:
    """The answer before it was taken again, and what followed counts no more."""
    answer = Turn(2, "user", "So.", round="hr")
    again = Turn(4, "user", "So and so.", round="hr", retakes=2)
    assert still_to_ask((ONE,), said(answer, asks(3, "q1"))) == ()
    assert still_to_ask((ONE,), said(answer, asks(3, "q1"), again)) == (ONE,)


def test_it_is_told_what_became_of_each() -> None:
    """Newest first: waiting, seen, given before an answer, asked, or too late."""
    seen = Help("h2", "hint", "Slowly.", after=1, seen="2026-11-27T10:00:03Z")

    def states(transcript: Transcript) -> list[tuple[str, str, int | None]]:
        found = standings((ONE, HINT, seen), transcript)
        return [(entry.help.id, entry.state, entry.seq) for entry in found]

    assert states(said()) == [
        ("h2", "seen", None), ("h1", "waiting", None), ("q1", "waiting", None),
    ]  # fmt: skip
    answer = Turn(2, "user", "So.", round="hr", extra=with_whispers((seen,)))
    assert states(said(answer, asks(3, "q1"))) == [
        ("h2", "given", 2), ("h1", "missed", None), ("q1", "asked", 3),
    ]  # fmt: skip


def test_an_answer_keeps_the_hints_before_it() -> None:
    """With their words and time, as the coach's and without a name; a question is none."""
    kept = with_whispers((HINT, ONE))
    turn = Turn(2, "user", "So.", extra=kept)
    assert [(hint.id, hint.text, hint.at) for hint in whispers_in(turn)] == [
        ("h1", "Name the figure.", "2026-11-27T10:00:00Z")
    ]
    assert with_whispers((ONE,)) is EMPTY
    assert with_whispers(()) is EMPTY


@pytest.mark.parametrize("kept", [None, "x", {"text": "x"}, [1, {"text": 2}, {}]])
def test_what_another_program_wrote_there_is_no_hint(kept: object) -> None:
    """It is passed over, and so is a hint that an examiner's turn claims."""
    extra = MappingProxyType({"whispers": kept})
    assert whispers_in(Turn(2, "user", "So.", extra=extra)) == ()
    assert whispers_in(Turn(2, "assistant", "So.", extra=with_whispers((HINT,)))) == ()
    assert put_in_by(asks(2, 7)) == ""
    assert put_in_by(Turn(2, "user", "So.")) == ""
    odd = MoveRecord("ask", by="coach", extra=MappingProxyType({"put_in": kept}))
    assert put_in_by(Turn(2, "assistant", "So.", move=odd)) == ""


def test_a_hint_is_a_sentence_or_two() -> None:
    """Not nothing, and not a page; white space is laid out anew."""
    assert checked_hint("  Name\n the figure. ") == "Name the figure."
    with pytest.raises(InputError, match="Nothing was written"):
        checked_hint(" \n ")
    with pytest.raises(InputError, match=f"{LONGEST_HINT} characters"):
        checked_hint("x" * (LONGEST_HINT + 1))
