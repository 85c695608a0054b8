"""What the record of an interview promises."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

import pytest

from interviewer.errors import ContentError, Fault, InterviewerError, StaleTurnError, UsageError
from interviewer.transcript import (
    EMPTY,
    MOVE_KINDS,
    MoveKind,
    Passage,
    Transcript,
    Turn,
    plain_turn,
)


def _passage(name: str, text: str = "Text.") -> Passage:
    return Passage(id=name, text=text, source="A page", topic="nature")


def _turn(*cites: str, seq: int | None = None, role: str = "assistant") -> Turn:
    return Turn(seq=seq, role=role, content="Said.", cites=cites)


def test_adding_a_turn_leaves_the_old_transcript_as_it_was() -> None:
    """A transcript never changes; adding returns a new one with the turn at its end."""
    before = Transcript(id="a")
    after = before.add(_turn(seq=1))
    assert before.turns == ()
    assert after.turns == (_turn(seq=1),)
    with pytest.raises(dataclasses.FrozenInstanceError):
        before.id = "b"  # type: ignore[misc]


def test_a_turn_brings_its_passages_and_keeps_earlier_ones() -> None:
    """Passages a turn used join the research by id; a later text of the same id replaces it."""
    first = Transcript(id="a").add(_turn("a#1"), [_passage("a#1"), _passage("a#2")])
    second = first.add(_turn("a#1"), [_passage("a#1", "Newer.")])
    assert list(second.interview.research) == ["a#1", "a#2"]
    assert second.interview.research["a#1"].text == "Newer."
    assert first.interview.research["a#1"].text == "Text."


def test_research_of_a_transcript_cannot_be_written_to() -> None:
    """Nobody changes the research of a transcript through its mapping."""
    transcript = Transcript(id="a").using([_passage("a#1")])
    with pytest.raises(TypeError):
        transcript.interview.research["a#1"] = _passage("x")  # type: ignore[index]


def test_using_no_passage_is_the_same_transcript() -> None:
    """Without new passages nothing is copied."""
    transcript = Transcript(id="a")
    assert transcript.using([]) is transcript


def test_the_last_turn_is_the_newest() -> None:
    """`last` is None before the first turn and the newest turn after it."""
    transcript = Transcript(id="a")
    assert transcript.last is None
    assert transcript.add(_turn(seq=1)).add(_turn(seq=2)).last == _turn(seq=2)


@pytest.mark.parametrize(
    ("numbers", "expected"), [((), 1), ((1, 2), 3), ((1, 7), 8), ((None, None), 3), ((None, 4), 5)]
)
def test_the_next_number_is_above_every_given_one(
    numbers: tuple[int | None, ...], expected: int
) -> None:
    """The next turn gets a number no turn has, in a plain chat the turns are counted."""
    transcript = Transcript(id="a", turns=tuple(_turn(seq=number) for number in numbers))
    assert transcript.next_seq == expected


def test_citations_are_numbered_through_the_whole_interview() -> None:
    """A passage carries one number in every round, given in the order of first use."""
    transcript = (
        Transcript(id="a").add(_turn("b#2", "a#1")).add(_turn()).add(_turn("a#1", "c#9", "b#2"))
    )
    assert transcript.citation_numbers() == {"b#2": 1, "a#1": 2, "c#9": 3}


def test_later_turns_never_renumber_earlier_citations() -> None:
    """Numbers given once stay, whatever is said afterwards."""
    transcript = Transcript(id="a").add(_turn("b#2", "a#1"))
    before = transcript.citation_numbers()
    after = transcript.add(_turn("z#1", "b#2")).citation_numbers()
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("role", "examiner", "candidate"),
    [("assistant", True, False), ("user", False, True), ("system", False, False)],
)
def test_each_role_is_told_apart(role: str, examiner: bool, candidate: bool) -> None:
    """The examiner is `assistant`, the candidate `user`, and any other role neither."""
    turn = _turn(role=role)
    assert (turn.by_examiner, turn.by_candidate) == (examiner, candidate)


def test_the_list_of_move_kinds_is_complete() -> None:
    """Every kind that a move may have can be looped over."""
    assert get_args(MoveKind) == MOVE_KINDS


@pytest.mark.parametrize(
    ("line", "fix", "expected"),
    [
        (4, "Add it.", "hr/persona.toml:4: `id` is missing. Add it."),
        (None, "", "hr/persona.toml: `id` is missing."),
    ],
)
def test_a_fault_names_file_line_and_fix(line: int | None, fix: str, expected: str) -> None:
    """A fault reads as one line: file, line where known, what, fix."""
    assert str(Fault(Path("hr/persona.toml"), line, "`id` is missing.", fix)) == expected


def test_a_content_error_keeps_every_fault() -> None:
    """The text of a content error has one line for each fault, in order."""
    faults = [Fault(Path("a.toml"), 1, "One.", "Mend."), Fault(Path("b.toml"), 2, "Two.", "Mend.")]
    error = ContentError(*faults)
    assert error.faults == tuple(faults)
    assert str(error).splitlines() == ["a.toml:1: One. Mend.", "b.toml:2: Two. Mend."]


def test_every_error_has_one_root_and_an_exit_code() -> None:
    """Errors raised on purpose are caught by the root; only a wrong call exits with 2."""
    assert issubclass(StaleTurnError, InterviewerError)
    assert issubclass(ContentError, InterviewerError)
    assert (UsageError("x").exit_code, ContentError().exit_code) == (2, 1)


def test_the_turn_of_a_plain_chat_is_a_turn_like_any_other() -> None:
    """Made in a quicker way, it is equal, hashed, frozen and replaced as others are."""
    turn = plain_turn("user", "A stock model.", None, EMPTY)
    assert turn == Turn(None, "user", "A stock model.")
    assert type(turn) is Turn
    assert dataclasses.replace(turn, seq=1) == Turn(1, "user", "A stock model.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        turn.content = "Another."  # type: ignore[misc]  # that is what is tried
