"""The page on what the visitor's interviews show together."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from interviewer.assessment.progress import Overview
from interviewer.assessment.progress.change import FEWEST
from interviewer.assessment.progress.words import (
    change_told,
    compared_told,
    use_told,
    words_for,
)
from interviewer.interview.planning import in_language
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import asking
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.line import HEIGHT, WIDTH, line_of
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import Words


class HistoryPages:
    """The page `/progress`."""

    def __init__(self, desk: Desk, visitors: Visitors) -> None:
        """Keep what the page asks."""
        self._desk = desk
        self._visitors = visitors

    async def progress(self, request: Request) -> Response:
        """Show levels over time, what may be said of them, and the stories told."""
        who = asking(request, self._visitors)
        found = await self._desk.history.overview(who.visitor)
        values = {
            "at": "progress",
            "employer": None,
            "found": found,
            "fewest": FEWEST,
            "told": words_for(who.language),
            "width": WIDTH,
            "height": HEIGHT,
            **self._shown(found, who.words, who.language),
        }
        return page("history", who, values)

    def _shown(self, found: Overview, words: Words, language: str) -> dict[str, object]:
        lines = [
            {
                "name": self._name(series.key.competency, series.name, language),
                "compared": compared_told(series.key, language),
                "language": series.key.language,
                "line": line_of(series, words),
                "newest": series.counted[-1][1] if series.counted else None,
                "required": series.points[-1].required,
                "scale": series.scale,
                "kind": change.kind,
                "change": change_told(change, language),
            }
            for series, change in found.series
        ]
        stories = [
            {
                "story": story,
                "use": use_told(story, language),
                "served": [
                    self._name(competency, name, language)
                    for competency, name in story.competencies.items()
                ],
            }
            for story in found.stories
        ]
        missing = [self._name(entry, name, language) for entry, name in found.missing.items()]
        return {
            "lines": [line for line in lines if line["kind"] != "none"],
            "unscored": [line for line in lines if line["kind"] == "none"],
            "stories": stories,
            "missing": missing,
        }

    def _name(self, competency: str, name: str, language: str) -> str:
        """Return a competency's name in the language of the screen."""
        rubric = self._desk.library.rubrics.get(competency)
        return in_language(rubric.name, language) if rubric else name
