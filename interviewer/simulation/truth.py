"""The truth of a simulated answer: what was in it and what it was meant to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from interviewer.simulation.candidate import Candidate, Level
from interviewer.simulation.sheet import Sheet

NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Truth:
    """What one answer really was.

    Attributes:
        seq: Its number in the transcript.
        item: Id of the planned item it belongs to, empty for none.
        kind: What it was: `story`, `reply`, `knowledge`, `pay`, `question`, `silence` and so on.
        parts: Parts of a story that were told in it.
        ownership: Whose work it was told as: `own`, `shared`, or empty.
        level: What all answers to the item are worth together, 1 to 5; 0 where nothing is judged.
        story: Id of the story it is from, empty for none.
        contradicts: Number of the earlier answer it does not fit, None for none.
        facts: Facts stated of oneself, and figures asked or accepted.
    """

    seq: int
    item: str
    kind: str
    parts: tuple[str, ...] = ()
    ownership: str = ""
    level: int = 0
    story: str = ""
    contradicts: int | None = None
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS)

    def to_json(self) -> dict[str, object]:
        """Return the form in `interview.simulated.truth`; what is empty is left out."""
        document: dict[str, object] = {
            "seq": self.seq,
            "kind": self.kind,
            "parts": list(self.parts),
            "ownership": self.ownership or None,
            "level": self.level or None,
            "contradicts": self.contradicts,
        }
        more = {"item": self.item, "story": self.story, "facts": dict(self.facts)}
        return document | {name: value for name, value in more.items() if value}


def record(
    candidate: Candidate,
    sheet: Sheet,
    told: tuple[Truth, ...],
    levels: Mapping[str, Level],
) -> dict[str, object]:
    """Return `interview.simulated` of a transcript.

    Args:
        candidate: The candidate.
        sheet: Their private figures.
        told: The truth of their answers.
        levels: Their level by competency, where it differs by it.
    """
    return {
        "manner": candidate.manner,
        "level": candidate.profile,
        **({"levels": dict(levels)} if levels else {}),
        "seed": candidate.seed,
        "sheet": sheet.to_json(),
        "truth": [truth.to_json() for truth in told],
    }
