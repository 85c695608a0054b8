"""What a brief, its quiz, the reading of a CV and the fit table promise."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.briefing import brief_words, make_brief
from interviewer.interview.cv import read_cv
from interviewer.interview.fit import fit_table
from interviewer.interview.planning import Wish
from interviewer.interview.quiz import BLANK, make_quiz, resumed
from interviewer.interview.requirements import Requirement
from interviewer.interview.wishing import make_wish
from interviewer.research.inventory import passages_of
from interviewer.research.marks import disagreements, is_stale
from interviewer.research.topics import TOPICS
from interviewer.transcript import Passage
from tests.conftest import SHIPPED

TODAY = datetime.date(2026, 11, 1)


def _wish(library: Library, company: str, **more: object) -> Wish:
    pack = library.packs[company]
    return make_wish(
        library,
        company=company,
        role=pack.company.posts[0].id,
        seed=3,
        today=TODAY,
        passages=lambda name: passages_of(name, pack.folders),
        **more,  # type: ignore[arg-type]
    )


def _passage(number: int, text: str, date: str | None = "2026-05-01", **more: str) -> Passage:
    return Passage(f"a/doc{number}#1", text, "S", more.get("topic", "scope"), date, "en")


@pytest.mark.parametrize("company", SHIPPED)
def test_every_sentence_of_a_brief_stands_in_the_passage_it_cites(
    library: Library, company: str
) -> None:
    """Nothing is said of an employer that its research does not say in these words."""
    wish = _wish(library, company)
    texts = {passage.id: passage.text for passage in wish.passages}
    brief = make_brief(library, wish)
    assert tuple(brief.topics) == TOPICS
    assert brief.missing == {}
    for sentences in brief.topics.values():
        assert 1 <= len(sentences) <= 5
        for cited in sentences:
            assert cited.text in texts[cited.passage]


def test_a_topic_without_research_is_named_with_what_to_look_for(library: Library) -> None:
    """The candidate is told what to find, and the question to ask comes first."""
    wish = _wish(library, "brightwell")
    kept = tuple(p for p in wish.passages if p.topic not in {"process", "examiners"})
    brief = make_brief(library, replace(wish, passages=kept))
    words = brief_words("en")
    assert brief.missing == {t: words["look_for"][t] for t in ("examiners", "process")}
    assert brief.to_ask[:2] == (words["ask"]["examiners"], words["ask"]["process"])


@pytest.mark.parametrize("company", SHIPPED)
def test_likely_questions_come_with_a_reason_for_every_round(
    library: Library, company: str
) -> None:
    """Each round has some, none stands twice, and each says why."""
    brief = make_brief(library, _wish(library, company))
    texts = [likely.question for likely in brief.questions]
    assert len(set(texts)) == len(texts)
    assert {likely.round for likely in brief.questions} == {"hr", "technical", "boss"}
    assert all(likely.reason for likely in brief.questions)


@pytest.mark.parametrize("company", SHIPPED)
@pytest.mark.parametrize("seed", range(8))
def test_a_quiz_has_one_right_answer_that_stands_in_the_research(
    library: Library, company: str, seed: int
) -> None:
    """The right figure makes the sentence whole again; the wrong ones are other numbers."""
    wish = _wish(library, company)
    texts = {passage.id: passage.text for passage in wish.passages}
    items = make_quiz(wish.passages, wish.language, seed)
    assert len(items) == 10
    assert len({item.passage for item in items}) == 10
    assert items == make_quiz(wish.passages, wish.language, seed)
    for item in items:
        right = item.options[item.answer]
        assert item.text.replace(BLANK, right) == item.sentence
        assert item.sentence in texts[item.passage]
        values = [float(option.replace(",", "")) for option in item.options]
        assert len(set(values)) == len(item.options) == 4


def test_a_quiz_of_nothing_is_empty() -> None:
    """Research without figures gives no questions, and no guesses."""
    assert make_quiz((_passage(1, "They sell bread."),), "en", 1) == ()
    assert make_quiz((), "en", 1) == ()


@given(st.text(max_size=400))
def test_any_text_can_be_quizzed_and_marked(text: str) -> None:
    """Whatever stands in a passage, quiz and marks end without an error."""
    passages = (_passage(1, text), _passage(2, text))
    for item in make_quiz(passages, "en", 1):
        assert item.sentence in text
    disagreements(passages)


def test_two_figures_for_one_thing_are_a_disagreement() -> None:
    """The same words of one thing with two figures are shown together."""
    one = _passage(1, "The Derby sorting hub employs 260 people in three shifts.")
    two = _passage(2, "The Derby sorting hub employs 310 people in three shifts.")
    (found,) = disagreements([one, two])
    assert (found.first, found.second) == (one.id, two.id)
    assert found.sentences == (one.text, two.text)


@pytest.mark.parametrize(
    "other",
    [
        "The Derby sorting hub employs 260 people in three shifts.",
        "The Leeds depot employs 310 drivers on long routes abroad.",
        "The Derby sorting hub employs 12 managers in one shift.",
        "The Derby sorting hub employed 310 people in 2021 in three shifts.",
        "The Derby sorting hub cost £310 million and has three shifts of people.",
    ],
)
def test_what_may_both_be_true_is_no_disagreement(other: str) -> None:
    """Another thing, another year or another unit contradicts nothing."""
    one = _passage(1, "The Derby sorting hub employs 260 people in three shifts.")
    assert disagreements([one, _passage(2, other)]) == ()


@pytest.mark.parametrize("company", SHIPPED)
def test_the_research_that_comes_along_does_not_disagree(library: Library, company: str) -> None:
    """On 71 passages each that were written to agree there is no false alarm."""
    assert disagreements(_wish(library, company).passages) == ()


def test_a_fact_is_stale_after_eighteen_months() -> None:
    """A year and a half is the limit; without a date nothing is said."""
    assert is_stale(_passage(1, "x", "2025-04-01"), TODAY)
    assert not is_stale(_passage(1, "x", "2025-06-01"), TODAY)
    assert not is_stale(_passage(1, "x", None), TODAY)


CV = """# Jo Reed
Born 1991, married, two children

## Work
**Data engineer**, Marlow Foods, March 2021 – present
- Moved 40 nightly loads to Airflow and cut failures by 60 percent
- Explained figures to shop managers
Analyst at Gridline, 2015 - 2018

## Skills
SQL, Python; Airflow
dbt | Git
"""


def test_a_cv_gives_posts_breaks_skills_and_claims() -> None:
    """Years are read, a break of more than a year is seen, private lines are not."""
    record = read_cv(CV)
    assert [(p.text, p.first, p.last) for p in record.posts] == [
        ("Data engineer, Marlow Foods", 2021, None),
        ("Analyst at Gridline", 2015, 2018),
    ]
    (gap,) = record.breaks
    assert (gap.since, gap.until, gap.post.title) == (
        "2018",
        "2021-03",
        "Data engineer, Marlow Foods",
    )
    assert record.skills == ("SQL", "Python", "Airflow", "dbt", "Git")
    assert record.claims == ("Moved 40 nightly loads to Airflow and cut failures by 60 percent",)
    assert "1991" not in str(record)


def test_a_chinese_cv_is_read() -> None:
    """Chinese dates, headings and commas mean the same."""
    record = read_cv(
        "# 简历\n2019年3月至今 澄远公司 数据工程师\n"
        "- 负责把40个夜间任务迁移到新平台，失败率下降60%\n"
        "2014-2016 启明公司 分析员\n\n## 专业技能\nSQL、Python、Airflow\n"
    )
    assert [(p.first, p.last) for p in record.posts] == [(2019, None), (2014, 2016)]
    assert [(gap.since, gap.until) for gap in record.breaks] == [("2016", "2019-03")]
    assert record.skills == ("SQL", "Python", "Airflow")
    assert len(record.claims) == 1


def test_a_requirement_is_met_by_a_line_of_the_cv_or_is_a_gap() -> None:
    """Evidence is quoted exactly, and the advice depends on what there is."""
    rows = fit_table(
        CV,
        [
            Requirement("Kafka streams"),
            Requirement("Airflow"),
            Requirement("explaining figures"),
            Requirement("Rust", must=False),
        ],
        "en",
    )
    assert [(row.requirement, row.evidence is not None, row.advice) for row in rows] == [
        ("Airflow", True, "tell"),
        ("explaining figures", True, "figure"),
        ("Kafka streams", False, "bridge"),
        ("Rust", False, "learn"),
    ]
    assert all(row.evidence is None or row.evidence in CV for row in rows)


def test_a_brief_with_a_cv_has_the_fit(library: Library) -> None:
    """With a CV the requirements of the post stand against it, without one there is no table."""
    with_cv = make_brief(library, _wish(library, "brightwell", cv=CV))
    assert with_cv.fit
    assert with_cv.cv.skills
    assert make_brief(library, _wish(library, "brightwell")).fit == ()


@pytest.mark.parametrize("language", ["zh", "en", "fr", "../en"])
def test_every_language_has_words(language: str) -> None:
    """A language without words of its own takes English ones; each topic has both sentences."""
    words = brief_words(language)
    assert set(words["look_for"]) == set(words["ask"]) == set(TOPICS)
    assert words.keys() == brief_words("en").keys()


def test_a_passage_without_a_whole_sentence_says_nothing(library: Library) -> None:
    """A fragment is not quoted; the topic counts as missing."""
    wish = _wish(library, "brightwell")
    fragment = Passage("brightwell/x#1", "revenue and so on", "S", "performance", None, "en")
    brief = make_brief(library, replace(wish, passages=(fragment,)))
    assert "performance" in brief.missing


def test_years_alone_are_no_post_and_posts_may_overlap() -> None:
    """A line of nothing but years names nothing; what overlaps leaves no break."""
    record = read_cv("2019 - 2021\nClerk 2015 - 2019\nTutor 2016 - 2018\nCook 2019 - 2020\n")
    assert [post.text for post in record.posts] == ["Cook", "Clerk", "Tutor"]
    assert record.breaks == ()


def test_a_quiz_goes_on_where_it_was(library: Library) -> None:
    """The answers given so far tell what was right; those of another quiz are refused."""
    pack = library.packs["brightwell"]
    items = make_quiz(passages_of("brightwell", pack.folders), "en", 5)
    rights = "".join(str(item.answer) for item in items)
    assert resumed(items, rights).right == len(items) == 10
    wrong = str((items[0].answer + 1) % len(items[0].options))
    begun = resumed(items, wrong + rights[1:3])
    assert begun.verdicts == (False, True, True)
    assert begun.right == 2
    assert resumed(items, "").given == ()
    for choices in ("9", "x", "-1", rights + "0", "１"):
        with pytest.raises(InputError, match="another quiz"):
            resumed(items, choices)
