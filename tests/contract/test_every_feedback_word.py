"""What feedback says in every language: everything it may have to, and nothing it must not."""

from __future__ import annotations

import re

import pytest

from interviewer.assessment.feedback.anchors import step_up
from interviewer.assessment.feedback.choosing import GAINS
from interviewer.assessment.feedback.first_change import family
from interviewer.assessment.feedback.sought import ALL_LACKS
from interviewer.assessment.feedback.strength import RARE
from interviewer.assessment.feedback.words import FeedbackWords, feedback_words
from interviewer.content.library import Library

LANGUAGES = ("en", "zh")
every_language = pytest.mark.parametrize("language", LANGUAGES)
SLOT = re.compile(r"\{(\w+)\}")
# Words about a person, about others, and about what will happen.
FORBIDDEN = {
    "en": re.compile(
        r"\b(?:you are (?:a|an|very|too|not)|talented|nervous|confident|weak|strong|lazy|clever|"
        r"brilliant|excellent|great job|well done|impressive|percentile|better than \d|other "
        r"candidates|chances?|hire|hired|get the job|pass rate)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"优秀|出色|聪明|自信|紧张|懒|能力强|能力差|很棒|真棒|太好了|百分位|超过了|其他候选人"
        r"|录用|录取|通过率|胜率|机会很大"
    ),
}


def said_in(words: FeedbackWords) -> list[str]:
    """Return every sentence that feedback may say."""
    told = [*words.labels.values(), *words.rests_on.values(), *words.parts.values()]
    told += [*words.advice.values(), *words.counts.values(), *words.prompts.values()]
    told += [text for ways in (*words.gaps.values(), *words.questions.values()) for text in ways]
    return told + [drill.text for drill in words.drills.values()]


@every_language
def test_everything_that_can_be_missing_has_its_words(language: str) -> None:
    """Whatever an answer lacks, there is a gap, a question, a drill, an advice and a worth."""
    words = feedback_words(language)
    for lack in ALL_LACKS:
        assert words.gaps[lack], lack
        assert words.questions[lack], lack
        assert words.drills[lack].minutes in range(5, 16), lack
        assert words.advice[family(lack)], lack
        assert lack in GAINS or lack.startswith("step_"), lack
    assert set(words.gaps) == set(words.drills) == set(ALL_LACKS)
    assert set(words.questions) == {*ALL_LACKS, "silent"}
    assert set(words.counts) == set(RARE)


@every_language
def test_what_is_told_twice_can_be_told_in_two_ways(language: str) -> None:
    """A lack that may be named more than once has two gaps and two questions that differ."""
    words = feedback_words(language)
    for lack in ALL_LACKS:
        if not lack.startswith("step_"):
            assert len(set(words.gaps[lack])) >= 2, lack
        assert len(set(words.questions[lack])) >= 2, lack


@every_language
def test_every_question_names_what_was_said(language: str) -> None:
    """A question to the candidate quotes the answer it asks about, and asks something."""
    for lack, ways in feedback_words(language).questions.items():
        for way in ways:
            assert "{quote}" in way, lack
            assert set(SLOT.findall(way)) <= {"quote", "asked"}, lack
            assert way.endswith(("?", "？")), way
        assert lack == "silent" or any("{asked}" not in way for way in ways), lack


@every_language
def test_nothing_is_said_of_the_person(language: str) -> None:
    """No sentence praises or blames somebody, compares with others or speaks of being hired."""
    for text in said_in(feedback_words(language)):
        assert not FORBIDDEN[language].search(text), text


@every_language
def test_nothing_is_left_in_the_other_language(language: str) -> None:
    """A Chinese sentence has no English words, an English one no Chinese, but for slots."""
    other = r"[A-Za-z]{2,}" if language == "zh" else "[\u4e00-\u9fff]"
    for text in said_in(feedback_words(language)):
        assert not re.search(other, SLOT.sub("", text)), text


def test_both_languages_say_as_much() -> None:
    """Whatever has words in one language has them in the other, in as many ways."""
    english, chinese = feedback_words("en"), feedback_words("zh")
    for table in FeedbackWords.model_fields:
        assert set(getattr(english, table)) == set(getattr(chinese, table)), table
    for lack in english.questions:
        assert len(english.questions[lack]) == len(chinese.questions[lack])
        slots = [
            {frozenset(SLOT.findall(way)) for way in w.questions[lack]} for w in (english, chinese)
        ]
        assert slots[0] == slots[1], lack
    for lack in english.drills:
        assert english.drills[lack].minutes == chinese.drills[lack].minutes, lack
    assert feedback_words("fr") is not None
    assert feedback_words("fr") == english


@every_language
def test_the_next_anchor_of_every_rubric_can_be_quoted(library: Library, language: str) -> None:
    """From every level of every rubric there is a step, and what is quoted of it stands there."""
    quoted = 0
    for rubric in library.rubrics.values():
        for anchor in rubric.anchors:
            step = step_up(rubric, anchor, None, language)
            assert step.matched == rubric.anchors[anchor][language]
            assert bool(step.next) == (anchor < max(rubric.anchors)), rubric.id
            for lack in ALL_LACKS:
                asked = step.asks_for(lack)
                if asked is not None:
                    level, clause = asked
                    assert clause in rubric.anchors[level][language]
                    quoted += 1
    assert quoted > 100
