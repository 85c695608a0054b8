"""What a plan starts from: what was missing in an earlier interview, and what was asked there.

Only the choice of questions moves by it. It names competencies and the reason in a word, never a
level, and no examiner is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

Why = Literal["not_scored", "below", "weakest"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency that was missing.

    Attributes:
        competency: Rubric id.
        why: It was not scored, lay below what the post asks for, or was the weakest of all.
    """

    competency: str
    why: Why


@dataclass(frozen=True, slots=True)
class Start:
    """An earlier interview, as far as a plan may know of it.

    Attributes:
        session: Its id.
        gaps: What was missing, the most urgent first.
        asked: Ids of the questions it asked, without the round, sorted.
    """

    session: str
    gaps: tuple[Gap, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:
        """The competencies to ask about first."""
        return tuple(gap.competency for gap in self.gaps)

    def why(self, competency: str | None) -> Why | None:
        """Return why a competency comes first, None where it does not."""
        return next((gap.why for gap in self.gaps if gap.competency == competency), None)


def start_to_json(start: Start) -> dict[str, object]:
    """Return the form that stands in a plan, `from`."""
    gaps = [{"competency": gap.competency, "why": gap.why} for gap in start.gaps]
    return {"session": start.session, "gaps": gaps, "asked": list(start.asked)}


def start_from_json(document: Mapping[str, object]) -> Start:
    """Read `from` of a plan.

    Raises:
        KeyError, TypeError, AttributeError: It is not of the form.
    """
    gaps = cast("Sequence[Mapping[str, object]]", document["gaps"])
    return Start(
        session=str(document["session"]),
        gaps=tuple(Gap(str(gap["competency"]), cast("Why", str(gap["why"]))) for gap in gaps),
        asked=tuple(map(str, cast("Sequence[object]", document["asked"]))),
    )
