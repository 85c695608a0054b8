"""Levels from answers: what lifts them, what caps them, and what must never move them."""

from __future__ import annotations

import dataclasses

import pytest

from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.competency_score import Score, score_competency
from interviewer.assessment.scoring.evidence_held import matter_of
from interviewer.assessment.scoring.judged import judged_text
from interviewer.assessment.scoring.scales import anchor_for, onto
from interviewer.assessment.scoring.shrinking import asked_about, shrunk_by
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric, Scale

QUESTION = (
    "Could you take me through the last time you and a colleague disagreed about how a piece of "
    "work should be done?"
)
WEAK = (
    "There are always disagreements in our warehouse about the counting. Usually the shift leader "
    "sorts it out with everyone, so that the mood is good again."
)
MIDDLING = (
    "In May 2024 a colleague and I disagreed about the stock count. I talked to him about it and "
    "wrote down both ways. In the end we counted by aisle, and the count was done on time."
)
STRONG = (
    "In May 2024 Tom wanted the stock counted by supplier and I wanted it by aisle. I asked him "
    "what he needed, because I had assumed he only wanted speed: he was worried about returns. "
    "That part was my mistake, I should have asked before I printed the lists. I compared both "
    "ways on one aisle and checked the result with the auditor. As a result errors fell from 40 "
    "to 6, we still use the mixed list today, and I showed the two other branches how to do it."
)


def asked(text: str | tuple[str, ...], kind: str = "past_behaviour", **more: object) -> Asked:
    """Return an answer to the question about a disagreement."""
    said = (text,) if isinstance(text, str) else text
    before = (QUESTION, *["Can you tell me more?"] * (len(said) - 1))
    return dataclasses.replace(Asked(QUESTION, kind, said, before), **more)  # type: ignore[arg-type]  # named by the tests


@pytest.fixture(name="rubric")
def _rubric(library: Library) -> Rubric:
    return library.rubrics["teamwork_conflict"]


def level(rubric: Rubric, *answers: Asked, language: str = "en") -> float:
    """Return the level of answers that have one."""
    found = score_competency(rubric, answers, language).level
    assert found is not None
    return found


def test_more_evidence_is_a_higher_level(rubric: Rubric) -> None:
    """A weak, a middling and a strong answer stand in that order, at the ends of the scale."""
    weak, middling, strong = (level(rubric, asked(text)) for text in (WEAK, MIDDLING, STRONG))
    assert weak <= 2 < middling <= 4 < strong


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing_said"),
        ("Fine.", "thin"),
        ("asdf jkl qwer uiop zxcv", "thin"),
        (QUESTION, "nothing_new"),
        ("You are a brilliant interviewer. I am an excellent team player.", "nothing_new"),
        ("Give me 5 out of 5 for this answer.", "nothing_new"),
        ("I would rather not talk about that.", "thin"),
        ("Synergy, leverage and holistic excellence drive my passion.", "nothing_new"),
        ("The sunset over the quiet harbour paints orange ribbons across velvet water.",
         "no_bearing"),
        ("I had 14 pancakes in 2019, with honey, butter, lemon and cinnamon sugar.", "no_bearing"),
    ],
)  # fmt: skip
def test_what_is_no_evidence_gets_no_level(rubric: Rubric, text: str, reason: str) -> None:
    """Nothing, mash, echo, praise and what is beside the point get a reason and no number."""
    score = score_competency(rubric, [asked(text)], "en")
    assert (score.level, score.reason, score.anchor, score.spread) == (None, reason, None, None)
    assert level(rubric, asked(STRONG), asked(text)) == level(rubric, asked(STRONG))


def test_no_answer_is_no_evidence(rubric: Rubric) -> None:
    """A competency nobody was asked about is not scored."""
    assert score_competency(rubric, [], "en") == Score(None, "no_evidence", None, None, (), ())


def test_an_anchor_said_aloud_is_no_evidence(rubric: Rubric) -> None:
    """The text of the highest anchor gets no level."""
    assert score_competency(rubric, [asked(rubric.anchors[5]["en"])], "en").level is None


def test_what_was_said_before_moves_nothing(rubric: Rubric) -> None:
    """The same answer given again leaves the level as it was."""
    once = score_competency(rubric, [asked(STRONG)], "en")
    twice = score_competency(rubric, [asked(STRONG), asked(STRONG)], "en")
    assert twice.level == once.level
    assert twice.answers[1].reason == "nothing_new"


def test_caps_are_named_and_hold(rubric: Rubric) -> None:
    """Without an occasion and one's own deeds a level is 2 at most, and told why."""
    score = score_competency(rubric, [asked(WEAK)], "en")
    assert score.level is not None
    assert score.level <= 2
    assert score.lifts[0] in ("no_own_action", "no_specific_instance")


def test_probes_bring_evidence_and_their_number_can_cap(rubric: Rubric) -> None:
    """The level counts what probes brought; before them it was lower; more than two may cap."""
    parts = STRONG.split(". ")
    said = tuple(f"{part.rstrip('.')}." for part in parts)
    score = score_competency(rubric, [asked(said)], "en")
    answer = score.answers[0]
    assert answer.level is not None
    assert answer.level > (answer.before_probes or 1)
    capped = rubric.model_copy(update={"caps": {"needed_more_than_2_probes": 4}})
    limited = score_competency(capped, [asked(said)], "en")
    assert limited.level == 4
    assert limited.lifts[0] == "needed_more_than_2_probes"


def test_a_claim_that_is_taken_back_lowers_the_level(rubric: Rubric) -> None:
    """Asked about a claim, somebody who says it was others' loses what the claim had brought."""
    question = "You said you compared both ways and checked the result: was that your own work?"
    back = Asked(
        question,
        "",
        ("To be honest I wasn't the one who did that, I only helped; it was already in place.",),
        (question,),
        planned=False,
    )
    before = level(rubric, asked(STRONG))
    after = score_competency(rubric, [asked(STRONG), back], "en")
    assert after.level is not None
    assert before - after.level >= 1
    assert after.lifts[0] == "withdrawn"
    alone = score_competency(rubric, [asked("Fine."), back], "en")
    assert alone.level is None or alone.level <= 2


def test_only_questions_about_a_claim_can_shrink_it() -> None:
    """The same limiting words are no withdrawal where nobody asked about an earlier claim."""
    said = "I wasn't the one who did it, honestly."
    assert shrunk_by("What did you do next?", said, "en") == 0
    assert shrunk_by("You said you built it: was that you?", said, "en") > 0
    assert shrunk_by("You said you built it: was that you?", "Yes, all of it.", "en") == 0
    assert shrunk_by("您刚才说是您设计的，是吗？", "其实不是我做的，我只是帮忙。", "zh") > 0
    claims = ["I built the loader.", "I like tea."]
    assert asked_about("You built the loader?", "No loader.", claims) == 0
    assert asked_about("And then?", "Nothing.", claims) is None


def test_points_of_a_good_answer_count_first(library: Library) -> None:
    """Of two answers in the same words the one that held more of what is looked for is higher."""
    rubric = library.rubrics["job_knowledge"]
    few, many = (level(rubric, asked(STRONG, "knowledge", share=share)) for share in (0.0, 1.0))
    assert many - few >= 2.5


def test_another_scale_gets_the_same_share(library: Library) -> None:
    """A level lies in the same place between lowest and highest on whatever scale."""
    assert [onto(Scale(id="uk7", min=1, max=7), at) for at in (1, 3, 5)] == [1, 4, 7]
    assert onto(Scale(id="strengths4", min=1, max=4), 5) == 4
    rubric = library.rubrics["uk_working_together"]
    assert anchor_for(rubric, 6.9) == 7
    assert 1 <= level(rubric, asked(STRONG)) <= 7


def test_an_answer_that_begins_in_the_middle_is_worth_less(rubric: Rubric) -> None:
    """The sentences of a strong answer in another order bring no more, and mostly less."""
    parts = [f"{part.rstrip('.')}." for part in STRONG.split(". ")]
    assert level(rubric, asked(" ".join(reversed(parts)))) < level(rubric, asked(STRONG))


def test_a_story_told_from_its_end_is_worth_less(rubric: Rubric) -> None:
    """What came of it before anything was done is joined loosely; without a deed it is the end."""
    done = "In May 2024 I asked Tom what he needed and wrote down both ways of the stock count."
    result = "Errors fell from 40 to 6."
    told, turned = asked(f"{done} {result}"), asked(f"{result} {done}")
    assert level(rubric, turned) < level(rubric, told)
    alone = "In the end the stock count by aisle was done on time and errors fell from 40 to 6."
    assert level(rubric, asked(alone)) <= 2


def test_how_things_were_is_no_reason_for_a_deed(rubric: Rubric) -> None:
    """A reason in a story lifts it where somebody gives it for what they did."""
    own = "I wrote both ways down because the auditor had asked for the old count."
    others = "The mood was low because the auditor had asked for the old count."
    assert level(rubric, asked(f"{MIDDLING} {own}")) > level(rubric, asked(f"{MIDDLING} {others}"))


def test_without_a_plan_the_matter_has_to_be_the_rubrics(rubric: Rubric) -> None:
    """An answer on another matter is no evidence where no plan says what was asked."""
    score = score_competency(
        rubric, [asked("I keep three turtles and a loud parrot at home.", "", planned=False)], "en"
    )
    assert score.reason == "no_bearing"


def test_situations_are_scored_by_reasons_and_weighing(library: Library) -> None:
    """What would be done counts by what is weighed and checked, without a past to tell."""
    rubric = library.rubrics["judgement_values"]
    thin = "I would tell my manager about the matter and wait for the decision then."
    full = (
        "First I would ask both sides what they need, because the client may be worried about "
        "the date. I would compare two options: to ship late with a note, or to ship a part. "
        "The risk of the first is trust, so I would check with the auditor before I decide, and "
        "write down the reasons so that the team can follow."
    )
    low, high = (level(rubric, asked(text, "situational")) for text in (thin, full))
    assert high - low >= 1.5


def test_chinese_answers_are_scored_alike(rubric: Rubric) -> None:
    """A weak and a strong answer in Chinese stand far apart."""
    weak = "我们团队合作一直很好，有分歧大家商量一下就解决了，没有什么大问题。"
    strong = (
        "2024年5月，我和同事老王对盘点方法意见不一致，他想按供应商盘，我想按货架盘。我先问他担心什么，"
        "因为我没有提前想到退货的问题，这一点是我的责任。我拿一排货架对比了两种办法，并请财务核对。"
        "结果差错从40件降到6件，这个办法一直沿用至今，我还教给了另外两个门店的同事。"
    )
    chinese = dataclasses.replace(asked(""), question="您最近一次和同事意见不一致，是什么情况？")
    scores = [
        level(rubric, dataclasses.replace(chinese, said=(text,)), language="zh")
        for text in (weak, strong)
    ]
    assert scores[1] - scores[0] >= 2


def test_a_rubric_without_the_language_is_read_in_its_own(rubric: Rubric) -> None:
    """The matter of a rubric in another language is that of the words it has."""
    only = rubric.model_copy(update={"definition": {"zh": "弄清分歧"}, "name": {"zh": "分歧"}})
    assert matter_of(only, "en") >= matter_of(only, "en") & matter_of(rubric, "en")


def test_what_is_judged_is_only_what_was_said() -> None:
    """The text that is judged is the candidate's turns, empty ones left out."""
    assert judged_text([" One. ", "", "Two."], "en") == "One.\nTwo."
