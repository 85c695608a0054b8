"""What metrics see and what they let pass where a figure, a mark or a plan tells nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType

import pytest

from interviewer.content.library import Library
from interviewer.evaluation.metric import Score, chosen, known_metrics
from interviewer.evaluation.ranking import worth
from interviewer.evaluation.speech import Speech
from interviewer.evaluation.telling import NaiveBayes, runs_of_words
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import Candidate
from interviewer.transcript import Interview, Passage, Transcript, Turn
from interviewer.wiring import Settings, open_library
from tests.conftest import PlanMaker
from tests.simulating import simulated

SAYS = (
    "Acme Freight runs nine depots in the north. In 2025 it moved 412,000 parcels, and in 2024 it "
    "moved 390,000 of them. Drivers start at five."
)
ANSWER = (
    "I wrote the loader for the stock model myself, tested it against last year's orders, and "
    "after two weeks the planners used it every morning; shortages fell from forty a week to nine."
)


@cache
def library() -> Library:
    """Return the content of the project."""
    return open_library(Settings.from_environment({}))


def score(name: str, transcript: Transcript) -> Score:
    """Return what a metric says of a transcript."""
    (metric,) = chosen(known_metrics(library()), [name])
    return metric.score(Speech(transcript))


def tags(name: str, transcript: Transcript) -> list[str]:
    """Return the tags of what a metric finds."""
    return [finding.tag for finding in score(name, transcript).findings]


def talk(*said: str, cites: tuple[str, ...] = ()) -> Transcript:
    """Return a talk: examiner and candidate in turn; the first turn cites."""
    turns = tuple(
        Turn(
            place, ("user", "assistant")[place % 2], text, name="hr" if place % 2 else None,
            round="hr", cites=cites if place == 1 else (),
        )
        for place, text in enumerate(said, start=1)
    )  # fmt: skip
    research = {"acme/scope#1": Passage("acme/scope#1", SAYS, "Report", "scope", language="en")}
    interview = Interview(
        company="Acme Freight", language="en", research=MappingProxyType(research)
    )
    return Transcript("t", interview, turns)


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("Acme Freight brews beer in an old town hall.", "unsupported"),
        ("Our orchards export cider to most of Europe.", "unsupported"),
        ("Acme Freight runs four depots in the north.", "figure"),
        ("Nobody could say that Acme Freight runs nine depots in the north.", "turned"),
        ("Acme Freight runs nine depots in the north of Portugal.", "name"),
        ("Acme Freight runs nine depots in the north.", ""),
        ("Thank you for coming in to see us today.", ""),
        ("We will take about thirty minutes together.", ""),
    ],
)
def test_a_claim_needs_no_figure_to_be_one(said: str, tag: str) -> None:
    """Foreign matters, a figure of another sentence, a denial, a foreign name; courtesies pass."""
    assert tags("grounding", talk(said, "I see.")) == ([tag] if tag else [])


def test_what_a_passage_says_word_for_word_is_to_be_cited() -> None:
    """Without any citation, or with one that no mark shows; with both nothing is wrong."""
    said = "Acme Freight runs nine depots in the north"
    cited = talk(f"{said} [1].", "I see.", cites=("acme/scope#1",))
    assert score("citation_validity", cited).value == 1.0
    unmarked = talk(f"{said}.", "I see.", cites=("acme/scope#1",))
    assert tags("citation_validity", unmarked) == ["unmarked"]
    both = replace(cited, turns=(*cited.turns, Turn(3, "assistant", f"{said}.", "hr", round="hr")))
    assert tags("citation_validity", both) == ["uncited"]
    assert score("citation_validity", both).value == 0.5


QUESTION = "Which part of the stock model did you build yourself?"


def test_a_question_comes_again_for_a_reason_or_without_one() -> None:
    """After an answer it is repetition, whenever it comes; after none it is put again."""
    other = "What would you like to learn in your first year here?"
    assert tags("repetition", talk(QUESTION, ANSWER, QUESTION, ANSWER)) == ["again"]
    assert tags("repetition", talk(QUESTION, ANSWER, other, ANSWER, QUESTION)) == ["again"]
    assert tags("repetition", talk(QUESTION, "Sorry, could you repeat that?", QUESTION)) == []
    assert tags("repetition", talk(QUESTION, "", QUESTION, ANSWER)) == []
    assert tags("repetition", talk(QUESTION, "", other, ANSWER, QUESTION)) == ["again"]
    reworded = "Which part of the stock model was it that you had built yourself?"
    assert tags("repetition", talk(QUESTION, ANSWER, reworded, ANSWER)) == ["again"]


def test_an_invitation_to_ask_may_come_again() -> None:
    """Whoever may ask is asked what next; a turn is not held against itself."""
    invites = "What else would you like to know about us?"
    asks = "How many days of holiday are there?"
    assert tags("repetition", talk(invites, asks, invites, asks, invites)) == []
    assert tags("repetition", talk("What did you do? And then, what did you do?", ANSWER)) == []


def test_a_question_within_an_answer_invites_to_nothing() -> None:
    """Who answers, and asks something on the way, has answered; who only asks back, has not."""
    other = "What would you like to learn in your first year here?"
    aside = f"{ANSWER} How many planners do you have?"
    assert tags("repetition", talk(QUESTION, aside, other, ANSWER, QUESTION)) == ["again"]
    back = "Do you mean the stock model of last year?"
    assert tags("repetition", talk(QUESTION, back, QUESTION, ANSWER)) == []
    assert tags("repetition", talk(QUESTION, back, other, ANSWER, QUESTION)) == ["again"]


def test_an_invitation_is_known_from_phrasebooks_too() -> None:
    """Even one whose words alone invite to nothing, with the employer's name in it."""
    invites = "What can I tell you about Acme Freight?"
    assert tags("repetition", talk(invites, ANSWER, QUESTION, ANSWER, invites)) == []


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("What did you build, and how would your colleagues describe it?", "double"),
        ("What did you build, and would you do it again?", "double"),
        ("What did you build with your colleagues and the planners?", ""),
        ("When the deadline came, which step did you leave out?", ""),
    ],
)
def test_two_clauses_that_ask_are_two_questions(asked: str, tag: str) -> None:
    """A clause that sets the scene asks nothing."""
    assert tags("question_form", talk(asked, ANSWER)) == ([tag] if tag else [])


@pytest.fixture(scope="module")
def interview(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return an interview with a simulated candidate."""
    plan = make_plan("brightwell", "data-engineer", seed=9, language="en")
    return simulated(plan, Candidate("strong", "high", "en", 9), voice, library())


def test_a_last_round_that_never_came_is_missed(interview: Transcript) -> None:
    """After a round was closed; one that breaks off while an answer is waited for is not."""
    kept = tuple(turn for turn in interview.turns if turn.round != "boss")
    assert tags("plan_order", replace(interview, turns=kept)) == ["round_left_out"]
    assert tags("plan_order", replace(interview, turns=kept[:-2])) == []


def test_a_name_that_is_nobodys_at_the_table_is_a_break(interview: Transcript) -> None:
    """In full, given out as one's own; the plan's own questions are asked in the part."""
    first = interview.turns[0]
    for said, tag in (
        ("I'm Gustav Lindqvist, from procurement.", ["wrong_persona_name"]),
        ("I'm Helen Marsh, from hiring.", []),
        ("I am ready, and so are you.", []),
    ):
        changed = replace(first, content=f"{said} {first.content}")
        assert (
            tags("role_breaks", replace(interview, turns=(changed, *interview.turns[1:]))) == tag
        )


def test_an_examiner_is_told_by_words_and_not_by_short_forms() -> None:
    """Contractions are nobody's mark, nor are facts that are cited."""
    assert runs_of_words("We've met.") == runs_of_words("We have met.")
    teller = NaiveBayes([("a", "Noted. Next point."), ("b", "Thank you kindly.")], runs_of_words)
    assert teller.guess("Noted.") == "a"
    assert teller.guess("Thank you.") == "b"


def test_a_reply_is_worth_more_in_the_order_of_what_it_says() -> None:
    """Words in order, figures, a "not", and what somebody says of not knowing."""
    text = "The hall seats ninety people, and the smaller room seats twelve."
    said = "The hall seats ninety people."
    assert worth(said, text, "en") > worth("People ninety seats hall the.", text, "en")
    assert worth(said, text, "en") > worth("The hall seats forty people.", text, "en")
    assert worth(said, text, "en") > worth("The hall does not seat ninety people.", text, "en")
    assert worth(f"I'm not sure, but {said}", text, "en") == worth(said, text, "en")
    assert worth("i ' m not sure , but the hall seats ninety people .", text, "en") > 1
    assert worth("", text, "en") == 1.0
    assert worth("大厅有九十个座位。", "大厅有九十个座位，小厅有十二个。", "zh") > 1.2


def test_a_part_that_was_told_is_not_asked_for_again() -> None:
    """Whoever words the question; what was not told, or not as one's own, may be asked for."""
    story = "Tell me about a time when you put something right at work."
    whole = f"{ANSWER} In the end the planners kept the loader, and late orders fell by a third."
    asked = "What did you yourself do?"
    assert tags("retention", talk(story, whole, asked, whole)) == ["told_already"]
    assert tags("retention", talk(story, whole, "What was the outcome?", whole)) == [
        "told_already"
    ]
    ours = "We had trouble with the stock model that year, and everybody in the team worked on it."
    assert tags("retention", talk(story, ours, asked, whole)) == []
    assert tags("retention", talk(story, "", asked, whole)) == []
    zh = talk(
        "请讲一件您做成的事。",
        "去年三月，我负责库存模型，我自己写了导入程序，缺货从四十件降到九件。",
        "您自己做了什么？",
    )
    assert tags("retention", replace(zh, interview=Interview(language="zh"))) == ["told_already"]


def test_somebody_elses_name_in_the_employers_place_is_seen() -> None:
    """At the beginning of a sentence and in Chinese too; "we" and "our company" are nobody."""

    def told(text: str, name: str, research: str, language: str) -> list[str]:
        passage = Passage("a#1", research, "Report", "scope", language=language)
        interview = Interview(
            language=language, company=name, research=MappingProxyType({"a#1": passage})
        )
        return tags("grounding", Transcript("t", interview, (Turn(1, "assistant", text,
                                                                  cites=("a#1",)),)))  # fmt: skip

    says = "Acme Freight runs nine depots in the north and starts drivers at five"
    assert told(f"{says} [1]", "Acme Freight", says, "en") == []
    assert told(f"{says.replace('Acme Freight', 'Kestrel')} [1]", "Acme Freight", says, "en") == [
        "name"
    ]
    assert (
        told(f"{says.replace('Acme Freight', 'Our company')} [1]", "Acme Freight", says, "en")
        == []
    )
    assert told("The drivers begin early in Leeds [1].", "Acme Freight", says, "en") == [
        "unsupported"
    ]
    zh = "远航物流2025年在北方有九个仓库，司机五点上班"
    assert told(f"{zh.replace('远航物流', '启恒')}[1]", "远航物流", zh, "zh") == ["name"]
    assert told(f"{zh.replace('远航物流', '远航')}[1]", "远航物流", zh, "zh") == []
    assert told(f"{zh.replace('远航物流', '我们')}[1]", "远航物流", zh, "zh") == []
