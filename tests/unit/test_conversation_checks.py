"""Promises of what is counted in conversations: each fault that is put in is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from benchmarks.conversation_checks import findings, ordinary_shares, shares
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import Candidate
from interviewer.transcript import Transcript, Turn
from tests.conftest import PlanMaker
from tests.simulating import simulated


@pytest.fixture(scope="module")
def sound(make_plan: PlanMaker, voice: BuiltinVoice, library: Library) -> Transcript:
    """Return an interview in which nothing is wrong."""
    return simulated(make_plan(seed=3), Candidate("strong", "high", "en", 3), voice, library)


def with_turns(transcript: Transcript, change: Callable[[Turn], Turn | None]) -> Transcript:
    """Return a transcript with its turns changed, those left out for which nothing comes."""
    turns = (change(turn) for turn in transcript.turns)
    return replace(transcript, turns=tuple(turn for turn in turns if turn is not None))


def checks(transcript: Transcript) -> set[str]:
    """Return what was found."""
    return {finding.check for finding in findings(transcript)}


def test_a_sound_interview_has_no_findings(sound: Transcript) -> None:
    """Nothing is found where nothing is wrong, and the examiner's share is told."""
    assert checks(sound) == set()
    assert set(shares(sound)) == {"hr", "technical"}


def test_an_item_that_was_not_asked_is_found(sound: Transcript) -> None:
    """A question of the plan that nobody asked, with time left, is left out."""
    assert sound.interview.plan
    gone = next(t.move.item for t in sound.turns if t.move and t.move.kind == "ask")
    without = with_turns(sound, lambda t: None if t.move and t.move.item == gone else t)
    assert "left out" in checks(without)


def test_a_question_asked_twice_is_found(sound: Transcript) -> None:
    """The same question put as new a second time is found."""
    turn = next(turn for turn in sound.turns if turn.move and turn.move.kind == "ask")
    assert "repeated question" in checks(replace(sound, turns=(*sound.turns, turn)))


def test_a_changed_fact_is_found(sound: Transcript) -> None:
    """A fact told otherwise than its passage has it is unsupported."""
    changed = with_turns(
        sound,
        lambda t: replace(t, content=t.content.replace(" [", " or nearly so [")) if t.cites else t,
    )
    assert "unsupported fact" in checks(changed)


def test_a_lost_mark_is_found(sound: Transcript) -> None:
    """A passage that is cited without a mark in the text is found."""
    bare = with_turns(
        sound, lambda t: replace(t, content=t.content.replace("[", "(")) if t.cites else t
    )
    assert "mark and citation" in checks(bare)


def test_a_third_probe_is_found(sound: Transcript) -> None:
    """Three probes in a row to one question are too many."""
    asked = next(turn for turn in sound.turns if turn.move and turn.move.kind == "ask")
    assert asked.move is not None
    probe = replace(asked, move=replace(asked.move, kind="probe", slot="more"))
    place = sound.turns.index(asked) + 1
    turns = (*sound.turns[:place], probe, probe, probe, *sound.turns[place:])
    assert "too many probes" in checks(replace(sound, turns=turns))


def test_shares_are_told_of_rounds_with_ordinary_answers_alone(sound: Transcript) -> None:
    """A round whose mean answer is short tells nothing of how much examiners speak."""
    assert set(ordinary_shares(sound)) == {"hr", "technical"}
    short = with_turns(
        sound, lambda t: replace(t, content="Yes.") if t.by_candidate and t.round == "hr" else t
    )
    assert set(ordinary_shares(short)) == {"technical"}
