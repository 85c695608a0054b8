"""Pace and words of filling of spoken answers: counted, told, and never scored."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from interviewer.assessment import assess, assessment_to_json, report_html, report_markdown
from interviewer.assessment.afterwards import Afterwards
from interviewer.assessment.aloud import (
    ALOUD,
    Aloud,
    aloud_in,
    aloud_note,
    aloud_of,
    spoken_in,
    together,
    was_spoken,
)
from interviewer.content.library import Library
from interviewer.interview.annotations import Annotation
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import whole

ENGLISH = "Um, I moved the load to the night, you know, and wrote a check for each of the tables."
CHINESE = "嗯，我把加载改到夜里，就是说，给每张表写了检查。"


def test_pace_is_words_by_the_time_of_speaking() -> None:
    """Nineteen words in 9.5 seconds are 120 a minute; two fillers are told beside it."""
    spoken = aloud_of(ENGLISH, 9.5, "en")
    assert (spoken.words, spoken.a_minute, spoken.fillers) == (19, 120, 2)
    assert spoken.fillers_in_100 == 10.5


@pytest.mark.parametrize("language", ["zh", "zh-CN"])
def test_chinese_is_counted_in_characters(language: str) -> None:
    """Pace in Chinese is characters a minute, as people count it there."""
    spoken = aloud_of(CHINESE, 6.0, language)
    assert spoken.words == 20
    assert spoken.a_minute == 200
    assert spoken.fillers == 2


@pytest.mark.parametrize("spoken", [Aloud(3, 60.0, 0), Aloud(40, 1.0, 0), Aloud(0, 0.0, 0)])
def test_too_little_speech_has_no_pace(spoken: Aloud) -> None:
    """A word or two, or a second of sound, tells nothing of a pace."""
    assert spoken.a_minute is None
    assert Aloud(3, 60.0, 1).fillers_in_100 is None


def test_recordings_of_one_answer_count_together() -> None:
    """An answer spoken in two parts has one pace, weighed by their length."""
    both = together([Aloud(30, 10.0, 1), Aloud(60, 30.0, 0)], answers=1)
    assert both == Aloud(90, 40.0, 1)
    assert both.a_minute == 135


@pytest.mark.parametrize(
    ("heard", "sent", "spoken"),
    [
        (ENGLISH, ENGLISH, True),
        (ENGLISH, "I moved the load to the night and wrote a check for each table.", True),
        (ENGLISH, "I would rather talk of my time at the hospital.", False),
        (CHINESE, "我把加载改到夜里，给每张表写了检查。", True),
        (CHINESE, "我在医院工作过三年。", False),
        ("…", "…", False),
    ],
)
def test_an_answer_counts_as_spoken_while_it_says_what_was_heard(
    heard: str, sent: str, spoken: bool
) -> None:
    """Corrections leave it spoken; words typed in place of it do not."""
    assert was_spoken(heard, sent) is spoken


def test_what_is_kept_comes_back() -> None:
    """Three numbers are kept with the number of the turn, and no sound or words."""
    note = aloud_note(4, Aloud(90, 40.04, 1))
    assert dict(note.body) == {"words": 90, "seconds": 40.0, "fillers": 1}
    assert aloud_in([note]) == {4: Aloud(90, 40.0, 1)}


@pytest.mark.parametrize(
    ("kind", "about", "body"),
    [
        ("drill", "turn 4", {"words": 9, "seconds": 4, "fillers": 0}),
        (ALOUD, "interview", {"words": 9, "seconds": 4, "fillers": 0}),
        (ALOUD, "turn ²", {"words": 9, "seconds": 4, "fillers": 0}),
        (ALOUD, "turn 4", {"words": "9", "seconds": 4, "fillers": 0}),
        (ALOUD, "turn 4", {"words": 9, "seconds": float("nan"), "fillers": 0}),
        (ALOUD, "turn 4", {"words": 9, "seconds": -1, "fillers": 0}),
        (ALOUD, "turn 4", {}),
    ],
)
def test_a_note_from_elsewhere_that_is_broken_says_nothing(
    kind: str, about: str, body: dict[str, object]
) -> None:
    """An imported file cannot put nonsense into a report."""
    notes = [Annotation(kind, about, MappingProxyType(body))]
    assert aloud_in(notes) == {}
    assert spoken_in(notes, Transcript("t")) is None


@pytest.mark.parametrize("spoken", [Aloud(260, 120.0, 6), Aloud(2, 1.0, 0)])
def test_the_report_tells_it_apart_and_levels_do_not_move(
    spoken: Aloud, make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """With and without spoken answers every level is the same, and the note says so."""
    told_interview = whole(make_plan, voice, "brightwell")
    plain = assess(told_interview, library)
    notes = (aloud_note(2, spoken), aloud_note(4, spoken))
    report = assess(told_interview, library, after=Afterwards(said=notes))
    assert replace(report, aloud=None) == plain
    for text in (report_html(report, told_interview), report_markdown(report, told_interview)):
        assert "2 answers were spoken" in text
        assert "not part of the levels" in text
    told = assessment_to_json(report)["aloud"]
    assert told["answers"] == 2
    assert told["words_a_minute"] == spoken.a_minute
    assert "aloud" not in assessment_to_json(plain)
