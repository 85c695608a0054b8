"""Promises of what is said of the candidate's own questions."""

from __future__ import annotations

import pytest

from interviewer.assessment.own_questions import OwnQuestion, own_questions
from interviewer.content.library import Library
from interviewer.transcript import (
    CANDIDATE,
    EXAMINER,
    Interview,
    Passage,
    Retrieved,
    Transcript,
    Turn,
)

HUB = Passage(
    "b/performance#1",
    "Brightwell opened an automated sorting hub in Derby in March 2025.",
    "press",
    "performance",
)


def asked(library: Library, text: str, discussed: tuple[str, ...], *, found: bool = False,
          language: str = "en") -> tuple[OwnQuestion, ...]:  # fmt: skip
    """Return what is said of a candidate's turn."""
    said = (
        Turn(1, EXAMINER, "What would you like to know?"),
        Turn(2, CANDIDATE, text),
        Turn(3, EXAMINER, "…", retrieved=(Retrieved(HUB.id, 0.7),) if found else ()),
        Turn(4, CANDIDATE, "Unheard, why?"),
        Turn(5, EXAMINER, "…"),
    )
    transcript = Transcript("t", Interview(language=language, research={HUB.id: HUB}), said)
    return own_questions(said, [2], transcript, discussed, library.matters.get(language))


def test_a_question_that_builds_on_research_is_known(library: Library) -> None:
    """Somebody who names what they have read has prepared."""
    text = "I read that you opened the sorting hub in Derby. Who keeps it running at night?"
    (question,) = asked(library, text, ("team",))
    assert question.research == "built_on"
    assert question.text == "Who keeps it running at night?"


def test_having_read_something_else_is_not_enough(library: Library) -> None:
    """The words alone do not count: what was read has to stand in a passage."""
    (question,) = asked(library, "I read about the weather. How was it?", ())
    assert question.research == "open"


def test_a_question_the_research_answers_could_have_been_known(library: Library) -> None:
    """What is published need not be asked."""
    (question,) = asked(library, "When did the hub open?", (), found=True)
    assert question.answered
    assert question.research == "published"


@pytest.mark.parametrize(
    ("text", "language", "discussed", "fit"),
    [
        ("What is the salary?", "en", ("team", "process"), "elsewhere"),
        ("What is the salary?", "en", ("pay_negotiation",), "fits"),
        ("Who would I report to in the team?", "en", ("team",), "fits"),
        ("What is the colour of the door?", "en", ("team",), "any"),
        ("工资是多少？", "zh", ("team",), "elsewhere"),
        ("团队里有几个人？", "zh", ("team",), "fits"),
    ],
)
def test_a_question_is_somebodys_matter(
    library: Library, text: str, language: str, discussed: tuple[str, ...], fit: str
) -> None:
    """What is another examiner's matter is told, what is nobody's is left open."""
    (question,) = asked(library, text, discussed, language=language)
    assert question.fit == fit


def test_without_a_list_of_matters_the_fit_stays_open(library: Library) -> None:
    """Content without such a file says nothing of whose matter it is."""
    said = (Turn(1, CANDIDATE, "What is the salary?"), Turn(2, EXAMINER, "…"))
    (question,) = own_questions(said, [1], Transcript("t"), (), None)
    assert question.fit == "any"


def test_every_examiner_has_questions_worth_asking(library: Library) -> None:
    """Who discusses anything has matters that hold questions, in every language, none for two."""
    for matters in library.matters.values():
        for persona in library.personas.values():
            talks = bool(persona.about.may_discuss)  # a board answers no questions
            assert len(matters.worth_asking(persona.about.may_discuss)) >= 5 * talks
            assert set(persona.about.may_discuss) <= set(matters.matters)
        first = matters.worth_asking(("team",))
        assert not set(matters.worth_asking(("team", "process"), first)) & set(first)
        assert matters.worth_asking(("nothing",)) == ()
