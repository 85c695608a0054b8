"""Whether an answer is told in an order that can be followed."""

from __future__ import annotations

import pytest

from interviewer.reading.order import disorder

ASKED = "Tell me about a time when something went wrong."
STORY = (
    "Last June our planner wanted all the lifts closed at once.",
    "She had a plan from the year before.",
    "I asked her for the numbers and drew a second table.",
    "The table showed that two stages cost less.",
    "In the end nobody was cut off and it cost 900 pounds instead of 4,000.",
    "Since then the rule is used in every block.",
)
CHINESE = (
    "去年六月，老李要求两条线同时停。",
    "他担心外包队的费用。",
    "我去科室走访，画了一张对比表。",
    "这张对比表让大家都看清楚了。",
    "最后分两段停，费用从四千降到八百。",
    "从那以后这个办法写成了制度。",
)


def told(*parts: str, language: str = "en", kind: str = "past_behaviour") -> float:
    """Return the disorder of one turn."""
    text = ("" if language == "zh" else " ").join(parts)
    return disorder([text], language, question=ASKED, kind=kind)


@pytest.mark.parametrize(("parts", "language"), [(STORY, "en"), (CHINESE, "zh")])
def test_a_story_from_its_scene_to_its_end_is_in_order(
    parts: tuple[str, ...], language: str
) -> None:
    """Told as it went nothing speaks against it; told backwards nearly everything does."""
    assert told(*parts, language=language) == 0
    assert told(*reversed(parts), language=language) > 0.6


def test_the_end_told_first_costs_less_than_no_order() -> None:
    """People say what came of it and then how: that is a jump and no disorder."""
    end = "Nobody was cut off and it cost 900 pounds instead of 4,000."
    headline = told(end, *STORY[:4])
    mixed = told(end, STORY[3], STORY[0], STORY[2], STORY[1])
    assert 0 < headline < mixed


def test_a_second_date_sets_another_scene() -> None:
    """A date after a deed is where the story goes on, not its beginning in a wrong place."""
    assert told(STORY[0], STORY[2], "In March 2024 I asked again.", STORY[5]) == 0


def test_nobody_is_she_before_somebody_was_named() -> None:
    """A word for a person points back, or to the question, or to nobody who is ever named."""
    named, meant = "A colleague was afraid of the audit.", "I asked her what the worst would be."
    more = "The meeting was on the third floor.", "It rained."
    assert told(named, meant, *more, kind="knowledge") == 0
    assert told(meant, named, *more, kind="knowledge") > 0
    asked = "When did you last disagree with a colleague?"
    turned = " ".join((meant, named, *more))
    assert disorder([turned], "en", question=asked, kind="knowledge") == 0
    assert told(meant, *more, "The lift was slow.", kind="knowledge") == 0


def test_a_thing_is_a_thing_before_it_is_the_thing() -> None:
    """What is new is brought up first; what the question named is known."""
    new, known = "I built a dashboard for the ward.", "Everybody could read the dashboard."
    more = "It rained.", "We had tea."
    assert told(new, known, *more, kind="knowledge") == 0
    assert told(known, new, *more, kind="knowledge") > 0
    turned = " ".join((known, new, *more))
    assert disorder([turned], "en", question="Who asked for the dashboard?", kind="knowledge") == 0


def test_who_is_asked_for_more_begins_again() -> None:
    """Each turn is judged by itself, and may lean on those before."""
    turns = [" ".join(STORY[2:]), "Then she agreed. That was last June."]
    assert disorder(turns, "en", question=ASKED, kind="past_behaviour") == 0


def test_steps_and_reasons_have_an_order_too() -> None:
    """First comes before then, and two reasons are announced before the second."""
    steps = (
        "First I would ask what it is for.",
        "Then I would compare two ways.",
        "I would tell my manager about both.",
        "Finally I would write down what we learned for the next time.",
    )
    assert told(*steps, kind="situational") == 0
    assert told(*reversed(steps), kind="situational") > 0.3
    reasons = "There are two reasons.", "One is the work.", "Another is your size.", "It is near."
    assert told(*reasons, kind="motivation") == 0
    assert told(*reversed(reasons), kind="motivation") > 0.1


def test_a_life_is_no_story_unless_it_is_set_somewhere() -> None:
    """Who introduces themselves may begin with today; a project that is told is a story."""
    life = (
        "I am an accountant and I now run the close.",
        "Before that I wrote reports.",
        "I like it.",
    )
    assert told(*life, kind="background") == 0
    assert told(*reversed(STORY), kind="background") > 0.3


def test_without_its_type_a_question_is_asked_what_it_wants() -> None:
    """A question about what was done asks for a story, one about what is known does not."""
    turned = " ".join(reversed((STORY[0], STORY[2], STORY[4])))
    past = disorder([turned], "en", question="Tell me about a time you were late.")
    known = disorder([turned], "en", question="What is a foreign key?")
    assert past > known


def test_a_few_long_sentences_are_cut_into_clauses() -> None:
    """Speech has few full stops: the order of its clauses is looked at."""
    speech = "last June the pump failed, I called two fitters, in the end it ran on time"
    turned = "in the end it ran on time, I called two fitters, last June the pump failed"
    assert told(speech) == 0
    assert told(turned) > 0.2


def test_one_sentence_and_none_are_in_order() -> None:
    """Nothing stands before or after."""
    assert told("Fine.") == 0
    assert disorder([], "en") == 0
