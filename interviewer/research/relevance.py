"""Whether a passage answers a question at all: nearness in meaning plus words in common. Pure.

Nearness is that of the passage and, counting more, of its sentence or row that is nearest: one of
ten sentences answers, and the other nine are about something else. Nearness alone does not tell
what is not there: "How many employees does Amazon have?" is near to every sentence about
employees. The words decide there: "Amazon" stands in no passage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from interviewer.research.characters import language_of
from interviewer.transcript import Passage

# Of two passages that answer about equally well the newer one goes first: a year of age weighs as
# much as this, and more than three years count as three.
_YEAR_OLDER = 0.004
_OLDEST = 3
_UNIT = 0.6


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured for questions and passages in one language.

    Attributes:
        words: How much full coverage of a question's words by a passage adds to nearness.
        missing: How much is taken off when none of a question's words is in any passage.
        enough: From which sum a passage answers.
    """

    words: float
    missing: float
    enough: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured for one embedding model.

    Attributes:
        within: The scale for each language.
        across: From which nearness on a passage in another language answers; words in common
            cannot be asked for there.
    """

    within: Mapping[str, Scale]
    across: float


# `python -m benchmarks.calibrating` sets these on the packs in benchmarks/tuning.
CALIBRATIONS: Mapping[str, Calibration] = MappingProxyType(
    {
        "blend": Calibration(
            MappingProxyType({"en": Scale(0.18, 0.12, 0.348), "zh": Scale(0.12, 0.03, 0.394)}),
            across=0.27,
        ),
        # It knows no Chinese: across languages only what is nearly alike passes.
        "minilm": Calibration(
            MappingProxyType({"en": Scale(0.21, 0.15, 0.306), "zh": Scale(0.18, 0.03, 0.520)}),
            across=0.45,
        ),
    }
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that may answer.

    Attributes:
        passage: The passage.
        whole: Cosine of the question and the passage.
        unit: Cosine of the question and the passage's nearest sentence or row.
        covered: Share of the question's terms that the passage holds, 0 to 1.
    """

    passage: Passage
    whole: float
    unit: float
    covered: float

    @property
    def nearness(self) -> float:
        """How near it is in meaning."""
        return (1 - _UNIT) * self.whole + _UNIT * self.unit


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with how well it answers.

    Attributes:
        passage: The passage.
        score: 0 to 1, comparable within one model and language.
        margin: By how much it is over what is asked for; negative: it does not answer.
    """

    passage: Passage
    score: float
    margin: float


def judge(
    question: str, near: Sequence[Near], missing: float, calibration: Calibration
) -> tuple[Judged, ...]:
    """Return the passages that answer a question, best first, its own language before others.

    Args:
        question: As asked.
        near: Passages near to it.
        missing: Share of the question's terms that no passage of the employer holds, 0 to 1.
        calibration: Of the model the cosines come from.
    """
    language = language_of(question)
    years = set(_YEAR.findall(question))
    judged = []
    for entry in near:
        passage = entry.passage
        # Figures of another year are near in meaning and wrong as an answer.
        if not years <= set(_YEAR.findall(f"{passage.heading} {passage.text} {passage.date}")):
            continue
        total, margin = entry.nearness, entry.nearness - calibration.across
        if passage.language == language:
            scale = calibration.within[language]
            total += scale.words * entry.covered
            margin = total - scale.missing * missing - scale.enough
        judged.append(Judged(passage, min(max(total, 0.0), 1.0), margin))
    found = [entry for entry in judged if entry.margin >= 0]
    return _ranked(found, language)


def _ranked(found: Sequence[Judged], language: str) -> tuple[Judged, ...]:
    newest = max((_year(entry.passage) for entry in found), default=0)

    def rank(entry: Judged) -> tuple[bool, float, str]:
        age = min(newest - (_year(entry.passage) or newest), _OLDEST)
        # Margins of two languages do not compare, and the answer is spoken in the question's.
        foreign = entry.passage.language != language
        return foreign, age * _YEAR_OLDER - entry.margin, entry.passage.id

    return tuple(sorted(found, key=rank))


def _year(passage: Passage) -> int:
    """Return the year a passage speaks of, 0 where it has no date."""
    return int(passage.date[:4]) if passage.date else 0
