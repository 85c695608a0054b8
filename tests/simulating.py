"""Interviews with simulated candidates, for the tests of several rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import Plan
from interviewer.interview.sealing import sealing
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.holding import Examiners, begins_at, hold
from interviewer.transcript import Transcript, Turn
from tests.conftest import TODAY, ScriptedRetriever


def simulated(
    plan: Plan, candidate: Candidate, voice: BuiltinVoice, library: Library
) -> Transcript:
    """Return a whole interview with a simulated candidate."""
    examiners = Examiners(voice, ScriptedRetriever())
    begins = begins_at(TODAY, candidate.seed)
    return asyncio.run(
        hold(plan, candidate, examiners, begins=begins, sealed=sealing(library)(plan))
    )


def record_of(transcript: Transcript) -> Mapping[str, Any]:
    """Return `interview.simulated`."""
    record = transcript.interview.extra["simulated"]
    assert isinstance(record, Mapping)
    return record


def answers(transcript: Transcript) -> list[tuple[Turn, Mapping[str, Any]]]:
    """Return the candidate's turns, each with its truth."""
    truths = {truth["seq"]: truth for truth in record_of(transcript)["truth"]}
    return [(turn, truths[turn.seq]) for turn in transcript.turns if turn.by_candidate]
