"""What the director knew before each of its turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.knowing import known_at
from interviewer.interview.plan import Plan
from interviewer.interview.progress import follow
from interviewer.interview.session import Rehearsals
from interviewer.transcript import Transcript, Turn
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers


@pytest.fixture(scope="module")
def plan(make_plan: PlanMaker) -> Plan:
    """Return a plan of all rounds."""
    return make_plan("brightwell")


@pytest.fixture(scope="module")
def whole(plan: Plan, voice: BuiltinVoice) -> Transcript:
    """Return an interview of all rounds."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    return held(rehearsals, plan, try_answers("brightwell"))


def test_it_is_the_fold_before_each_turn(plan: Plan, whole: Transcript) -> None:
    """Open question and time are those the move was decided with; answers decide nothing."""
    knew = known_at(plan, whole)
    assert len(knew) == len(whole.turns)
    for place, turn in enumerate(whole.turns):
        known = knew[place]
        assert (known is None) == turn.by_candidate
        if known is not None:
            before = follow(plan, replace(whole, turns=whole.turns[:place]))
            assert (known.question, known.minutes) == (before.question, round(before.minutes, 1))
            assert known.claims == sum(len(heard.entries) for heard in before.heard)
    first = knew[0]
    assert first is not None
    assert (first.asked, first.question, first.told, first.handed_on) == (0, "", (), ())
    assert first.next == plan.rounds[0].items[0].text


def test_what_was_handed_on_is_known_from_a_rounds_first_turn(
    plan: Plan, whole: Transcript
) -> None:
    """What the examiner before was told stands before the opening of the next round."""
    opening = next(
        place
        for place, turn in enumerate(whole.turns)
        if turn.round == plan.rounds[1].id and turn.by_examiner
    )
    known = known_at(plan, whole)[opening]
    assert known is not None
    assert {note.teller for note in known.handed_on} == {plan.rounds[0].name}


def test_parts_are_heard_or_lacking(plan: Plan, whole: Transcript) -> None:
    """Of a question that asks for a story no part is both."""
    told = [known for known in known_at(plan, whole) if known is not None and known.told]
    assert told
    assert all(not set(known.told) & set(known.lacking) for known in told)


def test_an_answer_taken_again_is_what_is_known_from_then_on(
    plan: Plan, whole: Transcript
) -> None:
    """Before it the first one counts, after it the second."""
    answer = whole.turns[1]
    again = Turn(
        4, "user", "I led it alone for 3 years and cut the cost by 40 percent.",
        round=answer.round, retakes=answer.seq,
    )  # fmt: skip
    last = replace(whole.turns[2], seq=5)
    transcript = replace(whole, turns=(*whole.turns[:3], again, last))
    before, after = known_at(plan, transcript)[2], known_at(plan, transcript)[4]
    assert before is not None
    assert after is not None
    counted = replace(whole, turns=(whole.turns[0], again))
    assert after.claims == sum(len(h.entries) for h in follow(plan, counted).heard)
    assert after.minutes != before.minutes


def test_a_turn_of_no_round_is_known_in_the_one_under_way(plan: Plan, whole: Transcript) -> None:
    """A file from elsewhere may leave the round out."""
    stray = replace(whole.turns[0], round=None)
    (known,) = known_at(plan, replace(whole, turns=(stray,)))
    assert known is not None
    assert known.round == plan.rounds[0].id
