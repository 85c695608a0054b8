"""What the guard lets a model say for an examiner, and what it keeps back."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from interviewer.interview.guard import Given, Guard, SentenceStream
from interviewer.interview.guard.cases import CASES, is_the_question
from interviewer.interview.guard.given import names_of
from interviewer.interview.guard.said import Said
from interviewer.interview.guard.signs import signs_for

FACT = "Brightwell opened an automated sorting hub in Derby in March 2025."
QUESTION = "What was it about us that made you apply, rather than to one of the others?"
ENGLISH = Given(
    language="en",
    text=f"Brightwell opened an automated sorting hub in Derby in March 2025 [1]. {QUESTION}",
    question=QUESTION,
    facts={1: FACT},
    heard="I built the nightly sales pipeline with 3 colleagues. A good test was ready. It pays.",
    employer=("Brightwell Logistics", "Brightwell"),
    others=("Ravi Anand", "王小明"),
    frame="Thank you, noted. Take a moment before you answer.",
    private="Name no figure, person, link or fact that is not given to you.",
)
CHINESE = Given(
    language="zh",
    text="澄远2025年在苏州新开了自动分拣中心[1]。您为什么选择投我们？",
    question="您为什么选择投我们？",
    facts={1: "澄远2025年在苏州新开了自动分拣中心。"},
    heard="我做了四年数据工程，主要负责夜间销售流程。",
    employer=("澄远智能装备", "澄远智能"),
    others=("周启明",),
    frame="好的，我记下了。",
    private="没有给出的数字、人名、链接和事实，一概不说。",
)


def fault(sentence: str, given: Given = ENGLISH, *before: str) -> str | None:
    """Return what is wrong with a sentence."""
    return Guard(given).fault(sentence, before)


@pytest.mark.parametrize("sentence", [
    "Thank you, noted.",
    "Thanks, that's clear.",
    "You mentioned the nightly sales pipeline.",
    "Brightwell opened an automated sorting hub in Derby in March 2025 [1].",
    "In March 2025 Brightwell opened an automated sorting hub in Derby [1].",
    "What was it about us that made you apply, rather than to another firm?",
    "Let us move on to something else.",
    "You spoke of 3 colleagues.",
    "You said a good test was ready.",
])  # fmt: skip
def test_what_a_well_behaved_model_says_is_let_through(sentence: str) -> None:
    """Neutral words, what was heard, the fact with its mark, and the question pass."""
    assert fault(sentence) is None


@pytest.mark.parametrize(("kind", "sentence"), [
    ("link", "See https://example.com for more."),
    ("link", "Write to jobs@example.com, please."),
    ("markup", "<b>Thank you.</b>"),
    ("markup", "Thank you 😊."),
    ("markup", "Thank\u200b you."),
    ("markup", "(smiles warmly)"),
    ("language", "Merci, vous avez dit beaucoup."),
    ("language", "Gracias."),
    ("language", "谢谢您。"),
    ("language", "Спасибо."),
    ("language", "Können Sie das näher erläutern, für übermorgen?"),
    ("role", "As an AI language model I have no view."),
    ("role", "Candidate: I led it."),
    ("prompt", "Name no figure, person, link or fact that is not given."),
    ("improper", "Are you planning to have children?"),
    ("improper", "What are you being paid in your present job?"),
    ("improper", "I hope your family is well."),
    ("score", "That is four out of five."),
    ("verdict", "You've got the job."),
    ("verdict", "You should say more about the result."),
    ("verdict", "That is exactly what we hoped for, so what came next?"),
    ("praise", "Well done."),
    ("praise", "Great, what was it about us that made you apply, rather than to the others?"),
    ("rubric", "This counts for the competency."),
    ("name", "Ravi will like that."),
    ("name", "I am Anand."),
    ("citation", "Brightwell opened a hub [7]."),
    ("figure", "The hub sorts 40,000 parcels a night."),
    ("figure", "The post pays £52,000."),
    ("figure", "You spoke of $3."),
    ("unsupported", "We work fully remotely."),
    ("unsupported", "Brightwell employs silent robots [1]."),
    ("unsupported", "Brightwell did not open an automated sorting hub in Derby [1]."),
    ("unsupported", "Would our remote robots and drones suit you?"),
    ("question", "What is your favourite colour?"),
    ("question", "Tell me about your greatest weakness."),
    ("question", "What was it about us that made you apply, and what do your friends think?"),
    ("question", "Why us? Why now?"),
    ("quote", "As they say, “the early bird catches the worm”."),
    ("stray", "Elephants remember mountains."),
    ("stray", "Thankyouverymuchforthatindeeddear."),
    ("length", "so " * 400),
])  # fmt: skip
def test_what_an_examiner_must_not_say_is_kept_back(kind: str, sentence: str) -> None:
    """Every kind of fault is known in English."""
    assert fault(sentence) == kind


@pytest.mark.parametrize(("kind", "sentence"), [
    (None, "明白了。"),
    (None, "澄远2025年在苏州新开了自动分拣中心[1]。"),
    (None, "您当初为什么选择投我们？"),
    (None, "那我们接着谈。"),
    ("language", "Thank you."),
    ("language", "ありがとう。"),
    ("role", "候选人：我负责。"),
    ("prompt", "没有给出的数字、人名、链接和事实，一概不说。"),
    ("improper", "您打算什么时候要孩子？"),
    ("score", "这个回答我给四分。"),
    ("verdict", "恭喜您，您被录用了。"),
    ("praise", "太棒了！"),
    ("rubric", "这属于胜任力。"),
    ("name", "周启明也想知道。"),
    ("citation", "澄远新开了中心[5]。"),
    ("figure", "中心有八百名员工。"),
    ("unsupported", "我们全部远程办公。"),
    ("question", "您最大的优点是什么？"),
])  # fmt: skip
def test_chinese_is_guarded_as_english_is(kind: str | None, sentence: str) -> None:
    """Every kind of fault is known in Chinese too."""
    assert fault(sentence, CHINESE) == kind


def test_one_question_is_asked_and_it_is_the_last_of_its_kind() -> None:
    """A second question after the move's own is one too many, whatever it asks."""
    assert fault("How long did that take?", ENGLISH, QUESTION) == "question"
    assert fault("Why did you apply to us?", ENGLISH, QUESTION) == "question"


@pytest.mark.parametrize(
    ("language", "words", "question"),
    [
        (
            "zh",
            "一位企业负责人认为罚款太重，在电话里声音很大。请您在电话里答复他。",
            "那件事一共花了多长时间？",
        ),
        (
            "en",
            "A trader finds a fine too high and is loud on the telephone. Please answer him.",
            "How long did that take?",
        ),
    ],
    ids=["zh", "en"],
)
def test_a_set_question_without_a_mark_is_asked_alone(
    language: str, words: str, question: str
) -> None:
    """A question of the model's after a request that was read out in full is one too many."""
    case = Given(language, words, words)
    assert fault(question, case, words) == "question"


def test_the_question_is_the_last_word() -> None:
    """A pleasantry after the question is left out, though the move's own words had it."""
    assert fault("Thank you.", ENGLISH) is None
    assert fault("Thank you.", ENGLISH, QUESTION) == "after"


def test_a_move_that_asks_nothing_asks_nothing() -> None:
    """At a farewell every question is one too many."""
    close = Given("en", "That is all, thank you.")
    assert fault("Shall we meet again?", close) == "question"
    assert fault("That is all, thank you.", close) is None


def test_a_case_may_be_told_before_its_question() -> None:
    """A request that belongs to the move's own words is no second question."""
    words = "Imagine the load has failed at night. Tell me where you look first. Why there?"
    case = Given("en", words, words)
    assert fault("Tell me where you look first when the load has failed.", case) is None
    before = ("Tell me where you look first when the load has failed.",)
    assert fault("Why there?", case, *before) is None


def test_words_of_the_move_are_never_held_against_it() -> None:
    """A fact about a wedding fair or a perfect score stays speakable."""
    words = "Acme runs the wedding fair and had a perfect year."
    assert fault(words, Given("en", words)) is None


def test_other_words_are_judged_by_meaning_where_they_leave_it_open() -> None:
    """A question in quite other words is the same if whoever knows meanings says so."""
    asked = "Why this employer?"
    assert fault(asked) == "question"
    assert Guard(ENGLISH, lambda one, two: True).fault(asked, ()) is None
    assert not is_the_question(Said(asked, (), ENGLISH, lambda one, two: False))


def test_repetition_is_noticed() -> None:
    """A sentence said twice in one reply is kept back the second time."""
    said = "You mentioned the nightly sales pipeline."
    assert fault(said, ENGLISH, said) == "repeat"


def test_a_fact_told_without_its_mark_gets_it() -> None:
    """Only a sentence that says the fact gets the mark; questions and other sentences do not."""
    guard = Guard(ENGLISH)
    assert guard.cited(FACT) == FACT[:-1] + " [1]."
    assert guard.cited("Thank you, noted.") == "Thank you, noted."
    assert guard.cited(QUESTION) == QUESTION
    assert guard.cited("A hub [1].") == "A hub [1]."
    assert Guard(CHINESE).cited("澄远2025年在苏州新开了自动分拣中心。").endswith("中心[1]。")


def test_what_is_not_known_is_not_answered() -> None:
    """Asked what the store does not hold, an examiner neither says yes nor no."""
    unknown = Given("en", "I don't have that here. " + QUESTION, QUESTION, unanswered=True)
    assert fault("Yes.", unknown) == "unsupported"
    assert fault("Yes.", Given("en", "x")) is None
    assert fault("Not one I can answer.", unknown) is None


def test_a_reply_owes_its_question_its_marks_its_figures_and_the_truth() -> None:
    """What a reply lacks at its end has a name; a whole one owes nothing."""
    guard = Guard(ENGLISH)
    cited = "Brightwell opened a hub in Derby [1]."
    assert guard.owed([]) == "empty"
    assert guard.owed([cited]) == "no_question"
    assert guard.owed([QUESTION]) == "no_citation"
    assert guard.owed([cited, QUESTION]) is None
    offer = Given("en", "It is £47,500 a year.", required=("£47,500",))
    assert Guard(offer).owed(["It is a year."]) == "incomplete"
    assert Guard(offer).owed(["It is £47,500."]) is None
    asked = Given("en", "Yes, I am software.", about_software=True)
    assert Guard(asked).owed(["My name is Helen."]) == "incomplete"
    assert Guard(asked).owed(["Yes, I am software."]) is None
    assert Guard(asked).fault("I am an AI, yes.", ()) is None


def test_an_employer_is_known_by_its_short_name() -> None:
    """The first word of an English name and the first signs of a Chinese one are enough."""
    assert names_of("Brightwell Logistics") == ("Brightwell Logistics", "Brightwell")
    assert names_of("澄远智能装备") == ("澄远智能装备", "澄远智能")
    assert names_of("Acme") == ("Acme",)
    assert names_of("") == ()


def test_a_language_without_signs_uses_those_of_english() -> None:
    """Signs are read once and shared."""
    assert signs_for("fr").language == "en"
    assert signs_for("zh-CN").language == "zh"


def pieces(text: str, size: int, speaker: str = "", language: str = "en") -> list[list[str]]:
    """Return the sentences each piece of a reply completes, and last those at its end."""
    stream, found = SentenceStream(language, speaker), []
    for start in range(0, len(text), size):
        stream, complete = stream.fed(text[start : start + size])
        found.append(list(complete))
    return [*found, list(stream.ended())]


def whole(text: str, size: int = 3, speaker: str = "", language: str = "en") -> list[str]:
    """Return all sentences of a reply in order."""
    return [sentence for part in pieces(text, size, speaker, language) for sentence in part]


def test_the_last_sentence_waits_for_the_end() -> None:
    """A sentence is handed out when the next has begun, the last when the reply is over."""
    assert pieces("Thank you. Why us?", 100) == [["Thank you."], ["Why us?"]]
    assert pieces("Thank you.", 100) == [[], ["Thank you."]]
    assert pieces("", 5) == [[]]


@pytest.mark.parametrize("text", [
    "Helen: Thank you. Why us?", "**Helen Marsh:** Thank you. Why us?", "“Thank you. Why us?”",
    "<think>Hm. Well.</think>Thank you. Why us?", "Thank you. **Why us?**",
    "<thinking>a</thinking> Helen Marsh： Thank you. Why us?",
])  # fmt: skip
def test_thoughts_labels_quotes_and_emphasis_are_not_spoken(text: str) -> None:
    """What small models put around their words is left out."""
    for size in (1, 4, 200):
        assert whole(text, size, "Helen Marsh") == ["Thank you.", "Why us?"]


def test_a_thought_without_an_end_is_nothing() -> None:
    """A model that only thinks says nothing."""
    assert whole("<think>What shall I say. Hm.") == []


def test_a_mark_behind_the_full_stop_goes_before_it() -> None:
    """The mark belongs to the sentence it follows, however the pieces fall."""
    text = "It opened in 2025. [1] Why us?"
    for size in (1, 2, 5, 50):
        assert whole(text, size) == ["It opened in 2025 [1].", "Why us?"]


@examples(st.lists(st.sampled_from(["Thank you.", "Why us?", "It is 1.5 km [2].", "好的。"]),
                   max_size=6), st.integers(1, 30))  # fmt: skip
def test_sentences_do_not_depend_on_how_a_reply_is_cut(parts: list[str], size: int) -> None:
    """The same reply gives the same sentences in pieces of any size."""
    text = " ".join(parts)
    assert whole(text, size) == whole(text, max(1, len(text)))


@examples(st.text(max_size=300))
def test_the_guard_has_an_opinion_on_anything(text: str) -> None:
    """No text breaks it, and what it finds has a name."""
    assert fault(text) in {None, *CASES}
    assert fault(text, CHINESE) in {None, *CASES}
