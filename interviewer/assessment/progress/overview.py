"""A candidate's progress as a whole: a fold over their interviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interviewer.assessment.progress.change import Change, change_in
from interviewer.assessment.progress.series import Series, series_in
from interviewer.assessment.progress.sitting import Sitting
from interviewer.assessment.progress.story_bank import Story, stories_in, without_story
from interviewer.assessment.self_rating import Way, way_of
from interviewer.content.library import Library


@dataclass(frozen=True, slots=True)
class Overview:
    """What several interviews of one candidate show.

    Attributes:
        sittings: The interviews, oldest first.
        series: Levels of each competency, with what may be said of them.
        stories: Stories told, those told to most questions first.
        missing: Names of the newest post's competencies that have no story yet, by id.
    """

    sittings: tuple[Sitting, ...]
    series: tuple[tuple[Series, Change], ...]
    stories: tuple[Story, ...]
    missing: Mapping[str, str]

    @property
    def way(self) -> Way | None:
        """Whether the candidate's own levels come nearer to these, None below two ratings."""
        return way_of([sitting.distance for sitting in self.sittings if not sitting.redo])

    @property
    def newest(self) -> Sitting | None:
        """The newest interview that is not one answer given again, None without any."""
        return next((s for s in reversed(self.sittings) if not s.redo), None)


def overview(sittings: Iterable[Sitting], library: Library) -> Overview:
    """Return what interviews of one candidate show together.

    Args:
        sittings: The interviews, in any order.
        library: Rubrics and personas.
    """
    ordered = tuple(sorted(sittings, key=lambda sitting: (sitting.at, sitting.session)))
    stories = stories_in(ordered)
    newest = next((s for s in reversed(ordered) if not s.redo), None)
    return Overview(
        sittings=ordered,
        series=tuple((series, change_in(series)) for series in series_in(ordered)),
        stories=stories,
        missing=without_story(newest, stories, library) if newest else {},
    )
