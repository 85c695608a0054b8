"""Who a simulated candidate is: a manner of speaking, a level, a language, a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from interviewer.interview import seeds

Manner = Literal[
    "strong", "thin_junior", "rambling", "terse", "bluffer", "blurred_ownership", "off_topic",
    "nervous", "combative", "contradicting", "injecting", "silent", "negotiating_hard",
    "wrong_language",
]  # fmt: skip
Level = Literal["low", "medium", "high"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
LEVELS: tuple[Level, ...] = get_args(Level)
LARGEST_SEED = 2**31


@dataclass(frozen=True, slots=True)
class Candidate:
    """One invented person.

    Attributes:
        manner: How they speak.
        level: How much there is in what they say.
        language: The language of the interview; not every manner keeps to it.
        seed: What everything else of them is drawn from.
    """

    manner: Manner
    level: Level
    language: str
    seed: int


def candidate_at(
    place: int,
    seed: int,
    language: str,
    *,
    manner: Manner | None = None,
    level: Level | None = None,
) -> Candidate:
    """Return the candidate at a place of a series; places in a row mix all manners and levels.

    Args:
        place: From 0 on.
        seed: The seed of the series.
        language: Language of the interviews.
        manner: The manner of all of them, None for a mix.
        level: The level of all of them, None for a mix.
    """
    lap, spot = divmod(place, len(MANNERS))
    mixed = LEVELS[(place if manner else spot + lap) % len(LEVELS)]
    return Candidate(
        manner=manner or MANNERS[spot],
        level=level or mixed,
        language=language,
        seed=seeds.number(seed, "candidate", place) % LARGEST_SEED,
    )
