"""Which three items matter most: how far from what the post asks for, how cheap the gain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_ITEMS = 3
# How often one lack may be named in a round; the second time it says "again".
MOST_ALIKE = 2
# What is told with one more sentence gains most for least (SCIENCE 1.4, 1.8: caps first).
GAINS: Mapping[str, float] = {
    "own_action": 1.0, "result": 1.0, "specific": 1.0, "late": 0.95, "employer": 0.9,
    "more": 0.9, "case": 0.9, "first_step": 0.9, "own_evidence": 0.9, "withdrawn": 0.85,
    "off": 0.85, "reason": 0.8, "reason_would": 0.8, "first_months": 0.8, "unanswered": 0.8,
    "other_side": 0.75, "other_side_would": 0.75, "goals": 0.75, "example": 0.75,
    "checking": 0.7, "weighing": 0.7, "weighing_would": 0.7, "find_out": 0.7, "drives": 0.7,
    "reflection": 0.7, "seeking": 0.65, "seeking_would": 0.65, "checking_would": 0.65,
    "bid_specific": 0.9, "bid_evidence": 0.85, "bid_market": 0.8, "bid_reason": 0.75,
    "needs": 0.65, "listener": 0.65, "situation": 0.6, "own_share": 0.6, "doubt": 0.6,
    "risk": 0.6, "lasting": 0.55, "passing_on": 0.4,
}  # fmt: skip
# A step of a ladder is learned, not told: dearer, and yet what the post asks for.
_STEP = 0.65
# Lacks without which a rubric caps the level weigh more.
_CAPPED = 1.3
# The next anchor asks for it by name.
_NAMED = 1.35
_OF_THE_POST = 1.25
# What could not be scored is told when nothing else is to be told that matters as much.
_UNSCORED = 0.3
_SAME_COMPETENCY, _SAME_LACK, _SAID_BEFORE = 0.4, 0.5, 0.85


@dataclass(frozen=True, slots=True)
class Chance:
    """One thing that could be told.

    Attributes:
        place: Place of its answer in the round.
        competency: Rubric id.
        lack: What is missing.
        need: Levels from here to what the post asks for, on a scale of five; below 0 by how much
            the answer is above it.
        quote: What is quoted for it.
        of_the_post: Whether the question serves a line of the post.
        capped: Whether a cap of the rubric is in force through this lack.
        named: Whether the next anchor asks for it.
        scored: Whether the answer has a level.
    """

    place: int
    competency: str
    lack: str
    need: float
    quote: str
    of_the_post: bool
    capped: bool
    named: bool
    scored: bool

    @property
    def worth(self) -> float:
        """How much telling it could gain."""
        gain = _STEP if self.lack.startswith("step_") else GAINS[self.lack]
        gain *= _CAPPED if self.capped else _NAMED if self.named else 1.0
        gain *= 1.0 if self.scored else _UNSCORED
        return self.need * gain * (_OF_THE_POST if self.of_the_post else 1.0)


def choose(chances: Sequence[Chance], said: Counter[str]) -> tuple[Chance, ...]:
    """Return what is told of one round, what matters most first.

    At most three, spread over competencies; the same lack at most twice; at most one that nothing
    was said on. Where every answer has what the post asks for, one next step is told.

    Args:
        chances: What could be told.
        said: How often each lack was told in the rounds before.
    """
    short = [chance for chance in chances if chance.need > 0]
    left = short or list(chances)
    most = MOST_ITEMS if short else 1
    chosen: list[Chance] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda chance: _worth_beside(chance, chosen, said))
        chosen.append(best)
        left = [chance for chance in left if _may_follow(chance, chosen)]
    return tuple(chosen)


def _worth_beside(chance: Chance, chosen: Sequence[Chance], said: Counter[str]) -> float:
    worth = chance.worth if chance.need > 0 else _next_step(chance)
    if any(chance.competency == other.competency for other in chosen):
        worth *= _SAME_COMPETENCY
    if any(chance.lack == other.lack for other in chosen):
        worth *= _SAME_LACK
    return worth * _SAID_BEFORE ** said[chance.lack]


def _next_step(chance: Chance) -> float:
    """Return what a step beyond what the post asks for is worth: most where least is to spare."""
    gain = GAINS.get(chance.lack, _STEP) * (_NAMED if chance.named else 1.0)
    return 0.1 * gain / (1.0 - chance.need)


def _may_follow(chance: Chance, chosen: Sequence[Chance]) -> bool:
    if any(chance.place == other.place or chance.quote == other.quote for other in chosen):
        return False
    if not chance.scored and any(not other.scored for other in chosen):
        return False
    return sum(chance.lack == other.lack for other in chosen) < MOST_ALIKE
