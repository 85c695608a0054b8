"""What the questions and rules of every country keep."""

from __future__ import annotations

import re

import pytest

from interviewer.content.lawful import COUNTRIES, LEAST_RULES, Lesson
from interviewer.content.library import Library
from interviewer.interview.guard.signs import plain, signs_for

CASES = [(country, language) for country in COUNTRIES for language in ("en", "zh")]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=CASES, ids=["-".join(case) for case in CASES])
def taught(request: pytest.FixtureRequest, library: Library) -> tuple[Lesson, str]:
    """Return the lesson of each country in each language, with the language."""
    country, language = request.param
    lesson = library.lawful.lesson(country, language)
    assert lesson is not None
    return lesson, language


def test_every_country_has_enough_pairs(taught: tuple[Lesson, str]) -> None:
    """There are ten pairs or more, each on its own topic, and marriage and children are in it."""
    lesson, _ = taught
    topics = [pair.topic for pair in lesson.pairs]
    assert len(set(topics)) == len(topics) >= LEAST_RULES
    assert {"marriage", "children"} <= set(topics)


def test_each_rule_has_a_date_and_the_whole_says_it_is_no_advice(
    taught: tuple[Lesson, str],
) -> None:
    """A rule names its year in one line; the lesson says that it is not legal advice."""
    lesson, language = taught
    for pair in lesson.pairs:
        assert re.search(r"\((19|20)\d\d(-\d\d-\d\d)?\)$", pair.rule), pair.rule
        assert "\n" not in pair.rule
    assert {"en": "Not legal advice", "zh": "不构成法律意见"}[language] in lesson.notice


def test_each_text_is_in_its_language(taught: tuple[Lesson, str]) -> None:
    """English has no Chinese signs in it, and Chinese texts have."""
    lesson, language = taught
    texts = [lesson.heading, lesson.intro, lesson.notice, lesson.never, lesson.lawful]
    texts += [text for pair in lesson.pairs for text in (pair.never, pair.lawful, pair.rule)]
    for text in texts:
        assert bool(HAN.search(text)) is (language == "zh"), text


def test_every_topic_is_taught_somewhere(library: Library) -> None:
    """No topic is written in vain: some country has a rule on it."""
    about = library.lawful.about
    assert about is not None
    used = {rule.topic for entry in library.lawful.countries.values() for rule in entry.rules}
    assert set(about.topics) - used == set()


def test_what_may_be_asked_passes_the_guard(taught: tuple[Lesson, str]) -> None:
    """An examiner could say every lawful question: the guard finds nothing improper in it."""
    lesson, language = taught
    signs = signs_for(language).patterns["improper"]
    for pair in lesson.pairs:
        assert not signs.search(plain(pair.lawful)), pair.lawful


def test_what_must_not_be_asked_is_kept_back_by_the_guard(taught: tuple[Lesson, str]) -> None:
    """The guard knows every question taught as improper, whoever words it."""
    lesson, language = taught
    signs = signs_for(language).patterns["improper"]
    assert [pair.never for pair in lesson.pairs if not signs.search(plain(pair.never))] == []
