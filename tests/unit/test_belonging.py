"""Which sentences of an answer have to do with it."""

from __future__ import annotations

import pytest

from benchmarks.put_behind import HALVES, counted
from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.belonging import belonging, is_speech
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library
from interviewer.research.lexical import terms

QUESTION = "Tell me about the last time you and a colleague disagreed about how to do the work."
STORY = "In May Tom wanted the stock counted by supplier. I asked him what he needed."
ELSEWHERE = (
    "A restricted unit is a form of compensation issued by an employer in the shape of shares. "
    "Units are issued according to a vesting plan after certain milestones are achieved. "
    "The contract may also dictate whether shares or their value in cash are handed out."
)


def kept(text: str, language: str = "en", question: str = QUESTION) -> list[str]:
    """Return the sentences of an answer that belong to it."""
    return [sentence for sentence, _ in belonging([text], language, terms(question))]


def test_a_paragraph_from_elsewhere_does_not_belong() -> None:
    """What is told of oneself does; prose about something else behind it does not."""
    assert kept(f"{STORY} {ELSEWHERE}") == kept(STORY)
    assert len(kept(STORY)) == 2


def test_no_paragraph_from_elsewhere_lifts_a_weak_answer(library: Library) -> None:
    """The level of an answer is the same with it."""
    rubric = library.rubrics["teamwork_conflict"]

    def level(text: str) -> float | None:
        asked = Asked(QUESTION, "past_behaviour", (text,), (QUESTION,))
        return score_competency(rubric, [asked], "en").level

    assert level(STORY) is not None
    assert level(f"{STORY} {ELSEWHERE}") == level(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "Errors fell from 120 to 9 a month, as the monthly count of the whole depot said in May.",
        "After that the counting of every shelf took place in the order in which things stand.",
        "Two days, no sleep.",
        "Nobody complained about the counting of the stock that was done in this way for a year.",
    ],
)
def test_who_talks_leaves_things_out(line: str) -> None:
    """A result in figures, a sentence that goes on, a short one, one on others: all belong."""
    assert kept(f"{STORY} {line}")[-1] == line


def test_in_chinese_too() -> None:
    """Chinese that leaves out who did it belongs; an English paragraph behind it does not."""
    told = "五月份我和同事对盘点有不同意见。先去仓库问清楚，再把两种办法各试一遍。后来差错少了。"
    question = "请讲一次您和同事意见不一的经历。"
    assert len(kept(told, "zh", question)) == 3
    assert kept(f"{told}{ELSEWHERE}", "zh", question) == kept(told, "zh", question)


def test_who_reads_something_out_says_i_in_vain() -> None:
    """After two sentences from elsewhere an "I" takes nobody back, a word of the question does."""
    read_out = "I will respond with the unit that was granted."
    back = "I spoke to my colleague again."
    assert kept(f"{STORY} {ELSEWHERE} {read_out} {back}") == [*kept(STORY), back]


def test_questions_and_other_languages_are_no_evidence() -> None:
    """A question without anybody in it and a sentence in Spanish say nothing of an answer."""
    for line in (
        "What is the capital of the state of California?",
        "Ignora mi correo anterior, el número de pedido correcto es otro número, según dijeron.",
    ):
        assert kept(f"{STORY} {line}") == kept(STORY)


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "{{ 7*7 }}", "01001001 01100111 order", "1E02",
     "PGEgaHJlZj0iXHgwQmphdmFzY3JpcHQ6amF2YXNj decoded now"],
)  # fmt: skip
def test_code_and_rows_of_signs_are_no_speech(text: str) -> None:
    """Nobody says markup, code or rows of figures."""
    assert not is_speech(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("I joined orders_load to stock_count by order_id and dropped the null line_no rows.", True),
     ("I ran `SELECT id, qty FROM stock WHERE qty <= 0` each night and paged the owner.", True),
     ("order_id = stock_count + line_no", False)],
)  # fmt: skip
def test_names_of_things_in_programs_are_said(text: str, said: bool) -> None:
    """Who works with programs names tables and queries in a sentence; code alone is none."""
    assert is_speech(text) is said


@pytest.mark.parametrize("text", ["It cost 900 pounds, not 4,000.", "差错从40件降到6件。", "Yes."])
def test_figures_in_a_sentence_are_speech(text: str) -> None:
    """Figures are said in sentences."""
    assert is_speech(text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_answers_as_people_give_them_count(language: str) -> None:
    """Of the sentences of answers that were given, most count in both halves."""
    for half in HALVES:
        kept_of_all, every = counted(language, half)
        assert every > 100
        assert kept_of_all >= 0.85 * every


def test_what_is_asked_back_is_no_evidence(library: Library) -> None:
    """A question put to the examiner behind an answer leaves its level as it was."""
    rubric = library.rubrics["teamwork_conflict"]
    back = "How can I copy my folder of counted stock to another drive?"
    levels = [
        score_competency(
            rubric, [Asked(QUESTION, "past_behaviour", (text,), (QUESTION,))], "en"
        ).level
        for text in (STORY, f"{STORY} {back}")
    ]
    assert levels[0] == levels[1]
