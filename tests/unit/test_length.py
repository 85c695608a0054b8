"""How long an interview is: the whole of its format, or half of it."""

from __future__ import annotations

from collections import Counter

import pytest

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.length import LENGTHS, SHORT, of_length, spoken_minutes
from interviewer.interview.plan import Plan
from interviewer.interview.session import Rehearsals
from tests.conftest import PlanMaker, held, try_answers


@pytest.fixture
def short(make_plan: PlanMaker) -> Plan:
    """Return the plan of a short interview of the usual format."""
    return make_plan(length=SHORT)


def test_short_is_half_of_every_round(make_plan: PlanMaker, short: Plan) -> None:
    """The same examiners in the same order, half the minutes, half the scored questions."""
    usual = make_plan()
    assert [part.persona for part in short.rounds] == [part.persona for part in usual.rounds]
    for whole, half in zip(usual.rounds, short.rounds, strict=True):
        assert half.minutes == round(whole.minutes / 2)
        asked, less = (sum(item.scored for item in part.items) for part in (whole, half))
        assert less < asked
        assert less >= asked // 2 - 1
        kinds = Counter(item.kind for item in half.items)
        assert kinds["candidate_questions"] == 1
    assert any(item.kind == "expectation" for item in short.rounds[-1].items)


def test_a_short_interview_is_held_to_its_end(
    rehearsals: Rehearsals, make_plan: PlanMaker, short: Plan
) -> None:
    """It closes every round as the long one does, after fewer turns."""
    answers = try_answers("brightwell")
    once = held(rehearsals, short, answers)
    closed = [t.round for t in once.turns if t.move is not None and t.move.kind == "close"]
    assert closed == [part.id for part in short.rounds]


def test_every_format_but_those_that_ask_all_the_same_can_be_short(library: Library) -> None:
    """One that asks everybody the same has one length and says so; nothing shrinks to nothing."""
    for interview in library.formats.values():
        if interview.same_questions:
            with pytest.raises(InputError, match="has one length"):
                of_length(interview, SHORT)
            continue
        made = of_length(interview, SHORT)
        assert made.written == interview.written
        assert all(part.minutes >= 5 for part in made.rounds)
        assert all(part.scored_questions >= 1 for part in made.rounds)
        if interview.rounds:
            assert spoken_minutes(made) < spoken_minutes(interview)


def test_an_unknown_length_is_refused(library: Library) -> None:
    """It names those there are."""
    with pytest.raises(InputError, match=", ".join(LENGTHS)):
        of_length(library.formats["company"], "endless")
