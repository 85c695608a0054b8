"""What a judge is shown of one competency, and what it may say: pure values, and the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

Usage = Mapping[str, float]
NOTHING: Usage = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, and of what was said to it the sentences that count."""

    question: str
    said: str


@dataclass(frozen=True, slots=True)
class RatingSheet:
    """One competency as a judge sees it: nothing of any other, and no level from anybody.

    There is no name, no school, no CV and no protected fact in it, and nothing tells in which
    round or at which place a question was asked.

    Attributes:
        language: Language of the interview.
        name: The competency.
        definition: What it is.
        anchors: What is said at which level, the lowest first.
        levels: The levels a judge may give, the lowest first.
        exchanges: What was asked for it and said, oldest first.
    """

    language: str
    name: str
    definition: str
    anchors: tuple[tuple[int, str], ...]
    levels: tuple[int, ...]
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge gave.

    Attributes:
        level: None when it found no evidence.
        quotes: The candidate's words that it rests on, as the judge copied them.
    """

    level: int | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What came of asking once.

    Attributes:
        verdict: None when there was none that could be read.
        why: Why there was none, as a sentence.
        usage: Tokens as `input` and `output`, and `cost_usd` where a price is known.
    """

    verdict: Verdict | None
    why: str = ""
    usage: Usage = field(default_factory=lambda: NOTHING)


class Judge(Protocol):
    """Gives one level for one competency, each time anew."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    @property
    def at_once(self) -> int:
        """How many samples may be asked for at the same time."""
        ...

    async def rule(self, sheet: RatingSheet, place: int) -> Ruling:
        """Judge once; a failure is a ruling without a verdict.

        Args:
            sheet: What is judged.
            place: Which sample it is, from 0, so that samples need not be shown alike.
        """
        ...
