"""Every manner, at every level, in every language: the interview is held to its end."""

from __future__ import annotations

import pytest

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import LEVELS, MANNERS, Candidate, Level, Manner
from interviewer.transcript_file import dump, load
from tests.conftest import PlanMaker
from tests.simulating import answers, record_of, simulated

POSTS = {"en": ("brightwell", "transport-planner"), "zh": ("chengyuan", "data-engineer")}


@pytest.mark.parametrize("language", sorted(POSTS))
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("manner", MANNERS)
def test_holds_an_interview_to_its_end(
    manner: Manner, level: Level, language: str,
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library,
) -> None:  # fmt: skip
    """Rounds come in order and close, sides take turns, and the record has every answer."""
    company, role = POSTS[language]
    plan = make_plan(company, role, seed=11, language=language)
    transcript = simulated(plan, Candidate(manner, level, language, 11), voice, library)
    rounds = list(dict.fromkeys(turn.round for turn in transcript.turns))
    assert rounds == [part.id for part in plan.rounds]
    closed = [turn.round for turn in transcript.turns if turn.move and turn.move.kind == "close"]
    assert closed == rounds
    assert [turn.seq for turn in transcript.turns] == list(range(1, len(transcript.turns) + 1))
    for before, after in zip(transcript.turns, transcript.turns[1:], strict=False):
        closing = before.move is not None and before.move.kind == "close"
        assert closing or before.role != after.role
    assert len(record_of(transcript)["truth"]) == len(answers(transcript))
    assert all("{" not in turn.content for turn, _ in answers(transcript))
    assert load(dump(transcript)).interview.extra == transcript.interview.extra
