"""Sentences that serve several questions are no answer to them; other languages are understood."""

from __future__ import annotations

from interviewer.assessment import assess
from interviewer.assessment.judging import judging_of
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.assessment.scoring.newness import is_void
from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import STORY, ask, begun, say, scored_item, talk
from tests.unit.test_scoring import asked

STOCK = "Anyway, the building had a lift that stopped between the floors, so I took the stairs."
OWN = (
    "In May I asked the drivers what they feared.",
    "In June I wrote the list for the ward.",
    "In July I counted the boxes with the clerk.",
)


def repeated(plan: Plan, transcript: Transcript, library: Library) -> list[tuple[str, ...]]:
    """Return what each of the candidate's turns says over again."""
    judging = judging_of(plan, transcript, library)
    return [judging.repeated_in(turn) for turn in transcript.turns if turn.by_candidate]


def test_what_was_said_before_is_said_again(make_plan: PlanMaker, library: Library) -> None:
    """A sentence counts where it is said first, and more of the same question may repeat it."""
    plan = make_plan("brightwell")
    held = talk(
        plan,
        {
            ("hr", 0): [f"{OWN[0]} {STOCK}", f"{STOCK} That was it."],
            ("hr", 1): [f"{STOCK} {OWN[1]}"],
        },
    )
    assert repeated(plan, held, library) == [(), (), (STOCK,)]


def test_what_served_three_questions_answers_none(make_plan: PlanMaker, library: Library) -> None:
    """A stock sentence is no evidence anywhere, not even where it was said first."""
    plan = make_plan("brightwell")
    held = talk(plan, {("hr", n): [f"{OWN[n]} {STOCK} Fine."] for n in range(3)})
    assert repeated(plan, held, library) == [(STOCK,)] * 3


def test_one_story_for_all_questions_has_a_level_for_none(
    make_plan: PlanMaker, library: Library
) -> None:
    """Told to one question a story is evidence, told to all it is not."""
    plan = make_plan("brightwell")
    once = assess(talk(plan, {("hr", 1): [STORY]}), library)
    always = assess(talk(plan, {("hr", n): [STORY] for n in range(4)}), library)
    assert any(c.score.level is not None for c in once.rounds[0].competencies)
    assert all(c.score.level is None for c in always.rounds[0].competencies)


def test_a_word_before_the_first_question_belongs_to_none(
    make_plan: PlanMaker, library: Library
) -> None:
    """Whoever speaks first answers nothing yet, and can say the same as an answer only once."""
    plan = make_plan("brightwell")
    held = say(begun(plan), "hr", STOCK)
    held = say(ask(held, "hr", scored_item(plan, "hr")), "hr", STOCK)
    assert repeated(plan, held, library) == [(), (STOCK,)]


def test_what_holds_a_point_bears_on_its_question(library: Library) -> None:
    """An answer in which something looked for was found is not off the matter."""
    rubric = library.rubrics["technical_communication"]
    said = "It has 9 spoons and 400 forks in one drawer, and each drawer has one lid."
    answer = asked(said, "knowledge", question="Why is that average wrong?")
    assert score_competency(rubric, [answer], "en").reason == "no_bearing"
    knows = asked(said, "knowledge", question="Why is that average wrong?", share=0.6)
    assert score_competency(rubric, [knows], "en").level is not None


def test_an_answer_in_the_other_language_is_judged_by_its_own_signs(library: Library) -> None:
    """What is said in Chinese to an English question is worth what it says."""
    rubric = library.rubrics["teamwork_conflict"]
    said = (
        "去年六月，老李要求两条线同时停，因为外包队按次收费。我先问他担心什么，又把三种方案的费用做了对比，"
        "最后我提出分两段停。费用从四千降到八百，这个办法后来写成了制度。"
    )
    english = score_competency(rubric, [asked(said)], "en").level
    chinese = score_competency(rubric, [asked(said, question="")], "zh").level
    assert english == chinese
    assert english is not None
    assert english > 3


def test_a_sentence_without_words_is_no_evidence() -> None:
    """Keys hit at random say nothing, and fishing for a verdict tells nothing."""
    assert is_void("sdfkj sldkfj wrtpl", "en")
    assert is_void("Was that a good answer?", "en")
    assert not is_void("I asked the clerk for the list.", "en")
