"""Progress as JSON, `interviewer.progress/1`."""

from __future__ import annotations

from interviewer.assessment.progress.change import Change
from interviewer.assessment.progress.overview import Overview
from interviewer.assessment.progress.series import Point, Series
from interviewer.assessment.progress.story_bank import Story
from interviewer.assessment.progress.words import change_told, words_for

SCHEMA = "interviewer.progress/1"


def progress_to_json(candidate: str, found: Overview) -> dict[str, object]:
    """Return progress in the documented form; a gap is a level of null."""
    language = found.newest.language if found.newest else "en"
    return {
        "schema": SCHEMA,
        "candidate": candidate,
        "interviews": [
            {
                "session": s.session,
                "at": s.at or None,
                "company": s.company,
                "post": s.post,
                "language": s.language,
                "mode": s.mode,
                "assessor": s.assessor,
                "redo": s.redo,
                "finished": s.finished,
            }
            for s in found.sittings
        ],
        "self_rating": {"way": found.way},
        "series": [_series(series, change) for series, change in found.series],
        "stories": [_story(story) for story in found.stories],
        "without_story": [{"id": id_, "name": name} for id_, name in found.missing.items()],
        "notice": words_for(language).notice,
    }


def _series(series: Series, change: Change) -> dict[str, object]:
    key, scale = series.key, series.scale
    return {
        "competency": key.competency,
        "name": series.name,
        "family": key.family,
        "language": key.language,
        "mode": key.mode,
        "assessor": key.assessor,
        "scale": {"id": scale.id, "min": scale.min, "max": scale.max},
        "points": [_point(point) for point in series.points],
        "change": {
            "kind": change.kind,
            "by": change.by,
            "spread": change.spread,
            "interviews": change.interviews,
            "text": change_told(change, key.language),
        },
    }


def _point(point: Point) -> dict[str, object]:
    return {
        "session": point.session,
        "at": point.at or None,
        "post": point.title,
        "level": point.level,
        "state": "not_scored" if point.level is None else "scored",
        "reason": point.reason or None,
        "required": point.required,
        "questions": list(point.questions),
        "redo": point.redo,
        "counted": point.counted,
    }


def _story(story: Story) -> dict[str, object]:
    newest = story.newest
    return {
        "about": newest.thing or None,
        "quote": {"session": newest.session, "seq": newest.quote.seq, "text": newest.quote.text},
        "competencies": list(story.competencies),
        "questions": list(story.questions),
        "overused": story.overused,
        "told": [
            {
                "session": t.session,
                "at": t.at or None,
                "round": t.round,
                "to": t.examiner,
                "question": t.question,
                "competency": t.competency,
                "seq": t.quote.seq,
            }
            for t in story.tellings
        ],
    }
