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
# A level of its own for each competency; what bears on none is told at the level between.
Mixed = Literal["mixed"]
MIXED: Mixed = "mixed"
PROFILES: tuple[Level | Mixed, ...] = (*LEVELS, MIXED)
_BETWEEN: Level = "medium"
LARGEST_SEED = 2**31


@dataclass(frozen=True, slots=True)
class Candidate:
    """One invented person.

    Attributes:
        manner: How they speak.
        level: How much there is in what they say.
        language: The language of the interview; not every manner keeps to it.
        seed: What everything else of them is drawn from.
        mixed: Whether each competency has a level of its own; `level` is that of all else.
    """

    manner: Manner
    level: Level
    language: str
    seed: int
    mixed: bool = False

    @property
    def profile(self) -> Level | Mixed:
        """The level, or that there are several."""
        return MIXED if self.mixed else self.level


def candidate_at(
    place: int,
    seed: int,
    language: str,
    *,
    manner: Manner | None = None,
    level: Level | Mixed | None = None,
) -> Candidate:
    """Return the candidate at a place of a series; places in a row mix all manners and levels.

    Args:
        place: From 0 on.
        seed: The seed of the series.
        language: Language of the interviews.
        manner: The manner of all of them, None for a mix.
        level: The level of all of them, `mixed` for one that differs by competency, None when
            each is the same in everything and all levels occur.
    """
    lap, spot = divmod(place, len(MANNERS))
    drawn = LEVELS[(place if manner else spot + lap) % len(LEVELS)]
    return Candidate(
        manner=manner or MANNERS[spot],
        level=_BETWEEN if level == MIXED else level or drawn,
        language=language,
        seed=seeds.number(seed, "candidate", place) % LARGEST_SEED,
        mixed=level == MIXED,
    )
