"""What every competency keeps, whoever adds one."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.content.rubric import Rubric

ROOT = Path(__file__).parents[2]
RUBRICS = sorted(p.stem for p in (ROOT / "personas" / "_shared" / "rubrics").glob("*.toml"))
LANGUAGES = {"en", "zh"}


@pytest.fixture(params=RUBRICS)
def rubric(request: pytest.FixtureRequest, library: Library) -> Rubric:
    """Return each competency in turn."""
    return library.rubrics[request.param]


def test_there_is_enough_to_ask(library: Library) -> None:
    """Interviews can differ: at least 14 competencies and 90 questions."""
    assert len(library.rubrics) >= 14
    assert sum(len(rubric.questions) for rubric in library.rubrics.values()) >= 90


def test_names_and_definitions_are_in_both_languages(rubric: Rubric) -> None:
    """A competency is named and defined in English and Chinese."""
    assert set(rubric.name) >= LANGUAGES
    assert set(rubric.definition) >= LANGUAGES


def test_anchors_are_described_in_both_languages(rubric: Rubric) -> None:
    """Lowest, highest and a level between are described in each language, no two levels alike."""
    scale = rubric.scale
    needed = {1, 3, 5} if scale.id == "anchors5" else {scale.min, scale.max}
    assert needed <= set(rubric.anchors)
    assert len(rubric.anchors) >= 3
    for words in rubric.anchors.values():
        assert set(words) >= LANGUAGES
    for language in LANGUAGES:
        texts = [words[language] for words in rubric.anchors.values()]
        assert len(set(texts)) == len(texts)


def test_an_english_anchor_can_be_taken_in(rubric: Rubric) -> None:
    """An anchor has 25 to 45 words, as docs/content.md asks."""
    for level, words in rubric.anchors.items():
        assert 25 <= len(words["en"].split()) <= 45, level


def test_a_question_is_one_question_in_both_languages(rubric: Rubric) -> None:
    """Questions and probes have text in each language and one question mark at most."""
    # How somebody asks is seen in the questions they put; nothing is asked about it.
    # Nor is anything asked about how somebody writes: they write.
    assert rubric.questions or rubric.id in ("candidate_questions", "written_work")
    for question in rubric.questions:
        probes = [words for listed in question.probes.values() for words in listed]
        for words in (question.text, *probes):
            assert set(words) >= LANGUAGES, question.id
            for text in words.values():
                assert text.count("?") + text.count("？") <= 1, text


def test_no_question_is_asked_twice(library: Library) -> None:
    """No two questions of any competency have the same words."""
    for language in LANGUAGES:
        texts = [q.text[language] for rubric in library.rubrics.values() for q in rubric.questions]
        assert len(set(texts)) == len(texts)


def test_a_question_comes_after_a_fact_only_with_topics(rubric: Rubric) -> None:
    """A question that may follow a fact says on which topics the fact may be."""
    for question in rubric.questions:
        assert (question.grounding == "none") or question.topics, question.id


def test_more_is_asked_of_those_who_lead(rubric: Rubric) -> None:
    """The level required never falls with seniority and stays on the scale."""
    levels = [rubric.level_required(s) for s in ("intern", "junior", "mid", "senior", "lead")]
    assert levels == sorted(levels)
    assert rubric.scale.min <= levels[0]
    assert levels[-1] <= rubric.scale.max


def test_every_competency_is_looked_for(library: Library) -> None:
    """A rubric that no persona and no written test uses is no use."""
    used = {name for p in library.personas.values() for name in p.about.competencies}
    assert set(RUBRICS) == used | {"written_work"}


def test_points_are_told_in_both_languages(rubric: Rubric) -> None:
    """What a good answer holds is known by words of each language, and no two points share one."""
    for language in LANGUAGES if rubric.points else ():
        words = [word for point in rubric.points for word in set(point.says[language])]
        assert all(point.says[language] for point in rubric.points)
        assert len(set(words)) >= len(words) * 0.9
