"""The scorer against answers of known worth, attacks and swaps of what must not count."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from benchmarks.attacks_on_scorer import HALF, attacks
from benchmarks.planted_answers import (
    AIM_ENTROPY,
    AIM_TAU,
    Planted,
    entropy,
    planted,
    tau,
)
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library

SWAPPED = {
    "she": "he", "her": "his", "he": "she", "his": "her", "him": "her",
    "Tom": "Aisha", "她": "他", "他": "她", "老李": "小王",
}  # fmt: skip
SCHOOLS = {
    "en": ("I am Oliver Smith and I was at Eton. ", "I am Ngozi Okafor and I was at Barking. "),
    "zh": ("我叫李伟，北京大学毕业。", "我叫马娜，黄石学院毕业。"),
}


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


def test_sex_name_and_school_change_nothing(found: list[Planted], library: Library) -> None:
    """The same answer with others' sex and names, or another own name and school, is as good."""
    changed = []
    for entry in found:
        rubric = library.rubrics[entry.competency]
        pattern = r"\b(?:she|her|he|his|him|Tom)\b|老李|[她他]"
        other = re.sub(pattern, lambda match: SWAPPED[match[0]], entry.text)
        texts = [other, *(school + entry.text for school in SCHOOLS[entry.language])]
        levels = [
            score_competency(
                rubric, [replace(entry.asked, said=(text,))], entry.language
            ).level or 1.0
            for text in texts
        ]  # fmt: skip
        changed += [abs(levels[0] - entry.level), abs(levels[1] - levels[2])]
    assert len(changed) >= 80
    assert max(changed) <= 0.1, [n // 2 for n, by in enumerate(changed) if by > 0.1]
    assert sum(changed) / len(changed) <= 0.01
