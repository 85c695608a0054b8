"""Promises of how long simulated candidates speak."""

from __future__ import annotations

from statistics import mean

import pytest

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.reading.answer import read
from interviewer.reading.tongue import word_count
from interviewer.simulation.candidate import Candidate, Level, Manner
from interviewer.simulation.material import material_for
from tests.conftest import PlanMaker
from tests.simulating import answers, simulated

PLACES = [
    f"around.{stock}.{place}"
    for stock in ("story", "reply", "knowledge", "opener")
    for place in ("within", "end")
]


@pytest.mark.parametrize("level", ["low", "medium", "high"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_ordinary_candidate_keeps_to_ordinary_lengths(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, language: str, level: Level
) -> None:
    """Answers of a willing candidate have 60 to 150 words on average, in Chinese 90 to 250."""
    company = {"en": "brightwell", "zh": "chengyuan"}[language]
    plan = make_plan(company, "data-engineer", seed=4, language=language)
    held = simulated(plan, Candidate("contradicting", level, language, 4), voice, library)
    told = [
        word_count(turn.content, language)
        for turn, truth in answers(held)
        if truth["kind"] in ("story", "reply", "knowledge", "opener")
    ]
    low, high = {"en": (60, 150), "zh": (90, 250)}[language]
    assert low <= mean(told) <= high


@pytest.mark.parametrize("manner", ["terse", "silent"])
def test_who_speaks_little_stays_short(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, manner: Manner
) -> None:
    """Nothing is added to the answers of somebody who speaks little."""
    plan = make_plan(seed=4)
    held = simulated(plan, Candidate(manner, "low", "en", 4), voice, library)
    around = {text for place in PLACES for text in material_for("en").get(place)}
    assert not any(text in turn.content for turn, _ in answers(held) for text in around)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_stands_around_an_answer_is_no_part_of_one(language: str) -> None:
    """Sentences that are added tell of no own action, no result and nothing learned."""
    for place in PLACES:
        for text in material_for(language).get(place):
            reading = read(
                text.replace("{task}", "the rota").replace("{", "").replace("}", ""), language
            )
            assert not reading.parts & {"own_action", "result", "reflection"}, text
            assert not reading.questions, text
            assert not reading.claims, text
