"""The page on what the visitor's interviews show together."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from interviewer.assessment.progress import Overview
from interviewer.assessment.progress.change import FEWEST
from interviewer.assessment.progress.words import use_told, words_for
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import asking
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.line import HEIGHT, WIDTH
from interviewer.ui.pages.trends import competency_name, trends
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
        lines, unscored = trends(found.series, self._desk.library, words, language)
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
            "lines": lines,
            "unscored": unscored,
            "stories": stories,
            "missing": missing,
        }

    def _name(self, competency: str, name: str, language: str) -> str:
        return competency_name(self._desk.library, competency, name, language)
