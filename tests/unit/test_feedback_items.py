"""Feedback items: what is told of a round, in which order, and what is never told."""

from __future__ import annotations

import dataclasses
from collections import Counter
from types import MappingProxyType

import pytest

from interviewer.assessment.feedback.anchors import step_up
from interviewer.assessment.feedback.choosing import GAINS, MOST_ALIKE, Chance, choose
from interviewer.assessment.feedback.composing import About, SaidBefore, item_of
from interviewer.assessment.feedback.excerpt import excerpt, shortened
from interviewer.assessment.feedback.item import FeedbackItem
from interviewer.assessment.feedback.lacking import lacks_in
from interviewer.assessment.feedback.quoting import Evidence, evidence_for
from interviewer.assessment.feedback.rated import RatedRound
from interviewer.assessment.feedback.rounds import feedback_on
from interviewer.assessment.feedback.sought import counts_for, told_of
from interviewer.assessment.feedback.telling import told_in
from interviewer.assessment.feedback.words import feedback_words, filled
from interviewer.assessment.heights import Height
from interviewer.assessment.scoring.competency_score import Score
from interviewer.content.library import Library
from interviewer.interview.plan import Rung
from interviewer.transcript import Interview, MoveRecord, Passage, Transcript, Turn
from tests.unit.feedback_fixtures import (
    FULL,
    LATE,
    answered,
    heard,
    rated_round,
    transcript_of,
    worth,
)

TOGETHER = (
    "Last spring our depot had to move in one weekend and everybody was under pressure. We talked "
    "it over as a team, we changed the plan several times, and we moved everything together."
)
BROKEN_OFF = "In March the load broke off at night. I rewrote the retry step and rang Ana."
QUESTION = "What is a partition?"
LADDER = (
    Rung("define", (QUESTION,)),
    Rung("apply", ("How would you choose one?",)),
    Rung("failure", ("How does it go wrong?",)),
)


def chance(lack: str = "result", need: float = 1.0, **more: object) -> Chance:
    """Return a chance of a competency of its own."""
    number = int(more.pop("place", 0))  # type: ignore[call-overload]  # numbers
    given = Chance(
        number, f"c{number}", lack, need, quote=f"q{number}", of_the_post=False, capped=False,
        named=False, scored=True,
    )  # fmt: skip
    return dataclasses.replace(given, **more)  # type: ignore[arg-type]  # passed on


def items_of(rounds: list[RatedRound], transcript: Transcript) -> tuple[FeedbackItem, ...]:
    """Return the items of the first round."""
    return feedback_on(rounds, transcript).items[rounds[0].id]


def test_an_item_says_what_is_missing_and_asks_for_it(library: Library) -> None:
    """A story that stops before its end gets a quote, a gap, an anchor, a question and a drill."""
    answer = answered(
        "In March the load broke off at night. I rewrote the retry step and rang Ana."
    )
    rubric = library.rubrics["teamwork_conflict"]
    rated = rated_round([(answer, worth(2.0, lifts=("no_result",)))], rubric, level=2.0)
    item = items_of([rated], transcript_of(answer))[0]
    words = feedback_words("en")
    assert (item.lack, item.competency, item.round) == ("result", "teamwork_conflict", "hr")
    assert item.gap.startswith(words.gaps["result"][0])
    assert "Level 3" in item.gap
    assert "reaches an arrangement that lets the work go on" in item.gap
    assert item.question_to_you == (
        "You said “I rewrote the retry step and rang Ana”: what was different afterwards, and how "
        "did you know?"
    )
    assert not item.quoted_apart
    assert (item.drill, item.minutes) == (words.drills["result"].text, 10)
    assert item.when == "before the next round"
    assert item.anchor_matched == rubric.anchors[2]["en"]
    assert item.anchor_next == rubric.anchors[3]["en"]
    assert (item.level, item.required, item.turns, item.seq) == (2.0, 4, (2,), 2)


def test_the_same_is_told_twice_at_most_and_in_other_words(library: Library) -> None:
    """The second time in a round it is said to be so again, in other words; there is no third."""
    same = [chance("result", place=n) for n in range(4)]
    assert len(choose(same, Counter())) == MOST_ALIKE
    given = heard("I rewrote the retry step and rang Ana in Derby.")
    step = step_up(library.rubrics["learning"], 2, 3, "en")
    about = About(
        "hr", "learning", "Learning", 3, Score(2.0, None, 0.0, 2, (), (worth(),)), step, last=True
    )
    said = Evidence(2, given.said, "I rewrote the retry step")
    first, second = (
        item_of("result", given, said, about, SaidBefore(Counter(n), Counter(n)), "en")
        for n in ({}, {"result": 1})
    )
    assert first is not None
    assert second is not None
    assert (first.again, second.again) == (False, True)
    assert second.gap.startswith("Here again. ")
    assert feedback_words("en").gaps["result"][1] in second.gap
    assert first.question_to_you != second.question_to_you


def test_what_a_round_told_is_told_in_other_words_in_the_next(library: Library) -> None:
    """Between rounds the same lack is not "again", and yet not in the same words."""
    answer = answered(
        "In March the load broke off at night. I rewrote the retry step and rang Ana."
    )
    rubric = library.rubrics["teamwork_conflict"]
    pair = [(answer, worth(2.0, lifts=("no_result",)))]
    rounds = [rated_round(pair, rubric), rated_round(pair, rubric, round_id="boss")]
    told = feedback_on(rounds, transcript_of(answer)).items
    first, second = told["hr"][0], told["boss"][0]
    assert (first.lack, second.lack) == ("result", "result")
    assert not second.again
    assert first.gap != second.gap
    assert (first.when, second.when) == ("before the next round", "before the next interview")


def test_three_that_matter_most_are_told_over_several_competencies() -> None:
    """What is further from what is asked, and cheaper, goes first, over several competencies."""
    chances = [
        chance("result", 2.0, place=0, competency="a"),
        chance("specific", 1.9, place=1, competency="a"),
        chance("reason", 1.5, place=2, competency="b"),
        chance("passing_on", 1.0, place=3, competency="c"),
        chance("checking", 1.2, place=4, competency="d"),
    ]
    told = choose(chances, Counter())
    assert [entry.competency for entry in told] == ["a", "b", "d"]
    assert told[0].lack == "result"


def test_a_cap_and_what_the_anchor_asks_for_weigh_more() -> None:
    """Of two lacks alike one that caps the level, or that the anchor names, goes first."""
    plain = chance("reason", place=0)
    assert choose([plain, chance("reason", place=1, named=True)], Counter())[0].place == 1
    assert choose([plain, chance("reason", place=1, capped=True)], Counter())[0].place == 1
    assert choose([plain, chance("reason", place=1, of_the_post=True)], Counter())[0].place == 1
    assert choose([plain, chance("weighing", place=1)], Counter({"reason": 3}))[0].place == 1
    assert choose([chance("step_apply", place=0), plain], Counter())[0].lack == "reason"


def test_one_answer_one_quote_and_one_open_question_are_told_once() -> None:
    """No answer and no quote serves two items, and of what was left open one is told."""
    same = [chance("result", place=0), chance("specific", place=0)]
    assert len(choose(same, Counter())) == 1
    quote = [chance("result", place=0, quote="q"), chance("specific", place=1, quote="q")]
    assert len(choose(quote, Counter())) == 1
    left_open = [chance("unanswered", place=n, scored=False) for n in range(3)]
    assert len(choose(left_open, Counter())) == 1
    assert choose([], Counter()) == ()


def test_where_all_is_reached_one_step_beyond_is_told() -> None:
    """Answers above what the post asks for get one item, where least is to spare."""
    chances = [chance("reason", -2.0, place=0), chance("reason", -0.2, place=1)]
    told = choose(chances, Counter())
    assert [entry.place for entry in told] == [1]
    named = [chance("step_apply", -0.2, place=0), chance("reason", -0.2, place=1, named=True)]
    assert choose(named, Counter())[0].place == 1


def test_a_quote_that_is_not_in_its_turn_is_dropped(library: Library) -> None:
    """An item whose quote does not stand in the turn it names does not come about."""
    given = heard(FULL)
    step = step_up(library.rubrics["learning"], 2, 3, "en")
    score = Score(2.0, None, 0.0, 2, (), (worth(),))
    about = About("hr", "learning", "Learning", 3, score, step, last=True)
    before = SaidBefore(Counter(), Counter())
    made_up = Evidence(2, "I saved the company.", "I saved the company")
    assert item_of("result", given, made_up, about, before, "en") is None
    said = Evidence(2, "As a result failures fell from 9 a month to 1.", "failures fell")
    item = item_of("lasting", given, said, about, before, "en")
    assert item is not None
    assert item.evidence_quote in FULL
    assert item.quoted_apart


@pytest.mark.parametrize(
    ("weights", "levels", "confidence", "words"),
    [
        ((0.2,), (2.0,), "low", "rests on one short answer"),
        ((0.9,), (2.0,), "medium", "rests on one answer"),
        ((0.9, 0.9), (2.0, 2.4), "high", "rests on 2 answers that agree"),
        ((0.9, 0.9), (2.0, 4.5), "medium", "rests on 2 answers that lie 2.5 apart"),
    ],
    ids=["short", "one", "agree", "apart"],
)
def test_how_sure_is_told_by_how_much_there_is(
    library: Library, weights: tuple[float, ...], levels: tuple[float, ...], confidence: str,
    words: str,
) -> None:  # fmt: skip
    """Confidence is the amount of evidence in a word, from answers and their length."""
    scores = tuple(worth(level, weight=w) for level, w in zip(levels, weights, strict=True))
    score = Score(2.0, None, round(max(levels) - min(levels), 1), 2, (), scores)
    step = step_up(library.rubrics["learning"], 2, 3, "en")
    about = About("hr", "learning", "Learning", 3, score, step, last=True)
    said = Evidence(2, "As a result failures fell from 9 a month to 1.", "failures fell")
    item = item_of("lasting", heard(FULL), said, about, SaidBefore(Counter(), Counter()), "en")
    assert item is not None
    assert (item.confidence, item.rests_on) == (confidence, words)


def test_nothing_said_is_told_with_the_question(library: Library) -> None:
    """Silence is no item of what was said: the examiner's question is quoted, once a round."""
    answers = [(answered(""), worth(None, reason="nothing_said"))]
    rated = rated_round(answers, library.rubrics["teamwork_conflict"], level=None)
    items = items_of([rated], transcript_of(answers[0][0]))
    assert len(items) == 1
    item = items[0]
    assert (item.said_by, item.seq, item.level) == ("examiner", 1, None)
    assert item.evidence_quote == answers[0][0].item.text
    assert item.evidence_quote in transcript_of(answers[0][0]).turns[0].content
    assert "nothing followed" in item.question_to_you
    assert (item.confidence, item.rests_on) == ("low", "nothing that could be scored")
    assert item.anchor_matched == ""
    unasked = Transcript("t", Interview(language="en"))
    assert items_of([rated], unasked) == ()


@pytest.mark.parametrize(
    ("said", "score", "lack"),
    [
        ("Fine, I think.", worth(None, reason="thin"), "more"),
        ("I like the sea and long walks.", worth(None, reason="no_bearing"), "off"),
        ("I was glad to be asked that.", worth(None, reason="nothing_new"), "unanswered"),
        ("I have never done that.", worth(None, reason="thin"), "find_out"),
    ],
    ids=["thin", "beside", "nothing-new", "unknown"],
)
def test_what_could_not_be_scored_is_told_as_what_it_is(
    said: str, score: object, lack: str
) -> None:
    """Too short, beside the question, empty, or not known: each has its own words."""
    assert lacks_in(heard(said, score=score, type="knowledge")) == (lack,)  # type: ignore[arg-type]  # a score


def test_what_came_only_when_asked_is_told_as_that() -> None:
    """A whole story told after a probe lacks nothing but having been told at once."""
    late = heard(*LATE, score=worth(3.5, 2.0))
    assert "late" in lacks_in(late)
    evidence = evidence_for("late", late, transcript_of(late.answer))
    assert evidence is not None
    assert evidence.seq == 4
    assert "late" not in lacks_in(heard(*LATE, score=worth(3.5, 3.4)))
    shrunk = heard(*LATE, score=worth(2.0, 3.4, lifts=("withdrawn",)))
    assert "late" in lacks_in(shrunk)
    assert "late" not in lacks_in(heard(FULL, score=worth(4.0, 4.0)))


def test_what_was_taken_back_is_quoted_where_it_was() -> None:
    """The sentence that takes something back is the evidence; without one it is not told."""
    said = (FULL, "To be honest, I only helped with that, it was my colleague who wrote it.")
    back = heard(*said, score=worth(2.0, 4.0, lifts=("withdrawn",)))
    assert lacks_in(back)[0] == "withdrawn"
    evidence = evidence_for("withdrawn", back, transcript_of(back.answer))
    assert evidence is not None
    assert (evidence.seq, evidence.quote) == (4, said[1])
    without = heard(FULL, "It was so.", score=worth(2.0, 4.0, lifts=("withdrawn",)))
    assert "withdrawn" not in lacks_in(without)


def test_a_step_not_reached_is_told_with_the_question_of_that_step() -> None:
    """A ladder lacks its next step, and the answer to that step's question is quoted."""
    said = ("A partition is a part of a table by day.", "I would have to think about that one.")
    height = Height("hr.x", "tables", "define", ("define", "apply", "failure"))
    given = heard(
        *said, height=height, type="knowledge", rungs=LADDER, text="What is a partition?"
    )
    assert lacks_in(given)[0] == "step_apply"
    transcript = transcript_of(given.answer)
    asked = dataclasses.replace(transcript.turns[2], content="Noted. How would you choose one?")
    turns = (*transcript.turns[:2], asked, *transcript.turns[3:])
    evidence = evidence_for("step_apply", given, dataclasses.replace(transcript, turns=turns))
    assert evidence is not None
    assert (evidence.seq, evidence.asked) == (4, "How would you choose one?")
    top = Height("hr.x", "tables", "failure", ("define", "apply", "failure"))
    assert not any(
        lack.startswith("step_") for lack in lacks_in(dataclasses.replace(given, height=top))
    )
    below = Height("hr.x", "tables", "", ("define", "apply"))
    assert lacks_in(dataclasses.replace(given, height=below))[0] == "step_define"
    nothing = Height("hr.x", "tables", "", ())
    assert "step_define" not in lacks_in(dataclasses.replace(given, height=nothing))


def test_reasons_for_applying_lack_the_employer_only_when_nothing_names_it() -> None:
    """Who states what the research holds, or says they read it, has named the employer."""
    general = heard("I want to learn new things and to work with people.", type="motivation")
    assert {"employer", "own_evidence"} <= set(lacks_in(general))
    read_it = heard("I read that you move four depots this year.", type="motivation")
    assert "employer" not in lacks_in(read_it)
    passage = Passage(
        "a#1", "The pilot of live tracking in Peterborough ends in June.", "s", "scope"
    )
    known = heard("The pilot of live tracking in Peterborough is why.", type="motivation")
    assert "employer" not in lacks_in(dataclasses.replace(known, research=(passage,)))
    own = heard("In 2024 I ran a night load and rewrote its queries myself.", type="motivation")
    assert "own_evidence" not in lacks_in(own)


def test_an_answer_in_general_lacks_its_first_step_or_its_case() -> None:
    """What one would do stays general without a step; knowledge without a case of one's own."""
    would = heard(
        "It depends, but a good solution is important.", type="situational",
        score=worth(2.0, weight=0.3),
    )  # fmt: skip
    assert "first_step" in lacks_in(would)
    plain = heard("One has to be careful with every table and check it.", type="knowledge")
    assert "case" in lacks_in(plain)
    unknown = heard("I have never done that.", type="knowledge")
    assert lacks_in(unknown)[0] == "find_out"
    assert evidence_for("find_out", unknown, transcript_of(unknown.answer)) is not None


def test_what_may_have_been_told_is_not_called_missing() -> None:
    """One word that may be a reason, a check or another side is enough to be silent about it."""
    lacks = lacks_in(heard(FULL, score=worth(3.0, 3.0)))
    assert not {"reason", "checking", "result", "own_action", "other_side", "seeking"} & set(lacks)


def test_a_sign_is_told_only_where_an_anchor_asks_for_it() -> None:
    """Signs that no anchor names are left out, but for one of a story that lacks nothing else."""
    assert told_of(("result", "weighing"), set(), "past_behaviour") == ("result",)
    assert told_of(("result", "weighing"), {"weighing"}, "past_behaviour") == (
        "result",
        "weighing",
    )
    assert told_of(("weighing", "lasting"), set(), "past_behaviour") == ("weighing",)
    assert told_of(("goals", "employer"), set(), "motivation") == ()
    assert told_of(("employer",), {"employer"}, "motivation") == ("employer",)


def test_a_reason_is_asked_of_a_deed() -> None:
    """Where somebody worked is no deed, and a dated deed has set its own scene."""
    scene = heard("I worked at a hotel while I was studying, and one night no card opened a door.")
    assert "reason" not in lacks_in(scene)
    assert "own_action" not in scene.told[0].parts
    deed = heard("I rewrote the step and rang Ana in Derby. Failures fell from 9 a month to 1.")
    assert "reason" in lacks_in(deed)
    dated = heard("At midnight we switched everything over as a team and it worked in the end.")
    assert "situation" not in {*lacks_in(dated), *dated.answer.together.parts}


def test_what_could_have_been_there_is_counted_by_type() -> None:
    """Of how many answers something is missing follows from what their questions ask for."""
    height = Height("hr.x", "tables", "define", ("define", "apply"))
    assert counts_for("step", heard(FULL, height=height))
    assert not counts_for("step", heard(FULL))
    assert counts_for("case", heard(FULL, type="knowledge"))
    assert not counts_for("result", heard(FULL, type="knowledge"))
    assert counts_for("goals", heard(FULL, type="motivation"))
    assert not counts_for("goals", heard(FULL))
    assert counts_for("unanswered", heard(FULL))
    assert not counts_for("bid_market", heard(FULL))
    assert not counts_for("employer", heard(FULL))
    assert counts_for("first_step", heard(FULL, type="situational"))


def test_a_figure_of_pay_lacks_the_grounds_that_were_not_given(library: Library) -> None:
    """Where pay was talked about what stands beside the figure is told; else nothing of it."""
    answer = answered("I was hoping for £51,000 a year.", kind="expectation", type=None)
    rated = rated_round([(answer, worth(1.5))], library.rubrics["negotiation_conduct"], level=1.5)
    transcript = transcript_of(answer)
    assert items_of([rated], transcript) == ()
    record = {"offer": {"points": ["specific", "reason"]}}
    move = MoveRecord("offer", answer.item.id, extra=MappingProxyType(record))
    offer = Turn(3, "assistant", "We can do £48,500.", "boss", round="hr", move=move)
    item = items_of([rated], transcript.add(offer))[0]
    assert item.lack == "bid_evidence"
    assert item.question_to_you.startswith("You said “I was hoping for £51,000 a year”: ")
    source = answered("Adverts say £50,000; I saved £9,000.", kind="expectation", type=None)
    told = rated_round([(source, worth(1.5))], library.rubrics["negotiation_conduct"], level=1.5)
    bids = Transcript("t", Interview(language="en"), transcript_of(source).turns).add(offer)
    assert "bid_evidence" not in {found.lack for found in items_of([told], bids)}
    silent = rated_round([(answer, worth(None))], library.rubrics["negotiation_conduct"])
    assert items_of([silent], transcript.add(offer)) == ()


def test_an_explanation_lacks_an_example_and_its_listener() -> None:
    """What is explained twice is asked for a picture, not for a second option."""
    rungs = (Rung("lay", ("Explain it to a driver.",)), Rung("expert", ("And to an analyst?",)))
    given = heard(
        "An average is a ratio and must not be averaged again.", type="work_sample", rungs=rungs
    )
    assert {"example", "listener"} <= set(lacks_in(given))
    assert "weighing" not in lacks_in(given)


def test_what_cannot_be_quoted_is_not_quoted() -> None:
    """Family, names, praise, questions, asides and endless sentences are no evidence."""
    said = (
        "My name is Ada Lovell. I have two children and a husband in Leeds. "
        "What a great question! "
        "How long does the post last? By the way, the weather was bad. I rewrote the whole load. "
        + "And "
        + "then " * 60
        + "it ended."
    )
    told = told_in(answered(said), "en")
    assert [entry.text for entry in told] == ["I rewrote the whole load."]
    board = answered("我毕业于江城大学，在汀南街道办事处工作。我把两张名单一户一户对了一遍。",
                     language="zh", type="public_service")  # fmt: skip
    assert [entry.text for entry in told_in(board, "zh")] == ["我把两张名单一户一户对了一遍。"]
    unnumbered = dataclasses.replace(
        answered(FULL), turns=(dataclasses.replace(answered(FULL).turns[0], seq=None),)
    )
    assert told_in(unnumbered, "en") == ()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("So I moved to changed rows only.", "I moved to changed rows only"),
        ("I rang Ana.", "I rang Ana"),
        (
            "In the spring of that year, which was a busy one for us all in the depot and the "
            "office, I drew up a list of the drivers, and nobody minded at all in the end of it.",
            "I drew up a list of the drivers",
        ),
        (
            "I wrote to every single one of the customers on the list of the north depot who "
            "had waited for more than two weeks for an answer to a letter about a missing parcel.",
            "I wrote to every single one of the customers on the list of the north depot",
        ),
    ],
    ids=["joined", "short", "clause", "cut"],
)
def test_a_few_words_name_the_matter(sentence: str, words: str) -> None:
    """An excerpt is a clause of the sentence, word for word, short enough to ask about."""
    acting = feedback_words("en").pattern("acting")
    found = excerpt(sentence, "en", acting)
    assert found in sentence
    assert words in found
    assert len(found.split()) <= 20


def test_a_sentence_without_a_clause_to_cut_is_left_whole() -> None:
    """Where no clause can be asked about the whole sentence is."""
    runs_on = "word " * 30
    assert excerpt(runs_on, "en").split() == ["word"] * 30
    assert excerpt(
        "我把两张名单一户一户对了一遍，发现是两个社区都登记了搬家的老人，然后请社区改。", "zh"
    ) in ("我把两张名单一户一户对了一遍，发现是两个社区都登记了搬家的老人")


def test_a_long_question_is_named_by_its_beginning() -> None:
    """A question of several sentences is quoted by the first, without its mark."""
    assert shortened("Why?", "en") == "Why?"
    long = "Half of the cases are missing this morning. " + "The load ended without errors. " * 6
    assert shortened(long, "en") == "Half of the cases are missing this morning"


def test_slots_are_filled_with_what_was_said_as_it_is() -> None:
    """Braces in an answer stay what they are and name no slot."""
    assert (
        filled("You said “{quote}”: {why}", quote="{asked} {0}") == "You said “{asked} {0}”: {why}"
    )


def test_rubrics_that_are_gone_leave_no_step(library: Library) -> None:
    """Without its rubric there is no anchor to name, and at the top none above."""
    assert step_up(None, 3, 4, "en").asks_for("result") is None
    rubric = library.rubrics["learning"]
    top = step_up(rubric, 5, 5, "en")
    assert (top.next, top.clauses) == ("", ())
    only = rubric.model_copy(
        update={"anchors": {k: {"zh": v["zh"]} for k, v in rubric.anchors.items()}}
    )
    assert step_up(only, None, None, "en").next == rubric.anchors[2]["zh"]
    assert all(GAINS[lack] > 0 for lack in GAINS)
