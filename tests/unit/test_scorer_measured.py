"""The scorer against answers of known worth, attacks and swaps of what must not count."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.attacks_on_scorer import HALF, attacks
from benchmarks.ordering import as_given, strong_shuffled
from benchmarks.planted_answers import (
    AIM_ENTROPY,
    AIM_TAU,
    Planted,
    entropy,
    planted,
    tau,
)
from benchmarks.swapped import invented_quotes, invented_words, pairs
from interviewer.assessment import assess
from interviewer.content.library import Library
from interviewer.transcript import Transcript
from interviewer.transcript_file import load

GOLDEN = Path(__file__).parents[1] / "golden" / "history" / "0.1.0.jsonl"


@pytest.fixture(name="golden")
def _golden() -> Transcript:
    return load(GOLDEN.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", name="found")
def _found(library: Library) -> list[Planted]:
    return list(planted(library))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_levels_agree_with_what_answers_were_meant_to_be(
    found: list[Planted], language: str
) -> None:
    """Levels stand in the order of the planted worth and use the whole scale."""
    part = [entry for entry in found if entry.language == language]
    assert len(part) >= 30
    assert tau([(e.meant, math.floor(e.level + 0.5)) for e in part]) >= AIM_TAU
    levels = [entry.level for entry in part]
    assert entropy(levels) >= AIM_ENTROPY
    assert {1, 5} <= {math.floor(level + 0.5) for level in levels}


def test_no_attack_gains_half_a_level(library: Library) -> None:
    """Fashion, praise, bids, padding, echoes, anchors and repetition bring nothing."""
    tried = list(attacks(library, every=4))
    assert len(tried) >= 60
    assert [entry for entry in tried if entry.gain >= HALF] == []


def test_sex_name_and_school_change_nothing(library: Library) -> None:
    """The same answer with others' sex and names, or another own name and school, is as good."""
    changed = {pair.about: pair.change for pair in pairs(library)}
    assert len(changed) >= 80
    assert {about: by for about, by in changed.items() if by > 0.1} == {}
    assert sum(changed.values()) / len(changed) <= 0.01


def test_quotes_nobody_said_and_predictions_are_found(
    golden: Transcript, library: Library
) -> None:
    """A report quotes only what was said; a quote that was not said is counted as invented."""
    report = assess(golden, library)
    there, false = invented_quotes(report, golden)
    assert there > 0
    assert false == 0
    assert invented_words(report, golden) == []
    silent = replace(golden, turns=golden.turns[:0])
    assert invented_quotes(report, silent) == (there, there)
    boasting = replace(report, notes=("Better than 80 % of all, and you will be hired.",))
    assert len(invented_words(boasting, golden)) == 2


def test_strong_answers_lose_in_another_order(library: Library) -> None:
    """In another order most of them are worth less, and none is worth much more."""
    tried = list(strong_shuffled(library))
    assert sum(entry.gain < 0 for entry in tried) >= 0.8 * len(tried)
    assert max(entry.gain for entry in tried) < HALF


def test_answers_as_people_gave_them_mostly_keep_their_level() -> None:
    """Of the answers the rules were made with hardly any loses by the order it has."""
    given = [entry for entry in as_given() if entry.half == "tuning"]
    assert sum(entry.lose for entry in given) <= 0.1 * sum(entry.answers for entry in given)
