"""How hard an interview is made: patience, probes, where ladders start, how firm the boss is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

DifficultyName = Literal["easy", "medium", "hard"]
DIFFICULTIES: tuple[DifficultyName, ...] = get_args(DifficultyName)
USUAL: DifficultyName = "medium"


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What one word for difficulty means to the rules.

    Attributes:
        patience: Times more than the manner's that a question is put again.
        most_put_again: Bound on those times.
        most_probes: Probes a question gets at most.
        ladder_shift: Steps by which a ladder starts above its usual place, which is one below the
            level the post asks for.
        firmness: Steps by which the boss gives in less over pay; below 0 in an easy interview.
    """

    patience: int
    most_put_again: int
    most_probes: int
    ladder_shift: int
    firmness: int

    def put_again(self, usual: int) -> int:
        """Return the times a question is put again, from those of the examiner's manner."""
        return min(usual + self.patience, self.most_put_again)


_LEVELS: Mapping[str, Difficulty] = MappingProxyType({
    "easy": Difficulty(1, 5, 1, -1, -1),
    # At most two probes a question is limited prompting (SCIENCE 1.5).
    "medium": Difficulty(0, 5, 2, 0, 0),
    "hard": Difficulty(0, 1, 2, 1, 1),
})  # fmt: skip


def difficulty_of(name: str) -> Difficulty:
    """Return what a difficulty means; a name that is not known means the usual."""
    return _LEVELS.get(name, _LEVELS[USUAL])
